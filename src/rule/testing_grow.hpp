// For tests: random well-typed trees over shop_schema(), and random frames, drawn through RapidCheck so that a failure
// comes with its seed.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <rapidcheck.h>

#include "rule/syntax.hpp"
#include "rule/testing_schema.hpp"

namespace regulars::rule::testing {

class Grower {
public:
    syntax::Tree grow(Type type, int levels) {
        tree_.root = node(type, levels);
        return std::move(tree_);
    }

    /// One of 0 .. count - 1, all as likely from the first test case on: RapidCheck would begin with the lowest only.
    static std::size_t pick(std::size_t count) {
        return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, count));
    }
    template <class Choices>
    static auto one_of(const Choices& choices) {
        return choices[pick(choices.size())];
    }

private:
    using Form = syntax::Form;
    using Operator = syntax::Operator;
    using Macro = syntax::Macro;
    using NodeId = syntax::NodeId;

    NodeId add(Form form, std::string text, std::vector<NodeId> children) {
        syntax::Node made;
        made.form = form;
        made.text = std::move(text);
        made.children = std::move(children);
        return tree_.add(std::move(made));
    }
    NodeId operation(Operator op, std::vector<NodeId> children) {
        const NodeId id = add(Form::operation, "", std::move(children));
        tree_.nodes[id].op = op;
        return id;
    }
    NodeId call(std::string name, std::vector<NodeId> children, bool as_member) {
        const NodeId id = add(Form::call, std::move(name), std::move(children));
        tree_.nodes[id].as_member = as_member;
        return id;
    }
    NodeId fold(Macro macro, std::string variable, std::vector<NodeId> children) {
        const NodeId id = add(Form::fold, std::move(variable), std::move(children));
        tree_.nodes[id].macro = macro;
        return id;
    }
    NodeId path(std::string_view dotted) {
        const std::size_t dot = dotted.rfind('.');
        if (dot == std::string_view::npos) return add(Form::name, std::string(dotted), {});
        return add(Form::select, std::string(dotted.substr(dot + 1)), {path(dotted.substr(0, dot))});
    }

    NodeId node(Type type, int levels) {
        if (levels <= 1 || pick(6) == 0) return leaf(type);
        const int below = levels - 1;
        // What gives any type: a choice, an item of a list.
        if (pick(8) == 0)
            return operation(Operator::conditional,
                             {node(Type::boolean(), below), node(type, below), node(type, below)});
        if (pick(8) == 0 && !type.is(Type::Kind::list))
            return operation(Operator::index, {node(Type::list(type), below), node(Type::integer(), below)});
        if (type == Type::boolean()) return condition(below);
        if (type == Type::integer()) return whole(below);
        if (type == Type::real()) return real(below);
        if (type == Type::text()) return operation(Operator::add, {node(type, below), node(type, below)});
        return list(type, below);
    }

    NodeId leaf(Type type) {
        for (auto local = locals_.rbegin(); local != locals_.rend(); ++local)
            if (local->second == type && pick(2) == 0) return add(Form::name, local->first, {});
        if (pick(2) == 0) {
            std::vector<std::string> fitting;
            for (const Name& name : schema_.names())
                if (name.type == type && name.choices.empty()) fitting.push_back(name.path);
            if (!fitting.empty()) return path(one_of(fitting));
        }
        return literal(type);
    }

    NodeId literal(Type type) {
        if (type == Type::boolean()) {
            const NodeId id = add(Form::boolean, "", {});
            tree_.nodes[id].boolean = pick(2) == 0;
            return id;
        }
        if (type == Type::integer()) {
            static constexpr std::array<std::int64_t, 9> numbers{0, 1, -1, 2, 7, 120, INT64_MAX, INT64_MIN, 1'000'003};
            const NodeId id = add(Form::integer, "", {});
            tree_.nodes[id].integer = one_of(numbers);
            return id;
        }
        if (type == Type::real()) {
            static constexpr std::array numbers{0.0, -0.0, 1.0, 0.25, -2.5, 1e300, 5e-324, 9223372036854775808.0};
            const NodeId id = add(Form::real, "", {});
            tree_.nodes[id].real = one_of(numbers);
            return id;
        }
        if (type == Type::text()) {
            static const std::array<std::string, 7> texts{"", "vip", "会员", "a\"b\\c", "\n\t\x01", "early", "v"};
            return add(Form::text, one_of(texts), {});
        }
        std::vector<NodeId> items;
        for (std::size_t count = pick(4); count > 0; --count) items.push_back(leaf(type.inner()));
        return add(Form::list, "", std::move(items));
    }

    NodeId condition(int below) {
        static constexpr std::array comparisons{Operator::less,          Operator::less_equal, Operator::greater,
                                                Operator::greater_equal, Operator::equal,      Operator::not_equal};
        const Type compared = one_of(std::array{Type::integer(), Type::real(), Type::text(), Type::boolean()});
        switch (pick(8)) {
            case 0:
            case 1: {
                std::vector<NodeId> operands;
                for (std::size_t count = 2 + pick(3); count > 0; --count)
                    operands.push_back(node(Type::boolean(), below));
                return operation(pick(2) == 0 ? Operator::logical_and : Operator::logical_or, std::move(operands));
            }
            case 2:
                return operation(Operator::logical_not, {node(Type::boolean(), below)});
            case 3:
                return operation(Operator::in, {node(compared, below), node(Type::list(compared), below)});
            case 4: {
                static const std::array<std::string, 3> names{"contains", "startsWith", "endsWith"};
                return call(one_of(names), {node(Type::text(), below), node(Type::text(), below)}, true);
            }
            case 5:
                return quantifier(below);
            case 6:
                return presence(below);
            default:
                return operation(one_of(comparisons), {node(compared, below), node(compared, below)});
        }
    }

    NodeId quantifier(int below) {
        const Type item = one_of(std::array{Type::integer(), Type::text()});
        const NodeId range = node(Type::list(item), below);
        const std::string variable(1, static_cast<char>('x' + static_cast<int>(locals_.size() % 3)));
        locals_.emplace_back(variable, item);
        const NodeId body = node(Type::boolean(), below);
        locals_.pop_back();
        return fold(one_of(std::array{Macro::all, Macro::exists, Macro::exists_one}), variable, {range, body});
    }

    NodeId presence(int below) {
        if (pick(2) == 0) return add(Form::present, "birthday", {path("member")});
        if (pick(2) == 0) return add(Form::present, "city", {path("member.attributes")});
        const NodeId key = add(Form::text, pick(2) == 0 ? "city" : "visits", {});
        const NodeId map = add(
            Form::map, "", {key, node(Type::integer(), below), node(Type::text(), below), literal(Type::integer())});
        return add(Form::present, "city", {map});
    }

    NodeId whole(int below) {
        static constexpr std::array operators{Operator::add, Operator::subtract, Operator::multiply, Operator::divide,
                                              Operator::modulo};
        if (pick(5) == 0) return operation(Operator::negate, {node(Type::integer(), below)});
        if (pick(5) == 0)
            return call("size", {node(pick(2) == 0 ? Type::text() : Type::list(Type::integer()), below)}, pick(2) == 0);
        return operation(one_of(operators), {node(Type::integer(), below), node(Type::integer(), below)});
    }

    NodeId real(int below) {
        static constexpr std::array operators{Operator::add, Operator::subtract, Operator::multiply, Operator::divide};
        if (pick(5) == 0) return operation(Operator::negate, {node(Type::real(), below)});
        return operation(one_of(operators), {node(Type::real(), below), node(Type::real(), below)});
    }

    NodeId list(Type type, int below) {
        if (pick(3) == 0) return operation(Operator::add, {node(type, below), node(type, below)});
        if (pick(3) == 0) return literal(type);
        const Type item = type.inner();
        const NodeId range = node(type, below);
        const std::string variable(1, static_cast<char>('x' + static_cast<int>(locals_.size() % 3)));
        locals_.emplace_back(variable, item);
        const Macro macro = one_of(std::array{Macro::filter, Macro::map, Macro::map_if});
        std::vector<NodeId> children{range};
        if (macro != Macro::map) children.push_back(node(Type::boolean(), below));
        if (macro != Macro::filter) children.push_back(node(item, below));
        locals_.pop_back();
        return fold(macro, variable, std::move(children));
    }

    Schema schema_ = shop_schema();
    syntax::Tree tree_;
    std::vector<std::pair<std::string, Type>> locals_;
};

/// Spoils a frame: some names missing, failing, null, or of a kind that their type does not promise.
inline void spoil(std::span<Value> frame) {
    static const std::array wrong{Value::missing(),
                                  Value::error(ErrorCode::overflow),
                                  Value::null(),
                                  Value::error(ErrorCode::unknown_zone),
                                  Value::integer(INT64_MIN),
                                  Value::boolean(false),
                                  Value::text(""),
                                  Value::timestamp(instant_max),
                                  Value::real(-1.5)};
    for (Value& value : frame)
        if (Grower::pick(4) == 0) value = Grower::one_of(wrong);
}

}  // namespace regulars::rule::testing
