#include "engine/settle.hpp"

#include <algorithm>

#include "base/fraction.hpp"
#include "engine/counters.hpp"
#include "engine/coupons.hpp"
#include "engine/earn.hpp"
#include "engine/grants.hpp"
#include "engine/points.hpp"
#include "engine/stored_value.hpp"
#include "engine/tenders.hpp"
#include "engine/tiers.hpp"

namespace regulars::engine {

namespace {

// Daily and monthly caps count what was promised, by the local day of payment; returns do not free them.
Points capped(Decision& decision, Points points, LocalDate day) {
    const auto& policy = decision.programme.points;
    if (policy.cap_per_order) points = std::min(points, *policy.cap_per_order);
    if (!policy.cap_per_day && !policy.cap_per_month) return points;
    Member& member = decision.member;
    if (first_of(CalendarUnit::month, day) != first_of(CalendarUnit::month, member.cap_day))
        member.cap_month_points = Points();
    if (day != member.cap_day) member.cap_day_points = Points();
    member.cap_day = day;
    if (policy.cap_per_day) points = std::min(points, std::max(Points(), *policy.cap_per_day - member.cap_day_points));
    if (policy.cap_per_month)
        points = std::min(points, std::max(Points(), *policy.cap_per_month - member.cap_month_points));
    member.cap_day_points += points;
    member.cap_month_points += points;
    return points;
}

void add_cost(Order& order, std::uint32_t benefit, Money amount, bool by_amount) {
    if (amount.is_zero()) return;
    for (OrderCost& cost : order.costs)
        if (cost.benefit == benefit && cost.by_amount == by_amount && cost.programme_version == 0) {
            cost.amount += amount;
            return;
        }
    order.costs.push_back({benefit, by_amount, amount, Money(), 0});
}

void book_benefits(Decision& decision, Order& order, const Earnings& earnings) {
    const auto& coupons = order.tenders.coupons;
    const auto is_of_kind = [&](auto is) {
        return std::any_of(coupons.begin(), coupons.end(), [&](const UsedCoupon& used) {
            const auto* terms = terms_of(decision.versions, used.coupon);
            return terms != nullptr && is(*terms);
        });
    };
    if (!is_of_kind([](const auto& terms) { return !terms.with_tier_price; }))
        for (const LineEarnings& line : earnings.lines) add_cost(order, line.discount_benefit, line.discount, true);
    const auto& tier = decision.programme.tiers[order.tier];
    const bool by_coupon = is_of_kind([](const auto& terms) {
        return terms.kind == programme::CouponTemplate::Kind::free_shipping;
    });
    if (earnings.free_shipping && !by_coupon) add_cost(order, tier.free_shipping->benefit, order.shipping_fee, false);
    book_coupon_costs(decision, order);
    for (const OrderCost& cost : order.costs) book_cost(decision, order, cost, cost.amount);
}

// The cashback is one amount per order; it is split over the benefits that made it only for the costs.
void book_cashback(Decision& decision, const Order& order) {
    const auto* made_by = decision.versions.find(order.programme_version);
    if (made_by == nullptr || order.cashback.is_zero()) return;
    const auto& cashbacks = made_by->tiers[order.tier].cashbacks;
    if (!cashbacks.empty())
        book_cost(decision, order, {cashbacks.front().benefit}, order.cashback - order.cashback_returned);
}

std::vector<std::int64_t> earned_parts(const Order& order) {
    std::vector<std::int64_t> parts;
    for (const OrderLine& line : order.lines) parts.push_back(line.points_scaled);
    return parts;
}

std::int64_t growth_sum(const Order& order) {
    std::int64_t sum = 0;
    for (const OrderLine& line : order.lines) sum += line.growth_scaled;
    return sum;
}

void keep_line_earnings(Order& order, const Earnings& earnings) {
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        order.lines[i].points_scaled = earnings.lines[i].points_scaled;
        order.lines[i].growth_scaled = earnings.lines[i].growth_scaled;
        order.lines[i].earns_cashback = earnings.lines[i].earns_cashback;
    }
}

}  // namespace

void book_cost(Decision& decision, const Order& order, const OrderCost& cost, Money amount) {
    if (amount.is_zero()) return;
    const auto version = cost.programme_version != 0 ? cost.programme_version : order.programme_version;
    decision.outcome.costs.push_back({decision.now, cost.benefit, amount, order.tier, order.number, version});
}

void pay_order(Decision& decision, Order& order, std::span<const Line> lines) {
    const auto& programme = decision.programme;
    const LocalDate day = programme.zone.date(order.paid_at.value_or(decision.now));
    order.status = OrderStatus::paid;
    order.programme_version = programme.version;
    order.tier = decision.member.tier.rank;
    order.points_scale = programme.points.scale;
    order.growth_scale = programme.growth.scale;
    order.flags = programme.tiers[order.tier].order_flags;

    // Kept between calls for their memory only: filled anew each time.
    thread_local Earnings earnings;
    thread_local std::vector<programme::PriceKind> price_kinds;
    price_kinds.clear();
    for (const OrderLine& line : order.lines) price_kinds.push_back(line.price_kind);
    const auto gift_card = gift_card_parts(lines, order.gift_card);
    const auto by_points = points_parts(lines, gift_card, order.tenders.points_worth);
    Facts facts(programme, decision.member, decision.now, day);
    facts.set_order({lines, order.shipping_fee, order.channel, order.store});
    const Valuation valuation{lines, price_kinds, gift_card, by_points, {order.channel, order.store, day}, order.tier};
    value_order(programme, valuation, facts, earnings,
                decision.outcome.explain ? &decision.outcome.explanation : nullptr);

    keep_line_earnings(order, earnings);
    order.points = capped(decision, round_points(programme.points, order.points_scale, earned_parts(order)), day);
    order.growth = round_growth(programme.growth, order.growth_scale, growth_sum(order)) + earnings.growth_per_order;
    order.cashback = earnings.cashback;
    book_benefits(decision, order, earnings);
}

void schedule_settlement(const Decision& decision, Order& order) {
    const auto* made_by =
        order.programme_version == 0 ? &decision.programme : decision.versions.find(order.programme_version);
    const auto& settlement = (made_by != nullptr ? *made_by : decision.programme).settlement;
    const auto later = [&](std::optional<Instant> from) {
        if (!from) return instant_max;
        const LocalTime time = decision.programme.zone.local(*from);
        return decision.programme.zone.instant({add_days(time.date, settlement.days), time.ms_of_day});
    };
    using Kind = programme::Settlement::Kind;
    switch (settlement.kind) {
        case Kind::at_payment: order.settles_at = order.paid_at.value_or(instant_max); return;
        case Kind::after_shipping: order.settles_at = later(order.shipped_at); return;
        case Kind::after_delivery: order.settles_at = later(order.delivered_at); return;
        case Kind::explicit_event: return;  // set by OrderSettled
    }
}

OrderShare remaining_share(const programme::Programme& programme, const Order& order) {
    OrderShare share;
    std::vector<std::int64_t> points;
    std::int64_t growth = 0;
    std::int64_t cashback_base = 0;
    std::int64_t cashback_left = 0;
    share.nothing_left = true;
    for (const OrderLine& line : order.lines) {
        const Money left = line.amount - line.amount_returned;
        const auto part = [&](std::int64_t whole) {
            if (line.amount.is_zero()) return whole;
            return divide(static_cast<Wide>(whole) * left.count(), line.amount.count(), Rounding::down);
        };
        share.amount += left;
        points.push_back(part(line.points_scaled));
        growth += part(line.growth_scaled);
        if (line.earns_cashback) {
            cashback_base += line.amount.count();
            cashback_left += left.count();
        }
        share.nothing_left = share.nothing_left && line.quantity_returned == line.quantity && left.is_zero();
    }
    if (share.nothing_left) return share;
    share.points = std::min(order.points, round_points(programme.points, order.points_scale, points));
    share.growth =
        std::min(order.growth, round_growth(programme.growth, order.growth_scale, growth) + programme.growth.per_order);
    if (cashback_base > 0)
        share.cashback =
            Money(divide(static_cast<Wide>(order.cashback.count()) * cashback_left, cashback_base, Rounding::down));
    return share;
}

void settle_order(Decision& decision, std::size_t index) {
    Member& member = decision.member;
    Order order = std::move(member.open_orders[index]);
    member.open_orders.erase(member.open_orders.begin() + static_cast<std::ptrdiff_t>(index));
    order.status = OrderStatus::settled;
    order.settled_at = decision.now;
    for (const OrderLine& line : order.lines) order.counted += line.amount - line.amount_returned;

    order.lot = grant_points(decision, order.points, Cause::settlement, order.number);
    const Money cashback = order.cashback - order.cashback_returned;
    if (!cashback.is_zero()) {
        member.balance.cashback += cashback;
        book(decision, Account::programme_cost, Account::balance_cashback, cashback.count(), Cause::settlement,
             order.number);
        book_cashback(decision, order);
        renew_balance_expiry(decision);
    }
    order.counting_epoch = member.counting_epoch;
    const LocalDate day = decision.programme.zone.date(order.settles_at);
    count(decision.programme, member, day, {order.counted, order.growth, order.points, 1}, true);
    explain(decision, "settlement", [&] {
        return "order " + order.order_id + " counts: " + std::to_string(order.points.count()) + " points granted";
    });
    if (member.lifetime.orders == 1) give_first_order_grants(decision);
    upgrade_if_qualified(decision);
    decision.outcome.closed_orders.push_back(std::move(order));
}

}  // namespace regulars::engine
