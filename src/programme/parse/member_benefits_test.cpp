// What benefits beside prices, limits, stages and invitations compile to, and what is said of them.
#include <gtest/gtest.h>

#include "programme/names.hpp"
#include "programme/parse.hpp"
#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

using Kind = MemberBenefit::Kind;

Programme shop(const std::string& yaml) {
    return parse_valid(
        "name: shop\nversion: 1\ncurrency: EUR\ntime_zone: Europe/Berlin\n"
        "tiers: {ladder: [{name: member}, {name: silver, free_shipping: {limit: {count: 3, per: quarter}}}]}\n" + yaml,
        "shop.yaml");
}

TEST(ParseMemberBenefitsTest, ABenefitHasItsDefaults) {
    const Programme programme = shop("benefits: [{name: wrap}]\n");
    const MemberBenefit& wrap = programme.member_benefits[0];
    EXPECT_EQ(wrap.title.en, "wrap");
    EXPECT_EQ(wrap.kind, Kind::service);
    EXPECT_TRUE(wrap.for_all);
    EXPECT_FALSE(wrap.count || wrap.per || wrap.at_most || wrap.when || wrap.dates);
    EXPECT_TRUE(wrap.cost.is_zero());
    EXPECT_EQ(programme.benefits[wrap.benefit], "wrap") << "costs are booked under the name";
    EXPECT_EQ(programme.find_benefit("wrap"), &wrap);
    EXPECT_EQ(programme.find_benefit("wrapping"), nullptr);
}

TEST(ParseMemberBenefitsTest, EveryKindKeepsWhatIsItsOwn) {
    const Programme programme = shop(R"(
benefits:
  - {name: box, kind: gift, tiers: silver, when: member.orders > 1, limit: {count: 2, per: year}, cost: 9.50}
  - {name: back, kind: free_return, limit: {count: 1}}
  - {name: money, kind: instant_refund, at_most: 500.00}
  - {name: first, kind: access, for: {categories: [b, a]}, except: {products: p}, from: 2026-03-01, until: 2026-03-07}
  - {name: guide, kind: manager, staff: [zoe, amy]}
)");
    const auto& benefits = programme.member_benefits;
    ASSERT_EQ(benefits.size(), 5U);
    EXPECT_EQ(benefits[0].kind, Kind::gift);
    EXPECT_EQ(benefits[0].tiers, 2U);
    EXPECT_FALSE(benefits[0].for_all);
    EXPECT_TRUE(benefits[0].when);
    EXPECT_EQ(benefits[0].count, 2);
    EXPECT_EQ(benefits[0].per, CalendarUnit::year);
    EXPECT_EQ(benefits[0].cost, Money(950));
    EXPECT_EQ(benefits[1].kind, Kind::free_return);
    EXPECT_EQ(benefits[1].count, 1);
    EXPECT_FALSE(benefits[1].per) << "once ever";
    EXPECT_EQ(benefits[2].at_most, Money(50'000));
    EXPECT_EQ(benefits[3].match.categories, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(benefits[3].match.products_not, std::vector<std::string>{"p"});
    EXPECT_EQ(benefits[3].dates->last, date_of(2026, 3, 7));
    EXPECT_EQ(benefits[4].staff, (std::vector<std::string>{"zoe", "amy"})) << "in the order of the file";
}

TEST(ParseMemberBenefitsTest, FreeShippingMayHaveALimit) {
    const Programme programme = shop("");
    EXPECT_EQ(programme.tiers[1].free_shipping->count, 3);
    EXPECT_EQ(programme.tiers[1].free_shipping->per, CalendarUnit::quarter);
    EXPECT_NE(describe(programme).find("Free shipping, 3 times a quarter"), std::string::npos);
}

TEST(ParseMemberBenefitsTest, StagesKeepTheirOrderAndCouponsPointAtThem) {
    const Programme programme = shop(R"yaml(
stages:
  - {name: new, title: {en: New, zh: 新客}, when: "!has(member.last_order_at)"}
  - {name: active, when: now - member.last_order_at < duration("720h")}
  - {name: gone}
coupons: {templates: [{name: back, amount_off: 5, stages: [gone, new]}, {name: all, amount_off: 5}]}
grants: [{code: g, on: monthly, when: member.stage == "gone", coupons: back}]
)yaml");
    ASSERT_EQ(programme.stages.size(), 3U);
    EXPECT_EQ(programme.stages[0].title.zh, "新客");
    EXPECT_FALSE(programme.stages[2].when);
    EXPECT_EQ(programme.coupons.templates[0].stages, 5U);
    EXPECT_EQ(programme.coupons.templates[1].stages, ~0U);
    for (const Slot slot : {Slot::member_stage, Slot::member_last_order_at, Slot::now})
        EXPECT_NE(programme.slots_used >> static_cast<unsigned>(slot) & 1U, 0U);
}

TEST(ParseMemberBenefitsTest, AStageThatIsNotThereIsNoName) {
    const auto programme = parse(
        "name: shop\nversion: 1\ncurrency: EUR\ntime_zone: Europe/Berlin\ntiers: {ladder: [{name: member}]}\n"
        "stages: [{name: new}]\n"
        "grants: [{code: g, on: monthly, when: member.stage == \"nwe\", points: 5}]\n",
        "shop.yaml");
    ASSERT_FALSE(programme);
    EXPECT_NE(text_of(programme.error()).find("did you mean"), std::string::npos) << text_of(programme.error());
}

TEST(ParseMemberBenefitsTest, AnInvitationIsNoKindThatIsApplied) {
    const Programme programme = shop("coupons: {templates: [{name: party, invitation: true, stock: {total: 40}}]}\n");
    const CouponTemplate& party = programme.coupons.templates[0];
    EXPECT_EQ(party.kind, CouponTemplate::Kind::invitation);
    EXPECT_EQ(party.cost_max(), Money());
    const auto& order = programme.coupons.order;
    EXPECT_EQ(std::find(order.begin(), order.end(), party.kind), order.end());
}

TEST(ParseMemberBenefitsTest, AllIsSaidInWords) {
    const std::string text = describe(shop(R"(
benefits:
  - {name: wrap, title: Gift wrapping, tiers: silver, limit: {count: 1, per: day}, cost: 1.50}
  - {name: money, kind: instant_refund, at_most: 500.00, when: member.orders > 1}
  - {name: first, kind: access, for: {categories: a}, from: 2026-03-01, until: 2026-03-07}
  - {name: guide, kind: manager, staff: [zoe, amy], limit: {count: 2}}
stages: [{name: new, when: member.orders == 0}, {name: other}]
coupons: {templates: [{name: back, amount_off: 5, stages: other}, {name: party, invitation: true}]}
)"));
    for (const char* sentence :
         {"wrap (Gift wrapping): a service, for silver, 1 time a day, costs 1.50\n",
          "money (money): money back at once, up to 500.00, for everybody when member.orders > 1\n",
          "first (first): goods for those who have it only, 2026-03-01 to 2026-03-07, for everybody\n",
          "guide (guide): a manager, one of 2, for everybody, 2 times ever\n", "new (new): member.orders == 0\n",
          "other (other): everybody else\n", "back (back): 5.00 off in other\n", "party (party): an invitation\n"})
        EXPECT_NE(text.find(sentence), std::string::npos) << sentence << text;
}

}  // namespace

}  // namespace regulars::programme
