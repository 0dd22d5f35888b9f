#include <charconv>
#include <limits>
#include <span>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::int32_t no_time = -1;
constexpr std::int32_t minutes_per_hour = 60;
constexpr std::int32_t minutes_per_day = 24 * 60;
constexpr std::int32_t hours_per_day = 24;
constexpr std::int32_t hours_max = 366 * hours_per_day;

constexpr std::string_view other_validities = "forever, {hours: 2} or {from: 2026-11-01, until: 2026-11-11}";

// Two digits at `at`; -1 for anything else.
std::int32_t two_digits(std::string_view text, std::size_t at) {
    std::int32_t value = -1;
    const char* end = text.data() + at + 2;
    const auto [stopped, error] = std::from_chars(text.data() + at, end, value);
    return stopped == end && text[at] != '-' ? value : -1;
}

// "18:00" in minutes since midnight; `no_time` after a complaint.
std::int32_t read_time(Reader& reader, const Place& place, bool is_end) {
    const std::string& text = place.node->text;
    if (place.is_text() && text.size() == 5 && text[2] == ':') {
        const std::int32_t hour = two_digits(text, 0);
        const std::int32_t minute = two_digits(text, 3);
        const std::int32_t time = hour * minutes_per_hour + minute;
        const std::int32_t last = is_end ? minutes_per_day : minutes_per_day - 1;
        if (hour >= 0 && minute >= 0 && minute < minutes_per_hour && time <= last) return time;
    }
    reader.complain(place, {"a time of the day is wanted here", is_end ? "00:00 to 24:00" : "00:00 to 23:59"});
    return no_time;
}

// Hours that a coupon surely does not outlive.
std::int64_t hours_at_most(const Validity& valid) {
    constexpr std::int64_t days_of[] = {1, 31, 366};
    switch (valid.kind) {
        case Validity::Kind::hours:
            return valid.hours;
        case Validity::Kind::span:
            return (valid.span.count * days_of[static_cast<std::size_t>(valid.span.unit)] + 1) * hours_per_day;
        case Validity::Kind::dates:
            return (valid.dates.last.days - valid.dates.first.days + 1) * std::int64_t{hours_per_day};
        case Validity::Kind::forever:
            break;
    }
    return std::numeric_limits<std::int64_t>::max();
}

std::optional<std::int32_t> read_hours(Reader& reader, const Place& place, std::string_view what) {
    if (place.is_mapping()) {
        const Section section(reader, place, keys::coupon_remind);
        const auto hours = section.require("hours", "how many hours " + std::string(what));
        const auto count = hours ? read_integer(reader, *hours, 1, hours_max) : std::nullopt;
        return count ? std::optional(static_cast<std::int32_t>(*count)) : std::nullopt;
    }
    static constexpr LengthUnit days[] = {{"day", hours_per_day}};
    const auto hours = place.is_text() ? parse_length(place.node->text, days, hours_max) : std::nullopt;
    if (!hours)
        reader.complain(place, {"this does not say how long " + std::string(what), "1 day to 366 days, or {hours: 3}"});
    return hours;
}

}  // namespace

Validity read_validity(Reader& reader, const Place& place) {
    Validity valid;
    if (place.is_word("forever")) return valid;
    if (!place.is_mapping()) {
        const auto span = read_span(reader, place, other_validities);
        if (!span) return valid;
        valid.kind = Validity::Kind::span;
        valid.span = *span;
        return valid;
    }
    const Section section(reader, place, keys::coupon_valid);
    const auto hours = section.find("hours");
    if (!hours) {
        valid.kind = Validity::Kind::dates;
        valid.dates = read_date_range(section, "from", "until").value_or(DateRange{});
        return valid;
    }
    if (section.find("from") || section.find("until"))
        reader.complain(*hours,
                        {"hours count from the moment of giving, dates do not", "either hours, or from and until"});
    valid.kind = Validity::Kind::hours;
    valid.hours = static_cast<std::int32_t>(read_integer(reader, *hours, 1, hours_max).value_or(1));
    return valid;
}

std::optional<DayTimes> read_day_times(Reader& reader, const Place& place) {
    const Section section(reader, place, keys::coupon_times);
    const auto from = section.require("from", "a time of the day, such as 18:00");
    const auto until = section.require("until", "a time of the day, such as 22:00; up to 24:00");
    const std::int32_t first = from ? read_time(reader, *from, false) : no_time;
    const std::int32_t last = until ? read_time(reader, *until, true) : no_time;
    if (first == no_time || last == no_time) return std::nullopt;
    if (first == last) reader.complain(*until, {"it ends when it begins", "another time, or no times for all day"});
    return DayTimes{first, last};
}

std::optional<std::int32_t> read_pass_on(Reader& reader, const Place& place) {
    return read_hours(reader, place, "a friend has to take it");
}

std::optional<std::int32_t> read_reminder(Reader& reader, const Place& place, const Validity& valid) {
    const auto hours = read_hours(reader, place, "before it lapses");
    if (!hours) return std::nullopt;
    if (valid.kind == Validity::Kind::forever)
        reader.complain(place, {"nobody is reminded of a coupon that never lapses", "valid beside it"});
    if (*hours >= hours_at_most(valid))
        reader.complain(place, {"the coupon lapses sooner than that", "less time than it is valid"});
    return hours;
}

}  // namespace regulars::programme
