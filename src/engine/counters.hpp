// Counting what settled orders bring, and reading the counters that tiers and rules ask for.
#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "engine/member.hpp"
#include "programme/programme.hpp"

namespace regulars::engine {

/// Adds `change` (negative parts for a return) on `day` to the lifetime, to the history if some counter needs one, and
/// to the running period if `in_period`.
void count(const programme::Programme& programme, Member& member, LocalDate day, const Totals& change, bool in_period);

/// Period counters start again from nothing.
void restart_period_counters(Member& member);

/// What the counter shows on `today`, the last day that its window looks at.
[[nodiscard]] std::int64_t counter_value(const programme::Programme& programme, const Member& member,
                                         const programme::Counter& counter, LocalDate today);

}  // namespace regulars::engine
