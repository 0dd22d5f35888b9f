// The events of an order's life.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const OrderCreated& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const OrderPaid& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const OrderShipped& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const OrderDelivered& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const OrderSettled& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const OrderCancelled& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const OrderRefunded& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const OrderExchanged& fact);

/// Lines of a basket or an order: number, amounts, quantities, texts, price kinds.
[[nodiscard]] std::optional<Rejection> check_lines(const programme::Programme& programme, std::span<const Line> lines);

/// Values an order whose payment instant has come, from the lines that the aggregate keeps.
void pay_open_order(Decision& decision, Order& order);

}  // namespace regulars::engine
