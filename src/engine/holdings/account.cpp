#include "engine/holdings/account.hpp"

#include <algorithm>

#include "base/fraction.hpp"
#include "base/limits.hpp"
#include "engine/holdings/grants.hpp"
#include "engine/holdings/points.hpp"
#include "engine/holdings/tiers.hpp"
#include "engine/references.hpp"

namespace regulars::engine {

namespace {

expected<void, Rejection> duplicate(Decision& decision) {
    decision.outcome.duplicate = true;
    return {};
}

bool amount_in_range(std::int64_t amount, std::int64_t lowest) {
    return amount >= lowest && amount <= limits::amount_minor_max;
}

}  // namespace

void register_member(Decision& decision) {
    Member& member = decision.member;
    member.registered_at = decision.now;
    member.advanced_to = decision.now;
    start_tier(decision);
    grant_points(decision, decision.programme.points.on_registration, Cause::registration);
    give_grants(decision, programme::Grant::On::registration);
}

expected<void, Rejection> on_fact(Decision& decision, const PointsAdjusted& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) return duplicate(decision);
    if (fact.points.is_zero() || fact.points > Points(limits::points_max) || fact.points < Points(-limits::points_max))
        return unexpected(Rejection::amount_out_of_range);
    if (-fact.points > member.points_available) return unexpected(Rejection::not_enough_points);
    if (fact.points > Points() && member.points_available + fact.points > Points(limits::points_max))
        return unexpected(Rejection::balance_overflow);

    remember(member, fact);
    if (fact.points > Points())
        grant_points(decision, fact.points, Cause::adjustment);
    else
        take_points(decision, -fact.points, Account::points_adjusted, Cause::adjustment, {}, {}, nullptr);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const PointsSpent& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) return duplicate(decision);
    if (!amount_in_range(fact.points.count(), 1)) return unexpected(Rejection::amount_out_of_range);
    Order* order = fact.order_id.empty() ? nullptr : find_open_order(member, fact.order_id);
    if (!fact.order_id.empty() && order == nullptr) return unexpected(Rejection::order_not_open);
    if (fact.points > member.points_available) return unexpected(Rejection::not_enough_points);

    remember(member, fact);
    const OrderNumber number = order != nullptr ? order->number : OrderNumber{};
    take_points(decision, fact.points, Account::points_redeemed, Cause::redemption, number, {},
                order != nullptr ? &order->points_spent : nullptr);
    const Money worth(multiply(fact.points.count(), decision.programme.points.value, Rounding::half_up));
    if (!worth.is_zero())
        decision.outcome.costs.push_back({decision.now, programme::benefit_points_redeemed, worth, member.tier.rank,
                                          number, decision.programme.version});
    if (order != nullptr) decision.outcome.changed_orders.push_back(number);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const TierGranted& fact) {
    const auto rank = decision.programme.tier(fact.tier);
    if (!rank) return unexpected(Rejection::unknown_tier);
    if (fact.until && *fact.until < decision.today()) return unexpected(Rejection::times_out_of_order);
    grant_tier(decision, *rank, fact.until);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const TiersReviewed& fact) {
    const bool fits = fact.thresholds.size() + 1 == decision.programme.tiers.size() &&
                      std::is_sorted(fact.thresholds.begin(), fact.thresholds.end()) &&
                      (fact.thresholds.empty() || fact.thresholds.front() >= 0);
    if (!fits) return unexpected(Rejection::thresholds_mismatch);
    apply_review(decision, fact.thresholds);
    return {};
}

}  // namespace regulars::engine
