// The engine under each ready programme against the naive reading of it. A failing case prints its seed; run it again
// with RC_PARAMS="seed=...", or more cases with RC_PARAMS="max_success=2000".
#include "model_run.hpp"
#include "naive_four_tier.hpp"
#include "naive_quarterly.hpp"
#include "naive_share.hpp"
#include "naive_vancl.hpp"
#include "naive_vip_cashback.hpp"

#include <array>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regulars::model {

namespace {

Habits vancl_habits() {
    return {"Asia/Shanghai",
            {"regular", "special", "group", "gift_card", "third_party"},
            {"normal", "vip", "svip"},
            {0, 7, 99, 333, 150'00, 500'00, 700'00, 999'99, 1000'00, 1500'00, 2000'00, 2500'00},
            true, true, {}};
}
Habits four_tier_habits() {
    return {"Europe/London", {"regular"}, {"normal", "silver", "gold", "diamond"},
            {0, 99, 75'00, 150'00, 250'00, 300'00, 400'00, 1000'00, 1500'00}, true, false, {}};
}
Habits vip_cashback_habits() {
    return {"America/New_York", {"regular"}, {"registered", "shopping", "vip"}, {0, 19, 20, 39, 5'00, 10'10, 333'33},
            true, false, {}};
}
Habits quarterly_habits() {
    return {"Asia/Shanghai", {"regular"}, {"normal", "vip", "svip"},
            {0, 99, 1'33, 100'00, 267'00, 400'00, 800'00, 1500'00}, false, false, {}};
}
Habits share_habits() {
    return {"Asia/Shanghai", {"regular"}, {"bronze", "silver", "gold"}, {0, 499, 500, 5'00, 10'00, 333'33, 500'00},
            true, false, {300'00, 1000'00}};
}

template <class Simulation>
void check_agreement(const std::string& path, const Habits& habits) {
    static const auto programme = load_programme(path, {});
    const std::vector<engine::Event> events = events_of(*lives(), habits);
    RC_ASSERT(disagreement<Naive<Simulation>>(programme, events) == std::string());
}

RC_GTEST_PROP(engine_and_model, agree_on_vancl, ()) {
    check_agreement<NaiveVancl>("programmes/vancl.yaml", vancl_habits());
}
RC_GTEST_PROP(engine_and_model, agree_on_four_tier, ()) {
    check_agreement<NaiveFourTier>("programmes/four-tier.yaml", four_tier_habits());
}
RC_GTEST_PROP(engine_and_model, agree_on_vip_cashback, ()) {
    check_agreement<NaiveVipCashback>("programmes/vip-cashback.yaml", vip_cashback_habits());
}
RC_GTEST_PROP(engine_and_model, agree_on_quarterly, ()) {
    check_agreement<NaiveQuarterly>("programmes/quarterly.yaml", quarterly_habits());
}
RC_GTEST_PROP(engine_and_model, agree_on_share, ()) {
    check_agreement<NaiveShare>("programmes/share.yaml", share_habits());
}

// --- the canaries: one cent, one day or one word changed in a programme must show ------------------------------------

/// Lives that do not depend on RapidCheck's sizes: the same at every run.
std::vector<Step> life_number(std::uint64_t number, std::size_t length) {
    std::uint64_t state = number * 0x9E37'79B9'7F4A'7C15U + 1;
    const auto draw = [&] {
        state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return static_cast<int>((state >> 33U) % 1000U);
    };
    std::vector<Step> steps(length);
    for (Step& step : steps) step = {draw(), draw(), draw(), draw(), draw(), draw()};
    return steps;
}

template <class Simulation>
void expect_noticed(const std::string& path, const Habits& habits, const std::vector<Replacement>& changes) {
    const auto noticed = [&](const std::shared_ptr<const programme::Programme>& programme, std::uint64_t lives_max) {
        for (std::uint64_t number = 1; number <= lives_max; ++number) {
            const std::vector<engine::Event> events = events_of(life_number(number, 30), habits);
            if (!disagreement<Running<Simulation>>(programme, events).empty()) return true;
        }
        return false;
    };
    ASSERT_FALSE(noticed(load_programme(path, {}), 50)) << "unchanged, engine and model agree";
    for (const Replacement& change : changes)
        EXPECT_TRUE(noticed(load_programme(path, {change}), 600))
            << path << ": nobody noticed " << change.from << " -> " << change.to;
}

TEST(engine_and_model, disagree_when_vancl_is_changed) {
    expect_noticed<NaiveVancl>("programmes/vancl.yaml", vancl_habits(),
                               {{"enter: 2000.00", "enter: 2000.01"},
                                {"enter: 2500.00", "enter: 2500.01"},
                                {"keep: 1000.00", "keep: 1000.01"},
                                {"keep: 2500.00", "keep: 2500.01"},
                                {"after_shipping: 30 days", "after_shipping: 29 days"},
                                {"step: next", "step: highest"},
                                {"reset_on_change: true", "reset_on_change: false"},
                                {"points_multiplier: 1.5", "points_multiplier: 1.51"},
                                {"rolling: 1 year", "rolling: 365 days"},
                                {"rounding: down", "rounding: half_up"},
                                {"partial_return_renews: true", "partial_return_renews: false"},
                                {"at_end: qualified", "at_end: base"}});
}

TEST(engine_and_model, disagree_when_four_tier_is_changed) {
    expect_noticed<NaiveFourTier>("programmes/four-tier.yaml", four_tier_habits(),
                                  {{"spend_12m: 300.00", "spend_12m: 300.01"},
                                   {"orders_12m: 2", "orders_12m: 3"},
                                   {"tenure_days >= 30", "tenure_days >= 300"},
                                   {"rolling_months: 12", "rolling_days: 364"},
                                   {"grace: 30 days", "grace: 29 days"},
                                   {"at_end: qualified", "at_end: base"},
                                   {"{end_of: year, plus: 1}", "{end_of: year}"},
                                   {"per_order: 10", "per_order: 11"}});
}

TEST(engine_and_model, disagree_when_the_other_programmes_are_changed) {
    expect_noticed<NaiveVipCashback>("programmes/vip-cashback.yaml", vip_cashback_habits(),
                                     {{"orders_12m: 6", "orders_12m: 7"},
                                      {"period: 1 year", "period: 365 days"},
                                      {"rate: 5%", "rate: 5.1%"},
                                      {"at_end: qualified", "at_end: base"}});
    expect_noticed<NaiveQuarterly>("programmes/quarterly.yaml", quarterly_habits(),
                                   {{"enter: 800.00", "enter: 800.01"},
                                    {"enter: 1500.00", "enter: 1500.01"},
                                    {"length: 3", "length: 2"},
                                    {"review: month", "review: quarter"},
                                    {"at_end: qualified", "at_end: base"},
                                    {"after: 1 year", "after: 365 days"}});
    expect_noticed<NaiveShare>("programmes/share.yaml", share_habits(),
                               {{"rolling_months: 6", "rolling_months: 7"},
                                {"after_shipping: 7 days", "after_shipping: 8 days"},
                                {"rounding: half_up", "rounding: down"},
                                {"rolling: 2 years", "rolling: 730 days"}});
}

}  // namespace

}  // namespace regulars::model
