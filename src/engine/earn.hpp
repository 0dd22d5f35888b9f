// What the lines of an order earn and which benefits they use: computed when the order is paid, and for quotes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/facts.hpp"
#include "engine/match.hpp"
#include "engine/outcome.hpp"

namespace regulars::engine {

/// One line's share, before any rounding to whole points.
struct LineEarnings {
    std::int64_t points_scaled = 0;  ///< in 1 / PointsPolicy::scale
    std::int64_t growth_scaled = 0;  ///< in 1 / GrowthPolicy::scale
    Money discount;                  ///< that the tier gives, or would have given, on this line
    std::uint32_t discount_benefit = 0;
    bool earns_cashback = false;
};

/// What a whole order earns and uses.
struct Earnings {
    std::vector<LineEarnings> lines;
    Growth growth_per_order;
    Money cashback;
    bool free_shipping = false;
};

/// An order or basket to be valued: its lines (price kinds already resolved), how much of each is paid by gift card
/// and by points, and the tier that decides.
struct Valuation {
    std::span<const Line> lines;
    std::span<const programme::PriceKind> price_kinds;
    std::span<const std::int64_t> gift_card;  ///< minor units per line; empty: nothing
    std::span<const std::int64_t> by_points;  ///< the same for what points pay: it earns nothing
    Purchase purchase;
    programme::TierRank tier = 0;
};

/// What is paid by gift card, spread over the lines by their amounts; the parts sum to the whole. Empty for nothing.
[[nodiscard]] std::vector<std::int64_t> gift_card_parts(std::span<const Line> lines, Money gift_card);
/// What points pay for, spread over what gift cards leave of the lines.
[[nodiscard]] std::vector<std::int64_t> points_parts(std::span<const Line> lines,
                                                     std::span<const std::int64_t> gift_card, Money worth);

/// Fills `earnings` (reused between calls); appends reasons when `reasons` is not null.
void value_order(const programme::Programme& programme, const Valuation& valuation, Facts& facts, Earnings& earnings,
                 std::vector<Reason>* reasons);

/// Whole points for scaled parts of lines, rounded as the policy says.
[[nodiscard]] Points round_points(const programme::PointsPolicy& policy, std::int64_t scale,
                                  std::span<const std::int64_t> scaled);
[[nodiscard]] Growth round_growth(const programme::GrowthPolicy& policy, std::int64_t scale, std::int64_t scaled);

}  // namespace regulars::engine
