#include "backtest/instant_reader.hpp"

#include "base/check.hpp"

namespace regulars::backtest {

namespace {

constexpr std::int32_t year_min = 1900;
constexpr std::int32_t year_max = 2200;
constexpr std::size_t date_size = 10;  // 2026-11-22

// Two digits as a number; 100 or more when they are not digits.
unsigned pair_at(std::string_view text, std::size_t at) {
    const unsigned tens = static_cast<unsigned char>(text[at]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
    return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

// "HH:MM" or "HH:MM:SS" as milliseconds of the day; -1 when it is anything else.
std::int64_t clock_of(std::string_view text) {
    if (text.size() != 5 && text.size() != 8) return -1;
    const unsigned hours = pair_at(text, 0);
    const unsigned minutes = pair_at(text, 3);
    if (text[2] != ':' || hours > 23 || minutes > 59) return -1;
    unsigned seconds = 0;
    if (text.size() == 8) {
        seconds = pair_at(text, 6);
        if (text[5] != ':' || seconds > 59) return -1;
    }
    return (hours * 3600 + minutes * 60 + seconds) * ms_per_second;
}

}  // namespace

InstantReader::InstantReader(const Zone& zone) : zone_(zone) {
    const auto first = date_of(year_min, 1, 1);
    const auto last = date_of(year_max, 12, 31);
    check(first.has_value() && last.has_value(), "the first and last day that can be read exist");
    first_ = *first;
    days_.resize(static_cast<std::size_t>(last->days - first->days + 1));
}

std::optional<Stamp> InstantReader::read(std::string_view text) {
    if (text.size() < date_size) return std::nullopt;
    const unsigned century = pair_at(text, 0);
    const unsigned year_of_century = pair_at(text, 2);
    const unsigned month = pair_at(text, 5);
    const unsigned day_of_month = pair_at(text, 8);
    if (century > 99 || year_of_century > 99 || month > 99 || day_of_month > 99) return std::nullopt;
    if (text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = static_cast<std::int32_t>(century * 100 + year_of_century);
    if (year < year_min || year > year_max) return std::nullopt;
    const auto date = date_of(year, static_cast<std::int32_t>(month), static_cast<std::int32_t>(day_of_month));
    if (!date) return std::nullopt;

    const Day& found = day(*date);
    if (text.size() == date_size) return Stamp{found.start, true};
    const bool separated = text[date_size] == 'T' || text[date_size] == ' ';
    const std::int64_t ms_of_day = separated ? clock_of(text.substr(date_size + 1)) : -1;
    if (ms_of_day >= 0 && found.plain) return Stamp{{found.start.ms + ms_of_day}, false};
    const auto instant = parse_instant(text, zone_);
    if (!instant) return std::nullopt;
    return Stamp{*instant, false};
}

const InstantReader::Day& InstantReader::day(LocalDate date) {
    Day& found = days_[static_cast<std::size_t>(date.days - first_.days)];
    if (found.start == instant_min) {
        found.start = zone_.start_of(date);
        const bool noon_is_plain = zone_.instant({date, ms_per_day / 2}).ms == found.start.ms + ms_per_day / 2;
        found.plain = noon_is_plain && zone_.end_of(date).ms == found.start.ms + ms_per_day;
    }
    return found;
}

}  // namespace regulars::backtest
