// When people buy: the day of the week, the month, the shopping festivals, the hour, and a shop that grows.
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "make_orders/chance.hpp"

namespace regulars::make_orders {

/// Splits `orders` over `days` days from `start` on in proportion to how busy each day is; sums to `orders` exactly.
[[nodiscard]] std::vector<std::int64_t> orders_by_day(LocalDate start, std::int32_t days, std::int64_t orders);

/// 18 June, 11 November and 12 December.
[[nodiscard]] bool is_festival(LocalDate date);

/// A second of the day, 0 .. 86,399: quiet at night, busiest in the evening.
[[nodiscard]] std::uint32_t second_of_day(Chance& chance);

}  // namespace regulars::make_orders
