#include "store/document_parts.hpp"

namespace regulars::stored {

void write(const engine::TierLift& lift, TierLift& to) {
    const auto& [rank, ends_at, plan] = lift;
    to.set_rank(rank);
    write_instant(to, &TierLift::set_ends_at, ends_at, instant_max);
    to.set_plan(plan);
}

static void write(const engine::PaidPeriod& period, PaidPeriod& to) {
    const auto& [programme_version, bought_at, last_day, paid] = period;
    to.set_programme_version(programme_version);
    to.set_bought_at(bought_at.ms);
    to.set_last_day(last_day.days);
    to.set_paid(paid.count());
}

void write(const engine::HeldPlan& held, HeldPlan& to) {
    const auto& [plan, programme_version, since, bought_at, period_began, last_day, ends_at, remind_at, trial,
                 cancelled, in_grace, paid, saved, saved_ever, to_come] = held;
    to.set_plan(plan);
    to.set_programme_version(programme_version);
    to.set_since(since.ms);
    to.set_bought_at(bought_at.ms);
    to.set_period_began(period_began.ms);
    to.set_last_day(last_day.days);
    to.set_ends_at(ends_at.ms);
    write_instant(to, &HeldPlan::set_remind_at, remind_at, instant_max);
    to.set_trial(trial);
    to.set_cancelled(cancelled);
    to.set_in_grace(in_grace);
    to.set_paid(paid.count());
    to.set_saved(saved.count());
    to.set_saved_ever(saved_ever.count());
    write_list(to_come, *to.mutable_to_come());
}

bool read(const TierLift& from, engine::TierLift& lift) {
    lift.ends_at = instant_or(from, &TierLift::has_ends_at, &TierLift::ends_at, instant_max);
    lift.plan = from.plan();
    return nothing_unknown(from) && narrow(from.rank(), lift.rank);
}

static bool read(const PaidPeriod& from, engine::PaidPeriod& period) {
    period = {.programme_version = from.programme_version(),
              .bought_at = {from.bought_at()},
              .last_day = {from.last_day()},
              .paid = Money(from.paid())};
    return nothing_unknown(from);
}

bool read(const HeldPlan& from, engine::HeldPlan& held) {
    held = {.plan = from.plan(),
            .programme_version = from.programme_version(),
            .since = {from.since()},
            .bought_at = {from.bought_at()},
            .period_began = {from.period_began()},
            .last_day = {from.last_day()},
            .ends_at = {from.ends_at()},
            .remind_at = instant_or(from, &HeldPlan::has_remind_at, &HeldPlan::remind_at, instant_max),
            .trial = from.trial(),
            .cancelled = from.cancelled(),
            .in_grace = from.in_grace(),
            .paid = Money(from.paid()),
            .saved = Money(from.saved()),
            .saved_ever = Money(from.saved_ever()),
            .to_come = {}};
    return nothing_unknown(from) && read_list(from.to_come(), held.to_come);
}

}  // namespace regulars::stored
