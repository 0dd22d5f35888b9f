// What the sections product_reviews and referral become, and how they are told in words.
#include <gtest/gtest.h>

#include "programme/parse.hpp"
#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

Programme shop(const std::string& yaml) {
    const std::string head =
        "name: shop\nversion: 1\ncurrency: EUR\ntime_zone: Europe/Berlin\ntiers: {ladder: [{name: member}]}\n";
    return parse_valid(head + yaml, "shop.yaml");
}

TEST(ParseFriends, ReviewsSayWhenAndWhatTheyBring) {
    const Programme programme = shop(
        "product_reviews: {invite: 3 days, open: 30 days, text_min: 20, reward: {points: 20, cashback: 0.50}, "
        "with_picture: 10, per_order: 2}");
    const ReviewPolicy& policy = programme.activities.reviews;
    EXPECT_TRUE(policy.on);
    EXPECT_EQ(policy.invite_days, 3);
    EXPECT_EQ(policy.open_days, 30);
    EXPECT_EQ(policy.text_min, 20);
    EXPECT_EQ(policy.reward.points, Points(20));
    EXPECT_EQ(policy.reward.cashback, Money(50));
    EXPECT_EQ(policy.points_with_picture, Points(10));
    EXPECT_EQ(policy.rewards_per_order, 2);
    EXPECT_EQ(programme.benefits.at(policy.benefit), "reviews");
    const std::string text = describe(programme);
    for (const char* part : {"for 30 days after settlement, invited to after 3 days", "at least 20 characters",
                             "20 points, 0.50 cashback, for 2 of", "10 points more with a picture"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(ParseFriends, WhatIsNotSaidHasItsDefaults) {
    const Programme programme = shop("product_reviews: {}\nreferral: {friend_orders: {points: 5}}");
    const ReviewPolicy& reviews = programme.activities.reviews;
    EXPECT_TRUE(reviews.on && reviews.reward.empty());
    EXPECT_EQ(reviews.invite_days, 7);
    EXPECT_EQ(reviews.open_days, 90);
    EXPECT_EQ(reviews.rewards_per_order, 1);
    const ReferralPolicy& referral = programme.activities.referral;
    EXPECT_EQ(referral.within_days, 90);
    EXPECT_TRUE(referral.review_same_device);
    EXPECT_FALSE(referral.friends_max || referral.friends_per_day);
    const Programme nothing = shop("");
    EXPECT_FALSE(nothing.activities.reviews.on || nothing.activities.referral.on);
}

TEST(ParseFriends, FriendsBringRewardsToBothAndSteps) {
    const Programme programme = shop(R"(coupons: {templates: [{name: welcome, amount_off: 5.00}]}
referral:
  friend_registers: {points: 10}
  newcomer_registers: {coupons: welcome}
  friend_orders: {cashback: 2.00}
  newcomer_orders: {points: 40}
  order_at_least: 20.00
  within: 30 days
  steps: [{friends: 3, reward: {points: 500}}, {friends: 10, reward: {goods: kettle, cost: 20.00}}]
  friends_max: 50
  friends_per_day: 5
  review_same_device: false
)");
    const ReferralPolicy& policy = programme.activities.referral;
    EXPECT_TRUE(policy.on);
    EXPECT_EQ(policy.friend_registers.points, Points(10));
    EXPECT_EQ(policy.newcomer_registers.coupons.size(), 1U);
    EXPECT_EQ(policy.friend_orders.cashback, Money(200));
    EXPECT_EQ(policy.newcomer_orders.points, Points(40));
    EXPECT_EQ(policy.order_at_least, Money(2000));
    EXPECT_EQ(policy.within_days, 30);
    ASSERT_EQ(policy.steps.size(), 2U);
    EXPECT_EQ(policy.steps[1].friends, 10);
    EXPECT_EQ(policy.steps[1].reward.cost, Money(2000));
    EXPECT_EQ(policy.friends_max, 50);
    EXPECT_EQ(policy.friends_per_day, 5);
    EXPECT_FALSE(policy.review_same_device);
    EXPECT_EQ(programme.benefits.at(policy.benefit), "referral");
    const std::string text = describe(programme);
    for (const char* part : {"whose first order counts within 30 days from 20.00", "who registers: welcome",
                             "for 10 friends who have ordered: kettle", "for at most 50 friends",
                             "more than 5 on a day"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    EXPECT_EQ(text.find("device"), std::string::npos) << text;
}

}  // namespace

}  // namespace regulars::programme
