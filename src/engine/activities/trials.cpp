#include "engine/activities/trials.hpp"

#include <utility>

#include "engine/activities/common.hpp"
#include "engine/activities/rewards.hpp"
#include "engine/holdings/points.hpp"

namespace regulars::engine {

namespace {

using programme::Activity;
using programme::Trial;

struct Found {
    const Activity& activity;
    const Trial& terms;
};

expected<Found, Rejection> find_trial(const Decision& decision, std::string_view name) {
    const Activity* activity = decision.programme.activities.find(name);
    const Trial* terms = activity == nullptr ? nullptr : activity->as<Trial>();
    if (terms == nullptr) return unexpected(Rejection::unknown_activity);
    return Found{*activity, *terms};
}

TrialStatus status_in(const Decision& decision, std::string_view activity) {
    const ActivityState* state = find_state(decision.member, activity);
    return state == nullptr ? TrialStatus::none : state->trial;
}

expected<void, Rejection> duplicate(Decision& decision) {
    decision.outcome.duplicate = true;
    return {};
}

void changed(Decision& decision, const ActivityState& state) {
    decision.outcome.trials.push_back({state.name, state.trial, state.trial_number, decision.now});
}

ActivityResult& tell_result(Decision& decision, const Activity& activity, std::string_view what) {
    ActivityResult& result = decision.outcome.activity_results.emplace_back();
    result.at = decision.now;
    result.activity = activity.name;
    result.what = what;
    return result;
}

std::optional<Rejection> check_application(const Decision& decision, const Found& trial) {
    if (trial.terms.price > decision.member.points_available) return Rejection::not_enough_points;
    if (const auto rejection = check_activity(decision, trial.activity)) return rejection;
    if (trial.terms.choose == Trial::Choose::draw && decision.chance == nullptr) return Rejection::chance_missing;
    if (status_in(decision, trial.activity.name) != TrialStatus::none) return Rejection::trial_not_open;
    return std::nullopt;
}

void choose(Decision& decision, const Found& trial, ActivityState& state) {
    state.trial = TrialStatus::chosen;
    state.trial_spent.clear();
    state.report_until = decision.programme.zone.end_of(add_days(decision.today(), trial.terms.report_days));
    decision.outcome.stock_taken.push_back({stock_of_seats(trial.activity.name), 1, decision.now});
    book_cost(decision, trial.activity.benefit, trial.terms.cost);
    decision.outcome.notices.push_back({decision.now, NoticeKind::trial_chosen, trial.activity.name, {}, {}});
    ActivityResult& result = tell_result(decision, trial.activity, "chosen");
    result.goods = trial.terms.product;
    result.cost = trial.terms.cost;
}

void turn_down(Decision& decision, const Found& trial, ActivityState& state) {
    state.trial = TrialStatus::not_chosen;
    const std::vector<SpentLot> spent = std::exchange(state.trial_spent, {});
    Points points;
    for (const SpentLot& lot : spent) points += lot.points;
    give_back_points(decision, spent, {}, Account::points_redeemed, Cause::activity);
    tell_result(decision, trial.activity, "not_chosen").paid = -points;
}

}  // namespace

std::string stock_of_seats(std::string_view activity) { return programme::stock_of_prize(activity, "seats"); }

expected<void, Rejection> on_fact(Decision& decision, const TrialApplied& fact) {
    const auto trial = find_trial(decision, fact.activity);
    if (!trial) return unexpected(trial.error());
    if (status_in(decision, fact.activity) == TrialStatus::applied) return duplicate(decision);
    if (const auto rejection = check_application(decision, *trial)) return unexpected(*rejection);

    // Nothing can fail from here on. What the piece costs the shop is booked when the member is chosen.
    ActivityState& state = state_of(decision.member, fact.activity);
    count_activity(decision, state);
    state.trial = TrialStatus::applied;
    if (trial->terms.choose == Trial::Choose::draw) state.trial_number = decision.chance->number;
    take_points(decision, trial->terms.price, Account::points_redeemed, Cause::activity, {}, {}, &state.trial_spent);
    changed(decision, state);
    ActivityResult& result = tell_result(decision, trial->activity, "applied");
    result.paid = trial->terms.price;
    if (trial->terms.choose == Trial::Choose::draw) result.chance = *decision.chance;
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const TrialDecided& fact) {
    const auto trial = find_trial(decision, fact.activity);
    if (!trial) return unexpected(trial.error());
    const TrialStatus status = status_in(decision, fact.activity);
    if (status == (fact.chosen ? TrialStatus::chosen : TrialStatus::not_chosen)) return duplicate(decision);
    if (status != TrialStatus::applied) return unexpected(Rejection::trial_not_open);
    if (fact.chosen && !is_in_stock(decision, stock_of_seats(fact.activity), 1))
        return unexpected(Rejection::trial_full);

    ActivityState& state = state_of(decision.member, fact.activity);
    if (fact.chosen) choose(decision, *trial, state);
    else turn_down(decision, *trial, state);
    changed(decision, state);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const TrialReported& fact) {
    const auto trial = find_trial(decision, fact.activity);
    if (!trial) return unexpected(trial.error());
    if (status_in(decision, fact.activity) != TrialStatus::chosen) return unexpected(Rejection::trial_not_open);

    ActivityState& state = state_of(decision.member, fact.activity);
    state.trial = TrialStatus::reported;
    state.report_until = instant_max;
    changed(decision, state);
    const GivenReward given = give_reward(decision, trial->terms.reward,
                                    {trial->activity.name, trial->activity.benefit, Cause::activity, {}});
    ActivityResult& result = tell_result(decision, trial->activity, "reported");
    result.points = given.points;
    result.cost = given.cost;
    result.goods = trial->terms.reward.goods;
    return {};
}

void give_back_applications(Decision& decision) {
    for (ActivityState& state : decision.member.activities) {
        if (state.trial == TrialStatus::applied) continue;
        const std::vector<SpentLot> spent = std::exchange(state.trial_spent, {});
        give_back_points(decision, spent, {}, Account::points_redeemed, Cause::activity);
    }
}

void end_trials(Decision& decision) {
    for (ActivityState& state : decision.member.activities) {
        if (state.report_until > decision.now) continue;
        state.report_until = instant_max;
        state.trial = TrialStatus::overdue;
        changed(decision, state);
        decision.outcome.notices.push_back({decision.now, NoticeKind::trial_overdue, state.name, {}, {}});
    }
}

}  // namespace regulars::engine
