#include "engine/rejection.hpp"

namespace regulars::engine {

namespace {

constexpr std::array<RejectionText, 24> texts{{
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
}};

constexpr bool complete() {
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (static_cast<std::size_t>(texts[i].rejection) != i || texts[i].code.empty()) return false;
    return texts.size() == static_cast<std::size_t>(Rejection::balance_overflow) + 1;
}
static_assert(complete(), "every rejection has its code and sentence, in the order of the list");

}  // namespace

const RejectionText& text_of(Rejection rejection) { return texts[static_cast<std::size_t>(rejection)]; }
std::string_view code_of(Rejection rejection) { return text_of(rejection).code; }

}  // namespace regulars::engine
