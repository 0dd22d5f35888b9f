// Paid plans: bought, renewed, given up, over.
//
// A plan is held period by period. What is bought while it runs waits (HeldPlan::to_come) and begins where the period
// before it ends; what is bought in the grace after a period begins where that ended. Price, grace and refund of a
// period are those of the programme version that it was bought under. What a plan gives on orders is what the version
// in force says of it, as with tiers: a newer version cannot leave out a plan (programme/succession.hpp).
#pragma once

#include <string_view>

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// Periods of one plan that are paid ahead, at most.
inline constexpr std::size_t plan_periods_ahead_max = 60;

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const PlanBought& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const PlanCancelled& fact);

/// Begins the next period that is paid, or the grace, of every plan whose period is over, or ends it.
void end_plans(Decision& decision);
/// Tells of every plan whose reminder is due.
void remind_of_plans(Decision& decision);

/// The plan of that name as the member holds it; null: not at all.
[[nodiscard]] const HeldPlan* find_plan(const Member& member, std::string_view plan);
[[nodiscard]] HeldPlan* find_plan(Member& member, std::string_view plan);

/// The plans of this programme that the member holds: a bit for each.
[[nodiscard]] std::uint32_t held_plans(const programme::Programme& programme, const Member& member);

/// What was paid for the days after that one, rounded down: of the running period its share, of the others all.
[[nodiscard]] Money unused_of(const HeldPlan& held, const Zone& zone, LocalDate today);

/// What comes back if the plan is given up at once on that day: of the running period as its terms say, and what is
/// paid ahead in whole, unless its terms say that nothing comes back.
[[nodiscard]] Money refund_of(const programme::Versions& versions, const HeldPlan& held, LocalDate today);

/// A cost of a plan's benefit, or (a negative amount) what a return undoes of it, is what the plan has saved the
/// member: since it is held without a break, and in its running period if it was booked in that.
void count_saved(Decision& decision, std::uint32_t order_version, const OrderCost& cost, Money amount);

}  // namespace regulars::engine
