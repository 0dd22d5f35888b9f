#include "engine/member.hpp"

#include "engine/due.hpp"
#include "engine/engine.hpp"

namespace regulars::engine {

Member new_member(MemberId id) {
    Member member;
    member.id = id;
    return member;
}

Order* find_open_order(Member& member, std::string_view order_id) {
    for (Order& order : member.open_orders)
        if (order.order_id == order_id) return &order;
    return nullptr;
}

Points points_pending(const Member& member) {
    Points sum;
    for (const Order& order : member.open_orders) sum += order.points;
    return sum;
}

namespace {

void earlier(Due& due, Instant at, DuePhase phase, std::size_t order_index) {
    if (at < due.at || (at == due.at && phase < due.phase)) due = {at, phase, order_index};
}

// An order's payment may be known before its time; until then the order cannot settle.
void earlier(Due& due, const Order& order, std::size_t index) {
    if (order.status == OrderStatus::created && order.paid_at) earlier(due, *order.paid_at, DuePhase::payment, index);
    // One that waits for others to buy together does not settle either.
    const bool waits = order.group_leader != MemberId();
    if (order.status == OrderStatus::paid && !waits && order.settles_at != instant_max)
        earlier(due, order.settles_at, DuePhase::settlement, index);
}

void find_due_of_wallet(const Member& member, Due& due) {
    if (member.balance_expires_at != instant_max)
        earlier(due, member.balance_expires_at, DuePhase::expiry, 0);
    if (!member.coupons.empty() && member.coupons.front().expires_at != instant_max)
        earlier(due, member.coupons.front().expires_at, DuePhase::expiry, 0);
    for (const Coupon& coupon : member.coupons)
        if (coupon.remind_at != instant_max) earlier(due, coupon.remind_at, DuePhase::reminder, 0);
    for (const Hold& hold : member.holds) earlier(due, hold.expires_at, DuePhase::hold, 0);
    for (const Offer& offer : member.offers) earlier(due, offer.expires_at, DuePhase::offer, 0);
    for (const HeldPlan& plan : member.plans) {
        earlier(due, plan.ends_at, DuePhase::plan_end, 0);
        if (plan.remind_at != instant_max) earlier(due, plan.remind_at, DuePhase::plan_reminder, 0);
    }
    if (member.next_grants_at != instant_max) earlier(due, member.next_grants_at, DuePhase::calendar_grants, 0);
    if (member.next_birthday_at != instant_max) earlier(due, member.next_birthday_at, DuePhase::birthday_grants, 0);
    if (member.next_anniversary_at != instant_max)
        earlier(due, member.next_anniversary_at, DuePhase::anniversary_grants, 0);
}

void find_due_of_activities(const Member& member, Due& due) {
    for (const ActivityState& state : member.activities)
        if (state.report_until != instant_max) earlier(due, state.report_until, DuePhase::report_due, 0);
    for (const Group& group : member.groups) earlier(due, group.ends_at, DuePhase::group_end, 0);
    if (!member.review_invitations.empty())
        earlier(due, member.review_invitations.front().at, DuePhase::review_invitation, 0);
}

}  // namespace

Due find_due(const Member& member) {
    Due due;
    const TierState& own = member.lifts.empty() ? member.tier : member.own_tier;
    if (own.period_ends_at != instant_max) earlier(due, own.period_ends_at, DuePhase::period_end, 0);
    if (own.next_review_at != instant_max) earlier(due, own.next_review_at, DuePhase::review, 0);
    for (const TierLift& lift : member.lifts)
        if (lift.ends_at != instant_max) earlier(due, lift.ends_at, DuePhase::period_end, 0);
    if (!member.lots.empty()) {
        if (member.lots.front().expires_at != instant_max)
            earlier(due, member.lots.front().expires_at, DuePhase::expiry, 0);
        if (member.rolling_expires_at != instant_max) earlier(due, member.rolling_expires_at, DuePhase::expiry, 0);
    }
    find_due_of_wallet(member, due);
    find_due_of_activities(member, due);
    for (std::size_t i = 0; i < member.open_orders.size(); ++i) earlier(due, member.open_orders[i], i);
    return due;
}

Instant next_due(const Member& member) { return find_due(member).at; }

}  // namespace regulars::engine
