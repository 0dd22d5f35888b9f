// Which column of the file is which: our names, the file's header, and --map between them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace regulars::backtest {

/// What a file of orders may say, in the order in which people are told.
enum class Column : std::uint8_t {
    order_id,
    customer_id,
    ordered_at,
    amount,
    shipped_at,
    sku,
    product,
    category,
    quantity,
    unit_price,
    price_kind,
    list_amount,
    cost,
    shipping_fee,
    channel,
    store
};
inline constexpr std::size_t column_count = 16;

/// "order_id", as it stands in a header and in --map.
[[nodiscard]] std::string_view name_of(Column column);

/// The file's name for each column; empty where the file uses ours.
struct ColumnMap {
    std::array<std::string, column_count> file_names;
    [[nodiscard]] const std::string& of(Column column) const { return file_names[static_cast<std::size_t>(column)]; }
    friend bool operator==(const ColumnMap&, const ColumnMap&) = default;
};

/// Reads "order_id=invoice_no,customer_id=household". The error is a sentence with the nearest right word. A column
/// set to nothing ("sku=") is not read even if the file has one of that name.
[[nodiscard]] expected<ColumnMap, std::string> parse_map(std::string_view text);

/// Where each column stands in the file's records; -1 where it has none.
struct Layout {
    std::array<std::int32_t, column_count> places{};
    std::size_t width = 0;  ///< how many fields a record has
    [[nodiscard]] std::int32_t of(Column column) const { return places[static_cast<std::size_t>(column)]; }
    [[nodiscard]] bool has(Column column) const { return of(column) >= 0; }
};

/// Finds the columns in a header; letter case counts only where two names differ by nothing else. The error says which
/// required column is missing, what the file has, and a --map that would probably do.
[[nodiscard]] expected<Layout, std::string> layout_of(std::span<const std::string_view> header, const ColumnMap& map);

}  // namespace regulars::backtest
