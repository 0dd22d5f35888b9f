#include "engine/holdings/tiers.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "engine/counters.hpp"
#include "engine/facts.hpp"
#include "engine/holdings/benefits.hpp"
#include "engine/holdings/grants.hpp"

namespace regulars::engine {

namespace {

using programme::Period;
using programme::PeriodEnd;
using programme::TierPolicy;
using programme::TierRank;

const programme::Tier& tier_of(const Decision& decision, TierRank rank) { return decision.programme.tiers[rank]; }

bool meets(const Decision& decision, const programme::Qualification& qualification, LocalDate today) {
    for (const auto& threshold : qualification.thresholds) {
        const auto& counter = decision.programme.counters[threshold.counter];
        if (counter_value(decision.programme, decision.member, counter, today) < threshold.at_least) return false;
    }
    if (!qualification.when) return qualification.by_itself();
    const Facts facts(decision.programme, decision.member, decision.now, today);
    return facts.holds(*qualification.when);
}

// The period's last day: counted from `day` when it starts, from the last day of the period before when it follows one.
void start_period(Decision& decision, std::optional<LocalDate> day_before) {
    TierState& state = decision.member.tier;
    const Period& period = tier_of(decision, state.rank).period;
    state.in_grace = false;
    state.period_ends_at = instant_max;
    state.period_last_day = {};
    switch (period.kind) {
        case Period::Kind::forever: return;
        case Period::Kind::span:
            state.period_last_day = programme::add(day_before.value_or(decision.today()), period.span);
            break;
        case Period::Kind::calendar: state.period_last_day = last_of(period.unit, decision.today()); break;
    }
    state.period_ends_at = decision.programme.zone.end_of(state.period_last_day);
}

// Reviews only matter to those who can fall, or where climbing waits for them.
void schedule_review(Decision& decision) {
    const TierPolicy& policy = decision.programme.tier_policy;
    TierState& state = decision.member.tier;
    state.next_review_at = instant_max;
    if (!policy.review || !policy.shares.empty()) return;
    if (state.rank == 0 && policy.upgrade == TierPolicy::Upgrade::at_once) return;
    state.next_review_at = decision.programme.zone.end_of(last_of(*policy.review, decision.today()));
}

// `day_before`: the last day of a period that has just ended.
void change_tier(Decision& decision, TierRank to, TierChangeReason reason, std::optional<LocalDate> day_before = {}) {
    TierState& state = decision.member.tier;
    const TierRank from = state.rank;
    const bool had_manager = promised_manager(decision.programme, decision.member, decision.now) != nullptr;
    decision.outcome.tier_changes.push_back({decision.now, from, to, reason});
    explain(decision, tier_of(decision, to).name, [&] {
        return "tier " + tier_of(decision, from).name + " becomes " + tier_of(decision, to).name + " (" +
               std::string(name_of(reason)) + ")";
    });
    state.rank = to;
    if (from != to) state.since = decision.now;
    if (day_before || reason == TierChangeReason::granted || decision.programme.tier_policy.reset_on_change)
        restart_period_counters(decision.member);
    start_period(decision, day_before);
    schedule_review(decision);
    if (to != from) tell_if_manager_wanted(decision, had_manager);
    if (to > from) give_grants(decision, programme::Grant::On::tier_reached);
}

std::optional<TierRank> upgrade_target(const Decision& decision, LocalDate today) {
    const TierRank rank = decision.member.tier.rank;
    const auto top = static_cast<TierRank>(decision.programme.tiers.size() - 1);
    if (rank == top) return std::nullopt;
    if (decision.programme.tier_policy.step == TierPolicy::Step::next) {
        const auto next = static_cast<TierRank>(rank + 1);
        return meets(decision, tier_of(decision, next).enter, today) ? std::optional(next) : std::nullopt;
    }
    for (TierRank candidate = top; candidate > rank; --candidate)
        if (meets(decision, tier_of(decision, candidate).enter, today)) return candidate;
    return std::nullopt;
}

// Where a member falls who does not meet its tier's `keep`.
TierRank fall_target(const Decision& decision, PeriodEnd at_end, LocalDate today) {
    const TierRank rank = decision.member.tier.rank;
    switch (at_end) {
        case PeriodEnd::keep: return rank;
        case PeriodEnd::down_one: return static_cast<TierRank>(rank - 1);
        case PeriodEnd::base: return 0;
        case PeriodEnd::qualified: break;
    }
    for (auto candidate = static_cast<TierRank>(rank - 1); candidate > 0; --candidate)
        if (meets(decision, tier_of(decision, candidate).keep, today)) return candidate;
    return 0;
}

// What holds: the member's own tier, or the highest of what lifts them above it.
TierState state_that_holds(const Decision& decision) {
    const Member& member = decision.member;
    const TierLift* best = nullptr;
    for (const TierLift& lift : member.lifts)
        if (best == nullptr || lift.rank > best->rank || (lift.rank == best->rank && lift.ends_at > best->ends_at))
            best = &lift;
    if (best == nullptr || best->rank <= member.own_tier.rank) return member.own_tier;
    TierState state;
    state.rank = best->rank;
    state.since = member.tier.rank == best->rank ? member.tier.since : decision.now;
    state.period_ends_at = best->ends_at;
    if (best->ends_at != instant_max)
        state.period_last_day = add_days(decision.programme.zone.date(best->ends_at), -1);
    return state;
}

// Lifts or the member's own tier have changed: tells of it if another tier holds by that, or the own one is renewed.
void settle_tier(Decision& decision, TierChangeReason reason) {
    Member& member = decision.member;
    const TierRank from = member.tier.rank;
    const bool had_manager = promised_manager(decision.programme, member, decision.now) != nullptr;
    member.tier = state_that_holds(decision);
    const TierRank to = member.tier.rank;
    const bool renewed = reason == TierChangeReason::renewed && member.tier == member.own_tier;
    if (member.lifts.empty()) member.own_tier = {};
    if (from == to && !renewed) return;
    decision.outcome.tier_changes.push_back({decision.now, from, to, reason});
    explain(decision, tier_of(decision, to).name, [&] {
        return "tier " + tier_of(decision, from).name + " becomes " + tier_of(decision, to).name + " (" +
               std::string(name_of(reason)) + ")";
    });
    if (to != from) tell_if_manager_wanted(decision, had_manager);
    if (to > from && to != member.own_tier.rank) give_grants(decision, programme::Grant::On::tier_reached);
}

// Changes the member's own tier, beside which others may hold. What it tells of itself is of no interest then.
template <class Change>
void change_own_tier(Decision& decision, Change change) {
    Member& member = decision.member;
    if (member.lifts.empty()) {
        change();
        return;
    }
    auto& told = decision.outcome.tier_changes;
    const auto before = static_cast<std::ptrdiff_t>(told.size());
    const TierState held = std::exchange(member.tier, member.own_tier);
    change();
    member.own_tier = std::exchange(member.tier, held);
    const bool changed = told.begin() + before != told.end();
    const TierChangeReason reason = changed ? told.back().reason : TierChangeReason::qualified;
    told.erase(told.begin() + before, told.end());
    settle_tier(decision, reason);
}

void end_own_period(Decision& decision) {
    TierState& state = decision.member.tier;
    const programme::Tier& tier = tier_of(decision, state.rank);
    const LocalDate last_day = state.period_last_day;
    // The counters are read as they stood on the last day, not on the day that begins now.
    const LocalDate today = add_days(decision.today(), -1);
    if (state.rank == 0 || tier.at_end == PeriodEnd::keep || meets(decision, tier.keep, today)) {
        change_tier(decision, state.rank, TierChangeReason::renewed, last_day);
        return;
    }
    if (tier.grace_days > 0 && !state.in_grace) {
        state.in_grace = true;
        state.period_ends_at = decision.programme.zone.end_of(add_days(last_day, tier.grace_days));
        return;
    }
    change_tier(decision, fall_target(decision, tier.at_end, today), TierChangeReason::period_end, last_day);
}

void review_own_tier(Decision& decision) {
    TierState& state = decision.member.tier;
    const LocalDate today = add_days(decision.today(), -1);
    const programme::Tier& tier = tier_of(decision, state.rank);
    if (decision.programme.tier_policy.upgrade == TierPolicy::Upgrade::at_review) {
        if (const auto target = upgrade_target(decision, today)) {
            change_tier(decision, *target, TierChangeReason::review);
            return;
        }
    }
    const bool periodic = tier.period.kind != Period::Kind::forever;
    if (state.rank > 0 && !periodic && tier.at_end != PeriodEnd::keep && !meets(decision, tier.keep, today)) {
        change_tier(decision, fall_target(decision, tier.at_end, today), TierChangeReason::review);
        return;
    }
    schedule_review(decision);
}

}  // namespace

void start_tier(Decision& decision) {
    decision.member.tier.since = decision.now;
    start_period(decision, std::nullopt);
    schedule_review(decision);
    tell_if_manager_wanted(decision, false);
}

void upgrade_if_qualified(Decision& decision) {
    if (decision.programme.tier_policy.upgrade != TierPolicy::Upgrade::at_once) return;
    change_own_tier(decision, [&] {
        if (const auto target = upgrade_target(decision, decision.today()))
            change_tier(decision, *target, TierChangeReason::qualified);
    });
}

void end_period(Decision& decision) {
    Member& member = decision.member;
    if (member.lifts.empty() || member.own_tier.period_ends_at <= decision.now) {
        change_own_tier(decision, [&] { end_own_period(decision); });
        return;
    }
    std::erase_if(member.lifts, [&](const TierLift& lift) { return lift.ends_at <= decision.now; });
    settle_tier(decision, TierChangeReason::period_end);
}

void review_tier(Decision& decision) {
    change_own_tier(decision, [&] { review_own_tier(decision); });
}

void grant_tier(Decision& decision, TierRank rank, std::optional<LocalDate> until) {
    change_own_tier(decision, [&] {
        change_tier(decision, rank, TierChangeReason::granted);
        if (!until) return;
        decision.member.tier.period_last_day = *until;
        decision.member.tier.period_ends_at = decision.programme.zone.end_of(*until);
    });
}

void lift_tier(Decision& decision, const TierLift& lift) {
    Member& member = decision.member;
    if (member.lifts.empty()) member.own_tier = member.tier;
    const auto is_it = [&](const TierLift& other) {
        return other.plan == lift.plan && (!lift.plan.empty() || other.rank == lift.rank);
    };
    const auto known = std::find_if(member.lifts.begin(), member.lifts.end(), is_it);
    if (known == member.lifts.end()) {
        member.lifts.push_back(lift);
    } else {
        known->rank = lift.rank;
        known->ends_at = std::max(known->ends_at, lift.ends_at);
    }
    settle_tier(decision, TierChangeReason::granted);
}

void drop_lift(Decision& decision, std::string_view plan) {
    if (std::erase_if(decision.member.lifts, [&](const TierLift& lift) { return lift.plan == plan; }) > 0)
        settle_tier(decision, TierChangeReason::period_end);
}

void take_over_tier(Decision& decision, const Member& other) {
    Member& member = decision.member;
    const TierState held = member.tier;
    const TierState& others = other.lifts.empty() ? other.tier : other.own_tier;
    TierState own = member.lifts.empty() ? member.tier : member.own_tier;
    if (others.rank > own.rank || (others.rank == own.rank && others.period_ends_at > own.period_ends_at)) own = others;
    for (const TierLift& lift : other.lifts) {
        const auto same = std::find_if(member.lifts.begin(), member.lifts.end(), [&](const TierLift& one) {
            return one.plan == lift.plan && one.rank == lift.rank;
        });
        if (same == member.lifts.end()) member.lifts.push_back(lift);
        else same->ends_at = std::max(same->ends_at, lift.ends_at);
    }
    member.own_tier = own;
    member.tier = state_that_holds(decision);
    if (member.lifts.empty()) member.own_tier = {};
    // What comes with reaching a tier has come to the other member.
    if (member.tier != held) {
        const auto reason = member.tier.rank == held.rank ? TierChangeReason::renewed : TierChangeReason::granted;
        decision.outcome.tier_changes.push_back({decision.now, held.rank, member.tier.rank, reason});
    }
    upgrade_if_qualified(decision);
}

void apply_review(Decision& decision, const std::vector<std::int64_t>& thresholds) {
    const auto& counter = decision.programme.counters[decision.programme.tier_policy.share_counter];
    // A review arrives at the midnight that ends its unit: it looks at the day before.
    const LocalDate today = decision.programme.zone.date(Instant{decision.now.ms - 1});
    const std::int64_t value = counter_value(decision.programme, decision.member, counter, today);
    TierRank target = 0;
    while (target < thresholds.size() && value >= thresholds[target]) ++target;
    change_own_tier(decision, [&] {
        if (target != decision.member.tier.rank) change_tier(decision, target, TierChangeReason::review);
    });
}

}  // namespace regulars::engine
