#include "engine/friends/rewards.hpp"

#include <algorithm>
#include <utility>

#include "engine/activities/common.hpp"
#include "engine/activities/rewards.hpp"
#include "engine/friends/referrals.hpp"

namespace regulars::engine {

namespace {

using programme::ReferralPolicy;
using What = FriendActed::What;

const ReferralPolicy& policy_of(const Decision& decision) { return decision.programme.activities.referral; }

RewardFor for_referral(const Decision& decision, OrderNumber order = {}) {
    return {referral_code, policy_of(decision).benefit, Cause::referral, order};
}

void tell_result(Decision& decision, std::string_view what, std::string_view won, const GivenReward& given) {
    ActivityResult result;
    result.at = decision.now;
    result.activity = referral_code;
    result.what = what;
    result.won = won;
    result.points = given.points;
    result.cost = given.cost;
    decision.outcome.activity_results.push_back(std::move(result));
}

// What is taken back was booked under the code of the version that gave it.
void take_back(Decision& decision, Points points, Money cashback, std::uint32_t version, bool with_refund,
               OrderNumber order = {}) {
    if (points.is_zero() && cashback.is_zero()) return;
    const auto* made_by = decision.versions.find(version);
    const std::uint32_t benefit = made_by != nullptr ? made_by->activities.referral.benefit : 0;
    take_back_reward(decision, {points, cashback, version, with_refund},
                     {referral_code, benefit, Cause::referral, order});
}

// Whether one more may be rewarded after so many.
bool may_be_rewarded(const Decision& decision, std::int64_t so_far) {
    const ReferralPolicy& policy = policy_of(decision);
    return policy.on && so_far < policy.friends_max.value_or(INT64_MAX);
}

void give(Decision& decision, Friend& one, const programme::Reward& reward, std::string_view what) {
    const GivenReward given = give_reward(decision, reward, for_referral(decision));
    one.points += given.points;
    one.cashback += given.cashback;
    one.programme_version = decision.programme.version;
    tell_result(decision, what == "ordered" ? "friend_ordered" : "friend_registered", "", given);
    if (reward.empty()) return;
    decision.outcome.notices.push_back(
        {decision.now, NoticeKind::friend_rewarded, std::string(what), {}, {}});
}

void give_turns_for_friend(Decision& decision) {
    for (const programme::Activity& activity : decision.programme.activities.activities) {
        const auto* collection = activity.as<programme::Collection>();
        if (collection != nullptr && collection->turns_per_friend > 0)
            give_turns(decision, activity.name, collection->turns_per_friend);
    }
}

// Each is given once, whatever comes back later.
void give_steps(Decision& decision) {
    for (const auto& step : policy_of(decision).steps) {
        if (step.friends > decision.member.friends_ordered) return;
        const std::string name = std::to_string(step.friends);
        auto& steps = state_of(decision.member, referral_code).steps;
        const auto place = std::lower_bound(steps.begin(), steps.end(), name);
        if (place != steps.end() && *place == name) continue;
        steps.insert(place, name);
        const GivenReward given = give_reward(decision, step.reward, for_referral(decision));
        tell_result(decision, "friends_step", name, given);
    }
}

void tell_friend(Decision& decision, const Friend& one, What what) {
    decision.outcome.follow_ups.push_back(
        {one.member, decision.now, FriendActed{decision.member.id, what, {}, {}}});
}

}  // namespace

void count_registration(Decision& decision, Friend& one) {
    const auto& friends = decision.member.friends;
    const std::int64_t so_far =
        std::count_if(friends.begin(), friends.end(), [](const Friend& other) { return other.counted; });
    one.counted = true;
    give_turns_for_friend(decision);
    if (!policy_of(decision).on) return;
    if (may_be_rewarded(decision, so_far))
        give(decision, one, policy_of(decision).friend_registers, "registered");
    tell_friend(decision, one, What::registration_counts);
}

void count_order(Decision& decision, Friend& one) {
    one.status = FriendStatus::ordered;
    if (!policy_of(decision).on) return;
    if (may_be_rewarded(decision, decision.member.friends_ordered)) {
        const Points points = one.points;
        const Money cashback = one.cashback;
        one.status = FriendStatus::rewarded;
        ++decision.member.friends_ordered;
        give(decision, one, policy_of(decision).friend_orders, "ordered");
        one.order_points = one.points - points;
        one.order_cashback = one.cashback - cashback;
        give_steps(decision);
    }
    tell_friend(decision, one, What::order_counts);
}

void uncount_order(Decision& decision, Friend& one) {
    if (one.status == FriendStatus::rewarded) --decision.member.friends_ordered;
    one.status = FriendStatus::returned;
    const Points points = std::exchange(one.order_points, Points());
    const Money cashback = std::exchange(one.order_cashback, Money());
    one.points -= points;
    one.cashback -= cashback;
    take_back(decision, points, cashback, one.programme_version, false);
}

void refuse_friend(Decision& decision, Friend& one) {
    one.status = FriendStatus::refused;
    one.order_points = Points();
    one.order_cashback = Money();
    const Points points = std::exchange(one.points, Points());
    const Money cashback = std::exchange(one.cashback, Money());
    take_back(decision, points, cashback, one.programme_version, false);
}

expected<void, Rejection> welcome(Decision& decision) {
    Brought& brought = decision.member.brought;
    if (brought.by == MemberId() || brought.registration_counts || !policy_of(decision).on)
        return unexpected(Rejection::friend_not_possible);
    brought.registration_counts = true;
    const GivenReward given = give_reward(decision, policy_of(decision).newcomer_registers, for_referral(decision));
    tell_result(decision, "welcome", "", given);
    return {};
}

expected<void, Rejection> thank_for_order(Decision& decision) {
    Brought& brought = decision.member.brought;
    if (brought.order == 0 || brought.order_counts || !policy_of(decision).on)
        return unexpected(Rejection::friend_not_possible);
    brought.order_counts = true;
    const OrderNumber order{brought.order};
    const GivenReward given = give_reward(decision, policy_of(decision).newcomer_orders, for_referral(decision, order));
    brought.points = given.points;
    brought.cashback = given.cashback;
    brought.programme_version = decision.programme.version;
    tell_result(decision, "first_order", "", given);
    return {};
}

void take_back_thanks(Decision& decision, OrderNumber order) {
    Brought& brought = decision.member.brought;
    const Points points = std::exchange(brought.points, Points());
    const Money cashback = std::exchange(brought.cashback, Money());
    take_back(decision, points, cashback, brought.programme_version, true, order);
}

}  // namespace regulars::engine
