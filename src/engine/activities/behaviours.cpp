#include "engine/activities/behaviours.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "engine/activities/common.hpp"
#include "engine/activities/rewards.hpp"
#include "engine/references.hpp"

namespace regulars::engine {

namespace {

using programme::Behaviour;
using programme::StoreVisit;

// With its day, so that what was told yesterday is not taken for today's.
std::string subject_of(const Decision& decision, const std::string& subject) {
    return text_of(decision.today()) + ' ' + subject;
}

// As often as may be on one day: the same subject, or more of them than are kept.
bool is_done_today(const Decision& decision, const std::string& activity, const std::string& subject) {
    const ActivityState* state = find_state(decision.member, activity);
    if (state == nullptr || state->day != decision.today()) return false;
    const std::string wanted = subject_of(decision, subject);
    return state->subjects.size() >= limits::subjects_max ||
           std::binary_search(state->subjects.begin(), state->subjects.end(), wanted);
}

void keep_subject(const Decision& decision, ActivityState& state, const std::string& subject) {
    const std::string told = subject_of(decision, subject);
    std::erase_if(state.subjects, [&](const std::string& other) { return other < text_of(decision.today()); });
    state.subjects.insert(std::lower_bound(state.subjects.begin(), state.subjects.end(), told), told);
}

void reward(Decision& decision, const programme::Activity& activity, const programme::Reward& terms,
            std::string_view what, const std::string& subject) {
    ActivityResult result;
    result.at = decision.now;
    result.activity = activity.name;
    result.what = what;
    result.won = subject;
    const GivenReward given = give_reward(decision, terms, {activity.name, activity.benefit});
    result.points = given.points;
    result.cost = given.cost;
    result.goods = terms.goods;
    decision.outcome.activity_results.push_back(std::move(result));
}

}  // namespace

expected<void, Rejection> on_fact(Decision& decision, const BehaviourShown& fact) {
    if (is_known(decision.member, fact)) {
        decision.outcome.duplicate = true;
        return {};
    }
    const auto open = open_activity<Behaviour>(decision, fact.activity);
    if (!open) return unexpected(open.error());
    const auto& [activity, terms] = *open;
    if (terms.distinct && is_done_today(decision, activity.name, fact.subject))
        return unexpected(Rejection::activity_limit_reached);

    remember(decision.member, fact);
    ActivityState& state = state_of(decision.member, activity.name);
    if (terms.distinct) keep_subject(decision, state, fact.subject);
    count_activity(decision, state);
    reward(decision, activity, terms.reward, "shown", fact.subject);
    return {};
}

// A store counts once a day, however often its code is told.
expected<void, Rejection> on_fact(Decision& decision, const StoreVisited& fact) {
    const auto open = open_activity<StoreVisit>(decision, fact.activity);
    if (!open) return unexpected(open.error());
    const auto& [activity, terms] = *open;
    if (is_done_today(decision, activity.name, fact.store)) return unexpected(Rejection::activity_limit_reached);
    const auto code = terms.codes.find(fact.store);
    if (code == terms.codes.end() || code->second != fact.code) return unexpected(Rejection::store_code_wrong);

    ActivityState& state = state_of(decision.member, activity.name);
    keep_subject(decision, state, fact.store);
    count_activity(decision, state);
    reward(decision, activity, terms.reward, "visited", fact.store);
    return {};
}

}  // namespace regulars::engine
