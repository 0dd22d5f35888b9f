#include "engine/people/combine.hpp"

#include <algorithm>
#include <iterator>

#include "base/limits.hpp"
#include "engine/holdings/plans.hpp"
#include "engine/references.hpp"

namespace regulars::engine {

namespace {

void add(Totals& totals, const Totals& more) {
    totals.spend += more.spend;
    totals.growth += more.growth;
    totals.points += more.points;
    totals.orders += more.orders;
}

bool before(const Lot& a, const Lot& b) {
    return a.expires_at != b.expires_at ? a.expires_at < b.expires_at : a.id < b.id;
}

void combine_lots(Member& into, const Member& from) {
    for (Lot lot : from.lots) {
        lot.id.value += into.last_lot_id;
        if (lot.order.value != 0) lot.order.value += into.last_order_number;
        into.lots.insert(std::upper_bound(into.lots.begin(), into.lots.end(), lot, before), lot);
    }
    into.last_lot_id += from.last_lot_id;
    into.points_available += from.points_available;
    into.points_owed += from.points_owed;
}

void combine_renewals(Member& into, const Member& from) {
    for (Renewal renewal : from.renewals) {
        if (renewal.order.value != 0) renewal.order.value += into.last_order_number;
        into.renewals.push_back(renewal);
    }
    std::stable_sort(into.renewals.begin(), into.renewals.end(),
                     [](const Renewal& a, const Renewal& b) { return a.expires_at < b.expires_at; });
    if (into.renewals.size() > limits::lots_max)
        into.renewals.erase(into.renewals.begin(), into.renewals.end() - static_cast<std::ptrdiff_t>(limits::lots_max));
    // A balance that does not roll has no date of its own, and gets the other's.
    if (into.rolling_expires_at == instant_max) into.rolling_expires_at = from.rolling_expires_at;
    else if (from.rolling_expires_at != instant_max)
        into.rolling_expires_at = std::max(into.rolling_expires_at, from.rolling_expires_at);
}

void combine_caps(Member& into, const Member& from) {
    const LocalDate day = std::max(into.cap_day, from.cap_day);
    const LocalDate month = first_of(CalendarUnit::month, day);
    const auto on_day = [&](const Member& member) { return member.cap_day == day ? member.cap_day_points : Points(); };
    const auto in_month = [&](const Member& member) {
        return first_of(CalendarUnit::month, member.cap_day) == month ? member.cap_month_points : Points();
    };
    const Points day_points = on_day(into) + on_day(from);
    const Points month_points = in_month(into) + in_month(from);
    into.cap_day = day;
    into.cap_day_points = day_points;
    into.cap_month_points = month_points;
}

// Money that nobody has does not lapse, whatever the date says.
void combine_balance(Member& into, const Member& from) {
    if (into.balance.total().is_zero()) into.balance_expires_at = from.balance_expires_at;
    else if (!from.balance.total().is_zero())
        into.balance_expires_at = std::max(into.balance_expires_at, from.balance_expires_at);
    into.balance.topped_up += from.balance.topped_up;
    into.balance.bonus += from.balance.bonus;
    into.balance.cashback += from.balance.cashback;
}

void combine_days(std::vector<DayTotals>& into, const std::vector<DayTotals>& from) {
    std::vector<DayTotals> all;
    const auto earlier = [](const DayTotals& a, const DayTotals& b) { return a.day < b.day; };
    std::merge(into.begin(), into.end(), from.begin(), from.end(), std::back_inserter(all), earlier);
    into.clear();
    for (const DayTotals& day : all) {
        if (!into.empty() && into.back().day == day.day) add(into.back().totals, day.totals);
        else into.push_back(day);
    }
}

void add(CouponCount& count, const CouponCount& more) {
    count.total += more.total;
    if (count.day < more.day) count.on_day = 0;
    if (count.day <= more.day) count.on_day += more.on_day;
    count.day = std::max(count.day, more.day);
}

void add(NamedCount& count, const NamedCount& more) {
    count.total += more.total;
    if (count.day < more.day) count.on_day = 0;
    if (count.day <= more.day) count.on_day += more.on_day;
    count.day = std::max(count.day, more.day);
}

void add(BenefitCount& count, const BenefitCount& more) {
    if (count.unit < more.unit) count.used = 0;
    if (count.unit <= more.unit) count.used += more.used;
    count.unit = std::max(count.unit, more.unit);
}

// Both lists are by name, and so is the result.
template <class Count>
void combine_by_name(std::vector<Count>& into, const std::vector<Count>& from) {
    for (const Count& count : from) {
        const auto place = std::lower_bound(into.begin(), into.end(), count.name,
                                            [](const Count& own, const std::string& name) { return own.name < name; });
        if (place != into.end() && place->name == count.name) add(*place, count);
        else into.insert(place, count);
    }
}

// Both lists are sorted, and so is the result.
template <class Value>
void unite(std::vector<Value>& into, const std::vector<Value>& from) {
    std::vector<Value> all;
    std::set_union(into.begin(), into.end(), from.begin(), from.end(), std::back_inserter(all));
    into = std::move(all);
}

void combine_profile(Profile& into, const Profile& from) {
    const auto fill = [](auto& own, const auto& other) {
        if (own == std::remove_cvref_t<decltype(own)>()) own = other;
    };
    fill(into.name, from.name);
    fill(into.gender, from.gender);
    fill(into.region, from.region);
    fill(into.birthday, from.birthday);
    into.attributes.insert(from.attributes.begin(), from.attributes.end());
    unite(into.tags, from.tags);
}

void combine_consents(std::vector<Consent>& into, const std::vector<Consent>& from) {
    for (const Consent& consent : from) {
        const auto own = std::find_if(into.begin(), into.end(), [&](const Consent& other) {
            return other.channel == consent.channel && other.purpose == consent.purpose;
        });
        if (own == into.end()) {
            into.push_back(consent);
            continue;
        }
        // The stricter of the two; of equal ones the one that was told last.
        const bool stricter = own->granted && !consent.granted;
        if (stricter || (own->granted == consent.granted && own->at < consent.at)) *own = consent;
    }
}

}  // namespace

void combine_accounts(Member& into, const Member& from) {
    combine_lots(into, from);
    combine_renewals(into, from);
    combine_caps(into, from);
    combine_balance(into, from);
}

void combine_counts(Member& into, const Member& from) {
    add(into.lifetime, from.lifetime);
    add(into.period, from.period);
    combine_days(into.history, from.history);
    into.last_order_at = std::max(into.last_order_at, from.last_order_at);
    combine_by_name(into.coupon_counts, from.coupon_counts);
    combine_by_name(into.benefit_counts, from.benefit_counts);
    combine_by_name(into.mall_counts, from.mall_counts);
    combine_by_name(into.promotion_counts, from.promotion_counts);
    unite(into.given_once, from.given_once);
    unite(into.tried_plans, from.tried_plans);
    into.had_first_order = into.had_first_order || from.had_first_order;
    into.birthday_year = std::max(into.birthday_year, from.birthday_year);
    into.birthday_month_year = std::max(into.birthday_month_year, from.birthday_month_year);
    into.anniversary_year = std::max(into.anniversary_year, from.anniversary_year);
    into.birthday_changes = std::max(into.birthday_changes, from.birthday_changes);
    remember_all(into, from.references);
}

// One plan that both hold: the one that lasts longer runs on, and what is left of the other comes after it.
static HeldPlan united(const HeldPlan& one, const HeldPlan& two, const Zone& zone, LocalDate today) {
    const bool first = one.in_grace != two.in_grace ? two.in_grace : one.last_day >= two.last_day;
    HeldPlan longer = first ? one : two;
    const HeldPlan& shorter = first ? two : one;
    longer.since = std::min(one.since, two.since);
    longer.saved_ever = one.saved_ever + two.saved_ever;
    const std::int32_t left = shorter.in_grace ? 0 : shorter.last_day.days - today.days;
    if (left <= 0) return longer;
    longer.last_day = add_days(longer.last_day, left);
    const Money unused = unused_of(shorter, zone, today);
    longer.to_come.push_back({shorter.programme_version, shorter.bought_at, longer.last_day, unused});
    longer.paid += unused;
    if (longer.remind_at != instant_max)
        longer.remind_at = zone.start_of(add_days(zone.date(longer.remind_at), left));
    return longer;
}

void combine_plans(Member& into, const Member& from, const Zone& zone) {
    for (const HeldPlan& plan : from.plans) {
        const auto place =
            std::lower_bound(into.plans.begin(), into.plans.end(), plan.plan,
                             [](const HeldPlan& own, const std::string& name) { return own.plan < name; });
        if (place == into.plans.end() || place->plan != plan.plan) {
            into.plans.insert(place, plan);
            continue;
        }
        *place = united(*place, plan, zone, zone.date(into.advanced_to));
    }
}

void combine_person(Member& into, const Member& from) {
    combine_profile(into.profile, from.profile);
    unite(into.identities, from.identities);
    combine_consents(into.consents, from.consents);
    const bool other_is_older = from.registered_at < into.registered_at;
    const Acquisition& older = other_is_older ? from.acquisition : into.acquisition;
    const Acquisition& newer = other_is_older ? into.acquisition : from.acquisition;
    into.acquisition = older == Acquisition() ? newer : Acquisition(older);
    into.registered_at = std::min(into.registered_at, from.registered_at);
    // Both depend on what may just have changed, and are looked at again.
    if (other_is_older) into.next_anniversary_at = instant_max;
    into.next_grants_at = std::min(into.next_grants_at, from.next_grants_at);
    into.invited_at = std::max(into.invited_at, from.invited_at);
    if (into.manager.empty()) into.manager = from.manager;
}

}  // namespace regulars::engine
