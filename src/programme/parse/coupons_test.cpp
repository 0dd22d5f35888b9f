// What the coupons, packs, grants and checkout of a file compile to.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/limits.hpp"
#include "programme/names.hpp"
#include "programme/parse.hpp"
#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

using Kind = CouponTemplate::Kind;

const std::string head = "name: shop\nversion: 1\ncurrency: EUR\ntime_zone: Europe/Berlin\n";
const std::string three_tiers = "tiers: {ladder: [{name: member}, {name: silver}, {name: gold}]}\n";

Programme shop(const std::string& yaml) {
    return parse_valid(head + three_tiers + yaml, "shop.yaml");
}

// A coupon with these keys besides its name.
CouponTemplate coupon_with(const std::string& more) {
    const Programme programme = shop("coupons: {templates: [{name: a, " + more + "}]}\n");
    EXPECT_EQ(programme.coupons.templates.size(), 1U) << more;
    return programme.coupons.templates.empty() ? CouponTemplate{} : programme.coupons.templates[0];
}

TEST(ParseCouponsTest, ACouponHasItsDefaults) {
    const CouponTemplate coupon = coupon_with("amount_off: 5.00");
    EXPECT_EQ(coupon.name, "a");
    EXPECT_EQ(coupon.title.en, "a");
    EXPECT_EQ(coupon.kind, Kind::amount_off);
    EXPECT_EQ(coupon.amount, Money(500));
    EXPECT_TRUE(coupon.minimum.is_zero());
    EXPECT_TRUE(coupon.match.everything);
    EXPECT_EQ(coupon.tiers, ~0U);
    EXPECT_EQ(coupon.valid.kind, Validity::Kind::forever);
    EXPECT_FALSE(coupon.when || coupon.times || coupon.claim || coupon.remind_hours || coupon.at_most);
    EXPECT_FALSE(coupon.gift_hours);
    EXPECT_FALSE(coupon.stock.shared() || coupon.stock.counted_per_member());
    EXPECT_TRUE(coupon.group.empty());
    EXPECT_FALSE(coupon.alone);
    EXPECT_TRUE(coupon.with_tier_price);
    EXPECT_TRUE(coupon.back_on_return);
}

TEST(ParseCouponsTest, EveryKindIsReadWithWhatItCostsAtMost) {
    struct Row {
        std::string yaml;
        Kind kind;
        std::int64_t amount;
        Fraction rate;
        std::string product;
        std::optional<std::int64_t> cost_max;
    };
    for (const Row& row : {Row{"amount_off: 12.34", Kind::amount_off, 1234, {}, "", 1234},
                           Row{"percent_off: 20%", Kind::percent_off, 0, {1, 5}, "", std::nullopt},
                           Row{"percent_off: 1/3, at_most: 50.00", Kind::percent_off, 0, {1, 3}, "", 5000},
                           Row{"percent_off: 8折", Kind::percent_off, 0, {1, 5}, "", std::nullopt},
                           Row{"percent_off: 8.5折", Kind::percent_off, 0, {3, 20}, "", std::nullopt},
                           Row{"percent_off: 8.0折", Kind::percent_off, 0, {1, 5}, "", std::nullopt},
                           Row{"percent_off: \"0折\"", Kind::percent_off, 0, {1, 1}, "", std::nullopt},
                           Row{"percent_off: 100%", Kind::percent_off, 0, {1, 1}, "", std::nullopt},
                           Row{"free_shipping: true", Kind::free_shipping, 0, {}, "", std::nullopt},
                           Row{"gift: P-200", Kind::gift, 0, {}, "P-200", std::nullopt},
                           Row{"exchange: true", Kind::exchange, 0, {}, "", std::nullopt},
                           Row{"exchange: {price: 0.00}", Kind::exchange, 0, {}, "", std::nullopt},
                           Row{"trial: {price: 1.00}", Kind::trial, 100, {}, "", std::nullopt}}) {
        SCOPED_TRACE(row.yaml);
        const CouponTemplate coupon = coupon_with(row.yaml);
        EXPECT_EQ(coupon.kind, row.kind);
        EXPECT_EQ(coupon.amount, Money(row.amount));
        EXPECT_EQ(coupon.rate, row.rate);
        EXPECT_EQ(coupon.product, row.product);
        EXPECT_EQ(coupon.cost_max(), row.cost_max ? std::optional(Money(*row.cost_max)) : std::nullopt);
    }
}

TEST(ParseCouponsTest, ValidityIsReadInAllItsForms) {
    using Validities = Validity::Kind;
    EXPECT_EQ(coupon_with("amount_off: 1, valid: forever").valid.kind, Validities::forever);
    const std::pair<std::string, Span> spans[] = {
        {"7 days", {Span::Unit::days, 7}}, {"1 month", {Span::Unit::months, 1}}, {"2 years", {Span::Unit::years, 2}}};
    for (const auto& [yaml, span] : spans) {
        const Validity valid = coupon_with("amount_off: 1, valid: " + yaml).valid;
        EXPECT_EQ(valid.kind, Validities::span) << yaml;
        EXPECT_EQ(valid.span.unit, span.unit) << yaml;
        EXPECT_EQ(valid.span.count, span.count) << yaml;
    }
    const Validity hours = coupon_with("amount_off: 1, valid: {hours: 2}").valid;
    EXPECT_EQ(hours.kind, Validities::hours);
    EXPECT_EQ(hours.hours, 2);
    const Validity dates = coupon_with("amount_off: 1, valid: {from: 2026-11-01, until: 2026-11-11}").valid;
    EXPECT_EQ(dates.kind, Validities::dates);
    EXPECT_EQ(dates.dates.first, date_of(2026, 11, 1));
    EXPECT_EQ(dates.dates.last, date_of(2026, 11, 11));
}

TEST(ParseCouponsTest, RemindersAreHours) {
    const std::pair<std::string, std::int32_t> rows[] = {
        {"1 day", 24}, {"30 days", 720}, {"{hours: 3}", 3}, {"31 days", 744}};
    for (const auto& [yaml, hours] : rows)
        EXPECT_EQ(coupon_with("amount_off: 1, valid: 1 month, remind: " + yaml).remind_hours, hours) << yaml;
    EXPECT_EQ(coupon_with("amount_off: 1, valid: {hours: 3}, remind: {hours: 2}").remind_hours, 2);
    EXPECT_EQ(coupon_with("amount_off: 1, pass_on: {hours: 3}").gift_hours, 3);
    EXPECT_EQ(coupon_with("amount_off: 1, pass_on: 2 days").gift_hours, 48);
}

TEST(ParseCouponsTest, TimesMayReachOverMidnight) {
    struct Row {
        std::string yaml;
        std::int32_t first;
        std::int32_t last;
    };
    for (const Row& row :
         {Row{"{from: \"18:00\", until: \"22:30\"}", 1080, 1350}, Row{"{from: \"22:00\", until: \"02:00\"}", 1320, 120},
          Row{"{from: 00:00, until: 24:00}", 0, 1440}, Row{"{from: 23:59, until: 00:00}", 1439, 0}}) {
        const auto times = coupon_with("amount_off: 1, times: " + row.yaml).times;
        ASSERT_TRUE(times) << row.yaml;
        EXPECT_EQ(times->first, row.first) << row.yaml;
        EXPECT_EQ(times->last, row.last) << row.yaml;
    }
}

TEST(ParseCouponsTest, WhoMayUseItOnWhatIsKept) {
    const Programme programme = shop(R"(
coupons:
  templates:
    - name: shoes
      title: {en: Shoes, zh: 鞋券}
      amount_off: 1.00
      minimum: 99.00
      for: {categories: shoes, weekdays: monday}
      except: {products: [p2, p1]}
      tiers: [gold, silver]
      when: member.orders == 0
      group: shoes
      alone: true
      with_tier_price: false
      on_return: lost
)");
    const CouponTemplate& coupon = programme.coupons.templates[0];
    EXPECT_EQ(coupon.title.zh, "鞋券");
    EXPECT_EQ(coupon.minimum, Money(9900));
    EXPECT_EQ(coupon.match.categories, std::vector<std::string>{"shoes"});
    EXPECT_EQ(coupon.match.products_not, (std::vector<std::string>{"p1", "p2"}));
    EXPECT_EQ(coupon.match.weekdays, 1);
    EXPECT_FALSE(coupon.match.everything);
    EXPECT_EQ(coupon.tiers, 6U);
    EXPECT_EQ(coupon.when->text(), "member.orders == 0");
    EXPECT_EQ(programme.slots_used, std::uint64_t{1} << static_cast<unsigned>(Slot::member_orders));
    EXPECT_EQ(coupon.group, "shoes");
    EXPECT_TRUE(coupon.alone);
    EXPECT_FALSE(coupon.with_tier_price);
    EXPECT_FALSE(coupon.back_on_return);
}

TEST(ParseCouponsTest, ClaimsAreReadInAllTheirForms) {
    EXPECT_FALSE(coupon_with("amount_off: 1, claim: false").claim);
    const auto free = coupon_with("amount_off: 1, claim: true").claim;
    ASSERT_TRUE(free);
    EXPECT_TRUE(free->points.is_zero() && free->code.empty() && !free->dates);
    const auto full =
        coupon_with("amount_off: 1, claim: {points: 500, code: save-20_a, from: 2026-11-01, until: 2026-11-11}").claim;
    ASSERT_TRUE(full);
    EXPECT_EQ(full->points, Points(500));
    EXPECT_EQ(full->code, "SAVE-20_A");
    EXPECT_FALSE(full->unique_codes);
    ASSERT_TRUE(full->dates);
    EXPECT_EQ(full->dates->first, date_of(2026, 11, 1));
    EXPECT_EQ(full->dates->last, date_of(2026, 11, 11));
}

TEST(ParseCouponsTest, AClaimMayAskForACodeOfItsOwn) {
    const auto claim = coupon_with("amount_off: 1, claim: {codes: unique, points: 5}").claim;
    ASSERT_TRUE(claim);
    EXPECT_TRUE(claim->unique_codes && claim->code.empty());
    EXPECT_EQ(claim->points, Points(5));
}

TEST(ParseCouponsTest, APartnersCouponNamesItsPool) {
    const CouponTemplate coupon = coupon_with("partner: cinema, claim: true, stock: {total: 100}");
    EXPECT_EQ(coupon.kind, CouponTemplate::Kind::partner);
    EXPECT_EQ(coupon.pool, "cinema");
    EXPECT_EQ(coupon.cost_max(), Money());
    EXPECT_EQ(coupon.stock.total, 100);
}

TEST(ParseCouponsTest, AStockKnowsWhetherMembersShareIt) {
    const CouponStock all =
        coupon_with("amount_off: 1, stock: {total: 1000, per_day: 100, per_member: 2, per_member_day: 1, budget: 50}")
            .stock;
    EXPECT_EQ(all.total, 1000);
    EXPECT_EQ(all.per_day, 100);
    EXPECT_EQ(all.per_member, 2);
    EXPECT_EQ(all.per_member_day, 1);
    EXPECT_EQ(all.budget, Money(5000));
    for (const std::string key : {"total", "per_day", "budget"}) {
        const CouponStock stock = coupon_with("amount_off: 1, stock: {" + key + ": 5}").stock;
        EXPECT_TRUE(stock.shared() && !stock.counted_per_member()) << key;
    }
    for (const std::string key : {"per_member", "per_member_day"}) {
        const CouponStock stock = coupon_with("amount_off: 1, stock: {" + key + ": 5}").stock;
        EXPECT_TRUE(!stock.shared() && stock.counted_per_member()) << key;
    }
}

TEST(ParseCouponsTest, CouponsAreFoundByNameAndByCode) {
    const Programme programme = shop(R"(
coupons:
  templates:
    - {name: a, amount_off: 1.00}
    - {name: b, amount_off: 2.00, claim: true}
    - {name: c, amount_off: 3.00, claim: {code: SAVE20}}
  packs: [{name: p, coupons: a}]
)");
    const CouponPolicy& policy = programme.coupons;
    EXPECT_EQ(policy.find("b"), &policy.templates[1]);
    EXPECT_EQ(policy.find("p"), nullptr);
    EXPECT_EQ(policy.find_code("SAVE20"), &policy.templates[2]);
    EXPECT_EQ(policy.find_code("save20"), &policy.templates[2]);
    EXPECT_EQ(policy.find_code("SAVE2"), nullptr);
    EXPECT_EQ(policy.find_code(""), nullptr);
    EXPECT_EQ(policy.find_pack("p"), &policy.packs[0]);
    EXPECT_EQ(policy.find_pack("a"), nullptr);
}

TEST(ParseCouponsTest, CouponsAreBookedUnderTheirNamesAfterTheTiersBenefits) {
    const Programme programme = parse_valid(
        head + "tiers: {ladder: [{name: member, discounts: [{code: d, rate: 1%}], free_shipping: true}]}\n" +
            "coupons: {templates: [{name: a, amount_off: 1.00}, {name: b, free_shipping: true}]}\n" +
            "grants: [{code: g, on: monthly, points: 5}]\n",
        "shop.yaml");
    EXPECT_EQ(programme.benefits,
              (std::vector<std::string>{"points_redeemed", "bonus", "d", "free_shipping", "a", "b"}));
    EXPECT_EQ(programme.coupons.templates[0].benefit, 4U);
    EXPECT_EQ(programme.coupons.templates[1].benefit, 5U);
}

TEST(ParseCouponsTest, PacksHoldCouponsWithTheirOwnValidity) {
    const Programme programme = shop(R"(
coupons:
  templates: [{name: a, amount_off: 1.00}, {name: b, amount_off: 2.00}]
  packs:
    - {name: one, title: {en: One, zh: 一}, coupons: b}
    - {name: more, coupons: [a, {coupon: b, count: 99, valid: {hours: 2}}]}
)");
    ASSERT_EQ(programme.coupons.packs.size(), 2U);
    EXPECT_EQ(programme.coupons.packs[0].title.zh, "一");
    ASSERT_EQ(programme.coupons.packs[0].items.size(), 1U);
    EXPECT_EQ(programme.coupons.packs[0].items[0].coupon, 1U);
    const auto& items = programme.coupons.packs[1].items;
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].coupon, 0U);
    EXPECT_EQ(items[0].count, 1);
    EXPECT_FALSE(items[0].valid);
    EXPECT_EQ(items[1].count, 99);
    ASSERT_TRUE(items[1].valid);
    EXPECT_EQ(items[1].valid->hours, 2);
}

TEST(ParseCouponsTest, KindsThatAreNotNamedFollowInTheDefaultOrder) {
    const CouponPolicy none = shop("").coupons;
    EXPECT_EQ(none.per_order, 1);
    EXPECT_EQ(none.order, (std::vector<Kind>{Kind::exchange, Kind::trial, Kind::percent_off, Kind::amount_off,
                                             Kind::gift, Kind::free_shipping}));
    const CouponPolicy two = shop("coupons: {stacking: {per_order: 5, order: [free_shipping, amount_off]}}").coupons;
    EXPECT_EQ(two.per_order, 5);
    EXPECT_EQ(two.order, (std::vector<Kind>{Kind::free_shipping, Kind::amount_off, Kind::exchange, Kind::trial,
                                            Kind::percent_off, Kind::gift}));
    EXPECT_EQ(shop("coupons: {stacking: {order: gift}}").coupons.order.front(), Kind::gift);
}

TEST(ParseCouponsTest, GrantsComeWithEveryOccasion) {
    using On = Grant::On;
    const std::pair<std::string, On> rows[] = {
        {"registration", On::registration}, {"first_order", On::first_order},
        {"tier_reached", On::tier_reached}, {"birthday", On::birthday},
        {"monthly", On::monthly},           {"birthday_month", On::birthday_month},
        {"quarterly", On::quarterly},       {"yearly", On::yearly}};
    for (const auto& [yaml, on] : rows) {
        const Programme programme = shop("grants: [{code: g, on: " + yaml + ", points: 5}]");
        ASSERT_EQ(programme.grants.size(), 1U) << yaml;
        EXPECT_EQ(programme.grants[0].on, on) << yaml;
        EXPECT_EQ(programme.grants[0].points, Points(5)) << yaml;
        EXPECT_EQ(programme.grants[0].title.en, "g") << yaml;
        EXPECT_EQ(programme.grants[0].tiers, ~0U) << yaml;
    }
}

TEST(ParseCouponsTest, GrantsHoldThePacksCoupons) {
    const Programme programme = shop(R"(
coupons:
  templates: [{name: a, amount_off: 1.00}, {name: b, amount_off: 2.00}]
  packs: [{name: p, coupons: [b, {coupon: a, count: 2, valid: 3 days}]}]
grants:
  - code: g
    title: {en: Gift, zh: 礼}
    on: monthly
    tiers: silver
    when: member.points > 5
    coupons: [a, p, {coupon: b, count: 3, valid: {hours: 1}}]
)");
    const Grant& grant = programme.grants[0];
    EXPECT_EQ(grant.tiers, 2U);
    EXPECT_EQ(grant.when->text(), "member.points > 5");
    EXPECT_EQ(programme.slots_used, std::uint64_t{1} << static_cast<unsigned>(Slot::member_points));
    EXPECT_TRUE(grant.points.is_zero());
    const std::pair<std::uint32_t, std::int32_t> expected[] = {{0, 1}, {1, 1}, {0, 2}, {1, 3}};
    ASSERT_EQ(grant.coupons.size(), std::size(expected));
    for (std::size_t i = 0; i < std::size(expected); ++i) {
        EXPECT_EQ(grant.coupons[i].coupon, expected[i].first) << i;
        EXPECT_EQ(grant.coupons[i].count, expected[i].second) << i;
    }
    EXPECT_EQ(grant.coupons[2].valid->span.count, 3);
    EXPECT_EQ(grant.coupons[3].valid->hours, 1);
}

TEST(ParseCouponsTest, PointsPayOnlyWhereTheCheckoutSaysSo) {
    const std::string value = "points: {value: 0.01}\n";
    EXPECT_FALSE(shop(value).checkout.points_allowed);
    EXPECT_FALSE(shop("checkout: {points: false}").checkout.points_allowed);
    const CheckoutPolicy any = shop(value + "checkout: {points: true}").checkout;
    EXPECT_TRUE(any.points_allowed);
    EXPECT_TRUE(any.points_minimum.is_zero());
    EXPECT_EQ(any.points_step, Points(1));
    EXPECT_EQ(any.points_share, Fraction(1, 1));
    const CheckoutPolicy some = shop(value + "checkout: {points: {minimum: 100, step: 50, at_most: 50%}}").checkout;
    EXPECT_TRUE(some.points_allowed);
    EXPECT_EQ(some.points_minimum, Points(100));
    EXPECT_EQ(some.points_step, Points(50));
    EXPECT_EQ(some.points_share, Fraction(1, 2));
}

TEST(ParseCouponsTest, HoldsAreMinutes) {
    EXPECT_EQ(shop("").checkout.hold_minutes, 30);
    const std::pair<std::string, std::int32_t> rows[] = {
        {"1 minute", 1}, {"45 minutes", 45}, {"2 hours", 120}, {"1 day", 1440}, {"7 days", limits::hold_minutes_max}};
    for (const auto& [yaml, minutes] : rows)
        EXPECT_EQ(shop("checkout: {hold: " + yaml + "}").checkout.hold_minutes, minutes) << yaml;
}

TEST(ParseCouponsTest, WhatComesBackFirstIsAnOrderOfAllOrNone) {
    using Tenders = std::vector<CheckoutPolicy::Tender>;
    using enum CheckoutPolicy::Tender;
    EXPECT_EQ(shop("").checkout.refund_first, Tenders{});
    EXPECT_EQ(shop("checkout: {refund_first: proportional}").checkout.refund_first, Tenders{});
    EXPECT_EQ(shop("checkout: {refund_first: [points, cash, balance]}").checkout.refund_first,
              (Tenders{points, cash, balance}));
}

TEST(ParseCouponsTest, CouponsGrantsAndCheckoutAreDescribedForAPerson) {
    const std::string text = describe(shop(R"(points: {value: 0.01}
coupons:
  templates:
    - name: a
      title: {en: A fifth, zh: 8折}
      percent_off: 8折
      at_most: 50.00
      minimum: 99.00
      for: {categories: shoes}
      tiers: [silver, gold]
      times: {from: "18:00", until: "02:30"}
      valid: 1 month
      remind: 1 day
      claim: {points: 500, code: SHOES, from: 2026-11-01, until: 2026-11-11}
      stock: {total: 1000, per_day: 100, per_member: 2, per_member_day: 1, budget: 5000.00}
      group: shoes
      alone: true
      with_tier_price: false
      on_return: lost
    - {name: b, trial: {price: 1.00}, when: member.orders == 0, valid: {hours: 36}, remind: {hours: 1}}
  packs: [{name: p, coupons: [a, {coupon: b, count: 2, valid: {from: 2026-11-01, until: 2026-11-11}}]}]
grants: [{code: g, on: registration, points: 5, coupons: p}, {code: h, on: yearly, tiers: gold, points: 10}]
checkout: {points: {minimum: 100, step: 50, at_most: 50%}, refund_first: [points, cash, balance]}
)"));
    EXPECT_EQ(text.substr(text.find("Coupons,")), R"(Coupons, at most 1 on an order
  a (A fifth): 20 % off, at most 50.00, on lines that match, from 99.00, 18:00 to 02:30 for silver, gold
    valid 1 month, with a reminder 1 day before, one of the group shoes, with no other coupon, )"
                                                  R"(without the tier's discounts, lost with a return; )"
                                                  R"(members take it for 500 points with the code SHOES, )"
                                                  R"(2026-11-01 to 2026-11-11
    at most 1000 in all, 100 a day, 2 for each member, 1 for each member on a day, a budget of 5000.00
  b (b): to try, one piece for 1.00 when member.orders == 0
    valid 36 hours, with a reminder 1 hour before; it is only given
  p (p), a pack: a, 2 x b valid 2026-11-01 to 2026-11-11
Given by itself
  g on registration: 5 points, a, 2 x b valid 2026-11-01 to 2026-11-11
  h every year for gold: 10 points
Checkout
  points pay at most 50 % of an order, from 100, in steps of 50
  returns give back first points, then cash, then balance
  what is reserved is held for 30 minutes
)");
}

TEST(ParseCouponsTest, LongListsAreRefusedWithTheirLimit) {
    std::string coupons = "coupons:\n  templates:\n";
    for (int i = 0; i < 501; ++i) coupons += "    - {name: c" + std::to_string(i) + ", amount_off: 1}\n";
    coupons += "  packs:\n";
    for (int i = 0; i < 101; ++i) coupons += "    - {name: p" + std::to_string(i) + ", coupons: c0}\n";
    std::string grants = "grants:\n";
    for (int i = 0; i < 101; ++i) grants += "  - {code: g" + std::to_string(i) + ", on: monthly, points: 1}\n";
    const auto programme = parse(head + three_tiers + coupons + grants, "shop.yaml");
    ASSERT_FALSE(programme);
    EXPECT_EQ(text_of(programme.error()),
              "shop.yaml:8:5: coupons.templates: the list is too long: found 501 items, allowed at most 500 items\n"
              "shop.yaml:510:5: coupons.packs: the list is too long: found 101 items, allowed at most 100 items\n"
              "shop.yaml:612:3: grants: the list is too long: found 101 items, allowed at most 100 items\n");
}

TEST(ParseCouponsTest, TheLargestListsAreRead) {
    std::string coupons = "coupons:\n  templates:\n";
    for (int i = 0; i < 500; ++i) coupons += "    - {name: c" + std::to_string(i) + ", amount_off: 1}\n";
    coupons += "  packs: [{name: p, coupons: [{coupon: c499, count: 100}]}]\n";
    const Programme programme = shop(coupons + "grants: [{code: g, on: yearly, coupons: p}]\n");
    EXPECT_EQ(programme.coupons.templates.size(), 500U);
    EXPECT_EQ(programme.grants[0].coupons[0].coupon, 499U);
    EXPECT_EQ(programme.grants[0].coupons[0].count, 100);
}

}  // namespace

}  // namespace regulars::programme
