// Small histories worked out by hand with programmes/vancl.yaml, and laws that hold for any history.
#include "backtest/play.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "backtest/testing_rehearse.hpp"

namespace regulars::backtest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::rehearse;
using testing::Rehearsed;
using testing::Setting;

// Settles on 2 February at noon (1500.00), at the start of 9 February (600.00, vip from here), 11 March (1000.00 at a
// special price) and 31 March (400.00, 8.00 less for a vip).
const std::string ann =
    "order_id,customer_id,ordered_at,shipped_at,amount,price_kind\n"
    "A1,ann,2024-01-01T10:00:00,2024-01-03T12:00:00,1500.00,\n"
    "A2,ann,2024-01-10,,600.00,regular\n"
    "A3,ann,2024-02-10,,1000.00,special\n"
    "A4,ann,2024-03-01,,400.00,\n";

struct Day {
    const char* until;
    programme::TierRank tier;
    std::int64_t available;
    std::int64_t pending;
    std::int64_t expired;
    std::int64_t orders;
    std::int64_t spend_minor;
};

TEST(play, the_first_and_the_last_day_that_can_be_written_can_be_played) {
    for (const char* programme : {"programmes/vancl.yaml", "programmes/share.yaml"}) {
        const Rehearsed result = rehearse(
            "customer_id,ordered_at,amount\nann,2200-12-31T23:59:59,2500.00\nann,1900-01-01,10.00\n",
            {.programme = programme});
        EXPECT_EQ(result.failure, "") << programme;
        EXPECT_EQ(result.report.orders.applied, 2U) << programme << result.rejects;
    }
}

TEST(play, the_vancl_programme_stands_where_it_must_at_the_end_of_each_day) {
    for (const Day& day : {Day{"2024-02-01", 0, 0, 4200, 0, 0, 0},
                           {"2024-02-02", 0, 3000, 1200, 0, 1, 150'000},
                           {"2024-02-08", 0, 3000, 1200, 0, 1, 150'000},
                           {"2024-02-09", 1, 4200, 0, 0, 2, 210'000},
                           {"2024-03-20", 1, 4950, 1200, 0, 3, 310'000},
                           {"2024-03-31", 1, 6150, 0, 0, 4, 350'000},
                           {"2025-02-09", 1, 6150, 0, 0, 4, 350'000},
                           {"2025-03-30", 1, 6150, 0, 0, 4, 350'000},
                           {"2025-03-31", 1, 0, 0, 6150, 4, 350'000},
                           {"2026-02-08", 1, 0, 0, 6150, 4, 350'000},
                           {"2026-02-09", 0, 0, 0, 6150, 4, 350'000}}) {
        const Rehearsed result = rehearse(ann, {.until = day.until});
        const Standing standing = result.of("ann");
        EXPECT_EQ(standing.tier, day.tier) << day.until;
        EXPECT_EQ(standing.points_available, day.available) << day.until;
        EXPECT_EQ(standing.points_pending, day.pending) << day.until;
        EXPECT_EQ(standing.orders, day.orders) << day.until;
        EXPECT_EQ(standing.spend_minor, day.spend_minor) << day.until;
        EXPECT_EQ(result.report.points.expired, day.expired) << day.until;
        EXPECT_EQ(result.report.tiers[day.tier].members, 1) << day.until;
    }
}

TEST(play, what_counts_after_delivery_counts_from_shipping) {
    const std::string orders = "customer_id,ordered_at,shipped_at,amount\nann,2024-01-01,2024-01-03,100.00\n";
    Setting setting;
    setting.programme = "programmes/plus.yaml";
    setting.until = "2024-01-09";
    EXPECT_EQ(rehearse(orders, setting).of("ann").orders, 0);
    setting.until = "2024-01-10";
    EXPECT_EQ(rehearse(orders, setting).of("ann").orders, 1);
}

TEST(play, costs_and_sales_are_booked_by_the_tier_held_at_payment) {
    const Report report = rehearse(ann, {.until = "2024-03-20"}).report;
    EXPECT_EQ(report.sales_minor, 350'000);
    EXPECT_EQ(report.tiers[0].sales_minor, 210'000);
    EXPECT_EQ(report.tiers[1].sales_minor, 140'000);
    EXPECT_EQ(report.tiers[1].costs_minor, 800);
    EXPECT_EQ(report.costs_minor, 800);
    EXPECT_EQ(report.cost_share_millionths, 2286);
    EXPECT_EQ(report.points.issued, 4950);
    EXPECT_EQ(report.points.pending, 1200);
}

TEST(play, what_happens_after_the_last_day_is_not_applied_but_counted) {
    const Report report = rehearse(ann, {.until = "2024-02-08"}).report;
    EXPECT_EQ(report.orders.applied, 2u);
    EXPECT_EQ(report.orders.after_until, 2u);
    EXPECT_EQ(report.sales_minor, 210'000);
    const Report nothing = rehearse(ann, {.until = "2023-12-31"}).report;
    EXPECT_EQ(nothing.members, 0);
    EXPECT_EQ(nothing.orders.after_until, 4u);
}

TEST(play, months_tell_of_the_ladder_and_the_points) {
    const Report report = rehearse(ann, {.until = "2026-02-28"}).report;
    ASSERT_EQ(report.months.size(), 26u);
    EXPECT_THAT(report.months[0].tier_members, ElementsAre(1, 0, 0));
    EXPECT_THAT(report.months[1].tier_members, ElementsAre(0, 1, 0));
    EXPECT_EQ(report.months[1].points_issued, 4200);
    EXPECT_EQ(report.months[2].points_outstanding, 6150);
    EXPECT_EQ(report.months[2].sales_minor, 40'000);
    // The balance lapses at the midnight that ends March 2025, and that is still March.
    EXPECT_EQ(report.months[14].points_expired, 6150);
    EXPECT_EQ(report.months[15].points_expired, 0);
    EXPECT_EQ(report.months[15].points_outstanding, 0);
    EXPECT_EQ(report.months[1].tier_moves[0 * 3 + 1], 1);
    EXPECT_EQ(report.months[25].tier_moves[1 * 3 + 0], 1);
    EXPECT_THAT(report.peak_to_last, ElementsAre(0, 0, 0, 1, 0, 0, 0, 0, 0));
}

const std::string with_products = "order_id,customer_id,ordered_at,amount,sku,quantity\n";

TEST(play, a_whole_return_gives_everything_back) {
    const Rehearsed result = rehearse(with_products + "R1,cat,2024-01-01,200.00,S,2\nR2,cat,2024-03-01,-200.00,S,-2\n");
    const Standing standing = result.of("cat");
    EXPECT_EQ(standing.points_available, 0);
    EXPECT_EQ(standing.orders, 0);
    EXPECT_EQ(standing.spend_minor, 0);
    EXPECT_EQ(result.report.points.issued, 400);
    EXPECT_EQ(result.report.points.reversed, 400);
    EXPECT_EQ(result.report.sales_minor, 0);
    EXPECT_EQ(result.report.orders.returns_matched, 1u);
    EXPECT_EQ(result.report.orders.applied, 1u);
}

TEST(play, a_partial_return_takes_back_its_share_before_and_after_settlement) {
    for (const char* day : {"2024-01-10", "2024-03-01"}) {
        const Rehearsed result = rehearse(
            with_products + "R1,dan,2024-01-01,200.00,S,2\nR2,dan," + day + ",-100.00,S,-1\n", {.until = "2024-04-01"});
        EXPECT_EQ(result.of("dan").points_available, 200) << day;
        EXPECT_EQ(result.of("dan").spend_minor, 10'000) << day;
        EXPECT_EQ(result.of("dan").orders, 1) << day;
        EXPECT_EQ(result.report.sales_minor, 10'000) << day;
    }
}

TEST(play, returns_that_belong_to_no_order_are_told_and_change_nothing) {
    const Rehearsed result = rehearse(with_products +
                                      "R0,eve,2023-12-01,-50.00,S,-1\n"
                                      "R1,eve,2024-01-01,200.00,S,2\n"
                                      "R2,eve,2024-01-02,-100.00,T,-1\n"
                                      "R3,eve,2024-01-03,-300.00,S,-3\n"
                                      "R4,fay,2024-01-03,-300.00,S,-3\n");
    EXPECT_THAT(result.reject_reasons(), ElementsAre("2 return_unmatched", "4 return_unmatched",
                                                     "5 return_exceeds_orders", "6 return_unmatched"));
    EXPECT_EQ(result.report.orders.returns_unmatched, 4u);
    EXPECT_EQ(result.report.orders.rejected, 0u);
    EXPECT_EQ(result.report.members, 1);
    EXPECT_EQ(result.of("eve").points_pending, 0);
}

TEST(play, skipped_returns_are_counted) {
    const Rehearsed result = rehearse(with_products + "R1,dan,2024-01-01,200.00,S,2\nR2,dan,2024-01-10,-100.00,S,-1\n",
                                      {.returns = ReturnsPolicy::skip});
    EXPECT_EQ(result.report.orders.returns_skipped, 1u);
    EXPECT_EQ(result.report.sales_minor, 20'000);
    EXPECT_THAT(result.reject_reasons(), IsEmpty());
}

TEST(play, rows_of_one_order_are_its_lines_wherever_they_stand) {
    // 0.50 at 2 points is one point for each line, 0.75 earns 1.5: rounded once per order, the two earn two points.
    const Rehearsed result = rehearse(
        "order_id,customer_id,ordered_at,amount\nX,gus,2024-01-01,0.75\nY,gus,2024-01-02,0.75\nX,gus,2024-01-05,0."
        "50\n");
    EXPECT_EQ(result.report.orders.applied, 2u);
    EXPECT_EQ(result.report.orders.lines, 3u);
    EXPECT_EQ(result.of("gus").points_pending, 2 + 1);
    EXPECT_EQ(local_text_of(result.of("gus").last_order_at, Zone::find("Asia/Shanghai").value()),
              "2024-01-02T00:00:00");
}

TEST(play, one_order_id_of_two_customers_is_two_orders) {
    const Rehearsed result =
        rehearse("order_id,customer_id,ordered_at,amount\nX,a,2024-01-01,1.00\nX,b,2024-01-01,1.00\n");
    EXPECT_EQ(result.report.orders.applied, 2u);
    EXPECT_EQ(result.report.members, 2);
}

TEST(play, rows_without_an_order_id_are_orders_of_their_own) {
    const Rehearsed result = rehearse(
        "order_id,customer_id,ordered_at,amount\n,a,2024-01-01,1.00\n,a,2024-01-01,1.00\nX,a,2024-01-01,1.00\n");
    EXPECT_EQ(result.report.orders.applied, 3u);
}

TEST(play, an_order_with_too_many_lines_is_refused_as_a_whole) {
    std::string csv = "order_id,customer_id,ordered_at,amount\nY,a,2024-01-01,1.00\n";
    for (int i = 0; i < 2001; ++i) csv += "X,a,2024-01-02,1.00\n";
    const Rehearsed result = rehearse(csv);
    EXPECT_EQ(result.report.orders.applied, 1u);
    EXPECT_EQ(result.report.orders.rejected, 2001u);
    EXPECT_EQ(result.reject_reasons().front(), "3 too_many_lines");
    EXPECT_EQ(result.reject_reasons().back(), "2003 too_many_lines");
}

TEST(play, zero_amounts_are_orders) {
    const Rehearsed result = rehearse("customer_id,ordered_at,amount\na,2024-01-01,0\n", {.until = "2024-02-28"});
    EXPECT_EQ(result.report.orders.applied, 1u);
    EXPECT_EQ(result.of("a").orders, 1);
    EXPECT_EQ(result.report.cost_share_millionths, 0);
}

TEST(play, engine_time_comes_from_the_clock_that_is_handed_in) {
    const Report report = rehearse(ann).report;
    EXPECT_EQ(report.seconds, 0.5);
    EXPECT_EQ(report.orders_per_second, 8);
}

TEST(play, the_members_file_tells_every_member_in_order_of_first_appearance) {
    const Rehearsed result = rehearse(
        "customer_id,ordered_at,amount\n\"b,1\",2024-01-01T09:30:00,20.00\na,2024-01-01,10.00\n\"b,1\",2024-02-15,1."
        "00\n");
    EXPECT_EQ(result.members_csv,
              "customer_id,tier,growth,points_available,points_pending,balance_minor,orders,spend_minor,last_order_at\n"
              "\"b,1\",normal,0,40,2,0,1,2000,2024-02-15T00:00:00\n"
              "a,normal,0,20,0,0,1,1000,2024-01-01T00:00:00\n");
}

// A history of few customers, days and products, in which orders, lines and returns meet often.
struct HistoryRow {
    int customer;
    int day;
    int order;
    int sku;
    int quantity;
    int price;
};

std::vector<HistoryRow> any_history(bool returns) {
    const auto row = rc::gen::construct<HistoryRow>(rc::gen::inRange(0, 4), rc::gen::inRange(0, 800),
                                                    rc::gen::inRange(0, 8), rc::gen::inRange(0, 3),
                                                    rc::gen::inRange(returns ? -3 : 1, 4), rc::gen::inRange(0, 90'000));
    return *rc::gen::container<std::vector<HistoryRow>>(row);
}

std::string line_of(const HistoryRow& row) {
    const LocalDate day = add_days(parse_date("2023-01-01").value(), row.day);
    const std::int64_t minor = static_cast<std::int64_t>(row.quantity) * row.price;
    std::string cents = std::to_string(std::abs(minor % 100));
    if (cents.size() == 1) cents.insert(0, "0");
    return "o" + std::to_string(row.order) + ",c" + std::to_string(row.customer) + "," + text_of(day) + "," +
           (minor < 0 ? "-" : "") + std::to_string(std::abs(minor / 100)) + "." + cents + ",s" +
           std::to_string(row.sku) + "," + std::to_string(row.quantity) + "\n";
}

std::string csv_of(const std::vector<HistoryRow>& rows) {
    std::string csv = with_products;
    for (const HistoryRow& row : rows) csv += line_of(row);
    return csv;
}

std::vector<std::string> sorted_members(const Rehearsed& result) {
    std::vector<std::string> lines;
    std::size_t start = 0;
    for (std::size_t end = 0; (end = result.members_csv.find('\n', start)) != std::string::npos; start = end + 1)
        lines.push_back(result.members_csv.substr(start, end - start));
    std::sort(lines.begin(), lines.end());
    return lines;
}

RC_GTEST_PROP(play, any_history_accounts_for_every_row_and_every_point, ()) {
    // The ledger, the members and the months are compared inside; here it must only come through.
    const auto rows = any_history(true);
    const Rehearsed result = rehearse(csv_of(rows), {.until = "2026-12-31"});
    RC_ASSERT(result.report.orders.read == rows.size());
    RC_ASSERT(result.report.sales_minor >= 0);
    RC_ASSERT(result.report.points.pending == 0);
}

RC_GTEST_PROP(play, how_rows_of_different_members_are_mixed_changes_nothing, ()) {
    auto rows = any_history(true);
    const Setting setting{.until = "2025-12-31"};
    const auto before = sorted_members(rehearse(csv_of(rows), setting));
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.customer < b.customer; });
    RC_ASSERT(sorted_members(rehearse(csv_of(rows), setting)) == before);
}

RC_GTEST_PROP(play, an_order_in_lines_earns_what_it_earns_in_one_row, ()) {
    const auto rows = any_history(false);
    std::string whole = "order_id,customer_id,ordered_at,amount\n";
    std::string lines = whole;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const LocalDate day = add_days(parse_date("2023-01-01").value(), rows[i].day);
        const std::string start =
            std::to_string(i) + ",c" + std::to_string(rows[i].customer) + "," + text_of(day) + ",";
        const auto amount = [](int minor) {
            return std::to_string(minor / 100) + "." + (minor % 100 < 10 ? "0" : "") + std::to_string(minor % 100) +
                   "\n";
        };
        whole += start + amount(rows[i].price);
        lines += start + amount(rows[i].price / 3) + start + amount(rows[i].price - rows[i].price / 3);
    }
    const Setting setting{.until = "2025-12-31"};
    RC_ASSERT(sorted_members(rehearse(whole, setting)) == sorted_members(rehearse(lines, setting)));
}

RC_GTEST_PROP(play, every_ready_programme_comes_through_any_history, ()) {
    const std::string name = *rc::gen::element<std::string>("four-tier", "quarterly", "share", "vancl", "vip-cashback");
    const auto rows = any_history(true);
    const Rehearsed result =
        rehearse(csv_of(rows), {.programme = "programmes/" + name + ".yaml", .until = "2026-12-31"});
    RC_ASSERT(result.report.orders.read == rows.size());
}

}  // namespace
}  // namespace regulars::backtest
