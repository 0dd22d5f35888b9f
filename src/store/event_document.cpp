#include "store/document_parts.hpp"

#include <utility>
#include <variant>

#include "base/check.hpp"

namespace regulars::stored {

// --- writing -----------------------------------------------------------------------------------------------------

static void write(const engine::Line& line, Line& to) {
    const auto& [sku, product, category, price_kind, quantity, amount, list_amount, cost, promotion] = line;
    to.set_promotion(promotion);
    to.set_sku(sku);
    to.set_product(product);
    to.set_category(category);
    to.set_price_kind(price_kind);
    to.set_quantity(quantity);
    to.set_amount(amount.count());
    if (list_amount) to.set_list_amount(list_amount->count());
    if (cost) to.set_cost(cost->count());
}

static void write(const engine::ReturnedLine& line, ReturnedLine& to) {
    const auto& [index, quantity, amount] = line;
    to.set_line(index);
    to.set_quantity(quantity);
    if (amount) to.set_amount(amount->count());
}

static void write(const engine::CouponUse& use, CouponUse& to) {
    const auto& [coupon, amount] = use;
    to.set_coupon(coupon.value);
    to.set_amount(amount.count());
}

static void write(const engine::StockLeft& stock, StockLeft& to) {
    const auto& [coupon, left] = stock;
    to.set_coupon(coupon);
    to.set_left(left);
}

static void write_fact(const engine::Registered& fact, Event& event) {
    const auto& [channel, source, store, staff, code, inviter] = fact;
    auto& to = *event.mutable_registered();
    to.set_channel(channel);
    to.set_source(source);
    to.set_store(store);
    to.set_staff(staff);
    to.set_code(code);
    to.set_inviter(inviter);
}

static void write_fact(const engine::ProfileChanged& fact, Event& event) {
    const auto& [name, gender, birthday, region, attributes, tags] = fact;
    auto& to = *event.mutable_profile_changed();
    if (name) to.set_name(*name);
    if (gender) to.set_gender(*gender);
    if (birthday) to.set_birthday(birthday->days);
    if (region) to.set_region(*region);
    write_attributes(attributes, *to.mutable_attributes());
    if (tags) write_texts(*tags, *to.mutable_tags()->mutable_tags());
}

static void write_fact(const engine::IdentityLinked& fact, Event& event) {
    const auto& [kind, value] = fact;
    auto& to = *event.mutable_identity_linked();
    to.set_kind(kind);
    to.set_value(value);
}

static void write_fact(const engine::ConsentChanged& fact, Event& event) {
    const auto& [channel, purpose, granted, source] = fact;
    auto& to = *event.mutable_consent_changed();
    to.set_channel(channel);
    to.set_purpose(purpose);
    to.set_granted(granted);
    to.set_source(source);
}

static void write_fact(const engine::OrderCreated& fact, Event& event) {
    const auto& [order_id, lines, shipping_fee, channel, store, gift_card, paid_at, shipped_at, delivered_at, coupons,
                 points, balance, hold_id] = fact;
    auto& to = *event.mutable_order_created();
    to.set_order_id(order_id);
    write_list(lines, *to.mutable_lines());
    to.set_shipping_fee(shipping_fee.count());
    to.set_channel(channel);
    to.set_store(store);
    to.set_gift_card(gift_card.count());
    write_instant(to, &OrderCreated::set_paid_at, paid_at);
    write_instant(to, &OrderCreated::set_shipped_at, shipped_at);
    write_instant(to, &OrderCreated::set_delivered_at, delivered_at);
    write_list(coupons, *to.mutable_coupons());
    to.set_points(points.count());
    to.set_balance(balance.count());
    to.set_hold_id(hold_id);
}

static void write_fact(const engine::OrderPaid& fact, Event& event) {
    const auto& [order_id, gift_card] = fact;
    event.mutable_order_paid()->set_order_id(order_id);
    event.mutable_order_paid()->set_gift_card(gift_card.count());
}

static void write_fact(const engine::OrderShipped& fact, Event& event) {
    const auto& [order_id] = fact;
    event.mutable_order_shipped()->set_order_id(order_id);
}

static void write_fact(const engine::OrderDelivered& fact, Event& event) {
    const auto& [order_id] = fact;
    event.mutable_order_delivered()->set_order_id(order_id);
}

static void write_fact(const engine::OrderSettled& fact, Event& event) {
    const auto& [order_id] = fact;
    event.mutable_order_settled()->set_order_id(order_id);
}

static void write_fact(const engine::OrderCancelled& fact, Event& event) {
    const auto& [order_id] = fact;
    event.mutable_order_cancelled()->set_order_id(order_id);
}

static void write_fact(const engine::OrderRefunded& fact, Event& event) {
    const auto& [order_id, refund_id, lines] = fact;
    auto& to = *event.mutable_order_refunded();
    to.set_order_id(order_id);
    to.set_id(refund_id);
    write_list(lines, *to.mutable_lines());
}

static void write_fact(const engine::OrderExchanged& fact, Event& event) {
    const auto& [order_id, exchange_id, lines] = fact;
    auto& to = *event.mutable_order_exchanged();
    to.set_order_id(order_id);
    to.set_id(exchange_id);
    write_list(lines, *to.mutable_lines());
}

static void write_fact(const engine::PointsAdjusted& fact, Event& event) {
    const auto& [points, reference, reason] = fact;
    auto& to = *event.mutable_points_adjusted();
    to.set_points(points.count());
    to.set_reference(reference);
    to.set_reason(reason);
}

static void write_fact(const engine::PointsSpent& fact, Event& event) {
    const auto& [points, reference, order_id] = fact;
    auto& to = *event.mutable_points_spent();
    to.set_points(points.count());
    to.set_reference(reference);
    to.set_order_id(order_id);
}

static void write_fact(const engine::TierGranted& fact, Event& event) {
    const auto& [tier, until, reason] = fact;
    auto& to = *event.mutable_tier_granted();
    to.set_tier(tier);
    if (until) to.set_until(until->days);
    to.set_reason(reason);
}

static void write_fact(const engine::TiersReviewed& fact, Event& event) {
    const auto& [thresholds] = fact;
    auto& to = *event.mutable_tiers_reviewed()->mutable_thresholds();
    to.Assign(thresholds.begin(), thresholds.end());
}

static void write_fact(const engine::BalanceToppedUp& fact, Event& event) {
    const auto& [amount, bonus, reference] = fact;
    auto& to = *event.mutable_balance_topped_up();
    to.set_amount(amount.count());
    to.set_bonus(bonus.count());
    to.set_reference(reference);
}

static void write_fact(const engine::BalanceSpent& fact, Event& event) {
    const auto& [amount, reference, order_id] = fact;
    auto& to = *event.mutable_balance_spent();
    to.set_amount(amount.count());
    to.set_reference(reference);
    to.set_order_id(order_id);
}

static void write_fact(const engine::CouponGranted& fact, Event& event) {
    const auto& [coupon, count, reference, reason] = fact;
    auto& to = *event.mutable_coupon_granted();
    to.set_coupon(coupon);
    to.set_count(count);
    to.set_reference(reference);
    to.set_reason(reason);
}

static void write_fact(const engine::CouponClaimed& fact, Event& event) {
    const auto& [coupon, code, reference] = fact;
    auto& to = *event.mutable_coupon_claimed();
    to.set_coupon(coupon);
    to.set_code(code);
    to.set_reference(reference);
}

static void write_fact(const engine::CouponRevoked& fact, Event& event) {
    const auto& [coupon, reason] = fact;
    auto& to = *event.mutable_coupon_revoked();
    to.set_coupon(coupon.value);
    to.set_reason(reason);
}

static void write_fact(const engine::HoldPlaced& fact, Event& event) {
    const auto& [hold_id, lines, shipping_fee, channel, store, coupons, points, balance, minutes] = fact;
    auto& to = *event.mutable_hold_placed();
    to.set_hold_id(hold_id);
    write_list(lines, *to.mutable_lines());
    to.set_shipping_fee(shipping_fee.count());
    to.set_channel(channel);
    to.set_store(store);
    if (coupons) {
        auto& ids = *to.mutable_coupons();
        for (const auto id : *coupons) ids.add_ids(id.value);
    }
    to.set_points(points.count());
    to.set_balance(balance.count());
    if (minutes) to.set_minutes(*minutes);
}

static void write_fact(const engine::HoldReleased& fact, Event& event) {
    const auto& [hold_id] = fact;
    event.mutable_hold_released()->set_hold_id(hold_id);
}

static void write_fact(const engine::BalanceRefunded& fact, Event& event) {
    const auto& [amount, reference] = fact;
    auto& to = *event.mutable_balance_refunded();
    to.set_amount(amount.count());
    to.set_reference(reference);
}

void write(const engine::Event& event, Event& to) {
    const auto& [at, fact, stock, redeems, chance] = event;
    check(redeems.empty() && !chance, "what waits for its order redeems no code and takes no turn");
    to.set_at(at.ms);
    std::visit(
        [&](const auto& known) {
            if constexpr (requires { write_fact(known, to); }) write_fact(known, to);
            else check_failed("what is not about an order does not wait for one");
        },
        fact);
    write_list(stock, *to.mutable_stock());
}

// --- reading -----------------------------------------------------------------------------------------------------

static std::optional<std::string> maybe_text(bool there, const std::string& text) {
    if (!there) return std::nullopt;
    return text;
}

static bool read(const Line& from, engine::Line& line) {
    line = {from.sku(),
            from.product(),
            from.category(),
            from.price_kind(),
            from.quantity(),
            Money(from.amount()),
            maybe_money(from.has_list_amount(), from.list_amount()),
            maybe_money(from.has_cost(), from.cost()),
            from.promotion()};
    return nothing_unknown(from);
}

static bool read(const ReturnedLine& from, engine::ReturnedLine& line) {
    line = {from.line(), from.quantity(), maybe_money(from.has_amount(), from.amount())};
    return nothing_unknown(from);
}

static bool read(const CouponUse& from, engine::CouponUse& use) {
    use = {{from.coupon()}, Money(from.amount())};
    return nothing_unknown(from);
}

static bool read(const StockLeft& from, engine::StockLeft& stock) {
    stock = {from.coupon(), from.left()};
    return nothing_unknown(from);
}

static bool read(const ProfileChanged& from, engine::ProfileChanged& fact) {
    fact.name = maybe_text(from.has_name(), from.name());
    fact.gender = maybe_text(from.has_gender(), from.gender());
    if (from.has_birthday()) fact.birthday = LocalDate{from.birthday()};
    fact.region = maybe_text(from.has_region(), from.region());
    if (from.has_tags()) fact.tags = read_texts(from.tags().tags());
    return nothing_unknown(from) && nothing_unknown(from.tags()) && read_attributes(from.attributes(), fact.attributes);
}

static bool read(const OrderCreated& from, engine::OrderCreated& fact) {
    fact.order_id = from.order_id();
    fact.shipping_fee = Money(from.shipping_fee());
    fact.channel = from.channel();
    fact.store = from.store();
    fact.gift_card = Money(from.gift_card());
    fact.paid_at = maybe_instant(from, &OrderCreated::has_paid_at, &OrderCreated::paid_at);
    fact.shipped_at = maybe_instant(from, &OrderCreated::has_shipped_at, &OrderCreated::shipped_at);
    fact.delivered_at = maybe_instant(from, &OrderCreated::has_delivered_at, &OrderCreated::delivered_at);
    fact.points = Points(from.points());
    fact.balance = Money(from.balance());
    fact.hold_id = from.hold_id();
    return nothing_unknown(from) && read_list(from.lines(), fact.lines) && read_list(from.coupons(), fact.coupons);
}

static bool read(const OrderReturn& from, engine::OrderRefunded& fact) {
    fact.order_id = from.order_id();
    fact.refund_id = from.id();
    return nothing_unknown(from) && read_list(from.lines(), fact.lines);
}

static bool read(const OrderReturn& from, engine::OrderExchanged& fact) {
    fact.order_id = from.order_id();
    fact.exchange_id = from.id();
    return nothing_unknown(from) && read_list(from.lines(), fact.lines);
}

static bool read(const TierGranted& from, engine::TierGranted& fact) {
    fact.tier = from.tier();
    if (from.has_until()) fact.until = LocalDate{from.until()};
    fact.reason = from.reason();
    return nothing_unknown(from);
}

static bool read(const HoldPlaced& from, engine::HoldPlaced& fact) {
    fact.hold_id = from.hold_id();
    fact.shipping_fee = Money(from.shipping_fee());
    fact.channel = from.channel();
    fact.store = from.store();
    if (from.has_coupons()) {
        auto& coupons = fact.coupons.emplace();
        for (const auto id : from.coupons().ids()) coupons.push_back({id});
    }
    fact.points = Points(from.points());
    fact.balance = Money(from.balance());
    if (from.has_minutes()) fact.minutes = from.minutes();
    return nothing_unknown(from) && nothing_unknown(from.coupons()) && read_list(from.lines(), fact.lines);
}

/// A fact whose message can be read by itself.
template <class Fact, class Message>
static bool read_fact(const Message& from, engine::Fact& fact) {
    return read(from, fact.emplace<Fact>());
}

/// A fact that is no more than its fields.
template <class Message, class Fact>
static bool plain_fact(const Message& from, engine::Fact& fact, Fact value) {
    fact = std::move(value);
    return nothing_unknown(from);
}

static bool read_coupon_fact(const Event& from, engine::Fact& fact) {
    switch (from.fact_case()) {
        case Event::kCouponGranted: {
            const auto& it = from.coupon_granted();
            return plain_fact(it, fact, engine::CouponGranted{it.coupon(), it.count(), it.reference(), it.reason()});
        }
        case Event::kCouponClaimed: {
            const auto& it = from.coupon_claimed();
            return plain_fact(it, fact, engine::CouponClaimed{it.coupon(), it.code(), it.reference()});
        }
        case Event::kCouponRevoked: {
            const auto& it = from.coupon_revoked();
            return plain_fact(it, fact, engine::CouponRevoked{{it.coupon()}, it.reason()});
        }
        case Event::kHoldPlaced:
            return read_fact<engine::HoldPlaced>(from.hold_placed(), fact);
        case Event::kHoldReleased:
            return plain_fact(from.hold_released(), fact, engine::HoldReleased{from.hold_released().hold_id()});
        default:
            return false;
    }
}

static bool read_money_fact(const Event& from, engine::Fact& fact) {
    switch (from.fact_case()) {
        case Event::kPointsAdjusted: {
            const auto& it = from.points_adjusted();
            return plain_fact(it, fact, engine::PointsAdjusted{Points(it.points()), it.reference(), it.reason()});
        }
        case Event::kPointsSpent: {
            const auto& it = from.points_spent();
            return plain_fact(it, fact, engine::PointsSpent{Points(it.points()), it.reference(), it.order_id()});
        }
        case Event::kBalanceToppedUp: {
            const auto& it = from.balance_topped_up();
            return plain_fact(it, fact, engine::BalanceToppedUp{Money(it.amount()), Money(it.bonus()), it.reference()});
        }
        case Event::kBalanceRefunded: {
            const auto& it = from.balance_refunded();
            return plain_fact(it, fact, engine::BalanceRefunded{Money(it.amount()), it.reference()});
        }
        case Event::kBalanceSpent: {
            const auto& it = from.balance_spent();
            return plain_fact(it, fact, engine::BalanceSpent{Money(it.amount()), it.reference(), it.order_id()});
        }
        default:
            return read_coupon_fact(from, fact);
    }
}

static bool read_order_fact(const Event& from, engine::Fact& fact) {
    switch (from.fact_case()) {
        case Event::kOrderCreated:
            return read_fact<engine::OrderCreated>(from.order_created(), fact);
        case Event::kOrderPaid: {
            const auto& it = from.order_paid();
            return plain_fact(it, fact, engine::OrderPaid{it.order_id(), Money(it.gift_card())});
        }
        case Event::kOrderShipped:
            return plain_fact(from.order_shipped(), fact, engine::OrderShipped{from.order_shipped().order_id()});
        case Event::kOrderDelivered:
            return plain_fact(from.order_delivered(), fact, engine::OrderDelivered{from.order_delivered().order_id()});
        case Event::kOrderSettled:
            return plain_fact(from.order_settled(), fact, engine::OrderSettled{from.order_settled().order_id()});
        case Event::kOrderCancelled:
            return plain_fact(from.order_cancelled(), fact, engine::OrderCancelled{from.order_cancelled().order_id()});
        case Event::kOrderRefunded:
            return read_fact<engine::OrderRefunded>(from.order_refunded(), fact);
        case Event::kOrderExchanged:
            return read_fact<engine::OrderExchanged>(from.order_exchanged(), fact);
        default:
            return read_money_fact(from, fact);
    }
}

static bool read_person_fact(const Event& from, engine::Fact& fact) {
    switch (from.fact_case()) {
        case Event::kRegistered: {
            const auto& it = from.registered();
            return plain_fact(it, fact, engine::Registered{it.channel(), it.source(), it.store(), it.staff(), it.code(),
                                                             it.inviter()});
        }
        case Event::kProfileChanged:
            return read_fact<engine::ProfileChanged>(from.profile_changed(), fact);
        case Event::kIdentityLinked: {
            const auto& it = from.identity_linked();
            return plain_fact(it, fact, engine::IdentityLinked{it.kind(), it.value()});
        }
        case Event::kConsentChanged: {
            const auto& it = from.consent_changed();
            return plain_fact(it, fact, engine::ConsentChanged{it.channel(), it.purpose(), it.granted(), it.source()});
        }
        case Event::kTierGranted:
            return read_fact<engine::TierGranted>(from.tier_granted(), fact);
        case Event::kTiersReviewed: {
            const auto& it = from.tiers_reviewed();
            return plain_fact(it, fact, engine::TiersReviewed{{it.thresholds().begin(), it.thresholds().end()}});
        }
        default:
            return read_order_fact(from, fact);
    }
}

bool read(const Event& from, engine::Event& event) {
    event.at = {from.at()};
    return nothing_unknown(from) && read_person_fact(from, event.fact) && read_list(from.stock(), event.stock);
}

}  // namespace regulars::stored
