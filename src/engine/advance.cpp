#include <algorithm>

#include "engine/activities/product_reviews.hpp"
#include "engine/activities/trials.hpp"
#include "engine/due.hpp"
#include "engine/engine.hpp"
#include "engine/holdings/coupons.hpp"
#include "engine/holdings/grants.hpp"
#include "engine/holdings/offers.hpp"
#include "engine/holdings/plans.hpp"
#include "engine/holdings/points.hpp"
#include "engine/holdings/stored_value.hpp"
#include "engine/holdings/tiers.hpp"
#include "engine/orders/groups.hpp"
#include "engine/orders/holds.hpp"
#include "engine/orders/orders.hpp"
#include "engine/orders/settle.hpp"

namespace regulars::engine {

namespace {

// One due thing, at its own instant; what was due before the member's present happens at the present.
void perform(const programme::Versions& versions, Member& member, const Due& due, Outcome& outcome) {
    member.advanced_to = std::max(member.advanced_to, due.at);
    Decision decision{versions, versions.current(), member, outcome, member.advanced_to};
    switch (due.phase) {
        case DuePhase::period_end: end_period(decision); return;
        case DuePhase::plan_end: end_plans(decision); return;
        case DuePhase::review: review_tier(decision); return;
        case DuePhase::expiry:
            expire_points(decision);
            expire_coupons(decision);
            expire_balance(decision);
            return;
        case DuePhase::hold: time_out_holds(decision); return;
        case DuePhase::offer: time_out_offers(decision); return;
        case DuePhase::calendar_grants: give_calendar_grants(decision); return;
        case DuePhase::birthday_grants: give_birthday_grants(decision); return;
        case DuePhase::anniversary_grants: give_anniversary_grants(decision); return;
        case DuePhase::reminder: remind_of_coupons(decision); return;
        case DuePhase::plan_reminder: remind_of_plans(decision); return;
        case DuePhase::group_end: end_groups(decision); return;
        case DuePhase::report_due: end_trials(decision); return;
        case DuePhase::review_invitation: invite_to_review(decision); return;
        case DuePhase::payment: pay_open_order(decision, member.open_orders[due.order_index]); return;
        case DuePhase::settlement: settle_order(decision, due.order_index); return;
        case DuePhase::nothing: return;
    }
}

}  // namespace

void advance(const programme::Versions& versions, Member& member, Instant to, Outcome& outcome, Through through) {
    if (member.registered_at == instant_min || to < member.advanced_to) return;
    const auto wanted = [&](const Due& due) {
        if (due.at > to) return false;
        return due.at < to || through == Through::settlements || due.phase <= DuePhase::expiry;
    };
    for (Due due = find_due(member); due.phase != DuePhase::nothing && wanted(due); due = find_due(member))
        perform(versions, member, due, outcome);
    member.advanced_to = std::max(member.advanced_to, to);
}

}  // namespace regulars::engine
