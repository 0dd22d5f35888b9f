#include "rule/plan.hpp"

#include <algorithm>
#include <optional>

namespace regulars::rule {

namespace {

PlanOp op_of_fold(const Expression& expression) {
    switch (expression.function) {
        case FunctionId::all:
            return PlanOp::all;
        case FunctionId::exists:
            return PlanOp::exists;
        case FunctionId::exists_one:
            return PlanOp::exists_one;
        case FunctionId::filter:
            return PlanOp::filter;
        default:
            return expression.children.size() == 3 ? PlanOp::transform_if : PlanOp::transform;
    }
}

OrderSet accepted_by(FunctionId id) {
    switch (id) {
        case FunctionId::equal:
            return order_equal;
        case FunctionId::not_equal:
            return order_not_equal;
        case FunctionId::less:
            return order_less;
        case FunctionId::less_equal:
            return order_less | order_equal;
        case FunctionId::greater:
            return order_greater;
        case FunctionId::greater_equal:
            return order_greater | order_equal;
        default:
            return 0;
    }
}

// What a comparison accepts when its sides change places.
OrderSet mirrored(OrderSet accepted) {
    const auto swapped = (accepted & order_less) * 4U | (accepted & order_greater) / 4U;
    return static_cast<OrderSet>((accepted & order_equal) | swapped);
}

class Planner {
public:
    explicit Planner(Program& program) : program_(program) { plan_.zone = program.zone; }
    Plan run(ExpressionId root) {
        plan_.nodes.emplace_back();
        fill(0, root);
        return std::move(plan_);
    }

private:
    void fill(std::size_t at, ExpressionId id);
    void fill_children(std::size_t at, const std::vector<ExpressionId>& children);
    void fill_function(std::size_t at, const Expression& expression);
    [[nodiscard]] std::optional<PlanNode> short_comparison(const Expression& expression);
    [[nodiscard]] std::optional<PlanNode> short_membership(const Expression& expression);
    void reads(std::uint16_t slot) {
        plan_.frame_size = std::max<std::size_t>(plan_.frame_size, slot + std::size_t{1});
    }

    Program& program_;
    Plan plan_;
};

void Planner::fill(std::size_t at, ExpressionId id) {
    const Expression& expression = program_.at(id);
    PlanNode node;
    node.slot = expression.slot;
    node.offset = expression.offset;
    node.constant = expression.constant;
    switch (expression.action) {
        case Action::constant:
            node.op = PlanOp::constant;
            break;
        case Action::slot:
            node.op = PlanOp::slot;
            break;
        case Action::local:
            node.op = PlanOp::local;
            break;
        case Action::select:
            node.op = PlanOp::select;
            break;
        case Action::present_slot:
            node.op = PlanOp::present_slot;
            break;
        case Action::present_key:
            node.op = PlanOp::present_key;
            break;
        case Action::logical_and:
            node.op = PlanOp::logical_and;
            break;
        case Action::logical_or:
            node.op = PlanOp::logical_or;
            break;
        case Action::conditional:
            node.op = PlanOp::conditional;
            break;
        case Action::function:
            return fill_function(at, expression);
        case Action::list:
            node.op = PlanOp::list;
            break;
        case Action::map:
            node.op = PlanOp::map;
            break;
        case Action::fold:
            node.op = op_of_fold(expression);
            break;
    }
    if (expression.action == Action::slot || expression.action == Action::present_slot) reads(expression.slot);
    if (node.op >= PlanOp::function) plan_.uses_workspace = true;
    plan_.nodes[at] = node;
    fill_children(at, expression.children);
}

void Planner::fill_children(std::size_t at, const std::vector<ExpressionId>& children) {
    const std::size_t first = plan_.nodes.size();
    plan_.nodes[at].child = static_cast<std::uint32_t>(first);
    plan_.nodes[at].count = static_cast<std::uint32_t>(children.size());
    plan_.nodes.resize(first + children.size());
    for (std::size_t i = 0; i < children.size(); ++i) fill(first + i, children[i]);
}

void Planner::fill_function(std::size_t at, const Expression& expression) {
    const OrderSet accepted = accepted_by(expression.function);
    std::optional<PlanNode> node;
    if (accepted != 0) node = short_comparison(expression);
    if (expression.function == FunctionId::in) node = short_membership(expression);
    if (expression.function == FunctionId::logical_not && program_.at(expression.children[0]).action == Action::slot) {
        node.emplace();
        node->op = PlanOp::slot_not;
        node->slot = program_.at(expression.children[0]).slot;
    }
    if (node) {
        node->offset = expression.offset;
        reads(node->slot);
        plan_.nodes[at] = *node;
        return;
    }
    PlanNode general;
    general.offset = expression.offset;
    general.accepted = accepted;
    general.op = accepted != 0 ? PlanOp::compare : PlanOp::function;
    if (expression.function == FunctionId::logical_not) general.op = PlanOp::logical_not;
    if (expression.function == FunctionId::in) general.op = PlanOp::in;
    if (general.op == PlanOp::function) {
        general.call = implementation(expression.function);
        check(general.call != nullptr, "every strict function is implemented");
        plan_.uses_workspace = true;
    }
    plan_.nodes[at] = general;
    fill_children(at, expression.children);
}

std::optional<PlanNode> Planner::short_comparison(const Expression& expression) {
    const Expression* name = &program_.at(expression.children[0]);
    const Expression* other = &program_.at(expression.children[1]);
    PlanNode node;
    node.accepted = accepted_by(expression.function);
    if (name->action == Action::constant) {
        std::swap(name, other);
        node.accepted = mirrored(node.accepted);
    }
    if (name->action != Action::slot || other->action != Action::constant) return std::nullopt;
    node.slot = name->slot;
    node.constant = other->constant;
    const bool equality = node.accepted == order_equal || node.accepted == order_not_equal;
    switch (other->constant.kind()) {
        case Kind::text:
            if (!equality) return std::nullopt;
            node.op = PlanOp::slot_is_text;
            return node;
        case Kind::integer:
        case Kind::timestamp:
        case Kind::duration:
            node.op = PlanOp::slot_compare;
            return node;
        default:
            return std::nullopt;
    }
}

std::optional<PlanNode> Planner::short_membership(const Expression& expression) {
    const Expression& name = program_.at(expression.children[0]);
    const Expression& set = program_.at(expression.children[1]);
    if (name.action != Action::slot || set.action != Action::constant || !set.constant.is(Kind::list))
        return std::nullopt;
    const auto items = set.constant.as_list().items;
    if (!std::ranges::all_of(items, [](const Value& item) { return item.is(Kind::text); })) return std::nullopt;
    const std::span<Value> sorted = program_.constants->take_values(items.size());
    if (sorted.data() == nullptr) return std::nullopt;
    std::ranges::copy(items, sorted.begin());
    std::ranges::sort(sorted, text_set_less, &Value::as_text);
    PlanNode node;
    node.op = PlanOp::slot_in_texts;
    node.slot = name.slot;
    node.constant = program_.constants->list(sorted);
    return node.constant.is_error() ? std::nullopt : std::optional(node);
}

}  // namespace

Plan plan_of(Program& program, ExpressionId root) {
    return Planner(program).run(root);
}

}  // namespace regulars::rule
