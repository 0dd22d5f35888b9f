#include "backtest/tally.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "base/fraction.hpp"

namespace regulars::backtest {

using engine::Account;
using engine::Cause;
using engine::TierChangeReason;

namespace {

// The code under which rewards for reviews of products are booked.
constexpr std::string_view reviews_code = "reviews";

// Of what an activity brings, what the member did; the others only follow from that.
bool is_something_done(std::string_view what) {
    constexpr std::array<std::string_view, 4> follows{"step", "freeze_used", "freeze_bought", "turns_given"};
    return std::find(follows.begin(), follows.end(), what) == follows.end();
}

// Whether pieces were bought (1), came back (-1), or only went on their way. A coupon is in the wallet at once.
std::int64_t sign_of(engine::RedemptionStatus status, bool is_coupon) {
    if (status == engine::RedemptionStatus::cancelled) return -1;
    const auto bought = is_coupon ? engine::RedemptionStatus::delivered : engine::RedemptionStatus::placed;
    return status == bought ? 1 : 0;
}

}  // namespace

Tally::Tally(const programme::Programme& programme, const MonthAxis& months)
    : programme_(programme),
      months_(months),
      tier_count_(programme.tiers.size()),
      figures_(months.size()),
      tier_sales_(tier_count_),
      tier_costs_(tier_count_),
      tier_members_(tier_count_),
      costs_(engine::benefit_codes(programme).size()),
      peak_to_last_(tier_count_ * tier_count_) {
    for (const programme::CouponTemplate& terms : programme.coupons.templates)
        coupons_.push_back({terms.name, terms.title});
    for (const programme::Activity& activity : programme.activities.activities)
        activities_.push_back({activity.name, activity.title});
    if (programme.activities.reviews.on) activities_.push_back({std::string(reviews_code), {}});
    for (const programme::MallItem& item : programme.mall.items) activities_.push_back({item.name, item.title});
    for (std::size_t i = 0; i < activities_.size(); ++i) activity_places_.emplace(activities_[i].code, i);
    for (std::size_t month = 0; month < figures_.size(); ++month) {
        figures_[month].first_day = months.first_day(month);
        figures_[month].tier_members.resize(tier_count_);
        figures_[month].tier_moves.resize(tier_count_ * tier_count_);
        figures_[month].costs_minor.resize(costs_.size());
    }
}

void Tally::add_member(Instant at) {
    ++figures_[months_.place_of(at)].tier_members[0];
}

void Tally::add_sales(Instant at, programme::TierRank tier, std::int64_t minor) {
    tier_sales_[tier] += minor;
    figures_[months_.place_of(at)].sales_minor += minor;
}

void Tally::add(const engine::Outcome& outcome, MemberSums& sums) {
    for (const engine::LedgerEntry& entry : outcome.ledger) add_entry(entry, sums);
    for (const engine::TierChange& change : outcome.tier_changes) {
        sums.peak_tier = std::max(sums.peak_tier, change.to);
        if (change.from != change.to) add_change(change);
    }
    for (const engine::CouponChange& change : outcome.coupon_changes) add_coupon(change);
    if (!activities_.empty()) add_activities(outcome);
    for (const engine::Cost& cost : outcome.costs) {
        const std::int64_t minor = cost.amount.count();
        costs_[cost.benefit] += minor;
        tier_costs_[cost.tier] += minor;
        sums.costs_minor += minor;
        figures_[months_.place_of(cost.at)].costs_minor[cost.benefit] += minor;
    }
}

// Only what crosses the shop's accounts is a flow; between the member's own (available, owed) nothing is gained.
void Tally::add_entry(const engine::LedgerEntry& entry, MemberSums& sums) {
    MonthFigures& month =
        figures_[entry.cause == Cause::expiry ? months_.place_of_end(entry.at) : months_.place_of(entry.at)];
    const auto flow = [&](Account account, std::int64_t amount) {
        switch (account) {
            case Account::points_available:
            case Account::points_held:
            case Account::points_owed:
                month.points_outstanding += amount;
                return;
            case Account::points_issued:
            case Account::points_adjusted:
                points_.issued -= amount;
                month.points_issued -= amount;
                sums.points -= amount;
                return;
            case Account::points_reversed:
            case Account::points_written_off:
                points_.reversed += amount;
                month.points_reversed += amount;
                sums.points -= amount;
                return;
            case Account::points_redeemed:
                points_.redeemed += amount;
                month.points_redeemed += amount;
                return;
            case Account::points_expired:
                points_.expired += amount;
                month.points_expired += amount;
                return;
            case Account::balance_topped_up:
            case Account::balance_bonus:
            case Account::balance_cashback:
            case Account::balance_held:
            case Account::balance_expired:
            case Account::money_received:
            case Account::money_spent:
            case Account::programme_cost:
            case Account::plans_sold:
            case Account::points_merged:
            case Account::balance_merged:
                return;
        }
    };
    flow(entry.from, -entry.amount);
    flow(entry.to, entry.amount);
}

void Tally::add_change(const engine::TierChange& change) {
    const bool ends_a_day = change.reason == TierChangeReason::period_end || change.reason == TierChangeReason::review;
    MonthFigures& month = figures_[ends_a_day ? months_.place_of_end(change.at) : months_.place_of(change.at)];
    --month.tier_members[change.from];
    ++month.tier_members[change.to];
    ++month.tier_moves[change.from * tier_count_ + change.to];
}

// Nothing is reserved in a backtest: what becomes usable without being new has come back with its order.
void Tally::add_coupon(const engine::CouponChange& change) {
    const programme::CouponTemplate* const terms = programme_.coupons.find(change.coupon.name);
    check(terms != nullptr, "a backtest has one programme, which has given every coupon");
    CouponFigures& figures = coupons_[static_cast<std::size_t>(terms - programme_.coupons.templates.data())];
    if (change.issued) ++figures.given;
    switch (change.status) {
        case engine::CouponStatus::usable: figures.used -= change.issued ? 0 : 1; return;
        case engine::CouponStatus::used: ++figures.used; return;
        case engine::CouponStatus::expired: ++figures.expired; return;
        case engine::CouponStatus::revoked: ++figures.revoked; return;
        case engine::CouponStatus::held:
        case engine::CouponStatus::offered:
        case engine::CouponStatus::passed: break;
    }
    check_failed("nobody reserves or passes on a coupon in a backtest");
}

ActivityFigures* Tally::figures_of(std::string_view code) {
    const auto place = activity_places_.find(code);
    return place == activity_places_.end() ? nullptr : &activities_[place->second];
}

void Tally::add_activities(const engine::Outcome& outcome) {
    for (const engine::ActivityResult& result : outcome.activity_results) {
        ActivityFigures* figures = figures_of(result.activity);
        if (figures == nullptr) continue;
        figures->times += is_something_done(result.what) ? 1 : 0;
        figures->points_given += result.points.count();
        figures->points_paid += result.paid.count();
    }
    for (const engine::Redemption& redemption : outcome.redemptions) {
        ActivityFigures* figures = figures_of(redemption.item);
        if (figures == nullptr) continue;
        const auto* item = programme_.mall.find(redemption.item);
        const std::int64_t sign = sign_of(redemption.status, item->kind == programme::MallItem::Kind::coupon);
        figures->times += sign * redemption.quantity;
        figures->points_paid += sign * redemption.points.count();
    }
    ActivityFigures* reviews = figures_of(reviews_code);
    for (const engine::ReviewChange& change : outcome.reviews) {
        if (reviews == nullptr || change.review.status != engine::ReviewStatus::taken_back) continue;
        --reviews->times;
        reviews->points_given -= change.review.points.count();
    }
}

void Tally::close(const engine::Member& member, const MemberSums& sums) {
    ++members_;
    ++tier_members_[member.tier.rank];
    ++peak_to_last_[sums.peak_tier * tier_count_ + member.tier.rank];
    points_.available += member.points_available.count();
    points_.owed += member.points_owed.count();
    points_.pending += engine::points_pending(member).count();
    balance_minor_ += member.balance.total().count();
}

namespace {

std::int64_t millionths(std::int64_t part, std::int64_t whole) {
    constexpr std::int64_t scale = 1'000'000;
    if (whole <= 0) return 0;
    return divide(static_cast<Int128>(part) * scale, whole, Rounding::half_up);
}

}  // namespace

void Tally::fill(Report& report) const {
    report.members = members_;
    report.peak_to_last = peak_to_last_;
    for (std::size_t rank = 0; rank < tier_count_; ++rank) {
        const programme::Tier& tier = programme_.tiers[rank];
        report.tiers.push_back({tier.name, tier.title, tier_members_[rank], tier_sales_[rank], tier_costs_[rank]});
        report.sales_minor += tier_sales_[rank];
    }
    const auto& codes = engine::benefit_codes(programme_);
    for (std::size_t benefit = 0; benefit < codes.size(); ++benefit) {
        report.costs.push_back({codes[benefit], costs_[benefit]});
        report.costs_minor += costs_[benefit];
    }
    report.coupons = coupons_;
    for (std::size_t i = 0; i < coupons_.size(); ++i)
        report.coupons[i].cost_minor = costs_[programme_.coupons.templates[i].benefit];
    report.cost_share_millionths = millionths(report.costs_minor, report.sales_minor);
    report.balance_minor = balance_minor_;
    report.liability_minor = multiply(points_.available, programme_.points.value, Rounding::half_up) + balance_minor_;
    fill_activities(report);
    fill_points(report);
    fill_months(report);
}

void Tally::fill_activities(Report& report) const {
    report.activities = activities_;
    const auto& codes = engine::benefit_codes(programme_);
    for (ActivityFigures& figures : report.activities)
        for (std::size_t benefit = 0; benefit < codes.size(); ++benefit)
            if (codes[benefit] == figures.code) figures.cost_minor = costs_[benefit];
}

void Tally::fill_points(Report& report) const {
    report.points = points_;
    check_equal(points_.issued - points_.reversed - points_.redeemed - points_.expired,
                points_.available - points_.owed, "points by the ledger and by the members");
}

// Changes become stocks.
void Tally::fill_months(Report& report) const {
    report.months = figures_;
    for (std::size_t month = 1; month < report.months.size(); ++month) {
        const MonthFigures& before = report.months[month - 1];
        MonthFigures& figures = report.months[month];
        figures.points_outstanding += before.points_outstanding;
        for (std::size_t rank = 0; rank < tier_count_; ++rank) figures.tier_members[rank] += before.tier_members[rank];
    }
    if (report.months.empty()) return;
    const MonthFigures& last = report.months.back();
    check_equal(last.points_outstanding, points_.available - points_.owed, "points by month and by the members");
    for (std::size_t rank = 0; rank < tier_count_; ++rank)
        check_equal(last.tier_members[rank], tier_members_[rank], "members of a tier by month and at the end");
}

}  // namespace regulars::backtest
