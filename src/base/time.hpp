// Instants, local days and time zones. Time is an argument everywhere: nothing here reads a clock.
//
// An instant is UTC, in milliseconds. Days, months and expiry belong to the programme's zone. "Valid to the end of a
// day" is the instant at which the next local day starts, exclusive: at that instant it is over. Where a local time
// does not exist (a clock put forward) the instant of the change is meant; where it exists twice, the first.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regulars {

/// Milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t ms = 0;
    friend constexpr auto operator<=>(Instant, Instant) = default;
};

inline constexpr std::int64_t ms_per_second = 1000;
inline constexpr std::int64_t ms_per_day = 86'400'000;

/// Later than anything that happens: "never".
inline constexpr Instant instant_max{INT64_MAX};
/// Earlier than anything that happens.
inline constexpr Instant instant_min{INT64_MIN};

/// A civil date, as days since 1970-01-01 (proleptic Gregorian).
struct LocalDate {
    std::int32_t days = 0;
    friend constexpr auto operator<=>(LocalDate, LocalDate) = default;
};

/// A civil date in its parts: month 1..12, day 1..31.
struct YearMonthDay {
    std::int32_t year;
    std::int32_t month;
    std::int32_t day;
    friend constexpr auto operator<=>(const YearMonthDay&, const YearMonthDay&) = default;
};

enum class CalendarUnit { day, week, month, quarter, half_year, year };

[[nodiscard]] YearMonthDay parts_of(LocalDate date);
/// Nothing when there is no such date.
[[nodiscard]] std::optional<LocalDate> date_of(std::int32_t year, std::int32_t month, std::int32_t day);
/// 1 Monday .. 7 Sunday (ISO 8601).
[[nodiscard]] std::int32_t weekday_of(LocalDate date);

[[nodiscard]] constexpr LocalDate add_days(LocalDate date, std::int32_t days) { return {date.days + days}; }
/// The same day of the month so many months on; the month's last day where it has no such day (31 January plus one
/// month is 28 or 29 February).
[[nodiscard]] LocalDate add_months(LocalDate date, std::int32_t months);
/// add_months by twelve a year: 29 February falls back to 28.
[[nodiscard]] LocalDate add_years(LocalDate date, std::int32_t years);
/// The first day of the unit that holds `date`; weeks start on Monday.
[[nodiscard]] LocalDate first_of(CalendarUnit unit, LocalDate date);
/// The last day of the unit that holds `date`.
[[nodiscard]] LocalDate last_of(CalendarUnit unit, LocalDate date);

/// A wall clock reading: a date and the milliseconds since its midnight (0 .. ms_per_day - 1).
struct LocalTime {
    LocalDate date;
    std::int64_t ms_of_day = 0;
    friend constexpr auto operator<=>(LocalTime, LocalTime) = default;
};

/// An IANA time zone with its rules from 1900 to 2200, read once. Copies share the rules.
class Zone {
public:
    /// UTC.
    Zone();
    /// Nothing when the name is not in the IANA database ("Asia/Shanghai").
    static std::optional<Zone> find(std::string_view name);
    /// All names, for suggestions.
    static std::vector<std::string> names();

    [[nodiscard]] const std::string& name() const;
    [[nodiscard]] LocalTime local(Instant instant) const;
    [[nodiscard]] LocalDate date(Instant instant) const { return local(instant).date; }
    [[nodiscard]] Instant instant(LocalTime time) const;
    /// The first instant of a local day.
    [[nodiscard]] Instant start_of(LocalDate date) const { return instant({date, 0}); }
    /// The end of a local day: the first instant that is no longer in it.
    [[nodiscard]] Instant end_of(LocalDate date) const { return start_of(add_days(date, 1)); }

private:
    // The zone's offsets as a sorted table: the last entry at or before an instant holds. The lookup is on the hot path
    // of every decision, so the common case, a recent instant in a zone that no longer changes, is one comparison.
    struct Rules {
        struct Offset {
            std::int64_t from_ms;
            std::int64_t offset_ms;
        };
        std::string name;
        std::vector<Offset> offsets;
    };
    explicit Zone(std::shared_ptr<const Rules> rules);
    [[nodiscard]] std::vector<Rules::Offset>::const_iterator last_at(std::int64_t ms) const;
    [[nodiscard]] std::int64_t offset_ms(Instant instant) const;
    std::shared_ptr<const Rules> rules_;
};

/// "2026-11-22".
[[nodiscard]] std::string text_of(LocalDate date);
/// "2026-11-22T05:03:00.000Z"; milliseconds always shown.
[[nodiscard]] std::string text_of(Instant instant);
/// "2026-11-22T13:03:00" as the zone's wall clock shows it, seconds shown, milliseconds only when not zero.
[[nodiscard]] std::string local_text_of(Instant instant, const Zone& zone);

/// "YYYY-MM-DD", years 1900 to 2200.
[[nodiscard]] std::optional<LocalDate> parse_date(std::string_view text);
/// "YYYY-MM-DD" (local midnight), or with "THH:MM", "THH:MM:SS", "THH:MM:SS.mmm" ('T' or a space) as local time, or the
/// same with "Z" or "+08:00", which then says the zone. Years 1900 to 2200.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text, const Zone& zone);

}  // namespace regulars
