// Money in the account, in purses: paid in, used in the programme's order, paid back, lapsed.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const BalanceToppedUp& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const BalanceSpent& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const BalanceRefunded& fact);

/// Takes an amount that is there, purse by purse. Returns the parts.
[[nodiscard]] Balance take_balance(Decision& decision, Money amount, Account to, Cause cause, OrderNumber order);
/// Puts parts back into their purses.
void put_balance(Decision& decision, const Balance& parts, Account from, Cause cause, OrderNumber order);
/// Of parts that were taken, those after the first `skip`: what was taken last comes back first.
[[nodiscard]] Balance last_parts(const programme::StoredValuePolicy& policy, const Balance& spent, Money skip,
                                 Money wanted);

/// Money came in or was used: the purses that lapse last for the programme's span from today.
void renew_balance_expiry(Decision& decision);
/// The purses that lapse are emptied.
void expire_balance(Decision& decision);

}  // namespace regulars::engine
