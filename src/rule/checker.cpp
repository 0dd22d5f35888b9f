#include "rule/checker.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "base/nearest.hpp"
#include "rule/name_problem.hpp"
#include "rule/overload.hpp"
#include "rule/time_text.hpp"

namespace regulars::rule {

namespace {

using syntax::Form;
using syntax::Macro;
using syntax::Node;
using syntax::NodeId;
using syntax::Operator;

FunctionId function_of(Operator op) {
    // The operators stand first in the catalogue, in the same order.
    return static_cast<FunctionId>(op);
}
static_assert(static_cast<int>(Operator::index) == static_cast<int>(FunctionId::index));
static_assert(static_cast<int>(Operator::in) == static_cast<int>(FunctionId::in));

FunctionId function_of(Macro macro) {
    switch (macro) {
        case Macro::all:
            return FunctionId::all;
        case Macro::exists:
            return FunctionId::exists;
        case Macro::exists_one:
            return FunctionId::exists_one;
        case Macro::filter:
            return FunctionId::filter;
        case Macro::map:
        case Macro::map_if:
            return FunctionId::map;
    }
    check_failed("every macro is in the catalogue");
}

class Checker {
public:
    Checker(const syntax::Tree& tree, const Schema& schema, const CompileOptions& options, Problems& problems)
        : tree_(tree), schema_(schema), options_(options), problems_(problems) {
        program_.zone = options.zone;
    }
    Program run(Type wanted);

private:
    ExpressionId check(NodeId id);
    ExpressionId literal(const Node& node);
    ExpressionId name(NodeId id);
    ExpressionId select(ExpressionId operand, const Node& field, Action action);
    ExpressionId present(const Node& node);
    ExpressionId operation(const Node& node);
    ExpressionId logical(const Node& node);
    ExpressionId call(const Node& node);
    ExpressionId list(const Node& node);
    ExpressionId map(const Node& node);
    ExpressionId fold(const Node& node);
    ExpressionId fold_body(const Node& node, Expression expression, Type variable);

    [[nodiscard]] std::optional<std::string> path_of(NodeId id) const;
    [[nodiscard]] NodeId head_of(NodeId id) const;
    std::optional<std::uint16_t> local_of(std::string_view name) const;
    ExpressionId function_call(FunctionId id, const Node& node, std::vector<ExpressionId> arguments);
    void check_choices(FunctionId id, const std::vector<ExpressionId>& arguments);
    void check_text_argument(FunctionId id, const std::vector<ExpressionId>& arguments);
    Type joined(const std::vector<ExpressionId>& items, std::size_t from, std::size_t step, std::string_view what);
    bool expect_condition(ExpressionId id, std::string_view where);
    ExpressionId slot(std::uint16_t slot, std::uint32_t offset, Action action);
    ExpressionId unknown(std::uint32_t offset);
    ExpressionId keep(Expression expression);
    [[nodiscard]] Type type_of(ExpressionId id) const { return program_.at(id).type; }

    const syntax::Tree& tree_;
    const Schema& schema_;
    const CompileOptions& options_;
    Problems& problems_;
    Program program_;
    std::vector<std::pair<std::string, Type>> locals_;
};

Program Checker::run(Type wanted) {
    program_.root = check(tree_.root);
    const Type found = type_of(program_.root);
    const bool literally_null = found.is(Type::Kind::null) && !wanted.is(Type::Kind::null) && !wanted.is_dynamic();
    if (!compatible(found, wanted) || literally_null)
        problems_.add(program_.at(program_.root).offset, "the rule gives another type than is wanted here",
                      {.found = found.text_of(), .allowed = wanted.text_of(), .suggestion = {}});
    program_.type = wanted.is_dynamic() ? found : wanted;
    for (const Expression& expression : program_.expressions)
        if (expression.action == Action::slot || expression.action == Action::present_slot)
            program_.uses.push_back(expression.slot);
    std::ranges::sort(program_.uses);
    program_.uses.erase(std::unique(program_.uses.begin(), program_.uses.end()), program_.uses.end());
    return std::move(program_);
}

ExpressionId Checker::check(NodeId id) {
    const Node& node = tree_.at(id);
    switch (node.form) {
        case Form::null:
        case Form::boolean:
        case Form::integer:
        case Form::real:
        case Form::text:
            return literal(node);
        case Form::name:
        case Form::select:
            return name(id);
        case Form::present:
            return present(node);
        case Form::operation:
            return operation(node);
        case Form::call:
            return call(node);
        case Form::fold:
            return fold(node);
        case Form::list:
            return list(node);
        case Form::map:
            return map(node);
        case Form::invalid:
            return unknown(node.offset);
    }
    check_failed("every form is checked");
}

ExpressionId Checker::literal(const Node& node) {
    Expression expression;
    expression.offset = node.offset;
    const auto is = [&](Type type, Value value) { expression.type = type, expression.constant = value; };
    if (node.form == Form::null) is(Type::null(), Value::null());
    if (node.form == Form::boolean) is(Type::boolean(), Value::boolean(node.boolean));
    if (node.form == Form::integer) is(Type::integer(), Value::integer(node.integer));
    if (node.form == Form::real) is(Type::real(), Value::real(node.real));
    if (node.form == Form::text) is(Type::text(), program_.constants->text(node.text));
    return keep(std::move(expression));
}

// "a.b.c" for a name or a chain of fields that begins with one.
std::optional<std::string> Checker::path_of(NodeId id) const {
    const Node& node = tree_.at(id);
    if (node.form == Form::name) return node.text;
    if (node.form != Form::select) return std::nullopt;
    auto path = path_of(node.children[0]);
    if (path) *path += "." + node.text;
    return path;
}

NodeId Checker::head_of(NodeId id) const {
    while (tree_.at(id).form == Form::select) id = tree_.at(id).children[0];
    return id;
}

std::optional<std::uint16_t> Checker::local_of(std::string_view name) const {
    for (std::size_t i = locals_.size(); i-- > 0;)
        if (locals_[i].first == name) return static_cast<std::uint16_t>(i);
    return std::nullopt;
}

// The longest beginning of the path that the schema knows is the name; what follows are keys of its map.
ExpressionId Checker::name(NodeId id) {
    const Node& node = tree_.at(id);
    const Node& head = tree_.at(head_of(id));
    const auto local = head.form == Form::name ? local_of(head.text) : std::nullopt;
    if (local && node.form == Form::name) {
        Expression expression;
        expression.action = Action::local;
        expression.slot = *local;
        expression.offset = node.offset;
        expression.type = locals_[*local].second;
        expression.uses_locals = 1U << *local;
        return keep(std::move(expression));
    }
    if (!local && head.form == Form::name) {
        const std::string path = *path_of(id);
        if (const auto known = schema_.slot(path)) return slot(*known, head.offset, Action::slot);
        // Some beginning of it may be a name whose value is a map.
        std::string_view start = path;
        while (!schema_.slot(start) && start.find('.') != std::string_view::npos)
            start = start.substr(0, start.rfind('.'));
        if (!schema_.slot(start)) {
            std::vector<std::string> words;
            for (const auto& [word, type] : locals_) words.push_back(word);
            report_unknown_name(path, head.offset, schema_, words, problems_);
            return unknown(node.offset);
        }
    }
    return select(check(node.children[0]), node, Action::select);
}

ExpressionId Checker::select(ExpressionId operand, const Node& field, Action action) {
    const Type type = type_of(operand);
    if (!type.is(Type::Kind::map) && !type.is_dynamic()) {
        problems_.add(field.offset, "only a map has fields",
                      {.found = "." + field.text + " of " + type.text_of(), .allowed = {}, .suggestion = {}});
        return unknown(field.offset);
    }
    Expression expression;
    expression.action = action;
    expression.offset = field.offset;
    expression.type = action == Action::select ? type.inner() : Type::boolean();
    expression.constant = program_.constants->text(field.text);
    expression.children = {operand};
    return keep(std::move(expression));
}

ExpressionId Checker::present(const Node& node) {
    const NodeId operand = node.children[0];
    const Node& head = tree_.at(head_of(operand));
    const auto start = path_of(operand);
    if (start && head.form == Form::name && !local_of(head.text)) {
        const std::string path = *start + "." + node.text;
        if (const auto known = schema_.slot(path)) return slot(*known, node.offset, Action::present_slot);
        // Not a name and not below one: tell of the whole path, not only of its beginning.
        bool below = false;
        for (std::string_view part = *start; !below; part = part.substr(0, part.rfind('.'))) {
            below = schema_.slot(part).has_value();
            if (part.find('.') == std::string_view::npos) break;
        }
        if (!below) {
            report_unknown_name(path, head.offset, schema_, {}, problems_);
            return unknown(node.offset);
        }
    }
    return select(check(operand), node, Action::present_key);
}

ExpressionId Checker::operation(const Node& node) {
    if (node.op == Operator::logical_and || node.op == Operator::logical_or) return logical(node);
    std::vector<ExpressionId> arguments;
    for (const NodeId child : node.children) arguments.push_back(check(child));
    const bool asks = node.op == Operator::conditional || node.op == Operator::logical_not;
    if (asks && !expect_condition(arguments[0], node.op == Operator::conditional ? "before ?" : "after !"))
        return unknown(node.offset);
    return function_call(function_of(node.op), node, std::move(arguments));
}

ExpressionId Checker::logical(const Node& node) {
    Expression expression;
    expression.action = node.op == Operator::logical_and ? Action::logical_and : Action::logical_or;
    expression.function = function_of(node.op);
    expression.offset = node.offset;
    expression.type = Type::boolean();
    for (const NodeId child : node.children) {
        expression.children.push_back(check(child));
        expect_condition(expression.children.back(), "on both sides of " + std::string(sign_of(node.op)));
    }
    return keep(std::move(expression));
}

bool Checker::expect_condition(ExpressionId id, std::string_view where) {
    const Expression& expression = program_.at(id);
    if (expression.type.is(Type::Kind::boolean) || expression.type.is_dynamic()) return true;
    problems_.add(expression.offset, "a condition should stand " + std::string(where),
                  {.found = expression.type.text_of(), .allowed = "bool", .suggestion = {}});
    return false;
}

ExpressionId Checker::call(const Node& node) {
    std::vector<NodeId> children = node.children;
    std::string written = node.text;
    bool as_member = node.as_member;
    // `math.least(...)` is one name with a point in it, unless `math` is something here.
    if (as_member && tree_.at(children[0]).form == Form::name) {
        const std::string& space = tree_.at(children[0]).text;
        if (find_function(space + "." + written, false) && !local_of(space)) {
            written = space + "." + written;
            as_member = false;
            children.erase(children.begin());
        } else if (space == "math" && !local_of(space) && !schema_.slot(space)) {
            report_unknown_function(space + "." + written, false, tree_.at(children[0]).offset, problems_);
            return unknown(node.offset);
        }
    }
    std::vector<ExpressionId> arguments;
    for (const NodeId child : children) arguments.push_back(check(child));
    const auto found = find_function(written, as_member);
    if (!found) {
        report_unknown_function(written, as_member, node.offset, problems_);
        return unknown(node.offset);
    }
    check_text_argument(*found, arguments);
    return function_call(*found, node, std::move(arguments));
}

ExpressionId Checker::function_call(FunctionId id, const Node& node, std::vector<ExpressionId> arguments) {
    std::vector<Type> types;
    for (const ExpressionId argument : arguments) types.push_back(type_of(argument));
    const Resolution resolution = resolve(function(id), types);
    if (!resolution.fits) {
        report_wrong_arguments(function(id), types, node.offset, problems_);
        return unknown(node.offset);
    }
    check_choices(id, arguments);
    Expression expression;
    expression.action = id == FunctionId::conditional ? Action::conditional : Action::function;
    expression.function = id;
    expression.offset = node.offset;
    expression.type = resolution.result;
    expression.children = std::move(arguments);
    return keep(std::move(expression));
}

// A name that can only be one of a few texts is not compared with another text.
void Checker::check_choices(FunctionId id, const std::vector<ExpressionId>& arguments) {
    const bool compares = id == FunctionId::equal || id == FunctionId::not_equal || id == FunctionId::in;
    if (!compares) return;
    for (std::size_t side = 0; side < 2; ++side) {
        const Expression& name = program_.at(arguments[side]);
        if (name.action != Action::slot) continue;
        const auto& choices = schema_.names()[name.slot].choices;
        if (choices.empty()) continue;
        const Expression& other = program_.at(arguments[1 - side]);
        std::vector<ExpressionId> texts{arguments[1 - side]};
        if (other.action == Action::list) texts = other.children;
        for (const ExpressionId text : texts) {
            const Expression& written = program_.at(text);
            if (written.action != Action::constant || !written.constant.is(Kind::text)) continue;
            if (std::ranges::find(choices, written.constant.as_text()) == choices.end())
                report_unknown_choice(schema_.names()[name.slot], written.constant.as_text(), written.offset,
                                      problems_);
        }
    }
}

// A text that is written out where a time, a duration or a zone is meant can be read now.
void Checker::check_text_argument(FunctionId id, const std::vector<ExpressionId>& arguments) {
    if (arguments.empty()) return;
    const Expression& last = program_.at(arguments.back());
    if (last.action != Action::constant || !last.constant.is(Kind::text)) return;
    const std::string_view text = last.constant.as_text();
    const auto refuse = [&](std::string message, std::string allowed) {
        problems_.add(last.offset, std::move(message),
                      {.found = std::string(text), .allowed = std::move(allowed), .suggestion = {}});
    };
    if (id == FunctionId::timestamp && !parse_instant(text, options_.zone))
        refuse("this is not a time", "2024-11-11T00:00:00Z, 2024-11-11T00:00:00+08:00 or 2024-11-11");
    if (id == FunctionId::duration && !parse_duration_ms(text)) refuse("this is not a duration", "90m, 1h30m or 1.5s");
    const bool zoned = id >= FunctionId::get_full_year && id <= FunctionId::get_milliseconds && arguments.size() == 2;
    if (zoned && !program_.constants->local(Instant{}, text)) report_unknown_zone(text, last.offset, problems_);
}

Type Checker::joined(const std::vector<ExpressionId>& items, std::size_t from, std::size_t step,
                     std::string_view what) {
    std::optional<Type> type;
    for (std::size_t i = from; i < items.size(); i += step) {
        const Type found = type_of(items[i]);
        const bool numbers = type && type->is_number() && found.is_number();
        if (type && !numbers && !compatible(*type, found)) {
            problems_.add(program_.at(items[i]).offset, std::string(what) + " have one type",
                          {.found = found.text_of(), .allowed = type->text_of(), .suggestion = {}});
            return Type::dynamic();
        }
        type = type ? join(*type, found) : found;
    }
    return type.value_or(Type::dynamic());
}

ExpressionId Checker::list(const Node& node) {
    Expression expression;
    expression.action = Action::list;
    expression.offset = node.offset;
    for (const NodeId child : node.children) expression.children.push_back(check(child));
    expression.type = Type::list(joined(expression.children, 0, 1, "the items of a list"));
    return keep(std::move(expression));
}

ExpressionId Checker::map(const Node& node) {
    Expression expression;
    expression.action = Action::map;
    expression.offset = node.offset;
    for (const NodeId child : node.children) expression.children.push_back(check(child));
    for (std::size_t i = 0; i < expression.children.size(); i += 2) {
        const Expression& key = program_.at(expression.children[i]);
        if (!key.type.is(Type::Kind::text) && !key.type.is_dynamic())
            problems_.add(key.offset, "the keys of a map are texts",
                          {.found = key.type.text_of(), .allowed = "string", .suggestion = {}});
    }
    expression.type = Type::map(joined(expression.children, 1, 2, "the values of a map"));
    return keep(std::move(expression));
}

ExpressionId Checker::fold(const Node& node) {
    Expression expression;
    expression.action = Action::fold;
    expression.function = function_of(node.macro);
    expression.offset = node.offset;
    expression.children = {check(node.children[0])};
    const Type range = type_of(expression.children[0]);
    Type variable = Type::dynamic();
    if (range.is(Type::Kind::list)) {
        variable = range.inner();
    } else if (range.is(Type::Kind::map)) {
        variable = Type::text();
    } else if (!range.is_dynamic()) {
        problems_.add(node.offset, std::string(name_of(node.macro)) + " walks a list or the keys of a map",
                      {.found = range.text_of(), .allowed = "list or map", .suggestion = {}});
    }
    if (locals_.size() == fold_depth_max) {
        problems_.add(node.offset, "too many of all, exists, filter and map stand within each other",
                      {.found = {}, .allowed = std::to_string(fold_depth_max), .suggestion = {}});
        return unknown(node.offset);
    }
    return fold_body(node, std::move(expression), variable);
}

ExpressionId Checker::fold_body(const Node& node, Expression expression, Type variable) {
    const Type range = type_of(expression.children[0]);
    expression.slot = static_cast<std::uint16_t>(locals_.size());
    locals_.emplace_back(node.text, variable);
    for (std::size_t i = 1; i < node.children.size(); ++i) expression.children.push_back(check(node.children[i]));
    locals_.pop_back();
    if (node.macro != Macro::map) expect_condition(expression.children[1], "in " + std::string(name_of(node.macro)));
    expression.type = Type::boolean();
    if (node.macro == Macro::filter) expression.type = Type::list(range.is(Type::Kind::map) ? Type::text() : variable);
    if (node.macro == Macro::map || node.macro == Macro::map_if)
        expression.type = Type::list(type_of(expression.children.back()));
    return keep(std::move(expression));
}

ExpressionId Checker::slot(std::uint16_t slot, std::uint32_t offset, Action action) {
    Expression expression;
    expression.action = action;
    expression.slot = slot;
    expression.offset = offset;
    expression.type = action == Action::slot ? schema_.names()[slot].type : Type::boolean();
    expression.uses_slots = true;
    return keep(std::move(expression));
}

// Stands for what has been reported already; its type fits everywhere, so that one mistake is told once.
ExpressionId Checker::unknown(std::uint32_t offset) {
    Expression expression;
    expression.offset = offset;
    return keep(std::move(expression));
}

ExpressionId Checker::keep(Expression expression) {
    for (const ExpressionId child : expression.children) {
        const Expression& part = program_.at(child);
        expression.uses_slots |= part.uses_slots;
        expression.uses_locals |= part.uses_locals;
    }
    if (expression.action == Action::fold) expression.uses_locals &= ~(1U << expression.slot);
    program_.expressions.push_back(std::move(expression));
    return static_cast<ExpressionId>(program_.expressions.size() - 1);
}

}  // namespace

Program check_tree(const syntax::Tree& tree, const Schema& schema, Type wanted, const CompileOptions& options,
                   Problems& problems) {
    return Checker(tree, schema, options, problems).run(wanted);
}

}  // namespace regulars::rule
