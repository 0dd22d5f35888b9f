#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

#include "base/check.hpp"

namespace regulars {

// Civil calendar arithmetic after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"
// (https://howardhinnant.github.io/date_algorithms.html): eras of 400 years, years that begin in March.
YearMonthDay parts_of(LocalDate date) {
    const std::int32_t shifted = date.days + 719468;
    const std::int32_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const std::int32_t day_of_era = shifted - era * 146097;
    const std::int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int32_t month_from_march = (5 * day_of_year + 2) / 153;
    const std::int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

namespace {

bool is_leap(std::int32_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

std::int32_t days_in(std::int32_t year, std::int32_t month) {
    static constexpr std::array<std::int32_t, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

LocalDate date_of_valid(std::int32_t year, std::int32_t month, std::int32_t day) {
    year -= month <= 2 ? 1 : 0;
    const std::int32_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int32_t year_of_era = year - era * 400;
    const std::int32_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const std::int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return {era * 146097 + day_of_era - 719468};
}

std::int32_t months_in(CalendarUnit unit) {
    switch (unit) {
        case CalendarUnit::month: return 1;
        case CalendarUnit::quarter: return 3;
        case CalendarUnit::half_year: return 6;
        case CalendarUnit::year: return 12;
        case CalendarUnit::day:
        case CalendarUnit::week: break;
    }
    check_failed("a day or a week is not counted in months");
}

}  // namespace

std::optional<LocalDate> date_of(std::int32_t year, std::int32_t month, std::int32_t day) {
    if (month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return std::nullopt;
    return date_of_valid(year, month, day);
}

std::int32_t weekday_of(LocalDate date) {
    const std::int32_t from_monday = (date.days + 3) % 7;  // 1970-01-01 was a Thursday
    return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

LocalDate add_months(LocalDate date, std::int32_t months) {
    const YearMonthDay parts = parts_of(date);
    const std::int32_t total = parts.year * 12 + parts.month - 1 + months;
    const std::int32_t year = (total >= 0 ? total : total - 11) / 12;
    const std::int32_t month = total - year * 12 + 1;
    return date_of_valid(year, month, std::min(parts.day, days_in(year, month)));
}

LocalDate add_years(LocalDate date, std::int32_t years) { return add_months(date, years * 12); }

LocalDate first_of(CalendarUnit unit, LocalDate date) {
    if (unit == CalendarUnit::day) return date;
    if (unit == CalendarUnit::week) return add_days(date, 1 - weekday_of(date));
    const YearMonthDay parts = parts_of(date);
    const std::int32_t months = months_in(unit);
    return date_of_valid(parts.year, (parts.month - 1) / months * months + 1, 1);
}

LocalDate last_of(CalendarUnit unit, LocalDate date) {
    if (unit == CalendarUnit::day) return date;
    const LocalDate first = first_of(unit, date);
    if (unit == CalendarUnit::week) return add_days(first, 6);
    return add_days(add_months(first, months_in(unit)), -1);
}

std::string text_of(LocalDate date) {
    const YearMonthDay parts = parts_of(date);
    std::array<char, 32> text{};
    const int size = std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", parts.year, parts.month, parts.day);
    return {text.data(), static_cast<std::size_t>(size)};
}

namespace {

std::string clock_text(std::int64_t ms_of_day, bool show_ms) {
    std::array<char, 32> text{};
    const auto seconds = static_cast<int>(ms_of_day / 1000);
    int size = std::snprintf(text.data(), text.size(), "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60,
                             seconds % 60);
    std::string result(text.data(), static_cast<std::size_t>(size));
    if (show_ms) {
        size = std::snprintf(text.data(), text.size(), ".%03d", static_cast<int>(ms_of_day % 1000));
        result.append(text.data(), static_cast<std::size_t>(size));
    }
    return result;
}

}  // namespace

std::string text_of(Instant instant) {
    const LocalTime time = Zone().local(instant);
    return text_of(time.date) + "T" + clock_text(time.ms_of_day, true) + "Z";
}

std::string local_text_of(Instant instant, const Zone& zone) {
    const LocalTime time = zone.local(instant);
    return text_of(time.date) + "T" + clock_text(time.ms_of_day, time.ms_of_day % 1000 != 0);
}

namespace {

constexpr std::int32_t year_min = 1900;
constexpr std::int32_t year_max = 2200;

// Reads exactly `count` digits at the front of `text` and drops them; -1 when they are not there.
std::int32_t take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return -1;
    std::int32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<LocalDate> take_date(std::string_view& text) {
    const std::int32_t year = take_digits(text, 4);
    if (year < year_min || year > year_max || !take(text, '-')) return std::nullopt;
    const std::int32_t month = take_digits(text, 2);
    if (month < 0 || !take(text, '-')) return std::nullopt;
    return date_of(year, month, take_digits(text, 2));
}

// "HH:MM[:SS[.mmm]]" as milliseconds; -1 when it is not a time of day. 24:00 is not.
std::int64_t take_clock(std::string_view& text) {
    const std::int32_t hours = take_digits(text, 2);
    if (hours < 0 || hours > 23 || !take(text, ':')) return -1;
    const std::int32_t minutes = take_digits(text, 2);
    if (minutes < 0 || minutes > 59) return -1;
    std::int64_t ms = (hours * 60 + minutes) * 60'000LL;
    if (!take(text, ':')) return ms;
    const std::int32_t seconds = take_digits(text, 2);
    if (seconds < 0 || seconds > 59) return -1;
    ms += seconds * ms_per_second;
    if (!take(text, '.')) return ms;
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits > 9) return -1;
    std::int32_t scale = 100;
    for (std::size_t i = 0; i < digits; ++i, scale /= 10) ms += (text[i] - '0') * scale;
    text.remove_prefix(digits);
    return ms;
}

}  // namespace

std::optional<LocalDate> parse_date(std::string_view text) {
    const auto date = take_date(text);
    return text.empty() ? date : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view text, const Zone& zone) {
    const auto date = take_date(text);
    if (!date) return std::nullopt;
    if (text.empty()) return zone.start_of(*date);
    if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
    const std::int64_t ms_of_day = take_clock(text);
    if (ms_of_day < 0) return std::nullopt;
    if (text.empty()) return zone.instant({*date, ms_of_day});
    const Instant as_utc{date->days * ms_per_day + ms_of_day};
    if (text == "Z" || text == "z") return as_utc;
    const bool east = text.front() == '+';
    if (!east && text.front() != '-') return std::nullopt;
    text.remove_prefix(1);
    const std::int64_t offset = take_clock(text);
    if (offset < 0 || !text.empty()) return std::nullopt;
    return Instant{as_utc.ms + (east ? -offset : offset)};
}

}  // namespace regulars
