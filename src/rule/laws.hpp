// The laws of missing and failing values. Three sentences hold everywhere:
//
//     a decider (false for &&, true for ||) wins, whichever side it stands on;
//     missing beats an error;
//     of two errors the first in the text is told.
#pragma once

#include "rule/value.hpp"

namespace regulars::rule {

/// Gathers the operands of && (decider false) or || (decider true), or the turns of all() and exists().
class Verdict {
public:
    explicit Verdict(bool decider) : decider_(decider), result_(Value::boolean(!decider)) {}

    /// `offset` is where the operand stands. True when it decides: the rest need not be looked at.
    bool add(Value operand, std::uint32_t offset) {
        if (operand.is(Kind::boolean)) [[likely]] {
            if (operand.as_boolean() != decider_) return false;
            result_ = operand;
            return true;
        }
        if (operand.is_missing())
            result_ = operand;
        else if (result_.is(Kind::boolean))
            result_ = operand.is_error() ? operand : Value::error(ErrorCode::wrong_kind, offset);
        return false;
    }
    [[nodiscard]] Value result() const { return result_; }

private:
    bool decider_;
    Value result_;
};

/// What a strict operation gives when one of its operands is not known: missing before an error, the first error before
/// later ones. Known when both are.
[[nodiscard]] inline Value unknown_of(Value left, Value right) {
    if (left.is_missing() || right.is_missing()) return Value::missing();
    return left.is_error() ? left : right;
}

}  // namespace regulars::rule
