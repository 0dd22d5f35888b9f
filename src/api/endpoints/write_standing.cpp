// How a member stands in an activity: what they have done there, what they have, what they can do now.
#include "api/endpoints/write.hpp"
#include "api/endpoints/write_activities.hpp"
#include "engine/activities/check_ins.hpp"
#include "engine/activities/common.hpp"
#include "engine/rejection.hpp"

namespace regulars::api {

namespace {

using engine::ActivityState;
using engine::Decision;
using programme::Activity;

void write_days(JsonWriter& json, std::string_view name, const std::vector<LocalDate>& days) {
    json.name(name);
    json.begin_array();
    for (const LocalDate day : days) json.text(text_of(day));
    json.end_array();
}

void write_check_in(JsonWriter& json, const Activity& activity, const ActivityState& state, const Decision& decision) {
    const LocalDate today = decision.today();
    const bool this_month = state.make_up_month == first_of(CalendarUnit::month, today);
    json.field("checked_in_today", !state.days.empty() && state.days.back() == today);
    json.field("streak", engine::running_streak(decision, activity));
    json.field("best_streak", state.best_streak);
    json.field("freezes", state.freezes);
    json.field("made_up_this_month", this_month ? state.made_up : 0);
    write_days(json, "days", state.days);
    write_days(json, "kept", state.kept);
}

void write_turns(JsonWriter& json, const ActivityState& state, std::int64_t free_per_day, LocalDate today) {
    const std::int64_t taken = state.free_day == today ? state.free_taken : 0;
    json.field("free_turns", std::max<std::int64_t>(0, free_per_day - taken));
    json.field("given_turns", state.turns);
    json.field("turns_taken", state.turns_taken);
    json.name("had");
    json.begin_object();
    for (const engine::NamedCount& count : state.had) {
        json.name(count.name);
        json.integer(count.total);
    }
    json.end_object();
}

void write_kind(JsonWriter& json, const Activity& activity, const ActivityState& state, const Decision& decision) {
    if (activity.as<programme::CheckIn>() != nullptr) write_check_in(json, activity, state, decision);
    if (const auto* draw = activity.as<programme::Draw>())
        write_turns(json, state, draw->free_per_day, decision.today());
    if (const auto* collection = activity.as<programme::Collection>()) {
        write_turns(json, state, collection->free_per_day, decision.today());
        json.name("steps");
        write_texts(json, state.steps);
    }
    if (activity.as<programme::Trial>() != nullptr) {
        json.field("trial", engine::name_of(state.trial));
        write_instant_if(json, "report_until", state.report_until);
    }
}

}  // namespace

void write_standing(JsonWriter& json, const Activity& activity, const Decision& decision) {
    const ActivityState none;
    const ActivityState* known = engine::find_state(decision.member, activity.name);
    const ActivityState& state = known != nullptr ? *known : none;
    const auto why_not = engine::check_activity(decision, activity);
    json.field("open_now", !why_not.has_value());
    json.name("why_not");
    if (why_not) json.text(engine::code_of(*why_not));
    else json.null();
    json.name("standing");
    json.begin_object();
    json.field("done", state.total);
    json.field("done_today", state.day == decision.today() ? state.on_day : 0);
    write_kind(json, activity, state, decision);
    json.end_object();
}

}  // namespace regulars::api
