#include "engine/decision.hpp"

#include "base/check.hpp"

namespace regulars::engine {

void book(Decision& decision, Account from, Account to, std::int64_t amount, Cause cause, OrderNumber order,
          LotId lot) {
    if (amount == 0) return;
    check(amount > 0, "a ledger entry moves a positive amount");
    decision.outcome.ledger.push_back({++decision.member.ledger_sequence, decision.now, from, to, amount, cause, order,
                                       lot, decision.programme.version});
}

}  // namespace regulars::engine
