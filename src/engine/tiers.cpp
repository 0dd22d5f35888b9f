#include "engine/tiers.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "engine/counters.hpp"
#include "engine/facts.hpp"
#include "engine/grants.hpp"

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

}  // namespace

void start_tier(Decision& decision) {
    decision.member.tier.since = decision.now;
    start_period(decision, std::nullopt);
    schedule_review(decision);
}

void upgrade_if_qualified(Decision& decision) {
    if (decision.programme.tier_policy.upgrade != TierPolicy::Upgrade::at_once) return;
    if (const auto target = upgrade_target(decision, decision.today()))
        change_tier(decision, *target, TierChangeReason::qualified);
}

void end_period(Decision& decision) {
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

void review_tier(Decision& decision) {
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

void grant_tier(Decision& decision, TierRank rank, std::optional<LocalDate> until) {
    change_tier(decision, rank, TierChangeReason::granted);
    if (!until) return;
    decision.member.tier.period_last_day = *until;
    decision.member.tier.period_ends_at = decision.programme.zone.end_of(*until);
}

void apply_review(Decision& decision, const std::vector<std::int64_t>& thresholds) {
    const auto& counter = decision.programme.counters[decision.programme.tier_policy.share_counter];
    // A review arrives at the midnight that ends its unit: it looks at the day before.
    const LocalDate today = decision.programme.zone.date(Instant{decision.now.ms - 1});
    const std::int64_t value = counter_value(decision.programme, decision.member, counter, today);
    TierRank target = 0;
    while (target < thresholds.size() && value >= thresholds[target]) ++target;
    if (target != decision.member.tier.rank) change_tier(decision, target, TierChangeReason::review);
}

}  // namespace regulars::engine
