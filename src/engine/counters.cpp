#include "engine/counters.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace regulars::engine {

namespace {

void add(Totals& totals, const Totals& change) {
    totals.spend += change.spend;
    totals.growth += change.growth;
    totals.points += change.points;
    totals.orders += change.orders;
}

std::int64_t metric_of(const Totals& totals, programme::Metric metric) {
    switch (metric) {
        case programme::Metric::spend: return totals.spend.count();
        case programme::Metric::growth: return totals.growth.count();
        case programme::Metric::orders: return totals.orders;
        case programme::Metric::points: return totals.points.count();
    }
    check_failed("a counter has a metric");
}

std::int32_t months_of(CalendarUnit unit) {
    switch (unit) {
        case CalendarUnit::month: return 1;
        case CalendarUnit::quarter: return 3;
        case CalendarUnit::half_year: return 6;
        case CalendarUnit::year: return 12;
        case CalendarUnit::day:
        case CalendarUnit::week: break;
    }
    check_failed("a window's calendar unit is a month or longer");
}

LocalDate last_anniversary(LocalDate registered, LocalDate today) {
    const std::int32_t years = parts_of(today).year - parts_of(registered).year;
    const LocalDate this_year = add_years(registered, years);
    return this_year <= today ? this_year : add_years(registered, years - 1);
}

// The first day that a window looks at; the last is today.
LocalDate first_day(const programme::Programme& programme, const Member& member, const programme::Window& window,
                    LocalDate today) {
    switch (window.kind) {
        case programme::WindowKind::rolling_days: return add_days(today, 1 - window.length);
        case programme::WindowKind::rolling_months: return add_days(add_months(today, -window.length), 1);
        case programme::WindowKind::calendar:
            return add_months(first_of(window.unit, today), -(window.length - 1) * months_of(window.unit));
        case programme::WindowKind::anniversary:
            return last_anniversary(programme.zone.date(member.registered_at), today);
        case programme::WindowKind::lifetime:
        case programme::WindowKind::period: break;
    }
    check_failed("only windows over days have a first day");
}

// Days that no counter can look back on any more are dropped, so that the aggregate stays small.
void trim_history(const programme::Programme& programme, Member& member, LocalDate today) {
    LocalDate first = today;
    for (const programme::Counter& counter : programme.counters) {
        const auto kind = counter.window.kind;
        if (kind == programme::WindowKind::lifetime || kind == programme::WindowKind::period) continue;
        first = std::min(first, first_day(programme, member, counter.window, today));
    }
    // A late return or a review may still look one unit back: keep one more year.
    first = add_days(first, -366);
    const auto keep = std::find_if(member.history.begin(), member.history.end(),
                                   [&](const DayTotals& day) { return day.day >= first; });
    member.history.erase(member.history.begin(), keep);
}

}  // namespace

void count(const programme::Programme& programme, Member& member, LocalDate day, const Totals& change, bool in_period) {
    add(member.lifetime, change);
    if (in_period) add(member.period, change);
    if (!programme.needs_history) return;
    auto& history = member.history;
    auto place = std::lower_bound(history.begin(), history.end(), day,
                                  [](const DayTotals& entry, LocalDate value) { return entry.day < value; });
    if (place == history.end() || place->day != day) place = history.insert(place, DayTotals{day, {}});
    add(place->totals, change);
    if (history.size() > 1 && history.front().day < add_days(history.back().day, -800))
        trim_history(programme, member, history.back().day);
}

void restart_period_counters(Member& member) {
    member.period = Totals();
    ++member.counting_epoch;
}

std::int64_t counter_value(const programme::Programme& programme, const Member& member,
                           const programme::Counter& counter, LocalDate today) {
    if (counter.window.kind == programme::WindowKind::lifetime) return metric_of(member.lifetime, counter.metric);
    if (counter.window.kind == programme::WindowKind::period) return metric_of(member.period, counter.metric);
    const LocalDate first = first_day(programme, member, counter.window, today);
    std::int64_t sum = 0;
    for (auto day = member.history.rbegin(); day != member.history.rend() && day->day >= first; ++day)
        if (day->day <= today) sum += metric_of(day->totals, counter.metric);
    return sum;
}

}  // namespace regulars::engine
