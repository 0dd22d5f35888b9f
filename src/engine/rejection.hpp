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
};

struct RejectionText {
    Rejection rejection;
    std::string_view code;      ///< stable, for programs
    std::string_view sentence;  ///< what happened and what to do
};

/// Code and sentence of every rejection; complete at compile time.
[[nodiscard]] const RejectionText& text_of(Rejection rejection);
[[nodiscard]] std::string_view code_of(Rejection rejection);

}  // namespace regulars::engine
