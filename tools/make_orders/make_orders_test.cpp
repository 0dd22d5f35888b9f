#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "make_orders/crowd.hpp"
#include "make_orders/orders.hpp"
#include "make_orders/season.hpp"
#include "make_orders/writer.hpp"

namespace regulars::make_orders {
namespace {

Plan small_plan() {
    Plan plan;
    plan.orders = 6000;
    plan.members = 1000;
    plan.seed = 7;
    plan.start = *parse_date("2024-01-01");
    plan.days = 500;
    plan.returns_per_thousand = 60;
    return plan;
}

std::vector<Order> all_orders(const Plan& plan) {
    std::vector<Order> orders;
    make_orders(plan, [&](const Order& order) {
        orders.push_back(order);
        return true;
    });
    return orders;
}

std::string csv(const Plan& plan, Columns columns) {
    std::string text;
    Writer writer(columns);
    writer.header(text);
    make_orders(plan, [&](const Order& order) {
        writer.order(order, text);
        return true;
    });
    return text;
}

RC_GTEST_PROP(make_orders, gives_what_the_plan_asks_for_in_the_order_of_time, ()) {
    Plan plan = small_plan();
    plan.orders = *rc::gen::inRange(1, 3000);
    plan.members = *rc::gen::inRange(1, 3000);
    plan.days = *rc::gen::inRange(1, 400);
    plan.seed = *rc::gen::arbitrary<std::uint64_t>();
    plan.returns_per_thousand = *rc::gen::inRange(0U, 1001U);
    std::int64_t made = 0;
    std::int64_t returned = 0;
    std::set<std::uint32_t> members;
    std::pair<LocalDate, std::uint32_t> before{plan.start, 0};
    for (const Order& order : all_orders(plan)) {
        RC_ASSERT(order.number == (order.is_return ? ++returned : ++made));
        const std::pair<LocalDate, std::uint32_t> now{order.date, order.second_of_day};
        RC_ASSERT(before <= now);
        RC_ASSERT(now.first < add_days(plan.start, plan.days));
        RC_ASSERT(now.second < 86'400U);
        before = now;
        members.insert(order.member);
    }
    RC_ASSERT(made == plan.orders);
    RC_ASSERT(returned <= made);
    RC_ASSERT(static_cast<std::int64_t>(members.size()) <= plan.members);
    RC_ASSERT(*members.rbegin() < static_cast<std::uint32_t>(plan.members));
}

TEST(make_orders, repeats_itself_for_the_same_seed_only) {
    Plan plan = small_plan();
    const std::string text = csv(plan, Columns::full);
    EXPECT_EQ(csv(plan, Columns::full), text);
    plan.seed = 8;
    EXPECT_NE(csv(plan, Columns::full), text);
}

TEST(make_orders, gives_the_same_bytes_on_every_machine) {
    Plan plan = small_plan();
    plan.orders = 3;
    plan.members = 2;
    plan.days = 30;
    EXPECT_EQ(csv(plan, Columns::minimal),
              "order_id,customer_id,ordered_at,amount\n"
              "O00000001,C0000001,2024-01-06T16:18:07,596.00\n"
              "O00000002,C0000002,2024-01-20T11:48:05,883.00\n"
              "O00000003,C0000002,2024-01-27T01:55:40,60.00\n");
}

TEST(make_orders, brings_every_member_once_and_a_few_very_often) {
    std::map<std::uint32_t, int> orders_of;
    for (const Order& order : all_orders(small_plan()))
        if (!order.is_return) ++orders_of[order.member];
    EXPECT_EQ(orders_of.size(), 1000U);
    std::vector<int> counts;
    for (const auto& [member, count] : orders_of) counts.push_back(count);
    std::sort(counts.begin(), counts.end());
    const auto once = std::count(counts.begin(), counts.end(), 1);
    const int of_the_busiest_tenth = std::accumulate(counts.end() - 100, counts.end(), 0);
    EXPECT_GT(once, 250) << "a quarter buys once";
    EXPECT_GT(of_the_busiest_tenth, 6000 * 35 / 100) << "a tenth places more than a third of the orders";
    EXPECT_GT(counts.back(), 25) << "somebody comes every other week";
}

TEST(make_orders, takes_back_only_what_was_bought_before) {
    std::map<std::pair<std::uint32_t, const Article*>, std::int64_t> held;
    int returns = 0;
    for (const Order& order : all_orders(small_plan())) {
        for (const Line& line : order.all_lines()) {
            EXPECT_EQ(line.quantity < 0, order.is_return);
            EXPECT_GE(held[std::pair(order.member, line.article)] += line.quantity, 0);
        }
        if (order.is_return) ++returns;
    }
    EXPECT_NEAR(returns, 6000 * 60 / 1000, 80);
}

TEST(make_orders, stops_when_told) {
    int taken = 0;
    make_orders(small_plan(), [&](const Order&) { return ++taken < 10; });
    EXPECT_EQ(taken, 10);
}

TEST(season, makes_singles_day_the_busiest) {
    const LocalDate start = *parse_date("2024-01-01");
    const auto counts = orders_by_day(start, 366, 100'000);
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}), 100'000);
    const auto busiest = std::max_element(counts.begin(), counts.end()) - counts.begin();
    EXPECT_EQ(text_of(add_days(start, static_cast<std::int32_t>(busiest))), "2024-11-11");
    EXPECT_TRUE(is_festival(*parse_date("2025-06-18")));
    EXPECT_FALSE(is_festival(*parse_date("2025-06-19")));
}

TEST(chance, stays_below_its_bound_and_reaches_every_value) {
    Chance chance(3);
    std::set<std::uint32_t> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(chance.below(7));
    EXPECT_EQ(seen.size(), 7U);
    EXPECT_EQ(*seen.rbegin(), 6U);
}

TEST(writer, names_every_column_once_in_each_row) {
    const std::string text = csv(small_plan(), Columns::full);
    std::size_t row = 0;
    for (std::size_t start = 0; start < text.size(); ++row) {
        const auto end = text.find('\n', start);
        const std::string line = text.substr(start, end - start);
        ASSERT_EQ(std::count(line.begin(), line.end(), ','), 14) << line;
        start = end + 1;
    }
    EXPECT_GT(row, 6000U);
}

TEST(writer, writes_returns_as_negative_lines) {
    Writer writer(Columns::full);
    Order order;
    order.number = 12;
    order.is_return = true;
    order.member = 4;
    order.date = *parse_date("2024-02-29");
    order.second_of_day = 3661;
    order.channel = "web";
    order.lines[0] = {catalogue().data(), "special", -2, 1950};
    order.line_count = 1;
    std::string text;
    writer.order(order, text);
    EXPECT_EQ(text,
              "R00000012,C0000005,2024-02-29T01:01:01,,tshirt-white,tshirts,-2,19.50,-39.00,special,-58.00,"
              "-22.00,0.00,web,\n");
}

}  // namespace
}  // namespace regulars::make_orders
