// A quote: what a basket would cost this member now and what it would earn, with the reasons. It changes nothing.
#pragma once

#include <string>
#include <vector>

#include "base/expected.hpp"
#include "engine/event.hpp"
#include "engine/member.hpp"
#include "engine/outcome.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

struct Basket {
    std::vector<Line> lines;
    Money shipping_fee;
    Money gift_card;
    std::string channel;
    std::string store;
};

struct QuotedLine {
    Money amount;    ///< before the tier's discounts
    Money discount;
    Money payable;
    Points points;   ///< its share of the order's points; the shares sum to the whole
    friend bool operator==(const QuotedLine&, const QuotedLine&) = default;
};

struct Quote {
    std::string tier;
    std::vector<QuotedLine> lines;
    Money amount;
    Money discount;
    Money shipping_fee;
    bool free_shipping = false;
    Money payable;             ///< lines less discount, plus shipping
    Points points;             ///< to be granted at settlement, on what is payable
    Money cashback;
    std::vector<std::string> flags;
    std::vector<Reason> reasons;
    friend bool operator==(const Quote&, const Quote&) = default;
};

/// Quotes for the member as it is at `at` (advanced on a copy).
[[nodiscard]] expected<Quote, Rejection> quote(const programme::Versions& versions, const Member& member,
                                               const Basket& basket, Instant at);

}  // namespace regulars::engine
