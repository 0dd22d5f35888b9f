// The orders of the sample shop, one after another in the order of their time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "make_orders/catalogue.hpp"

namespace regulars::make_orders {

inline constexpr std::int64_t orders_max = 1'000'000'000;
inline constexpr std::int64_t members_max = std::int64_t{1} << 26;
inline constexpr std::int32_t days_max = 20'000;
inline constexpr std::size_t lines_max = 4;

/// What to make. `members` never exceeds `orders`; `returns_per_thousand` is the share of orders of which a line comes
/// back some days later, as a row of its own beside the orders asked for.
struct Plan {
    std::int64_t orders = 20'000;
    std::int64_t members = 2'500;
    std::uint64_t seed = 1;
    LocalDate start;
    std::int32_t days = 730;
    std::uint32_t returns_per_thousand = 0;
};

/// Amounts in fen; those of a return are below zero, and so is its quantity.
struct Line {
    const Article* article = nullptr;
    std::string_view price_kind;
    std::int64_t quantity = 0;
    std::int64_t unit_price = 0;
};

struct Order {
    /// From 1; orders and returns count for themselves.
    std::int64_t number = 0;
    bool is_return = false;
    std::uint32_t member = 0;
    LocalDate date;
    std::uint32_t second_of_day = 0;
    /// Days until it is shipped; none for a return or what is bought in a shop.
    std::int32_t shipping_days = 0;
    std::int64_t shipping_fee = 0;
    std::string_view channel;
    std::string_view store;
    std::array<Line, lines_max> lines;
    std::size_t line_count = 0;

    [[nodiscard]] std::span<const Line> all_lines() const { return {lines.data(), line_count}; }
};

/// Calls `take` for each order of the plan; `take` says whether to go on. The same plan gives the same orders.
void make_orders(const Plan& plan, const std::function<bool(const Order&)>& take);

}  // namespace regulars::make_orders
