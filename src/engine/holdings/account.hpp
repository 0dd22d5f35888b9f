// Registration, points by hand, tiers by hand and by review.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// Sets the member up at the decision's present: tier, first review, points for registering.
void register_member(Decision& decision);

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const PointsAdjusted& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const PointsSpent& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const TierGranted& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const TiersReviewed& fact);

}  // namespace regulars::engine
