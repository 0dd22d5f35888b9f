// What is given for doing something: points, cashback, coupons, a tier for a time, goods, turns.
#pragma once

#include <string_view>

#include "engine/decision.hpp"

namespace regulars::engine {

/// On whose account a reward is given.
struct RewardFor {
    std::string_view code;         ///< for explanations
    std::uint32_t benefit = 0;     ///< under which costs are booked
    Cause cause = Cause::activity;
    OrderNumber order{};
};

/// What of a reward was given.
struct GivenReward {
    Points points;
    Money cashback;
    Money cost;                    ///< booked: cashback and goods
};

/// Gives it. A coupon that cannot be given (sold out, limit reached, wallet full) is left out, and that is explained.
/// Cashback and goods are costs at once; points and coupons when they are used.
GivenReward give_reward(Decision& decision, const programme::Reward& reward, const RewardFor& given_for);

/// Of a reward what can be taken back, and which version gave it.
struct TakenBack {
    Points points;
    Money cashback;
    std::uint32_t programme_version = 0;
    bool with_refund = false;      ///< with a return of the member's own: what is spent is kept from the refund
};

/// Takes points and cashback back, and undoes their cost. Coupons, tiers, goods and turns stay with the member.
void take_back_reward(Decision& decision, const TakenBack& back, const RewardFor& given_for);

/// More turns of an activity, up to as many as a member can hold there; how many were given.
std::int64_t give_turns(Decision& decision, std::string_view activity, std::int64_t count);

/// Takes the points that something costs the member, who has them, and books what they are worth. The same points.
Points pay_points(Decision& decision, Points points);

/// Books what something costs the shop beside points and coupons; nothing for zero.
void book_cost(Decision& decision, std::uint32_t benefit, Money amount, OrderNumber order = {});

}  // namespace regulars::engine
