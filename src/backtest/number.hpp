// Decimal numbers as files write them, read exactly: "12", "-3.50", ".5". No floating point is involved, so an amount
// is either what the file says or refused.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/expected.hpp"
#include "base/fraction.hpp"

namespace regulars::backtest {

/// Why a text is not the number that is wanted.
enum class NumberFault : std::uint8_t {
    not_a_number,
    thousands_separator,  ///< "1,234.50": which of comma and point is which cannot be known
    too_precise,          ///< more digits than allowed, and not zeros
    too_large,
};

/// What is wrong with the number, for people: "has a thousands separator".
[[nodiscard]] std::string_view sentence_of(NumberFault fault);

/// `digits` / 10^`scale`, exactly: up to 13 digits before the point and 15 after it.
struct Decimal {
    Int128 digits = 0;
    std::int32_t scale = 0;
};

[[nodiscard]] expected<Decimal, NumberFault> parse_decimal(std::string_view text);

/// An amount of money in minor units; `minor_digits` (0..6) digits after the point, further ones only if zeros.
[[nodiscard]] expected<std::int64_t, NumberFault> parse_minor(std::string_view text, std::int32_t minor_digits);

/// A whole number; "6.0" is one, "1.5" is not.
[[nodiscard]] expected<std::int64_t, NumberFault> parse_whole(std::string_view text);

/// quantity x unit price in minor units, rounded half away from zero.
[[nodiscard]] expected<std::int64_t, NumberFault> price_of(std::int64_t quantity, Decimal unit_price,
                                                           std::int32_t minor_digits);

}  // namespace regulars::backtest
