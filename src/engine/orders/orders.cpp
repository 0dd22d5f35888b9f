#include "engine/orders/orders.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "engine/orders/groups.hpp"
#include "engine/orders/holds.hpp"
#include "engine/orders/returns.hpp"
#include "engine/orders/settle.hpp"
#include "engine/orders/tenders.hpp"
#include "engine/pricing/promotions.hpp"

namespace regulars::engine {

namespace {

bool amount_in_range(Money amount) { return amount >= Money() && amount <= Money(limits::amount_minor_max); }

Money amount_of(std::span<const Line> lines) {
    Money sum;
    for (const Line& line : lines) sum += line.amount;
    return sum;
}

std::optional<Rejection> check_amounts(const OrderCreated& fact) {
    const Money amount = amount_of(fact.lines);
    if (!amount_in_range(amount) || !amount_in_range(fact.shipping_fee) || !amount_in_range(fact.gift_card))
        return Rejection::amount_out_of_range;
    if (fact.gift_card > amount) return Rejection::gift_card_over_amount;
    return std::nullopt;
}

// The lines, then the sums, which can be made once the lines' amounts are in range; of two reasons the earlier is told.
std::optional<Rejection> check_content(const programme::Programme& programme, const OrderCreated& fact) {
    const auto in_lines = check_lines(programme, fact.lines);
    if (in_lines && *in_lines < Rejection::quantity_out_of_range) return in_lines;
    const auto in_sums = check_amounts(fact);
    if (!in_lines || !in_sums) return in_lines ? in_lines : in_sums;
    return std::min(*in_lines, *in_sums);
}

bool times_in_order(Instant at, const OrderCreated& fact) {
    if (fact.paid_at && *fact.paid_at < at) return false;
    if (fact.shipped_at && *fact.shipped_at < at) return false;
    return !fact.delivered_at || *fact.delivered_at >= fact.shipped_at.value_or(at);
}

bool same_line(const programme::Programme& programme, const OrderLine& kept, const Line& line) {
    const auto price_kind = line.price_kind.empty() ? programme::PriceKind{0} : programme.price_kind(line.price_kind);
    return kept.sku == line.sku && kept.product == line.product && kept.category == line.category &&
           price_kind == kept.price_kind && kept.quantity == line.quantity && kept.amount == line.amount &&
           kept.list_amount == line.list_amount && kept.cost == line.cost && kept.promotion == line.promotion;
}

// An order that took over a hold is told by the hold's id, of which nothing is left to compare.
bool same_tenders(const Tenders& tenders, const OrderCreated& fact) {
    if (!fact.hold_id.empty()) return true;
    Points points;
    for (const SpentLot& lot : tenders.points) points += lot.points;
    const auto same = [](const UsedCoupon& used, const CouponUse& use) {
        return used.coupon.id == use.coupon && used.amount == use.amount;
    };
    return points == fact.points && tenders.balance.total() == fact.balance &&
           std::equal(tenders.coupons.begin(), tenders.coupons.end(), fact.coupons.begin(), fact.coupons.end(), same);
}

bool same_order(const programme::Programme& programme, const Order& order, const OrderEvent& event,
                const OrderCreated& fact) {
    if (order.ordered_at != event.at || order.shipping_fee != fact.shipping_fee || order.channel != fact.channel ||
        order.store != fact.store || order.lines.size() != fact.lines.size())
        return false;
    if (!same_tenders(order.tenders, fact)) return false;
    return std::equal(order.lines.begin(), order.lines.end(), fact.lines.begin(),
                      [&](const OrderLine& kept, const Line& line) { return same_line(programme, kept, line); });
}

Order make_order(const OrderEvent& event, const OrderCreated& fact) {
    const auto& programme = event.decision.programme;
    Order order;
    order.order_id = fact.order_id;
    order.number = {++event.decision.member.last_order_number};
    order.ordered_at = event.at;
    order.paid_at = fact.paid_at;
    order.shipped_at = fact.shipped_at;
    order.delivered_at = fact.delivered_at;
    order.shipping_fee = fact.shipping_fee;
    order.gift_card = fact.gift_card;
    order.channel = fact.channel;
    order.store = fact.store;
    order.lines.reserve(fact.lines.size());
    for (const Line& line : fact.lines) {
        OrderLine& kept = order.lines.emplace_back();
        kept.sku = line.sku;
        kept.product = line.product;
        kept.category = line.category;
        kept.price_kind = line.price_kind.empty() ? programme::PriceKind{0} : *programme.price_kind(line.price_kind);
        kept.quantity = line.quantity;
        kept.amount = line.amount;
        kept.list_amount = line.list_amount;
        kept.cost = line.cost;
        kept.promotion = line.promotion;
    }
    return order;
}

void changed(const OrderEvent& event, OrderNumber number) { event.decision.outcome.changed_orders.push_back(number); }

expected<void, Rejection> duplicate(const OrderEvent& event) {
    event.decision.outcome.duplicate = true;
    return {};
}

// What an order takes besides money: named with it, or reserved by a hold.
struct Taking {
    TenderRequest request;
    Hold* hold = nullptr;
};

expected<Taking, Rejection> check_taking(const OrderEvent& event, const OrderCreated& fact) {
    Decision& decision = event.decision;
    const TenderBase base{amount_of(fact.lines), fact.shipping_fee, fact.gift_card};
    Taking taking{{fact.coupons, fact.points, fact.balance}, nullptr};
    if (fact.hold_id.empty()) {
        if (const auto rejection = check_tenders(decision, taking.request, base, event.at))
            return unexpected(*rejection);
        if (const auto rejection = check_promotions(event, fact)) return unexpected(*rejection);
        return taking;
    }
    taking.hold = find_hold(decision.member, fact.hold_id);
    if (taking.hold == nullptr) return unexpected(Rejection::hold_not_found);
    const bool named_too = !fact.coupons.empty() || !fact.points.is_zero() || !fact.balance.is_zero();
    if (named_too || base.lines != taking.hold->amount || !same_pieces(*taking.hold, fact.lines))
        return unexpected(Rejection::hold_conflict);
    const Tenders& held = taking.hold->tenders;
    if (held.points_worth + held.balance.total() + base.gift_card > base.lines + base.shipping_fee)
        return unexpected(Rejection::tenders_over_amount);
    return taking;
}

// Moves an order that has ended out of the aggregate.
void close(const OrderEvent& event, Order& order) {
    auto& open = event.decision.member.open_orders;
    leave_group(event.decision, order);
    order.group_leader = MemberId();
    event.decision.outcome.closed_orders.push_back(std::move(order));
    open.erase(open.begin() + (&order - open.data()));
}

// What a fact finds: the order in the aggregate, or the one handed in. Facts about neither are parked before this.
struct Found {
    Order* open = nullptr;
    const Order* closed = nullptr;
    [[nodiscard]] const Order& order() const { return open != nullptr ? *open : *closed; }
};

Found find(const OrderEvent& event, const std::string& order_id) {
    Found found{find_open_order(event.decision.member, order_id), event.context.closed_order};
    if (found.open == nullptr && found.closed == nullptr)
        for (const Order& order : event.decision.outcome.closed_orders)
            if (order.order_id == order_id) found.closed = &order;
    return found;
}

bool is_over(const Order& order) {
    return order.status == OrderStatus::cancelled || order.status == OrderStatus::returned;
}

expected<void, Rejection> on_return(const OrderEvent& event, const std::string& order_id, const Return& returned) {
    const Found found = find(event, order_id);
    const auto& ids = found.order().refund_ids;
    if (std::find(ids.begin(), ids.end(), returned.id) != ids.end()) return duplicate(event);
    if (const auto rejection = check_return(event.decision.versions, found.order(), returned))
        return unexpected(*rejection);
    if (found.open != nullptr) {
        changed(event, found.open->number);
        apply_return(event.decision, *found.open, returned);
        if (is_over(*found.open)) close(event, *found.open);
        return {};
    }
    Order order = *found.closed;
    apply_return(event.decision, order, returned);
    std::erase_if(event.decision.outcome.closed_orders,
                  [&](const Order& other) { return other.number == order.number; });
    event.decision.outcome.closed_orders.push_back(std::move(order));
    return {};
}

}  // namespace

std::optional<Rejection> check_lines(const programme::Programme& programme, std::span<const Line> lines) {
    if (lines.size() > limits::order_lines_max) return Rejection::too_many_lines;
    if (lines.empty()) return Rejection::no_lines;
    for (const Line& line : lines) {
        if (!amount_in_range(line.amount) || !amount_in_range(line.list_amount.value_or(Money())) ||
            !amount_in_range(line.cost.value_or(Money())))
            return Rejection::amount_out_of_range;
    }
    for (const Line& line : lines)
        if (line.quantity < 1 || line.quantity > limits::quantity_max) return Rejection::quantity_out_of_range;
    for (const Line& line : lines)
        if (!line.price_kind.empty() && !programme.price_kind(line.price_kind)) return Rejection::unknown_price_kind;
    return std::nullopt;
}

void pay_open_order(Decision& decision, Order& order) {
    std::vector<Line> lines;
    for (const OrderLine& kept : order.lines)
        lines.push_back(
            {kept.sku, kept.product, kept.category, {}, kept.quantity, kept.amount, kept.list_amount, kept.cost,
             kept.promotion});
    pay_order(decision, order, lines);
    schedule_settlement(decision, order);
    decision.outcome.changed_orders.push_back(order.number);
}

expected<void, Rejection> on_fact(const OrderEvent& event, const OrderCreated& fact) {
    Decision& decision = event.decision;
    Member& member = decision.member;
    if (const auto rejection = check_content(decision.programme, fact)) return unexpected(*rejection);
    if (!times_in_order(event.at, fact)) return unexpected(Rejection::times_out_of_order);
    const Found known = find(event, fact.order_id);
    if (known.open != nullptr || known.closed != nullptr) {
        if (same_order(decision.programme, known.order(), event, fact)) return duplicate(event);
        return unexpected(Rejection::order_conflict);
    }
    if (member.open_orders.size() >= limits::open_orders_max) return unexpected(Rejection::too_many_open_orders);
    const auto taking = check_taking(event, fact);
    if (!taking) return unexpected(taking.error());

    // Nothing can fail from here on.
    Order& order = member.open_orders.emplace_back(make_order(event, fact));
    member.last_order_at = std::max(member.last_order_at, event.at);
    changed(event, order.number);
    if (taking->hold != nullptr) {
        use_hold(decision, *taking->hold, order);
    } else {
        take_tenders(decision, taking->request, order);
        take_pieces(decision, fact.lines);
    }
    wait_for_group(decision, order);
    if (order.paid_at && *order.paid_at <= decision.now) pay_order(decision, order, fact.lines);
    schedule_settlement(decision, order);
    return {};
}

expected<void, Rejection> on_fact(const OrderEvent& event, const OrderPaid& fact) {
    const Found found = find(event, fact.order_id);
    if (is_over(found.order())) return unexpected(Rejection::order_closed);
    if (found.open == nullptr || found.open->status == OrderStatus::paid) return duplicate(event);
    Order& order = *found.open;
    Money amount;
    for (const OrderLine& line : order.lines) amount += line.amount;
    if (!amount_in_range(fact.gift_card)) return unexpected(Rejection::amount_out_of_range);
    if (fact.gift_card > amount) return unexpected(Rejection::gift_card_over_amount);
    const Tenders& tenders = order.tenders;
    if (!fact.gift_card.is_zero() &&
        tenders.points_worth + tenders.balance.total() + fact.gift_card > amount + order.shipping_fee)
        return unexpected(Rejection::tenders_over_amount);
    if (event.at < order.ordered_at) return unexpected(Rejection::times_out_of_order);

    if (!fact.gift_card.is_zero()) order.gift_card = fact.gift_card;
    order.paid_at = event.at;
    pay_open_order(event.decision, order);
    return {};
}

expected<void, Rejection> on_fact(const OrderEvent& event, const OrderShipped& fact) {
    const Found found = find(event, fact.order_id);
    if (is_over(found.order())) return unexpected(Rejection::order_closed);
    if (found.open == nullptr || found.open->shipped_at) return duplicate(event);
    if (event.at < found.open->ordered_at) return unexpected(Rejection::times_out_of_order);

    found.open->shipped_at = event.at;
    schedule_settlement(event.decision, *found.open);
    changed(event, found.open->number);
    return {};
}

expected<void, Rejection> on_fact(const OrderEvent& event, const OrderDelivered& fact) {
    const Found found = find(event, fact.order_id);
    if (is_over(found.order())) return unexpected(Rejection::order_closed);
    if (found.open == nullptr || found.open->delivered_at) return duplicate(event);
    if (event.at < found.open->shipped_at.value_or(found.open->ordered_at))
        return unexpected(Rejection::times_out_of_order);

    found.open->delivered_at = event.at;
    schedule_settlement(event.decision, *found.open);
    changed(event, found.open->number);
    return {};
}

expected<void, Rejection> on_fact(const OrderEvent& event, const OrderSettled& fact) {
    const Found found = find(event, fact.order_id);
    if (is_over(found.order())) return unexpected(Rejection::order_closed);
    if (found.open == nullptr) return duplicate(event);
    if (found.open->status != OrderStatus::paid) return unexpected(Rejection::order_not_paid);
    // While it waits for others to buy together it only remembers that it may count.
    if (is_waiting(*found.open) && found.open->settles_at != instant_max) return duplicate(event);

    // Due at once: the caller lets time pass up to the present. It does not count before it was paid.
    found.open->settles_at = std::max(event.at, found.open->paid_at.value_or(event.at));
    return {};
}

expected<void, Rejection> on_fact(const OrderEvent& event, const OrderCancelled& fact) {
    const Found found = find(event, fact.order_id);
    if (found.order().status == OrderStatus::cancelled) return duplicate(event);
    if (found.open == nullptr) return unexpected(Rejection::order_closed);

    cancel_order(event.decision, *found.open);
    close(event, *found.open);
    return {};
}

expected<void, Rejection> on_fact(const OrderEvent& event, const OrderRefunded& fact) {
    return on_return(event, fact.order_id, {fact.lines, fact.refund_id, false});
}

expected<void, Rejection> on_fact(const OrderEvent& event, const OrderExchanged& fact) {
    return on_return(event, fact.order_id, {fact.lines, fact.exchange_id, true});
}

}  // namespace regulars::engine
