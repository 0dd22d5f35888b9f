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

struct PromotionRow {
    std::string name;
    Promotion::Kind kind;
    std::int64_t price;   ///< 0: a share off
    Fraction rate;
    bool with_coupons;
};

TEST(ReadyProgrammesTest, CommunityBuysTogetherAtSeven) {
    const Programme programme = ready_programme("community");
    expect_tiers(programme, {{"neighbour", {}, {}, 0, {1, 1}, {}, false},
                             {"regular", {30'000}, {30'000}, 1, {1, 1}, {}, false}});
    const std::vector<PromotionRow> rows{{"newcomer_eggs", Promotion::Kind::newcomer, 1, {}, false},
                                         {"evening", Promotion::Kind::flash, 990, {}, false},
                                         {"vegetables_together", Promotion::Kind::group, 1'200, {}, true},
                                         {"regulars_price", Promotion::Kind::price, 0, {1, 20}, true}};
    const auto& promotions = programme.promotions.promotions;
    ASSERT_EQ(promotions.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        SCOPED_TRACE(rows[i].name);
        EXPECT_EQ(promotions[i].name, rows[i].name);
        EXPECT_NE(promotions[i].title.zh, promotions[i].title.en);
        EXPECT_EQ(promotions[i].kind, rows[i].kind);
        EXPECT_EQ(promotions[i].price.value_or(Money()), Money(rows[i].price));
        EXPECT_EQ(promotions[i].rate, rows[i].rate);
        EXPECT_EQ(promotions[i].with_coupons, rows[i].with_coupons);
        EXPECT_FALSE(promotions[i].with_tier_price);
        EXPECT_EQ(programme.benefits[promotions[i].benefit], rows[i].name);
    }
    EXPECT_EQ(promotions[1].stock.per_day, 24);
    EXPECT_EQ(promotions[1].limit.per_day, 1);
    EXPECT_EQ(promotions[2].group_size, 3);
    EXPECT_EQ(promotions[2].leader_reward.cashback, Money(100));
    EXPECT_EQ(promotions[3].who.tiers, 2U);
    EXPECT_EQ(programme.points.multipliers.at(0).factor, Fraction(2, 1));
    EXPECT_EQ(programme.identity.invitations.size(), 1U);
}

struct CouponRow {
    std::string name;
    CouponTemplate::Kind kind;
    std::int64_t amount;
    Fraction rate;
    std::int64_t minimum;
    std::uint32_t tiers;
    std::string group;
};

void expect_coupons(const Programme& programme, const std::vector<CouponRow>& rows) {
    ASSERT_EQ(programme.coupons.templates.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const CouponTemplate& coupon = programme.coupons.templates[i];
        SCOPED_TRACE(rows[i].name);
        EXPECT_EQ(coupon.name, rows[i].name);
        EXPECT_NE(coupon.title.zh, coupon.title.en);
        EXPECT_EQ(coupon.kind, rows[i].kind);
        EXPECT_EQ(coupon.amount, Money(rows[i].amount));
        EXPECT_EQ(coupon.rate, rows[i].rate);
        EXPECT_EQ(coupon.minimum, Money(rows[i].minimum));
        EXPECT_EQ(coupon.tiers, rows[i].tiers);
        EXPECT_EQ(coupon.group, rows[i].group);
        EXPECT_EQ(programme.benefits[coupon.benefit], coupon.name);
    }
}

struct GrantRow {
    std::string code;
    Grant::On on;
    std::uint32_t tiers;
    std::int64_t points;
    std::vector<std::string> coupons;
};

void expect_grants(const Programme& programme, const std::vector<GrantRow>& rows) {
    ASSERT_EQ(programme.grants.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Grant& grant = programme.grants[i];
        SCOPED_TRACE(rows[i].code);
        EXPECT_EQ(grant.code, rows[i].code);
        EXPECT_EQ(grant.on, rows[i].on);
        EXPECT_EQ(grant.tiers, rows[i].tiers);
        EXPECT_EQ(grant.points, Points(rows[i].points));
        std::vector<std::string> coupons;
        for (const auto& item : grant.coupons) coupons.push_back(programme.coupons.templates[item.coupon].name);
        EXPECT_EQ(coupons, rows[i].coupons);
    }
}

TEST(ReadyProgrammesTest, MallGivesItsTiersCouponsAllTheYear) {
    using Kind = CouponTemplate::Kind;
    using On = Grant::On;
    const Programme programme = ready_programme("mall");
    expect_tiers(programme, {{"normal", {}, {}, 0, {1, 1}, {}, false},
                             {"silver", {100'000}, {100'000}, 1, {2, 1}, {}, true},
                             {"gold", {500'000}, {500'000}, 1, {3, 1}, {}, true},
                             {"diamond", {2'000'000}, {2'000'000}, 1, {4, 1}, {}, true}});
    EXPECT_EQ(programme.tiers[1].free_shipping->count, 2);
    EXPECT_FALSE(programme.tiers[2].free_shipping->count);
    EXPECT_TRUE(programme.tiers[1].order_flags.empty());
    for (const std::size_t rank : {2U, 3U})
        EXPECT_EQ(programme.tiers[rank].order_flags, std::vector<std::string>{"priority_dispatch"});
    EXPECT_EQ(programme.stages.size(), 6U);
    EXPECT_EQ(programme.find_benefit("exclusive_goods")->tiers, 14U);
    EXPECT_EQ(programme.find_benefit("priority_dispatch")->tiers, 12U);
    EXPECT_EQ(programme.find_benefit("manager")->staff, (std::vector<std::string>{"lin", "chen", "zhao"}));
    EXPECT_EQ(programme.find_benefit("instant_refund")->at_most, Money(50'000));
    EXPECT_EQ(programme.settlement.kind, Settlement::Kind::after_delivery);
    EXPECT_EQ(programme.settlement.days, 7);
    expect_rules(programme.points.rules, {{"spend", ~0U, {}, {1, 1}, 100}});
    EXPECT_EQ(programme.points.value, Fraction(1, 1));
    expect_coupons(programme, {{"welcome10", Kind::amount_off, 1000, {}, 0, ~0U, ""},
                               {"birthday8", Kind::percent_off, 0, {1, 5}, 0, 14, "share"},
                               {"monthly9", Kind::percent_off, 0, {1, 10}, 0, 14, "share"},
                               {"quarterly8", Kind::percent_off, 0, {1, 5}, 0, 12, "share"},
                               {"diamond_gift", Kind::gift, 0, {}, 0, 8, "gift"},
                               {"evening", Kind::invitation, 0, {}, 0, 8, ""}});
    EXPECT_EQ(programme.coupons.templates[0].valid.span.count, 7);
    EXPECT_EQ(programme.coupons.per_order, 3);
    EXPECT_EQ(programme.identity.country, "CN");
    EXPECT_EQ(programme.identity.cards->digits, 13);
    EXPECT_EQ(programme.identity.invitations.at(0).at_least, Money(5'000));
    EXPECT_EQ(programme.profile.birthday_changes, 1);
    EXPECT_EQ(programme.grants.at(1).fields, (std::vector<std::string>{"name", "birthday", "phone"}));
    expect_grants(programme, {{"welcome", On::registration, ~0U, 100, {"welcome10"}},
                              {"known_well", On::profile_complete, ~0U, 50, {}},
                              {"birthday", On::birthday, 14, 0, {"birthday8"}},
                              {"every_month", On::monthly, 14, 0, {"monthly9"}},
                              {"every_quarter", On::quarterly, 12, 0, {"quarterly8"}},
                              {"diamond_month", On::monthly, 8, 0, {"diamond_gift"}}});
    EXPECT_TRUE(programme.checkout.points_allowed);
    EXPECT_EQ(programme.checkout.points_minimum, Points(100));
    EXPECT_EQ(programme.checkout.points_step, Points(100));
    EXPECT_EQ(programme.checkout.points_share, Fraction(1, 2));
    EXPECT_EQ(programme.checkout.refund_first.front(), CheckoutPolicy::Tender::cash);
}

TEST(ReadyProgrammesTest, NewcomerGivesFourCouponsThatLapseOneAfterTheOther) {
    using Kind = CouponTemplate::Kind;
    const Programme programme = ready_programme("newcomer");
    expect_coupons(programme, {{"newcomer_2h", Kind::amount_off, 5000, {}, 19900, ~0U, "newcomer"},
                               {"newcomer_1d", Kind::amount_off, 3000, {}, 14900, ~0U, "newcomer"},
                               {"newcomer_3d", Kind::amount_off, 2000, {}, 9900, ~0U, "newcomer"},
                               {"newcomer_7d", Kind::amount_off, 1000, {}, 5900, ~0U, "newcomer"},
                               {"god_coupon", Kind::amount_off, 5000, {}, 0, ~0U, "open"},
                               {"save20", Kind::amount_off, 2000, {}, 10000, ~0U, "open"}});
    const auto& coupons = programme.coupons.templates;
    EXPECT_EQ(coupons[0].valid.hours, 2);
    for (const std::size_t i : {1U, 2U, 3U}) EXPECT_EQ(coupons[i].valid.kind, Validity::Kind::span) << i;
    const CouponTemplate& god = coupons[4];
    EXPECT_EQ(god.stock.total, 100);
    EXPECT_EQ(god.stock.per_day, 10);
    EXPECT_EQ(god.stock.per_member, 1);
    EXPECT_TRUE(god.claim && god.claim->code.empty());
    EXPECT_FALSE(god.match.categories.empty());
    EXPECT_FALSE(god.back_on_return);
    EXPECT_EQ(programme.coupons.find_code("SAVE20"), &coupons[5]);
    EXPECT_EQ(programme.coupons.per_order, 2);
    ASSERT_EQ(programme.coupons.packs.size(), 1U);
    EXPECT_EQ(programme.coupons.packs[0].items.size(), 4U);
    expect_grants(
        programme,
        {{"newcomer", Grant::On::registration, ~0U, 0, {"newcomer_2h", "newcomer_1d", "newcomer_3d", "newcomer_7d"}}});
}

TEST(ReadyProgrammesTest, PrepaidSaysWhatPayingInBrings) {
    const StoredValuePolicy policy = ready_programme("prepaid").stored_value;
    const std::vector<std::pair<std::int64_t, std::int64_t>> offers{{10000, 1000}, {30000, 4500}, {50000, 10000}};
    ASSERT_EQ(policy.offers.size(), offers.size());
    for (std::size_t i = 0; i < offers.size(); ++i) {
        EXPECT_EQ(policy.offers[i].pay, Money(offers[i].first));
        EXPECT_EQ(policy.offers[i].get, Money(offers[i].second));
    }
    EXPECT_EQ(policy.top_up_least, Money(2000));
    EXPECT_EQ(policy.top_up_most, Money(100000));
    EXPECT_EQ(policy.limit, Money(200000));
    EXPECT_EQ(policy.use, (std::array{Purse::bonus, Purse::cashback, Purse::topped_up}));
    EXPECT_TRUE(policy.refundable);
    ASSERT_TRUE(policy.lapses_after.has_value());
    EXPECT_EQ(policy.lapses_after->count, 1);
    EXPECT_EQ(policy.lapses_after->unit, Span::Unit::years);
    EXPECT_EQ(policy.lapsing, 1U << static_cast<unsigned>(Purse::bonus));
    const StoredValuePolicy none = ready_programme("mall").stored_value;
    EXPECT_EQ(none.use, (std::array{Purse::cashback, Purse::bonus, Purse::topped_up}));
    EXPECT_FALSE(none.refundable || none.limit || none.top_up_most || none.lapses_after);
    const std::string text = describe(ready_programme("prepaid"));
    for (const char* sentence :
         {"pay in 300.00, get 45.00 on top", "a payment is at least 20.00", "a payment is at most 1000.00",
          "an account holds at most 2000.00", "used: first the bonus, then cashback, then what was paid in",
          "what was paid in may be paid back", "1 year without payment or use: the bonus lapses"})
        EXPECT_NE(text.find(sentence), std::string::npos) << sentence;
    EXPECT_EQ(describe(ready_programme("mall")).find("Stored value"), std::string::npos);
}

TEST(ReadyProgrammesTest, PlusSellsWhatItsStorySays) {
    const Programme programme = ready_programme("plus");
    ASSERT_EQ(programme.plans.plans.size(), 3U);
    const Plan& plus = *programme.plans.find("plus");
    EXPECT_EQ(plus.price, Money(9800));
    EXPECT_EQ(plus.period.unit, Span::Unit::years);
    ASSERT_TRUE(plus.trial.has_value());
    EXPECT_EQ(plus.trial->count, 14);
    EXPECT_EQ(plus.trial_price, Money(100));
    EXPECT_EQ(plus.grace_days, 7);
    EXPECT_EQ(plus.remind_days, 7);
    EXPECT_EQ(plus.refund, Plan::Refund::less_saved);
    EXPECT_EQ(plus.full_refund_days, 7);
    EXPECT_EQ(plus.with_tier, Plan::WithTier::better);
    EXPECT_EQ(plus.tiers, ~0U);
    EXPECT_FALSE(plus.tier.has_value());
    EXPECT_EQ(plus.privileges.points_multiplier, Fraction(2, 1));
    ASSERT_EQ(plus.privileges.discounts.size(), 1U);
    EXPECT_EQ(programme.benefits[plus.privileges.discounts[0].benefit], "plus_price");
    ASSERT_TRUE(plus.privileges.free_shipping.has_value());
    EXPECT_EQ(programme.benefits[plus.privileges.free_shipping->benefit], "plus_shipping");
    EXPECT_EQ(programme.plans.find("shipping_card")->refund, Plan::Refund::unused_days);
    EXPECT_EQ(programme.plans.find("gold_card")->tier, TierRank{1});
    EXPECT_EQ(programme.coupons.templates[0].plans, 1U);
    ASSERT_EQ(programme.grants.size(), 3U);
    EXPECT_EQ(programme.grants[1].on, Grant::On::plan_bought);
    EXPECT_EQ(programme.grants[1].plans, 1U);
    EXPECT_EQ(programme.grants[2].on, Grant::On::anniversary);
    EXPECT_EQ(programme.grants[2].tier, TierRank{1});
    EXPECT_EQ(programme.grants[2].tier_for.unit, Span::Unit::months);
    // Half points of gold, five times on books: cents are counted in two hundredths.
    EXPECT_EQ(programme.points.scale, 200);
    const std::string text = describe(programme);
    for (const char* sentence :
         {"plus (Plus): 98.00 for 1 year, to try for 14 days at 1.00, 7 days of grace, with a reminder 7 days",
          "given up at once: the unused days come back, less what was saved; all within 7 days if unused",
          "points x 2, or as the tier", "holds tier gold meanwhile", "on the anniversary of registration",
          "tier gold for 1 month", "with plus: plus_monthly"})
        EXPECT_NE(text.find(sentence), std::string::npos) << sentence << "\n" << text;
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
