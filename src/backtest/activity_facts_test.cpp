// Activities, the points mall and reviews in a backtest: worked out by hand, and summed up over members.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "backtest/chance.hpp"
#include "backtest/testing_rehearse.hpp"
#include "backtest/write.hpp"

namespace regulars::backtest {
namespace {

using ::testing::HasSubstr;
using testing::rehearse;
using testing::Rehearsed;
using testing::Setting;

Setting with_facts(const std::string& rows) {
    Setting setting;
    setting.programme = "tests/backtest/data/activities.yaml";
    setting.facts = "customer_id,at,what,name,count,amount,order_id\n" + rows;
    setting.until = "2026-03-31";
    return setting;
}

const std::string one_order =
    "order_id,customer_id,ordered_at,amount,product\n"
    "A1,ann,2026-03-01T10:00,200.00,P1\n";

/// "times given paid cost" of an activity or item.
std::string figures(const Rehearsed& result, std::string_view code) {
    for (const ActivityFigures& one : result.report.activities)
        if (one.code == code)
            return std::to_string(one.times) + " " + std::to_string(one.points_given) + " " +
                   std::to_string(one.points_paid) + " " + std::to_string(one.cost_minor);
    return "no such code";
}

TEST(activities_of_a_backtest, check_ins_behaviour_visits_and_questionnaires_give_what_the_programme_says) {
    const Rehearsed result = rehearse(one_order, with_facts("ann,2026-03-02,check_in,daily,,,\n"
                                                            "ann,2026-03-03,check_in,daily,,,\n"
                                                            "ann,2026-03-03T12:00,check_in,daily,,,\n"
                                                            "ann,2026-03-04,check_in,daily,,,\n"
                                                            "ann,2026-03-04,behaviour,share,,,\n"
                                                            "ann,2026-03-04,behaviour,share,,,\n"
                                                            "ann,2026-03-04,behaviour,share,,,\n"
                                                            "ann,2026-03-04,store_visit,visit,,,\n"
                                                            "ann,2026-03-05,questionnaire,taste,,,\n"));
    EXPECT_EQ(figures(result, "daily"), "3 35 0 0");
    EXPECT_EQ(figures(result, "share"), "2 4 0 0");
    EXPECT_EQ(figures(result, "visit"), "1 3 0 0");
    EXPECT_EQ(figures(result, "taste"), "1 15 0 0");
    EXPECT_EQ(result.report.facts.applied, 7U);
    EXPECT_THAT(result.facts_rejects, HasSubstr("4,already_checked_in,"));
    EXPECT_THAT(result.facts_rejects, HasSubstr("8,activity_limit_reached,"));
    EXPECT_EQ(result.of("ann").points_available, 300 + 57);
}

TEST(activities_of_a_backtest, points_buy_goods_and_coupons) {
    const Rehearsed result = rehearse(one_order, with_facts("ann,2026-03-02,redemption,mug,2,,\n"
                                                            "ann,2026-03-02,redemption,mug,2,,\n"
                                                            "ann,2026-03-03,redemption,kettle,,,\n"
                                                            "ann,2026-03-04,redemption,ten_off,,,\n"
                                                            "ann,2026-03-05,redemption,kettle,,,\n"
                                                            "ann,2026-03-05,redemption,hat,,,\n"));
    EXPECT_EQ(figures(result, "mug"), "2 0 120 2400");
    EXPECT_EQ(figures(result, "kettle"), "1 0 80 5010");
    EXPECT_EQ(figures(result, "ten_off"), "1 0 40 0");
    EXPECT_THAT(result.facts_rejects, HasSubstr("3,goods_limit_reached,"));
    EXPECT_THAT(result.facts_rejects, HasSubstr("6,not_enough_points,"));
    EXPECT_THAT(result.facts_rejects, HasSubstr("7,unknown_name,"));
    // The money part is an order, which earns.
    EXPECT_EQ(result.report.sales_minor, 20'990);
    EXPECT_EQ(result.of("ann").orders, 2);
    EXPECT_EQ(result.of("ann").points_available, 300 - 240 + 9);
    EXPECT_EQ(result.report.points.redeemed, 240);
}

TEST(activities_of_a_backtest, reviews_are_of_orders_that_have_settled) {
    const Rehearsed result = rehearse(one_order, with_facts("ann,2026-03-10,product_review,P1,,,A1\n"
                                                            "ann,2026-03-11,product_review,P1,,,A1\n"
                                                            "ann,2026-03-10,product_review,P2,,,A1\n"
                                                            "ann,2026-03-10,product_review,P1,,,\n"
                                                            "ann,2026-03-10,check_in,daily,,,A1\n"));
    EXPECT_EQ(figures(result, "reviews"), "1 50 0 0");
    EXPECT_THAT(result.facts_rejects, HasSubstr("4,review_not_possible,"));
    EXPECT_THAT(result.facts_rejects, HasSubstr("5,missing_order,"));
    EXPECT_THAT(result.facts_rejects, HasSubstr("6,bad_word,"));
}

TEST(activities_of_a_backtest, turns_come_out_the_same_every_time_and_as_the_odds_say) {
    std::string rows;
    for (int day = 1; day <= 31; ++day)
        for (int customer = 0; customer < 40; ++customer)
            rows += "c" + std::to_string(customer) + ",2026-03-" + (day < 10 ? "0" : "") + std::to_string(day) +
                    ",turn,wheel,,,\n";
    const Rehearsed result = rehearse(one_order, with_facts(rows));
    EXPECT_EQ(result.report.facts.applied, 40U * 31U);
    EXPECT_EQ(figures(result, "wheel"), figures(rehearse(one_order, with_facts(rows)), "wheel"));
    // 1,240 turns at three in eight for 30 points, one in eight for the umbrella.
    for (const ActivityFigures& one : result.report.activities) {
        if (one.code != "wheel") continue;
        EXPECT_NEAR(static_cast<double>(one.points_given) / 30, 465, 60);
        EXPECT_NEAR(static_cast<double>(one.cost_minor) / 900, 155, 40);
    }
    EXPECT_NE(rehearsed_chance("ann", "wheel", 1), rehearsed_chance("ann", "wheel", 2));
    EXPECT_NE(rehearsed_chance("ab", "c", 1), rehearsed_chance("a", "bc", 1));
}

TEST(activities_of_a_backtest, are_in_the_figures) {
    const Rehearsed result = rehearse(one_order, with_facts("ann,2026-03-02,redemption,mug,2,,\n"));
    const std::string json = write_json(result.report, {});
    EXPECT_THAT(json, HasSubstr("\"mug\": {\n      \"times\": 2,"));
    EXPECT_THAT(json, HasSubstr("\"points_paid\": 120"));
}

// One row of the file: who, on which day, what.
std::string some_row(std::string_view customer) {
    static const std::vector<std::string> whats{"check_in,daily", "turn,wheel",      "behaviour,share",
                                                "questionnaire,taste", "store_visit,visit", "redemption,mug",
                                                "redemption,kettle",   "redemption,ten_off"};
    const int day = *rc::gen::inRange(1, 30);
    return std::string(customer) + ",2026-03-" + (day < 10 ? "0" : "") + std::to_string(day) + "," +
           *rc::gen::elementOf(whats) + ",,,\n";
}

RC_GTEST_PROP(activities_of_a_backtest, totals_are_the_sums_over_members, ()) {
    std::map<std::string, std::string> rows;
    const std::vector<std::string> customers{"ann", "bob", "cid"};
    for (int i = *rc::gen::inRange(0, 60); i > 0; --i) {
        const std::string customer = *rc::gen::elementOf(customers);
        rows[customer] += some_row(customer);
    }
    const auto orders = [](const std::string& customer) {
        return "order_id,customer_id,ordered_at,amount,product\nA-" + customer + "," + customer +
               ",2026-03-01T10:00,150.00,P1\n";
    };
    std::string all_orders = "order_id,customer_id,ordered_at,amount,product\n";
    std::string all_rows;
    for (const std::string& customer : customers) {
        const std::string own = orders(customer);
        all_orders += own.substr(own.find('\n') + 1);
        all_rows += rows[customer];
    }
    const Rehearsed together = rehearse(all_orders, with_facts(all_rows));
    std::vector<ActivityFigures> sums(together.report.activities.size());
    std::int64_t costs = 0;
    // References are line numbers, which nothing but the turns' customer and number depends on.
    for (const std::string& customer : customers) {
        const Rehearsed alone = rehearse(orders(customer), with_facts(rows[customer]));
        costs += alone.report.costs_minor;
        for (std::size_t i = 0; i < sums.size(); ++i) {
            sums[i].times += alone.report.activities[i].times;
            sums[i].points_given += alone.report.activities[i].points_given;
            sums[i].points_paid += alone.report.activities[i].points_paid;
            sums[i].cost_minor += alone.report.activities[i].cost_minor;
        }
    }
    RC_ASSERT(together.report.costs_minor == costs);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        RC_ASSERT(together.report.activities[i].times == sums[i].times);
        RC_ASSERT(together.report.activities[i].points_given == sums[i].points_given);
        RC_ASSERT(together.report.activities[i].points_paid == sums[i].points_paid);
        RC_ASSERT(together.report.activities[i].cost_minor == sums[i].cost_minor);
    }
}

}  // namespace
}  // namespace regulars::backtest
