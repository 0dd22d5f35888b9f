// Whether something in the programme applies to a line of an order.
#pragma once

#include "engine/facts.hpp"

namespace regulars::engine {

/// Where and when the order was paid, for matching.
struct Purchase {
    const std::string& channel;
    const std::string& store;
    LocalDate day;
};

/// All parts of the match hold for the line (already set in `facts`, with its tender).
[[nodiscard]] bool matches(const programme::Match& match, const Line& line, programme::PriceKind price_kind,
                           programme::Tender tender, const Purchase& purchase, const Facts& facts);

/// Whether an instant lies in this part of its local day; one that reaches over midnight has two ends of a day.
[[nodiscard]] bool is_at_time(const programme::DayTimes& times, const Zone& zone, Instant at);

}  // namespace regulars::engine
