// What members think of what they bought: invited after settlement, looked at, rewarded, taken back on return.
#pragma once

#include <string>
#include <vector>

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const ProductReviewed& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const ReviewModerated& fact);

/// The products of an order that can be reviewed at that moment, each once, in the order of the lines.
[[nodiscard]] std::vector<std::string> open_for_review(const programme::Programme& programme, const Order& order,
                                                       Instant at);

/// Invites to review every order whose time for that has come.
void invite_to_review(Decision& decision);
/// An order has settled: when the invitation goes out.
void schedule_review(Decision& decision, const Order& order);
/// Lines of the order have come back: rewards of reviews whose product is gone altogether are taken back.
void take_back_reviews(Decision& decision, Order& order);

}  // namespace regulars::engine
