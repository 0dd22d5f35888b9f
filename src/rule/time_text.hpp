// Times and durations as a rule writes and shows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace regulars::rule {

/// What a rule computes stays within the years 1 to 9999, as CEL says; anything else is an overflow.
inline constexpr Instant timestamp_min{-62'135'596'800'000};
inline constexpr Instant timestamp_max{253'402'300'799'999};
/// Ten thousand years of 365.25 days, either way.
inline constexpr std::int64_t duration_ms_max = 315'576'000'000'000;

[[nodiscard]] constexpr bool in_range(Instant instant) {
    return instant >= timestamp_min && instant <= timestamp_max;
}

/// "1h30m", "1.5s", "-250ms": decimal numbers with the units h, m, s, ms, us, ns; or "0". Nothing when it is not one,
/// is not a whole number of milliseconds or is longer than ten thousand years.
[[nodiscard]] std::optional<std::int64_t> parse_duration_ms(std::string_view text);

/// "5400s", "-0.25s".
[[nodiscard]] std::string duration_text(std::int64_t duration_ms);
/// "2024-11-11T00:00:00Z", milliseconds only when not zero. `instant` is in range.
[[nodiscard]] std::string timestamp_text(Instant instant);

}  // namespace regulars::rule
