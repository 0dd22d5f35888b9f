// Where friends and trials of a member stand for those who look at them, when members are merged or parted again.
#pragma once

#include "engine/decision.hpp"

namespace regulars::engine {

/// As they stand with the member now.
void tell_friends_and_trials(Decision& decision);
/// They are another's from now on: nothing waits here any more.
void pass_friends_and_trials(Decision& decision);

}  // namespace regulars::engine
