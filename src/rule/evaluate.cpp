#include "rule/evaluate.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "rule/laws.hpp"

namespace regulars::rule {

namespace {

struct Machine {
    const PlanNode* nodes;
    const Value* frame;
    Workspace& workspace;
    const Zone& zone;
};

Value evaluate(const PlanNode& node, Machine& machine);

// An error made here stands where the node does.
Value placed(Value value, const PlanNode& node) {
    return value.is_error() ? Value::error(value.error_code(), node.offset) : value;
}

Value failed(ErrorCode code, const PlanNode& node) {
    return Value::error(code, node.offset);
}

template <bool decider>
Value logical(const PlanNode& node, Machine& machine) {
    Verdict verdict(decider);
    const PlanNode* const children = machine.nodes + node.child;
    for (std::uint32_t i = 0; i < node.count; ++i)
        if (verdict.add(evaluate(children[i], machine), children[i].offset)) break;
    return verdict.result();
}

Value negated(Value operand, const PlanNode& node) {
    if (operand.is(Kind::boolean)) [[likely]]
        return Value::boolean(!operand.as_boolean());
    return operand.is_known() ? failed(ErrorCode::wrong_kind, node) : operand;
}

[[gnu::noinline]] Value compare_unlike(const PlanNode& node, Value left, Value right) {
    if (!left.is_known() || !right.is_known()) return unknown_of(left, right);
    return placed(compare(node.accepted, left, right), node);
}

Value slot_is_text(const PlanNode& node, Value value) {
    if (!value.is(Kind::text)) [[unlikely]]
        return compare_unlike(node, value, node.constant);
    const std::string_view left = value.as_text();
    const std::string_view right = node.constant.as_text();
    const bool same = left.size() == right.size() && std::memcmp(left.data(), right.data(), left.size()) == 0;
    return Value::boolean(same == (node.accepted == order_equal));
}

Value slot_compare(const PlanNode& node, Value value) {
    if (!value.is(node.constant.kind())) [[unlikely]]
        return compare_unlike(node, value, node.constant);
    const std::int64_t left = value.count();
    const std::int64_t right = node.constant.count();
    const unsigned order = left < right ? order_less : left > right ? order_greater : order_equal;
    return Value::boolean((node.accepted & order) != 0);
}

Value slot_in_texts(const PlanNode& node, Value value) {
    // Of other kinds no text is equal, but null and numbers are fair questions.
    if (!value.is(Kind::text)) [[unlikely]]
        return value.is_known() ? Value::boolean(false) : value;
    constexpr std::size_t walk_max = 8;
    const std::string_view text = value.as_text();
    const auto items = node.constant.as_list().items;
    if (items.size() <= walk_max) {
        for (const Value& item : items) {
            const std::string_view other = item.as_text();
            if (other.size() == text.size() && std::memcmp(other.data(), text.data(), text.size()) == 0)
                return Value::boolean(true);
        }
        return Value::boolean(false);
    }
    const auto at = std::ranges::lower_bound(items, text, text_set_less, &Value::as_text);
    return Value::boolean(at != items.end() && at->as_text() == text);
}

[[gnu::noinline]] Value select(const PlanNode& node, Machine& machine, bool asks_presence) {
    const Value container = evaluate(machine.nodes[node.child], machine);
    if (asks_presence && container.is_missing()) return Value::boolean(false);
    if (!container.is_known()) return container;
    if (!container.is(Kind::map)) return failed(ErrorCode::wrong_kind, node);
    const Value* const found = container.as_map().find(node.constant.as_text());
    if (asks_presence) return Value::boolean(found != nullptr && !found->is_missing());
    return found != nullptr ? *found : failed(ErrorCode::no_such_key, node);
}

[[gnu::noinline]] Value conditional(const PlanNode& node, Machine& machine) {
    const PlanNode* const children = machine.nodes + node.child;
    const Value condition = evaluate(children[0], machine);
    if (condition.is(Kind::boolean)) return evaluate(children[condition.as_boolean() ? 1 : 2], machine);
    return condition.is_known() ? failed(ErrorCode::wrong_kind, children[0]) : condition;
}

[[gnu::noinline]] Value binary(const PlanNode& node, Machine& machine) {
    const PlanNode* const children = machine.nodes + node.child;
    const Value left = evaluate(children[0], machine);
    const Value right = evaluate(children[1], machine);
    if (!left.is_known() || !right.is_known()) [[unlikely]]
        return unknown_of(left, right);
    return placed(node.op == PlanOp::in ? is_in(left, right) : compare(node.accepted, left, right), node);
}

[[gnu::noinline]] Value function(const PlanNode& node, Machine& machine) {
    std::array<Value, Overload::arguments_max> arguments;
    Value unknown;
    for (std::uint32_t i = 0; i < node.count; ++i) {
        arguments[i] = evaluate(machine.nodes[node.child + i], machine);
        if (!arguments[i].is_known()) [[unlikely]]
            unknown = unknown_of(unknown, arguments[i]);
    }
    if (!unknown.is_known()) [[unlikely]]
        return unknown;
    CallContext context{machine.workspace, machine.zone};
    return placed(node.call({arguments.data(), node.count}, context), node);
}

[[gnu::noinline]] Value list(const PlanNode& node, Machine& machine) {
    const std::span<Value> items = machine.workspace.take_values(node.count);
    if (items.data() == nullptr) return failed(ErrorCode::too_large, node);
    Value unknown;
    for (std::uint32_t i = 0; i < node.count; ++i) {
        items[i] = evaluate(machine.nodes[node.child + i], machine);
        if (!items[i].is_known()) unknown = unknown_of(unknown, items[i]);
    }
    return unknown.is_known() ? placed(machine.workspace.list(items), node) : unknown;
}

[[gnu::noinline]] Value map(const PlanNode& node, Machine& machine) {
    const std::span<MapEntry> entries = machine.workspace.take_entries(node.count / 2);
    if (entries.data() == nullptr) return failed(ErrorCode::too_large, node);
    Value unknown;
    for (std::uint32_t i = 0; i < node.count; ++i) {
        const PlanNode& child = machine.nodes[node.child + i];
        Value value = evaluate(child, machine);
        const bool is_key = i % 2 == 0;
        if (is_key && value.is_known() && !value.is(Kind::text)) value = failed(ErrorCode::wrong_kind, child);
        if (!value.is_known()) {
            unknown = unknown_of(unknown, value);
        } else if (is_key) {
            entries[i / 2].key = value.as_text();
        } else {
            entries[i / 2].value = value;
        }
    }
    if (!unknown.is_known()) return unknown;
    std::ranges::stable_sort(entries, {}, &MapEntry::key);
    const bool repeated = std::ranges::adjacent_find(entries, {}, &MapEntry::key) != entries.end();
    return repeated ? failed(ErrorCode::repeated_key, node) : placed(machine.workspace.map(entries), node);
}

// A condition for one turn of a fold. What it makes on the way is dropped again: true and false need no room.
Value turn_condition(const PlanNode& body, Machine& machine) {
    const Workspace::Mark mark = machine.workspace.mark();
    const Value turn = evaluate(body, machine);
    machine.workspace.rewind(mark);
    return turn.is_known() && !turn.is(Kind::boolean) ? failed(ErrorCode::wrong_kind, body) : turn;
}

// The turns of a fold: each item of a list, or each key of a map.
struct Range {
    std::span<const Value> items;
    std::span<const MapEntry> entries;

    [[nodiscard]] std::size_t size() const { return items.size() + entries.size(); }
    [[nodiscard]] Value at(std::size_t i) const { return entries.empty() ? items[i] : Value::text(entries[i].key); }
};

Value fold_condition(const PlanNode& node, Machine& machine, const Range& range) {
    const PlanNode& body = machine.nodes[node.child + 1];
    Verdict verdict(node.op == PlanOp::exists);
    for (std::size_t i = 0; i < range.size(); ++i) {
        if (!machine.workspace.step()) return failed(ErrorCode::too_long, node);
        machine.workspace.locals[node.slot] = range.at(i);
        if (verdict.add(turn_condition(body, machine), body.offset)) break;
    }
    return verdict.result();
}

// exists_one has no decider: every turn must be known.
Value fold_exists_one(const PlanNode& node, Machine& machine, const Range& range) {
    const PlanNode& body = machine.nodes[node.child + 1];
    std::size_t count = 0;
    Value unknown;
    for (std::size_t i = 0; i < range.size(); ++i) {
        if (!machine.workspace.step()) return failed(ErrorCode::too_long, node);
        machine.workspace.locals[node.slot] = range.at(i);
        const Value turn = turn_condition(body, machine);
        if (!turn.is_known()) unknown = unknown_of(unknown, turn);
        if (turn.is_true()) ++count;
    }
    return unknown.is_known() ? Value::boolean(count == 1) : unknown;
}

// filter, map and map with a condition.
Value fold_list(const PlanNode& node, Machine& machine, const Range& range) {
    const PlanNode* const children = machine.nodes + node.child;
    const std::span<Value> kept = machine.workspace.take_values(range.size());
    if (kept.data() == nullptr) return failed(ErrorCode::too_large, node);
    std::size_t count = 0;
    Value unknown;
    for (std::size_t i = 0; i < range.size(); ++i) {
        if (!machine.workspace.step()) return failed(ErrorCode::too_long, node);
        const Value item = range.at(i);
        machine.workspace.locals[node.slot] = item;
        Value condition = Value::boolean(true);
        if (node.op != PlanOp::transform) condition = turn_condition(children[1], machine);
        Value value = condition;
        if (condition.is_true()) value = node.op == PlanOp::filter ? item : evaluate(children[node.count - 1], machine);
        if (!value.is_known()) unknown = unknown_of(unknown, value);
        if (condition.is_true()) kept[count++] = value;
    }
    return unknown.is_known() ? placed(machine.workspace.list(kept.first(count)), node) : unknown;
}

[[gnu::noinline]] Value fold(const PlanNode& node, Machine& machine) {
    const Value over = evaluate(machine.nodes[node.child], machine);
    if (!over.is_known()) return over;
    Range range;
    if (over.is(Kind::list))
        range.items = over.as_list().items;
    else if (over.is(Kind::map))
        range.entries = over.as_map().entries();
    else
        return failed(ErrorCode::wrong_kind, node);
    if (node.op == PlanOp::all || node.op == PlanOp::exists) return fold_condition(node, machine, range);
    return node.op == PlanOp::exists_one ? fold_exists_one(node, machine, range) : fold_list(node, machine, range);
}

Value evaluate(const PlanNode& node, Machine& machine) {
    switch (node.op) {
        case PlanOp::constant:
            return node.constant;
        case PlanOp::slot:
            return machine.frame[node.slot];
        case PlanOp::local:
            return machine.workspace.locals[node.slot];
        case PlanOp::slot_not:
            return negated(machine.frame[node.slot], node);
        case PlanOp::slot_is_text:
            return slot_is_text(node, machine.frame[node.slot]);
        case PlanOp::slot_compare:
            return slot_compare(node, machine.frame[node.slot]);
        case PlanOp::slot_in_texts:
            return slot_in_texts(node, machine.frame[node.slot]);
        case PlanOp::logical_and:
            return logical<false>(node, machine);
        case PlanOp::logical_or:
            return logical<true>(node, machine);
        case PlanOp::logical_not:
            return negated(evaluate(machine.nodes[node.child], machine), node);
        case PlanOp::conditional:
            return conditional(node, machine);
        case PlanOp::present_slot: {
            const Value value = machine.frame[node.slot];
            return value.is_error() ? value : Value::boolean(!value.is_missing());
        }
        case PlanOp::present_key:
            return select(node, machine, true);
        case PlanOp::select:
            return select(node, machine, false);
        case PlanOp::compare:
        case PlanOp::in:
            return binary(node, machine);
        case PlanOp::function:
            return function(node, machine);
        case PlanOp::list:
            return list(node, machine);
        case PlanOp::map:
            return map(node, machine);
        case PlanOp::all:
        case PlanOp::exists:
        case PlanOp::exists_one:
        case PlanOp::filter:
        case PlanOp::transform:
        case PlanOp::transform_if:
            return fold(node, machine);
    }
    check_failed("every operation of a plan is evaluated");
}

}  // namespace

Value run(const Plan& plan, std::span<const Value> frame, Workspace& workspace) {
    check(frame.size() >= plan.frame_size, "a frame has a value for every slot that the rule reads");
    Machine machine{plan.nodes.data(), frame.data(), workspace, plan.zone};
    if (plan.uses_workspace) workspace.restart_steps();
    return evaluate(plan.nodes.front(), machine);
}

}  // namespace regulars::rule
