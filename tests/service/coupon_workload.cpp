#include "coupon_workload.hpp"

#include <algorithm>
#include <variant>

#include "shop.hpp"

namespace regulars::service {

namespace {

constexpr std::size_t members_count = 10;
constexpr std::int64_t ms_per_minute = 60'000;
constexpr const char* categories[] = {"shoes", "bags", "coffee", "food"};

}  // namespace

CouponWorkload::CouponWorkload(Service& service, std::uint64_t seed, bool some_late)
    : service_(service), random_(seed), some_late_(some_late), now_(local("2026-01-01T08:00")) {
    const auto programmes = service.programmes();
    for (const auto& terms : programmes->current().coupons.templates) {
        names_.push_back(terms.name);
        if (terms.claim && !terms.claim->code.empty()) codes_.push_back(terms.claim->code);
    }
    for (const auto& pack : programmes->current().coupons.packs) names_.push_back(pack.name);
    for (const auto& item : programmes->current().mall.items) items_.push_back(item.name);
    has_activities_ = !programmes->current().activities.activities.empty();
    names_.push_back("no_such_coupon");
    codes_.push_back("NO-SUCH-CODE");
}

std::vector<Command> CouponWorkload::next(std::size_t count) {
    std::vector<Command> commands;
    while (commands.size() < count) commands.push_back(next());
    return commands;
}

// Mostly minutes, sometimes days: holds time out, coupons lapse, months begin.
Command CouponWorkload::next() {
    now_.ms += static_cast<std::int64_t>(1 + pick(10)) * ms_per_minute;
    if (pick(12) == 0) now_.ms += static_cast<std::int64_t>(pick(8)) * ms_per_day;
    if (!reserved_.empty() && pick(3) != 0) {
        Reserved reserved = std::move(reserved_.front());
        reserved_.pop_front();
        if (pick(3) == 0) return told(reserved.who, engine::HoldReleased{reserved.hold_id});
        engine::OrderCreated order;
        order.order_id = new_order(reserved.who);
        order.lines = std::move(reserved.lines);
        order.shipping_fee = reserved.shipping_fee;
        order.hold_id = reserved.hold_id;
        if (pick(4) == 0) order.lines[0].amount += Money(1);  // not what was held
        if (pick(2) == 0) order.paid_at = now_;
        return told(reserved.who, std::move(order));
    }
    const std::string who = std::to_string(pick(members_count));
    if (!items_.empty() && pick(5) == 0) return told(who, about_the_mall(who));
    if (has_activities_ && pick(6) == 0) return told(who, about_activities());
    const std::size_t what = pick(12);
    if (what < 4) return told(who, about_coupons(who));
    if (what < 7) return told(who, order_of(who));
    if (what < 9) return told(who, about_the_account(who));
    return about_an_order();
}

// Some come late, by the shop's account.
Command CouponWorkload::told(std::string who, engine::Fact fact) {
    Instant at = now_;
    const bool is_order = std::holds_alternative<engine::OrderCreated>(fact);
    if (!is_order && pick(10) == 0 && some_late_) at.ms -= static_cast<std::int64_t>(pick(48)) * 60 * ms_per_minute;
    return {customer(who), {at, std::move(fact)}, true, pick(5) == 0};
}

engine::Fact CouponWorkload::about_coupons(const std::string& who) {
    const std::string name = names_[pick(names_.size())];
    const std::string reference = pick(4) == 0 ? "again" : fresh("R");
    switch (pick(9)) {
        case 0: return engine::CouponGranted{name, static_cast<std::int64_t>(1 + pick(3)), reference, "sorry"};
        case 1: return engine::CouponClaimed{"", codes_[pick(codes_.size())], reference};
        case 2: return engine::CouponRevoked{coupon_of(who), ""};
        case 3: return engine::HoldReleased{"H" + std::to_string(1 + pick(last_id_ + 1))};
        case 4: case 5: return hold_of(who);
        default: return engine::CouponClaimed{name, "", reference};
    }
}

// Mostly one that there is; another waits for its order.
Command CouponWorkload::about_an_order() {
    std::pair<std::string, std::string> known{std::to_string(pick(members_count)), "O" + std::to_string(last_id_)};
    const std::size_t late_ones = std::min<std::size_t>(orders_.size(), 30);
    if (late_ones > 0 && pick(8) != 0) known = orders_[orders_.size() - 1 - pick(late_ones)];
    const auto& [who, order_id] = known;
    const Money part(static_cast<std::int64_t>(1 + pick(30'00)));
    switch (pick(8)) {
        case 0: return told(who, engine::OrderCancelled{order_id});
        case 1: return told(who, engine::OrderRefunded{order_id, fresh("R"), {}});
        case 2: return told(who, engine::OrderRefunded{order_id, fresh("R"), {{0, 0, part}}});
        case 3: return told(who, engine::OrderExchanged{order_id, fresh("X"), {{0, 0, part}}});
        case 4: return told(who, engine::OrderShipped{order_id});
        case 5: return told(who, engine::OrderDelivered{order_id});
        default: return told(who, engine::OrderPaid{order_id, {}});
    }
}

engine::Fact CouponWorkload::about_the_account(const std::string& who) {
    switch (pick(10)) {
        case 0: return engine::Registered{"shop " + who, ""};
        case 8: return engine::PlanBought{"plus", false, {}, fresh("B")};
        case 9: return engine::PlanCancelled{"plus", pick(2) == 0, fresh("C"), ""};
        case 7: return engine::BalanceRefunded{Money(1'00), fresh("F")};
        case 1: return engine::BalanceSpent{Money(5'00), fresh("S"), ""};
        case 2: {
            engine::ProfileChanged fact;
            fact.birthday = LocalDate{7'000 + static_cast<std::int32_t>(pick(365))};
            return fact;
        }
        case 3: case 4: return engine::BalanceToppedUp{Money(60'00), Money(6'00), fresh("T")};
        default: return engine::PointsAdjusted{Points(600), fresh("P"), "gift"};
    }
}

engine::Fact CouponWorkload::about_the_mall(const std::string& who) {
    using To = engine::RedemptionMoved::To;
    if (pick(10) == 0) return engine::InvitationAttended{coupon_of(who)};
    if (pick(2) == 0) {
        engine::GoodsRedeemed redeemed;
        redeemed.redemption_id = pick(8) == 0 ? "again" : fresh("G");
        redeemed.item = pick(12) == 0 ? "no_such_item" : items_[pick(items_.size())];
        redeemed.quantity = static_cast<std::int64_t>(1 + pick(2));
        const auto programmes = service_.programmes();
        const auto* item = programmes->current().mall.find(redeemed.item);
        const bool needs_order = item != nullptr && !item->price.money.is_zero();
        if (needs_order != (pick(10) == 0)) redeemed.order_id = new_order(who);
        if (pick(5) == 0) redeemed.points = some_points();
        return redeemed;
    }
    const auto view = must(service_.find(customer(who)));
    std::string id = "G" + std::to_string(1 + pick(last_id_ + 1));
    if (view && !view->member.redemptions.empty() && pick(8) != 0)
        id = view->member.redemptions[pick(view->member.redemptions.size())].redemption_id;
    return engine::RedemptionMoved{id, static_cast<To>(pick(3)), "SF", fresh("N"), pick(3) == 0 ? "broken" : ""};
}

// Those of tests/service/checkout.yaml.
engine::Fact CouponWorkload::about_activities() {
    const LocalDate today = service_.programmes()->current().zone.date(now_);
    const std::string reference = pick(6) == 0 ? "again" : fresh("D");
    switch (pick(10)) {
        case 0: return engine::CheckInMadeUp{"daily", add_days(today, -static_cast<std::int32_t>(pick(6))), {}};
        case 1: return engine::FreezeBought{"daily", reference};
        case 2: return engine::BehaviourShown{"share", "page " + std::to_string(pick(3)), reference};
        case 3: return engine::StoreVisited{"stores", "harbour", pick(3) == 0 ? "wrong" : "K7Q2M"};
        case 4:
            return engine::QuestionnaireAnswered{"about_you", {{"sport", pick(3) == 0 ? "row" : "run"}}, ""};
        case 5: case 6: return engine::TurnTaken{"wheel", reference};
        default: return engine::CheckedIn{"daily"};
    }
}

engine::Fact CouponWorkload::order_of(const std::string& who) {
    engine::OrderCreated order;
    order.order_id = !orders_.empty() && pick(12) == 0 ? orders_[pick(orders_.size())].second : new_order(who);
    order.lines = lines();
    order.shipping_fee = Money(static_cast<std::int64_t>(pick(3)) * 5'00);
    if (pick(3) == 0) order.coupons.push_back({coupon_of(who), Money(static_cast<std::int64_t>(pick(10'00)))});
    if (pick(6) == 0) order.coupons.push_back({coupon_of(who), Money()});
    if (pick(3) == 0) order.points = some_points();
    if (pick(3) == 0) order.balance = Money(static_cast<std::int64_t>(pick(10'00)));
    if (pick(4) != 0) order.paid_at = now_;
    if (order.paid_at && pick(3) == 0) order.shipped_at = order.delivered_at = now_;
    return order;
}

engine::HoldPlaced CouponWorkload::hold_of(const std::string& who) {
    engine::HoldPlaced hold;
    hold.hold_id = fresh("H");
    hold.lines = lines();
    hold.shipping_fee = Money(static_cast<std::int64_t>(pick(2)) * 8'00);
    if (pick(3) == 0) hold.coupons = std::vector<CouponId>{coupon_of(who)};
    if (pick(3) == 0) hold.points = some_points();
    if (pick(3) == 0) hold.balance = Money(static_cast<std::int64_t>(pick(10'00)));
    if (pick(3) == 0) hold.minutes = static_cast<std::int32_t>(1 + pick(3'000));
    return hold;
}

std::vector<engine::Line> CouponWorkload::lines() {
    std::vector<engine::Line> lines(1 + pick(3));
    for (engine::Line& line : lines) {
        line.category = categories[pick(std::size(categories))];
        line.quantity = static_cast<std::int64_t>(1 + pick(3));
        line.amount = Money(static_cast<std::int64_t>(pick(4) == 0 ? pick(3'000'00) : pick(150'00)));
    }
    return lines;
}

// One in the wallet, mostly.
CouponId CouponWorkload::coupon_of(const std::string& who) {
    const auto view = must(service_.find(customer(who)));
    if (!view || view->member.coupons.empty() || pick(8) == 0) return {static_cast<std::uint32_t>(1 + pick(12))};
    return view->member.coupons[pick(view->member.coupons.size())].id;
}

Points CouponWorkload::some_points() { return Points(static_cast<std::int64_t>(1 + pick(3)) * 100); }

std::string CouponWorkload::new_order(const std::string& who) {
    orders_.emplace_back(who, fresh("O"));
    return orders_.back().second;
}

void CouponWorkload::heard(const std::vector<Command>& commands, const std::vector<Reply>& replies) {
    for (std::size_t i = 0; i < replies.size(); ++i) {
        const auto* hold = std::get_if<engine::HoldPlaced>(&commands[i].event.fact);
        if (hold == nullptr || !replies[i] || replies[i]->quote == nullptr || pick(5) == 0) continue;
        const auto& who = std::get<engine::Identity>(commands[i].target).value;
        Reserved& reserved = reserved_.emplace_back(Reserved{who, hold->hold_id, hold->lines, {}});
        reserved.shipping_fee = replies[i]->quote->shipping_fee;
        for (std::size_t line = 0; line < reserved.lines.size(); ++line) {
            const engine::QuotedLine& quoted = replies[i]->quote->lines[line];
            reserved.lines[line].amount = quoted.amount - quoted.discount - quoted.coupon;
        }
    }
}

}  // namespace regulars::service
