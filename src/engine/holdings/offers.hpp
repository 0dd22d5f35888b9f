// Coupons that are passed on to a friend: offered by one member, taken by another in one transaction of two events.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const CouponOffered& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const OfferWithdrawn& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const CouponPassed& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const CouponReceived& fact);

/// What nobody has taken in time comes back.
void time_out_offers(Decision& decision);

}  // namespace regulars::engine
