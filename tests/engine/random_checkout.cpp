#include "random_checkout.hpp"

#include <algorithm>
#include <array>

#include "engine/orders/quote.hpp"
#include "world.hpp"

namespace regulars::model {

namespace {

/// Of `many`, one that a number chooses.
template <class Many>
const auto& chosen(const Many& many, int number) {
    return many[static_cast<std::size_t>(number) % many.size()];
}

class Shopper {
public:
    explicit Shopper(std::shared_ptr<const programme::Programme> programme)
        : programme_(*programme), habits_(habits_of(*programme)), reader_(habits_), world_(std::move(programme)) {
        for (const auto& terms : programme_.coupons.templates) {
            names_.push_back(terms.name);
            if (terms.stock.shared() || terms.stock.counted_per_member()) limited_.push_back(terms.name);
        }
        for (const auto& pack : programme_.coupons.packs) names_.push_back(pack.name);
        names_.emplace_back("unknown");
        if (limited_.empty()) limited_ = names_;
    }

    engine::Event live(const Step& step) {
        engine::Event event = step.kind / 20 % 2 == 0 ? reader_.read(step) : wallet_event(step);
        const Answer answer = world_.tell(event);
        if (answer.outcome.quote != nullptr) {
            held_ = *std::get_if<engine::HoldPlaced>(&event.fact);
            quote_ = *answer.outcome.quote;
        }
        return event;
    }

private:
    engine::Event wallet_event(const Step& step);
    engine::Fact wallet_fact(const Step& step);
    engine::Fact coupon_fact(const Step& step);
    engine::Fact purse_fact(const Step& step);
    engine::Fact plan_fact(const Step& step);
    engine::CouponClaimed claim(const Step& step);
    engine::HoldPlaced hold(const Step& step);
    engine::Fact end_of_checkout(const Step& step);
    engine::OrderCreated wild_order(const Step& step);
    engine::OrderCreated order_of_quote(const Step& step);
    engine::OrderCreated order_of_hold(const Step& step);
    engine::OrderCreated order_of(const Step& step, std::vector<engine::Line> lines, const engine::Quote& quote);
    engine::Basket basket(const Step& step) const;
    std::vector<engine::StockLeft> stock(const Step& step) const;
    CouponId some_coupon(int number) const;
    /// Half of the time one that runs out.
    const std::string& some_name(const Step& step) const {
        return chosen(step.length % 2 == 0 ? names_ : limited_, step.target);
    }
    std::string some_hold(int number) { return "H" + std::to_string(1 + number % (holds_ + 1)); }

    const programme::Programme& programme_;
    Habits habits_;
    LifeReader reader_;
    World world_;
    std::vector<std::string> names_;
    std::vector<std::string> limited_;  ///< of which there are so many only, for all or for one
    Instant at_;
    int holds_ = 0;
    std::string last_order_;
    engine::HoldPlaced held_;
    engine::Quote quote_;
};

engine::Event Shopper::wallet_event(const Step& step) {
    // Most of it happens within the minutes of a checkout.
    at_ = step.pause / 10 % 4 == 0 ? reader_.pass(step) : reader_.pass_minutes(step.length % 45);
    engine::Fact fact = wallet_fact(step);
    return {at_, std::move(fact), stock(step)};
}

std::vector<engine::StockLeft> Shopper::stock(const Step& step) const {
    std::vector<engine::StockLeft> left;
    if (step.length % 3 == 0) return left;
    for (const auto& terms : programme_.coupons.templates)
        if (terms.stock.shared()) left.push_back({terms.name, step.size % 5 - 1});
    std::sort(left.begin(), left.end(), [](const auto& a, const auto& b) { return a.coupon < b.coupon; });
    return left;
}

// Bought, tried, renewed early and given up; where the programme has no plans nothing comes of it.
engine::Fact Shopper::plan_fact(const Step& step) {
    const auto& plans = programme_.plans.plans;
    const std::string name = plans.empty() || step.target % 20 == 0 ? "unknown" : chosen(plans, step.target).name;
    if (step.detail % 4 == 3)
        return engine::PlanCancelled{name, step.size % 3 == 0, reader_.next_reference("Q"), "test"};
    engine::PlanBought bought{name, step.size % 5 == 0, {}, reader_.next_reference("P")};
    if (step.size % 7 == 0) bought.paid = Money(step.length);
    return bought;
}

engine::Fact Shopper::wallet_fact(const Step& step) {
    if (!programme_.plans.plans.empty() && step.kind / 40 % 4 == 0) return plan_fact(step);
    switch (step.kind % 20) {
        case 0: case 1: case 2: case 3: case 4: return coupon_fact(step);
        case 5: case 6: case 7: return hold(step);
        case 8: case 9: case 10: return end_of_checkout(step);
        case 11: case 12: return order_of_hold(step);
        case 13: case 14: case 15: return order_of_quote(step);
        case 16: return wild_order(step);
        default: return purse_fact(step);
    }
}

engine::Fact Shopper::coupon_fact(const Step& step) {
    const auto reference = [&](std::string_view kind) {
        return step.length % 10 == 0 ? std::string(kind) : reader_.next_reference(kind);
    };
    switch (step.kind % 20) {
        case 0: {
            static const std::array<std::int64_t, 8> counts{1, 1, 1, 2, 3, 0, 40, 101};
            return engine::CouponGranted{some_name(step), chosen(counts, step.size), reference("G"), "test"};
        }
        case 1: case 2: case 3: return claim(step);
        default: return engine::CouponRevoked{some_coupon(step.target), "test"};
    }
}

engine::CouponClaimed Shopper::claim(const Step& step) {
    engine::CouponClaimed claimed;
    claimed.reference = step.length % 10 == 0 ? "C" : reader_.next_reference("C");
    claimed.coupon = some_name(step);
    const auto* terms = programme_.coupons.find(claimed.coupon);
    if (terms != nullptr && terms->claim) claimed.code = terms->claim->code;
    if (step.detail % 8 == 0) claimed.code = "WRONG";
    if (step.detail % 8 == 1) claimed.code.clear();
    if (step.detail % 8 == 2 && !claimed.code.empty()) claimed.coupon.clear();
    return claimed;
}

CouponId Shopper::some_coupon(int number) const {
    const auto& coupons = world_.member().coupons;
    if (coupons.empty() || number % 10 == 0)  // never issued, lapsed, used or held
        return {static_cast<std::uint32_t>(number) % (world_.member().last_coupon_id + 2)};
    return coupons[static_cast<std::size_t>(number) % coupons.size()].id;
}

engine::Basket Shopper::basket(const Step& step) const {
    static const std::array<std::string, 6> categories{"", "shoes", "coffee", "food", "bags", "coffee"};
    engine::Basket basket;
    for (int i = 0; i <= step.target % 4; ++i) {
        engine::Line line = reader_.line_of(step.size + i * 3, step.detail + i * 5);
        line.category = chosen(categories, step.length + i);
        basket.lines.push_back(line);
    }
    if (step.size % 2 == 0) basket.shipping_fee = Money(4'90);
    const engine::Member& member = world_.member();
    switch (step.detail % 5) {
        case 0: basket.coupons.emplace(); break;
        case 1:
            basket.coupons.emplace();
            for (int i = 0; i <= step.length % 4; ++i) basket.coupons->push_back(some_coupon(step.target + i));
            break;
        default: break;
    }
    switch (step.detail / 5 % 5) {
        case 0: basket.most_points = true; break;
        case 1: basket.points = Points(step.size % 7 * 100); break;
        case 2: basket.points = Points(member.points_available.count() / 2); break;
        default: break;
    }
    switch (step.detail / 25 % 4) {
        case 0: basket.most_balance = true; break;
        case 1: basket.balance = Money(step.size); break;
        case 2: basket.balance = Money(member.balance.total().count() / 3); break;
        default: break;
    }
    return basket;
}

engine::HoldPlaced Shopper::hold(const Step& step) {
    engine::Basket wanted = basket(step);
    // A hold names what a quote would find.
    if (const auto quote = engine::quote(world_.versions(), world_.member(), wanted, at_)) {
        wanted.points = quote->points_used;
        wanted.balance = quote->balance_used;
    }
    engine::HoldPlaced hold;
    hold.hold_id = step.length % 9 == 0 ? some_hold(step.target) : "H" + std::to_string(++holds_);
    hold.lines = wanted.lines;
    hold.shipping_fee = wanted.shipping_fee;
    hold.coupons = wanted.coupons;
    hold.points = wanted.points;
    hold.balance = wanted.balance;
    static const std::array<std::int32_t, 6> minutes{1, 5, 60, 2 * 24 * 60, 0, 1'000'000};
    if (step.length % 2 == 0) hold.minutes = chosen(minutes, step.length / 2);
    return hold;
}

engine::OrderCreated Shopper::order_of(const Step& step, std::vector<engine::Line> lines, const engine::Quote& quote) {
    engine::OrderCreated order = reader_.order_of(step);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const engine::QuotedLine& line = quote.lines[i];
        lines[i].amount = line.amount - line.discount - line.coupon;
    }
    order.lines = std::move(lines);
    last_order_ = order.order_id;
    order.gift_card = Money();
    order.paid_at = order.shipped_at = order.delivered_at = std::nullopt;
    if (step.detail % 7 != 0) order.paid_at = at_;
    if (step.detail % 3 == 0) order.shipped_at = order.delivered_at = at_;
    return order;
}

engine::OrderCreated Shopper::order_of_quote(const Step& step) {
    const engine::Basket wanted = basket(step);
    const auto quote = engine::quote(world_.versions(), world_.member(), wanted, at_);
    if (!quote) return wild_order(step);
    engine::OrderCreated order = order_of(step, wanted.lines, *quote);
    order.shipping_fee = wanted.shipping_fee;
    order.points = quote->points_used;
    order.balance = quote->balance_used;
    for (const engine::QuotedCoupon& coupon : quote->coupons)
        if (coupon.used) order.coupons.push_back({coupon.id, coupon.amount});
    return order;
}

engine::OrderCreated Shopper::order_of_hold(const Step& step) {
    if (quote_.lines.empty()) return order_of_quote(step);
    engine::OrderCreated order = order_of(step, held_.lines, quote_);
    order.hold_id = held_.hold_id;
    order.shipping_fee = held_.shipping_fee;
    if (step.length % 10 == 0) order.lines.front().amount += Money(1);
    if (step.length % 10 == 1) order.balance = Money(1);
    if (step.length % 10 == 2) order.shipping_fee = Money();
    if (step.length % 10 == 3) order.hold_id = some_hold(step.target);
    return order;
}

engine::Fact Shopper::end_of_checkout(const Step& step) {
    if (step.detail % 6 == 0 || last_order_.empty()) return engine::HoldReleased{some_hold(step.target)};
    if (step.detail % 6 == 1) return engine::OrderCancelled{last_order_};
    std::vector<engine::ReturnedLine> lines;
    const auto line = static_cast<std::uint32_t>(step.target % 3 / 2);
    if (step.length % 4 == 1) lines.push_back({line, 1, {}});
    if (step.length % 4 >= 2) lines.push_back({line, 0, Money(1 + step.size * step.size % 977)});
    return engine::OrderRefunded{last_order_, reader_.next_reference("L"), std::move(lines)};
}

engine::OrderCreated Shopper::wild_order(const Step& step) {
    engine::OrderCreated order = reader_.order_of(step);
    for (int i = 0; i < step.length % 4; ++i)
        order.coupons.push_back({some_coupon(step.target + i), Money(step.size % 12 * 100 - 100)});
    if (step.detail % 2 == 0) order.points = Points(step.size % 12 * 100 - 100);
    if (step.detail % 3 == 0) order.balance = Money(step.size % 500 - 1);
    if (step.detail % 5 == 0) order.hold_id = some_hold(step.target);
    return order;
}

engine::Fact Shopper::purse_fact(const Step& step) {
    switch (step.kind % 20) {
        case 17: {
            const Money bonus(step.size % 3 == 0 ? 5'00 : 0);
            return engine::BalanceToppedUp{Money((1 + step.length % 20) * 1'234), bonus, reader_.next_reference("T")};
        }
        case 18: {
            if (step.detail % 2 == 0)
                return engine::PointsAdjusted{Points(step.size * 10 + 1), reader_.next_reference("P"), "test"};
            engine::ProfileChanged profile;
            const LocalDate near = add_days(reader_.zone().date(at_), step.length % 4);
            profile.birthday = step.detail % 4 == 1 ? date_of(1992, 2, 29) : add_years(near, -20);
            return profile;
        }
        default: {  // enough to climb
            engine::OrderCreated order = reader_.order_of(step);
            static const std::array<std::int64_t, 4> amounts{500'00, 1'200'00, 6'000'00, 25'000'00};
            order.lines.front().amount = Money(chosen(amounts, step.target));
            order.paid_at = order.shipped_at = order.delivered_at = at_;
            return order;
        }
    }
}

}  // namespace

Habits habits_of(const programme::Programme& programme) {
    const std::vector<std::int64_t> amounts{0, 39, 500, 50'00, 99'99, 200'00, 800'00, 1000'00, 2500'00};
    Habits habits{programme.zone.name(), programme.price_kinds, {}, amounts, true, true, {300'00, 1000'00}};
    for (const programme::Tier& tier : programme.tiers) habits.tiers.push_back(tier.name);
    return habits;
}

std::vector<engine::Event> shopping_life(const std::vector<Step>& steps,
                                         const std::shared_ptr<const programme::Programme>& programme) {
    Shopper shopper(programme);
    std::vector<engine::Event> events;
    for (const Step& step : steps) events.push_back(shopper.live(step));
    return events;
}

}  // namespace regulars::model
