// Check-ins: points for each local day, steps of a streak, days made up for, freezes.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// How long the streak is at the decision's present, if it is not broken: one that a check-in today would carry
/// on, by freezes too, still stands. 0 for none, and where the activity is no check-in.
[[nodiscard]] std::int64_t running_streak(const Decision& decision, const programme::Activity& activity);

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const CheckedIn& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const CheckInMadeUp& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const FreezeBought& fact);

}  // namespace regulars::engine
