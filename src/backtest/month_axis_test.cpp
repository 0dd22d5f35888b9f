#include "backtest/month_axis.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regulars::backtest {
namespace {

Instant at(const char* text, const Zone& zone) {
    return parse_instant(text, zone).value();
}

TEST(month_axis, runs_from_the_first_to_the_last_month) {
    const Zone zone = Zone::find("Asia/Shanghai").value();
    const MonthAxis axis(zone, at("2023-11-15", zone), at("2024-02-01", zone));
    ASSERT_EQ(axis.size(), 4u);
    EXPECT_EQ(text_of(axis.first_day(0)), "2023-11-01");
    EXPECT_EQ(text_of(axis.first_day(3)), "2024-02-01");
    EXPECT_EQ(axis.place_of(at("2023-12-31T23:59:59", zone)), 1u);
    EXPECT_EQ(axis.place_of(at("2024-01-01", zone)), 2u);
    EXPECT_EQ(axis.place_of(at("1950-01-01", zone)), 0u);
    EXPECT_EQ(axis.place_of(at("2090-01-01", zone)), 3u);
}

TEST(month_axis, what_ends_with_a_month_belongs_to_it) {
    const Zone zone = Zone::find("Asia/Shanghai").value();
    const MonthAxis axis(zone, at("2023-11-15", zone), at("2024-02-01", zone));
    EXPECT_EQ(axis.place_of_end(at("2024-01-01", zone)), 1u);
    EXPECT_EQ(axis.place_of_end(at("2024-01-02", zone)), 2u);
}

RC_GTEST_PROP(month_axis, finds_the_month_that_the_calendar_says, ()) {
    const Zone zone = Zone::find("Europe/Berlin").value();
    static const MonthAxis axis(zone, at("1950-01-01", zone), at("2100-12-31", zone));
    const Instant instant{*rc::gen::inRange<std::int64_t>(at("1950-01-01", zone).ms, at("2101-01-01", zone).ms)};
    RC_ASSERT(axis.first_day(axis.place_of(instant)) == first_of(CalendarUnit::month, zone.date(instant)));
}

}  // namespace
}  // namespace regulars::backtest
