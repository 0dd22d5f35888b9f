// Streaks: local days one after another on which a member checked in. Days that are kept (frozen, or closed) lie
// between them without counting. Everything here is about ActivityState::days, kept and streak_before.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/member.hpp"

namespace regulars::engine {

[[nodiscard]] bool is_checked_in(const ActivityState& state, LocalDate day);
[[nodiscard]] bool is_kept(const ActivityState& state, LocalDate day);

/// How many days the streak has that ends with `day`; 0 when the member did not check in on it.
[[nodiscard]] std::int64_t streak_until(const ActivityState& state, LocalDate day);
/// The last day of the streak that `day` belongs to.
[[nodiscard]] LocalDate end_of_streak(const ActivityState& state, LocalDate day);

/// One more day on which the member checked in; what lies further back than the calendar of `today` is summed up.
void add_check_in(ActivityState& state, LocalDate day, LocalDate today);
/// One more day that breaks no streak.
void keep_day(ActivityState& state, LocalDate day);

/// Days without a check-in that lie right before `day`, back to the last one before it; empty when there is none
/// before it, or when it lies further back than any streak can reach.
[[nodiscard]] std::vector<LocalDate> gap_before(const ActivityState& state, LocalDate day);
/// The same after `day`.
[[nodiscard]] std::vector<LocalDate> gap_after(const ActivityState& state, LocalDate day);

/// Two members turn out to be one, who checked in when either did.
void combine_streaks(ActivityState& into, const ActivityState& from);

}  // namespace regulars::engine
