#include "backtest/instant_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fmt/format.h>

#include <string>

namespace regulars::backtest {
namespace {

Zone zone_of(const char* name) {
    return Zone::find(name).value();
}

std::optional<Instant> read(InstantReader& reader, const std::string& text) {
    const auto stamp = reader.read(text);
    return stamp ? std::optional(stamp->at) : std::nullopt;
}

TEST(instant_reader, reads_what_parse_instant_reads) {
    const Zone zone = zone_of("Europe/Berlin");
    InstantReader reader(zone);
    for (const char* text : {"2024-01-05", "2024-01-05T14:03", "2024-01-05 14:03:09", "2024-01-05T14:03:09.250",
                             "2024-01-05T14:03:09Z", "2024-01-05T14:03:09+08:00", "2024-02-29", "1900-01-01",
                             "2200-12-31T23:59:59", "2024-03-31T02:30:00", "2024-10-27T02:30:00", "2024-10-27T03:00"})
        EXPECT_EQ(read(reader, text), parse_instant(text, zone)) << text;
}

TEST(instant_reader, refuses_what_is_no_instant) {
    InstantReader reader(zone_of("Asia/Shanghai"));
    for (const char* text :
         {"", "2024", "2024-13-01", "2023-02-29", "2024-00-10", "2024-01-00", "05/01/2024", "20240105", "2024-1-5",
          "1899-12-31", "2201-01-01", "2024-01-05T24:00:00", "2024-01-05T10:60", "2024-01-05X10:00", "2024-01-05T",
          "2024-01-05T10", "2024/01/05", "abcd-ef-gh", "2024-01-05T10:00:60"})
        EXPECT_FALSE(reader.read(text).has_value()) << text;
}

TEST(instant_reader, knows_a_date_without_time) {
    InstantReader reader(zone_of("Asia/Shanghai"));
    EXPECT_TRUE(reader.read("2024-01-05").value().date_only);
    EXPECT_FALSE(reader.read("2024-01-05T00:00:00").value().date_only);
    EXPECT_EQ(reader.read("2024-01-05").value().at, reader.read("2024-01-05T00:00").value().at);
}

RC_GTEST_PROP(instant_reader, agrees_with_parse_instant_in_zones_that_change_their_clocks, ()) {
    const char* name = *rc::gen::element("Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe",
                                         "America/Sao_Paulo", "Asia/Kathmandu", "Africa/Casablanca");
    static InstantReader* reader = nullptr;
    static std::string reader_zone;
    if (reader_zone != name) {
        delete reader;
        reader = new InstantReader(zone_of(name));
        reader_zone = name;
    }
    const auto part = [](int from, int to) { return *rc::gen::inRange(from, to); };
    const std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", part(1899, 2202), part(0, 14),
                                         part(0, 33), part(0, 25), part(0, 61), part(0, 61));
    RC_ASSERT(read(*reader, text) == parse_instant(text, zone_of(name)));
}

}  // namespace
}  // namespace regulars::backtest
