// Many members buy at promotions' prices and in groups, in any order: stocks and limits hold, groups have no more seats
// than they say, and whoever does not get what they paid for gets the money back.
#include "world.hpp"

#include <algorithm>
#include <deque>
#include <map>

#include "engine/activities/common.hpp"
#include "engine/orders/groups.hpp"
#include "engine/orders/quote.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regulars::model {

namespace {

using programme::Promotion;

constexpr std::int64_t ms_per_minute = 60'000;

bool is_over(const engine::Order& order) {
    return order.status == engine::OrderStatus::cancelled || order.status == engine::OrderStatus::returned;
}

Money paid_for(const engine::Order& order) {
    Money sum;
    if (!order.paid_at) return sum;
    for (const engine::OrderLine& line : order.lines) sum += line.amount;
    return sum;
}

/// What the service knows of a stock that members share.
struct Shelf {
    std::int64_t issued = 0;
    LocalDate day;
    std::int64_t issued_on_day = 0;
};

/// Some members, the stocks that they share, and what follows for one from what another does.
class Street {
public:
    Street() : programme_(load_programme("tests/engine/programmes/promotions.yaml", {})) {
        now_ = *parse_instant("2026-03-01 19:00", programme_->zone);
        for (std::uint64_t id = 1; id <= 4; ++id) worlds_.emplace_back(programme_, MemberId{id});
        for (World& world : worlds_) tell(world, engine::Registered{});
    }

    void step() {
        World& world = worlds_[*rc::gen::inRange<std::size_t>(0, worlds_.size())];
        switch (*rc::gen::inRange(0, 12)) {
            case 0:
            case 1:
            case 2: return buy(world);
            case 3: return hold(world);
            case 4: return use_hold(world);
            case 5: return end_order(world);
            case 6:
            case 7: return open(world);
            case 8:
            case 9: return join(world);
            case 10: return deliver(world);
            default: return wait(*rc::gen::inRange<std::int64_t>(1, 6 * 60));
        }
    }

    void check() {
        for (const Promotion& promotion : programme_->promotions.promotions) check_stock(promotion);
        for (const World& world : worlds_) {
            if (!world.broken_laws().empty()) RC_FAIL(world.broken_laws().front());
            for (const Promotion& promotion : programme_->promotions.promotions) check_limit(world, promotion);
            for (const engine::Group& group : world.member().groups) {
                RC_ASSERT(static_cast<std::int64_t>(group.seats.size()) < group.size);
                RC_ASSERT(group.ends_at > now_);
            }
        }
    }

    /// When nobody does anything for long, nothing waits any more.
    void rest() {
        wait(std::int64_t{3} * 24 * 60);
        for (const World& world : worlds_) {
            RC_ASSERT(world.member().groups.empty());
            RC_ASSERT(world.member().holds.empty());
            for (const engine::Order& order : world.member().open_orders) RC_ASSERT(!engine::is_waiting(order));
        }
        RC_ASSERT(failed_ == paid_back_);
    }

private:
    std::int64_t left_of(const Promotion& promotion) {
        const Shelf& shelf = shelves_[programme::stock_of_promotion(promotion.name)];
        std::int64_t left = INT64_MAX;
        const LocalDate today = programme_->zone.date(now_);
        if (promotion.stock.total) left = *promotion.stock.total - shelf.issued;
        if (promotion.stock.per_day)
            left = std::min(left, *promotion.stock.per_day - (shelf.day == today ? shelf.issued_on_day : 0));
        return left;
    }

    engine::Event event_of(engine::Fact fact) {
        engine::Event event{now_, std::move(fact)};
        const bool sells = std::holds_alternative<engine::OrderCreated>(event.fact) ||
                           std::holds_alternative<engine::HoldPlaced>(event.fact);
        for (const Promotion& promotion : programme_->promotions.promotions)
            if (sells && promotion.stock.limited())
                event.stock.push_back({programme::stock_of_promotion(promotion.name),
                                       std::max<std::int64_t>(0, left_of(promotion))});
        return event;
    }

    Answer tell(World& world, engine::Fact fact) {
        const Answer answer = world.tell(event_of(std::move(fact)));
        follow(answer.outcome);
        return answer;
    }

    void follow(const engine::Outcome& outcome) {
        for (const engine::StockTaken& taken : outcome.stock_taken) {
            Shelf& shelf = shelves_[taken.name];
            const LocalDate day = programme_->zone.date(taken.at);
            if (taken.count > 0 && day > shelf.day) shelf = {shelf.issued, day, 0};
            shelf.issued += taken.count;
            if (taken.count > 0 || day == shelf.day) shelf.issued_on_day += taken.count;
        }
        const auto& notices = outcome.notices;
        const bool failed = std::any_of(notices.begin(), notices.end(), [](const engine::Notice& notice) {
            return notice.kind == engine::NoticeKind::group_failed;
        });
        for (const engine::Order& order : outcome.closed_orders)
            if (failed && order.status == engine::OrderStatus::cancelled && outcome.refund) {
                failed_ += paid_for(order);
                if (order.number == last_failed(outcome)) paid_back_ += outcome.refund->cash;
                else paid_back_ += paid_for(order);
            }
        for (const engine::FollowUp& next : outcome.follow_ups) tell(worlds_[next.member.value - 1], next.fact);
    }

    // Of several orders that are cancelled at once the refund is told of the last.
    static OrderNumber last_failed(const engine::Outcome& outcome) { return outcome.closed_orders.back().number; }

    void wait(std::int64_t minutes) {
        now_.ms += minutes * ms_per_minute;
        for (World& world : worlds_) {
            const engine::Outcome outcome = world.advance(now_);
            follow(outcome);
        }
    }

    engine::Line some_line() {
        struct Goods {
            const char* product;
            std::int64_t list;
            const char* promotion;
        };
        const auto [product, list, promotion] = *rc::gen::element<Goods>(
            Goods{"egg", 500, "welcome_egg"}, Goods{"rice", 3'000, "flash"}, Goods{"tea", 1'000, "week"},
            Goods{"crab", 5'000, "together"}, Goods{"crab", 5'000, "three"}, Goods{"oil", 2'000, ""});
        engine::Line line;
        line.product = product;
        line.quantity = *rc::gen::inRange<std::int64_t>(1, 4);
        line.list_amount = Money(list * line.quantity);
        line.amount = *line.list_amount;
        line.promotion = promotion;
        return line;
    }

    std::string name() { return "N" + std::to_string(++names_); }

    void buy(World& world) {
        engine::OrderCreated order;
        order.order_id = name();
        order.lines.push_back(some_line());
        engine::Line& line = order.lines.front();
        const Promotion* promotion = programme_->promotions.find(line.promotion);
        if (promotion != nullptr && promotion->price) line.amount = Money(promotion->price->count() * line.quantity);
        if (*rc::gen::inRange(0, 4) != 0) order.paid_at = now_;
        tell(world, std::move(order));
    }

    void hold(World& world) {
        engine::HoldPlaced placed;
        placed.hold_id = name();
        placed.lines = {some_line(), some_line()};
        if (*rc::gen::arbitrary<bool>())
            for (engine::Line& line : placed.lines) line.promotion.clear();
        const Answer answer = tell(world, placed);
        if (!answer.accepted()) return;
        for (std::size_t i = 0; i < placed.lines.size(); ++i) {
            const engine::QuotedLine& quoted = answer.outcome.quote->lines[i];
            placed.lines[i].promotion = quoted.promotion;
            placed.lines[i].amount = quoted.payable;
        }
        held_.insert_or_assign(placed.hold_id, placed.lines);
    }

    void use_hold(World& world) {
        if (world.member().holds.empty()) return;
        const std::string hold_id = world.member().holds.front().hold_id;
        if (*rc::gen::inRange(0, 4) == 0) {
            tell(world, engine::HoldReleased{hold_id});
            return;
        }
        engine::OrderCreated order;
        order.order_id = name();
        order.lines = held_.at(hold_id);
        order.hold_id = hold_id;
        order.paid_at = now_;
        RC_ASSERT(tell(world, std::move(order)).accepted());
    }

    const engine::Order* some_order(const World& world) {
        const auto& orders = world.member().open_orders;
        return orders.empty() ? nullptr : &orders[*rc::gen::inRange<std::size_t>(0, orders.size())];
    }

    void end_order(World& world) {
        const engine::Order* order = some_order(world);
        if (order == nullptr) return;
        const std::string order_id = order->order_id;
        if (*rc::gen::arbitrary<bool>()) tell(world, engine::OrderCancelled{order_id});
        else tell(world, engine::OrderRefunded{order_id, name(), {}});
    }

    void open(World& world) {
        const engine::Order* order = some_order(world);
        if (order == nullptr) return;
        tell(world, engine::GroupOpened{name(), *rc::gen::element<std::string>("together", "three"),
                                        order->order_id});
    }

    // Both halves or none, as the service does it.
    void join(World& world) {
        World& leader = worlds_[*rc::gen::inRange<std::size_t>(0, worlds_.size())];
        const engine::Order* order = some_order(world);
        if (order == nullptr || leader.member().groups.empty() || &leader == &world) return;
        const auto& groups = leader.member().groups;
        const engine::Group group = groups[*rc::gen::inRange<std::size_t>(0, groups.size())];
        if (group.group.empty()) return;
        const engine::GroupJoined joined{group.group, leader.member().id, order->order_id, group.promotion};
        const engine::GroupSeatTaken seat{group.group, world.member().id, order->order_id, false, group.promotion};
        if (!is_possible(world, joined) || !is_possible(leader, seat)) return;
        RC_ASSERT(!tell(world, joined).rejection);
        RC_ASSERT(!tell(leader, seat).rejection);
    }

    bool is_possible(const World& world, engine::Fact fact) {
        engine::Member copy = world.member();
        engine::Outcome outcome;
        return engine::decide(world.versions(), copy, {now_, std::move(fact)}, {}, outcome).has_value();
    }

    void deliver(World& world) {
        const engine::Order* order = some_order(world);
        if (order != nullptr) tell(world, engine::OrderDelivered{order->order_id});
    }

    static std::int64_t pieces_of(const World& world, const Promotion& promotion) {
        std::int64_t pieces = 0;
        const auto count = [&](const engine::Order& order) {
            for (const engine::OrderLine& line : order.lines)
                if (!is_over(order) && line.promotion == promotion.name) pieces += line.quantity;
        };
        for (const engine::Order& order : world.member().open_orders) count(order);
        for (const auto& [order_id, order] : world.closed_orders()) count(order);
        for (const engine::Hold& hold : world.member().holds)
            for (const engine::NamedCount& held : hold.pieces)
                if (held.name == promotion.name) pieces += held.total;
        return pieces;
    }

    void check_stock(const Promotion& promotion) {
        std::int64_t pieces = 0;
        for (const World& world : worlds_) pieces += pieces_of(world, promotion);
        RC_ASSERT(shelves_[programme::stock_of_promotion(promotion.name)].issued == pieces);
        RC_ASSERT(left_of(promotion) >= 0);
    }

    void check_limit(const World& world, const Promotion& promotion) {
        const auto& counts = world.member().promotion_counts;
        const std::int64_t pieces = pieces_of(world, promotion);
        RC_ASSERT(engine::total_of(counts, promotion.name) == pieces);
        RC_ASSERT(pieces <= promotion.limit.total.value_or(INT64_MAX));
        RC_ASSERT(engine::on_day_of(counts, promotion.name, programme_->zone.date(now_)) <=
                  promotion.limit.per_day.value_or(INT64_MAX));
    }

    std::shared_ptr<const programme::Programme> programme_;
    std::deque<World> worlds_;
    std::map<std::string, Shelf> shelves_;
    std::map<std::string, std::vector<engine::Line>> held_;
    Instant now_;
    int names_ = 0;
    Money failed_;      ///< paid for orders of groups that failed
    Money paid_back_;   ///< for them
};

RC_GTEST_PROP(promotions, stocks_limits_and_seats_hold_whatever_members_do, ()) {
    Street street;
    const int steps = *rc::gen::inRange(0, 80);
    for (int i = 0; i < steps; ++i) {
        street.step();
        street.check();
    }
    street.rest();
    street.check();
}

}  // namespace

}  // namespace regulars::model
