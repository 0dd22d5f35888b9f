// Which earlier orders the negative rows of a file belong to.
//
// A row goes to the member's latest earlier order that has its product (else its SKU; a row with neither goes to lines
// with neither) with something left: by quantity if the file gives one, else by amount. What exceeds that order goes on
// with the next earlier one. Rows of one return are matched together, so that one refund may take a whole order back.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "engine/event.hpp"
#include "engine/member.hpp"

namespace regulars::backtest {

/// What comes back in one row.
struct ReturnedRow {
    std::string_view product;
    std::string_view sku;
    std::int64_t quantity = 0;  ///< 0: not given, then the amount counts
    std::int64_t amount_minor = 0;
};

/// The part of a return that belongs to one order.
struct MatchedOrder {
    OrderNumber order;
    std::vector<engine::ReturnedLine> lines;
};

struct MatchedReturn {
    std::vector<MatchedOrder> orders;  ///< the latest first
    std::vector<std::int64_t> left;    ///< by row: quantity, or minor units, that no order has
};

/// `orders` are the member's orders before the return, the latest first.
[[nodiscard]] MatchedReturn match_return(std::span<const ReturnedRow> rows,
                                         std::span<const engine::Order* const> orders);

}  // namespace regulars::backtest
