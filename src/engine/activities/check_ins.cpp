#include "engine/activities/check_ins.hpp"

#include <algorithm>

#include "engine/activities/common.hpp"
#include "engine/activities/rewards.hpp"
#include "engine/activities/streaks.hpp"
#include "engine/holdings/coupons.hpp"
#include "engine/references.hpp"

namespace regulars::engine {

namespace {

using programme::CheckIn;

ActivityResult result_of(const Decision& decision, const programme::Activity& activity, std::string_view what) {
    ActivityResult result;
    result.at = decision.now;
    result.activity = activity.name;
    result.what = what;
    return result;
}

void give(Decision& decision, const programme::Activity& activity, const programme::Reward& reward,
          ActivityResult result) {
    const GivenReward given = give_reward(decision, reward, {activity.name, activity.benefit});
    result.points = given.points;
    result.cost = given.cost;
    result.goods = reward.goods;
    decision.outcome.activity_results.push_back(std::move(result));
}

// How often a streak of so many days has come to the step on its way: with a cycle, once in each.
std::int64_t times_reached(const CheckIn& terms, const CheckIn::Step& step, std::int64_t streak) {
    if (streak < step.days) return 0;
    return terms.cycle == 0 ? 1 : 1 + (streak - step.days) / terms.cycle;
}

bool is_closed(const Decision& decision, const programme::Activity& activity, LocalDate day) {
    return !is_open_on(decision.member, activity.opening, day);
}

std::int64_t missed_of(const Decision& decision, const programme::Activity& activity, const ActivityState& state,
                       const std::vector<LocalDate>& gap) {
    return std::count_if(gap.begin(), gap.end(), [&](LocalDate day) {
        return !is_kept(state, day) && !is_closed(decision, activity, day);
    });
}

// A day on which nobody could check in breaks no streak; all that lie between two check-ins must be such.
void keep_closed_days(const Decision& decision, const programme::Activity& activity, ActivityState& state,
                      const std::vector<LocalDate>& gap) {
    if (missed_of(decision, activity, state, gap) == 0)
        for (const LocalDate day : gap) keep_day(state, day);
}

// Freezes are used up only where they save the streak: when there are enough for all the days that were missed.
void use_freezes(Decision& decision, const programme::Activity& activity, ActivityState& state) {
    const std::vector<LocalDate> gap = gap_before(state, decision.today());
    const std::int64_t missed = missed_of(decision, activity, state, gap);
    if (missed > state.freezes) return;
    for (const LocalDate day : gap) keep_day(state, day);
    if (missed == 0) return;
    state.freezes -= missed;
    ActivityResult result = result_of(decision, activity, "freeze_used");
    result.number = missed;
    decision.outcome.activity_results.push_back(std::move(result));
}

// What the streak has come to and neither of the two parts that were joined had come to alone.
void give_steps(Decision& decision, const OpenActivity<CheckIn>& open, std::int64_t streak, std::int64_t one,
                std::int64_t other) {
    for (const CheckIn::Step& step : open.terms.steps) {
        const std::int64_t before =
            times_reached(open.terms, step, one) + times_reached(open.terms, step, other);
        for (std::int64_t i = before; i < times_reached(open.terms, step, streak); ++i) {
            ActivityState& state = state_of(decision.member, open.activity.name);
            state.freezes =
                std::max(state.freezes, std::min(open.terms.freezes_max, state.freezes + open.terms.freezes_per_step));
            ActivityResult result = result_of(decision, open.activity, "step");
            result.won = std::to_string(step.days);
            result.number = streak;
            give(decision, open.activity, step.reward, std::move(result));
        }
    }
}

void keep_streak(ActivityState& state) {
    state.streak = streak_until(state, state.days.back());
    state.best_streak = std::max(state.best_streak, state.streak);
}

bool can_be_made_up(const Decision& decision, const OpenActivity<CheckIn>& open, LocalDate day) {
    const LocalDate today = decision.today();
    if (day >= today || day.days < today.days - open.terms.make_up_days) return false;
    if (day < decision.programme.zone.date(decision.member.registered_at)) return false;
    if (is_closed(decision, open.activity, day)) return false;
    const ActivityState* state = find_state(decision.member, open.activity.name);
    if (state == nullptr) return true;
    if (is_checked_in(*state, day) || is_kept(*state, day)) return false;
    const bool this_month = state->make_up_month == first_of(CalendarUnit::month, today);
    return !this_month || state->made_up < open.terms.make_ups_per_month;
}

// Points pay where no coupon is told.
std::optional<Rejection> check_make_up_price(const Decision& decision, const CheckIn& terms, CouponId id) {
    if (id == CouponId()) {
        if (terms.make_up_points.is_zero()) return Rejection::coupon_not_found;
        if (terms.make_up_points > decision.member.points_available) return Rejection::not_enough_points;
        return std::nullopt;
    }
    const Coupon* coupon = find_coupon(decision.member, id);
    if (coupon == nullptr) return Rejection::coupon_not_found;
    const bool usable = coupon->name == terms.make_up_coupon && coupon->usable_from <= decision.now;
    return usable ? std::nullopt : std::optional(Rejection::coupon_not_usable);
}

Points pay_make_up(Decision& decision, const CheckIn& terms, CouponId id) {
    if (id == CouponId()) return pay_points(decision, terms.make_up_points);
    const Coupon coupon = take_coupon(decision.member, id);
    coupon_changed(decision, coupon, CouponStatus::used, -exposure_of(decision.versions, coupon));
    return Points();
}

void count_make_up(const Decision& decision, ActivityState& state) {
    const LocalDate month = first_of(CalendarUnit::month, decision.today());
    if (state.make_up_month != month) state.made_up = 0;
    state.make_up_month = month;
    ++state.made_up;
}

}  // namespace

std::int64_t running_streak(const Decision& decision, const programme::Activity& activity) {
    const ActivityState* state = find_state(decision.member, activity.name);
    if (activity.as<CheckIn>() == nullptr || state == nullptr || state->days.empty()) return 0;
    const LocalDate last = state->days.back();
    const std::vector<LocalDate> gap = gap_before(*state, decision.today());
    const bool lies_too_far_back = gap.empty() && last < add_days(decision.today(), -1);
    return lies_too_far_back || missed_of(decision, activity, *state, gap) > state->freezes ? 0 : state->streak;
}

expected<void, Rejection> on_fact(Decision& decision, const CheckedIn& fact) {
    const auto open = open_activity<CheckIn>(decision, fact.activity);
    if (!open) return unexpected(open.error());
    const ActivityState* known = find_state(decision.member, fact.activity);
    if (known != nullptr && is_checked_in(*known, decision.today())) return unexpected(Rejection::already_checked_in);

    const auto& [activity, terms] = *open;
    ActivityState& state = state_of(decision.member, activity.name);
    use_freezes(decision, activity, state);
    add_check_in(state, decision.today(), decision.today());
    count_activity(decision, state);
    keep_streak(state);
    const std::int64_t streak = state.streak;
    explain(decision, activity.name, [&] { return "checked in, day " + std::to_string(streak) + " of the streak"; });
    ActivityResult result = result_of(decision, activity, "checked_in");
    result.number = streak;
    give(decision, activity, terms.daily, std::move(result));
    give_steps(decision, *open, streak, streak - 1, 0);
    return {};
}

// It joins what was before it with what came after it, and brings what the longer streak has come to.
expected<void, Rejection> on_fact(Decision& decision, const CheckInMadeUp& fact) {
    const auto open = open_activity<CheckIn>(decision, fact.activity);
    if (!open) return unexpected(open.error());
    if (!can_be_made_up(decision, *open, fact.day)) return unexpected(Rejection::day_not_to_be_made_up);
    if (const auto rejection = check_make_up_price(decision, open->terms, fact.coupon)) return unexpected(*rejection);

    const auto& [activity, terms] = *open;
    const Points paid = pay_make_up(decision, terms, fact.coupon);
    ActivityState& state = state_of(decision.member, activity.name);
    count_make_up(decision, state);
    keep_closed_days(decision, activity, state, gap_before(state, fact.day));
    keep_closed_days(decision, activity, state, gap_after(state, fact.day));
    add_check_in(state, fact.day, decision.today());
    const std::int64_t before = streak_until(state, fact.day) - 1;
    const std::int64_t streak = streak_until(state, end_of_streak(state, fact.day));
    keep_streak(state);
    state.best_streak = std::max(state.best_streak, streak);
    ActivityResult result = result_of(decision, activity, "made_up");
    result.number = streak;
    result.won = text_of(fact.day);
    result.paid = paid;
    decision.outcome.activity_results.push_back(std::move(result));
    give_steps(decision, *open, streak, before, streak - before - 1);
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const FreezeBought& fact) {
    if (is_known(decision.member, fact)) {
        decision.outcome.duplicate = true;
        return {};
    }
    const auto open = open_activity<CheckIn>(decision, fact.activity);
    if (!open) return unexpected(open.error());
    const auto& [activity, terms] = *open;
    const ActivityState* known = find_state(decision.member, fact.activity);
    const std::int64_t held = known != nullptr ? known->freezes : 0;
    if (terms.freeze_points.is_zero() || held >= terms.freezes_max) return unexpected(Rejection::too_many_freezes);
    if (terms.freeze_points > decision.member.points_available) return unexpected(Rejection::not_enough_points);

    remember(decision.member, fact);
    ActivityResult result = result_of(decision, activity, "freeze_bought");
    result.paid = pay_points(decision, terms.freeze_points);
    ActivityState& state = state_of(decision.member, activity.name);
    result.number = ++state.freezes;
    decision.outcome.activity_results.push_back(std::move(result));
    return {};
}

}  // namespace regulars::engine
