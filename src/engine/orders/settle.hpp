// Orders on their way: paid, settled, closed.
#pragma once

#include "engine/decision.hpp"

namespace regulars::engine {

/// The order's value is fixed under the current programme and tier: what it will earn, and what its benefits cost.
/// `lines` are the order's lines as they were ordered.
void pay_order(Decision& decision, Order& order, std::span<const Line> lines);

/// Sets when the order settles, as far as its instants tell.
void schedule_settlement(const Decision& decision, Order& order);

/// The open order at `index` counts: points, growth and cashback are granted, spend is counted, the tier may rise. It
/// leaves the aggregate.
void settle_order(Decision& decision, std::size_t index);

/// What the order earns on what has not come back.
struct OrderShare {
    Points points;
    Growth growth;
    Money cashback;
    Money amount;
    bool nothing_left = false;  ///< every line has come back whole
};
/// By the rules of `programme`, the version the order was paid under.
/// Points never exceed what the order has now (caps).
[[nodiscard]] OrderShare remaining_share(const programme::Programme& programme, const Order& order);

/// Books a benefit's cost, or (a negative amount) that a return undoes a part of it.
void book_cost(Decision& decision, const Order& order, const OrderCost& cost, Money amount);

/// Books the cashback's cost when the order settles, or (a negative change) that a return undoes a part of it, which
/// Order::cashback_returned has by then.
void book_cashback(Decision& decision, Order& order, Money change);

}  // namespace regulars::engine
