// Buying together: an order at a group's price waits until enough others have one too, or the time for that is over.
//
// From its creation such an order has a group of its own without a name (Member::groups), which lasts as long as a
// group does. GroupOpened gives it its name, and the member leads it; GroupJoined drops it for a seat in another's. The
// order does not settle while it waits (Order::group_leader). A group that fills is over for the engine: its orders go
// on as others do. One whose time is over fails, as does one whose leader's order ends: all its orders are cancelled.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const GroupOpened& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const GroupJoined& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const GroupSeatTaken& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const GroupEnded& fact);

/// A new order at a group's price begins to wait.
void wait_for_group(Decision& decision, Order& order);
/// An order that waits has ended: its seat is given up, or the group that it opened fails.
void leave_group(Decision& decision, const Order& order);
/// The order came to nothing: points and cashback that it brought for leading a group that filled are taken back. Their
/// cost is among the order's, and is undone with those.
void take_back_leader_reward(Decision& decision, const Order& order);
/// Groups whose time is over fail: their orders are cancelled.
void end_groups(Decision& decision);

/// Whether the order waits for others. It does not settle then.
[[nodiscard]] inline bool is_waiting(const Order& order) { return order.group_leader != MemberId(); }

}  // namespace regulars::engine
