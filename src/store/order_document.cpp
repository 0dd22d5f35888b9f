#include "store/document_parts.hpp"

namespace regulars::stored {

static void write(const engine::OrderLine& line, OrderLine& to) {
    const auto& [sku, product, category, price_kind, quantity, quantity_returned, amount, list_amount, cost,
                 amount_returned, points_scaled, growth_scaled, earns_cashback, promotion] = line;
    to.set_promotion(promotion);
    to.set_sku(sku);
    to.set_product(product);
    to.set_category(category);
    to.set_price_kind(price_kind);
    to.set_quantity(quantity);
    to.set_quantity_returned(quantity_returned);
    to.set_amount(amount.count());
    if (list_amount) to.set_list_amount(list_amount->count());
    if (cost) to.set_cost(cost->count());
    to.set_amount_returned(amount_returned.count());
    to.set_points_scaled(points_scaled);
    to.set_growth_scaled(growth_scaled);
    to.set_earns_cashback(earns_cashback);
}

static void write(const engine::OrderCost& cost, OrderCost& to) {
    const auto& [benefit, by_amount, amount, undone, programme_version, plan, plan_period] = cost;
    to.set_benefit(benefit);
    to.set_by_amount(by_amount);
    to.set_amount(amount.count());
    to.set_undone(undone.count());
    to.set_programme_version(programme_version);
    to.set_plan(plan);
    to.set_plan_period(plan_period.ms);
}

static_assert(static_cast<int>(engine::OrderStatus::created) == created);
static_assert(static_cast<int>(engine::OrderStatus::paid) == paid);
static_assert(static_cast<int>(engine::OrderStatus::settled) == settled);
static_assert(static_cast<int>(engine::OrderStatus::cancelled) == cancelled);
static_assert(static_cast<int>(engine::OrderStatus::returned) == returned);

void write(const engine::Order& order, Order& to) {
    const auto& [order_id, number, status, programme_version, ordered_at, paid_at, shipped_at, delivered_at, settles_at,
                 settled_at, tier, plans, lines, shipping_fee, gift_card, channel, store, points_scale, growth_scale,
                 points, growth, cashback, cashback_returned, counted, counting_epoch, lot, points_spent, tenders,
                 tender_points_returned, tender_worth_returned, tender_balance_returned, costs, cashback_costs,
                 refund_ids, flags, reviews, group, group_leader] = order;
    to.set_group_leader(group_leader.value);
    write_list(reviews, *to.mutable_reviews());
    to.set_group(group);
    to.set_order_id(order_id);
    to.set_number(number.value);
    to.set_status(static_cast<OrderStatus>(status));
    to.set_programme_version(programme_version);
    to.set_ordered_at(ordered_at.ms);
    write_instant(to, &Order::set_paid_at, paid_at);
    write_instant(to, &Order::set_shipped_at, shipped_at);
    write_instant(to, &Order::set_delivered_at, delivered_at);
    write_instant(to, &Order::set_settles_at, settles_at, instant_max);
    write_instant(to, &Order::set_settled_at, settled_at);
    to.set_tier(tier);
    to.set_plans(plans);
    write_list(lines, *to.mutable_lines());
    to.set_shipping_fee(shipping_fee.count());
    to.set_gift_card(gift_card.count());
    to.set_channel(channel);
    to.set_store(store);
    to.set_points_scale(points_scale);
    to.set_growth_scale(growth_scale);
    to.set_points(points.count());
    to.set_growth(growth.count());
    to.set_cashback(cashback.count());
    to.set_cashback_returned(cashback_returned.count());
    to.set_counted(counted.count());
    to.set_counting_epoch(counting_epoch);
    to.set_lot(lot.value);
    write_list(points_spent, *to.mutable_points_spent());
    if (tenders != engine::Tenders()) write(tenders, *to.mutable_tenders());
    to.set_tender_points_returned(tender_points_returned.count());
    to.set_tender_worth_returned(tender_worth_returned.count());
    to.set_tender_balance_returned(tender_balance_returned.count());
    write_list(costs, *to.mutable_costs());
    write_list(cashback_costs, *to.mutable_cashback_costs());
    write_texts(refund_ids, *to.mutable_refund_ids());
    write_texts(flags, *to.mutable_flags());
}

static bool read(const OrderLine& from, engine::OrderLine& line) {
    line.sku = from.sku();
    line.product = from.product();
    line.category = from.category();
    line.quantity = from.quantity();
    line.quantity_returned = from.quantity_returned();
    line.amount = Money(from.amount());
    line.list_amount = maybe_money(from.has_list_amount(), from.list_amount());
    line.cost = maybe_money(from.has_cost(), from.cost());
    line.amount_returned = Money(from.amount_returned());
    line.points_scaled = from.points_scaled();
    line.growth_scaled = from.growth_scaled();
    line.earns_cashback = from.earns_cashback();
    line.promotion = from.promotion();
    return nothing_unknown(from) && narrow(from.price_kind(), line.price_kind);
}

static bool read(const OrderCost& from, engine::OrderCost& cost) {
    cost = {from.benefit(), from.by_amount(), Money(from.amount()), Money(from.undone()),
            from.programme_version(), from.plan(), {from.plan_period()}};
    return nothing_unknown(from);
}

bool read(const Order& from, engine::Order& order) {
    using Stored = Order;
    if (!nothing_unknown(from) || !OrderStatus_IsValid(from.status())) return false;
    order.order_id = from.order_id();
    order.number = {from.number()};
    order.status = static_cast<engine::OrderStatus>(from.status());
    order.programme_version = from.programme_version();
    order.ordered_at = {from.ordered_at()};
    order.paid_at = maybe_instant(from, &Stored::has_paid_at, &Stored::paid_at);
    order.shipped_at = maybe_instant(from, &Stored::has_shipped_at, &Stored::shipped_at);
    order.delivered_at = maybe_instant(from, &Stored::has_delivered_at, &Stored::delivered_at);
    order.settles_at = instant_or(from, &Stored::has_settles_at, &Stored::settles_at, instant_max);
    order.settled_at = maybe_instant(from, &Stored::has_settled_at, &Stored::settled_at);
    order.shipping_fee = Money(from.shipping_fee());
    order.gift_card = Money(from.gift_card());
    order.channel = from.channel();
    order.store = from.store();
    order.points_scale = from.points_scale();
    order.growth_scale = from.growth_scale();
    order.points = Points(from.points());
    order.growth = Growth(from.growth());
    order.cashback = Money(from.cashback());
    order.cashback_returned = Money(from.cashback_returned());
    order.counted = Money(from.counted());
    order.counting_epoch = from.counting_epoch();
    order.lot = {from.lot()};
    order.tender_points_returned = Points(from.tender_points_returned());
    order.tender_worth_returned = Money(from.tender_worth_returned());
    order.tender_balance_returned = Money(from.tender_balance_returned());
    order.refund_ids = read_texts(from.refund_ids());
    order.flags = read_texts(from.flags());
    order.plans = from.plans();
    order.group = from.group();
    order.group_leader = {from.group_leader()};
    return narrow(from.tier(), order.tier) && read_list(from.lines(), order.lines) &&
           read_list(from.points_spent(), order.points_spent) && read_list(from.costs(), order.costs) &&
           read_list(from.cashback_costs(), order.cashback_costs) && read_list(from.reviews(), order.reviews) &&
           (!from.has_tenders() || read(from.tenders(), order.tenders));
}

}  // namespace regulars::stored
