#include <algorithm>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::size_t steps_max = 50;
constexpr std::int64_t streak_max = 3'650;
/// Well within the days that a member's calendar goes back (limits::check_in_days_max).
constexpr std::int64_t make_up_days_max = 31;
constexpr std::int64_t freezes_max = 30;

Points read_price(const Section& section) {
    const auto points = section.find("points");
    return points ? Points(read_integer(section.reader(), *points, 1, limits::points_max).value_or(0)) : Points();
}

std::vector<CheckIn::Step> read_steps(Context& context, const Place& place, const CouponPolicy& coupons,
                                      std::int64_t cycle) {
    std::vector<CheckIn::Step> steps;
    for (const Place& item : items_of(context.reader, place, steps_max)) {
        const Section section(context.reader, item, keys::check_in_step);
        CheckIn::Step step;
        const auto days = section.require("days", "how many days one after another");
        if (days) step.days = read_integer(context.reader, *days, 1, streak_max).value_or(0);
        if (days && step.days > 0 && !steps.empty() && step.days <= steps.back().days)
            context.reader.complain(*days, {"the steps ascend", "more than " + std::to_string(steps.back().days)});
        if (days && cycle > 0 && step.days > cycle)
            context.reader.complain(*days, {"the streak begins anew before it comes to this",
                                            "at most " + std::to_string(cycle) + ", or a longer cycle"});
        if (const auto reward = section.require("reward", "what it brings, such as {points: 10}"))
            step.reward = read_reward(context, *reward, coupons, RewardComes::with_event);
        steps.push_back(std::move(step));
    }
    return steps;
}

// A missed day is paid for by points or by a coupon of a template.
void read_make_up(Context& context, const Place& place, const CouponPolicy& coupons, CheckIn& terms) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::make_up);
    if (const auto days = section.require("days", "how many days back, such as 7"))
        terms.make_up_days = static_cast<std::int32_t>(read_integer(reader, *days, 1, make_up_days_max).value_or(1));
    if (const auto count = section.require("per_month", "how many in a month"))
        terms.make_ups_per_month = read_integer(reader, *count, 1, make_up_days_max).value_or(1);
    terms.make_up_points = read_price(section);
    const auto coupon = section.find("coupon");
    if (!coupon && !section.find("points") && place.is_mapping())
        reader.complain(place, {"this costs nothing", "points, a coupon, or both to choose from"});
    const auto name = coupon ? read_name(reader, *coupon) : std::nullopt;
    if (!name) return;
    terms.make_up_coupon = *name;
    std::vector<std::string> names;
    for (const CouponTemplate& known : coupons.templates) names.push_back(known.name);
    if (coupons.find(*name) == nullptr)
        reader.complain(*coupon, {"there is no such coupon",
                                  names.empty() ? "a name under coupons.templates" : listed(names),
                                  nearest(*name, names).value_or("")});
}

void read_freezes(Reader& reader, const Place& place, CheckIn& terms) {
    const Section section(reader, place, keys::freezes);
    if (const auto most = section.require("most", "how many a member can hold"))
        terms.freezes_max = read_integer(reader, *most, 1, freezes_max).value_or(1);
    terms.freeze_points = read_price(section);
    if (const auto given = section.find("per_step"))
        terms.freezes_per_step = read_integer(reader, *given, 1, freezes_max).value_or(1);
    if (!section.find("points") && !section.find("per_step") && place.is_mapping())
        reader.complain(place, {"nobody ever gets one", "points (what one costs), per_step, or both"});
    if (terms.freezes_per_step > 0 && terms.steps.empty())
        reader.complain(*section.find("per_step"), {"there are no steps", "steps beside freezes"});
}

}  // namespace

CheckIn read_check_in(Context& context, const Place& place, const CouponPolicy& coupons) {
    const Section section(context.reader, place, keys::check_in);
    CheckIn terms;
    if (const auto cycle = section.find("cycle"))
        terms.cycle = read_integer(context.reader, *cycle, 2, streak_max).value_or(0);
    const auto daily = section.find("daily");
    const auto steps = section.find("steps");
    if (daily) terms.daily = read_reward(context, *daily, coupons, RewardComes::with_event);
    if (steps) terms.steps = read_steps(context, *steps, coupons, terms.cycle);
    if (!daily && !steps && place.is_mapping())
        context.reader.complain(place, {"this gives nothing", "daily, steps, or both"});
    if (const auto make_up = section.find("make_up")) read_make_up(context, *make_up, coupons, terms);
    if (const auto freezes = section.find("freezes")) read_freezes(context.reader, *freezes, terms);
    return terms;
}

}  // namespace regulars::programme
