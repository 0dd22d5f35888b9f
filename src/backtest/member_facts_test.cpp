// What happens beside orders in a backtest: small histories worked out by hand, and the campaigns of a real shop where
// its data set is at hand.
#include "backtest/member_facts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "backtest/testing_rehearse.hpp"

namespace regulars::backtest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::rehearse;
using testing::Rehearsed;
using testing::Setting;

constexpr std::string_view head = "customer_id,at,what,name,count,amount\n";

Setting with_facts(const std::string& rows, CouponUse use = CouponUse::told) {
    Setting setting;
    setting.programme = "programmes/newcomer.yaml";
    setting.facts = std::string(head) + rows;
    setting.use = use;
    setting.until = "2026-03-31";
    return setting;
}

/// "given/used/lapsed/in wallets cost" of a coupon.
std::string figures(const Rehearsed& result, std::string_view name) {
    for (const CouponFigures& coupon : result.report.coupons)
        if (coupon.name == name)
            return std::to_string(coupon.given) + "/" + std::to_string(coupon.used) + "/" +
                   std::to_string(coupon.expired) + "/" + std::to_string(coupon.in_wallets()) + " " +
                   std::to_string(coupon.cost_minor);
    return "no such coupon";
}

// Registers with the first order, which brings the pack; the second comes a day and a half later.
const std::string two_orders =
    "order_id,customer_id,ordered_at,amount,category\n"
    "A1,ann,2026-03-01T10:00,10.00,shoes\n"
    "A2,ann,2026-03-02T22:00,120.00,shoes\n";

TEST(coupons_of_a_backtest, lie_in_wallets_until_they_lapse_when_nothing_is_told) {
    const Rehearsed result = rehearse(two_orders, with_facts(""));
    EXPECT_EQ(figures(result, "newcomer_3d"), "1/0/1/0 0");
    EXPECT_EQ(figures(result, "god_coupon"), "0/0/0/0 0");
}

TEST(coupons_of_a_backtest, are_used_for_the_best_where_that_is_asked_for) {
    const Rehearsed result = rehearse(two_orders, with_facts("", CouponUse::best));
    EXPECT_EQ(figures(result, "newcomer_2h"), "1/0/1/0 0");
    EXPECT_EQ(figures(result, "newcomer_3d"), "1/1/0/0 2000");
    EXPECT_EQ(figures(result, "newcomer_7d"), "1/0/1/0 0");
    // What the orders count stays as the file says it.
    EXPECT_EQ(result.report.sales_minor, 13'000);
}

TEST(coupons_of_a_backtest, told_ones_go_with_the_next_order_of_the_day) {
    const Rehearsed result = rehearse(two_orders, with_facts("ann,2026-03-01T12:00,coupon_granted,god_coupon,,\n"
                                                               "ann,2026-03-02,coupon_used,god_coupon,,\n"
                                                               "ann,2026-03-02,coupon_used,newcomer_7d,,4.50\n"));
    EXPECT_EQ(figures(result, "god_coupon"), "1/1/0/0 5000");
    EXPECT_EQ(figures(result, "newcomer_7d"), "1/1/0/0 450");
    EXPECT_EQ(result.of("ann").orders, 2);
    EXPECT_EQ(result.report.facts.applied, 3U);
}

TEST(coupons_of_a_backtest, a_use_without_an_order_that_day_is_an_order_of_its_own) {
    const Rehearsed result = rehearse(two_orders, with_facts("bob,2026-03-05,coupon_granted,god_coupon,,\n"
                                                               "bob,2026-03-06T09:00,coupon_used,god_coupon,,\n"));
    EXPECT_EQ(figures(result, "god_coupon"), "1/1/0/0 5000");
    EXPECT_EQ(result.report.members, 2);
    EXPECT_EQ(result.of("bob").orders, 1);
    EXPECT_EQ(result.report.orders.applied, 2U);
}

TEST(facts_of_a_backtest, a_member_without_an_order_has_no_day_of_one) {
    const Rehearsed result = rehearse(two_orders, with_facts("bob,2026-03-05,coupon_granted,god_coupon,,\n"));
    EXPECT_EQ(result.of("bob").orders, 0);
    EXPECT_THAT(result.members_csv, HasSubstr("\nbob,member,0,0,0,0,0,0,\n"));
}

TEST(coupons_of_a_backtest, what_cannot_be_is_rejected_and_the_order_stays) {
    const Rehearsed result = rehearse(two_orders, with_facts("ann,2026-03-02,coupon_used,newcomer_2h,,\n"
                                                               "bob,2026-03-02,coupon_used,god_coupon,,\n"
                                                               "ann,2026-04-02,coupon_used,god_coupon,,\n"));
    EXPECT_THAT(result.facts_rejects, HasSubstr("2,coupon_not_found,"));
    EXPECT_THAT(result.facts_rejects, HasSubstr("3,coupon_not_found,"));
    EXPECT_EQ(result.report.facts.rejected, 2U);
    EXPECT_EQ(result.report.facts.after_until, 1U);
    EXPECT_EQ(result.report.orders.applied, 2U);
    EXPECT_EQ(result.report.sales_minor, 13'000);
}

TEST(coupons_of_a_backtest, come_back_with_a_whole_return) {
    const std::string orders = two_orders + "R1,ann,2026-03-03T10:00,-120.00,shoes\n";
    const Rehearsed result = rehearse(orders, with_facts("ann,2026-03-02,coupon_used,newcomer_3d,,\n"));
    EXPECT_EQ(figures(result, "newcomer_3d"), "1/0/1/0 0");
}

TEST(facts_of_a_backtest, plans_top_ups_and_benefits_are_told_too) {
    const std::string orders =
        "order_id,customer_id,ordered_at,amount,price_kind\n"
        "A1,ann,2026-03-01,200.00,member\n"
        "A2,ann,2026-03-05,200.00,member\n";
    Setting plus = with_facts("ann,2026-03-03,plan_bought,plus,,\n"
                              "ann,2026-03-04,plan_bought,plas,,\n"
                              "ann,2026-03-04,plan_bought,plus,,98.00\n");
    plus.programme = "programmes/plus.yaml";
    const Rehearsed bought = rehearse(orders, plus);
    // Five per cent of the second order, and nothing of the first.
    const auto cost = [&](const Rehearsed& result, std::string_view code) {
        for (const BenefitCost& one : result.report.costs)
            if (one.code == code) return one.minor;
        return std::int64_t{-1};
    };
    EXPECT_EQ(cost(bought, "plus_price"), 1'000);
    EXPECT_EQ(figures(bought, "plus_monthly"), "2/0/0/2 0");
    EXPECT_EQ(bought.report.facts.applied, 1U);
    EXPECT_THAT(bought.facts_rejects, HasSubstr("did you mean plus?"));
    EXPECT_THAT(bought.facts_rejects, HasSubstr("plan_bought has no amount"));

    Setting prepaid = with_facts("ann,2026-03-03,balance_topped_up,,,500.00\n"
                                 "ann,2026-03-03,balance_topped_up,,,\n"
                                 "ann,2026-03-03,balance_topped_up,offer,,500.00\n");
    prepaid.programme = "programmes/prepaid.yaml";
    const Rehearsed paid_in = rehearse("customer_id,ordered_at,amount\nann,2026-03-01,10.00\n", prepaid);
    EXPECT_EQ(paid_in.of("ann").balance_minor, 60'000);
    EXPECT_EQ(paid_in.report.facts.applied, 1U);
    EXPECT_THAT(paid_in.facts_rejects, HasSubstr("3,bad_amount,"));
    EXPECT_THAT(paid_in.facts_rejects, HasSubstr("4,unknown_name,"));

    Setting mall = with_facts("ann,2026-03-03,benefit_used,priority_dispatch,,\n");
    mall.programme = "programmes/mall.yaml";
    const Rehearsed used = rehearse("customer_id,ordered_at,amount\nann,2026-03-01,10.00\n", mall);
    EXPECT_THAT(used.facts_rejects, HasSubstr("2,benefit_not_held,"));
}

TEST(facts_of_a_backtest, every_bad_row_is_told_with_its_reason) {
    const Rehearsed result = rehearse(two_orders, with_facts(",2026-03-02,coupon_used,god_coupon,,\n"
                                                               "ann,yesterday,coupon_used,god_coupon,,\n"
                                                               "ann,2026-03-02,lost,god_coupon,,\n"
                                                               "ann,2026-03-02,coupon_used,god_coupn,,\n"
                                                               "ann,2026-03-02,coupon_granted,god_coupon,0,\n"
                                                               "ann,2026-03-02,coupon_used,god_coupon,2,\n"
                                                               "ann,2026-03-02,coupon_used,god_coupon,,-1\n"
                                                               "ann,2026-03-02,coupon_granted,god_coupon,,1.00\n"
                                                               "ann,2026-03-02,coupon_used\n"));
    std::istringstream lines(result.facts_rejects);
    std::vector<std::string> reasons;
    for (std::string line; std::getline(lines, line);) {
        const auto first = line.find(',');
        reasons.push_back(line.substr(first + 1, line.find(',', first + 1) - first - 1));
    }
    EXPECT_THAT(reasons, ElementsAre("reason", "missing_customer", "bad_date", "bad_word", "unknown_name",
                                     "bad_quantity", "bad_quantity", "bad_amount", "bad_amount", "field_count"));
    EXPECT_THAT(result.facts_rejects, HasSubstr("did you mean god_coupon?"));
}

TEST(facts_of_a_backtest, a_file_without_its_columns_is_refused) {
    Setting setting = with_facts("");
    setting.facts = "customer_id,at,name\nann,2026-03-02,god_coupon\n";
    EXPECT_THAT(rehearse(two_orders, setting).failure, HasSubstr("no column what"));
    setting.facts = "customer_id,at,at,what,name\n";
    EXPECT_THAT(rehearse(two_orders, setting).failure, HasSubstr("twice"));
    setting.facts.clear();
    EXPECT_EQ(rehearse(two_orders, setting).failure, "");
}

// --- The Complete Journey: a year of a real shop's campaigns -------------------------------------------------------

using Rows = std::vector<std::vector<std::string>>;

// Its files have no quoted fields.
Rows rows_of(const std::string& path) {
    Rows rows;
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        auto& row = rows.emplace_back();
        std::istringstream fields(line);
        for (std::string field; std::getline(fields, field, ',');) row.push_back(field);
    }
    return rows;
}

struct Campaigns {
    std::string programme;
    std::string given;
    std::string used;
};

// One template for each campaign, valid on its days; who received it got so many of it. Which sixteen of a campaign of
// type A a household got is not recorded, and some were used twice.
Campaigns campaigns_at(const std::string& folder) {
    Campaigns result;
    std::map<std::string, std::set<std::string>> coupons;
    for (const auto& row : rows_of(folder + "/coupons.csv")) coupons[row[2]].insert(row[0]);
    std::map<std::string, std::pair<std::string, std::size_t>> begins;  // and how many each household got
    std::ostringstream programme;
    programme << "name: campaigns\nversion: 1\ncurrency: USD\ntime_zone: America/New_York\n"
                 "tiers: {ladder: [{name: member}]}\ncoupons:\n  templates:\n";
    for (const auto& row : rows_of(folder + "/campaign_descriptions.csv")) {
        programme << "    - {name: campaign_" << row[0] << ", amount_off: 1.00, valid: {from: " << row[2]
                  << ", until: " << row[3] << "}}\n";
        begins[row[0]] = {row[2], row[1] == "Type A" ? 20 : 2 * coupons[row[0]].size()};
    }
    result.programme = programme.str();
    result.given = result.used = head;
    for (const auto& row : rows_of(folder + "/campaigns.csv")) {
        const auto& [day, count] = begins[row[0]];
        result.given += row[1] + "," + day + ",coupon_granted,campaign_" + row[0] + "," + std::to_string(count) + ",\n";
    }
    for (const auto& row : rows_of(folder + "/coupon_redemptions.csv")) {
        result.used += row[0] + "," + row[3] + ",coupon_used,campaign_" + row[2] + ",,\n";
    }
    return result;
}

/// Its campaigns and redemptions, and `wrong` ones beside them.
Rehearsed rehearse_campaigns(const std::string& folder, const std::string& wrong) {
    const Campaigns campaigns = campaigns_at(folder);
    const std::string path = ::testing::TempDir() + "campaigns.yaml";
    std::ofstream(path) << campaigns.programme;
    std::ifstream orders(folder + "/transactions_sample.csv");
    std::stringstream text;
    text << orders.rdbuf();
    Setting setting;
    setting.programme = path;
    setting.map = "order_id=basket_id,customer_id=household_id,ordered_at=transaction_timestamp,amount=sales_value,"
                  "product=product_id,store=store_id";
    setting.until = "2018-02-28";
    setting.facts = campaigns.given + campaigns.used.substr(head.size()) + wrong;
    return rehearse(text.str(), setting);
}

std::map<std::string, std::int64_t> used_of(const Rehearsed& result) {
    std::map<std::string, std::int64_t> used;
    for (const CouponFigures& coupon : result.report.coupons) {
        used[coupon.name] = coupon.used;
        used["all"] += coupon.used;
        EXPECT_EQ(coupon.in_wallets(), 0) << coupon.name;
    }
    return used;
}

TEST(coupons_of_a_backtest, redemptions_of_campaigns_are_possible_on_their_days_and_for_their_households) {
    // A day after campaign 1 was over, a household that did not receive campaign 2, and one that nobody knows.
    const Rehearsed result = rehearse_campaigns("tests/backtest/data/campaigns_shape",
                                                "12,2017-04-01,coupon_used,campaign_1,,\n"
                                                "12,2017-04-02,coupon_used,campaign_2,,\n"
                                                "99,2017-04-02,coupon_used,campaign_2,,\n");
    ASSERT_EQ(result.failure, "");
    EXPECT_EQ(result.report.facts.rejected, 3U) << result.facts_rejects;
    EXPECT_EQ(result.report.facts.applied, 3U + 3U);
    auto used = used_of(result);
    EXPECT_EQ(used["campaign_1"], 2);
    EXPECT_EQ(used["campaign_2"], 1);
    EXPECT_EQ(result.report.sales_minor, 1'250);
}

// The shape is tested above whether the data set is there or not.
TEST(coupons_of_a_backtest, a_real_years_redemptions_are_all_possible_and_no_others) {
    const char* data = std::getenv("REGULARS_DATA");
    const std::string folder = std::string(data == nullptr ? "../shared/data" : data) + "/completejourney";
    if (!std::filesystem::exists(folder)) return;
    // A day after campaign 13 was over, and a household that did not receive campaign 18.
    const Rehearsed result = rehearse_campaigns(folder,
                                                "2489,2017-09-25,coupon_used,campaign_13,,\n"
                                                "no such household,2017-11-01,coupon_used,campaign_18,,\n");
    ASSERT_EQ(result.failure, "");
    EXPECT_EQ(result.report.facts.rejected, 2U) << result.facts_rejects;
    EXPECT_EQ(result.report.facts.applied, 6'589U + 2'102U);
    auto used = used_of(result);
    EXPECT_EQ(used["all"], 2'102);
    EXPECT_EQ(used["campaign_18"], 653);
    EXPECT_EQ(used["campaign_13"], 629);
    EXPECT_EQ(used["campaign_8"], 372);
    EXPECT_EQ(result.report.sales_minor, 23'393'524);
}

}  // namespace
}  // namespace regulars::backtest
