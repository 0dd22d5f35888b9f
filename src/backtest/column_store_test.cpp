#include "backtest/column_store.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <vector>

namespace regulars::backtest {
namespace {

// Rows last to first, which touches every block.
template <class Column>
void reverse(Column& column, std::size_t size) {
    std::vector<std::uint32_t> rows(size);
    std::iota(rows.rbegin(), rows.rend(), 0u);
    const auto scratch = std::make_unique<std::byte[]>(size * 8);
    column.sort({rows, scratch.get()});
}

TEST(column_store, is_sorted_in_place_across_its_blocks) {
    constexpr std::size_t size = 200'000;
    ColumnStore<std::int64_t> column;
    for (std::size_t i = 0; i < size; ++i) column.add(static_cast<std::int64_t>(i * i));
    reverse(column, size);
    ASSERT_EQ(column.size(), size);
    for (std::size_t i = 0; i < size; ++i)
        ASSERT_EQ(column.at(i), static_cast<std::int64_t>((size - 1 - i) * (size - 1 - i)));
}

TEST(column_store, without_rows_there_is_nothing_to_sort) {
    ColumnStore<std::uint8_t> column;
    const std::vector<std::uint32_t> rows{2, 1, 0};
    column.sort({rows, nullptr});
    EXPECT_TRUE(column.empty());
}

TEST(number_column, holds_any_number_and_widens_when_it_must) {
    const std::vector<std::int64_t> small{0, -1, INT32_MAX, INT32_MIN + 1, INT64_MIN, 5};
    for (const std::int64_t large : std::vector<std::int64_t>{7, INT32_MIN, std::int64_t{INT32_MAX} + 1, INT64_MAX}) {
        NumberColumn column;
        EXPECT_TRUE(column.empty());
        std::vector<std::int64_t> values = small;
        values.push_back(large);
        values.push_back(INT64_MIN);
        for (const std::int64_t value : values) column.add(value);
        for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(column.at(i), values[i]) << large;
        reverse(column, values.size());
        std::reverse(values.begin(), values.end());
        for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(column.at(i), values[i]) << large;
    }
}

}  // namespace
}  // namespace regulars::backtest
