// A quote: what a basket would cost this member now and what it would earn, with the reasons. It changes nothing.
#pragma once

#include <string>
#include <vector>

#include "base/expected.hpp"
#include "engine/event.hpp"
#include "engine/member.hpp"
#include "engine/outcome.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

struct Basket {
    std::vector<Line> lines;
    Money shipping_fee;
    Money gift_card;
    std::string channel;
    std::string store;
    std::optional<std::vector<CouponId>> coupons;  ///< that are to be used; nothing: the best that the wallet allows
    std::string code;                              ///< a public code that the member has not claimed yet; empty: none
    Points points;                                 ///< that are to pay for a part
    bool most_points = false;                      ///< as many as may, instead
    Money balance;
    bool most_balance = false;
};

struct QuotedLine {
    Money amount;    ///< before every discount
    Money by_promotion;    ///< what the promotion's price is less
    Money discount;  ///< the tier's
    Money coupon;    ///< its part of the coupons
    Money by_points; ///< its part of what points pay
    Money payable;   ///< what remains: by money, balance or gift card
    Points points;   ///< its share of the order's points; the shares sum to the whole
    bool not_for_member = false;  ///< only those who have an access may buy it, and the member has none
    std::string promotion{};      ///< at whose price it is; empty: none
    std::optional<Rejection> promotion_obstacle{};  ///< why it is not at that of the one that the basket names
    friend bool operator==(const QuotedLine&, const QuotedLine&) = default;
};

/// A coupon that was looked at.
struct QuotedCoupon {
    CouponId id;         ///< 0: not held, named by its public code
    std::string name;    ///< empty: there is none such
    Money amount;        ///< what it takes off, if it is used
    bool used = false;
    bool stacks = true;  ///< false: it is not used because of another that is
    std::string product; ///< the gift that comes with it
    Reason reason;       ///< why it is not used
    friend bool operator==(const QuotedCoupon&, const QuotedCoupon&) = default;
};

struct Quote {
    std::string tier;
    std::vector<QuotedLine> lines;
    Money amount;
    Money promotion_discount;
    Money discount;
    Money coupon_discount;     ///< off the lines
    Money shipping_fee;        ///< to be paid
    bool free_shipping = false;
    Points points_used;
    Money by_points;           ///< what they pay for
    Money payable;             ///< lines less discounts and points, plus shipping
    Money balance_used;
    Money to_pay;              ///< payable less balance and gift card
    Points points;             ///< to be granted at settlement, on what is payable
    Money cashback;
    std::vector<QuotedCoupon> coupons;
    bool exact = true;         ///< false: there were more combinations of coupons than are tried
    std::vector<std::string> flags;
    std::vector<Reason> reasons;
    friend bool operator==(const Quote&, const Quote&) = default;
};

/// Quotes for the member as it is at `at` (advanced on a copy). `stock`: what is left of promotions, where that is
/// scarce; null: nothing is known of that.
[[nodiscard]] expected<Quote, Rejection> quote(const programme::Versions& versions, const Member& member,
                                               const Basket& basket, Instant at,
                                               const std::vector<StockLeft>* stock = nullptr);

/// The same for a member who is at `at` already.
[[nodiscard]] expected<Quote, Rejection> price(const programme::Versions& versions, const Member& present,
                                               const Basket& basket, Instant at,
                                               const std::vector<StockLeft>* stock = nullptr);

}  // namespace regulars::engine
