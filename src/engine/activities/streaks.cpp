#include "engine/activities/streaks.hpp"

#include <algorithm>
#include <iterator>

#include "base/limits.hpp"

namespace regulars::engine {

namespace {

constexpr auto calendar_days = static_cast<std::int32_t>(limits::check_in_days_max);

void insert_sorted(std::vector<LocalDate>& days, LocalDate day) {
    const auto place = std::lower_bound(days.begin(), days.end(), day);
    if (place == days.end() || *place != day) days.insert(place, day);
}

std::vector<LocalDate> days_between(LocalDate before, LocalDate after) {
    std::vector<LocalDate> days;
    if (after.days - before.days > calendar_days) return days;
    for (LocalDate day = add_days(before, 1); day < after; day = add_days(day, 1)) days.push_back(day);
    return days;
}

// The calendar goes back so far and no further. The streak that reaches into it keeps its length.
void forget_old_days(ActivityState& state, LocalDate today) {
    const LocalDate oldest = add_days(today, 1 - calendar_days);
    while (state.days.size() > 1 && state.days.front() < oldest) {
        const bool goes_on = streak_until(state, state.days[1]) > 1;
        state.streak_before = goes_on ? state.streak_before + 1 : 0;
        state.days.erase(state.days.begin());
    }
    std::erase_if(state.kept, [&](LocalDate day) { return day < state.days.front(); });
}

}  // namespace

bool is_checked_in(const ActivityState& state, LocalDate day) {
    return std::binary_search(state.days.begin(), state.days.end(), day);
}

bool is_kept(const ActivityState& state, LocalDate day) {
    return std::binary_search(state.kept.begin(), state.kept.end(), day);
}

std::int64_t streak_until(const ActivityState& state, LocalDate day) {
    if (!is_checked_in(state, day)) return 0;
    std::int64_t length = 0;
    for (; is_checked_in(state, day) || is_kept(state, day); day = add_days(day, -1))
        if (is_checked_in(state, day)) ++length;
    // It has come to the calendar's first day when that is not a day that was missed.
    return day < state.days.front() ? length + state.streak_before : length;
}

LocalDate end_of_streak(const ActivityState& state, LocalDate day) {
    LocalDate end = day;
    for (; is_checked_in(state, day) || is_kept(state, day); day = add_days(day, 1))
        if (is_checked_in(state, day)) end = day;
    return end;
}

void add_check_in(ActivityState& state, LocalDate day, LocalDate today) {
    // What led up to a later day did not lead up to this one.
    if (!state.days.empty() && day < state.days.front()) state.streak_before = 0;
    std::erase(state.kept, day);
    insert_sorted(state.days, day);
    forget_old_days(state, today);
}

void keep_day(ActivityState& state, LocalDate day) {
    if (!is_checked_in(state, day)) insert_sorted(state.kept, day);
}

std::vector<LocalDate> gap_before(const ActivityState& state, LocalDate day) {
    const auto next = std::lower_bound(state.days.begin(), state.days.end(), day);
    return next == state.days.begin() ? std::vector<LocalDate>() : days_between(*std::prev(next), day);
}

std::vector<LocalDate> gap_after(const ActivityState& state, LocalDate day) {
    const auto next = std::upper_bound(state.days.begin(), state.days.end(), day);
    return next == state.days.end() ? std::vector<LocalDate>() : days_between(day, *next);
}

void combine_streaks(ActivityState& into, const ActivityState& from) {
    if (from.days.empty()) return;
    const bool own_is_older = !into.days.empty() && into.days.front() < from.days.front();
    const bool same = !into.days.empty() && into.days.front() == from.days.front();
    if (same) into.streak_before = std::max(into.streak_before, from.streak_before);
    else if (!own_is_older) into.streak_before = from.streak_before;
    for (const LocalDate day : from.days) insert_sorted(into.days, day);
    for (const LocalDate day : from.kept) insert_sorted(into.kept, day);
    std::erase_if(into.kept, [&](LocalDate day) { return is_checked_in(into, day); });
    forget_old_days(into, into.days.back());
    into.streak = streak_until(into, into.days.back());
    into.best_streak = std::max({into.best_streak, from.best_streak, into.streak});
}

}  // namespace regulars::engine
