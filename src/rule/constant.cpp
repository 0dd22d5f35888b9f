#include "rule/constant.hpp"

#include <algorithm>

#include "rule/evaluate.hpp"
#include "rule/plan.hpp"

namespace regulars::rule {

namespace {

constexpr std::uint64_t items_assumed = 100;
constexpr std::uint64_t call_cost = 4;
constexpr std::uint64_t cost_limit = std::uint64_t{1} << 40U;

void become_constant(Expression& expression, Value value) {
    expression.action = Action::constant;
    expression.constant = value;
    expression.children.clear();
}

// true && x is x, false && x is false, on whichever side; and the same for || the other way round.
void simplify_logical(Program& program, Expression& expression) {
    const bool decider = expression.action == Action::logical_or;
    const auto is = [&](ExpressionId id, bool wanted) {
        const Expression& operand = program.at(id);
        return operand.action == Action::constant && operand.constant.is(Kind::boolean) &&
               operand.constant.as_boolean() == wanted;
    };
    if (std::ranges::any_of(expression.children, [&](ExpressionId id) { return is(id, decider); }))
        return become_constant(expression, Value::boolean(decider));
    std::erase_if(expression.children, [&](ExpressionId id) { return is(id, !decider); });
    if (expression.children.empty()) become_constant(expression, Value::boolean(!decider));
}

void fold_part(Program& program, ExpressionId id) {
    Expression& expression = program.expressions[id];
    if (expression.action == Action::constant) return;
    // The parts first, so that a list written inside all() is made once and not at each turn.
    for (const ExpressionId child : expression.children) fold_part(program, child);
    const bool logical = expression.action == Action::logical_and || expression.action == Action::logical_or;
    if (logical) simplify_logical(program, expression);
    if (expression.action == Action::constant || !expression.is_closed()) return;
    const Plan plan = plan_of(program, id);
    // Without a frame: no part of it reads one.
    become_constant(expression, run(plan, {}, *program.constants));
}

std::uint64_t bounded_product(std::uint64_t count, std::uint64_t cost) {
    // Both are at most 2^40; a count of items at most 2^16.
    return std::min(count * cost, cost_limit);
}

std::uint64_t cost_below(const Program& program, ExpressionId id) {
    const Expression& expression = program.at(id);
    std::uint64_t cost = 1;
    if (expression.action == Action::function && expression.function >= FunctionId::size) cost += call_cost;
    if (expression.action != Action::fold) {
        for (const ExpressionId child : expression.children) cost += cost_below(program, child);
        return std::min(cost, cost_limit);
    }
    const Expression& range = program.at(expression.children[0]);
    std::uint64_t body = 1;
    for (std::size_t i = 1; i < expression.children.size(); ++i) body += cost_below(program, expression.children[i]);
    const std::uint64_t items = range.action == Action::list ? range.children.size() : items_assumed;
    return std::min(cost + cost_below(program, expression.children[0]) + bounded_product(items, body), cost_limit);
}

}  // namespace

void fold_constants(Program& program) {
    fold_part(program, program.root);
}

std::uint64_t cost_of(const Program& program) {
    return cost_below(program, program.root);
}

}  // namespace regulars::rule
