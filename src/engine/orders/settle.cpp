#include "engine/orders/settle.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/fraction.hpp"
#include "engine/activities/draws.hpp"
#include "engine/activities/product_reviews.hpp"
#include "engine/counters.hpp"
#include "engine/friends/referrals.hpp"
#include "engine/holdings/benefits.hpp"
#include "engine/holdings/coupons.hpp"
#include "engine/holdings/grants.hpp"
#include "engine/holdings/plans.hpp"
#include "engine/holdings/points.hpp"
#include "engine/holdings/stored_value.hpp"
#include "engine/holdings/tiers.hpp"
#include "engine/orders/card_invitation.hpp"
#include "engine/orders/tenders.hpp"
#include "engine/pricing/earn.hpp"
#include "engine/pricing/promotions.hpp"

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

// What a benefit costs on an order; a plan's is kept apart, so that it counts as what the plan has saved.
OrderCost cost_of(const Decision& decision, const Given& given, bool by_amount) {
    OrderCost cost{given.benefit, by_amount, given.amount};
    if (given.plan == 0) return cost;
    const HeldPlan* held = find_plan(decision.member, decision.programme.plans.plans[given.plan - 1].name);
    check(held != nullptr, "only plans that are held give anything");
    cost.plan = given.plan;
    cost.plan_period = held->period_began;
    return cost;
}

void add_cost(Order& order, const OrderCost& added) {
    if (added.amount.is_zero()) return;
    for (OrderCost& cost : order.costs)
        if (cost.benefit == added.benefit && cost.by_amount == added.by_amount && cost.programme_version == 0 &&
            cost.plan == added.plan) {
            cost.amount += added.amount;
            return;
        }
    order.costs.push_back(added);
}

// Where no plan gives any of it, the tier does, and nothing need be kept.
void keep_cashback(const Decision& decision, Order& order, const Earnings& earnings) {
    order.cashback = earnings.cashback;
    const auto by_plan = [](const Given& given) { return given.plan != 0; };
    if (std::none_of(earnings.cashbacks.begin(), earnings.cashbacks.end(), by_plan)) return;
    for (const Given& given : earnings.cashbacks)
        order.cashback_costs.push_back(cost_of(decision, given, true));
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
        for (const Given& given : earnings.discounts) add_cost(order, cost_of(decision, given, true));
    for (const Given& given : promotion_costs(decision.programme, order))
        add_cost(order, cost_of(decision, given, true));
    const bool by_coupon = is_of_kind([](const auto& terms) {
        return terms.kind == programme::CouponTemplate::Kind::free_shipping;
    });
    if (earnings.free_shipping != nullptr && !by_coupon && !order.shipping_fee.is_zero()) {
        const Given given{0, earnings.free_shipping->benefit, earnings.shipping_plan, order.shipping_fee};
        add_cost(order, cost_of(decision, given, false));
        count_use(decision.member, limit_of(*earnings.free_shipping),
                  decision.programme.zone.date(order.paid_at.value_or(decision.now)));
    }
    book_coupon_costs(decision, order);
    for (const OrderCost& cost : order.costs) book_cost(decision, order, cost, cost.amount);
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
    if (cost.plan != 0) count_saved(decision, order.programme_version, cost, amount);
}

// The cashback is one amount per order. Where plans give a part of it, what returns take goes off all parts in
// proportion, and the parts of several returns sum to the whole.
void book_cashback(Decision& decision, Order& order, Money change) {
    const auto* made_by = decision.versions.find(order.programme_version);
    if (made_by == nullptr || change.is_zero()) return;
    if (order.cashback_costs.empty()) {
        const auto& cashbacks = made_by->tiers[order.tier].cashbacks;
        if (!cashbacks.empty()) book_cost(decision, order, {cashbacks.front().benefit}, change);
        return;
    }
    std::vector<std::int64_t> amounts;
    for (const OrderCost& cost : order.cashback_costs) amounts.push_back(cost.amount.count());
    const auto undone = split(order.cashback_returned.count(), amounts);
    const bool settles = change > Money();
    for (std::size_t i = 0; i < undone.size(); ++i) {
        OrderCost& cost = order.cashback_costs[i];
        const Money so_far = settles ? cost.amount : cost.undone;
        book_cost(decision, order, cost, so_far - Money(undone[i]));
        cost.undone = Money(undone[i]);
    }
}

void pay_order(Decision& decision, Order& order, std::span<const Line> lines) {
    const auto& programme = decision.programme;
    const LocalDate day = programme.zone.date(order.paid_at.value_or(decision.now));
    order.status = OrderStatus::paid;
    order.programme_version = programme.version;
    order.tier = decision.member.tier.rank;
    order.points_scale = programme.points.scale;
    order.growth_scale = programme.growth.scale;
    order.plans = held_plans(programme, decision.member);
    order.flags = order_marks(programme, order.tier, order.plans);

    // Kept between calls for their memory only: filled anew each time.
    thread_local Earnings earnings;
    thread_local std::vector<programme::PriceKind> price_kinds;
    price_kinds.clear();
    for (const OrderLine& line : order.lines) price_kinds.push_back(line.price_kind);
    const auto gift_card = gift_card_parts(lines, order.gift_card);
    const auto by_points = points_parts(lines, gift_card, order.tenders.points_worth);
    Facts facts(programme, decision.member, decision.now, day);
    facts.set_order({lines, order.shipping_fee, order.channel, order.store});
    const Valuation valuation{lines,     price_kinds, gift_card, by_points, {order.channel, order.store, day},
                              order.tier, order.plans};
    value_order(programme, valuation, facts, earnings,
                decision.outcome.explain ? &decision.outcome.explanation : nullptr);

    // An order is a fact: goods that were not for the member are marked, so that somebody looks.
    const Purchase purchase{order.channel, order.store, day};
    if (!missing_accesses(programme, decision.member, {lines, price_kinds, purchase, decision.now}, facts).empty())
        order.flags.emplace_back("exclusive_goods");
    keep_line_earnings(order, earnings);
    order.points = capped(decision, round_points(programme.points, order.points_scale, earned_parts(order)), day);
    order.growth = round_growth(programme.growth, order.growth_scale, growth_sum(order)) + earnings.growth_per_order;
    keep_cashback(decision, order, earnings);
    book_benefits(decision, order, earnings);
    invite_to_card(decision, order, facts);
}

void schedule_settlement(const Decision& decision, Order& order) {
    // What is due stays due, whatever is told of it before time passes: the shop may have settled it.
    if (order.settles_at <= decision.now) return;
    const auto* made_by =
        order.programme_version == 0 ? &decision.programme : decision.versions.find(order.programme_version);
    const auto& settlement = (made_by != nullptr ? *made_by : decision.programme).settlement;
    const auto later = [&](std::optional<Instant> from) {
        if (!from) return instant_max;
        const LocalTime time = decision.programme.zone.local(*from);
        return decision.programme.zone.instant({add_days(time.date, settlement.days), time.ms_of_day});
    };
    using Kind = programme::Settlement::Kind;
    // One that waits for others to buy together has no such moment yet.
    if (order.group_leader != MemberId() && settlement.kind != Kind::explicit_event) {
        order.settles_at = instant_max;
        return;
    }
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
        book_cashback(decision, order, cashback);
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
    give_turns_for_order(decision, order);
    schedule_review(decision, order);
    tell_of_settlement(decision, order);
    decision.outcome.closed_orders.push_back(std::move(order));
}

}  // namespace regulars::engine
