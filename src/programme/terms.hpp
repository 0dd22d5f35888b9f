// The small terms that every section of a programme is made of: titles, spans of time, and which order lines something
// applies to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "rule/rule.hpp"

namespace regulars::programme {

/// A rung of the ladder by its rank; 0 is the base tier.
using TierRank = std::uint8_t;
/// Index into Programme::price_kinds.
using PriceKind = std::uint8_t;

/// What a person reads, in both languages; zh falls back to en.
struct Title {
    std::string en;
    std::string zh;
};

/// A length of time that ends with a local day.
struct Span {
    enum class Unit : std::uint8_t { days, months, years };
    Unit unit = Unit::days;
    std::int32_t count = 0;
};

/// `date` moved on by the span; 29 February falls back to 28, the 31st to the month's last day.
[[nodiscard]] LocalDate add(LocalDate date, Span span);

/// A day of the year, or of every month where `month` is 0.
struct MonthDay {
    std::int32_t month = 0;
    std::int32_t day = 1;
};

/// Both ends included.
struct DateRange {
    LocalDate first;
    LocalDate last;
};

/// A part of the local day, in minutes since midnight; `last` before `first` reaches over midnight. `last` is excluded.
struct DayTimes {
    std::int32_t first = 0;
    std::int32_t last = 24 * 60;
};

/// How a part of a line was paid.
enum class Tender : std::uint8_t { other, gift_card };

/// Which order lines something applies to. Empty lists and full masks mean "all"; all parts must hold.
struct Match {
    std::uint32_t price_kinds = ~0u;  ///< a bit per PriceKind
    std::vector<std::string> categories;  ///< all lists sorted
    std::vector<std::string> categories_not;
    std::vector<std::string> products;
    std::vector<std::string> products_not;
    std::vector<std::string> channels;
    std::vector<std::string> stores;
    std::uint8_t weekdays = 0x7f;  ///< bit 0 is Monday; the local day on which the order was paid
    std::vector<DateRange> dates;
    std::vector<MonthDay> member_days;
    std::optional<Tender> tender;
    std::optional<rule::Rule> when;  ///< a condition; one that fails or is missing does not hold
    /// True when every line matches, so that nothing needs to be looked at.
    bool everything = true;
};

}  // namespace regulars::programme
