#include "engine/people/combine_activities.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/limits.hpp"
#include "engine/activities/common.hpp"
#include "engine/activities/streaks.hpp"

namespace regulars::engine {

namespace {

// Both lists are sorted, and so is the result.
void unite(std::vector<std::string>& into, const std::vector<std::string>& from) {
    std::vector<std::string> all;
    std::set_union(into.begin(), into.end(), from.begin(), from.end(), std::back_inserter(all));
    into = std::move(all);
}

// What was counted on a day: of two days the later one stands.
void combine_day(LocalDate& day, std::int64_t& on_day, LocalDate other_day, std::int64_t other_on_day) {
    if (day < other_day) on_day = 0;
    if (day <= other_day) on_day += other_on_day;
    day = std::max(day, other_day);
}

void combine_named(std::vector<NamedCount>& into, const std::vector<NamedCount>& from) {
    for (const NamedCount& count : from) {
        const auto place =
            std::lower_bound(into.begin(), into.end(), count.name,
                             [](const NamedCount& own, const std::string& name) { return own.name < name; });
        if (place == into.end() || place->name != count.name) {
            into.insert(place, count);
            continue;
        }
        place->total += count.total;
        combine_day(place->day, place->on_day, count.day, count.on_day);
    }
}

// The next turn's number is one that neither has had, so that no chance comes twice.
void combine_turns(ActivityState& into, const ActivityState& from) {
    into.turns += from.turns;
    combine_day(into.free_day, into.free_taken, from.free_day, from.free_taken);
    into.turns_taken += from.turns_taken;
    into.since_rare = std::max(into.since_rare, from.since_rare);
    combine_named(into.had, from.had);
    unite(into.kinds_had, from.kinds_had);
    unite(into.steps, from.steps);
}

void combine_check_ins(ActivityState& into, const ActivityState& from) {
    combine_streaks(into, from);
    into.freezes += from.freezes;
    combine_day(into.make_up_month, into.made_up, from.make_up_month, from.made_up);
}

// The orders that a questionnaire was answered about, the other's as older; or what was shown, by day and sorted.
void combine_subjects(std::vector<std::string>& into, const std::vector<std::string>& from) {
    std::vector<std::string> all = from;
    for (const std::string& own : into)
        if (std::find(from.begin(), from.end(), own) == from.end()) all.push_back(own);
    const bool by_day = std::is_sorted(into.begin(), into.end()) && std::is_sorted(from.begin(), from.end());
    if (by_day) std::sort(all.begin(), all.end());
    if (all.size() > limits::subjects_max)
        all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(limits::subjects_max));
    into = std::move(all);
}

// How far one has come who was one of the two: a piece that either got is got. Of two applications both prices come
// back.
void combine_trials(ActivityState& into, const ActivityState& from) {
    constexpr std::array<int, 6> how_far{0, 2, 4, 1, 5, 3};  // none, applied, chosen, not_chosen, reported, overdue
    const auto rank = [&](TrialStatus status) { return how_far[static_cast<std::size_t>(status)]; };
    if (rank(from.trial) > rank(into.trial)) {
        into.trial = from.trial;
        into.trial_number = from.trial_number;
        into.report_until = from.report_until;
    }
    into.trial_spent.insert(into.trial_spent.end(), from.trial_spent.begin(), from.trial_spent.end());
}

void combine_states(ActivityState& into, const ActivityState& from) {
    into.total += from.total;
    combine_day(into.day, into.on_day, from.day, from.on_day);
    combine_check_ins(into, from);
    combine_subjects(into.subjects, from.subjects);
    combine_turns(into, from);
    combine_trials(into, from);
}

}  // namespace

void combine_activities(Member& into, const Member& from) {
    for (const ActivityState& theirs : from.activities) {
        if (find_state(into, theirs.name) == nullptr) state_of(into, theirs.name) = theirs;
        else combine_states(state_of(into, theirs.name), theirs);
    }
}

}  // namespace regulars::engine
