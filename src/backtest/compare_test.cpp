#include "backtest/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backtest/testing_rehearse.hpp"

namespace regulars::backtest {
namespace {

using ::testing::ElementsAre;

Standing standing(std::uint32_t customer, programme::TierRank tier, std::int64_t value_minor) {
    Standing made;
    made.customer = customer;
    made.tier = tier;
    made.value_minor = value_minor;
    return made;
}

TEST(compare, tells_who_wins_and_who_loses) {
    const auto programme = testing::programme_at("programmes/vancl.yaml");
    OrderTable table{Optionals()};
    for (const char* name : {"ann", "bob", "cat", "dan"}) (void)table.customers().add(name);
    const std::vector<Standing> base{standing(0, 0, 100), standing(1, 1, 500), standing(2, 0, 0)};
    const std::vector<Standing> other{standing(0, 1, 350), standing(1, 1, 400), standing(2, 0, 0), standing(3, 0, 5)};
    const Comparison result = compare({*programme, base}, {*programme, other}, table);
    EXPECT_EQ(result.winners, 2);
    EXPECT_EQ(result.losers, 1);
    EXPECT_EQ(result.unchanged, 1);
    EXPECT_EQ(result.difference_minor, 155);
    ASSERT_EQ(result.top_winners.size(), 2u);
    EXPECT_EQ(result.top_winners[0].customer, "ann");
    EXPECT_EQ(result.top_winners[0].other_tier, "vip");
    EXPECT_EQ(result.top_winners[1].customer, "dan");
    ASSERT_EQ(result.top_losers.size(), 1u);
    EXPECT_EQ(result.top_losers[0].customer, "bob");
    EXPECT_THAT(result.tier_members, ElementsAre(2, 1, 0, 0, 1, 0, 0, 0, 0));
}

TEST(compare, every_difference_falls_into_one_bin) {
    const auto programme = testing::programme_at("programmes/vancl.yaml");
    OrderTable table{Optionals()};
    std::vector<Standing> base;
    std::vector<Standing> other;
    const std::vector<std::int64_t> differences{-5'000'000, -1'000'000, -999'999,  -100'001, -100, -99,
                                                -1,         0,          1,         99,       100,  999,
                                                1'000,      99'999,     1'000'000, 5'000'000};
    for (std::uint32_t i = 0; i < differences.size(); ++i) {
        (void)table.customers().add(std::to_string(i));
        base.push_back(standing(i, 0, 0));
        other.push_back(standing(i, 0, differences[i]));
    }
    const Comparison result = compare({*programme, base}, {*programme, other}, table);
    ASSERT_EQ(result.bins.size(), 13u);
    for (std::size_t i = 1; i < result.bins.size(); ++i)
        EXPECT_EQ(result.bins[i].from_minor, result.bins[i - 1].to_minor) << i;
    for (const Comparison::Bin& bin : result.bins)
        EXPECT_EQ(bin.members,
                  std::count_if(differences.begin(), differences.end(),
                                [&](std::int64_t value) { return value >= bin.from_minor && value < bin.to_minor; }))
            << bin.from_minor;
}

}  // namespace
}  // namespace regulars::backtest
