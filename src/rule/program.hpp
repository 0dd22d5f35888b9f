// A checked rule: every name is a slot, every call an entry of the catalogue, every part has a type. This is what the
// evaluators share: the row evaluator plans it, others walk it as it stands.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/time.hpp"
#include "rule/functions.hpp"
#include "rule/type.hpp"
#include "rule/value.hpp"
#include "rule/workspace.hpp"

namespace regulars::rule {

enum class Action : std::uint8_t {
    constant,      // constant
    slot,          // the frame's value at `slot`
    local,         // the variable of the fold at depth `slot`, 0 the outermost
    select,        // child[0]'s entry under the key `constant`
    present_slot,  // has(): whether the frame's value at `slot` is not missing
    present_key,   // has(): whether child[0] has the key `constant`
    logical_and,   // two or more children
    logical_or,    // two or more children
    conditional,   // three children
    function,      // strict: `function` of the children, all of them evaluated first
    list,          // of the children
    map,           // key, value, key, value ...
    fold,          // `function` says which; children: range, then condition or value; map with a condition has three.
                   // The variable is the local at depth `slot`.
};

using ExpressionId = std::uint32_t;

struct Expression {
    Action action = Action::constant;
    FunctionId function = FunctionId::logical_and;
    std::uint16_t slot = 0;
    /// Byte of the source, for explanations.
    std::uint32_t offset = 0;
    Type type;
    /// Texts live in the program's `constants`.
    Value constant;
    std::vector<ExpressionId> children;
    /// Whether a frame is needed, and which variables (a bit per depth) of folds around this part.
    bool uses_slots = false;
    std::uint32_t uses_locals = 0;

    /// The same in every evaluation.
    [[nodiscard]] bool is_closed() const { return !uses_slots && uses_locals == 0; }
};

struct Program {
    /// Children come before their parents.
    std::vector<Expression> expressions;
    ExpressionId root = 0;
    /// What evaluating gives; where the parts only promise `dynamic`, the result is still held to this type.
    Type type;
    /// Where times are read without naming a zone.
    Zone zone;
    /// Slots that the text names, ascending.
    std::vector<std::uint16_t> uses;
    /// An estimate of the work, in steps.
    std::uint64_t cost = 0;
    std::unique_ptr<Workspace> constants = std::make_unique<Workspace>();

    [[nodiscard]] const Expression& at(ExpressionId id) const { return expressions[id]; }
};

}  // namespace regulars::rule
