// What a brought friend brings to both sides, once nothing stands against it. Used by engine/friends/referrals.cpp.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

// On who brought the friend.
/// The friend's registration counts: the reward, turns of collections, and the friend's own reward.
void count_registration(Decision& decision, Friend& one);
/// The friend's first order counts: the reward, steps that are reached by it, and the friend's own reward.
void count_order(Decision& decision, Friend& one);
/// The order has come back: what it brought goes, but for steps.
void uncount_order(Decision& decision, Friend& one);
/// People have decided against the friend: what was given for them goes.
void refuse_friend(Decision& decision, Friend& one);

// On the friend.
/// What the friend gets for registering.
[[nodiscard]] expected<void, Rejection> welcome(Decision& decision);
/// What the friend gets for the first order.
[[nodiscard]] expected<void, Rejection> thank_for_order(Decision& decision);
/// The order has come back: what it brought the friend goes.
void take_back_thanks(Decision& decision, OrderNumber order);

}  // namespace regulars::engine
