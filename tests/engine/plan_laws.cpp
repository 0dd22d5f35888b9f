#include "plan_laws.hpp"

#include <algorithm>

#include "engine/holdings/plans.hpp"

namespace regulars::model {

namespace {

using engine::PlanChangeKind;

// What the plan has saved on an order that was paid in this period, or since it is held without a break.
Money saved_on(const engine::Order& order, const engine::HeldPlan& held, const programme::Versions& versions,
               bool in_period) {
    Money sum;
    const auto* made_by = versions.find(order.programme_version);
    const auto add = [&](const engine::OrderCost& cost) {
        if (cost.plan == 0 || made_by->plans.plans[cost.plan - 1].name != held.plan) return;
        if (in_period ? cost.plan_period == held.period_began : cost.plan_period >= held.since)
            sum += cost.amount - cost.undone;
    };
    for (const engine::OrderCost& cost : order.costs) add(cost);
    // What will be credited has not been booked yet.
    if (order.settled_at)
        for (const engine::OrderCost& cost : order.cashback_costs) add(cost);
    return sum;
}

}  // namespace

void PlanLaws::follow(const engine::Member& before, const engine::Member& after, const engine::Outcome& outcome,
                      LawBook& laws) {
    merged_ = merged_ || after.merged_into != MemberId() || after.last_merge;
    for (const engine::PlanChange& change : outcome.plan_changes) {
        laws.hold(change.amount >= Money(), "plan: nothing negative is paid or comes back");
        switch (change.kind) {
            case PlanChangeKind::bought:
            case PlanChangeKind::trial:
            case PlanChangeKind::renewed:
                paid_ += change.amount;
                taken_[change.plan] += change.amount;
                break;
            case PlanChangeKind::cancelled:
                laws.hold(merged_ || change.amount <= taken_[change.plan], "plan: no more comes back than was paid");
                paid_ -= change.amount;
                break;
            case PlanChangeKind::ended: taken_.erase(change.plan); break;
        }
    }
    for (const engine::HeldPlan& held : before.plans) {
        const bool gone = engine::find_plan(after, held.plan) == nullptr;
        const auto& changes = outcome.plan_changes;
        const bool told = std::any_of(changes.begin(), changes.end(), [&](const engine::PlanChange& change) {
            return change.plan == held.plan && change.kind == PlanChangeKind::ended;
        });
        laws.hold(!gone || told || merged_, "plan: none ends without telling");
    }
}

void PlanLaws::check(const engine::Member& member, const Orders& closed, const programme::Versions& versions,
                     std::int64_t sold, LawBook& laws) const {
    laws.hold(sold == paid_.count(), "ledger: plans sold");
    // Who was refused at first has no present yet.
    const bool registered = member.registered_at != instant_min;
    const LocalDate today = registered ? versions.current().zone.date(member.advanced_to) : LocalDate();
    for (const engine::HeldPlan& held : member.plans) {
        Money saved;
        Money saved_ever;
        const auto add = [&](const engine::Order& order) {
            saved += saved_on(order, held, versions, true);
            saved_ever += saved_on(order, held, versions, false);
        };
        for (const engine::Order& order : member.open_orders) add(order);
        for (const auto& [id, order] : closed) add(order);
        laws.hold(merged_ || held.saved == saved, "plan: what it saved in the period are the costs booked for it");
        laws.hold(merged_ || held.saved_ever == saved_ever, "plan: what it saved ever are the costs booked for it");
        laws.hold(engine::refund_of(versions, held, today) <= held.paid, "plan: no more would come back than is paid");
        laws.hold(held.ends_at > member.advanced_to, "plan: none is over without its end");
        laws.hold(held.since <= held.period_began && held.period_began < held.ends_at, "plan: a period has a length");
        laws.hold(held.to_come.empty() || held.to_come.back().last_day == held.last_day,
                  "plan: what is paid ahead leaves no gap");
        laws.hold(held.in_grace || held.last_day >= today, "plan: it is held to its last day");
    }
    const bool lifted = std::any_of(member.lifts.begin(), member.lifts.end(), [&](const engine::TierLift& lift) {
        return !lift.plan.empty() && engine::find_plan(member, lift.plan) == nullptr;
    });
    laws.hold(!lifted, "plan: one that is over lifts nobody");
    const auto& own = member.lifts.empty() ? member.tier : member.own_tier;
    laws.hold(member.tier.rank >= own.rank, "plan: nobody stands lower by a lift");
}

}  // namespace regulars::model
