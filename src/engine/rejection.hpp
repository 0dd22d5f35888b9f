// Why an event is refused. The list is closed and stands in order of precedence: where several hold, the first is told.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace regulars::engine {

enum class Rejection : std::uint8_t {
    time_out_of_range,        ///< before 1900 or after 2200
    text_too_long,            ///< an id or text over its limit
    id_missing,               ///< an order id, refund id or reference that must be there is empty
    too_many_lines,
    no_lines,
    amount_out_of_range,      ///< negative where it may not be, or over the limit
    quantity_out_of_range,
    gift_card_over_amount,    ///< more paid by gift card than the order costs
    unknown_price_kind,
    unknown_tier,
    unknown_programme_version,
    times_out_of_order,       ///< paid or shipped before ordered, delivered before shipped,
                              ///< a tier granted until a past day
    order_conflict,           ///< the order is known with other content
    order_closed,             ///< settled, cancelled or wholly returned: this can no longer happen to it
    order_not_open,           ///< points or balance are spent on an order that is not open
    order_not_paid,           ///< settled, refunded or exchanged before payment
    line_out_of_range,        ///< the order has no such line
    refund_over_order,        ///< more comes back than is left of the line
    not_enough_points,
    not_enough_balance,
    too_many_open_orders,
    too_many_parked_events,
    thresholds_mismatch,      ///< a review's thresholds do not fit the tiers, or do not ascend
    balance_overflow,         ///< the account would hold more than its limit
    unknown_coupon,           ///< no template or pack has this name
    code_not_valid,           ///< no coupon has this public code
    coupon_not_claimable,     ///< it is only given, or not at this time
    coupon_not_for_member,    ///< the member's tier or standing is not what the coupon asks for
    coupon_sold_out,          ///< nothing is left of its stock or budget, in all or for today
    coupon_limit_reached,     ///< the member has had as many as one member may
    too_many_coupons,         ///< the wallet is full, or one event would bring too many
    coupon_not_found,         ///< the member holds no such coupon: never, used, lapsed, or reserved
    coupon_not_usable,        ///< not yet, not at this hour or not on such an order
    coupons_do_not_stack,     ///< more coupons than an order takes, or such as exclude each other
    points_not_allowed,       ///< points do not pay here, or not so few, so many or that many
    tenders_over_amount,      ///< points, balance and gift card come to more than the order costs
    hold_not_found,           ///< never placed, released, timed out, or used already
    hold_conflict,            ///< the hold or its order is told with other content
    too_many_holds,
    top_up_out_of_bounds,     ///< less or more than the programme lets one pay in at once, or over the account's limit
    balance_not_refundable,   ///< the programme pays nothing back, or so much was not paid in
    member_merged,            ///< the member has been merged into another
    member_erased,            ///< the member's personal data is erased; nothing personal is told of them any more
    identity_not_found,       ///< the member is not known by it
    birthday_fixed,           ///< it was told and changed as often as it may be
    attribute_not_valid,      ///< the programme knows no such attribute, or not with such a value
    unknown_plan,             ///< no plan has this name
    plan_not_for_member,      ///< the member's tier or standing is not what the plan asks for
    plan_price_differs,       ///< what was paid is not its price
    trial_not_possible,       ///< the plan has none, or the member has had it or the plan
    plan_not_held,
    unknown_benefit,          ///< no benefit has this name
    benefit_not_held,
    benefit_used_up,          ///< as often as it may be, for now
    benefit_out_of_bounds,    ///< more at once than it allows
    unknown_staff,            ///< no manager's benefit names them
    goods_not_for_member,     ///< some line is only for those who have an access that the member has not
    coupon_not_giftable,      ///< it may not be passed on
    gift_not_found,           ///< never offered, taken, withdrawn, or its time is over
    merge_not_possible,       ///< with oneself, with one that is merged or erased, or while a checkout is under way
    merge_not_undoable,       ///< there is none, or something has happened since
    unknown_activity,         ///< no activity has this name, or not of the kind that this is about
    activity_not_open,        ///< not on this day or at this hour
    activity_not_for_member,  ///< the member's tier or standing is not what the activity asks for
    activity_limit_reached,   ///< the member has done it as often as one may, for today or in all
    already_checked_in,       ///< for that day
    day_not_to_be_made_up,    ///< in the future, too long ago, checked in, or too many this month
    too_many_freezes,         ///< the member holds as many as one may, or they are not sold
    no_turns_left,            ///< no free ones today, none given, and none to be bought
    chance_missing,           ///< nothing came with the event by which to decide
    piece_not_held,           ///< the member has no such piece to give, or it may not be passed on
    answers_not_valid,        ///< not asked, not answered, or with what the question does not allow
    already_answered,         ///< once per member, or once per order
    order_not_to_be_answered, ///< unknown, not settled, not the member's, or too long ago
    store_code_wrong,         ///< no such store, or it has another code
    trial_not_open,           ///< not applied, decided already, reported, or overdue
    trial_full,               ///< as many have been chosen as there are pieces
    review_not_possible,      ///< no such product on the order, not settled, came back, or too long ago
    review_not_found,         ///< there is none, or it was looked at already
    friend_not_found,         ///< nobody whom the member brought, or nothing is to be decided
    friend_not_possible,      ///< oneself, one who brought the member, or known already
    unknown_goods,            ///< no item of the mall has this name
    goods_not_on_sale,        ///< not on this day, at this hour or for this member
    goods_sold_out,           ///< nothing is left, in all, for today or in this window
    goods_limit_reached,      ///< the member has had as many as one may
    goods_price_differs,      ///< what was told is not the price now
    order_id_needed,          ///< the item costs money too, or must not have one
    redemption_not_found,     ///< never placed, or it is over
    redemption_not_movable,   ///< shipped goods are not cancelled, delivered ones not shipped
    unknown_promotion,        ///< a line names one that is not there
    promotion_not_valid,      ///< not now, not for this member or not for such a line, or another price
    promotion_sold_out,       ///< nothing is left at that price
    promotion_limit_reached,  ///< the member has had as many pieces as one may
    group_not_possible,       ///< the order is not for a group, not paid, or in one already
    group_not_found,          ///< never opened, or over
    group_full,               ///< all seats are taken, or the member sits in it already
};

inline constexpr Rejection last_rejection = Rejection::group_full;

struct RejectionText {
    Rejection rejection;
    std::string_view code;      ///< stable, for programs
    std::string_view sentence;  ///< what happened and what to do
};

/// Code and sentence of every rejection; complete at compile time.
[[nodiscard]] const RejectionText& text_of(Rejection rejection);
[[nodiscard]] std::string_view code_of(Rejection rejection);

}  // namespace regulars::engine
