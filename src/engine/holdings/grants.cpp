#include "engine/holdings/grants.hpp"

#include <algorithm>

#include "engine/facts.hpp"
#include "engine/holdings/coupons.hpp"
#include "engine/holdings/plans.hpp"
#include "engine/holdings/points.hpp"
#include "engine/holdings/tiers.hpp"

namespace regulars::engine {

namespace {

using programme::Grant;
using On = Grant::On;

bool has(const programme::Programme& programme, On on) {
    return std::any_of(programme.grants.begin(), programme.grants.end(),
                       [&](const Grant& grant) { return grant.on == on; });
}

bool is_for_member(const Decision& decision, const Grant& grant) {
    if ((grant.tiers >> decision.member.tier.rank & 1U) == 0) return false;
    if (grant.plans != 0 && (grant.plans & held_plans(decision.programme, decision.member)) == 0) return false;
    if (!grant.when) return true;
    return Facts(decision.programme, decision.member, decision.now, decision.today()).holds(*grant.when);
}

void give(Decision& decision, const Grant& grant) {
    explain(decision, grant.code, [&] { return grant.title.en.empty() ? grant.code : grant.title.en; });
    grant_points(decision, grant.points, Cause::grant);
    const Member& member = decision.member;
    const TierState& own_tier = member.lifts.empty() ? member.tier : member.own_tier;
    if (grant.tier && own_tier.rank < *grant.tier) {
        const LocalDate last_day = add(decision.today(), grant.tier_for);
        lift_tier(decision, {*grant.tier, decision.programme.zone.end_of(last_day), ""});
    }
    for (const auto& item : grant.coupons) {
        const CouponGift gift{&decision.programme.coupons.templates[item.coupon], item.count,
                              item.valid ? &*item.valid : nullptr};
        const auto rejection = is_for_member(decision, *gift.terms) ? check_gifts(decision, {&gift, 1})
                                                                    : Rejection::coupon_not_for_member;
        if (rejection)
            explain(decision, gift.terms->name, [&] { return std::string(text_of(*rejection).sentence); });
        else
            give_coupons(decision, {&gift, 1});
    }
}

// The first day of the year's occasion: 29 February falls back to 28.
LocalDate in_year(LocalDate birthday, std::int32_t year, bool whole_month) {
    const YearMonthDay parts = parts_of(birthday);
    const std::int32_t day = whole_month ? 1 : parts.day;
    if (const auto date = date_of(year, parts.month, day)) return *date;
    return *date_of(year, parts.month, day - 1);
}

// The next occasion that is not over and that this year (or one after) has not brought yet. `last_year`: when it last
// brought something.
LocalDate next_occasion(LocalDate birthday, LocalDate today, std::int32_t last_year, bool whole_month) {
    const auto last_day_of = [&](std::int32_t year) {
        const LocalDate first = in_year(birthday, year, whole_month);
        return whole_month ? last_of(CalendarUnit::month, first) : first;
    };
    std::int32_t year = std::max(parts_of(today).year, last_year + 1);
    if (last_day_of(year) < today) ++year;
    return in_year(birthday, year, whole_month);
}

// One of Grant::fields.
bool is_known(const Member& member, const std::string& field) {
    constexpr std::string_view attributes = "attributes.";
    const Profile& profile = member.profile;
    if (field == "name") return !profile.name.empty();
    if (field == "gender") return !profile.gender.empty();
    if (field == "region") return !profile.region.empty();
    if (field == "birthday") return profile.birthday.has_value();
    if (field.starts_with(attributes)) return profile.attributes.contains(field.substr(attributes.size()));
    return std::any_of(member.identities.begin(), member.identities.end(),
                       [&](const Identity& identity) { return identity.kind == field; });
}

Instant next_birthday(const Decision& decision) {
    const Member& member = decision.member;
    if (!member.profile.birthday) return instant_max;
    const Zone& zone = decision.programme.zone;
    Instant next = instant_max;
    if (has(decision.programme, On::birthday))
        next = std::min(next, zone.start_of(next_occasion(*member.profile.birthday, decision.today(),
                                                          member.birthday_year, false)));
    if (has(decision.programme, On::birthday_month))
        next = std::min(next, zone.start_of(next_occasion(*member.profile.birthday, decision.today(),
                                                          member.birthday_month_year, true)));
    return next;
}

}  // namespace

void give_grants(Decision& decision, On on) {
    for (const Grant& grant : decision.programme.grants)
        if (grant.on == on && is_for_member(decision, grant)) give(decision, grant);
}

void give_first_order_grants(Decision& decision) {
    if (decision.member.had_first_order || !has(decision.programme, On::first_order)) return;
    decision.member.had_first_order = true;
    give_grants(decision, On::first_order);
}

void give_profile_grants(Decision& decision) {
    std::vector<std::string>& given = decision.member.given_once;
    for (const Grant& grant : decision.programme.grants) {
        if (grant.on != On::profile_complete || !is_for_member(decision, grant)) continue;
        const auto is_told = [&](const std::string& field) { return is_known(decision.member, field); };
        if (!std::all_of(grant.fields.begin(), grant.fields.end(), is_told)) continue;
        const auto place = std::lower_bound(given.begin(), given.end(), grant.code);
        if (place != given.end() && *place == grant.code) continue;
        given.insert(place, grant.code);
        give(decision, grant);
    }
}

void schedule_grants(Decision& decision) {
    Member& member = decision.member;
    const auto& programme = decision.programme;
    if (programme.grants.empty()) return;
    const bool by_calendar = has(programme, On::monthly) || has(programme, On::quarterly) || has(programme, On::yearly);
    if (by_calendar && member.next_grants_at == instant_max)
        member.next_grants_at = programme.zone.end_of(last_of(CalendarUnit::month, decision.today()));
    member.next_birthday_at = next_birthday(decision);
    if (member.next_anniversary_at == instant_max && has(programme, On::anniversary)) {
        const LocalDate registered = programme.zone.date(member.registered_at);
        const std::int32_t last_year = std::max(member.anniversary_year, parts_of(registered).year);
        member.next_anniversary_at =
            programme.zone.start_of(next_occasion(registered, decision.today(), last_year, false));
    }
}

void give_calendar_grants(Decision& decision) {
    const YearMonthDay today = parts_of(decision.programme.zone.date(decision.member.next_grants_at));
    decision.member.next_grants_at = instant_max;
    give_grants(decision, On::monthly);
    if (today.month % 3 == 1) give_grants(decision, On::quarterly);
    if (today.month == 1) give_grants(decision, On::yearly);
    schedule_grants(decision);
}

void give_birthday_grants(Decision& decision) {
    Member& member = decision.member;
    const LocalDate today = decision.today();
    const LocalDate birthday = *member.profile.birthday;
    const std::int32_t year = parts_of(today).year;
    member.next_birthday_at = instant_max;
    const auto is_on = [&](LocalDate first, LocalDate last) { return first <= today && today <= last; };
    const LocalDate day = in_year(birthday, year, false);
    if (member.birthday_year < year && is_on(day, day)) {
        member.birthday_year = year;
        give_grants(decision, On::birthday);
    }
    const LocalDate first = in_year(birthday, year, true);
    if (member.birthday_month_year < year && is_on(first, last_of(CalendarUnit::month, first))) {
        member.birthday_month_year = year;
        give_grants(decision, On::birthday_month);
    }
    schedule_grants(decision);
}

void give_plan_grants(Decision& decision, std::size_t plan) {
    for (const Grant& grant : decision.programme.grants)
        if (grant.on == On::plan_bought && (grant.plans == 0 || (grant.plans >> plan & 1U) != 0) &&
            is_for_member(decision, grant))
            give(decision, grant);
}

void give_anniversary_grants(Decision& decision) {
    decision.member.next_anniversary_at = instant_max;
    decision.member.anniversary_year = parts_of(decision.today()).year;
    give_grants(decision, On::anniversary);
    schedule_grants(decision);
}

}  // namespace regulars::engine
