#include "coupon_laws.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace regulars::model {

namespace {

using engine::CouponStatus;

const programme::CouponTemplate* terms_of(const programme::Versions& versions, const engine::Coupon& coupon) {
    const auto* made_by = versions.find(coupon.programme_version);
    return made_by == nullptr ? nullptr : made_by->coupons.find(coupon.name);
}

bool follows(CouponStatus before, CouponStatus after) {
    switch (before) {
        case CouponStatus::usable: return after != CouponStatus::usable;
        case CouponStatus::held: return after == CouponStatus::usable || after == CouponStatus::used;
        case CouponStatus::offered: return after == CouponStatus::usable || after == CouponStatus::passed;
        case CouponStatus::used: return after == CouponStatus::usable;
        case CouponStatus::expired:
        case CouponStatus::passed:
        case CouponStatus::revoked: return false;
    }
    return false;
}

/// What a coupon may cost the shop from now on, for a template with a budget.
Money exposure_of(const programme::CouponTemplate& terms, const engine::CouponChange& change) {
    if (!terms.stock.budget) return {};
    switch (change.status) {
        case CouponStatus::usable:
        case CouponStatus::offered:
        case CouponStatus::held: return terms.cost_max().value_or(Money());
        case CouponStatus::used: return change.amount;
        case CouponStatus::expired:
        case CouponStatus::revoked: return {};
        // It may still cost that, with the friend.
        case CouponStatus::passed: return terms.cost_max().value_or(Money());
    }
    return {};
}

bool same_coupon(const engine::Coupon& a, const engine::Coupon& b) {
    return std::tie(a.id, a.name, a.programme_version, a.granted_at, a.usable_from, a.expires_at) ==
           std::tie(b.id, b.name, b.programme_version, b.granted_at, b.usable_from, b.expires_at);
}

/// Where the member's coupons are. An order that was cancelled keeps the names of its coupons, not the coupons; one
/// that came back keeps only those that are lost with it.
struct Places {
    std::map<CouponId, int> in_wallet;
    std::map<CouponId, int> in_holds;
    std::map<CouponId, std::vector<std::pair<OrderNumber, Money>>> in_orders;

    void add(const engine::Order& order, const programme::Versions& versions) {
        if (order.status == engine::OrderStatus::cancelled) return;
        for (const engine::UsedCoupon& used : order.tenders.coupons) {
            const auto* terms = terms_of(versions, used.coupon);
            const bool returned = order.status == engine::OrderStatus::returned;
            if (!returned || terms == nullptr || !terms->back_on_return)
                in_orders[used.coupon.id].emplace_back(order.number, used.amount);
        }
    }
    [[nodiscard]] std::size_t count(CouponId id) const {
        const auto of = [&](const std::map<CouponId, int>& place) {
            const auto found = place.find(id);
            return found == place.end() ? std::size_t{0} : static_cast<std::size_t>(found->second);
        };
        const auto orders = in_orders.find(id);
        return of(in_wallet) + of(in_holds) + (orders == in_orders.end() ? 0 : orders->second.size());
    }
    [[nodiscard]] std::size_t size() const { return in_wallet.size() + in_holds.size() + in_orders.size(); }
};

Places places_of(const engine::Member& member, const CouponLaws::Orders& closed, const programme::Versions& versions) {
    Places places;
    for (const engine::Coupon& coupon : member.coupons) ++places.in_wallet[coupon.id];
    for (const engine::Hold& hold : member.holds)
        for (const engine::UsedCoupon& used : hold.tenders.coupons) ++places.in_holds[used.coupon.id];
    for (const engine::Offer& offer : member.offers) ++places.in_holds[offer.coupon.id];
    for (const engine::Order& order : member.open_orders) places.add(order, versions);
    for (const auto& [order_id, order] : closed) places.add(order, versions);
    return places;
}

}  // namespace

void CouponLaws::follow(const engine::Outcome& outcome, const programme::Versions& versions,
                        std::span<const engine::StockLeft> stock, LawBook& laws) {
    std::map<std::string, std::int64_t> issued;
    for (const engine::CouponChange& change : outcome.coupon_changes) {
        if (change.issued) {
            follow_issue(change, versions, laws);
            ++issued[change.coupon.name];
        }
        follow_change(change, versions, laws);
    }
    for (const engine::StockLeft& told : stock) {
        const auto* terms = versions.current().coupons.find(told.coupon);
        if (terms == nullptr || !terms->stock.shared()) continue;
        laws.hold(issued[told.coupon] <= std::max<std::int64_t>(told.left, 0), "no more coupons come than are left");
    }
    for (const engine::Notice& notice : outcome.notices)
        if (notice.kind == engine::NoticeKind::coupon_lapses) follow_reminder(notice, laws);
}

void CouponLaws::follow_issue(const engine::CouponChange& change, const programme::Versions& versions, LawBook& laws) {
    laws.hold(!fates_.contains(change.coupon.id), "a coupon is issued once");
    laws.hold(change.coupon.id.value == fates_.size() + gaps_ + 1, "coupons are numbered without gaps");
    laws.hold(change.status == CouponStatus::usable, "a coupon is issued to be used");
    laws.hold(change.coupon.granted_at == change.at, "a coupon knows when it was given");
    const auto* terms = terms_of(versions, change.coupon);
    laws.hold(terms != nullptr, "a coupon has terms");
    if (terms == nullptr) return;
    const LocalDate day = versions.find(change.coupon.programme_version)->zone.date(change.at);
    Had& had = had_[change.coupon.name];
    ++had.total;
    ++had.by_day[day];
    if (terms->stock.per_member)
        laws.hold(had.total <= *terms->stock.per_member, "nobody has more of a coupon than one may have");
    if (terms->stock.per_member_day)
        laws.hold(had.by_day[day] <= *terms->stock.per_member_day, "nobody has more of a coupon a day than one may");
    fates_[change.coupon.id].issued = change.coupon;
}

void CouponLaws::follow_change(const engine::CouponChange& change, const programme::Versions& versions,
                               LawBook& laws) {
    const auto* its_terms = terms_of(versions, change.coupon);
    const bool from_friend = !fates_.contains(change.coupon.id) && change.status == CouponStatus::usable &&
                             change.coupon.id.value == fates_.size() + gaps_ + 1 && its_terms != nullptr &&
                             its_terms->gift_hours;
    if (from_friend)
        fates_[change.coupon.id] = {change.coupon, CouponStatus::held, {}, {}, exposure_of(*its_terms, change), false};
    const auto found = fates_.find(change.coupon.id);
    laws.hold(found != fates_.end(), "a coupon is told of after it was issued");
    if (found == fates_.end()) return;
    Fate& fate = found->second;
    if (!change.issued) laws.hold(follows(fate.status, change.status), "a coupon goes from where it is");
    laws.hold(same_coupon(fate.issued, change.coupon), "a coupon keeps its terms and times");
    if (change.status == CouponStatus::expired)
        laws.hold(change.at >= change.coupon.expires_at, "a coupon lapses when its time is over");
    fate.status = change.status;
    fate.order = change.order;
    fate.amount = change.amount;
    fate.exposure += change.exposure;
    const auto* terms = terms_of(versions, change.coupon);
    if (change.freed) {
        const bool is_seat = terms != nullptr && terms->kind == programme::CouponTemplate::Kind::invitation;
        laws.hold(is_seat && change.status == CouponStatus::revoked, "only who declines an invitation frees a seat");
        Had& had = had_[change.coupon.name];
        --had.total;
        --had.by_day[versions.find(change.coupon.programme_version)->zone.date(change.coupon.granted_at)];
    }
    if (terms == nullptr) return;
    laws.hold(fate.exposure == exposure_of(*terms, change), "a budget counts what a coupon may cost, or did");
    laws.hold(change.amount >= Money() && change.amount <= terms->cost_max().value_or(change.amount),
              "a coupon takes off no more than it can");
}

void CouponLaws::follow_reminder(const engine::Notice& notice, LawBook& laws) {
    Fate& fate = fates_[notice.coupon];
    laws.hold(!fate.reminded, "of a coupon a member is reminded once");
    laws.hold(notice.at < fate.issued.expires_at, "a reminder comes in time");
    fate.reminded = true;
}

void CouponLaws::begin_anew(const engine::Member& member, const Orders& closed, const programme::Versions& versions) {
    fates_.clear();
    had_.clear();
    const auto follow_one = [&](const engine::UsedCoupon& used, CouponStatus status, OrderNumber order) {
        Fate fate{used.coupon, status, order, used.amount, {}, false};
        const engine::CouponChange change{used.coupon, status, {}, order, used.amount, false, false, {}};
        if (const auto* terms = terms_of(versions, used.coupon)) fate.exposure = exposure_of(*terms, change);
        fates_.insert_or_assign(used.coupon.id, fate);
    };
    const Places places = places_of(member, closed, versions);
    const auto follow_order = [&](const engine::Order& order) {
        for (const engine::UsedCoupon& used : order.tenders.coupons)
            if (places.in_orders.contains(used.coupon.id)) follow_one(used, CouponStatus::used, order.number);
    };
    for (const auto& [order_id, order] : closed) follow_order(order);
    for (const engine::Order& order : member.open_orders) follow_order(order);
    for (const engine::Coupon& coupon : member.coupons) follow_one({coupon, {}}, CouponStatus::usable, {});
    gaps_ = member.last_coupon_id - fates_.size();
}

void CouponLaws::check(const engine::Member& member, const Orders& closed, const programme::Versions& versions,
                       LawBook& laws) const {
    const auto by_expiry = [](const engine::Coupon& a, const engine::Coupon& b) {
        return std::tie(a.expires_at, a.id) < std::tie(b.expires_at, b.id);
    };
    laws.hold(std::is_sorted(member.coupons.begin(), member.coupons.end(), by_expiry), "the wallet is in order");
    for (const engine::Coupon& coupon : member.coupons)
        laws.hold(coupon.expires_at > member.advanced_to, "nothing in the wallet has lapsed");
    laws.hold(member.last_coupon_id == fates_.size() + gaps_, "every coupon was told of");

    const Places places = places_of(member, closed, versions);
    std::size_t placed = 0;
    for (const auto& [id, fate] : fates_) {
        const std::size_t count = places.count(id);
        placed += count;
        // Without an order: it has made up for a missed check-in, or its invitation was followed.
        const bool used_up = fate.status == CouponStatus::used && fate.order == OrderNumber();
        const bool gone = used_up || fate.status == CouponStatus::expired || fate.status == CouponStatus::revoked ||
                          fate.status == CouponStatus::passed;
        laws.hold(count == (gone ? 0U : 1U), "a coupon is in exactly one place");
        if (fate.status == CouponStatus::usable) laws.hold(places.in_wallet.contains(id), "a coupon is in the wallet");
        if (fate.status == CouponStatus::held) laws.hold(places.in_holds.contains(id), "a held coupon is in a hold");
        if (used_up || fate.status != CouponStatus::used) continue;
        const auto used = places.in_orders.find(id);
        laws.hold(used != places.in_orders.end() && used->second.front() == std::pair(fate.order, fate.amount),
                  "a used coupon is where it was told to be used, for what it took off there");
    }
    laws.hold(placed == places.size(), "nobody has a coupon that was not issued");
}

}  // namespace regulars::model
