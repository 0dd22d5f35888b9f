// What chance brings in a backtest: nobody draws there, so the number follows from the customer, the activity and the
// turn, and a backtest that is run again comes out the same.
#pragma once

#include <cstdint>
#include <string_view>

namespace regulars::backtest {

/// Evenly spread over all 64 bits.
[[nodiscard]] std::uint64_t rehearsed_chance(std::string_view customer, std::string_view activity, std::int64_t turn);

}  // namespace regulars::backtest
