#include "engine/activities/common.hpp"

#include <algorithm>

#include "engine/facts.hpp"
#include "engine/holdings/plans.hpp"
#include "engine/holdings/stages.hpp"
#include "engine/match.hpp"

namespace regulars::engine {

namespace {

bool is_birthday(const Member& member, programme::Opening::Birthday birthday, LocalDate today) {
    using Birthday = programme::Opening::Birthday;
    if (birthday == Birthday::any) return true;
    if (!member.profile.birthday) return false;
    const YearMonthDay born = parts_of(*member.profile.birthday);
    const YearMonthDay now = parts_of(today);
    if (born.month != now.month) return false;
    const bool falls_back = born.day == 29 && born.month == 2 && !date_of(now.year, 2, 29);
    return birthday == Birthday::month || born.day == now.day || (falls_back && now.day == 28);
}

template <class Counts>
auto place_of(Counts& counts, std::string_view name) {
    return std::lower_bound(counts.begin(), counts.end(), name,
                            [](const auto& count, std::string_view wanted) { return count.name < wanted; });
}

}  // namespace

bool is_among(const Decision& decision, const programme::Who& who) {
    return is_among(decision.programme, decision.member, decision.now, who);
}

bool is_among(const programme::Programme& programme, const Member& member, Instant now, const programme::Who& who) {
    if ((who.tiers >> member.tier.rank & 1U) == 0) return false;
    if (who.plans != 0 && (who.plans & held_plans(programme, member)) == 0) return false;
    if (who.stages != ~0U) {
        const auto stage = stage_of(programme, member, now);
        if (!stage || (who.stages >> *stage & 1U) == 0) return false;
    }
    const auto is_phone = [](const Identity& identity) { return identity.kind == "phone"; };
    if (who.registered && std::none_of(member.identities.begin(), member.identities.end(), is_phone)) return false;
    if (!who.when) return true;
    return Facts(programme, member, now, programme.zone.date(now)).holds(*who.when);
}

bool is_open_on(const Member& member, const programme::Opening& opening, LocalDate today) {
    if ((opening.weekdays >> (weekday_of(today) - 1) & 1U) == 0) return false;
    const auto holds_today = [&](const programme::DateRange& range) {
        return range.first <= today && today <= range.last;
    };
    if (!opening.dates.empty() && std::none_of(opening.dates.begin(), opening.dates.end(), holds_today)) return false;
    const YearMonthDay parts = parts_of(today);
    const auto is_today = [&](const programme::MonthDay& day) {
        return (day.month == 0 || day.month == parts.month) && day.day == parts.day;
    };
    if (!opening.member_days.empty() &&
        std::none_of(opening.member_days.begin(), opening.member_days.end(), is_today))
        return false;
    return is_birthday(member, opening.birthday, today);
}

bool is_open(const programme::Programme& programme, const Member& member, const programme::Opening& opening,
             Instant at) {
    if (opening.times && !is_at_time(*opening.times, programme.zone, at)) return false;
    return is_open_on(member, opening, programme.zone.date(at));
}

const ActivityState* find_state(const Member& member, std::string_view activity) {
    const auto place = place_of(member.activities, activity);
    return place == member.activities.end() || place->name != activity ? nullptr : &*place;
}

ActivityState& state_of(Member& member, std::string_view activity) {
    const auto place = place_of(member.activities, activity);
    if (place != member.activities.end() && place->name == activity) return *place;
    ActivityState state;
    state.name = activity;
    return *member.activities.insert(place, std::move(state));
}

std::int64_t total_of(const std::vector<NamedCount>& counts, std::string_view name) {
    const auto place = place_of(counts, name);
    return place == counts.end() || place->name != name ? 0 : place->total;
}

std::int64_t on_day_of(const std::vector<NamedCount>& counts, std::string_view name, LocalDate day) {
    const auto place = place_of(counts, name);
    return place == counts.end() || place->name != name || place->day != day ? 0 : place->on_day;
}

void add_to(std::vector<NamedCount>& counts, std::string_view name, std::int64_t more, LocalDate day) {
    auto place = place_of(counts, name);
    if (place == counts.end() || place->name != name)
        place = counts.insert(place, NamedCount{std::string(name), 0, day, 0});
    if (place->day != day) place->on_day = 0;
    place->day = day;
    place->total += more;
    place->on_day = std::max<std::int64_t>(0, place->on_day + more);
    if (place->total <= 0) counts.erase(place);
}

bool is_within(const programme::MemberLimit& limit, std::int64_t total, std::int64_t on_day, std::int64_t more) {
    return total + more <= limit.total.value_or(INT64_MAX) && on_day + more <= limit.per_day.value_or(INT64_MAX);
}

std::optional<std::int64_t> left_in_stock(const Decision& decision, std::string_view stock) {
    if (decision.stock == nullptr) return std::nullopt;
    const auto found = std::find_if(decision.stock->begin(), decision.stock->end(),
                                    [&](const StockLeft& left) { return left.coupon == stock; });
    if (found == decision.stock->end()) return std::nullopt;
    std::int64_t left = found->left;
    for (const StockTaken& taken : decision.outcome.stock_taken)
        if (taken.name == stock) left -= taken.count;
    return std::max<std::int64_t>(0, left);
}

bool is_in_stock(const Decision& decision, std::string_view stock, std::int64_t count) {
    const auto left = left_in_stock(decision, stock);
    return !left || count <= *left;
}

std::optional<Rejection> check_activity(const Decision& decision, const programme::Activity& activity) {
    if (!is_open(decision.programme, decision.member, activity.opening, decision.now))
        return Rejection::activity_not_open;
    if (!is_among(decision, activity.who)) return Rejection::activity_not_for_member;
    const ActivityState* state = find_state(decision.member, activity.name);
    const std::int64_t total = state != nullptr ? state->total : 0;
    const std::int64_t today = state != nullptr && state->day == decision.today() ? state->on_day : 0;
    if (!is_within(activity.limit, total, today, 1)) return Rejection::activity_limit_reached;
    return std::nullopt;
}

void count_activity(Decision& decision, ActivityState& state) {
    if (state.day != decision.today()) state.on_day = 0;
    state.day = decision.today();
    ++state.total;
    ++state.on_day;
}

}  // namespace regulars::engine
