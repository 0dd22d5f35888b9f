#include "service/partner_pools.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/limits.hpp"
#include "service/activity_stocks.hpp"
#include "service/coupon_stocks.hpp"

namespace regulars::service {

namespace {

using programme::CouponTemplate;

constexpr auto scarce_max = static_cast<std::int64_t>(limits::coupons_per_event_max);

bool is_partner(const CouponTemplate& terms) { return terms.kind == CouponTemplate::Kind::partner; }

bool holds_partner(const programme::CouponPolicy& coupons, const std::vector<programme::CouponPack::Item>& items) {
    return std::ranges::any_of(items, [&](const auto& item) { return is_partner(coupons.templates[item.coupon]); });
}

bool may_give_partner(const programme::Programme& programme, const engine::Event& event) {
    const programme::CouponPolicy& coupons = programme.coupons;
    const engine::Fact& fact = event.fact;
    const auto rewards_it = [&](const CouponTemplate& one) {
        return is_partner(one) && may_reward(programme, event, one);
    };
    if (std::ranges::any_of(coupons.templates, rewards_it)) return true;
    if (const auto* claim = std::get_if<engine::CouponClaimed>(&fact)) {
        const CouponTemplate* terms =
            claim->coupon.empty() ? coupons.find_code(claim->code) : coupons.find(claim->coupon);
        if (terms != nullptr) return is_partner(*terms);
        // A code that works once may be for any of those that are taken so.
        return std::ranges::any_of(coupons.templates, [](const CouponTemplate& one) {
            return is_partner(one) && one.claim && one.claim->unique_codes;
        });
    }
    const auto* grant = std::get_if<engine::CouponGranted>(&fact);
    if (grant == nullptr) return false;
    const CouponTemplate* terms = coupons.find(grant->coupon);
    const programme::CouponPack* pack = coupons.find_pack(grant->coupon);
    return (terms != nullptr && is_partner(*terms)) || (pack != nullptr && holds_partner(coupons, pack->items));
}

// Whether any command of a batch may give a partner's coupon. Registering gives some in few programmes only.
bool may_need(const programme::Programme& programme, std::span<const Command* const> commands) {
    if (std::ranges::none_of(programme.coupons.templates, is_partner)) return false;
    const bool at_registration = std::ranges::any_of(programme.grants, [&](const programme::Grant& grant) {
        return grant.on == programme::Grant::On::registration && holds_partner(programme.coupons, grant.coupons);
    });
    return std::ranges::any_of(commands, [&](const Command* command) {
        return at_registration || may_give_partner(programme, command->event);
    });
}

}  // namespace

PartnerPools::Entry* PartnerPools::find(std::string_view name) {
    const auto found = std::ranges::find(pools_, name, [](const Entry& entry) { return entry.pool.name; });
    return found == pools_.end() ? nullptr : &*found;
}

const PartnerPools::Entry* PartnerPools::find(std::string_view name) const {
    const auto found = std::ranges::find(pools_, name, [](const Entry& entry) { return entry.pool.name; });
    return found == pools_.end() ? nullptr : &*found;
}

Stored<void> PartnerPools::load(Store& store, const programme::Programme& programme,
                                std::span<const Command* const> commands, const PartnerPools* before) {
    if (!may_need(programme, commands)) return {};
    std::vector<std::string> names;
    for (const CouponTemplate& terms : programme.coupons.templates)
        if (is_partner(terms)) names.push_back(terms.pool);
    const auto found = store.load_pools(names);
    if (!found) return unexpected(found.error());
    check_equal(found->size(), names.size(), "storage answers for every pool");
    for (std::size_t i = 0; i < names.size(); ++i) {
        PartnerPool pool = (*found)[i].value_or(PartnerPool{});
        pool.name = names[i];
        const Entry* earlier = before != nullptr ? before->find(names[i]) : nullptr;
        // What is being committed is not in storage yet, or has just come there. If anybody else has changed the pool,
        // that commit fails, and this batch is decided anew.
        if (earlier != nullptr && earlier->changed && earlier->pool.version == pool.version) {
            pool.given = earlier->pool.given;
            ++pool.version;
        }
        pools_.push_back({std::move(pool), false});
    }
    return {};
}

void PartnerPools::tell(const programme::Programme& programme, const engine::Event& event,
                        const engine::Member& member, std::vector<engine::StockLeft>& scarce) const {
    for (const Entry& entry : pools_) {
        const std::int64_t left = entry.pool.left();
        if (left >= scarce_max) continue;
        const auto terms = std::ranges::find_if(programme.coupons.templates, [&](const CouponTemplate& one) {
            return is_partner(one) && one.pool == entry.pool.name;
        });
        if (terms == programme.coupons.templates.end() || !may_give(programme, event, member, *terms)) continue;
        const auto place = std::ranges::lower_bound(scarce, terms->name, {}, &engine::StockLeft::coupon);
        if (place != scarce.end() && place->coupon == terms->name) place->left = std::min(place->left, left);
        else scarce.insert(place, {terms->name, left});
    }
}

void PartnerPools::give(const programme::Programme& programme, const engine::Outcome& outcome, MemberId member) {
    for (const engine::CouponChange& change : outcome.coupon_changes) {
        // One that an older version has given meanwhile came by the passing of time, and brings no code.
        if (!change.issued || change.coupon.programme_version != programme.version) continue;
        const CouponTemplate* terms = programme.coupons.find(change.coupon.name);
        if (terms == nullptr || !is_partner(*terms)) continue;
        Entry* entry = find(terms->pool);
        check(entry != nullptr && entry->pool.left() > 0, "a partner's coupon is given only while there are codes");
        entry->changed = true;
        uses_.push_back({terms->pool, ++entry->pool.given, member, change.coupon.id, change.at});
    }
}

std::vector<PartnerPool> PartnerPools::rows() const {
    std::vector<PartnerPool> rows;
    for (const Entry& entry : pools_)
        if (entry.changed) rows.push_back(entry.pool);
    return rows;
}

}  // namespace regulars::service
