// One member's rows put together into orders and returns, in the order in which they happened.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "backtest/order_table.hpp"

namespace regulars::backtest {

/// Rows of one order id are the lines of one order, wherever they stand in the file, and its time is that of the first
/// of them. Negative rows of one order id are one return. Rows without an order id are orders or returns of their own.
/// Made once and used for one member after the other, for its memory.
class MemberOrders {
public:
    struct Group {
        std::uint32_t first = 0;  ///< into rows()
        std::uint32_t count = 0;
        Instant at;
        bool is_return = false;
    };

    void read(const OrderTable& table, std::uint32_t customer);

    /// By time, then by the place of their first row in the file.
    [[nodiscard]] std::span<const Group> groups() const { return groups_; }
    /// Table rows of a group, in file order.
    [[nodiscard]] std::span<const std::uint32_t> rows_of(const Group& group) const {
        return std::span(rows_).subspan(group.first, group.count);
    }

private:
    void group_by_order_id(const OrderTable& table);

    struct Keyed {
        std::string_view order_id;
        bool is_return;
        std::uint32_t row;
        std::uint32_t first_row;  ///< of its group
    };
    std::vector<std::uint32_t> rows_;
    std::vector<Group> groups_;
    std::vector<Keyed> keyed_;
};

}  // namespace regulars::backtest
