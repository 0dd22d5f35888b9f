// programmes/club.yaml says what its story says.
#include <gtest/gtest.h>

#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

TEST(ClubTest, GivesForComingBack) {
    const Programme programme = ready_programme("club");
    const auto& activities = programme.activities;
    ASSERT_EQ(activities.activities.size(), 7U);
    const auto& daily = *activities.find("daily")->as<CheckIn>();
    EXPECT_EQ(daily.cycle, 7);
    ASSERT_EQ(daily.steps.size(), 2U);
    EXPECT_EQ(daily.steps[0].reward.turns_of, "wheel");
    EXPECT_EQ(daily.make_up_coupon, "second_chance");
    EXPECT_EQ(daily.freezes_max, 2);
    const auto& wheel = *activities.find("wheel")->as<Draw>();
    std::int64_t weights = 0;
    for (const Prize& prize : wheel.prizes) weights += prize.weight;
    EXPECT_EQ(weights, 1'000);
    EXPECT_EQ(wheel.pity, 10);
    EXPECT_EQ(wheel.prizes[0].reward.cost, Money(36'000));
    const Activity& wishes = *activities.find("wishes");
    ASSERT_EQ(wishes.opening.dates.size(), 1U);
    EXPECT_EQ(wishes.opening.dates[0].last.days - wishes.opening.dates[0].first.days, 9);
    EXPECT_EQ(wishes.as<Collection>()->kinds.size(), 8U);
    EXPECT_EQ(wishes.as<Collection>()->free_per_day, 3);
    EXPECT_EQ(wishes.as<Collection>()->steps[2].reward.tier, TierRank{2});
    EXPECT_EQ(activities.find("how_was_it")->as<Questionnaire>()->within_days, 7);
    EXPECT_EQ(activities.find("door")->as<StoreVisit>()->codes.size(), 2U);
    EXPECT_EQ(programme.mall.find("drink")->windows.size(), 2U);
    EXPECT_EQ(programme.benefits[wishes.benefit], "wishes");
    const std::string text = describe(programme);
    for (const char* sentence :
         {"7 days one after another: 20 points, free_drink", "up to 2 freezes, 30 points each, 1 with each step",
          "for 20 points or coupon second_chance", "5 in 1000: concert", "something rare after 10 turns without",
          "2 questions, once for each order, 7 days after settlement", "visiting one of 2 stores: 15 points"})
        EXPECT_NE(text.find(sentence), std::string::npos) << sentence << "\n" << text;
}

}  // namespace

}  // namespace regulars::programme
