// Checkouts under way: coupons, points and balance reserved for a basket until it becomes an order, is released, or its
// time is over. What is reserved is out of the wallet, so that no other checkout can use it.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const HoldPlaced& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const HoldReleased& fact);

/// The hold, or null.
[[nodiscard]] Hold* find_hold(Member& member, std::string_view hold_id);
/// The hold becomes a part of the order.
void use_hold(Decision& decision, Hold& hold, Order& order);
/// Every hold whose time is over is released.
void time_out_holds(Decision& decision);

}  // namespace regulars::engine
