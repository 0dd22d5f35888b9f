#include "engine/rejection.hpp"

namespace regulars::engine {

namespace {

constexpr std::array<RejectionText, 41> texts{{
    {Rejection::time_out_of_range, "time_out_of_range",
     "A time lies before 1900 or after 2200; send the time at which it happened."},
    {Rejection::text_too_long, "text_too_long",
     "An id is over 128 bytes or a text over 1000; shorten it."},
    {Rejection::id_missing, "id_missing",
     "An order id, refund id or reference is empty; every such fact needs one so that it happens once."},
    {Rejection::too_many_lines, "too_many_lines",
     "The order has over 2000 lines; split it."},
    {Rejection::no_lines, "no_lines",
     "The order has no lines; send at least one."},
    {Rejection::amount_out_of_range, "amount_out_of_range",
     "An amount is negative, zero where it may not be, or over the limit of 10^12 units."},
    {Rejection::quantity_out_of_range, "quantity_out_of_range",
     "A quantity is below 1 or over 10^9."},
    {Rejection::gift_card_over_amount, "gift_card_over_amount",
     "More is paid by gift card than the order's lines cost."},
    {Rejection::unknown_price_kind, "unknown_price_kind",
     "The programme has no such price kind; add it to price_kinds or send one that it has."},
    {Rejection::unknown_tier, "unknown_tier",
     "The programme has no tier of that name."},
    {Rejection::unknown_programme_version, "unknown_programme_version",
     "The order was made under a programme version that is not known here; load that version."},
    {Rejection::times_out_of_order, "times_out_of_order",
     "The times contradict each other: paid or shipped before ordered, delivered before shipped, "
     "or a tier until a day that is over."},
    {Rejection::order_conflict, "order_conflict",
     "An order with this id is known with other content; use another id, or send a refund or exchange."},
    {Rejection::order_closed, "order_closed",
     "The order is over: a settled order is refunded, not cancelled, and a cancelled or returned one cannot change."},
    {Rejection::order_not_open, "order_not_open",
     "The order is not known or no longer open; create it before points or balance are spent on it."},
    {Rejection::order_not_paid, "order_not_paid",
     "The order is not paid yet; send its payment first, or cancel it."},
    {Rejection::line_out_of_range, "line_out_of_range",
     "The order has no such line; lines count from 0."},
    {Rejection::refund_over_order, "refund_over_order",
     "More comes back than is left of the line."},
    {Rejection::not_enough_points, "not_enough_points",
     "The member has fewer points available."},
    {Rejection::not_enough_balance, "not_enough_balance",
     "The member's balance is lower."},
    {Rejection::too_many_open_orders, "too_many_open_orders",
     "The member has 5000 open orders; settle or cancel some."},
    {Rejection::too_many_parked_events, "too_many_parked_events",
     "100 events of this member wait for orders that never came; send those orders first."},
    {Rejection::thresholds_mismatch, "thresholds_mismatch",
     "A review needs one threshold for each tier above the base, ascending and not negative."},
    {Rejection::balance_overflow, "balance_overflow",
     "The account would hold more than 10^12 units."},
    {Rejection::unknown_coupon, "unknown_coupon",
     "The programme has no coupon or pack of that name."},
    {Rejection::code_not_valid, "code_not_valid",
     "No coupon can be taken with this code; check how it is written."},
    {Rejection::coupon_not_claimable, "coupon_not_claimable",
     "This coupon cannot be taken: it is only given, or its time is not now."},
    {Rejection::coupon_not_for_member, "coupon_not_for_member",
     "The member's tier or standing is not what this coupon asks for."},
    {Rejection::coupon_sold_out, "coupon_sold_out",
     "Nothing is left of this coupon, in all or for today."},
    {Rejection::coupon_limit_reached, "coupon_limit_reached",
     "The member has had as many of this coupon as one member may, in all or today."},
    {Rejection::too_many_coupons, "too_many_coupons",
     "The member would hold over 500 coupons, or one event would bring over 100; use or revoke some, or give fewer."},
    {Rejection::coupon_not_found, "coupon_not_found",
     "The member holds no such coupon: it never was theirs, or it is used, lapsed, revoked or reserved."},
    {Rejection::coupon_not_usable, "coupon_not_usable",
     "The coupon cannot be used on this: not now, or not for these lines; a quote tells the reason."},
    {Rejection::coupons_do_not_stack, "coupons_do_not_stack",
     "These coupons cannot be used together: they are too many for one order, or exclude each other."},
    {Rejection::points_not_allowed, "points_not_allowed",
     "So many points cannot pay for this; see the programme's checkout.points for the least, the step and the share."},
    {Rejection::tenders_over_amount, "tenders_over_amount",
     "Points, balance and gift card come to more than there is to pay."},
    {Rejection::hold_not_found, "hold_not_found",
     "There is no such hold: it was never placed, has been released or used, or its time is over; place another."},
    {Rejection::hold_conflict, "hold_conflict",
     "The order's lines do not come to what was held, or it names coupons, points or balance beside the hold."},
    {Rejection::too_many_holds, "too_many_holds",
     "The member has 20 checkouts under way; release some, or wait until they time out."},
    {Rejection::top_up_out_of_bounds, "top_up_out_of_bounds",
     "So little or so much cannot be paid in; see the programme's stored_value for its bounds and the limit."},
    {Rejection::balance_not_refundable, "balance_not_refundable",
     "It cannot be paid back: the programme does not allow it, or the member has less left of what was paid in."},
}};

constexpr bool complete() {
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (static_cast<std::size_t>(texts[i].rejection) != i || texts[i].code.empty()) return false;
    return texts.size() == static_cast<std::size_t>(Rejection::balance_not_refundable) + 1;
}
static_assert(complete(), "every rejection has its code and sentence, in the order of the list");

}  // namespace

const RejectionText& text_of(Rejection rejection) { return texts[static_cast<std::size_t>(rejection)]; }
std::string_view code_of(Rejection rejection) { return text_of(rejection).code; }

}  // namespace regulars::engine
