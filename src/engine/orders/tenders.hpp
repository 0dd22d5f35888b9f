// What pays for an order besides money: coupons, points and balance, taken together and given back together.
#pragma once

#include <optional>
#include <span>

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// What is to be taken.
struct TenderRequest {
    std::span<const CouponUse> coupons;
    Points points;
    Money balance;
};

/// What the order comes to: its lines after coupons, and what else there is to pay.
struct TenderBase {
    Money lines;
    Money shipping_fee;
    Money gift_card;
};

/// What so many points pay for, in minor units.
[[nodiscard]] Money worth_of(const programme::Programme& programme, Points points);
/// The most points that the member can use on this by the programme's checkout policy; 0 when none.
[[nodiscard]] Points most_points(const programme::Programme& programme, const Member& member, const TenderBase& base);
/// Whether the policy lets so many points pay for this.
[[nodiscard]] bool points_fit(const programme::Programme& programme, Points points, const TenderBase& base);

/// Why it cannot be taken, all of it, at `at`; nothing when it can.
[[nodiscard]] std::optional<Rejection> check_tenders(const Decision& decision, const TenderRequest& request,
                                                     const TenderBase& base, Instant at);

/// Takes what check_tenders allows: for a hold, or at once for an order.
[[nodiscard]] Tenders hold_tenders(Decision& decision, const TenderRequest& request);
void take_tenders(Decision& decision, const TenderRequest& request, Order& order);
/// What was held becomes the order's.
void use_held(Decision& decision, Tenders tenders, Order& order);
/// What was held goes back to where it came from.
void release_held(Decision& decision, const Tenders& tenders);

/// The costs of the order's coupons, booked when it is paid.
void book_coupon_costs(Decision& decision, Order& order);

/// How much of the lines' amount has come back, with and before the return at hand.
struct Returned {
    Money upto;
    Money earlier;
    bool nothing_left = false;
    bool cancelled = false;
};

/// Gives back what a return or cancellation undoes: points and balance by the policy's order of precedence, coupons
/// when nothing is left of the order. Tells the parts in Outcome::refund.
void give_back_tenders(Decision& decision, const programme::CheckoutPolicy& policy, Order& order,
                       const Returned& returned);

}  // namespace regulars::engine
