// What comes back: cancellations, refunds by line and amount, exchanges.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/decision.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// A refund or an exchange, checked against its order but not yet applied.
struct Return {
    const std::vector<ReturnedLine>& lines;  ///< empty: all that is left
    const std::string& id;
    bool exchange = false;
};

/// Why the return cannot be applied to the order; nothing if it can.
[[nodiscard]] std::optional<Rejection> check_return(const programme::Versions& versions, const Order& order,
                                                    const Return& returned);

/// Applies a checked return. An open order stays open unless nothing is left of it; a settled one gives back what it
/// was granted.
void apply_return(Decision& decision, Order& order, const Return& returned);

/// The order never happens: nothing was granted yet, the costs of its benefits are undone.
void cancel_order(Decision& decision, Order& order);

}  // namespace regulars::engine
