#include "engine/orders/mall.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "engine/activities/common.hpp"
#include "engine/activities/rewards.hpp"
#include "engine/holdings/coupons.hpp"
#include "engine/holdings/points.hpp"
#include "engine/orders/orders.hpp"
#include "engine/orders/settle.hpp"
#include "engine/references.hpp"

namespace regulars::engine {

namespace {

using programme::MallItem;

// What a member remembers of redemptions that have left the aggregate, so that the same news changes nothing twice.
constexpr std::string_view told_redeemed = "goods_redeemed";
constexpr std::string_view told_delivered = "redemption_delivered";
constexpr std::string_view told_cancelled = "redemption_cancelled";

// Of several reasons the first in the list is told.
class Reasons {
public:
    void add(bool holds, Rejection reason) {
        if (holds && (!first_ || reason < *first_)) first_ = reason;
    }
    void add(std::optional<Rejection> reason) {
        if (reason) add(true, *reason);
    }
    [[nodiscard]] std::optional<Rejection> first() const { return first_; }

private:
    std::optional<Rejection> first_;
};

expected<void, Rejection> duplicate(Decision& decision) {
    decision.outcome.duplicate = true;
    return {};
}

auto place_of(Member& member, std::string_view redemption_id) {
    return std::find_if(member.redemptions.begin(), member.redemptions.end(),
                        [&](const Redemption& one) { return one.redemption_id == redemption_id; });
}

std::string stock_of_window(const MallItem& item, std::string_view window) {
    return programme::stock_of_goods(item.name + ":" + std::string(window));
}

// How it stands now, for lists; the lots that it was paid with concern the aggregate alone.
void tell(Decision& decision, Redemption redemption) {
    redemption.spent.clear();
    decision.outcome.redemptions.push_back(std::move(redemption));
}

// --- redeeming -----------------------------------------------------------------------------------------------------

Points points_of(const MallOffer& offer, std::int64_t quantity) {
    return Points(offer.price.points.count() * quantity);
}
Money money_of(const MallOffer& offer, std::int64_t quantity) { return Money(offer.price.money.count() * quantity); }

CouponGift gift_of(const Decision& decision, const MallItem& item, std::int64_t quantity) {
    return {&decision.programme.coupons.templates[item.coupon], quantity, nullptr};
}

void look_at_order(const OrderEvent& event, const GoodsRedeemed& fact, Reasons& reasons) {
    const Member& member = event.decision.member;
    const auto& settled = event.decision.outcome.closed_orders;
    const auto is_it = [&](const Order& order) { return order.order_id == fact.order_id; };
    const bool known = event.context.closed_order != nullptr ||
                       std::any_of(member.open_orders.begin(), member.open_orders.end(), is_it) ||
                       std::any_of(settled.begin(), settled.end(), is_it);
    reasons.add(known, Rejection::order_conflict);
    reasons.add(member.open_orders.size() >= limits::open_orders_max, Rejection::too_many_open_orders);
}

void look_at_stock(const Decision& decision, const MallItem& item, const MallOffer& offer, std::int64_t quantity,
                   Reasons& reasons) {
    const Member& member = decision.member;
    const bool in_stock =
        is_in_stock(decision, programme::stock_of_goods(item.name), quantity) &&
        (offer.window == nullptr || is_in_stock(decision, stock_of_window(item, offer.window->name), quantity));
    reasons.add(!in_stock, Rejection::goods_sold_out);
    const bool within = is_within(item.limit, total_of(member.mall_counts, item.name),
                                  on_day_of(member.mall_counts, item.name, decision.today()), quantity);
    const bool full = item.kind == MallItem::Kind::goods && member.redemptions.size() >= limits::redemptions_max;
    reasons.add(!within || full, Rejection::goods_limit_reached);
}

void look_at_coupon(const Decision& decision, const MallItem& item, std::int64_t quantity, Reasons& reasons) {
    const CouponGift gift = gift_of(decision, item, quantity);
    reasons.add(!is_for_member(decision, *gift.terms), Rejection::coupon_not_for_member);
    reasons.add(check_gifts(decision, {&gift, 1}));
}

std::optional<Rejection> check_redeemed(const OrderEvent& event, const GoodsRedeemed& fact) {
    const Decision& decision = event.decision;
    if (fact.quantity < 1 || fact.quantity > redeemed_at_once_max) return Rejection::quantity_out_of_range;
    Reasons reasons;
    if (!fact.order_id.empty()) look_at_order(event, fact, reasons);
    const MallItem* item = decision.programme.mall.find(fact.item);
    reasons.add(item == nullptr, Rejection::unknown_goods);
    if (item == nullptr) return reasons.first();
    const auto offer = mall_offer(decision, *item);
    reasons.add(!offer, Rejection::goods_not_on_sale);
    if (!offer) return reasons.first();
    const Points points = points_of(*offer, fact.quantity);
    const Money money = money_of(*offer, fact.quantity);
    reasons.add(money > Money(limits::amount_minor_max), Rejection::amount_out_of_range);
    reasons.add(points > decision.member.points_available, Rejection::not_enough_points);
    if (item->kind == MallItem::Kind::coupon) look_at_coupon(decision, *item, fact.quantity, reasons);
    look_at_stock(decision, *item, *offer, fact.quantity, reasons);
    reasons.add(fact.points.value_or(points) != points || fact.money.value_or(money) != money,
                Rejection::goods_price_differs);
    reasons.add(money.is_zero() != fact.order_id.empty(), Rejection::order_id_needed);
    return reasons.first();
}

void count_redeemed(Decision& decision, const MallItem& item, const Redemption& redemption) {
    const auto take = [&](const programme::Stock& stock, std::string name) {
        if (stock.limited())
            decision.outcome.stock_taken.push_back({std::move(name), redemption.quantity, decision.now});
    };
    take(item.stock, programme::stock_of_goods(item.name));
    for (const auto& window : item.windows)
        if (window.name == redemption.window) take(window.stock, stock_of_window(item, window.name));
    if (item.limit.per_day || item.limit.total)
        add_to(decision.member.mall_counts, item.name, redemption.quantity, decision.today());
}

// What the goods cost the shop beyond the money that is paid for them.
Money cost_of(const MallItem& item, const Redemption& redemption) {
    return std::max(Money(), Money(item.cost.count() * redemption.quantity) - redemption.money);
}

// The money part is an order like any other, with the points on it, so that they come back with the whole of it.
void place_order(const OrderEvent& event, const MallItem& item, const Redemption& redemption) {
    Decision& decision = event.decision;
    Line line;
    line.product = item.product;
    line.category = item.category;
    line.price_kind = decision.programme.price_kinds[item.price_kind];
    line.quantity = redemption.quantity;
    line.amount = redemption.money;
    OrderCreated created;
    created.order_id = redemption.order_id;
    created.lines.push_back(std::move(line));
    created.paid_at = event.at;
    const auto placed = on_fact(event, created);
    check(placed.has_value(), "an order that was looked at before can be placed");
    Order& order = *find_open_order(decision.member, redemption.order_id);
    take_points(decision, redemption.points, Account::points_redeemed, Cause::goods, order.number, {},
                &order.points_spent);
    const OrderCost cost{item.benefit, false, cost_of(item, redemption)};
    if (cost.amount.is_zero()) return;
    order.costs.push_back(cost);
    book_cost(decision, order, cost, cost.amount);
}

void take_price(const OrderEvent& event, const MallItem& item, Redemption& redemption) {
    Decision& decision = event.decision;
    if (!redemption.order_id.empty()) {
        place_order(event, item, redemption);
        return;
    }
    take_points(decision, redemption.points, Account::points_redeemed, Cause::goods, {}, {}, &redemption.spent);
    book_cost(decision, item.benefit, cost_of(item, redemption));
}

// --- delivery ------------------------------------------------------------------------------------------------------

// The order of the money part goes the way of the goods, unless the shop has told of it already.
void ship_order(const OrderEvent& event, const Redemption& redemption, bool delivered) {
    const Order* order = find_open_order(event.decision.member, redemption.order_id);
    if (redemption.order_id.empty() || order == nullptr) return;
    const auto move = [&](const auto& fact, Instant not_before) {
        const OrderEvent moved{event.decision, std::max(event.at, not_before), event.context};
        check(on_fact(moved, fact).has_value(), "an order whose goods are on their way is open");
    };
    if (!order->shipped_at) move(OrderShipped{redemption.order_id}, order->ordered_at);
    if (delivered && !order->delivered_at) move(OrderDelivered{redemption.order_id}, *order->shipped_at);
}

expected<void, Rejection> ship(const OrderEvent& event, Redemption& redemption, const RedemptionMoved& fact) {
    Decision& decision = event.decision;
    const bool again = redemption.status == RedemptionStatus::shipped;
    if (again && redemption.carrier == fact.carrier && redemption.tracking == fact.tracking) return duplicate(decision);

    redemption.status = RedemptionStatus::shipped;
    redemption.carrier = fact.carrier;
    redemption.tracking = fact.tracking;
    tell(decision, redemption);
    if (again) return {};  // only where it is to be found has changed
    decision.outcome.notices.push_back({decision.now, NoticeKind::goods_shipped, redemption.item, {}, {}});
    ship_order(event, redemption, false);
    return {};
}

expected<void, Rejection> deliver(const OrderEvent& event, Redemption& redemption) {
    Decision& decision = event.decision;
    ship_order(event, redemption, true);
    remember(decision.member, told_delivered, redemption.redemption_id);
    redemption.status = RedemptionStatus::delivered;
    tell(decision, std::move(redemption));
    decision.member.redemptions.erase(decision.member.redemptions.begin() +
                                      (&redemption - decision.member.redemptions.data()));
    return {};
}

const MallItem* item_of(const Decision& decision, const Redemption& redemption) {
    const auto* made_by = decision.versions.find(redemption.programme_version);
    return made_by != nullptr ? made_by->mall.find(redemption.item) : nullptr;
}

// One less of what a member has had; of today only if it was had today.
void count_back(Member& member, const Redemption& redemption, LocalDate day) {
    auto& counts = member.mall_counts;
    const auto count = std::find_if(counts.begin(), counts.end(),
                                    [&](const NamedCount& one) { return one.name == redemption.item; });
    if (count == counts.end()) return;
    count->total -= redemption.quantity;
    if (count->day == day) count->on_day = std::max<std::int64_t>(0, count->on_day - redemption.quantity);
    if (count->total <= 0) counts.erase(count);
}

// It leaves the aggregate; stock and limits are as if it had not been. Its points and cost are the caller's.
void call_off(Decision& decision, Redemption& redemption) {
    Member& member = decision.member;
    if (const MallItem* item = item_of(decision, redemption)) {
        const auto give_back = [&](const programme::Stock& stock, std::string name) {
            if (stock.limited())
                decision.outcome.stock_taken.push_back({std::move(name), -redemption.quantity, redemption.at});
        };
        give_back(item->stock, programme::stock_of_goods(item->name));
        for (const auto& window : item->windows)
            if (window.name == redemption.window) give_back(window.stock, stock_of_window(*item, window.name));
    }
    count_back(member, redemption, decision.programme.zone.date(redemption.at));
    remember(member, told_cancelled, redemption.redemption_id);
    redemption.status = RedemptionStatus::cancelled;
    const auto index = &redemption - member.redemptions.data();
    tell(decision, std::move(redemption));
    member.redemptions.erase(member.redemptions.begin() + index);
}

// Who tells a reason is the shop, which may cancel what members may not.
bool may_be_cancelled(const Decision& decision, const Redemption& redemption, const RedemptionMoved& fact) {
    const MallItem* item = item_of(decision, redemption);
    const bool is_cancellable = item == nullptr || item->cancellable || !fact.reason.empty();
    const bool is_settled =
        !redemption.order_id.empty() && find_open_order(decision.member, redemption.order_id) == nullptr;
    return redemption.status == RedemptionStatus::placed && is_cancellable && !is_settled;
}

expected<void, Rejection> cancel(const OrderEvent& event, Redemption& redemption, const RedemptionMoved& fact) {
    Decision& decision = event.decision;
    if (!may_be_cancelled(decision, redemption, fact)) return unexpected(Rejection::redemption_not_movable);

    if (!redemption.order_id.empty()) return on_fact(event, OrderCancelled{std::string(redemption.order_id)});
    give_back_points(decision, redemption.spent, {}, Account::points_redeemed, Cause::goods);
    if (const MallItem* item = item_of(decision, redemption); item != nullptr && !item->cost.is_zero())
        decision.outcome.costs.push_back({decision.now, item->benefit, -cost_of(*item, redemption),
                                          decision.member.tier.rank, {}, redemption.programme_version});
    call_off(decision, redemption);
    return {};
}

}  // namespace

expected<void, Rejection> on_fact(const OrderEvent& event, const GoodsRedeemed& fact) {
    Decision& decision = event.decision;
    Member& member = decision.member;
    if (place_of(member, fact.redemption_id) != member.redemptions.end() ||
        is_known(member, told_redeemed, fact.redemption_id))
        return duplicate(decision);
    if (const auto rejection = check_redeemed(event, fact)) return unexpected(*rejection);

    // Nothing can fail from here on.
    const MallItem& item = *decision.programme.mall.find(fact.item);
    const MallOffer offer = *mall_offer(decision, item);
    remember(member, told_redeemed, fact.redemption_id);
    Redemption redemption;
    redemption.redemption_id = fact.redemption_id;
    redemption.item = item.name;
    if (offer.window != nullptr) redemption.window = offer.window->name;
    redemption.quantity = fact.quantity;
    redemption.points = points_of(offer, fact.quantity);
    redemption.money = money_of(offer, fact.quantity);
    redemption.order_id = fact.order_id;
    redemption.programme_version = decision.programme.version;
    redemption.at = decision.now;
    count_redeemed(decision, item, redemption);
    take_price(event, item, redemption);
    explain(decision, item.name, [&] {
        return std::to_string(redemption.quantity) + " for " + std::to_string(redemption.points.count()) + " points" +
               (redemption.window.empty() ? "" : " in the window " + redemption.window);
    });
    if (item.kind == MallItem::Kind::coupon) {
        const CouponGift gift = gift_of(decision, item, fact.quantity);
        give_coupons(decision, {&gift, 1});
        redemption.status = RedemptionStatus::delivered;
        tell(decision, std::move(redemption));
        return {};
    }
    decision.outcome.notices.push_back({decision.now, NoticeKind::goods_ordered, item.name, {}, {}});
    tell(decision, redemption);
    member.redemptions.push_back(std::move(redemption));
    return {};
}

expected<void, Rejection> on_fact(const OrderEvent& event, const RedemptionMoved& fact) {
    using To = RedemptionMoved::To;
    Decision& decision = event.decision;
    const auto redemption = place_of(decision.member, fact.redemption_id);
    if (redemption == decision.member.redemptions.end()) {
        const bool done =
            (fact.to == To::delivered && is_known(decision.member, told_delivered, fact.redemption_id)) ||
            (fact.to == To::cancelled && is_known(decision.member, told_cancelled, fact.redemption_id));
        return done ? duplicate(decision) : unexpected(Rejection::redemption_not_found);
    }
    switch (fact.to) {
        case To::shipped: return ship(event, *redemption, fact);
        case To::delivered: return deliver(event, *redemption);
        case To::cancelled: return cancel(event, *redemption, fact);
    }
    check_failed("a redemption moves one of three ways");
}

std::optional<MallOffer> mall_offer(const Decision& decision, const MallItem& item) {
    const auto is_open_now = [&](const programme::Opening& opening, const programme::Who& who) {
        return is_open(decision.programme, decision.member, opening, decision.now) && is_among(decision, who);
    };
    if (!is_open_now(item.opening, item.who)) return std::nullopt;
    for (const programme::MallWindow& window : item.windows)
        if (is_open_now(window.opening, window.who)) return MallOffer{&window, window.price};
    if (item.only_in_windows) return std::nullopt;
    return MallOffer{nullptr, item.price};
}

void end_redemption_of(Decision& decision, const Order& order) {
    for (Redemption& redemption : decision.member.redemptions) {
        if (redemption.order_id.empty() || redemption.order_id != order.order_id) continue;
        call_off(decision, redemption);
        return;
    }
}

void pass_redemptions(Decision& decision, const std::vector<Redemption>& redemptions) {
    for (Redemption redemption : redemptions) {
        redemption.status = RedemptionStatus::passed;
        tell(decision, std::move(redemption));
    }
}

void take_redemptions(Decision& decision, const std::vector<Redemption>& redemptions) {
    for (const Redemption& redemption : redemptions) {
        decision.member.redemptions.push_back(redemption);
        tell(decision, redemption);
    }
}

void pass_redemptions_back(Decision& decision, const Member& before) {
    pass_redemptions(decision, decision.member.redemptions);
    for (const Redemption& redemption : before.redemptions) tell(decision, redemption);
}

}  // namespace regulars::engine
