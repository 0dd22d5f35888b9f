#include "backtest/number.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>
#include <string>

#include "base/limits.hpp"

namespace regulars::backtest {
namespace {

struct MinorRow {
    const char* text;
    std::int32_t digits;
    std::int64_t value;
};

TEST(number, amounts_are_read_exactly_in_minor_units) {
    for (const MinorRow& row : {MinorRow{"0", 2, 0},
                                {"12", 2, 1200},
                                {"12.3", 2, 1230},
                                {"12.30", 2, 1230},
                                {"12.3000000", 2, 1230},
                                {"-0.01", 2, -1},
                                {"-12", 2, -1200},
                                {".5", 2, 50},
                                {"5.", 2, 500},
                                {"000123.45", 2, 12345},
                                {"12", 0, 12},
                                {"12.000", 0, 12},
                                {"1.234", 3, 1234},
                                {"10000000000.00", 2, 1'000'000'000'000},
                                {"-0", 2, 0},
                                {"00000000000000000000001", 2, 100},
                                {"1.0000000000000000000000", 2, 100}}) {
        const auto value = parse_minor(row.text, row.digits);
        ASSERT_TRUE(value.has_value()) << row.text;
        EXPECT_EQ(*value, row.value) << row.text;
    }
}

struct FaultRow {
    const char* text;
    NumberFault fault;
};

TEST(number, what_is_no_exact_amount_is_refused_with_its_reason) {
    for (const FaultRow& row : {FaultRow{"", NumberFault::not_a_number},
                                {"-", NumberFault::not_a_number},
                                {".", NumberFault::not_a_number},
                                {"1.2.3", NumberFault::not_a_number},
                                {"abc", NumberFault::not_a_number},
                                {"1e3", NumberFault::not_a_number},
                                {"+1", NumberFault::not_a_number},
                                {"$5", NumberFault::not_a_number},
                                {"--1", NumberFault::not_a_number},
                                {"NaN", NumberFault::not_a_number},
                                {"1,234.50", NumberFault::thousands_separator},
                                {"1 234", NumberFault::thousands_separator},
                                {"1,5", NumberFault::thousands_separator},
                                {"1'000", NumberFault::thousands_separator},
                                {"0.001", NumberFault::too_precise},
                                {"1.4200000000000002", NumberFault::too_precise},
                                {"0.0000000000000000000001", NumberFault::too_precise},
                                {"10000000000.01", NumberFault::too_large},
                                {"99999999999999999999", NumberFault::too_large},
                                {"-10000000000.01", NumberFault::too_large}}) {
        const auto value = parse_minor(row.text, 2);
        ASSERT_FALSE(value.has_value()) << row.text;
        EXPECT_EQ(value.error(), row.fault) << row.text;
    }
}

TEST(number, whole_numbers_may_end_in_zeros_after_the_point_only) {
    EXPECT_EQ(parse_whole("6.00").value(), 6);
    EXPECT_EQ(parse_whole("-3").value(), -3);
    EXPECT_EQ(parse_whole("1.5").error(), NumberFault::too_precise);
}

struct PriceRow {
    std::int64_t quantity;
    const char* price;
    std::int64_t minor;
};

TEST(number, quantity_times_price_is_rounded_half_away_from_zero) {
    for (const PriceRow& row : {PriceRow{6, "2.55", 1530},
                                {1, "0.005", 1},
                                {1, "0.0049", 0},
                                {-1, "0.005", -1},
                                {3, "0.335", 101},
                                {-6, "2.55", -1530},
                                {2, "-1.10", -220},
                                {-2, "-1.10", 220},
                                {0, "9.99", 0},
                                {3, "0.333333333333333", 100},
                                {1'000'000'000, "10", 1'000'000'000'000}}) {
        const auto price = parse_decimal(row.price);
        ASSERT_TRUE(price.has_value()) << row.price;
        EXPECT_EQ(price_of(row.quantity, *price, 2).value(), row.minor) << row.quantity << " x " << row.price;
    }
}

TEST(number, a_product_over_the_limit_is_refused) {
    const Decimal price = parse_decimal("9999999999999.999999999999999").value();
    EXPECT_EQ(price_of(1'000'000'000, price, 2).error(), NumberFault::too_large);
    EXPECT_EQ(price_of(1'000'000'001, parse_decimal("0").value(), 2).error(), NumberFault::too_large);
    EXPECT_EQ(price_of(1'000'000'000, parse_decimal("10.01").value(), 2).error(), NumberFault::too_large);
}

RC_GTEST_PROP(number, an_amount_survives_being_written_and_read, ()) {
    const auto minor = *rc::gen::inRange<std::int64_t>(-limits::amount_minor_max, limits::amount_minor_max + 1);
    const std::int64_t magnitude = minor < 0 ? -minor : minor;
    std::string cents = std::to_string(magnitude % 100);
    if (cents.size() == 1) cents.insert(0, "0");
    const std::string text = (minor < 0 ? "-" : "") + std::to_string(magnitude / 100) + "." + cents;
    RC_ASSERT(parse_minor(text, 2).value() == minor);
    RC_ASSERT(parse_minor(text + "000", 2).value() == minor);
}

RC_GTEST_PROP(number, any_text_is_read_or_refused, (const std::string& text)) {
    const auto decimal = parse_decimal(text);
    const auto minor = parse_minor(text, 2);
    if (minor) RC_ASSERT(decimal.has_value());
}

}  // namespace
}  // namespace regulars::backtest
