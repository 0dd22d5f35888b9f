// Two programmes over the same orders: who gains and who loses.
#pragma once

#include <span>

#include "backtest/order_table.hpp"
#include "backtest/report.hpp"
#include "programme/programme.hpp"

namespace regulars::backtest {

struct Compared {
    const programme::Programme& programme;
    std::span<const Standing> standings;  ///< in order of customers
};

/// What each member got under `other` less what it got under `base`. A member that one of the two refused counts
/// there as having got nothing.
[[nodiscard]] Comparison compare(const Compared& base, const Compared& other, const OrderTable& table);

}  // namespace regulars::backtest
