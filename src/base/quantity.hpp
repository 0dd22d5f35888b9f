// Whole numbers with their unit in the type: money, points and growth never mix by accident, and every sum is
// checked. Limits on input (base/limits.hpp) keep sums far from the edge, so an overflow here is our mistake and
// aborts; where input alone could cause one, use the `checked_` form and refuse the input.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "base/check.hpp"

namespace regulars {

template <class Unit>
class Quantity {
public:
    constexpr Quantity() = default;
    constexpr explicit Quantity(std::int64_t count) : count_(count) {}

    /// How many units; for money, minor units (cents, fen).
    [[nodiscard]] constexpr std::int64_t count() const { return count_; }
    [[nodiscard]] constexpr bool is_zero() const { return count_ == 0; }

    friend constexpr auto operator<=>(Quantity, Quantity) = default;

    [[nodiscard]] static constexpr std::optional<Quantity> checked_sum(Quantity a, Quantity b) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(a.count_, b.count_, &sum)) return std::nullopt;
        return Quantity(sum);
    }

    constexpr Quantity& operator+=(Quantity other) {
        const bool overflow = __builtin_add_overflow(count_, other.count_, &count_);
        check(!overflow, "sum of quantities overflows 64 bits");
        return *this;
    }
    constexpr Quantity& operator-=(Quantity other) {
        const bool overflow = __builtin_sub_overflow(count_, other.count_, &count_);
        check(!overflow, "difference of quantities overflows 64 bits");
        return *this;
    }
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return a += b; }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return a -= b; }
    friend constexpr Quantity operator-(Quantity a) { return Quantity() - a; }

private:
    std::int64_t count_ = 0;
};

/// Money in minor units of the programme's currency.
using Money = Quantity<struct MoneyUnit>;
/// Points, as a member spends them.
using Points = Quantity<struct PointsUnit>;
/// Growth, which only climbs tiers and is never spent.
using Growth = Quantity<struct GrowthUnit>;

}  // namespace regulars
