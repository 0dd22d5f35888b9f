#include "engine/holdings/plans.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "base/fraction.hpp"
#include "engine/facts.hpp"
#include "engine/holdings/benefits.hpp"
#include "engine/holdings/grants.hpp"
#include "engine/holdings/tiers.hpp"
#include "engine/references.hpp"
#include "engine/validate.hpp"

namespace regulars::engine {

namespace {

using programme::Plan;

const Plan& terms_of(const programme::Versions& versions, std::string_view plan, std::uint32_t version) {
    const auto* made_by = versions.find(version);
    const Plan* terms = made_by == nullptr ? nullptr : made_by->plans.find(plan);
    if (terms == nullptr) terms = versions.current().plans.find(plan);
    check(terms != nullptr, "a plan that is held stays in the programme");
    return *terms;
}

// The last day of the running period; in the grace after it, that of the grace.
LocalDate last_running_day(const Zone& zone, const HeldPlan& held) {
    return add_days(zone.date(held.ends_at), -1);
}

bool has_tried(const Member& member, const std::string& plan) {
    return std::binary_search(member.tried_plans.begin(), member.tried_plans.end(), plan);
}

bool may_buy(const Decision& decision, const Plan& plan) {
    if ((plan.tiers >> decision.member.tier.rank & 1U) == 0) return false;
    if (!plan.when) return true;
    return Facts(decision.programme, decision.member, decision.now, decision.today()).holds(*plan.when);
}

// The last day of what is bought now.
LocalDate last_day_bought(const Decision& decision, const Plan& plan, const HeldPlan* held, bool trial) {
    const LocalDate today = decision.today();
    if (trial) return add(today, *plan.trial);
    if (held == nullptr) return add(today, plan.period);
    const LocalDate next = add(held->last_day, plan.period);
    return next < today ? add(today, plan.period) : next;  // the grace was that of a longer period
}

std::optional<Rejection> check_purchase(const Decision& decision, const Plan& plan, const PlanBought& fact) {
    const HeldPlan* held = find_plan(std::as_const(decision.member), plan.name);
    const bool has_trial = plan.trial.has_value();
    const LocalDate last_day = last_day_bought(decision, plan, held, fact.trial && has_trial);
    const bool far_ahead = !is_in_range(decision.programme.zone.end_of(last_day)) ||
                           (held != nullptr && held->to_come.size() >= plan_periods_ahead_max);
    if (far_ahead || !may_buy(decision, plan)) return Rejection::plan_not_for_member;
    const Money price = fact.trial ? plan.trial_price : plan.price;
    if ((!fact.trial || has_trial) && fact.paid && *fact.paid != price) return Rejection::plan_price_differs;
    if (fact.trial && (!has_trial || has_tried(decision.member, plan.name))) return Rejection::trial_not_possible;
    return std::nullopt;
}

void set_reminder(const Decision& decision, const Plan& plan, HeldPlan& held) {
    held.remind_at = instant_max;
    if (!plan.remind_days) return;
    const Instant at = decision.programme.zone.start_of(add_days(held.last_day, 1 - *plan.remind_days));
    if (at > decision.now) held.remind_at = at;
}

// Begins a first period, or the one that follows a grace: then it has been running since the grace began.
void begin_period(const Decision& decision, HeldPlan& held, LocalDate last_day, Money paid) {
    if (!held.in_grace) held.period_began = decision.now;
    held.programme_version = decision.programme.version;
    held.bought_at = decision.now;
    held.last_day = last_day;
    held.ends_at = decision.programme.zone.end_of(last_day);
    held.in_grace = false;
    held.paid = paid;
}

void extend(Decision& decision, HeldPlan& held, LocalDate last_day, Money paid) {
    held.to_come.push_back({decision.programme.version, decision.now, last_day, paid});
    held.last_day = last_day;
    held.paid += paid;
}

HeldPlan& start(Decision& decision, const Plan& plan) {
    auto& plans = decision.member.plans;
    const auto place = std::lower_bound(plans.begin(), plans.end(), plan.name,
                                        [](const HeldPlan& held, const std::string& name) { return held.plan < name; });
    HeldPlan& held = *plans.insert(place, HeldPlan{});
    held.plan = plan.name;
    held.since = decision.now;
    return held;
}

void keep_tried(Member& member, const std::string& plan) {
    if (has_tried(member, plan)) return;
    member.tried_plans.insert(std::upper_bound(member.tried_plans.begin(), member.tried_plans.end(), plan), plan);
}

void tell(Decision& decision, const HeldPlan& held, PlanChangeKind kind, Money amount, LocalDate last_day) {
    decision.outcome.plan_changes.push_back(
        {decision.now, held.plan, kind, amount, last_day, held.programme_version});
    explain(decision, held.plan, [&] { return "plan " + held.plan + ": " + std::string(name_of(kind)); });
}

void end_plan(Decision& decision, const std::string& name) {
    const HeldPlan held = *find_plan(decision.member, name);
    std::erase_if(decision.member.plans, [&](const HeldPlan& one) { return one.plan == name; });
    const LocalDate last_day = std::min(held.last_day, decision.today());
    tell(decision, held, PlanChangeKind::ended, Money(), last_day);
    decision.outcome.notices.push_back({decision.now, NoticeKind::plan_ended, name, {}, {}});
    drop_lift(decision, name);
}

// The running period's price times the days after today, of all its days from the first to the last.
Money share_left(const Zone& zone, const HeldPlan& held, Money paid, LocalDate today) {
    const LocalDate last = last_running_day(zone, held);
    const std::int64_t days = last.days - zone.date(held.period_began).days + 1;
    const std::int64_t left = std::max(0, last.days - today.days);
    return Money(divide(static_cast<Wide>(paid.count()) * left, days, Rounding::down));
}

Money paid_ahead(const HeldPlan& held) {
    Money sum;
    for (const PaidPeriod& period : held.to_come) sum += period.paid;
    return sum;
}

void begin_next_period(const Decision& decision, HeldPlan& held) {
    const Money ahead = paid_ahead(held);
    const PaidPeriod next = held.to_come.front();
    held.to_come.erase(held.to_come.begin());
    held.period_began = decision.now;
    held.programme_version = next.programme_version;
    held.bought_at = next.bought_at;
    held.ends_at = decision.programme.zone.end_of(next.last_day);
    held.trial = false;
    held.paid = ahead;
    held.saved = Money();
}

// Nothing is paid for the grace: what is saved in it belongs to the period that a renewal begins.
void begin_grace(const Decision& decision, HeldPlan& held, std::int32_t days) {
    held.period_began = decision.now;
    held.ends_at = decision.programme.zone.end_of(add_days(held.last_day, days));
    held.in_grace = true;
    held.paid = Money();
    held.saved = Money();
}

Money refund_of_period(const Zone& zone, const Plan& terms, const HeldPlan& held, Money paid,
                       LocalDate today) {
    const LocalDate bought = zone.date(held.bought_at);
    if (held.saved.is_zero() && today <= add_days(bought, terms.full_refund_days) && terms.full_refund_days > 0)
        return paid;
    const Money share = share_left(zone, held, paid, today);
    switch (terms.refund) {
        case Plan::Refund::none: return {};
        case Plan::Refund::unused_days: return share;
        case Plan::Refund::less_saved: return std::min(share, std::max(Money(), paid - held.saved));
    }
    return {};
}

}  // namespace

expected<void, Rejection> on_fact(Decision& decision, const PlanBought& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) {
        decision.outcome.duplicate = true;
        return {};
    }
    const Plan* plan = decision.programme.plans.find(fact.plan);
    if (plan == nullptr) return unexpected(Rejection::unknown_plan);
    if (const auto rejection = check_purchase(decision, *plan, fact)) return unexpected(*rejection);

    remember(member, fact);
    keep_tried(member, plan->name);
    const Money paid = fact.trial ? plan->trial_price : plan->price;
    book(decision, Account::money_received, Account::plans_sold, paid.count(), Cause::plan);
    HeldPlan* held = find_plan(member, plan->name);
    const bool renews = held != nullptr;
    const bool was_promised = promised_manager(decision.programme, member, decision.now) != nullptr;
    const LocalDate last_day = last_day_bought(decision, *plan, held, fact.trial);
    if (!renews) held = &start(decision, *plan);
    if (renews && !held->in_grace) extend(decision, *held, last_day, paid);
    else begin_period(decision, *held, last_day, paid);
    if (!renews) held->trial = fact.trial;
    held->cancelled = false;
    set_reminder(decision, *plan, *held);
    const auto kind = fact.trial ? PlanChangeKind::trial : renews ? PlanChangeKind::renewed : PlanChangeKind::bought;
    tell(decision, *held, kind, paid, held->last_day);
    tell_if_manager_wanted(decision, was_promised);
    if (plan->tier) lift_tier(decision, {*plan->tier, instant_max, plan->name});
    if (!fact.trial) give_plan_grants(decision, static_cast<std::size_t>(plan - decision.programme.plans.plans.data()));
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const PlanCancelled& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) {
        decision.outcome.duplicate = true;
        return {};
    }
    if (decision.programme.plans.find(fact.plan) == nullptr) return unexpected(Rejection::unknown_plan);
    HeldPlan* held = find_plan(member, fact.plan);
    if (held == nullptr) return unexpected(Rejection::plan_not_held);
    if (held->cancelled && !fact.at_once) {
        decision.outcome.duplicate = true;
        return {};
    }

    remember(member, fact);
    const LocalDate today = decision.today();
    if (fact.at_once) {
        const Money refund = refund_of(decision.versions, *held, today);
        book(decision, Account::plans_sold, Account::money_received, refund.count(), Cause::plan_refund);
        decision.outcome.refund = Refund{refund, {}, {}};
        tell(decision, *held, PlanChangeKind::cancelled, refund, std::min(today, held->last_day));
        end_plan(decision, fact.plan);
        return {};
    }
    held->cancelled = true;
    held->remind_at = instant_max;
    tell(decision, *held, PlanChangeKind::cancelled, Money(), held->last_day);
    if (held->in_grace) end_plan(decision, fact.plan);
    return {};
}

void end_plans(Decision& decision) {
    auto& plans = decision.member.plans;
    const auto over = [&](const HeldPlan& held) { return held.ends_at <= decision.now; };
    for (auto found = std::find_if(plans.begin(), plans.end(), over); found != plans.end();
         found = std::find_if(plans.begin(), plans.end(), over)) {
        const std::int32_t grace =
            found->trial ? 0 : terms_of(decision.versions, found->plan, found->programme_version).grace_days;
        if (!found->to_come.empty())
            begin_next_period(decision, *found);
        else if (grace > 0 && !found->cancelled && !found->in_grace)
            begin_grace(decision, *found, grace);
        else
            end_plan(decision, std::string(found->plan));
    }
}

void remind_of_plans(Decision& decision) {
    for (HeldPlan& held : decision.member.plans) {
        if (held.remind_at > decision.now) continue;
        held.remind_at = instant_max;
        decision.outcome.notices.push_back({decision.now, NoticeKind::plan_ends, held.plan, {}, {}});
    }
}

const HeldPlan* find_plan(const Member& member, std::string_view plan) {
    const auto found = std::find_if(member.plans.begin(), member.plans.end(),
                                    [&](const HeldPlan& held) { return held.plan == plan; });
    return found == member.plans.end() ? nullptr : &*found;
}

HeldPlan* find_plan(Member& member, std::string_view plan) {
    const auto found = std::find_if(member.plans.begin(), member.plans.end(),
                                    [&](const HeldPlan& held) { return held.plan == plan; });
    return found == member.plans.end() ? nullptr : &*found;
}

std::uint32_t held_plans(const programme::Programme& programme, const Member& member) {
    std::uint32_t mask = 0;
    for (const HeldPlan& held : member.plans)
        if (const auto index = programme.plans.index_of(held.plan)) mask |= 1U << *index;
    return mask;
}

Money unused_of(const HeldPlan& held, const Zone& zone, LocalDate today) {
    const Money ahead = paid_ahead(held);
    return ahead + share_left(zone, held, held.paid - ahead, today);
}

Money refund_of(const programme::Versions& versions, const HeldPlan& held, LocalDate today) {
    const Zone& zone = versions.current().zone;
    Money refund;
    for (const PaidPeriod& period : held.to_come) {
        const Plan& terms = terms_of(versions, held.plan, period.programme_version);
        const bool just_bought = terms.full_refund_days > 0 &&
                                 today <= add_days(zone.date(period.bought_at), terms.full_refund_days);
        if (terms.refund != Plan::Refund::none || just_bought) refund += period.paid;
    }
    const Plan& terms = terms_of(versions, held.plan, held.programme_version);
    return refund + refund_of_period(zone, terms, held, held.paid - paid_ahead(held), today);
}

void count_saved(Decision& decision, std::uint32_t order_version, const OrderCost& cost, Money amount) {
    const auto* made_by = decision.versions.find(order_version);
    if (made_by == nullptr || cost.plan > made_by->plans.plans.size()) return;
    HeldPlan* held = find_plan(decision.member, made_by->plans.plans[cost.plan - 1].name);
    if (held == nullptr) return;
    if (held->since <= cost.plan_period) held->saved_ever += amount;
    if (held->period_began == cost.plan_period) held->saved += amount;
}

}  // namespace regulars::engine
