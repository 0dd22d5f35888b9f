// Two members who turn out to be one person, and taking that back.
//
// The survivor takes over all that the other has: points in their lots, purses, coupons, orders, counts, the higher of
// the two tiers, identities, consents. Numbers within a member (of orders, lots, coupons) go on after the survivor's
// own: number 3 of the other becomes 3 plus the survivor's last.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/engine.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// An event that needs another state of a member beside the one it changes (Context::other).
struct MergeEvent {
    Decision& decision;
    const Member* other;
};

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(const MergeEvent& event, const MembersMerged& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const MergeEvent& event, const MergedInto& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const MergeEvent& event, const MergeUndone& fact);

/// An order of `from`, as the one of `into` that it becomes when they are merged. Both as they were before that.
[[nodiscard]] Order moved(Order order, const Member& into, const Member& from);

}  // namespace regulars::engine
