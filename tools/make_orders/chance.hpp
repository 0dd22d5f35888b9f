// Chance that is the same everywhere: whole numbers only, none of the library's distributions.
#pragma once

#include <cstdint>

namespace regulars::make_orders {

/// Mixes all bits of a number into all bits of the result (SplitMix64's finaliser).
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31);
}

/// A stream of numbers that its seed decides (SplitMix64).
class Chance {
public:
    constexpr explicit Chance(std::uint64_t seed) : state_(seed) {}

    constexpr std::uint64_t next() { return mixed(state_ += 0x9E3779B97F4A7C15U); }

    /// 0 .. bound - 1; `bound` is 1 .. 2^32 - 1.
    constexpr std::uint32_t below(std::uint64_t bound) {
        return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
    }

    /// True in so many of a hundred cases.
    constexpr bool percent(std::uint32_t share) { return below(100) < share; }

private:
    std::uint64_t state_;
};

}  // namespace regulars::make_orders
