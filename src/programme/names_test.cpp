#include "programme/names.hpp"

#include <gtest/gtest.h>

#include <string>

namespace regulars::programme {

namespace {

Counter counter_of(std::string name, Metric metric, Window window) {
    return {std::move(name), metric, window};
}

TEST(NamesTest, EveryNameSpeaksBothLanguages) {
    const rule::Schema schema = names({counter_of("a", Metric::spend, {})});
    for (const rule::Name& name : schema.names()) {
        EXPECT_FALSE(name.sentence_en.empty()) << name.path;
        const bool chinese = name.sentence_zh.find_first_of("\xE4\xE5\xE6\xE7\xE8\xE9") != std::string::npos;
        EXPECT_TRUE(chinese) << name.path;
    }
}

TEST(NamesTest, SlotsAreThoseOfTheFrame) {
    const rule::Schema schema = names({counter_of("spend_12m", Metric::spend, {})});
    EXPECT_EQ(schema.slot("member.tier"), static_cast<std::uint16_t>(Slot::member_tier));
    EXPECT_EQ(schema.slot("order.amount"), static_cast<std::uint16_t>(Slot::order_amount));
    EXPECT_EQ(schema.slot("line.cost"), static_cast<std::uint16_t>(Slot::line_cost));
    EXPECT_EQ(schema.slot("now"), static_cast<std::uint16_t>(Slot::now));
    EXPECT_EQ(schema.slot("member.spend_12m"), static_cast<std::uint16_t>(Slot::counters));
    EXPECT_EQ(schema.slot("member.unknown"), std::nullopt);
}

TEST(NamesTest, CountersSayWhatTheyCountOverWhichTime) {
    struct Row {
        Metric metric;
        Window window;
        std::string en;
        std::string zh;
    };
    const Row rows[] = {
        {Metric::spend,
         {},
         "Spend that counted, in minor units, since registration",
         "注册以来计入的消费金额(最小货币单位)"},
        {Metric::orders,
         {WindowKind::rolling_months, 12, {}},
         "Orders that counted in the last 12 months",
         "最近 12 个月交易成功的订单数"},
        {Metric::points,
         {WindowKind::rolling_days, 90, {}},
         "Points granted in the last 90 days",
         "最近 90 天获得的积分"},
        {Metric::growth,
         {WindowKind::period, 1, {}},
         "Growth gathered in the running tier period",
         "本等级周期内获得的成长值"},
        {Metric::orders,
         {WindowKind::anniversary, 1, {}},
         "Orders that counted since the last anniversary of registration",
         "最近一个入会周年以来交易成功的订单数"},
        {Metric::orders,
         {WindowKind::calendar, 3, CalendarUnit::month},
         "Orders that counted in the last 3 units (calendar month), the running one included",
         "最近 3 个自然月(含当前)交易成功的订单数"},
    };
    for (const Row& row : rows) {
        const rule::Schema schema = names({counter_of("a", row.metric, row.window)});
        EXPECT_EQ(schema.names().back().sentence_en, row.en);
        EXPECT_EQ(schema.names().back().sentence_zh, row.zh);
    }
}

TEST(NamesTest, TextsOfAClosedSetAreHeldToIt) {
    const rule::Schema schema = names({}, {"normal", "vip"}, {"regular", "special"});
    const auto& all = schema.names();
    EXPECT_EQ(all[static_cast<std::size_t>(Slot::member_tier)].choices.size(), 2U);
    EXPECT_EQ(all[static_cast<std::size_t>(Slot::line_price_kind)].choices.size(), 2U);
    EXPECT_EQ(all[static_cast<std::size_t>(Slot::line_tender)].choices.size(), 2U);
    EXPECT_TRUE(all[static_cast<std::size_t>(Slot::member_region)].choices.empty());
}

}  // namespace

}  // namespace regulars::programme
