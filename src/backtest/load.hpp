// From a file of orders to a table of them, in one pass and bounded memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "backtest/column_map.hpp"
#include "backtest/csv.hpp"
#include "backtest/order_table.hpp"
#include "backtest/rejects.hpp"
#include "programme/programme.hpp"

namespace regulars::backtest {

/// What becomes of negative lines.
enum class ReturnsPolicy : std::uint8_t {
    match,  ///< found in the member's earlier orders
    skip,   ///< counted and left out
};

struct Loaded {
    OrderTable table;
    std::uint64_t rows_read = 0;  ///< all records after the header, rejected ones included
    std::uint64_t returns_skipped = 0;
};

/// Reads the whole file and sorts it by member. Rows that cannot be used go to `rejects`. The error is a sentence about
/// the file as a whole: it cannot be read, or lacks a column.
[[nodiscard]] expected<Loaded, std::string> load(ReadChunk read, const programme::Programme& programme,
                                                 const ColumnMap& map, ReturnsPolicy returns, Rejects& rejects);

}  // namespace regulars::backtest
