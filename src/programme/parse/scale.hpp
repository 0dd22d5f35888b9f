// How finely points are counted before they are rounded, so that no fraction of a point is lost or invented on the way.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/fraction.hpp"
#include "programme/programme.hpp"

namespace regulars::programme {

/// Points are refused when they need finer parts than this.
inline constexpr std::int64_t scale_max = 1'000'000'000;

/// The smallest scale in which whatever a minor unit earns is a whole number: by each rule, times each of
/// `tier_multipliers`, times any of the multipliers together. Nothing when that exceeds scale_max.
[[nodiscard]] std::optional<std::int64_t> scale_of(std::span<const EarningRule> rules,
                                                   std::span<const Fraction> tier_multipliers,
                                                   std::span<const Multiplier> multipliers);

/// Whether what the largest order can earn, counted in `scale`, stays within 64 bits, on the way there within 128, and
/// all multipliers together within a Fraction.
[[nodiscard]] bool fits(std::span<const EarningRule> rules, std::span<const Fraction> tier_multipliers,
                        std::span<const Multiplier> multipliers, std::int64_t scale);

}  // namespace regulars::programme
