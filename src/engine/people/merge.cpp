#include "engine/people/merge.hpp"

#include <algorithm>
#include <limits>

#include "base/check.hpp"
#include "base/limits.hpp"
#include "engine/activities/trials.hpp"
#include "engine/holdings/coupons.hpp"
#include "engine/holdings/points.hpp"
#include "engine/holdings/tiers.hpp"
#include "engine/orders/mall.hpp"
#include "engine/people/combine.hpp"
#include "engine/people/combine_activities.hpp"
#include "engine/people/combine_friends.hpp"
#include "engine/people/passed_rows.hpp"

namespace regulars::engine {

namespace {

// Of an order whose period is over: no member ever counts as far.
constexpr std::uint32_t no_epoch = std::numeric_limits<std::uint32_t>::max();

// A checkout, a gift or a group is under way, and others know the member by the one id.
bool busy(const Member& member) {
    const auto waits = [](const Order& order) { return order.group_leader != MemberId(); };
    return !member.holds.empty() || !member.offers.empty() ||
           std::any_of(member.open_orders.begin(), member.open_orders.end(), waits);
}

bool shares_an_open_order(const Member& into, const Member& from) {
    return std::any_of(from.open_orders.begin(), from.open_orders.end(), [&](const Order& order) {
        return std::any_of(into.open_orders.begin(), into.open_orders.end(),
                           [&](const Order& own) { return own.order_id == order.order_id; });
    });
}

// Two redemptions under one number could not be told apart any more.
bool redemptions_fit(const Member& into, const Member& from) {
    return into.redemptions.size() + from.redemptions.size() <= limits::redemptions_max &&
           std::none_of(from.redemptions.begin(), from.redemptions.end(), [&](const Redemption& other) {
               return std::any_of(into.redemptions.begin(), into.redemptions.end(), [&](const Redemption& own) {
                   return own.redemption_id == other.redemption_id;
               });
           });
}

std::optional<Rejection> check_merge(const Decision& decision, const MembersMerged& fact, const Member* from) {
    const Member& into = decision.member;
    if (from == nullptr || from->registered_at == instant_min) return Rejection::merge_not_possible;
    if (into.open_orders.size() + from->open_orders.size() > limits::open_orders_max)
        return Rejection::too_many_open_orders;
    if (into.parked.size() + from->parked.size() > limits::parked_events_max) return Rejection::too_many_parked_events;
    if (into.points_available + from->points_available > Points(limits::points_max) ||
        into.balance.total() + from->balance.total() > Money(limits::amount_minor_max))
        return Rejection::balance_overflow;
    if (into.coupons.size() + from->coupons.size() > limits::coupons_max) return Rejection::too_many_coupons;
    const bool possible = from->id == fact.from && from->id != into.id && from->event_sequence == fact.from_sequence &&
                          from->advanced_to == decision.now && from->merged_into == MemberId() && !from->erased &&
                          !into.erased && !busy(into) && !busy(*from) && !shares_an_open_order(into, *from) &&
                          redemptions_fit(into, *from) &&
                          into.lots.size() + from->lots.size() <= limits::lots_max &&
                          into.profile.attributes.size() + from->profile.attributes.size() <= limits::attributes_max;
    return possible ? std::nullopt : std::optional(Rejection::merge_not_possible);
}

void book_one(Decision& decision, Account own, Account merged, std::int64_t change, Cause cause) {
    if (change > 0) book(decision, merged, own, change, cause);
    else book(decision, own, merged, -change, cause);
}

// The accounts change from what `was` has to what `becomes` has. What is owed stands in its account below zero.
void book_change(Decision& decision, const Member& was, const Member& becomes, Cause cause) {
    const auto points = [&](Account own, Points change) {
        book_one(decision, own, Account::points_merged, change.count(), cause);
    };
    const auto money = [&](Account own, Money change) {
        book_one(decision, own, Account::balance_merged, change.count(), cause);
    };
    points(Account::points_available, becomes.points_available - was.points_available);
    points(Account::points_owed, was.points_owed - becomes.points_owed);
    money(Account::balance_topped_up, becomes.balance.topped_up - was.balance.topped_up);
    money(Account::balance_bonus, becomes.balance.bonus - was.balance.bonus);
    money(Account::balance_cashback, becomes.balance.cashback - was.balance.cashback);
}

// A debt is paid by what the other member brings.
void settle_debt(Decision& decision) {
    Member& member = decision.member;
    const Points repaid = std::min(member.points_owed, member.points_available);
    if (repaid.is_zero()) return;
    static_cast<void>(take_points(decision, repaid, Account::points_owed, Cause::debt_repaid, {}, {}, nullptr));
    member.points_owed -= repaid;
}

void take_coupons(Decision& decision, const Member& from, std::uint32_t offset) {
    for (Coupon coupon : from.coupons) {
        coupon.id.value += offset;
        coupon_changed(decision, coupon, CouponStatus::usable, Money());
        put_coupon(decision, std::move(coupon));
    }
    decision.member.last_coupon_id = offset + from.last_coupon_id;
}

void tell_tier(Decision& decision, programme::TierRank becomes) {
    const programme::TierRank was = decision.member.tier.rank;
    if (was != becomes)
        decision.outcome.tier_changes.push_back({decision.now, was, becomes, TierChangeReason::granted});
}

// What is left of a member who is over: its id, its past and where it went.
void empty_out(Member& member) {
    Member left;
    left.id = member.id;
    left.registered_at = member.registered_at;
    left.advanced_to = member.advanced_to;
    left.event_sequence = member.event_sequence;
    left.ledger_sequence = member.ledger_sequence;
    left.last_order_number = member.last_order_number;
    left.last_lot_id = member.last_lot_id;
    left.last_coupon_id = member.last_coupon_id;
    member = std::move(left);
}

// As before the merge, in whose sequences it goes on; what falls due since then does so right after this.
void restore(Member& member, const Member& before) {
    const Member now = std::move(member);
    member = before;
    member.event_sequence = now.event_sequence;
    member.ledger_sequence = now.ledger_sequence;
    member.last_order_number = now.last_order_number;
    member.last_lot_id = now.last_lot_id;
    member.last_coupon_id = now.last_coupon_id;
}

// A payment that was announced before the merge may have booked costs since, which the ledger does not show; they would
// be booked once more for whose order it is again.
bool paid_since(const Member& member, const Member& before) {
    const auto paid = [&](const Order& order) {
        return order.paid_at && *order.paid_at > before.advanced_to && *order.paid_at <= member.advanced_to;
    };
    return std::any_of(before.open_orders.begin(), before.open_orders.end(), paid) ||
           std::any_of(member.open_orders.begin(), member.open_orders.end(), paid);
}

bool can_undo(const Member& member, const MergeUndone& fact, const Member* before) {
    if (before == nullptr || before->id != member.id || paid_since(member, *before)) return false;
    if (member.merged_into != MemberId())
        return member.merged_into == fact.other && before->event_sequence + 1 == member.event_sequence;
    return member.last_merge && member.last_merge->from == fact.other && !member.erased &&
           member.last_merge->event_sequence == member.event_sequence &&
           member.last_merge->ledger_sequence == member.ledger_sequence;
}

// The survivor's coupons that it had not before: those that came with the merge go back, the others were given because
// of it.
void pass_coupons_back(Decision& decision, const Member& before, const Merge& merge) {
    for (const Coupon& coupon : decision.member.coupons) {
        if (find_coupon(before, coupon.id) != nullptr) continue;
        const bool given_since = coupon.id.value > merge.last_coupon_id;
        coupon_changed(decision, coupon, given_since ? CouponStatus::revoked : CouponStatus::passed,
                       given_since ? -exposure_of(decision.versions, coupon) : Money());
    }
}

}  // namespace

Order moved(Order order, const Member& into, const Member& from) {
    order.number.value += into.last_order_number;
    if (order.lot.value != 0) order.lot.value += into.last_lot_id;
    for (UsedCoupon& used : order.tenders.coupons) used.coupon.id.value += into.last_coupon_id;
    // The events that tell their texts stay where they happened.
    for (ProductReview& review : order.reviews) review.event_sequence = 0;
    order.counting_epoch = order.counting_epoch == from.counting_epoch ? into.counting_epoch : no_epoch;
    return order;
}

expected<void, Rejection> on_fact(const MergeEvent& event, const MembersMerged& fact) {
    Decision& decision = event.decision;
    if (const auto rejection = check_merge(decision, fact, event.other)) return unexpected(*rejection);

    const Member& from = *event.other;
    Member& member = decision.member;
    const Member before = member;
    book_change(decision, Member(), from, Cause::merge);
    combine_accounts(member, from);
    combine_counts(member, from);
    combine_plans(member, from, decision.programme.zone);
    combine_activities(member, from);
    combine_person(member, from);
    give_back_applications(decision);
    combine_reviews(member, from);
    combine_friends(member, from);
    tell_friends_and_trials(decision);
    for (const Order& order : from.open_orders) {
        member.open_orders.push_back(moved(order, before, from));
        decision.outcome.changed_orders.push_back(member.open_orders.back().number);
    }
    member.last_order_number = before.last_order_number + from.last_order_number;
    member.parked.insert(member.parked.end(), from.parked.begin(), from.parked.end());
    take_coupons(decision, from, before.last_coupon_id);
    take_redemptions(decision, from.redemptions);
    settle_debt(decision);
    take_over_tier(decision, from);
    member.last_merge = Merge{from.id, member.event_sequence + 1, member.ledger_sequence,
                              before.last_coupon_id + from.last_coupon_id};
    return {};
}

expected<void, Rejection> on_fact(const MergeEvent& event, const MergedInto& fact) {
    Decision& decision = event.decision;
    Member& member = decision.member;
    if (fact.into == MemberId() || fact.into == member.id || member.erased || busy(member))
        return unexpected(Rejection::merge_not_possible);

    book_change(decision, member, Member(), Cause::merge);
    for (const Coupon& coupon : member.coupons) coupon_changed(decision, coupon, CouponStatus::passed, Money());
    pass_redemptions(decision, member.redemptions);
    pass_friends_and_trials(decision);
    tell_tier(decision, 0);
    empty_out(member);
    member.merged_into = fact.into;
    return {};
}

expected<void, Rejection> on_fact(const MergeEvent& event, const MergeUndone& fact) {
    Decision& decision = event.decision;
    Member& member = decision.member;
    if (!can_undo(member, fact, event.other)) return unexpected(Rejection::merge_not_undoable);

    const Member& before = *event.other;
    if (member.merged_into == MemberId()) pass_coupons_back(decision, before, *member.last_merge);
    else
        for (const Coupon& coupon : before.coupons) coupon_changed(decision, coupon, CouponStatus::usable, Money());
    pass_redemptions_back(decision, before);
    tell_tier(decision, before.tier.rank);
    book_change(decision, member, before, Cause::merge_undone);
    restore(member, before);
    tell_friends_and_trials(decision);
    for (const Order& order : member.open_orders) decision.outcome.changed_orders.push_back(order.number);
    return {};
}

}  // namespace regulars::engine
