// For tests: a second reading of the language, straight from the syntax tree, as plainly as it can be said. It shares
// no code with the evaluator but the values' own equality and order.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "rule/schema.hpp"
#include "rule/syntax.hpp"
#include "rule/time_text.hpp"
#include "rule/value.hpp"

namespace regulars::rule::testing {

/// Owns its parts. `scalar` for everything but lists, maps and texts.
struct Naive {
    Kind kind = Kind::null;
    Value scalar;
    std::string text;
    std::vector<Naive> items;
    std::map<std::string, Naive> entries;

    static Naive of(Value value) {
        Naive result;
        result.kind = value.kind();
        result.scalar = value;
        if (value.is(Kind::text)) result.text = std::string(value.as_text());
        if (value.is(Kind::list))
            for (const Value& item : value.as_list().items) result.items.push_back(of(item));
        if (value.is(Kind::map))
            for (const MapEntry& entry : value.as_map().entries()) result.entries.emplace(entry.key, of(entry.value));
        return result;
    }
    static Naive error(ErrorCode code) { return of(Value::error(code)); }
    static Naive boolean(bool value) { return of(Value::boolean(value)); }
    static Naive list(std::vector<Naive> items) {
        Naive result;
        result.kind = Kind::list;
        result.items = std::move(items);
        return result;
    }

    [[nodiscard]] bool known() const { return kind != Kind::missing && kind != Kind::error; }
    [[nodiscard]] bool is(bool wanted) const { return kind == Kind::boolean && scalar.as_boolean() == wanted; }
    /// A text as a value that borrows from this.
    [[nodiscard]] Value value() const { return kind == Kind::text ? Value::text(text) : scalar; }
};

inline bool naive_identical(const Naive& a, const Naive& b) {
    if (a.kind != b.kind || a.items.size() != b.items.size() || a.entries.size() != b.entries.size()) return false;
    for (std::size_t i = 0; i < a.items.size(); ++i)
        if (!naive_identical(a.items[i], b.items[i])) return false;
    for (const auto& [key, value] : a.entries)
        if (!b.entries.contains(key) || !naive_identical(value, b.entries.at(key))) return false;
    return a.kind == Kind::list || a.kind == Kind::map || identical(a.value(), b.value());
}

inline bool naive_equal(const Naive& a, const Naive& b) {
    if (a.kind == Kind::list || a.kind == Kind::map || b.kind == Kind::list || b.kind == Kind::map) {
        if (a.kind != b.kind || a.items.size() != b.items.size() || a.entries.size() != b.entries.size()) return false;
        for (std::size_t i = 0; i < a.items.size(); ++i)
            if (!naive_equal(a.items[i], b.items[i])) return false;
        for (const auto& [key, value] : a.entries)
            if (!b.entries.contains(key) || !naive_equal(value, b.entries.at(key))) return false;
        return true;
    }
    return equal(a.value(), b.value());
}

class NaiveReader {
public:
    NaiveReader(const syntax::Tree& tree, const Schema& schema, std::span<const Value> frame)
        : tree_(tree), schema_(schema), frame_(frame) {}
    Naive read() { return read(tree_.root); }

private:
    using Node = syntax::Node;
    using Operator = syntax::Operator;
    using Macro = syntax::Macro;
    __extension__ using Wide = __int128;

    Naive read(syntax::NodeId id) {
        const Node& node = tree_.at(id);
        switch (node.form) {
            case syntax::Form::null:
                return {};
            case syntax::Form::boolean:
                return Naive::boolean(node.boolean);
            case syntax::Form::integer:
                return Naive::of(Value::integer(node.integer));
            case syntax::Form::real:
                return Naive::of(Value::real(node.real));
            case syntax::Form::text:
                return Naive::of(Value::text(node.text));
            case syntax::Form::name:
            case syntax::Form::select:
                return name(id);
            case syntax::Form::present:
                return present(node);
            case syntax::Form::operation:
                return operation(node);
            case syntax::Form::call:
                return call(node);
            case syntax::Form::fold:
                return fold(node);
            case syntax::Form::list:
                return strict(all(node), Naive::list);
            case syntax::Form::map:
                return map(node);
            case syntax::Form::invalid:
                break;
        }
        check_failed("the tests grow no invalid nodes");
    }

    std::string path(syntax::NodeId id) const {
        const Node& node = tree_.at(id);
        if (node.form == syntax::Form::name) return node.text;
        return node.form == syntax::Form::select ? path(node.children[0]) + "." + node.text : "?";
    }

    Naive name(syntax::NodeId id) {
        const Node& node = tree_.at(id);
        for (auto local = locals_.rbegin(); local != locals_.rend(); ++local)
            if (node.form == syntax::Form::name && local->first == node.text) return local->second;
        if (const auto slot = schema_.slot(path(id))) return Naive::of(frame_[*slot]);
        const Naive container = read(node.children[0]);
        if (!container.known()) return container;
        if (container.kind != Kind::map) return Naive::error(ErrorCode::wrong_kind);
        const auto found = container.entries.find(node.text);
        return found == container.entries.end() ? Naive::error(ErrorCode::no_such_key) : found->second;
    }

    Naive present(const Node& node) {
        if (const auto slot = schema_.slot(path(node.children[0]) + "." + node.text)) {
            const Naive value = Naive::of(frame_[*slot]);
            return value.kind == Kind::error ? value : Naive::boolean(value.known());
        }
        const Naive container = read(node.children[0]);
        if (container.kind == Kind::missing) return Naive::boolean(false);
        if (container.kind == Kind::error) return container;
        if (container.kind != Kind::map) return Naive::error(ErrorCode::wrong_kind);
        return Naive::boolean(container.entries.contains(node.text));
    }

    std::vector<Naive> all(const Node& node) {
        std::vector<Naive> values;
        for (const syntax::NodeId child : node.children) values.push_back(read(child));
        return values;
    }

    // Every operand known, or the missing one, or the first error.
    template <class Function>
    static Naive strict(std::vector<Naive> values, Function function) {
        for (const Naive& value : values)
            if (value.kind == Kind::missing) return value;
        for (const Naive& value : values)
            if (value.kind == Kind::error) return value;
        return function(std::move(values));
    }

    static Naive condition(Naive value) {
        return value.known() && value.kind != Kind::boolean ? Naive::error(ErrorCode::wrong_kind) : value;
    }

    // A decider anywhere; then a missing one anywhere; then the first error.
    static Naive logical(std::vector<Naive> values, bool decider) {
        for (Naive& value : values) value = condition(std::move(value));
        for (const Naive& value : values)
            if (value.is(decider)) return value;
        return strict(std::move(values), [&](const std::vector<Naive>&) { return Naive::boolean(!decider); });
    }

    Naive operation(const Node& node) {
        if (node.op == Operator::logical_and) return logical(all(node), false);
        if (node.op == Operator::logical_or) return logical(all(node), true);
        if (node.op == Operator::conditional) {
            const Naive chosen = condition(read(node.children[0]));
            return chosen.known() ? read(node.children[chosen.is(true) ? 1 : 2]) : chosen;
        }
        return strict(all(node), [&](const std::vector<Naive>& values) {
            return values.size() == 1 ? unary(node.op, values[0]) : binary(node.op, values[0], values[1]);
        });
    }

    static Naive unary(Operator op, const Naive& value) {
        if (op == Operator::logical_not)
            return value.kind == Kind::boolean ? Naive::boolean(value.is(false)) : Naive::error(ErrorCode::wrong_kind);
        if (value.kind == Kind::real) return Naive::of(Value::real(-value.scalar.as_real()));
        if (value.kind != Kind::integer) return Naive::error(ErrorCode::wrong_kind);
        return whole(-static_cast<Wide>(value.scalar.as_integer()));
    }

    static Naive whole(Wide number) {
        const bool fits = number >= INT64_MIN && number <= INT64_MAX;
        return fits ? Naive::of(Value::integer(static_cast<std::int64_t>(number))) : Naive::error(ErrorCode::overflow);
    }

    static Naive binary(Operator op, const Naive& a, const Naive& b) {
        switch (op) {
            case Operator::equal:
                return Naive::boolean(naive_equal(a, b));
            case Operator::not_equal:
                return Naive::boolean(!naive_equal(a, b));
            case Operator::less:
                return ordered(a, b, {Order::less, Order::less});
            case Operator::less_equal:
                return ordered(a, b, {Order::less, Order::equal});
            case Operator::greater:
                return ordered(a, b, {Order::greater, Order::greater});
            case Operator::greater_equal:
                return ordered(a, b, {Order::greater, Order::equal});
            case Operator::in:
                return in(a, b);
            case Operator::index:
                return index(a, b);
            default:
                break;
        }
        if (a.kind == Kind::integer && b.kind == Kind::integer)
            return of_whole(op, a.scalar.as_integer(), b.scalar.as_integer());
        if (a.kind == Kind::real && b.kind == Kind::real) return of_real(op, a.scalar.as_real(), b.scalar.as_real());
        if (op == Operator::add && a.kind == Kind::text && b.kind == Kind::text)
            return Naive::of(Value::text(a.text + b.text));
        if (op == Operator::add && a.kind == Kind::list && b.kind == Kind::list) {
            Naive joined = a;
            joined.items.insert(joined.items.end(), b.items.begin(), b.items.end());
            return joined;
        }
        return of_times(op, a, b);
    }

    static Naive of_times(Operator op, const Naive& a, const Naive& b) {
        const auto are = [&](Kind left, Kind right) { return a.kind == left && b.kind == right; };
        const bool adds = op == Operator::add;
        if (!adds && op != Operator::subtract) return Naive::error(ErrorCode::wrong_kind);
        const Wide result = static_cast<Wide>(a.scalar.count()) + (adds ? 1 : -1) * static_cast<Wide>(b.scalar.count());
        const auto number = static_cast<std::int64_t>(result);
        const bool moves = are(Kind::timestamp, Kind::duration) || (adds && are(Kind::duration, Kind::timestamp));
        if (moves && result >= timestamp_min.ms && result <= timestamp_max.ms)
            return Naive::of(Value::timestamp({number}));
        const bool spans = are(Kind::duration, Kind::duration) || (!adds && are(Kind::timestamp, Kind::timestamp));
        const bool fits = result >= -duration_ms_max && result <= duration_ms_max;
        if (spans && fits) return Naive::of(Value::duration_ms(number));
        return Naive::error(moves || spans ? ErrorCode::overflow : ErrorCode::wrong_kind);
    }

    static Naive of_whole(Operator op, Wide a, Wide b) {
        if (op == Operator::add) return whole(a + b);
        if (op == Operator::subtract) return whole(a - b);
        if (op == Operator::multiply) return whole(a * b);
        if (b == 0) return Naive::error(ErrorCode::division_by_zero);
        // The quotient that overflows takes its remainder with it.
        const Naive quotient = whole(a / b);
        return op == Operator::divide || !quotient.known() ? quotient : whole(a % b);
    }

    static Naive of_real(Operator op, double a, double b) {
        if (op == Operator::add) return Naive::of(Value::real(a + b));
        if (op == Operator::subtract) return Naive::of(Value::real(a - b));
        if (op == Operator::multiply) return Naive::of(Value::real(a * b));
        if (op == Operator::divide) return Naive::of(Value::real(a / b));
        return Naive::error(ErrorCode::wrong_kind);
    }

    static Naive ordered(const Naive& a, const Naive& b, std::pair<Order, Order> accepted) {
        const Order order = order_of(a.value(), b.value());
        if (a.kind == Kind::list || b.kind == Kind::list || order == Order::incomparable)
            return Naive::error(ErrorCode::wrong_kind);
        return Naive::boolean(order == accepted.first || order == accepted.second);
    }

    static Naive in(const Naive& item, const Naive& container) {
        if (container.kind == Kind::map)
            return Naive::boolean(item.kind == Kind::text && container.entries.contains(item.text));
        if (container.kind != Kind::list) return Naive::error(ErrorCode::wrong_kind);
        bool found = false;
        for (const Naive& other : container.items) found |= naive_equal(item, other);
        return Naive::boolean(found);
    }

    static Naive index(const Naive& container, const Naive& at) {
        if (container.kind == Kind::map && at.kind == Kind::text) {
            const auto found = container.entries.find(at.text);
            return found == container.entries.end() ? Naive::error(ErrorCode::no_such_key) : found->second;
        }
        if (container.kind != Kind::list || at.kind != Kind::integer) return Naive::error(ErrorCode::wrong_kind);
        for (std::size_t i = 0; i < container.items.size(); ++i)
            if (std::cmp_equal(i, at.scalar.as_integer())) return container.items[i];
        return Naive::error(ErrorCode::index_out_of_range);
    }

    Naive call(const Node& node) {
        return strict(all(node), [&](const std::vector<Naive>& values) {
            const Naive& a = values[0];
            if (node.text == "dyn") return a;
            if (node.text == "size" && a.kind == Kind::text) {
                std::int64_t count = 0;
                for (const char c : a.text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
                return Naive::of(Value::integer(count));
            }
            if (node.text == "size" && (a.kind == Kind::list || a.kind == Kind::map))
                return Naive::of(Value::integer(static_cast<std::int64_t>(a.items.size() + a.entries.size())));
            if (values.size() < 2 || a.kind != Kind::text || values[1].kind != Kind::text)
                return Naive::error(ErrorCode::wrong_kind);
            const std::string& part = values[1].text;
            if (node.text == "contains") return Naive::boolean(a.text.find(part) != std::string::npos);
            if (node.text == "startsWith") return Naive::boolean(a.text.starts_with(part));
            if (node.text == "endsWith") return Naive::boolean(a.text.ends_with(part));
            check_failed("the tests grow no other calls");
        });
    }

    Naive map(const Node& node) {
        std::vector<Naive> values = all(node);
        for (std::size_t i = 0; i < values.size(); i += 2)
            if (values[i].known() && values[i].kind != Kind::text) values[i] = Naive::error(ErrorCode::wrong_kind);
        return strict(std::move(values), [](const std::vector<Naive>& parts) {
            Naive result;
            result.kind = Kind::map;
            for (std::size_t i = 0; i < parts.size(); i += 2)
                if (!result.entries.emplace(parts[i].text, parts[i + 1]).second)
                    return Naive::error(ErrorCode::repeated_key);
            return result;
        });
    }

    Naive fold(const Node& node) {
        const Naive range = read(node.children[0]);
        if (!range.known()) return range;
        std::vector<Naive> items = range.items;
        for (const auto& [key, value] : range.entries) items.push_back(Naive::of(Value::text(key)));
        if (range.kind != Kind::list && range.kind != Kind::map) return Naive::error(ErrorCode::wrong_kind);
        std::vector<Naive> turns;
        for (const Naive& item : items) {
            locals_.emplace_back(node.text, item);
            Naive turn = read(node.children[1]);
            if (node.macro != Macro::map) turn = condition(std::move(turn));
            if (node.macro == Macro::map_if && turn.is(true))
                turn = read(node.children[2]);
            else if (node.macro == Macro::map_if && turn.is(false))
                turn.kind = Kind::null, turn.scalar = skipped();
            locals_.pop_back();
            turns.push_back(std::move(turn));
        }
        if (node.macro == Macro::all) return logical(std::move(turns), false);
        if (node.macro == Macro::exists) return logical(std::move(turns), true);
        return strict(std::move(turns), [&](const std::vector<Naive>& known) { return gathered(node, items, known); });
    }

    // A timestamp that no test grows stands for "left out" among the turns of a map with a condition.
    static Value skipped() { return Value::timestamp(Instant{-77}); }

    static Naive gathered(const Node& node, const std::vector<Naive>& items, const std::vector<Naive>& turns) {
        std::vector<Naive> kept;
        for (std::size_t i = 0; i < turns.size(); ++i) {
            const bool left_out =
                node.macro == Macro::map_if && turns[i].kind == Kind::null && identical(turns[i].scalar, skipped());
            if (node.macro == Macro::map || (node.macro == Macro::map_if && !left_out)) kept.push_back(turns[i]);
            const bool selects = node.macro == Macro::filter || node.macro == Macro::exists_one;
            if (selects && turns[i].is(true)) kept.push_back(items[i]);
        }
        return node.macro == Macro::exists_one ? Naive::boolean(kept.size() == 1) : Naive::list(std::move(kept));
    }

    const syntax::Tree& tree_;
    const Schema& schema_;
    std::span<const Value> frame_;
    std::vector<std::pair<std::string, Naive>> locals_;
};

}  // namespace regulars::rule::testing
