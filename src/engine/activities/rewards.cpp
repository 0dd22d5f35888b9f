#include "engine/activities/rewards.hpp"

#include <algorithm>

#include "base/fraction.hpp"
#include "engine/activities/common.hpp"
#include "engine/holdings/coupons.hpp"
#include "engine/holdings/points.hpp"
#include "engine/holdings/stored_value.hpp"
#include "engine/holdings/tiers.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

namespace {

void give_coupon(Decision& decision, const programme::CouponPack::Item& item) {
    const CouponGift gift{&decision.programme.coupons.templates[item.coupon], item.count,
                          item.valid ? &*item.valid : nullptr};
    const auto rejection =
        is_for_member(decision, *gift.terms) ? check_gifts(decision, {&gift, 1}) : Rejection::coupon_not_for_member;
    if (rejection) explain(decision, gift.terms->name, [&] { return std::string(text_of(*rejection).sentence); });
    else give_coupons(decision, {&gift, 1});
}

void give_tier(Decision& decision, const programme::Reward& reward) {
    const Member& member = decision.member;
    const TierState& own = member.lifts.empty() ? member.tier : member.own_tier;
    if (!reward.tier || own.rank >= *reward.tier) return;
    const LocalDate last_day = programme::add(decision.today(), reward.tier_for);
    lift_tier(decision, {*reward.tier, decision.programme.zone.end_of(last_day), ""});
}

std::int64_t turns_max_of(const programme::Activity& activity) {
    if (const auto* draw = activity.as<programme::Draw>()) return draw->turns_max;
    if (const auto* collection = activity.as<programme::Collection>()) return collection->turns_max;
    return 0;
}

}  // namespace

void book_cost(Decision& decision, std::uint32_t benefit, Money amount, OrderNumber order) {
    if (amount.is_zero()) return;
    decision.outcome.costs.push_back(
        {decision.now, benefit, amount, decision.member.tier.rank, order, decision.programme.version});
}

Points pay_points(Decision& decision, Points points) {
    take_points(decision, points, Account::points_redeemed, Cause::activity, {}, {}, nullptr);
    const Money worth(multiply(points.count(), decision.programme.points.value, Rounding::half_up));
    book_cost(decision, programme::benefit_points_redeemed, worth);
    return points;
}

std::int64_t give_turns(Decision& decision, std::string_view name, std::int64_t count) {
    const programme::Activity* activity = decision.programme.activities.find(name);
    if (activity == nullptr) return 0;
    ActivityState& state = state_of(decision.member, name);
    const std::int64_t given = std::clamp<std::int64_t>(turns_max_of(*activity) - state.turns, 0, count);
    state.turns += given;
    return given;
}

GivenReward give_reward(Decision& decision, const programme::Reward& reward, const RewardFor& given_for) {
    grant_points(decision, reward.points, given_for.cause, given_for.order);
    if (!reward.cashback.is_zero()) {
        decision.member.balance.cashback += reward.cashback;
        book(decision, Account::programme_cost, Account::balance_cashback, reward.cashback.count(), given_for.cause,
             given_for.order);
        renew_balance_expiry(decision);
    }
    give_tier(decision, reward);
    for (const auto& item : reward.coupons) give_coupon(decision, item);
    if (reward.turns > 0) give_turns(decision, reward.turns_of, reward.turns);
    if (!reward.goods.empty())
        decision.outcome.notices.push_back(
            {decision.now, NoticeKind::goods_ordered, reward.goods, {}, given_for.order});
    const Money cost = reward.cashback + (reward.goods.empty() ? Money() : reward.cost);
    book_cost(decision, given_for.benefit, cost, given_for.order);
    return {reward.points, reward.cashback, cost};
}

// Cashback that is spent already cannot be taken from the purse; without a refund to keep it from, the shop bears it.
void take_back_reward(Decision& decision, const TakenBack& back, const RewardFor& given_for) {
    const auto* made_by = decision.versions.find(back.programme_version);
    const auto& policy = (made_by != nullptr ? *made_by : decision.programme).points;
    const Money kept = decision.outcome.kept_from_refund;
    take_back_points(decision, policy, back.points, given_for.cause, given_for.order, {});
    if (!back.with_refund) decision.outcome.kept_from_refund = kept;
    Balance& balance = decision.member.balance;
    const Money taken = std::min(back.cashback, balance.cashback);
    balance.cashback -= taken;
    book(decision, Account::balance_cashback, Account::programme_cost, taken.count(), given_for.cause, given_for.order);
    if (back.with_refund) decision.outcome.kept_from_refund += back.cashback - taken;
    const Money undone = back.with_refund ? back.cashback : taken;
    if (undone.is_zero()) return;
    decision.outcome.costs.push_back({decision.now, given_for.benefit, -undone, decision.member.tier.rank,
                                      given_for.order, back.programme_version});
}

}  // namespace regulars::engine
