#include "backtest/month_axis.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace regulars::backtest {

MonthAxis::MonthAxis(const Zone& zone, Instant first, Instant last) {
    check(first <= last, "the months of a report run forwards");
    const LocalDate last_day = zone.date(last);
    LocalDate day = first_of(CalendarUnit::month, zone.date(first));
    for (; day <= last_day; day = add_months(day, 1)) {
        first_days_.push_back(day);
        starts_.push_back(zone.start_of(day).ms);
    }
    starts_.push_back(zone.start_of(day).ms);
}

std::size_t MonthAxis::place_of(Instant at) const {
    if (at.ms < starts_.front()) return 0;
    // Guessed by the mean month; the guess is off by one at most.
    constexpr std::int64_t month_ms = ms_per_day * 487 / 16;
    const auto guess = static_cast<std::size_t>((at.ms - starts_.front()) / month_ms);
    std::size_t place = std::min(guess, size() - 1);
    while (at.ms < starts_[place]) --place;
    while (place + 1 < size() && at.ms >= starts_[place + 1]) ++place;
    return place;
}

}  // namespace regulars::backtest
