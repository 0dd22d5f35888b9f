// Exact rates: "1.5", "2 %", "1/3". No floating point in anything that is owed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace regulars {

/// For products of two 64-bit counts on their way to a division.
__extension__ using Wide = __int128;
using Int128 = Wide;

/// What becomes of the part below one unit. Every division names one.
enum class Rounding { down, up, half_up, half_even };

/// A reduced fraction with a positive denominator. Both parts stay below 10^9, so that products fit 128 bits.
class Fraction {
public:
    static constexpr std::int64_t part_max = 1'000'000'000;

    constexpr Fraction() = default;
    /// Reduces. The denominator must be positive and both parts within part_max after reduction.
    Fraction(std::int64_t numerator, std::int64_t denominator);

    [[nodiscard]] constexpr std::int64_t numerator() const { return numerator_; }
    [[nodiscard]] constexpr std::int64_t denominator() const { return denominator_; }
    [[nodiscard]] constexpr bool is_zero() const { return numerator_ == 0; }

    /// Reads "2", "1.5", "1/2", "5%" or "2.5 %". Nothing when the text is not one of these or too large or fine.
    static std::optional<Fraction> parse(std::string_view text);
    /// "3/2"; whole numbers without a denominator.
    [[nodiscard]] std::string text() const;

    friend constexpr bool operator==(Fraction, Fraction) = default;

private:
    std::int64_t numerator_ = 0;
    std::int64_t denominator_ = 1;
};

/// numerator / denominator, rounded as named; `down` and `up` are towards and away from zero. The denominator is
/// positive. Aborts when the quotient leaves 64 bits.
[[nodiscard]] std::int64_t divide(Wide numerator, Wide denominator, Rounding rounding);

/// amount x rate, rounded as named.
[[nodiscard]] std::int64_t multiply(std::int64_t amount, Fraction rate, Rounding rounding);

/// Splits `total` in proportion to `weights` (not negative) so that the parts sum to `total` exactly: each part is
/// rounded down and the units left over go to the largest remainders, the earlier first. All weights zero: everything
/// goes to the first part. No weights: no parts, and `total` must be zero.
[[nodiscard]] std::vector<std::int64_t> split(std::int64_t total, std::span<const std::int64_t> weights);

}  // namespace regulars
