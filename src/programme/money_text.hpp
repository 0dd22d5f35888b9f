// Amounts as the programme file writes them.
#pragma once

#include <cstdint>
#include <string>

#include "base/quantity.hpp"

namespace regulars::programme {

/// "2000.00": major units with the currency's digits after the point.
[[nodiscard]] std::string money_text(Money amount, std::int32_t minor_digits);

/// How many minor units make one major unit: 10 to the power of `minor_digits` (0 to 4).
[[nodiscard]] std::int64_t minor_per_major(std::int32_t minor_digits);

}  // namespace regulars::programme
