#include "engine/holdings/offers.hpp"

#include <algorithm>

#include "engine/holdings/coupons.hpp"
#include "engine/references.hpp"

namespace regulars::engine {

namespace {

constexpr std::int64_t ms_per_hour = 3'600'000;

const Offer* find_offer(const Member& member, std::string_view gift) {
    for (const Offer& offer : member.offers)
        if (offer.gift == gift) return &offer;
    return nullptr;
}

Coupon take_offer(Member& member, std::string_view gift) {
    const auto found = std::find_if(member.offers.begin(), member.offers.end(),
                                    [&](const Offer& offer) { return offer.gift == gift; });
    Coupon coupon = std::move(found->coupon);
    member.offers.erase(found);
    return coupon;
}

// Into the wallet again, or lapsed at once when its time is over.
void come_back(Decision& decision, Coupon coupon) {
    coupon_changed(decision, coupon, CouponStatus::usable, Money());
    put_coupon(decision, std::move(coupon));
    expire_coupons(decision);
}

}  // namespace

expected<void, Rejection> on_fact(Decision& decision, const CouponOffered& fact) {
    Member& member = decision.member;
    if (find_offer(member, fact.gift) != nullptr) {
        decision.outcome.duplicate = true;
        return {};
    }
    const Coupon* held = find_coupon(member, fact.coupon);
    if (held == nullptr) return unexpected(Rejection::coupon_not_found);
    const auto* terms = terms_of(decision.versions, *held);
    if (terms == nullptr || !terms->gift_hours) return unexpected(Rejection::coupon_not_giftable);

    Coupon coupon = take_coupon(member, fact.coupon);
    coupon_changed(decision, coupon, CouponStatus::offered, Money());
    // Nobody can take what has lapsed: then it comes back, and lapses.
    const Instant expires_at =
        std::min(Instant{decision.now.ms + *terms->gift_hours * ms_per_hour}, coupon.expires_at);
    member.offers.push_back({fact.gift, std::move(coupon), expires_at});
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const OfferWithdrawn& fact) {
    if (find_offer(decision.member, fact.gift) == nullptr) return unexpected(Rejection::gift_not_found);
    come_back(decision, take_offer(decision.member, fact.gift));
    return {};
}

// What the coupon may cost goes on counting: it is the friend's now.
expected<void, Rejection> on_fact(Decision& decision, const CouponPassed& fact) {
    if (find_offer(decision.member, fact.gift) == nullptr) return unexpected(Rejection::gift_not_found);
    const Coupon coupon = take_offer(decision.member, fact.gift);
    coupon_changed(decision, coupon, CouponStatus::passed, Money());
    return {};
}

// The terms are those of the version that gave the coupon; who may have it and how often is what they say of anybody.
expected<void, Rejection> on_fact(Decision& decision, const CouponReceived& fact) {
    if (is_known(decision.member, "coupon_received", fact.gift)) {
        decision.outcome.duplicate = true;
        return {};
    }
    const auto* made_by = decision.versions.find(fact.programme_version);
    const auto* terms = made_by == nullptr ? nullptr : made_by->coupons.find(fact.coupon);
    if (terms == nullptr) return unexpected(Rejection::unknown_coupon);
    if (const auto rejection = check_receipt(decision, *terms)) return unexpected(*rejection);
    if (!terms->gift_hours || fact.giver == decision.member.id) return unexpected(Rejection::coupon_not_giftable);
    if (fact.expires_at <= decision.now) return unexpected(Rejection::gift_not_found);

    remember(decision.member, "coupon_received", fact.gift);
    receive_coupon(decision, *terms,
                   Coupon{{}, fact.coupon, fact.programme_version, decision.now, fact.usable_from, fact.expires_at});
    return {};
}

void time_out_offers(Decision& decision) {
    auto& offers = decision.member.offers;
    for (std::size_t i = 0; i < offers.size();) {
        if (offers[i].expires_at > decision.now) {
            ++i;
            continue;
        }
        Coupon coupon = std::move(offers[i].coupon);
        offers.erase(offers.begin() + static_cast<std::ptrdiff_t>(i));
        decision.outcome.notices.push_back({decision.now, NoticeKind::gift_returned, coupon.name, coupon.id, {}});
        come_back(decision, std::move(coupon));
    }
}

}  // namespace regulars::engine
