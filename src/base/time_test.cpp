#include "base/time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace regulars {
namespace {

Zone zone(const char* name) { return Zone::find(name).value(); }
LocalDate day(const char* text) { return parse_date(text).value(); }

TEST(Calendar, MovesByMonthsAndFallsBackToTheLastDay) {
    struct Row { const char* from; std::int32_t months; const char* to; };
    for (const Row& row : std::vector<Row>{{"2023-01-31", 1, "2023-02-28"},
                                           {"2024-01-31", 1, "2024-02-29"},
                                           {"2024-02-29", 12, "2025-02-28"},
                                           {"2024-02-29", 48, "2028-02-29"},
                                           {"2024-03-31", -1, "2024-02-29"},
                                           {"2024-12-15", 1, "2025-01-15"},
                                           {"2024-01-15", -13, "2022-12-15"}})
        EXPECT_EQ(text_of(add_months(day(row.from), row.months)), row.to) << row.from;
}

TEST(Calendar, KnowsTheFirstAndLastDayOfEveryUnit) {
    struct Row { CalendarUnit unit; const char* date; const char* first; const char* last; };
    for (const Row& row : std::vector<Row>{{CalendarUnit::week, "2026-11-22", "2026-11-16", "2026-11-22"},
                                           {CalendarUnit::month, "2024-02-10", "2024-02-01", "2024-02-29"},
                                           {CalendarUnit::quarter, "2026-11-22", "2026-10-01", "2026-12-31"},
                                           {CalendarUnit::half_year, "2026-06-30", "2026-01-01", "2026-06-30"},
                                           {CalendarUnit::half_year, "2026-07-01", "2026-07-01", "2026-12-31"},
                                           {CalendarUnit::year, "2026-07-01", "2026-01-01", "2026-12-31"}}) {
        EXPECT_EQ(text_of(first_of(row.unit, day(row.date))), row.first);
        EXPECT_EQ(text_of(last_of(row.unit, day(row.date))), row.last);
    }
}

TEST(Calendar, RefusesDatesThatDoNotExist) {
    for (const char* text : {"2023-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "2023-1-01", "20230101", "",
                             "2023-01-01x", "1899-12-31", "2201-01-01", "2023-01-0a"})
        EXPECT_FALSE(parse_date(text)) << text;
}

RC_GTEST_PROP(Calendar, PartsAndDateAreInverse, ()) {
    const LocalDate date{*rc::gen::inRange(-25'000, 84'000)};
    const YearMonthDay parts = parts_of(date);
    RC_ASSERT(date_of(parts.year, parts.month, parts.day) == std::optional(date));
    RC_ASSERT(parse_date(text_of(date)) == std::optional(date));
    RC_ASSERT(weekday_of(add_days(date, 7)) == weekday_of(date));
}

TEST(Instants, AreReadWithAndWithoutAZone) {
    const Zone shanghai = zone("Asia/Shanghai");
    struct Row { const char* text; const char* utc; };
    for (const Row& row : std::vector<Row>{{"2026-11-22", "2026-11-21T16:00:00.000Z"},
                                           {"2026-11-22 08:30", "2026-11-22T00:30:00.000Z"},
                                           {"2026-11-22T08:30:15", "2026-11-22T00:30:15.000Z"},
                                           {"2026-11-22T08:30:15.25", "2026-11-22T00:30:15.250Z"},
                                           {"2026-11-22T08:30:15Z", "2026-11-22T08:30:15.000Z"},
                                           {"2026-11-22T08:30:15.123456789+02:00", "2026-11-22T06:30:15.123Z"},
                                           {"2026-11-22T08:30:15-05:30", "2026-11-22T14:00:15.000Z"}})
        EXPECT_EQ(text_of(parse_instant(row.text, shanghai).value()), row.utc) << row.text;
}

TEST(Instants, OtherTextsAreRefused) {
    for (const char* text : {"2026-11-22T24:00", "2026-11-22T08:60", "2026-11-22T08:30:60", "2026-11-22T8:30",
                             "2026-11-22T08:30:15.", "2026-11-22T08:30:15.1234567890", "2026-11-22T08:30:15+2",
                             "2026-11-22x08:30", "2026-11-22T08:30:15 Z", "2026-11-22T"})
        EXPECT_FALSE(parse_instant(text, Zone())) << text;
}

TEST(Zones, HaveDefinedAnswersForGapsAndOverlaps) {
    const Zone berlin = zone("Europe/Berlin");
    // 2024-03-31 02:00 to 03:00 does not exist: the change itself is meant.
    EXPECT_EQ(text_of(parse_instant("2024-03-31T02:30", berlin).value()), "2024-03-31T01:00:00.000Z");
    EXPECT_EQ(text_of(parse_instant("2024-03-31T03:00", berlin).value()), "2024-03-31T01:00:00.000Z");
    EXPECT_EQ(text_of(parse_instant("2024-03-31T01:59", berlin).value()), "2024-03-31T00:59:00.000Z");
    // 2024-10-27 02:00 to 03:00 exists twice: the first is meant.
    EXPECT_EQ(text_of(parse_instant("2024-10-27T02:30", berlin).value()), "2024-10-27T00:30:00.000Z");
    EXPECT_EQ(text_of(parse_instant("2024-10-27T03:00", berlin).value()), "2024-10-27T02:00:00.000Z");
}

TEST(Zones, ADayEndsWhereTheNextOneStarts) {
    const Zone berlin = zone("Europe/Berlin");
    EXPECT_EQ(berlin.end_of(day("2024-03-31")).ms - berlin.start_of(day("2024-03-31")).ms, 23 * 3'600'000);
    EXPECT_EQ(berlin.end_of(day("2024-10-27")).ms - berlin.start_of(day("2024-10-27")).ms, 25 * 3'600'000);
    // Midnight itself is skipped: the day starts at the change.
    const Zone santiago = zone("America/Santiago");
    EXPECT_EQ(local_text_of(santiago.start_of(day("2022-09-11")), santiago), "2022-09-11T01:00:00");
}

TEST(Zones, UnknownNamesAreNotFound) {
    EXPECT_FALSE(Zone::find("Asia/Shangai"));
    EXPECT_FALSE(Zone::find(""));
    EXPECT_EQ(Zone().name(), "UTC");
    EXPECT_GT(Zone::names().size(), 300u);
}

RC_GTEST_PROP(Zones, LocalTimesLeadBackToTheirInstant, ()) {
    static const std::vector<Zone> zones{zone("Asia/Shanghai"), zone("Europe/Berlin"), zone("America/New_York"),
                                         zone("Australia/Lord_Howe"), zone("Asia/Kathmandu"), Zone()};
    const Zone& some = zones[*rc::gen::inRange<std::size_t>(0, zones.size())];
    const Instant instant{*rc::gen::inRange<std::int64_t>(-2'000'000'000'000, 7'000'000'000'000)};
    const Instant back = some.instant(some.local(instant));
    // Only the second pass through an overlap leads elsewhere: to the first, at most two hours before.
    RC_ASSERT(back <= instant);
    RC_ASSERT(instant.ms - back.ms <= 2 * 3'600'000);
    RC_ASSERT(some.local(back) == some.local(instant));
    RC_ASSERT(some.date(some.start_of(some.date(instant))) == some.date(instant));
    RC_ASSERT(instant < some.end_of(some.date(instant)));
}

}  // namespace
}  // namespace regulars
