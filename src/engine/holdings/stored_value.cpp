#include "engine/holdings/stored_value.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/fraction.hpp"
#include "base/limits.hpp"
#include "engine/references.hpp"

namespace regulars::engine {

namespace {

using programme::Purse;
using programme::StoredValuePolicy;

struct PurseParts {
    Money Balance::*part;
    Account account;
};

PurseParts parts_of(Purse purse) {
    switch (purse) {
        case Purse::topped_up: return {&Balance::topped_up, Account::balance_topped_up};
        case Purse::bonus: return {&Balance::bonus, Account::balance_bonus};
        case Purse::cashback: return {&Balance::cashback, Account::balance_cashback};
    }
    check_failed("a purse is one of three");
}

bool amount_in_range(Money amount, std::int64_t lowest) {
    return amount >= Money(lowest) && amount <= Money(limits::amount_minor_max);
}

expected<void, Rejection> duplicate(Decision& decision) {
    decision.outcome.duplicate = true;
    return {};
}

// The largest offer that the payment reaches.
Money offered(const StoredValuePolicy& policy, Money amount) {
    Money bonus;
    for (const auto& offer : policy.offers)
        if (amount >= offer.pay) bonus = offer.get;
    return bonus;
}

std::optional<Rejection> check_top_up(const Decision& decision, Money amount, Money bonus) {
    const StoredValuePolicy& policy = decision.programme.stored_value;
    const Balance& balance = decision.member.balance;
    if (balance.total() + amount + bonus > Money(limits::amount_minor_max)) return Rejection::balance_overflow;
    const bool is_payment = !amount.is_zero();  // a gift of the shop knows no bounds but the account's
    if (is_payment && (amount < policy.top_up_least || amount > policy.top_up_most.value_or(amount)))
        return Rejection::top_up_out_of_bounds;
    if (policy.limit && balance.topped_up + balance.bonus + amount + bonus > *policy.limit)
        return Rejection::top_up_out_of_bounds;
    return std::nullopt;
}

void book_bonus(Decision& decision, Money amount) {
    if (amount.is_zero()) return;
    decision.outcome.costs.push_back({decision.now, programme::benefit_bonus, amount, decision.member.tier.rank, {},
                                      decision.programme.version});
}

}  // namespace

Balance take_balance(Decision& decision, Money amount, Account to, Cause cause, OrderNumber order) {
    Balance taken;
    if (amount.is_zero()) return taken;
    for (const Purse purse : decision.programme.stored_value.use) {
        const auto [part, account] = parts_of(purse);
        const Money piece = std::min(amount, decision.member.balance.*part);
        decision.member.balance.*part -= piece;
        taken.*part += piece;
        amount -= piece;
        book(decision, account, to, piece.count(), cause, order);
    }
    check(amount.is_zero(), "the balance was checked before it is taken");
    renew_balance_expiry(decision);
    return taken;
}

void put_balance(Decision& decision, const Balance& parts, Account from, Cause cause, OrderNumber order) {
    for (const Purse purse : decision.programme.stored_value.use) {
        const auto [part, account] = parts_of(purse);
        decision.member.balance.*part += parts.*part;
        book(decision, from, account, (parts.*part).count(), cause, order);
    }
    if (parts != Balance()) renew_balance_expiry(decision);
}

Balance last_parts(const StoredValuePolicy& policy, const Balance& spent, Money skip, Money wanted) {
    Balance parts;
    for (auto purse = policy.use.rbegin(); purse != policy.use.rend(); ++purse) {
        const auto [part, account] = parts_of(*purse);
        const Money skipped = std::min(skip, spent.*part);
        skip -= skipped;
        const Money piece = std::min(wanted, spent.*part - skipped);
        parts.*part = piece;
        wanted -= piece;
    }
    return parts;
}

void renew_balance_expiry(Decision& decision) {
    const StoredValuePolicy& policy = decision.programme.stored_value;
    if (!policy.lapses_after) return;
    decision.member.balance_expires_at =
        decision.programme.zone.end_of(programme::add(decision.today(), *policy.lapses_after));
}

void expire_balance(Decision& decision) {
    Member& member = decision.member;
    if (member.balance_expires_at > decision.now) return;
    member.balance_expires_at = instant_max;
    for (const Purse purse : decision.programme.stored_value.use) {
        if ((decision.programme.stored_value.lapsing >> static_cast<unsigned>(purse) & 1U) == 0) continue;
        const auto [part, account] = parts_of(purse);
        const Money lapsed = std::exchange(member.balance.*part, Money());
        book(decision, account, Account::balance_expired, lapsed.count(), Cause::expiry);
    }
}

expected<void, Rejection> on_fact(Decision& decision, const BalanceToppedUp& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) return duplicate(decision);
    if (!amount_in_range(fact.amount, 0) || !amount_in_range(fact.bonus, 0) || (fact.amount + fact.bonus).is_zero())
        return unexpected(Rejection::amount_out_of_range);
    const Money bonus = fact.bonus + offered(decision.programme.stored_value, fact.amount);
    if (const auto rejection = check_top_up(decision, fact.amount, bonus)) return unexpected(*rejection);

    remember(member, fact);
    member.balance.topped_up += fact.amount;
    member.balance.bonus += bonus;
    book(decision, Account::money_received, Account::balance_topped_up, fact.amount.count(), Cause::top_up);
    book(decision, Account::programme_cost, Account::balance_bonus, bonus.count(), Cause::top_up);
    book_bonus(decision, bonus);
    renew_balance_expiry(decision);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const BalanceSpent& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) return duplicate(decision);
    if (!amount_in_range(fact.amount, 1)) return unexpected(Rejection::amount_out_of_range);
    if (!fact.order_id.empty() && find_open_order(member, fact.order_id) == nullptr)
        return unexpected(Rejection::order_not_open);
    if (fact.amount > member.balance.total()) return unexpected(Rejection::not_enough_balance);

    remember(member, fact);
    static_cast<void>(take_balance(decision, fact.amount, Account::money_spent, Cause::spend, {}));
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const BalanceRefunded& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) return duplicate(decision);
    if (!amount_in_range(fact.amount, 1)) return unexpected(Rejection::amount_out_of_range);
    Balance& balance = member.balance;
    if (!decision.programme.stored_value.refundable || fact.amount > balance.topped_up)
        return unexpected(Rejection::balance_not_refundable);

    remember(member, fact);
    // What is left of the bonus belongs to what is left of the money: the last refund takes the rest.
    const Money bonus(divide(static_cast<Wide>(balance.bonus.count()) * fact.amount.count(),
                             balance.topped_up.count(), Rounding::up));
    balance.topped_up -= fact.amount;
    balance.bonus -= bonus;
    book(decision, Account::balance_topped_up, Account::money_received, fact.amount.count(), Cause::balance_refund);
    book(decision, Account::balance_bonus, Account::programme_cost, bonus.count(), Cause::balance_refund);
    book_bonus(decision, -bonus);
    return {};
}

}  // namespace regulars::engine
