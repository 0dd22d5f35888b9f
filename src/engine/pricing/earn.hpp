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
    Money discount;                  ///< that tier and plans give, or would have given, on this line
    bool earns_cashback = false;
};

/// A discount on a line, or a share of the order's cashback, and who gives it.
struct Given {
    std::size_t line = 0;     ///< of a discount
    std::uint32_t benefit = 0;
    std::uint32_t plan = 0;   ///< 1 + its place in the programme; 0: the tier
    Money amount;
};

/// What a whole order earns and uses.
struct Earnings {
    std::vector<LineEarnings> lines;
    Growth growth_per_order;
    std::vector<Given> discounts;
    Money cashback;
    std::vector<Given> cashbacks;                            ///< what it is made of
    const programme::FreeShipping* free_shipping = nullptr;  ///< null: the fee is to be paid
    std::uint32_t shipping_plan = 0;                         ///< that gives it: as Given::plan
    const programme::FreeShipping* shipping_used_up = nullptr;  ///< that would make it free, had it uses left
};

/// An order or basket to be valued: its lines (price kinds already resolved), how much of each is paid by gift card
/// and by points, and the tier and plans that decide.
struct Valuation {
    std::span<const Line> lines;
    std::span<const programme::PriceKind> price_kinds;
    std::span<const std::int64_t> gift_card;  ///< minor units per line; empty: nothing
    std::span<const std::int64_t> by_points;  ///< the same for what points pay: it earns nothing
    Purchase purchase;
    programme::TierRank tier = 0;
    std::uint32_t plans = 0;  ///< a bit per plan of the programme
};

/// What is paid by gift card, spread over the lines by their amounts; the parts sum to the whole. Empty for nothing.
[[nodiscard]] std::vector<std::int64_t> gift_card_parts(std::span<const Line> lines, Money gift_card);
/// What points pay for, spread over what gift cards leave of the lines.
[[nodiscard]] std::vector<std::int64_t> points_parts(std::span<const Line> lines,
                                                     std::span<const std::int64_t> gift_card, Money worth);

/// What tier and plans take off this one line, which may stand instead of one of the valuation's.
[[nodiscard]] Money discount_on(const programme::Programme& programme, const Valuation& valuation, const Line& line,
                                programme::PriceKind price_kind, Facts& facts);

/// Fills `earnings` (reused between calls); appends reasons when `reasons` is not null.
void value_order(const programme::Programme& programme, const Valuation& valuation, Facts& facts, Earnings& earnings,
                 std::vector<Reason>* reasons);

/// What orders of members with this tier and these plans are marked with.
[[nodiscard]] std::vector<std::string> order_marks(const programme::Programme& programme, programme::TierRank tier,
                                                   std::uint32_t plans);

/// Whole points for scaled parts of lines, rounded as the policy says.
[[nodiscard]] Points round_points(const programme::PointsPolicy& policy, std::int64_t scale,
                                  std::span<const std::int64_t> scaled);
[[nodiscard]] Growth round_growth(const programme::GrowthPolicy& policy, std::int64_t scale, std::int64_t scaled);

}  // namespace regulars::engine
