// A history as people read it, for a failing case.
#include <ostream>
#include <sstream>

#include "random_history.hpp"

namespace regulars::model {

namespace {

void tell_line(std::ostream& text, const engine::Line& line) {
    text << " [" << line.amount.count() << " x" << line.quantity << ' ' << line.price_kind << ' ' << line.category
         << ']';
}

void tell_order(std::ostream& text, const engine::OrderCreated& order) {
    for (const engine::Line& line : order.lines) tell_line(text, line);
    text << " fee " << order.shipping_fee.count() << " gift card " << order.gift_card.count();
    if (order.paid_at) text << " paid " << text_of(*order.paid_at);
    if (order.shipped_at) text << " shipped " << text_of(*order.shipped_at);
    if (order.delivered_at) text << " delivered " << text_of(*order.delivered_at);
    for (const engine::CouponUse& use : order.coupons)
        text << " coupon " << use.coupon.value << " for " << use.amount.count();
    text << " points " << order.points.count() << " balance " << order.balance.count() << ' ' << order.hold_id;
}

std::string text_of_wallet_fact(const engine::Fact& fact) {
    std::ostringstream text;
    if (const auto* given = std::get_if<engine::CouponGranted>(&fact)) {
        text << given->coupon << " x" << given->count << ' ' << given->reference;
    } else if (const auto* claimed = std::get_if<engine::CouponClaimed>(&fact)) {
        text << claimed->coupon << " code " << claimed->code << ' ' << claimed->reference;
    } else if (const auto* revoked = std::get_if<engine::CouponRevoked>(&fact)) {
        text << revoked->coupon.value;
    } else if (const auto* topped_up = std::get_if<engine::BalanceToppedUp>(&fact)) {
        text << topped_up->amount.count() << " + " << topped_up->bonus.count();
    } else if (const auto* hold = std::get_if<engine::HoldPlaced>(&fact)) {
        text << hold->hold_id;
        for (const engine::Line& line : hold->lines) tell_line(text, line);
        text << " fee " << hold->shipping_fee.count() << (hold->coupons ? " coupons" : " best coupons");
        for (const CouponId id : hold->coupons.value_or(std::vector<CouponId>())) text << ' ' << id.value;
        text << " points " << hold->points.count() << " balance " << hold->balance.count();
        if (hold->minutes) text << " minutes " << *hold->minutes;
    } else if (const auto* released = std::get_if<engine::HoldReleased>(&fact)) {
        text << released->hold_id;
    }
    return text.str();
}

std::string text_of_fact(const engine::Fact& fact) {
    std::ostringstream text;
    text << engine::name_of(fact) << ' ' << engine::order_id_of(fact);
    const auto lines_text = [&](const std::vector<engine::ReturnedLine>& lines) {
        for (const engine::ReturnedLine& line : lines) {
            text << " line " << line.line << " x" << line.quantity;
            if (line.amount) text << " for " << line.amount->count();
        }
    };
    if (const auto* order = std::get_if<engine::OrderCreated>(&fact)) {
        tell_order(text, *order);
    } else if (const auto* refunded = std::get_if<engine::OrderRefunded>(&fact)) {
        text << ' ' << refunded->refund_id;
        lines_text(refunded->lines);
    } else if (const auto* exchanged = std::get_if<engine::OrderExchanged>(&fact)) {
        text << ' ' << exchanged->exchange_id;
        lines_text(exchanged->lines);
    } else if (const auto* adjusted = std::get_if<engine::PointsAdjusted>(&fact)) {
        text << adjusted->points.count();
    } else if (const auto* spent = std::get_if<engine::PointsSpent>(&fact)) {
        text << ": " << spent->points.count();
    } else if (const auto* granted = std::get_if<engine::TierGranted>(&fact)) {
        text << granted->tier;
    } else {
        text << text_of_wallet_fact(fact);
    }
    return text.str();
}

}  // namespace

std::string text_of(const std::vector<engine::Event>& events) {
    std::string text;
    for (const engine::Event& event : events) {
        text += text_of(event.at) + "  " + text_of_fact(event.fact);
        for (const engine::StockLeft& stock : event.stock)
            text += ", left " + stock.coupon + ' ' + std::to_string(stock.left);
        text += '\n';
    }
    return text;
}

}  // namespace regulars::model
