// What every part of one decision works on.
#pragma once

#include "engine/engine.hpp"
#include "engine/member.hpp"
#include "engine/outcome.hpp"
#include "programme/programme.hpp"

namespace regulars::engine {

/// One event or one due time being applied. `now` is the member's present; `programme` the version that decides now.
struct Decision {
    const programme::Versions& versions;
    const programme::Programme& programme;
    Member& member;
    Outcome& outcome;
    Instant now;
    /// What the event says is left of coupons that members share; null while time passes.
    const std::vector<StockLeft>* stock = nullptr;
    /// The coupon whose unique code the event tells; empty: none.
    std::string_view redeems{};
    /// What chance has decided beforehand; null: nothing.
    const Chance* chance = nullptr;

    [[nodiscard]] LocalDate today() const { return programme.zone.date(now); }
};

/// One event about an order, being decided.
struct OrderEvent {
    Decision& decision;
    Instant at;              ///< business time
    const Context& context;
};

/// Appends an entry for a positive amount; nothing for zero.
void book(Decision& decision, Account from, Account to, std::int64_t amount, Cause cause, OrderNumber order = {},
          LotId lot = {});

/// Appends a reason if the caller asked for reasons. `make_text` is only called then.
template <class MakeText>
void explain(Decision& decision, std::string_view code, MakeText make_text) {
    if (decision.outcome.explain) [[unlikely]]
        decision.outcome.explanation.push_back({std::string(code), make_text()});
}

}  // namespace regulars::engine
