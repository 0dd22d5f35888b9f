// Which coupons an order can use, and what each takes off: the part of pricing that a quote and a hold share.
//
// Coupons are applied one after another, kind by kind in the order of the programme's stacking, within a kind in the
// order of its templates, each to what the ones before have left. A coupon's minimum looks at its lines at tier price,
// before any coupon. Among all combinations that the programme allows the cheapest for the member is found; of equally
// cheap ones that with the fewest coupons, then the one whose coupons lapse first.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "engine/facts.hpp"
#include "engine/match.hpp"
#include "engine/member.hpp"
#include "engine/outcome.hpp"

namespace regulars::engine {

/// A basket, as coupons look at it.
struct CouponBasket {
    std::span<const Line> lines;                     ///< amounts before any discount
    std::span<const programme::PriceKind> price_kinds;
    std::span<const Money> tier_discounts;           ///< per line
    Money shipping_fee;                              ///< to be paid unless a coupon frees it; 0: nothing is to be freed
    Purchase purchase;
    Instant at;
    std::vector<bool> closed{};                      ///< per line: no coupon may be used on it; empty: on none
};

/// A coupon that might be used: its terms, the lines it is for, or why it cannot be.
struct CouponCandidate {
    Coupon coupon;                                   ///< id 0: as if it were taken now, by its code
    const programme::CouponTemplate* terms = nullptr;
    std::vector<std::uint32_t> lines;
    std::optional<Reason> obstacle;
};

/// `facts` are those of the programme version that gave the coupon, with the order set.
[[nodiscard]] CouponCandidate examine_coupon(const CouponBasket& basket, const programme::Programme& made_by,
                                             const Member& member, Coupon coupon, Facts& facts);

/// A combination and what it does.
struct CouponChoice {
    std::vector<std::size_t> used;                   ///< candidates, in the order in which they are applied
    std::vector<Money> amounts;                      ///< what each takes off, shipping included
    std::vector<Money> line_amounts;                 ///< what all together take off each line
    bool with_tier_price = true;
    bool frees_shipping = false;
    Money total;                                     ///< to pay for lines and shipping
};

/// The combination's prices, or why it is none: more than an order takes, two of a group, one that stands alone, or
/// (the reason is then about the last of `wanted`) one whose minimum is not reached or that has nothing to take off.
[[nodiscard]] expected<CouponChoice, Reason> apply_coupons(const programme::CouponPolicy& policy,
                                                           const CouponBasket& basket,
                                                           std::span<const CouponCandidate> candidates,
                                                           std::span<const std::size_t> wanted);

/// The best combination of those without an obstacle. Gifts are left alone: only the member knows what they are worth.
/// `exact` becomes false when there were more combinations than are tried.
[[nodiscard]] CouponChoice best_coupons(const programme::CouponPolicy& policy, const CouponBasket& basket,
                                        std::span<const CouponCandidate> candidates, bool& exact);

}  // namespace regulars::engine
