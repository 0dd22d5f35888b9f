#include "engine/holdings/coupons.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/limits.hpp"
#include "engine/facts.hpp"
#include "engine/holdings/plans.hpp"
#include "engine/holdings/points.hpp"
#include "engine/holdings/stages.hpp"
#include "engine/references.hpp"

namespace regulars::engine {

namespace {

using programme::CouponTemplate;
using programme::Validity;

constexpr std::int64_t ms_per_hour = 3'600'000;

struct Term {
    Instant from;
    Instant until = instant_max;
};

Term term_of(const Decision& decision, const Validity& valid) {
    const Zone& zone = decision.programme.zone;
    switch (valid.kind) {
        case Validity::Kind::forever: return {decision.now, instant_max};
        case Validity::Kind::span: return {decision.now, zone.end_of(programme::add(decision.today(), valid.span))};
        case Validity::Kind::hours: return {decision.now, Instant{decision.now.ms + valid.hours * ms_per_hour}};
        case Validity::Kind::dates:
            return {std::max(decision.now, zone.start_of(valid.dates.first)), zone.end_of(valid.dates.last)};
    }
    check_failed("a validity has a kind");
}

const Validity& validity_of(const CouponGift& gift) { return gift.valid != nullptr ? *gift.valid : gift.terms->valid; }

// What this event has already given of a template, for example by an earlier item of a pack.
std::int64_t given_now(const Decision& decision, const std::string& name) {
    return std::count_if(decision.outcome.coupon_changes.begin(), decision.outcome.coupon_changes.end(),
                         [&](const CouponChange& change) { return change.issued && change.coupon.name == name; });
}

bool is_in_stock(const Decision& decision, const CouponTemplate& terms, std::int64_t count) {
    const bool shared = terms.stock.shared() || terms.kind == CouponTemplate::Kind::partner;
    if (!shared || decision.stock == nullptr) return true;
    const auto found = std::find_if(decision.stock->begin(), decision.stock->end(),
                                    [&](const StockLeft& stock) { return stock.coupon == terms.name; });
    return found == decision.stock->end() || given_now(decision, terms.name) + count <= found->left;
}

const CouponCount* find_count(const Member& member, const std::string& name) {
    for (const CouponCount& count : member.coupon_counts)
        if (count.name == name) return &count;
    return nullptr;
}

bool is_within_limit(const Decision& decision, const CouponTemplate& terms, std::int64_t count) {
    const CouponCount* had = find_count(decision.member, terms.name);
    const std::int64_t total = had != nullptr ? had->total : 0;
    const std::int64_t today = had != nullptr && had->day == decision.today() ? had->on_day : 0;
    return total + count <= terms.stock.per_member.value_or(INT64_MAX) &&
           today + count <= terms.stock.per_member_day.value_or(INT64_MAX);
}

void count_coupons(Decision& decision, const CouponTemplate& terms, std::int64_t count) {
    if (!terms.stock.counted_per_member()) return;
    auto& counts = decision.member.coupon_counts;
    auto place = std::lower_bound(counts.begin(), counts.end(), terms.name,
                                  [](const CouponCount& had, const std::string& name) { return had.name < name; });
    if (place == counts.end() || place->name != terms.name)
        place = counts.insert(place, CouponCount{terms.name, 0, {}, 0});
    if (place->day != decision.today()) place->on_day = 0;
    place->day = decision.today();
    place->total += count;
    place->on_day += count;
}

// Who declines an invitation gives the seat back, and may change their mind.
void free_seat(Decision& decision, const Coupon& coupon) {
    decision.outcome.coupon_changes.back().freed = true;
    for (CouponCount& count : decision.member.coupon_counts) {
        if (count.name != coupon.name) continue;
        count.total = std::max<std::int64_t>(0, count.total - 1);
        if (count.day == decision.programme.zone.date(coupon.granted_at))
            count.on_day = std::max<std::int64_t>(0, count.on_day - 1);
    }
}

// Two gifts of one template have to fit together.
std::int64_t count_of(std::span<const CouponGift> gifts, const CouponTemplate* terms) {
    std::int64_t count = 0;
    for (const CouponGift& gift : gifts)
        if (gift.terms == terms) count += gift.count;
    return count;
}

std::vector<CouponGift> gifts_of(const programme::CouponPolicy& policy, const std::string& name, std::int64_t count) {
    std::vector<CouponGift> gifts;
    if (const auto* terms = policy.find(name)) gifts.push_back({terms, count, nullptr});
    if (const auto* pack = policy.find_pack(name))
        for (const auto& item : pack->items)
            gifts.push_back({&policy.templates[item.coupon], item.count * count, item.valid ? &*item.valid : nullptr});
    return gifts;
}

expected<void, Rejection> duplicate(Decision& decision) {
    decision.outcome.duplicate = true;
    return {};
}

// The template that a claim means, by name, by public code or by a code that works once; all that is told must agree.
expected<const CouponTemplate*, Rejection> claimed(const Decision& decision, const CouponClaimed& fact) {
    const programme::CouponPolicy& policy = decision.programme.coupons;
    const auto by_code = [&] {
        return decision.redeems.empty() ? policy.find_code(fact.code) : policy.find(decision.redeems);
    };
    const auto* terms = fact.coupon.empty() ? by_code() : policy.find(fact.coupon);
    if (terms == nullptr)
        return unexpected(fact.coupon.empty() ? Rejection::code_not_valid : Rejection::unknown_coupon);
    const bool public_code_fits =
        !terms->claim || terms->claim->code.empty() || policy.find_code(fact.code) == terms;
    const bool takes_unique_code = terms->claim && terms->claim->unique_codes;
    const bool unique_code_fits = decision.redeems == (takes_unique_code ? std::string_view(terms->name) : "");
    if (!public_code_fits || !unique_code_fits) return unexpected(Rejection::code_not_valid);
    return terms;
}

std::optional<Rejection> check_claim(const Decision& decision, const CouponTemplate& terms) {
    const LocalDate today = decision.today();
    const bool open = terms.claim && (!terms.claim->dates ||
                                      (terms.claim->dates->first <= today && today <= terms.claim->dates->last));
    if (!open || term_of(decision, terms.valid).until <= decision.now) return Rejection::coupon_not_claimable;
    if (!is_for_member(decision, terms)) return Rejection::coupon_not_for_member;
    return std::nullopt;
}

}  // namespace

bool is_for_member(const Decision& decision, const CouponTemplate& terms) {
    if ((terms.tiers >> decision.member.tier.rank & 1U) == 0) return false;
    if (terms.plans != 0 && (terms.plans & held_plans(decision.programme, decision.member)) == 0) return false;
    if (terms.stages != ~0U) {
        const auto stage = stage_of(decision.programme, decision.member, decision.now);
        if (!stage || (terms.stages >> *stage & 1U) == 0) return false;
    }
    if (!terms.when) return true;
    return Facts(decision.programme, decision.member, decision.now, decision.today()).holds(*terms.when);
}

std::optional<Rejection> check_gifts(const Decision& decision, std::span<const CouponGift> gifts) {
    std::int64_t all = 0;
    for (const CouponGift& gift : gifts) {
        all += gift.count;
        if (term_of(decision, validity_of(gift)).until <= decision.now) return Rejection::coupon_not_claimable;
    }
    for (const CouponGift& gift : gifts)
        if (!is_in_stock(decision, *gift.terms, count_of(gifts, gift.terms))) return Rejection::coupon_sold_out;
    for (const CouponGift& gift : gifts)
        if (!is_within_limit(decision, *gift.terms, count_of(gifts, gift.terms)))
            return Rejection::coupon_limit_reached;
    const auto held = static_cast<std::int64_t>(decision.member.coupons.size());
    if (all > static_cast<std::int64_t>(limits::coupons_per_event_max) ||
        held + all > static_cast<std::int64_t>(limits::coupons_max))
        return Rejection::too_many_coupons;
    return std::nullopt;
}

void give_coupons(Decision& decision, std::span<const CouponGift> gifts) {
    for (const CouponGift& gift : gifts) {
        const Term term = term_of(decision, validity_of(gift));
        count_coupons(decision, *gift.terms, gift.count);
        for (std::int64_t i = 0; i < gift.count; ++i) {
            Coupon coupon{{++decision.member.last_coupon_id}, gift.terms->name, decision.programme.version,
                          decision.now,                       term.from,        term.until};
            if (gift.terms->remind_hours && term.until != instant_max) {
                const Instant remind_at{term.until.ms - *gift.terms->remind_hours * ms_per_hour};
                if (remind_at > decision.now) coupon.remind_at = remind_at;
            }
            coupon_changed(decision, coupon, CouponStatus::usable, exposure_of(decision.versions, coupon));
            decision.outcome.coupon_changes.back().issued = true;
            put_coupon(decision, std::move(coupon));
        }
        explain(decision, gift.terms->name, [&] {
            return std::to_string(gift.count) + (gift.count == 1 ? " coupon " : " coupons ") + gift.terms->name +
                   (term.until == instant_max ? "" : " until " + text_of(term.until));
        });
    }
}

std::optional<Rejection> check_receipt(const Decision& decision, const CouponTemplate& terms) {
    if (!is_for_member(decision, terms)) return Rejection::coupon_not_for_member;
    if (!is_within_limit(decision, terms, 1)) return Rejection::coupon_limit_reached;
    if (decision.member.coupons.size() >= limits::coupons_max) return Rejection::too_many_coupons;
    return std::nullopt;
}

void receive_coupon(Decision& decision, const CouponTemplate& terms, Coupon coupon) {
    count_coupons(decision, terms, 1);
    coupon.id = {++decision.member.last_coupon_id};
    if (terms.remind_hours && coupon.expires_at != instant_max) {
        const Instant remind_at{coupon.expires_at.ms - *terms.remind_hours * ms_per_hour};
        if (remind_at > decision.now) coupon.remind_at = remind_at;
    }
    coupon_changed(decision, coupon, CouponStatus::usable, Money());
    put_coupon(decision, std::move(coupon));
}

const CouponTemplate* terms_of(const programme::Versions& versions, const Coupon& coupon) {
    const auto* made_by = versions.find(coupon.programme_version);
    return made_by == nullptr ? nullptr : made_by->coupons.find(coupon.name);
}

const Coupon* find_coupon(const Member& member, CouponId id) {
    for (const Coupon& coupon : member.coupons)
        if (coupon.id == id) return &coupon;
    return nullptr;
}

Coupon take_coupon(Member& member, CouponId id) {
    const auto found = std::find_if(member.coupons.begin(), member.coupons.end(),
                                    [&](const Coupon& coupon) { return coupon.id == id; });
    check(found != member.coupons.end(), "a coupon that is taken is in the wallet");
    Coupon coupon = std::move(*found);
    member.coupons.erase(found);
    return coupon;
}

void put_coupon(Decision& decision, Coupon coupon) {
    Member& member = decision.member;
    if (coupon.expires_at <= decision.now) coupon.remind_at = instant_max;
    const auto before = [](const Coupon& a, const Coupon& b) {
        return a.expires_at != b.expires_at ? a.expires_at < b.expires_at : a.id < b.id;
    };
    const auto place = std::upper_bound(member.coupons.begin(), member.coupons.end(), coupon, before);
    member.coupons.insert(place, std::move(coupon));
}

void coupon_changed(Decision& decision, const Coupon& coupon, CouponStatus status, Money exposure, OrderNumber order,
                    Money amount) {
    decision.outcome.coupon_changes.push_back({coupon, status, decision.now, order, amount, false, false, exposure});
}

Money exposure_of(const programme::Versions& versions, const Coupon& coupon) {
    const CouponTemplate* terms = terms_of(versions, coupon);
    return terms != nullptr && terms->stock.budget ? terms->cost_max().value_or(Money()) : Money();
}

std::string stock_of_attendance(std::string_view coupon) { return "attended:" + std::string(coupon); }

void expire_coupons(Decision& decision) {
    auto& coupons = decision.member.coupons;
    while (!coupons.empty() && coupons.front().expires_at <= decision.now) {
        const Coupon& coupon = coupons.front();
        coupon_changed(decision, coupon, CouponStatus::expired, -exposure_of(decision.versions, coupon));
        coupons.erase(coupons.begin());
    }
}

void remind_of_coupons(Decision& decision) {
    for (Coupon& coupon : decision.member.coupons) {
        if (coupon.remind_at > decision.now) continue;
        coupon.remind_at = instant_max;
        decision.outcome.notices.push_back({decision.now, NoticeKind::coupon_lapses, coupon.name, coupon.id, {}});
    }
}

expected<void, Rejection> on_fact(Decision& decision, const CouponGranted& fact) {
    if (is_known(decision.member, fact)) return duplicate(decision);
    if (fact.count < 1) return unexpected(Rejection::quantity_out_of_range);
    if (fact.count > static_cast<std::int64_t>(limits::coupons_per_event_max))
        return unexpected(Rejection::too_many_coupons);
    const auto gifts = gifts_of(decision.programme.coupons, fact.coupon, fact.count);
    if (gifts.empty()) return unexpected(Rejection::unknown_coupon);
    if (const auto rejection = check_gifts(decision, gifts)) return unexpected(*rejection);

    remember(decision.member, fact);
    give_coupons(decision, gifts);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const CouponClaimed& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) return duplicate(decision);
    const auto found = claimed(decision, fact);
    if (!found) return unexpected(found.error());
    const CouponTemplate& terms = **found;
    const CouponGift gift{&terms, 1, nullptr};
    if (const auto rejection = check_claim(decision, terms)) return unexpected(*rejection);
    if (const auto rejection = check_gifts(decision, {&gift, 1})) return unexpected(*rejection);
    if (terms.claim->points > member.points_available) return unexpected(Rejection::not_enough_points);

    remember(member, fact);
    // What it costs the shop is booked when the coupon is used.
    if (!terms.claim->points.is_zero())
        take_points(decision, terms.claim->points, Account::points_redeemed, Cause::claim, {}, {}, nullptr);
    give_coupons(decision, {&gift, 1});
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const CouponRevoked& fact) {
    if (find_coupon(decision.member, fact.coupon) == nullptr) return unexpected(Rejection::coupon_not_found);
    const Coupon coupon = take_coupon(decision.member, fact.coupon);
    coupon_changed(decision, coupon, CouponStatus::revoked, -exposure_of(decision.versions, coupon));
    const CouponTemplate* terms = terms_of(decision.versions, coupon);
    if (terms != nullptr && terms->kind == CouponTemplate::Kind::invitation) free_seat(decision, coupon);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const InvitationAttended& fact) {
    const Coupon* held = find_coupon(decision.member, fact.coupon);
    if (held == nullptr) return unexpected(Rejection::coupon_not_found);
    const CouponTemplate* terms = terms_of(decision.versions, *held);
    if (terms == nullptr || terms->kind != CouponTemplate::Kind::invitation)
        return unexpected(Rejection::coupon_not_usable);
    decision.outcome.stock_taken.push_back({stock_of_attendance(terms->name), 1, decision.now});
    coupon_changed(decision, take_coupon(decision.member, fact.coupon), CouponStatus::used, Money());
    return {};
}

}  // namespace regulars::engine
