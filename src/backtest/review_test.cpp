#include "backtest/review.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "backtest/testing_rehearse.hpp"

namespace regulars::backtest {
namespace {

using Values = std::vector<std::int64_t>;

const std::vector<Fraction> shares{{6, 10}, {3, 10}, {1, 10}};

TEST(review, thresholds_put_the_shares_on_their_rungs) {
    EXPECT_EQ(thresholds_of({10, 20, 30, 40, 50, 60, 70, 80, 90, 100}, shares), (Values{70, 100}));
    EXPECT_EQ(thresholds_of({5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, shares), (Values{5, 5}));
    EXPECT_EQ(thresholds_of({7}, shares), (Values{8, 8}));
    EXPECT_EQ(thresholds_of({}, shares), (Values{1, 1}));
    EXPECT_EQ(thresholds_of({0, 0, 0, 0, 0, 0, 0, 0, 0, 9}, shares), (Values{1, 9}));
}

RC_GTEST_PROP(review, thresholds_ascend_and_no_rung_holds_fewer_than_its_share, ()) {
    const auto values = *rc::gen::container<Values>(rc::gen::inRange<std::int64_t>(1, 50));
    const auto thresholds = thresholds_of(values, shares);
    RC_ASSERT(thresholds.size() == 2u);
    RC_ASSERT(std::is_sorted(thresholds.begin(), thresholds.end()));
    const auto reach = [&](std::int64_t threshold) {
        return std::count_if(values.begin(), values.end(), [&](std::int64_t value) { return value >= threshold; });
    };
    const auto size = static_cast<std::ptrdiff_t>(values.size());
    RC_ASSERT(reach(thresholds[1]) >= size / 10);
    RC_ASSERT(reach(thresholds[0]) >= size * 4 / 10);
}

TEST(review, happens_at_the_end_of_each_unit) {
    const auto programme = testing::programme_at("programmes/share.yaml");
    const auto date = [](const char* text) { return parse_date(text).value(); };
    const auto days = review_days(*programme, date("2023-11-05"), date("2024-12-31"));
    ASSERT_EQ(days.size(), 3u);
    EXPECT_EQ(text_of(days[0]), "2023-12-31");
    EXPECT_EQ(text_of(days[1]), "2024-06-30");
    EXPECT_EQ(text_of(days[2]), "2024-12-31");
    EXPECT_TRUE(
        review_days(*testing::programme_at("programmes/vancl.yaml"), date("2023-11-05"), date("2024-12-31")).empty());
}

TEST(review, ten_members_of_the_share_programme_stand_six_three_one_after_a_half_year) {
    std::string csv = "customer_id,ordered_at,amount\n";
    for (int i = 1; i <= 10; ++i) csv += "m" + std::to_string(i) + ",2024-02-01," + std::to_string(i * 100) + "\n";
    const auto before = testing::rehearse(csv, {.programme = "programmes/share.yaml", .until = "2024-06-29"});
    EXPECT_EQ(before.report.tiers[0].members, 10);
    const auto after = testing::rehearse(csv, {.programme = "programmes/share.yaml", .until = "2024-06-30"});
    EXPECT_EQ(after.report.tiers[0].members, 6);
    EXPECT_EQ(after.report.tiers[1].members, 3);
    EXPECT_EQ(after.report.tiers[2].members, 1);
    EXPECT_EQ(after.of("m10").tier, 2);
    EXPECT_EQ(after.of("m6").tier, 0);
    EXPECT_EQ(after.of("m7").tier, 1);
    // Nobody buys in the second half: nobody is active, everybody falls.
    const auto later = testing::rehearse(csv, {.programme = "programmes/share.yaml", .until = "2024-12-31"});
    EXPECT_EQ(later.report.tiers[0].members, 10);
}

}  // namespace
}  // namespace regulars::backtest
