#include "tender_laws.hpp"

#include <algorithm>

#include "base/fraction.hpp"

namespace regulars::model {

namespace {

Points sum_of(const std::vector<engine::SpentLot>& lots) {
    Points sum;
    for (const engine::SpentLot& lot : lots) sum += lot.points;
    return sum;
}

Money amount_of(const engine::Order& order) {
    Money sum;
    for (const engine::OrderLine& line : order.lines) sum += line.amount;
    return sum;
}

Money amount_returned(const engine::Order& order) {
    Money sum;
    for (const engine::OrderLine& line : order.lines) sum += line.amount_returned;
    return sum;
}

bool is_over(const engine::Order& order) {
    return order.status == engine::OrderStatus::cancelled || order.status == engine::OrderStatus::returned;
}

const engine::Order* find_order(const Passage& passage, std::string_view order_id) {
    for (const engine::Order& order : passage.after.open_orders)
        if (order.order_id == order_id) return &order;
    for (const engine::Order& order : passage.outcome.closed_orders)
        if (order.order_id == order_id) return &order;
    return nullptr;
}

/// The hold that the event made an order of.
std::string_view used_hold(const Passage& passage) {
    if (passage.accepted == nullptr) return {};
    const auto* order = std::get_if<engine::OrderCreated>(&passage.accepted->fact);
    return order == nullptr ? std::string_view() : std::string_view(order->hold_id);
}

void check_use(const Passage& passage, const engine::Hold& hold, LawBook& laws) {
    const engine::Order* order = find_order(passage, engine::order_id_of(passage.accepted->fact));
    laws.hold(order != nullptr, "an order that takes over a hold is there");
    if (order == nullptr) return;
    laws.hold(order->tenders == hold.tenders, "an order uses what its hold had taken");
    laws.hold(amount_of(*order) == hold.amount, "an order costs what its hold was for");
}

std::int64_t released(const engine::Outcome& outcome, engine::Account from, engine::Account to) {
    std::int64_t sum = 0;
    for (const engine::LedgerEntry& entry : outcome.ledger)
        if (entry.cause == engine::Cause::hold_release && entry.from == from && entry.to == to) sum += entry.amount;
    return sum;
}

std::int64_t moved(const engine::Outcome& outcome, engine::Account from, OrderNumber order) {
    std::int64_t sum = 0;
    for (const engine::LedgerEntry& entry : outcome.ledger)
        if (entry.from == from && entry.order == order) sum += entry.amount;
    return sum;
}

/// Every hold that is over was used by the order of this step, or gave back what it had taken, to where it was from.
void check_holds(const Passage& passage, LawBook& laws) {
    using engine::Account;
    Points points;
    engine::Balance balance;
    for (const engine::Hold& hold : passage.before.holds) {
        const bool is_there = std::any_of(passage.after.holds.begin(), passage.after.holds.end(),
                                          [&](const engine::Hold& other) { return other == hold; });
        if (hold.hold_id == used_hold(passage)) {
            laws.hold(!is_there, "a hold that is used is over");
            check_use(passage, hold, laws);
            continue;
        }
        if (is_there) continue;
        points += sum_of(hold.tenders.points);
        balance.topped_up += hold.tenders.balance.topped_up;
        balance.bonus += hold.tenders.balance.bonus;
        balance.cashback += hold.tenders.balance.cashback;
    }
    const auto held = [&](Account to) { return released(passage.outcome, Account::balance_held, to); };
    laws.hold(released(passage.outcome, Account::points_held, Account::points_available) == points.count(),
              "a hold gives back the points that it took");
    laws.hold(held(Account::balance_topped_up) == balance.topped_up.count() &&
                  held(Account::balance_bonus) == balance.bonus.count() &&
                  held(Account::balance_cashback) == balance.cashback.count(),
              "a hold gives back what it took, to the purses from which it took it");
}

void check_new_hold(const Passage& passage, LawBook& laws) {
    const auto* placed =
        passage.accepted == nullptr ? nullptr : std::get_if<engine::HoldPlaced>(&passage.accepted->fact);
    if (placed == nullptr) return;
    laws.hold(passage.outcome.quote != nullptr && !passage.after.holds.empty(), "a hold comes with its quote");
    if (passage.outcome.quote == nullptr || passage.after.holds.empty()) return;
    const engine::Quote& quote = *passage.outcome.quote;
    const engine::Hold& hold = passage.after.holds.back();
    check_quote(quote, Money(), laws);
    laws.hold(hold.hold_id == placed->hold_id, "a hold is added at the end");
    laws.hold(hold.amount == quote.amount - quote.promotion_discount - quote.discount - quote.coupon_discount,
              "a hold is for the quote's lines");
    laws.hold(hold.shipping_fee == quote.shipping_fee, "a hold is for the quote's shipping fee");
    laws.hold(sum_of(hold.tenders.points) == quote.points_used && hold.tenders.points_worth == quote.by_points &&
                  hold.tenders.balance.total() == quote.balance_used,
              "a hold takes what its quote says");
    std::vector<std::pair<CouponId, Money>> held;
    std::vector<std::pair<CouponId, Money>> told;
    for (const engine::UsedCoupon& used : hold.tenders.coupons) held.emplace_back(used.coupon.id, used.amount);
    for (const engine::QuotedCoupon& coupon : quote.coupons)
        if (coupon.used) told.emplace_back(coupon.id, coupon.amount);
    laws.hold(held == told, "a hold takes the coupons that its quote uses");
}

/// The largest sum that a return can owe because a point is worth more than one minor unit.
Money rest_max(const programme::Programme& programme) {
    const Fraction value = programme.points.value;
    const std::int64_t whole = value.numerator() / value.denominator();
    return Money(value.denominator() == 1 ? std::max<std::int64_t>(whole - 1, 0) : whole + 1);
}

}  // namespace

void check_quote(const engine::Quote& quote, Money gift_card, LawBook& laws) {
    engine::QuotedLine sum;
    for (const engine::QuotedLine& line : quote.lines) {
        for (const Money part : {line.by_promotion, line.discount, line.coupon, line.by_points, line.payable})
            laws.hold(part >= Money() && part <= line.amount, "a part of a line is between nothing and the line");
        laws.hold(line.amount - line.by_promotion - line.discount - line.coupon - line.by_points == line.payable,
                  "a line adds up");
        laws.hold(line.points >= Points(), "a line earns nothing below zero");
        sum.amount += line.amount;
        sum.by_promotion += line.by_promotion;
        sum.discount += line.discount;
        sum.coupon += line.coupon;
        sum.by_points += line.by_points;
        sum.payable += line.payable;
        sum.points += line.points;
    }
    laws.hold(sum.amount == quote.amount, "quote: the lines sum to the amount");
    laws.hold(sum.by_promotion == quote.promotion_discount, "quote: the lines' promotions sum to the whole");
    laws.hold(sum.discount == quote.discount, "quote: the lines' discounts sum to the discount");
    laws.hold(sum.coupon == quote.coupon_discount, "quote: the lines' parts of the coupons sum to theirs");
    laws.hold(sum.by_points == quote.by_points, "quote: what points pay of the lines sums to what they pay");
    laws.hold(sum.payable + quote.shipping_fee == quote.payable, "quote: what is payable sums up");
    laws.hold(sum.points == quote.points, "quote: the lines' points sum to the order's");
    const Money lines = sum.amount - sum.by_promotion - sum.discount - sum.coupon;
    laws.hold(quote.payable - quote.balance_used - std::min(gift_card, lines) == quote.to_pay,
              "quote: what is to pay is what is left");
    laws.hold(quote.to_pay >= Money(), "quote: nobody is paid for buying");
    Money by_coupons;
    for (const engine::QuotedCoupon& coupon : quote.coupons) {
        by_coupons += coupon.amount;
        laws.hold(coupon.used == coupon.reason.code.empty(), "quote: a coupon is used, or it is said why not");
        laws.hold(coupon.used || coupon.amount.is_zero(), "quote: a coupon that is not used takes nothing off");
    }
    laws.hold(by_coupons >= quote.coupon_discount, "quote: what coupons take off the lines is in their amounts");
    laws.hold(quote.free_shipping || by_coupons == quote.coupon_discount, "quote: coupons sum to what they take off");
}

void TenderLaws::follow(const Passage& passage, LawBook& laws) {
    check_holds(passage, laws);
    check_new_hold(passage, laws);
    follow_costs(passage, laws);
    for (const engine::Event& event : passage.outcome.applied_parked)
        unknown_.insert(std::string(engine::order_id_of(event.fact)));
    if (passage.accepted == nullptr) return;
    const engine::Fact& fact = passage.accepted->fact;
    const bool goes_back = std::holds_alternative<engine::OrderRefunded>(fact) ||
                           std::holds_alternative<engine::OrderExchanged>(fact) ||
                           std::holds_alternative<engine::OrderCancelled>(fact);
    const auto* given_up = std::get_if<engine::PlanCancelled>(&fact);
    const bool comes_back = goes_back || (given_up != nullptr && given_up->at_once);
    // Orders of a group that fails are cancelled, whatever was told.
    const auto& notices = passage.outcome.notices;
    const bool failed = std::any_of(notices.begin(), notices.end(), [](const engine::Notice& notice) {
        return notice.kind == engine::NoticeKind::group_failed;
    });
    // So is that of goods which are called off.
    const auto* moved = std::get_if<engine::RedemptionMoved>(&fact);
    const auto& closed = passage.outcome.closed_orders;
    const bool called_off = moved != nullptr && std::any_of(closed.begin(), closed.end(), [](const auto& order) {
        return order.status == engine::OrderStatus::cancelled;
    });
    laws.hold(passage.outcome.refund.has_value() == (comes_back || failed || called_off) ||
                  !passage.outcome.applied_parked.empty(),
              "what a return brings is told");
    const engine::Order* order = find_order(passage, engine::order_id_of(fact));
    if (goes_back && order != nullptr && passage.outcome.refund) follow_refund(passage, *order, laws);
}

void TenderLaws::follow_costs(const Passage& passage, LawBook& laws) {
    const bool spends = passage.accepted != nullptr &&
                        std::holds_alternative<engine::PointsSpent>(passage.accepted->fact);
    for (const engine::Cost& cost : passage.outcome.costs) {
        const auto* made_by = passage.versions.find(cost.programme_version);
        laws.hold(made_by != nullptr && cost.benefit < made_by->benefits.size(), "a cost is that of a benefit");
        if (made_by == nullptr || cost.benefit >= made_by->benefits.size() || cost.order.value == 0) continue;
        // Points that are spent by an event of their own are no part of the order's price.
        if (spends && cost.benefit == programme::benefit_points_redeemed) continue;
        costs_[cost.order.value][made_by->benefits[cost.benefit]] += cost.amount;
    }
}

void TenderLaws::follow_refund(const Passage& passage, const engine::Order& order, LawBook& laws) {
    const engine::Refund& refund = *passage.outcome.refund;
    laws.hold(refund.cash >= Money() && refund.balance >= Money() && refund.points >= Points(),
              "a return takes nothing from the member");
    if (unknown_.contains(order.order_id)) return;
    laws.hold(moved(passage.outcome, engine::Account::money_spent, order.number) == refund.balance.count(),
              "the balance that is told to be back is back");
    // Points spent on the order by events of their own come back with them.
    laws.hold(moved(passage.outcome, engine::Account::points_redeemed, order.number) >= refund.points.count(),
              "the points that are told to be back are back");
    Back& back = back_[order.order_id];
    back.cash += refund.cash;
    back.balance += refund.balance;
    back.points += refund.points;
    const engine::Tenders& tenders = order.tenders;
    laws.hold(back.points <= sum_of(tenders.points) && back.balance <= tenders.balance.total(),
              "no more comes back than was paid with");
    const bool paid = order.programme_version != 0;
    if (is_over(order)) {
        const Money by_balance = std::min(tenders.balance.total(), amount_of(order) - tenders.points_worth);
        laws.hold(back.points == sum_of(tenders.points), "the points of an order that came to nothing are back");
        laws.hold(back.balance == tenders.balance.total(), "the balance of an order that came to nothing is back");
        laws.hold(paid || back.cash.is_zero(), "nothing is paid back of what was not paid");
        laws.hold(!paid || back.cash == amount_of(order) - tenders.points_worth - by_balance,
                  "the money of an order that came to nothing is back");
        return;
    }
    const programme::Programme& programme = passage.versions.current();
    const Money worth(multiply(back.points.count(), programme.points.value, Rounding::down));
    const Money rest = amount_returned(order) - back.cash - back.balance - worth;
    laws.hold(rest >= Money() && rest <= rest_max(programme), "money, balance and points sum to what came back");
}

Money TenderLaws::cost_of(OrderNumber order, const std::string& code) const {
    const auto costs = costs_.find(order.value);
    if (costs == costs_.end()) return {};
    const auto cost = costs->second.find(code);
    return cost == costs->second.end() ? Money() : cost->second;
}

void TenderLaws::check(const engine::Member& member, const CouponLaws::Orders& closed,
                       const programme::Versions& versions, LawBook& laws) const {
    const auto check_one = [&](const engine::Order& order) {
        const engine::Tenders& tenders = order.tenders;
        const Money cost = amount_of(order) + order.shipping_fee;
        laws.hold(tenders.points_worth + tenders.balance.total() <= cost, "nobody pays more than an order costs");
        laws.hold(tenders.points_worth + tenders.balance.total() + order.gift_card <= cost,
                  "nobody pays more than an order costs by gift card");
        laws.hold(order.tender_points_returned <= sum_of(tenders.points) &&
                      order.tender_balance_returned <= tenders.balance.total(),
                  "an order gives back no more than it took");
        if (const auto costs = costs_.find(order.number.value); costs != costs_.end())
            for (const auto& [code, amount] : costs->second)
                laws.hold(is_over(order) ? amount.is_zero() : amount >= Money(),
                          "an order costs something, or nothing when it came to nothing: " + code);
        if (order.status != engine::OrderStatus::paid || !amount_returned(order).is_zero()) return;
        std::map<std::string, Money> by_coupon;
        for (const engine::UsedCoupon& used : tenders.coupons) {
            const auto* made_by = versions.find(used.coupon.programme_version);
            if (made_by == nullptr) continue;
            by_coupon[made_by->benefits[made_by->coupons.find(used.coupon.name)->benefit]] += used.amount;
        }
        for (const auto& [code, amount] : by_coupon)
            laws.hold(cost_of(order.number, code) == amount, "a paid order costs what its coupons take off");
    };
    for (const engine::Order& order : member.open_orders) check_one(order);
    for (const auto& [order_id, order] : closed) check_one(order);
}

}  // namespace regulars::model
