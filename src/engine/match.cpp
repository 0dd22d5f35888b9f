#include "engine/match.hpp"

#include <algorithm>

namespace regulars::engine {

namespace {

bool has(const std::vector<std::string>& sorted, std::string_view text) {
    return std::binary_search(sorted.begin(), sorted.end(), text, std::less<>());
}

bool allowed(const std::vector<std::string>& only, std::string_view text) { return only.empty() || has(only, text); }

bool on_day(const programme::Match& match, LocalDate day) {
    if (match.weekdays != 0x7f && (match.weekdays >> (weekday_of(day) - 1) & 1) == 0) return false;
    if (!match.dates.empty() &&
        std::none_of(match.dates.begin(), match.dates.end(),
                     [&](const programme::DateRange& range) { return range.first <= day && day <= range.last; }))
        return false;
    if (match.member_days.empty()) return true;
    const YearMonthDay parts = parts_of(day);
    return std::any_of(match.member_days.begin(), match.member_days.end(), [&](const programme::MonthDay& member_day) {
        return (member_day.month == 0 || member_day.month == parts.month) && member_day.day == parts.day;
    });
}

}  // namespace

bool matches(const programme::Match& match, const Line& line, programme::PriceKind price_kind, programme::Tender tender,
             const Purchase& purchase, const Facts& facts) {
    if (match.everything) return true;
    if ((match.price_kinds >> price_kind & 1) == 0) return false;
    if (match.tender && *match.tender != tender) return false;
    if (!allowed(match.categories, line.category) || has(match.categories_not, line.category)) return false;
    if (!allowed(match.products, line.product) || has(match.products_not, line.product)) return false;
    if (!allowed(match.channels, purchase.channel) || !allowed(match.stores, purchase.store)) return false;
    if (!on_day(match, purchase.day)) return false;
    return !match.when || facts.holds(*match.when);
}

bool is_at_time(const programme::DayTimes& times, const Zone& zone, Instant at) {
    const auto minute = static_cast<std::int32_t>(zone.local(at).ms_of_day / (60 * ms_per_second));
    if (times.first < times.last) return times.first <= minute && minute < times.last;
    return minute >= times.first || minute < times.last;
}

}  // namespace regulars::engine
