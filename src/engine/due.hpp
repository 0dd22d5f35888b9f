// What falls due next for a member, and in which order: the heart of `advance`.
#pragma once

#include <cstddef>

#include "base/time.hpp"
#include "engine/member.hpp"

namespace regulars::engine {

/// In the order in which they happen at one instant.
enum class DuePhase : std::uint8_t {
    period_end, plan_end, review, expiry, hold, offer, calendar_grants, birthday_grants, anniversary_grants, reminder,
    plan_reminder, group_end, report_due, review_invitation, payment, settlement, nothing
};

struct Due {
    Instant at = instant_max;
    DuePhase phase = DuePhase::nothing;
    std::size_t order_index = 0;  ///< into open_orders, for payment and settlement
};

/// The earliest thing due, by instant, then phase, then the orders' arrival.
[[nodiscard]] Due find_due(const Member& member);

}  // namespace regulars::engine
