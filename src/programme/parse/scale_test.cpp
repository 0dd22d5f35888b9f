#include "programme/parse/scale.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "programme/parse.hpp"

namespace regulars::programme {

namespace {

EarningRule rule_of(Fraction rate, std::int64_t per) {
    EarningRule rule;
    rule.rate = rate;
    rule.per = Money(per);
    return rule;
}

Multiplier multiplier_of(Fraction factor) {
    Multiplier multiplier;
    multiplier.factor = factor;
    return multiplier;
}

TEST(ScaleTest, HoldsEveryRateTierAndMultiplierExactly) {
    struct Row {
        std::string what;
        std::vector<EarningRule> rules;
        std::vector<Fraction> tiers;
        std::vector<Multiplier> multipliers;
        std::optional<std::int64_t> scale;
    };
    const Row rows[] = {
        {"no rules need no parts", {}, {{1, 1}}, {}, 1},
        {"two points per 1.00", {rule_of({2, 1}, 100)}, {{1, 1}}, {}, 50},
        {"a half point per 1.00, tiers times 1, 1.5, 2", {rule_of({1, 2}, 100)}, {{1, 1}, {3, 2}, {2, 1}}, {}, 400},
        {"rates that whole multipliers do not refine", {rule_of({1, 1}, 100)}, {{1, 1}}, {multiplier_of({3, 1})}, 100},
        {"every multiplier may come on top of the others",
         {rule_of({1, 1}, 1)},
         {{1, 1}},
         {multiplier_of({3, 2}), multiplier_of({5, 2})},
         4},
        {"thirds and sevenths share one scale", {rule_of({1, 3}, 1), rule_of({1, 7}, 1)}, {{1, 1}}, {}, 21},
        {"one point per minor unit", {rule_of({1, 1}, 1)}, {{4, 1}}, {}, 1},
        {"too fine a rate", {rule_of({1, 999'999'937}, 7)}, {{1, 1}}, {}, std::nullopt},
        {"too many fine rates", {rule_of({1, 99'991}, 1), rule_of({1, 99'989}, 1)}, {{1, 1}}, {}, std::nullopt},
        {"too fine multipliers",
         {rule_of({1, 1}, 1)},
         {{1, 1}},
         std::vector<Multiplier>(4, multiplier_of({1, 999})),
         std::nullopt},
    };
    for (const Row& row : rows) EXPECT_EQ(scale_of(row.rules, row.tiers, row.multipliers), row.scale) << row.what;
}

TEST(ScaleTest, AnAmountByExpressionNeedsOnlyItsMultipliers) {
    EarningRule rule = rule_of({}, 100);
    const auto compiled = rule::compile("5", rule::Schema(), rule::Type::integer());
    ASSERT_TRUE(compiled);
    rule.amount = *compiled;
    const std::vector<Fraction> tiers{{1, 1}, {5, 4}};
    EXPECT_EQ(scale_of(std::vector{rule}, tiers, {}), 4);
    EXPECT_TRUE(fits(std::vector{rule}, tiers, {}, 4));
    EXPECT_FALSE(fits(std::vector{rule}, tiers, {}, scale_max));
}

TEST(ScaleTest, TheLargestOrderMustStayWithin64Bits) {
    const std::vector<Fraction> once{{1, 1}};
    EXPECT_TRUE(fits(std::vector{rule_of({2, 1}, 100)}, once, {}, 50));
    EXPECT_TRUE(fits(std::vector{rule_of({1, 1}, 1)}, once, {}, 3'000'000));
    EXPECT_FALSE(fits(std::vector{rule_of({1, 1}, 1)}, once, {}, 5'000'000));
    EXPECT_FALSE(fits(std::vector{rule_of({1'000'000, 1}, 1)}, once, std::vector{multiplier_of({1000, 1})}, 1));
}

TEST(ScaleTest, AllMultipliersTogetherMustStayAFraction) {
    const std::vector<EarningRule> nothing{rule_of({0, 1}, 100)};
    const std::vector<Fraction> tiers{{1, 1}, {1000, 1}};
    EXPECT_TRUE(fits(nothing, tiers, std::vector(2, multiplier_of({1000, 1})), 1));
    EXPECT_FALSE(fits(nothing, tiers, std::vector(3, multiplier_of({1000, 1})), 1));
    EXPECT_FALSE(fits(nothing, tiers, std::vector(4, multiplier_of({1, 999})), 1));
    EXPECT_FALSE(fits(std::vector{rule_of({999'999'937, 1}, 1'000'000'000'000)}, tiers,
                      std::vector(2, multiplier_of({997, 996})), scale_max));
}

// Against the definition: amount x rate x tier x factor is a whole multiple of 1 / scale.
RC_GTEST_PROP(ScalePropertyTest, EveryAmountIsAWholeNumberOfParts, ()) {
    const auto part = [](int max) { return *rc::gen::inRange<std::int64_t>(1, max); };
    const EarningRule rule = rule_of(Fraction(part(50), part(50)), part(1000));
    const std::vector<Fraction> tiers{Fraction(part(10), part(10)), Fraction(part(10), part(10))};
    const std::vector<Multiplier> multipliers{multiplier_of(Fraction(part(10), part(10)))};
    const auto scale = scale_of(std::vector{rule}, tiers, multipliers);
    RC_ASSERT(scale.has_value());
    const std::int64_t amount = part(1'000'000);
    for (const Fraction tier : tiers) {
        for (const Fraction factor : {Fraction(1, 1), multipliers[0].factor}) {
            const Wide numerator =
                Wide{amount} * rule.rate.numerator() * tier.numerator() * factor.numerator() * *scale;
            const Wide denominator =
                Wide{rule.rate.denominator()} * rule.per.count() * tier.denominator() * factor.denominator();
            RC_ASSERT(numerator % denominator == 0);
        }
    }
}

TEST(ScaleTest, PlansAreAsExactAsTiers) {
    const auto scale = [](const std::string& plans) {
        const auto programme = parse("name: shop\nversion: 1\ncurrency: EUR\ntime_zone: Europe/Berlin\n"
                                     "tiers: {ladder: [{name: member}, {name: vip, points_multiplier: 3/2}]}\n"
                                     "points: {rules: [{code: all, rate: 1, per: 0.01}]}\nplans:\n" + plans,
                                     "shop.yaml");
        return programme ? programme->points.scale : 0;
    };
    const std::string plan = "  - {name: plus, price: 1, period: 1 year, points_multiplier: 4/3";
    EXPECT_EQ(scale(plan + "}\n"), 6) << "a half or a third";
    EXPECT_EQ(scale(plan + ", with_tier: both}\n"), 6) << "halves of thirds";
    const std::string other = "  - {name: more, price: 1, period: 1 year, points_multiplier: 5/3, with_tier: both}\n";
    EXPECT_EQ(scale(plan + ", with_tier: both}\n" + other), 18) << "thirds of thirds of halves";
    EXPECT_EQ(scale(plan + "}\n" + other), 18) << "a half or a third, and thirds of them";
}

}  // namespace

}  // namespace regulars::programme
