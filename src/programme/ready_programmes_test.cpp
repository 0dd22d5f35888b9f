// Each ready programme compiles to what its comment says.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "programme/names.hpp"
#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

struct TierRow {
    std::string name;
    std::vector<std::int64_t> enter;  ///< thresholds in the order of the counters
    std::vector<std::int64_t> keep;
    std::int32_t period_years;  ///< 0: forever
    Fraction multiplier;
    std::vector<Fraction> discounts;
    bool free_shipping;
};

std::vector<std::int64_t> amounts(const Qualification& qualification) {
    std::vector<std::int64_t> result;
    for (const Threshold& threshold : qualification.thresholds) result.push_back(threshold.at_least);
    return result;
}

void expect_tiers(const Programme& programme, const std::vector<TierRow>& rows) {
    ASSERT_EQ(programme.tiers.size(), rows.size());
    for (std::size_t rank = 0; rank < rows.size(); ++rank) {
        const Tier& tier = programme.tiers[rank];
        const TierRow& row = rows[rank];
        SCOPED_TRACE(row.name);
        EXPECT_EQ(tier.name, row.name);
        EXPECT_FALSE(tier.title.en.empty());
        EXPECT_NE(tier.title.zh, tier.title.en);
        EXPECT_EQ(amounts(tier.enter), row.enter);
        EXPECT_EQ(amounts(tier.keep), row.keep);
        EXPECT_EQ(tier.period.kind, row.period_years == 0 ? Period::Kind::forever : Period::Kind::span);
        EXPECT_EQ(tier.period.span.count, row.period_years);
        EXPECT_EQ(tier.points_multiplier, row.multiplier);
        EXPECT_EQ(tier.at_end, PeriodEnd::qualified);
        EXPECT_EQ(tier.free_shipping.has_value(), row.free_shipping);
        ASSERT_EQ(tier.discounts.size(), row.discounts.size());
        for (std::size_t i = 0; i < row.discounts.size(); ++i) EXPECT_EQ(tier.discounts[i].rate, row.discounts[i]);
    }
}

struct RuleRow {
    std::string code;
    std::uint32_t price_kinds;  ///< ~0u: all
    std::optional<Tender> tender;
    Fraction rate;
    std::int64_t per;
};

void expect_rules(const std::vector<EarningRule>& rules, const std::vector<RuleRow>& rows) {
    ASSERT_EQ(rules.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        SCOPED_TRACE(rows[i].code);
        EXPECT_EQ(rules[i].code, rows[i].code);
        EXPECT_EQ(rules[i].match.price_kinds, rows[i].price_kinds);
        EXPECT_EQ(rules[i].match.tender, rows[i].tender);
        EXPECT_EQ(rules[i].rate, rows[i].rate);
        EXPECT_EQ(rules[i].per.count(), rows[i].per);
        EXPECT_EQ(rules[i].match.everything, rows[i].price_kinds == ~0U && !rows[i].tender);
        EXPECT_FALSE(rules[i].amount);
    }
}

std::uint32_t bits(const Programme& programme, const std::vector<std::string>& kinds) {
    std::uint32_t mask = 0;
    for (const std::string& kind : kinds) mask |= 1U << programme.price_kind(kind).value();
    return mask;
}

TEST(ReadyProgrammesTest, VanclClimbsStepByStepAndRenewsAllPoints) {
    const Programme programme = ready_programme("vancl");
    EXPECT_EQ(programme.name, "vancl");
    EXPECT_EQ(programme.version, 1U);
    EXPECT_EQ(programme.currency, "CNY");
    EXPECT_EQ(programme.minor_digits, 2);
    EXPECT_EQ(programme.zone.name(), "Asia/Shanghai");
    EXPECT_EQ(programme.price_kinds,
              (std::vector<std::string>{"regular", "special", "group", "gift_card", "third_party"}));
    EXPECT_EQ(programme.settlement.kind, Settlement::Kind::after_shipping);
    EXPECT_EQ(programme.settlement.days, 30);

    expect_tiers(programme, {{"normal", {}, {}, 0, {1, 1}, {}, false},
                             {"vip", {200'000}, {100'000}, 1, {3, 2}, {{1, 50}}, false},
                             {"svip", {250'000}, {250'000}, 1, {2, 1}, {{1, 20}}, false}});
    for (const Tier& tier : programme.tiers)
        for (const Discount& discount : tier.discounts)
            EXPECT_EQ(discount.match.price_kinds, bits(programme, {"regular"}));
    EXPECT_EQ(programme.tier_policy.upgrade, TierPolicy::Upgrade::at_once);
    EXPECT_EQ(programme.tier_policy.step, TierPolicy::Step::next);
    EXPECT_TRUE(programme.tier_policy.reset_on_change);
    EXPECT_FALSE(programme.tier_policy.review);
    ASSERT_EQ(programme.counters.size(), 1U);
    EXPECT_EQ(programme.counters[0].metric, Metric::spend);
    EXPECT_EQ(programme.counters[0].window.kind, WindowKind::period);
    EXPECT_FALSE(programme.needs_history);

    const PointsPolicy& points = programme.points;
    expect_rules(points.rules, {{"paid_by_gift_card", ~0U, Tender::gift_card, {1, 1}, 100},
                                {"gift_card_price", bits(programme, {"gift_card"}), {}, {1, 1}, 100},
                                {"third_party", bits(programme, {"third_party"}), {}, {1, 2}, 100},
                                {"special", bits(programme, {"special", "group"}), {}, {1, 2}, 100},
                                {"regular", ~0U, {}, {2, 1}, 100}});
    EXPECT_EQ(points.rounding, Rounding::down);
    EXPECT_FALSE(points.round_per_line);
    EXPECT_EQ(points.expiry.kind, Expiry::Kind::rolling);
    EXPECT_EQ(points.expiry.span.unit, Span::Unit::years);
    EXPECT_EQ(points.expiry.span.count, 1);
    EXPECT_TRUE(points.partial_return_renews);
    EXPECT_EQ(points.shortfall, Shortfall::negative_balance);
    // 1/2 per 100 times 3/2 is 3/400 a fen.
    EXPECT_EQ(points.scale, 400);
    EXPECT_EQ(programme.slots_used, 0U);
    EXPECT_EQ(programme.benefits,
              (std::vector<std::string>{"points_redeemed", "bonus", "vip_discount", "svip_discount"}));
}

TEST(ReadyProgrammesTest, FourTierAsksForSpendOrdersAndTenure) {
    const Programme programme = ready_programme("four-tier");
    ASSERT_EQ(programme.counters.size(), 2U);
    EXPECT_EQ(programme.counters[0].name, "spend_12m");
    EXPECT_EQ(programme.counters[1].name, "orders_12m");
    for (const Counter& counter : programme.counters) {
        EXPECT_EQ(counter.window.kind, WindowKind::rolling_months);
        EXPECT_EQ(counter.window.length, 12);
    }
    EXPECT_TRUE(programme.needs_history);
    expect_tiers(programme, {{"normal", {}, {}, 0, {1, 1}, {}, false},
                             {"silver", {30'000, 2}, {30'000, 2}, 1, {2, 1}, {}, false},
                             {"gold", {100'000, 4}, {100'000, 4}, 1, {3, 1}, {}, true},
                             {"diamond", {300'000, 8}, {300'000, 8}, 1, {4, 1}, {{3, 100}}, true}});
    const std::vector<std::string> tenure{"", "member.tenure_days >= 30", "member.tenure_days >= 90",
                                          "member.tenure_days >= 180"};
    for (std::size_t rank = 1; rank < programme.tiers.size(); ++rank) {
        ASSERT_TRUE(programme.tiers[rank].enter.when);
        EXPECT_EQ(programme.tiers[rank].enter.when->text(), tenure[rank]);
        EXPECT_EQ(programme.tiers[rank].grace_days, 30);
    }
    EXPECT_EQ(programme.slots_used, std::uint64_t{1} << static_cast<unsigned>(Slot::member_tenure_days));
    EXPECT_EQ(programme.tier_policy.step, TierPolicy::Step::highest);
    expect_rules(programme.points.rules, {{"spend", ~0U, {}, {1, 1}, 100}});
    EXPECT_EQ(programme.points.expiry.kind, Expiry::Kind::end_of);
    EXPECT_EQ(programme.points.expiry.unit, CalendarUnit::year);
    EXPECT_EQ(programme.points.expiry.count, 1);
    EXPECT_EQ(programme.points.value, Fraction(1, 2));
    expect_rules(programme.growth.rules, {{"spend", ~0U, {}, {1, 1}, 100}});
    EXPECT_EQ(programme.growth.per_order.count(), 10);
    EXPECT_EQ(programme.growth.scale, 100);
}

TEST(ReadyProgrammesTest, VipCashbackPaysBackIntoTheAccount) {
    const Programme programme = ready_programme("vip-cashback");
    expect_tiers(programme, {{"registered", {}, {}, 0, {1, 1}, {}, false},
                             {"shopping", {1}, {1}, 0, {1, 1}, {}, false},
                             {"vip", {6}, {6}, 1, {1, 1}, {{1, 20}}, true}});
    const Tier& vip = programme.tiers[2];
    EXPECT_EQ(programme.counters[vip.enter.thresholds[0].counter].name, "orders_12m");
    ASSERT_EQ(vip.cashbacks.size(), 1U);
    EXPECT_EQ(vip.cashbacks[0].rate, Fraction(1, 20));
    EXPECT_TRUE(vip.cashbacks[0].match.everything);
    EXPECT_EQ(vip.cashbacks[0].rounding, Rounding::down);
    ASSERT_TRUE(vip.free_shipping->excluded);
    EXPECT_EQ(vip.free_shipping->excluded->when->text(), "line.unit_price < 500");
    EXPECT_FALSE(vip.free_shipping->excluded->everything);
    EXPECT_EQ(vip.discounts[0].match.when->text(), "line.cost * 2 <= line.amount");
    EXPECT_EQ(vip.discounts[0].margin_floor, Fraction(2, 5));
    EXPECT_EQ(vip.order_flags, std::vector<std::string>{"no_affiliate"});
    EXPECT_TRUE(programme.points.rules.empty());
    EXPECT_EQ(programme.benefits,
              (std::vector<std::string>{"points_redeemed", "bonus", "vip_offer", "vip_shipping", "vip_cashback"}));
    EXPECT_EQ(vip.cashbacks[0].benefit, 4U);
}

TEST(ReadyProgrammesTest, QuarterlyLooksAtThreeCalendarMonthsEveryMonth) {
    const Programme programme = ready_programme("quarterly");
    expect_tiers(programme, {{"normal", {}, {}, 0, {1, 1}, {}, false},
                             {"vip", {80'000}, {80'000}, 0, {3, 2}, {}, false},
                             {"svip", {150'000}, {150'000}, 0, {2, 1}, {}, false}});
    EXPECT_EQ(programme.tier_policy.upgrade, TierPolicy::Upgrade::at_once);
    EXPECT_EQ(programme.tier_policy.review, CalendarUnit::month);
    ASSERT_EQ(programme.counters.size(), 1U);
    EXPECT_EQ(programme.counters[0].window.kind, WindowKind::calendar);
    EXPECT_EQ(programme.counters[0].window.unit, CalendarUnit::month);
    EXPECT_EQ(programme.counters[0].window.length, 3);
    EXPECT_TRUE(programme.needs_history);
    EXPECT_EQ(programme.settlement.kind, Settlement::Kind::at_payment);
    EXPECT_EQ(programme.points.scale, 200);
}

TEST(ReadyProgrammesTest, ShareIsPlacedByItsHalfYearlyReview) {
    const Programme programme = ready_programme("share");
    expect_tiers(programme, {{"bronze", {}, {}, 0, {1, 1}, {}, false},
                             {"silver", {}, {}, 0, {3, 2}, {}, false},
                             {"gold", {}, {}, 0, {2, 1}, {}, true}});
    for (const Tier& tier : programme.tiers) EXPECT_FALSE(tier.enter.by_itself());
    EXPECT_EQ(programme.tier_policy.upgrade, TierPolicy::Upgrade::at_review);
    EXPECT_EQ(programme.tier_policy.review, CalendarUnit::half_year);
    EXPECT_EQ(programme.tier_policy.shares, (std::vector<Fraction>{{3, 5}, {3, 10}, {1, 10}}));
    EXPECT_EQ(programme.counters[programme.tier_policy.share_counter].window.kind, WindowKind::rolling_months);
    EXPECT_EQ(programme.counters[programme.tier_policy.share_counter].window.length, 6);
    expect_rules(programme.points.rules, {{"spend", ~0U, {}, {1, 1}, 1000}});
    EXPECT_EQ(programme.points.rounding, Rounding::half_up);
    EXPECT_EQ(programme.points.expiry.span.count, 2);
}

TEST(ReadyProgrammesTest, LinesMayEndAsOnWindows) {
    for (const std::string& name : ready_programmes) {
        std::string text;
        for (const char c : text_of_file("programmes/" + name + ".yaml"))
            text += c == '\n' ? "\r\n" : std::string(1, c);
        EXPECT_EQ(describe(parse_valid(text, name)), describe(ready_programme(name))) << name;
    }
}

TEST(ReadyProgrammesTest, EachBeginsWithAComment) {
    for (const std::string& name : ready_programmes) {
        const std::string text = text_of_file("programmes/" + name + ".yaml");
        EXPECT_TRUE(text.starts_with("# ")) << name;
        EXPECT_EQ(ready_programme(name).source, text) << name;
    }
}

}  // namespace

}  // namespace regulars::programme
