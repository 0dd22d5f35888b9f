// What a tier or a paid plan gives on orders: discounts, free shipping, cashback, more points, marks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fraction.hpp"
#include "base/time.hpp"
#include "programme/terms.hpp"

namespace regulars::programme {

/// A percentage off the lines that match, never below `margin_floor` (share of the price that stays as margin) where
/// the line's cost is known.
struct Discount {
    std::string code;
    std::uint32_t benefit = 0;  ///< index into Programme::benefits
    Title title;
    Fraction rate;
    Match match;
    std::optional<Fraction> margin_floor;
};

/// No shipping fee, unless every line of the order is excluded; with a count, so many orders in one `per`.
struct FreeShipping {
    std::string code;
    std::uint32_t benefit = 0;  ///< index into Programme::benefits
    Title title;
    std::optional<Match> excluded;
    std::optional<std::int64_t> count;
    CalendarUnit per = CalendarUnit::month;
};

/// A share of what the lines that match cost, credited to the cashback purse at settlement, rounded once per order.
struct Cashback {
    std::string code;
    std::uint32_t benefit = 0;  ///< index into Programme::benefits
    Title title;
    Fraction rate;
    Match match;
    Rounding rounding = Rounding::down;
};

struct Privileges {
    Fraction points_multiplier{1, 1};
    std::vector<Discount> discounts;  ///< each is taken from the price before discounts; the largest of a line counts
    std::optional<FreeShipping> free_shipping;
    std::vector<Cashback> cashbacks;
    std::vector<std::string> order_flags;  ///< marks on the orders of its members ("no_affiliate")
};

}  // namespace regulars::programme
