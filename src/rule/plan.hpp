// What the row evaluator runs: a checked program laid out flat, with the commonest conditions as nodes of their own
// ("a name against a constant"), so that a rule of a few conditions touches a few cache lines and calls nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "rule/library.hpp"
#include "rule/program.hpp"
#include "rule/value.hpp"

namespace regulars::rule {

enum class PlanOp : std::uint8_t {
    constant,
    slot,
    local,
    select,
    present_slot,
    present_key,
    logical_and,
    logical_or,
    logical_not,
    conditional,
    slot_not,       // !name
    slot_is_text,   // name == "..." or !=; `accepted` says which
    slot_compare,   // name against an integer, timestamp or duration
    slot_in_texts,  // name in ["...", ...]; the constant list in short order (PlanOrder)
    compare,
    in,
    function,
    list,
    map,
    all,
    exists,
    exists_one,
    filter,
    transform,
    transform_if,
};

struct PlanNode {
    PlanOp op = PlanOp::constant;
    OrderSet accepted = 0;
    std::uint16_t slot = 0;
    std::uint32_t offset = 0;
    /// Where the children stand, one after another, in `Plan::nodes`.
    std::uint32_t child = 0;
    std::uint32_t count = 0;
    union {
        Value constant = Value();
        Implementation call;
    };
};
static_assert(sizeof(PlanNode) == 32);

struct Plan {
    /// The root first.
    std::vector<PlanNode> nodes;
    Zone zone;
    /// One past the highest slot that is read.
    std::size_t frame_size = 0;
    /// Whether evaluating may put something into the workspace or take steps.
    bool uses_workspace = false;
};

/// The plan for one part of a program. It borrows the program's constants and may add to them.
[[nodiscard]] Plan plan_of(Program& program, ExpressionId root);

/// The order in which a constant set of texts is kept for `slot_in_texts`: by size, then by bytes. It settles most
/// comparisons without reading the text.
[[nodiscard]] inline bool text_set_less(std::string_view left, std::string_view right) {
    return left.size() != right.size() ? left.size() < right.size() : left < right;
}

}  // namespace regulars::rule
