#include "engine/account.hpp"

#include <algorithm>

#include "base/fraction.hpp"
#include "base/limits.hpp"
#include "engine/grants.hpp"
#include "engine/orders.hpp"
#include "engine/points.hpp"
#include "engine/references.hpp"
#include "engine/tiers.hpp"

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

// The member was registered by this very event or by an earlier one; registering again says nothing new.
expected<void, Rejection> on_fact(Decision& decision, const Registered&) {
    if (decision.member.event_sequence > 0) return duplicate(decision);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const ProfileChanged& fact) {
    Profile profile = decision.member.profile;
    if (fact.name) profile.name = *fact.name;
    if (fact.gender) profile.gender = *fact.gender;
    if (fact.birthday) profile.birthday = *fact.birthday;
    if (fact.region) profile.region = *fact.region;
    for (const auto& [key, value] : fact.attributes) {
        if (value.empty())
            profile.attributes.erase(key);
        else
            profile.attributes[key] = value;
    }
    if (fact.tags) {
        profile.tags = *fact.tags;
        std::sort(profile.tags.begin(), profile.tags.end());
        profile.tags.erase(std::unique(profile.tags.begin(), profile.tags.end()), profile.tags.end());
    }
    // The event that registers a member is kept even if it tells no more than that.
    if (profile == decision.member.profile && decision.member.event_sequence > 0) return duplicate(decision);
    decision.member.profile = std::move(profile);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const IdentityLinked& fact) {
    auto& identities = decision.member.identities;
    const Identity identity{fact.kind, fact.value};
    const auto place = std::lower_bound(identities.begin(), identities.end(), identity);
    if (place != identities.end() && *place == identity) return duplicate(decision);
    identities.insert(place, identity);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const ConsentChanged& fact) {
    auto& consents = decision.member.consents;
    const auto same = std::find_if(consents.begin(), consents.end(), [&](const Consent& consent) {
        return consent.channel == fact.channel && consent.purpose == fact.purpose;
    });
    const Consent consent{fact.channel, fact.purpose, fact.granted, decision.now, fact.source};
    if (same == consents.end())
        consents.push_back(consent);
    else
        *same = consent;
    return {};
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
