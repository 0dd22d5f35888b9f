#include "engine/people/passed_rows.hpp"

namespace regulars::engine {

void tell_friends_and_trials(Decision& decision) {
    for (const Friend& one : decision.member.friends) decision.outcome.friends.push_back({one, decision.now});
    for (const ActivityState& state : decision.member.activities)
        if (state.trial != TrialStatus::none)
            decision.outcome.trials.push_back({state.name, state.trial, state.trial_number, decision.now});
}

void pass_friends_and_trials(Decision& decision) {
    for (Friend one : decision.member.friends) {
        if (one.status == FriendStatus::suspicious) one.status = FriendStatus::refused;
        one.marks.clear();
        decision.outcome.friends.push_back({std::move(one), decision.now});
    }
    for (const ActivityState& state : decision.member.activities)
        if (state.trial != TrialStatus::none)
            decision.outcome.trials.push_back({state.name, TrialStatus::none, state.trial_number, decision.now});
}

}  // namespace regulars::engine
