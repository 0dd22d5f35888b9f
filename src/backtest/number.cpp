#include "backtest/number.hpp"

#include "base/limits.hpp"

namespace regulars::backtest {

namespace {

constexpr std::int32_t whole_digits_max = 13;
constexpr std::int32_t fraction_digits_max = 15;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "1,234" or "1 234" or "1'234": digits on both sides of what people put between thousands.
NumberFault fault_of(std::string_view text) {
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        const bool separator = text[i] == ',' || text[i] == ' ' || text[i] == '\'' || text[i] == '_';
        if (separator && is_digit(text[i - 1]) && is_digit(text[i + 1])) return NumberFault::thousands_separator;
    }
    return NumberFault::not_a_number;
}

}  // namespace

std::string_view sentence_of(NumberFault fault) {
    switch (fault) {
        case NumberFault::not_a_number:
            return "is not a number";
        case NumberFault::thousands_separator:
            return "has a thousands separator";
        case NumberFault::too_precise:
            return "has more decimals than allowed";
        case NumberFault::too_large:
            return "is too large";
    }
    return {};
}

expected<Decimal, NumberFault> parse_decimal(std::string_view text) {
    const std::string_view whole_text = text;
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    while (text.size() > 1 && text[0] == '0' && is_digit(text[1])) text.remove_prefix(1);

    Decimal result;
    bool seen_point = false;
    bool too_precise = false;
    std::size_t digits = 0;
    for (const char c : text) {
        if (c == '.' && !seen_point) {
            seen_point = true;
            continue;
        }
        if (!is_digit(c)) return unexpected(fault_of(whole_text));
        ++digits;
        if (seen_point && result.scale == fraction_digits_max) {
            too_precise = too_precise || c != '0';
            continue;
        }
        if (!seen_point && digits > whole_digits_max) return unexpected(NumberFault::too_large);
        result.digits = result.digits * 10 + (c - '0');
        if (seen_point) ++result.scale;
    }
    if (digits == 0) return unexpected(NumberFault::not_a_number);
    if (too_precise) return unexpected(NumberFault::too_precise);
    if (negative) result.digits = -result.digits;
    return result;
}

namespace {

// The short path of parse_minor: at most 15 digits in all and no more decimals than the currency has. False when the
// text is anything else.
bool parse_minor_short(std::string_view text, std::int32_t minor_digits, std::int64_t& value) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty() || text.size() > 16) return false;
    std::int64_t sum = 0;
    std::size_t i = 0;
    for (; i < text.size() && is_digit(text[i]); ++i) sum = sum * 10 + (text[i] - '0');
    std::int32_t decimals = 0;
    if (i < text.size()) {
        if (text[i] != '.' || text.size() == 1) return false;
        for (++i; i < text.size(); ++i, ++decimals) {
            if (!is_digit(text[i]) || decimals == minor_digits) return false;
            sum = sum * 10 + (text[i] - '0');
        }
    }
    for (; decimals < minor_digits; ++decimals) sum *= 10;
    if (sum > limits::amount_minor_max) return false;
    value = negative ? -sum : sum;
    return true;
}

Int128 power_of_ten(std::int32_t exponent) {
    Int128 power = 1;
    for (std::int32_t i = 0; i < exponent; ++i) power *= 10;
    return power;
}

// A decimal as a count of 1/10^digits, if it is one exactly.
expected<std::int64_t, NumberFault> scaled(Decimal decimal, std::int32_t digits) {
    Int128 value = decimal.digits;
    if (decimal.scale <= digits) {
        value *= power_of_ten(digits - decimal.scale);
    } else {
        const Int128 divisor = power_of_ten(decimal.scale - digits);
        if (value % divisor != 0) return unexpected(NumberFault::too_precise);
        value /= divisor;
    }
    const Int128 magnitude = value < 0 ? -value : value;
    if (magnitude > limits::amount_minor_max) return unexpected(NumberFault::too_large);
    return static_cast<std::int64_t>(value);
}

}  // namespace

expected<std::int64_t, NumberFault> parse_minor(std::string_view text, std::int32_t minor_digits) {
    std::int64_t value = 0;
    if (parse_minor_short(text, minor_digits, value)) return value;
    const auto decimal = parse_decimal(text);
    if (!decimal) return unexpected(decimal.error());
    return scaled(*decimal, minor_digits);
}

expected<std::int64_t, NumberFault> parse_whole(std::string_view text) {
    return parse_minor(text, 0);
}

expected<std::int64_t, NumberFault> price_of(std::int64_t quantity, Decimal unit_price, std::int32_t minor_digits) {
    // 28 digits of price times 10 of quantity stay below 2^127.
    const std::int64_t quantity_magnitude = quantity < 0 ? -quantity : quantity;
    if (quantity_magnitude > limits::quantity_max) return unexpected(NumberFault::too_large);
    const Int128 price_magnitude = unit_price.digits < 0 ? -unit_price.digits : unit_price.digits;
    Int128 product = price_magnitude * quantity_magnitude;
    const Int128 edge = static_cast<Int128>(limits::amount_minor_max) + 1;
    if (unit_price.scale <= minor_digits) {
        if (product > edge) return unexpected(NumberFault::too_large);
        product *= power_of_ten(minor_digits - unit_price.scale);
    } else {
        const Int128 divisor = power_of_ten(unit_price.scale - minor_digits);
        if (product / divisor > edge) return unexpected(NumberFault::too_large);
        product = divide(product, divisor, Rounding::half_up);
    }
    if (product > limits::amount_minor_max) return unexpected(NumberFault::too_large);
    const auto magnitude = static_cast<std::int64_t>(product);
    return (quantity < 0) != (unit_price.digits < 0) ? -magnitude : magnitude;
}

}  // namespace regulars::backtest
