// A quote keeps its word: an order of what it says is payable, paid at that instant, brings what it says it would.
#include "random_history.hpp"
#include "world.hpp"

#include "engine/orders/quote.hpp"

#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regulars::model {

namespace {

using Loaded = std::shared_ptr<const programme::Programme>;

const std::vector<Loaded>& programmes() {
    static const std::vector<Loaded> loaded = [] {
        std::vector<Loaded> all;
        for (const char* path : {"programmes/vancl.yaml", "programmes/four-tier.yaml", "programmes/vip-cashback.yaml",
                                 "programmes/quarterly.yaml", "programmes/share.yaml"})
            all.push_back(load_programme(path, {}));
        // Without the caps, which a quote cannot promise for an order that other orders may overtake.
        all.push_back(load_programme("tests/engine/programmes/features.yaml",
                                     {{"caps: {order: 5000, day: 8000, month: 10000}", "caps: {order: 5000}"}}));
        return all;
    }();
    return loaded;
}

engine::Basket any_basket(const programme::Programme& programme) {
    engine::Basket basket;
    std::int64_t amount = 0;
    const int lines = *rc::gen::inRange(1, 4);
    for (int i = 0; i < lines; ++i) {
        engine::Line line;
        line.amount = Money(*rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 3'000),
                                            rc::gen::inRange<std::int64_t>(0, 200'000)));
        line.quantity = *rc::gen::inRange<std::int64_t>(1, 5);
        line.price_kind = *rc::gen::elementOf(programme.price_kinds);
        line.category = *rc::gen::element<std::string>("", "shoes");
        if (*rc::gen::arbitrary<bool>())
            line.cost = Money(line.amount.count() * *rc::gen::inRange<std::int64_t>(0, 100) / 100);
        amount += line.amount.count();
        basket.lines.push_back(line);
    }
    basket.shipping_fee = Money(*rc::gen::element<std::int64_t>(0, 990));
    basket.channel = *rc::gen::element<std::string>("", "web");
    return basket;
}

const engine::Order& order_named(const World& world, const std::string& order_id) {
    for (const engine::Order& order : world.member().open_orders)
        if (order.order_id == order_id) return order;
    return world.closed_orders().at(order_id);
}

RC_GTEST_PROP(quotes, promise_what_the_order_then_brings, ()) {
    const Loaded programme = programmes()[*rc::gen::inRange<std::size_t>(0, programmes().size())];
    Habits habits{programme->zone.name(), programme->price_kinds, {}, {0, 500, 99'99, 800'00, 2500'00}, true, true, {}};
    for (const programme::Tier& tier : programme->tiers) habits.tiers.push_back(tier.name);
    World world(programme);
    Instant at = events_of({Step{}}, habits).front().at;
    for (const engine::Event& event : events_of(*lives(), habits)) {
        world.tell(event);
        at = std::max(at, event.at);
    }
    const engine::Basket basket = any_basket(*programme);
    const engine::Member before = world.member();
    const auto quote = engine::quote(world.versions(), world.member(), basket, at);
    RC_ASSERT(quote.has_value());
    RC_ASSERT(world.member() == before);

    engine::OrderCreated order;
    order.order_id = "quoted";
    order.lines = basket.lines;
    order.shipping_fee = basket.shipping_fee;
    order.channel = basket.channel;
    order.paid_at = at;
    Money payable;
    Points points;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        const engine::QuotedLine& line = quote->lines[i];
        RC_ASSERT(line.amount - line.discount == line.payable);
        RC_ASSERT(line.discount >= Money(0) && line.payable >= Money(0));
        order.lines[i].amount = line.payable;
        payable += line.payable;
        points += line.points;
    }
    RC_ASSERT(points == quote->points);
    RC_ASSERT(payable + (quote->free_shipping ? Money(0) : basket.shipping_fee) == quote->payable);
    // The order's lines are what is payable: what rules say about prices holds for both alike only without a discount.
    if (!quote->discount.is_zero()) return;
    RC_ASSERT(world.tell({at, order}).accepted());
    const engine::Order& brought = order_named(world, "quoted");
    RC_ASSERT(brought.points == quote->points);
    RC_ASSERT(brought.cashback == quote->cashback);
    RC_ASSERT(brought.flags == quote->flags);
}

TEST(quotes, refuse_what_an_order_would_be_refused_for) {
    World world(programmes().front());
    const Instant at{1'700'000'000'000};
    engine::Basket basket;
    EXPECT_EQ(engine::quote(world.versions(), world.member(), basket, at).error(), engine::Rejection::no_lines);
    basket.lines.emplace_back().amount = Money(-1);
    EXPECT_EQ(engine::quote(world.versions(), world.member(), basket, at).error(),
              engine::Rejection::amount_out_of_range);
    basket.lines[0].amount = Money(100);
    basket.lines[0].quantity = 0;
    EXPECT_EQ(engine::quote(world.versions(), world.member(), basket, at).error(),
              engine::Rejection::quantity_out_of_range);
    basket.lines[0].quantity = 1;
    basket.gift_card = Money(101);
    EXPECT_EQ(engine::quote(world.versions(), world.member(), basket, at).error(),
              engine::Rejection::gift_card_over_amount);
    basket.gift_card = Money(0);
    basket.lines[0].price_kind = "nonsense";
    EXPECT_EQ(engine::quote(world.versions(), world.member(), basket, at).error(),
              engine::Rejection::unknown_price_kind);
    basket.lines[0].price_kind = "";
    EXPECT_TRUE(engine::quote(world.versions(), world.member(), basket, at).has_value());
}

TEST(quotes, of_somebody_new_are_those_of_one_who_registers_now) {
    World world(load_programme("tests/engine/programmes/features.yaml",
                               {{"'member.attributes[\"card\"] == \"student\"'", "member.tenure_days == 0"}}));
    engine::Basket basket;
    basket.lines.emplace_back().amount = Money(10'00);
    const Instant monday{1'767'600'000'000};
    const auto quote = engine::quote(world.versions(), world.member(), basket, monday);
    ASSERT_TRUE(quote.has_value());
    EXPECT_EQ(quote->points, Points(15));
    EXPECT_TRUE(world.member() == engine::new_member(MemberId{1}));
}

TEST(quotes, of_a_vip_show_the_discount_and_where_it_does_not_apply) {
    World world(programmes().front());
    const Instant at{1'700'000'000'000};
    world.tell({at, engine::TierGranted{"svip", {}, ""}});
    engine::Basket basket;
    basket.lines.emplace_back().amount = Money(100'00);
    basket.lines.emplace_back().amount = Money(50'00);
    basket.lines.back().price_kind = "special";
    basket.shipping_fee = Money(10'00);
    const auto quote = engine::quote(world.versions(), world.member(), basket, at);
    ASSERT_TRUE(quote.has_value());
    EXPECT_EQ(quote->tier, "svip");
    EXPECT_EQ(quote->discount, Money(5'00));
    EXPECT_EQ(quote->lines[1].discount, Money(0));
    EXPECT_EQ(quote->payable, Money(155'00));
    // (95.00 x 2 + 50.00 / 2) x 2
    EXPECT_EQ(quote->points, Points(430));
    EXPECT_FALSE(quote->reasons.empty());
}

}  // namespace

}  // namespace regulars::model
