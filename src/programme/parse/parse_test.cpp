// What the values of a file compile to, beyond what the ready programmes use.
#include "programme/parse.hpp"

#include <gtest/gtest.h>

#include <string>

#include "programme/names.hpp"
#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

Programme shop(const std::string& yaml) {
    std::string text = "name: shop\nversion: 3\ncurrency: EUR\ntime_zone: Europe/Berlin\n" + yaml;
    if (yaml.find("tiers:") == std::string::npos) text += "\ntiers: {ladder: [{name: member}]}\n";
    return parse_valid(text, "shop.yaml");
}

TEST(ParseTest, WhatIsLeftOutHasItsDefault) {
    const Programme programme = shop("");
    EXPECT_EQ(programme.title.en, "shop");
    EXPECT_EQ(programme.title.zh, "shop");
    EXPECT_EQ(programme.version, 3U);
    EXPECT_EQ(programme.price_kinds, std::vector<std::string>{"regular"});
    EXPECT_EQ(programme.settlement.kind, Settlement::Kind::at_payment);
    EXPECT_EQ(programme.tiers.size(), 1U);
    EXPECT_TRUE(programme.tier_policy.reset_on_change);
    EXPECT_EQ(programme.tier_policy.step, TierPolicy::Step::highest);
    EXPECT_EQ(programme.points.expiry.kind, Expiry::Kind::never);
    EXPECT_EQ(programme.points.shortfall, Shortfall::negative_balance);
    EXPECT_EQ(programme.points.scale, 1);
    EXPECT_TRUE(programme.points.value.is_zero());
    EXPECT_FALSE(programme.points.cap_per_day);
}

TEST(ParseTest, ExpiryIsReadInAllItsForms) {
    struct Row {
        std::string yaml;
        Expiry::Kind kind;
        std::int32_t count;
    };
    for (const Row& row :
         {Row{"never", Expiry::Kind::never, 0}, Row{"{after: 90 days}", Expiry::Kind::after, 0},
          Row{"{end_of: quarter}", Expiry::Kind::end_of, 0}, Row{"{end_of: year, plus: 2}", Expiry::Kind::end_of, 2},
          Row{"{date: 2027-06-30}", Expiry::Kind::fixed_date, 0},
          Row{"{month_day: 12-31, years_ahead: 1}", Expiry::Kind::fixed_date, 1},
          Row{"{rolling: 18 months}", Expiry::Kind::rolling, 0}}) {
        const Expiry expiry = shop("points: {expiry: " + row.yaml + "}").points.expiry;
        EXPECT_EQ(expiry.kind, row.kind) << row.yaml;
        EXPECT_EQ(expiry.count, row.count) << row.yaml;
    }
    EXPECT_EQ(shop("points: {expiry: {date: 2027-06-30}}").points.expiry.date, date_of(2027, 6, 30));
    const Expiry yearly = shop("points: {expiry: {month_day: 12-31}}").points.expiry;
    EXPECT_FALSE(yearly.date);
    EXPECT_EQ(yearly.month_day.month, 12);
    EXPECT_EQ(yearly.month_day.day, 31);
}

TEST(ParseTest, SettlementIsReadInAllItsForms) {
    using Kind = Settlement::Kind;
    const std::pair<std::string, Kind> rows[] = {{"at_payment", Kind::at_payment},
                                                 {"explicit", Kind::explicit_event},
                                                 {"{after_shipping: 5 days}", Kind::after_shipping},
                                                 {"{after_delivery: 5 days}", Kind::after_delivery}};
    for (const auto& [yaml, kind] : rows) {
        const Settlement settlement = shop("settlement: " + yaml).settlement;
        EXPECT_EQ(settlement.kind, kind) << yaml;
        EXPECT_EQ(settlement.days, yaml.starts_with("{") ? 5 : 0) << yaml;
    }
}

TEST(ParseTest, WindowsAreReadInAllTheirForms) {
    const Programme programme = shop(R"(
counters:
  a: {metric: spend, window: lifetime}
  b: {metric: growth, window: period}
  c: {metric: orders, window: anniversary}
  d: {metric: points, window: {rolling_days: 30}}
  e: {metric: spend, window: {rolling_months: 6}}
  f: {metric: spend, window: {calendar: half_year}}
  g: {metric: spend, window: {calendar: quarter, length: 4}}
)");
    using Kind = WindowKind;
    const Window expected[] = {{Kind::lifetime, 1, {}},
                               {Kind::period, 1, {}},
                               {Kind::anniversary, 1, {}},
                               {Kind::rolling_days, 30, {}},
                               {Kind::rolling_months, 6, {}},
                               {Kind::calendar, 1, CalendarUnit::half_year},
                               {Kind::calendar, 4, CalendarUnit::quarter}};
    ASSERT_EQ(programme.counters.size(), std::size(expected));
    for (std::size_t i = 0; i < std::size(expected); ++i) {
        EXPECT_EQ(programme.counters[i].window.kind, expected[i].kind) << i;
        EXPECT_EQ(programme.counters[i].window.length, expected[i].length) << i;
        if (expected[i].kind == Kind::calendar) {
            EXPECT_EQ(programme.counters[i].window.unit, expected[i].unit) << i;
        }
    }
}

TEST(ParseTest, OnlyCountersThatLookBackByDayNeedAHistory) {
    const std::pair<std::string, bool> rows[] = {{"lifetime", false},           {"period", false},
                                                 {"anniversary", true},         {"{rolling_days: 30}", true},
                                                 {"{rolling_months: 1}", true}, {"{calendar: year}", true}};
    for (const auto& [window, needed] : rows)
        EXPECT_EQ(shop("counters: {a: {metric: spend, window: " + window + "}}").needs_history, needed) << window;
}

TEST(ParseTest, AMatchHoldsAllItsParts) {
    const Programme programme = shop(R"(
price_kinds: [regular, special, group]
points:
  rules:
    - code: a
      rate: 5%
      per: 0.50
      for:
        price_kinds: [regular, group]
        categories: [shoes, bags]
        products: 12345
        channels: web
        stores: [b, a]
        weekdays: [saturday, sunday]
        dates: [2026-11-11, {first: 2026-12-24, last: 2026-12-26}]
        member_days: [18, 11-11]
        tender: other
        when: line.quantity >= 2
      except: {price_kinds: group, categories: [sale], products: [x]}
)");
    const EarningRule& rule = programme.points.rules[0];
    const Match& match = rule.match;
    EXPECT_EQ(rule.rate, Fraction(1, 20));
    EXPECT_EQ(rule.per, Money(50));
    EXPECT_EQ(match.price_kinds, 1U);
    EXPECT_EQ(match.categories, (std::vector<std::string>{"bags", "shoes"}));
    EXPECT_EQ(match.categories_not, std::vector<std::string>{"sale"});
    EXPECT_EQ(match.products, std::vector<std::string>{"12345"});
    EXPECT_EQ(match.products_not, std::vector<std::string>{"x"});
    EXPECT_EQ(match.channels, std::vector<std::string>{"web"});
    EXPECT_EQ(match.stores, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(match.weekdays, 0x60);
    ASSERT_EQ(match.dates.size(), 2U);
    EXPECT_EQ(match.dates[0].first, match.dates[0].last);
    EXPECT_EQ(match.dates[1].last.days - match.dates[1].first.days, 2);
    ASSERT_EQ(match.member_days.size(), 2U);
    EXPECT_EQ(match.member_days[0].month, 0);
    EXPECT_EQ(match.member_days[1].month, 11);
    EXPECT_EQ(match.tender, Tender::other);
    EXPECT_FALSE(match.everything);
    EXPECT_EQ(programme.slots_used, std::uint64_t{1} << static_cast<unsigned>(Slot::line_quantity));
}

TEST(ParseTest, AnExceptionForPriceKindsLeavesTheOthers) {
    const Programme programme = shop(R"(
price_kinds: [regular, special, group]
points:
  rules:
    - {code: a, rate: 1, except: {price_kinds: special}}
    - {code: b, rate: 2, for: {price_kinds: [regular, special, group]}}
)");
    EXPECT_EQ(programme.points.rules[0].match.price_kinds & 7U, 5U);
    EXPECT_FALSE(programme.points.rules[0].match.everything);
    EXPECT_TRUE(programme.points.rules[1].match.everything);
}

TEST(ParseTest, CountersStandBehindTheFixedNamesAndTheQualifyingOneLast) {
    const Programme programme = shop(R"(
counters: {visits: {metric: orders, window: lifetime}}
tiers:
  metric: spend
  window: {calendar: year}
  review: year
  ladder:
    - name: member
    - {name: vip, enter: {qualifying: 500, visits: 3, when: member.visits > 1 && member.qualifying > 10000}}
)");
    ASSERT_EQ(programme.counters.size(), 2U);
    EXPECT_EQ(programme.counters[1].name, "qualifying");
    const Qualification& enter = programme.tiers[1].enter;
    ASSERT_EQ(enter.thresholds.size(), 2U);
    EXPECT_EQ(enter.thresholds[0].counter, 0U);
    EXPECT_EQ(enter.thresholds[0].at_least, 3);
    EXPECT_EQ(enter.thresholds[1].at_least, 50'000);
    const auto counters = static_cast<unsigned>(Slot::counters);
    EXPECT_EQ(programme.slots_used, std::uint64_t{3} << counters);
}

TEST(ParseTest, AmountsFollowTheDigitsOfTheCurrency) {
    const std::pair<std::string, std::int64_t> rows[] = {{"JPY", 1500}, {"EUR", 150'000}, {"KWD", 1'500'000}};
    for (const auto& [currency, minor] : rows) {
        const Programme programme =
            parse_valid("name: a\nversion: 1\ncurrency: " + currency + "\ntime_zone: Asia/Tokyo\n" +
                            "tiers: {metric: spend, window: lifetime, ladder: [{name: a}, {name: b, enter: 1500}]}\n" +
                            "points: {rules: [{code: a, rate: 1}], value: 1/100}\n",
                        "shop.yaml");
        EXPECT_EQ(programme.tiers[1].enter.thresholds[0].at_least, minor) << currency;
        EXPECT_EQ(programme.points.rules[0].per.count(), minor / 1500) << currency;
        EXPECT_EQ(programme.points.value, Fraction(minor / 1500, 100)) << currency;
    }
}

TEST(ParseTest, PeriodsAreReadInAllTheirForms) {
    const Programme programme = shop(R"(
tiers:
  ladder:
    - name: a
    - {name: b, period: forever}
    - {name: c, period: 6 months, grace: 10 days}
    - {name: d, period: {calendar: quarter}, at_end: down_one}
)");
    EXPECT_EQ(programme.tiers[1].period.kind, Period::Kind::forever);
    EXPECT_EQ(programme.tiers[2].period.span.unit, Span::Unit::months);
    EXPECT_EQ(programme.tiers[2].grace_days, 10);
    EXPECT_EQ(programme.tiers[3].period.kind, Period::Kind::calendar);
    EXPECT_EQ(programme.tiers[3].period.unit, CalendarUnit::quarter);
    EXPECT_EQ(programme.tiers[3].at_end, PeriodEnd::down_one);
    for (const Tier& tier : programme.tiers) EXPECT_FALSE(tier.enter.by_itself());
}

TEST(ParseTest, RulesOnTimeUseTheProgrammesZone) {
    const Programme programme = shop("points: {rules: [{code: a, rate: 1, for: {when: now.getHours() == 12}}]}");
    const rule::Rule& rule = *programme.points.rules[0].match.when;
    std::vector<rule::Value> frame(static_cast<std::size_t>(Slot::counters));
    frame[static_cast<std::size_t>(Slot::now)] = rule::Value::timestamp({10 * 3'600'000});  // 11:00 in Berlin
    rule::Workspace workspace;
    EXPECT_FALSE(rule.holds(frame, workspace));
    frame[static_cast<std::size_t>(Slot::now)] = rule::Value::timestamp({11 * 3'600'000});
    EXPECT_TRUE(rule.holds(frame, workspace));
}

TEST(ParseTest, AnAmountOfPointsIsAnExpression) {
    const Programme programme = shop("points: {rules: [{code: a, amount: 50 * line.quantity}]}");
    ASSERT_TRUE(programme.points.rules[0].amount);
    EXPECT_EQ(programme.points.rules[0].amount->text(), "50 * line.quantity");
    EXPECT_EQ(programme.points.scale, 1);
}

TEST(ParseTest, TheFinestRatesAreDescribed) {
    const Programme programme = shop(
        "tiers: {ladder: [{name: member, discounts: [{code: a, rate: 999999936/999999937}, {code: b, rate: 1/3}]}]}");
    EXPECT_NE(describe(programme).find("a: 999999936/999999937 off"), std::string::npos);
    EXPECT_NE(describe(programme).find("b: 100/3 % off"), std::string::npos);
}

TEST(ParseTest, AProgrammeIsDescribedForAPerson) {
    EXPECT_EQ(describe(ready_programme("quarterly")),
              R"(Quarterly tiers (quarterly), version 1: CNY, Asia/Shanghai
An order counts when it is paid.
Tiers
  normal (Member): points x 1
  vip (VIP): points x 3/2
    enter: spend in the running month and the 2 before it from 800.00
    keeps with spend in the running month and the 2 before it from 800.00; no period
  svip (SVIP): points x 2
    enter: spend in the running month and the 2 before it from 1500.00
    keeps with spend in the running month and the 2 before it from 1500.00; no period
  reviewed at the end of every month
Points, which lapse 1 year after each grant
  Every purchase: points 1 per 1.00 CNY
)");
}

}  // namespace

}  // namespace regulars::programme
