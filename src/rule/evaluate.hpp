// The row evaluator: one frame, one value. The laws for missing and failing values are here once (laws.hpp) and in the
// table of docs/rules.md.
#pragma once

#include <span>

#include "rule/plan.hpp"
#include "rule/value.hpp"
#include "rule/workspace.hpp"

namespace regulars::rule {

/// Texts, lists and maps in the result may live in the workspace. Aborts when the frame is shorter than the plan reads.
[[nodiscard]] Value run(const Plan& plan, std::span<const Value> frame, Workspace& workspace);

}  // namespace regulars::rule
