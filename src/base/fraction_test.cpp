#include "base/fraction.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <numeric>

namespace regulars {
namespace {

TEST(Fractions, AreReadExactly) {
    struct Row { const char* text; std::int64_t numerator; std::int64_t denominator; };
    for (const Row& row : std::vector<Row>{{"2", 2, 1}, {"1.5", 3, 2}, {"1/2", 1, 2}, {"5%", 1, 20}, {"2.5 %", 1, 40},
                                           {"0", 0, 1}, {"0.000000001", 1, 1'000'000'000}, {" 3 / 9 ", 1, 3},
                                           {"1.5/4.5", 1, 3}, {"100%", 1, 1}})
        EXPECT_EQ(Fraction::parse(row.text), Fraction(row.numerator, row.denominator)) << row.text;
}

TEST(Fractions, OtherTextsAreRefused) {
    for (const char* text : {"", " ", "%", "-1", "+1", "1.", ".5", "1..5", "1/0", "1/", "/2", "1/2/3", "1e3", "abc",
                             "1,5", "12345678901", "0.0000000001", "5%%"})
        EXPECT_FALSE(Fraction::parse(text)) << text;
}

TEST(Division, RoundsAsItIsNamed) {
    struct Row { std::int64_t numerator, denominator, down, up, half_up, half_even; };
    for (const Row& row : std::vector<Row>{{7, 2, 3, 4, 4, 4}, {5, 2, 2, 3, 3, 2}, {-5, 2, -2, -3, -3, -2},
                                           {4, 3, 1, 2, 1, 1}, {-7, 3, -2, -3, -2, -2}, {6, 3, 2, 2, 2, 2}}) {
        EXPECT_EQ(divide(row.numerator, row.denominator, Rounding::down), row.down);
        EXPECT_EQ(divide(row.numerator, row.denominator, Rounding::up), row.up);
        EXPECT_EQ(divide(row.numerator, row.denominator, Rounding::half_up), row.half_up);
        EXPECT_EQ(divide(row.numerator, row.denominator, Rounding::half_even), row.half_even);
    }
}

TEST(Division, AbortsWhenTheQuotientLeaves64Bits) {
    EXPECT_DEATH(static_cast<void>(multiply(std::numeric_limits<std::int64_t>::max(), Fraction(2, 1), Rounding::down)),
                 "overflows");
}

TEST(Splits, GiveTheLargestRemaindersFirst) {
    EXPECT_EQ(split(100, std::vector<std::int64_t>{1, 1, 1}), (std::vector<std::int64_t>{34, 33, 33}));
    EXPECT_EQ(split(-100, std::vector<std::int64_t>{1, 1, 1}), (std::vector<std::int64_t>{-34, -33, -33}));
    EXPECT_EQ(split(10, std::vector<std::int64_t>{1, 2}), (std::vector<std::int64_t>{3, 7}));
    EXPECT_EQ(split(5, std::vector<std::int64_t>{0, 0}), (std::vector<std::int64_t>{5, 0}));
    EXPECT_TRUE(split(0, {}).empty());
}

RC_GTEST_PROP(Splits, AlwaysSumToTheWholeAndStayWithinOneOfTheirShare, ()) {
    const auto total = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
    const auto weights =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 1'000'000)));
    const auto parts = split(total, weights);
    RC_ASSERT(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
    const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    RC_PRE(sum > 0);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto share = static_cast<std::int64_t>(static_cast<Wide>(total) * weights[i] / sum);
        RC_ASSERT(parts[i] - share <= 1 && share - parts[i] <= 1);
    }
}

}  // namespace
}  // namespace regulars
