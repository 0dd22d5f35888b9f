// `activities`: what members can do beside buying. What each kind says is read in a file of its own.
#include <algorithm>
#include <array>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::array<std::string_view, 7> kinds{"check_in",  "draw",        "collection", "questionnaire",
                                                "behaviour", "store_visit", "trial"};

// The name is a code of costs, and how the API calls it.
std::string read_activity_name(Context& context, const Section& section, const std::vector<Activity>& known) {
    const auto place = section.require("name", "a name such as daily_check_in");
    const auto name = place ? read_name(context.reader, *place) : std::nullopt;
    if (!name) return {};
    if (std::any_of(known.begin(), known.end(), [&](const Activity& other) { return other.name == *name; }))
        context.reader.complain(*place, {"the name stands twice in this list", "another name"});
    claim_code(context, *place, *name, "activity");
    return *name;
}

ActivityTerms read_kind(Context& context, const Section& section, const CouponPolicy& coupons) {
    const auto kind = section.only_one_of(kinds);
    if (!kind) return CheckIn();
    const Place place = *section.find(*kind);
    if (*kind == "check_in") return read_check_in(context, place, coupons);
    if (*kind == "draw") return read_draw(context, place, coupons);
    if (*kind == "collection") return read_collection(context, place, coupons);
    if (*kind == "questionnaire") return read_questionnaire(context, place, coupons);
    if (*kind == "behaviour") return read_behaviour(context, place, coupons);
    if (*kind == "store_visit") return read_store_visit(context, place, coupons);
    return read_trial(context, place, coupons);
}

// What happens once by its nature needs no limit; what anybody can do all day needs one.
void check_limit(Reader& reader, const Section& section) {
    const auto limit = section.find("limit");
    const auto kind = [&](std::string_view name) { return section.find(name).has_value(); };
    const std::string once = kind("check_in") ? "a day has one check-in" : "a member applies once";
    if (limit && (kind("check_in") || kind("trial")))
        reader.complain(*limit, {once + " anyway", "no limit"});
    if (!limit && kind("behaviour"))
        reader.complain(*section.find("behaviour"),
                        {"this can be done all day long", "a limit beside it, such as {per_day: 3}"});
}

Activity read_activity(Context& context, const Place& place, const CouponPolicy& coupons,
                       const std::vector<Activity>& known) {
    const Section section(context.reader, place, keys::activity);
    Activity activity;
    activity.name = read_activity_name(context, section, known);
    activity.title = read_title_or(section, activity.name);
    if (const auto who = section.find("who")) activity.who = read_who(context, *who);
    if (const auto open = section.find("open")) activity.opening = read_opening(context.reader, *open);
    if (const auto limit = section.find("limit")) activity.limit = read_member_limit(context.reader, *limit);
    activity.terms = read_kind(context, section, coupons);
    if (place.is_mapping()) check_limit(context.reader, section);
    return activity;
}

bool has_turns(const Activity& activity) {
    return activity.as<Draw>() != nullptr || activity.as<Collection>() != nullptr;
}

}  // namespace

std::vector<Activity> read_activities(Context& context, const Place& place, const CouponPolicy& coupons) {
    std::vector<Activity> activities;
    for (const Place& item : items_of(context.reader, place, limits::activities_max))
        activities.push_back(read_activity(context, item, coupons, activities));
    return activities;
}

void check_turns(Context& context, const std::vector<Activity>& activities) {
    std::vector<std::string> names;
    for (const Activity& activity : activities)
        if (has_turns(activity)) names.push_back(activity.name);
    for (const Place& place : context.turns_of) {
        const std::string& name = place.node->text;
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        context.reader.complain(place, {"there is no such draw or collection",
                                        names.empty() ? "the name of one under activities" : listed(names),
                                        nearest(name, names).value_or("")});
    }
}

}  // namespace regulars::programme
