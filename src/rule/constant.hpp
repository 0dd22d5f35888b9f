// Constant folding and cost: what can be known about a checked program without a frame.
#pragma once

#include "rule/program.hpp"

namespace regulars::rule {

/// Evaluates every part that is the same in every evaluation, and drops operands of && and || that cannot matter. The
/// program means the same afterwards; a part that always fails becomes a constant error.
void fold_constants(Program& program);

/// Steps of work: one per part, more for text functions; a fold costs its body times the length of its list, which
/// counts as 100 where it is not known. Never overflows.
[[nodiscard]] std::uint64_t cost_of(const Program& program);

}  // namespace regulars::rule
