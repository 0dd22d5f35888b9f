// Reviews that look at all members at once: which thresholds put the wanted shares of them on each rung.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/fraction.hpp"
#include "base/time.hpp"
#include "engine/member.hpp"
#include "programme/programme.hpp"

namespace regulars::backtest {

/// One threshold for each tier above the base, ascending, so that by `values` of the active members the shares (base
/// first, summing to 1) come to stand on each tier. Where several have the value at the edge, all of them are in: ties
/// favour the member. No threshold is below 1, so that who has nothing stands on the base.
[[nodiscard]] std::vector<std::int64_t> thresholds_of(std::vector<std::int64_t> values,
                                                      std::span<const Fraction> shares);

/// The member's value in a review that closes `last_day`, or nothing if it was not active: no settled spend in the
/// review's unit.
[[nodiscard]] std::optional<std::int64_t> review_value(const programme::Programme& programme,
                                                       const engine::Member& member, LocalDate last_day);

/// The last days of the units that are reviewed from `first` to `last`, both included.
[[nodiscard]] std::vector<LocalDate> review_days(const programme::Programme& programme, LocalDate first,
                                                 LocalDate last);

}  // namespace regulars::backtest
