#include "backtest/member_orders.hpp"

#include <algorithm>
#include <tuple>

namespace regulars::backtest {

void MemberOrders::read(const OrderTable& table, std::uint32_t customer) {
    const auto [first, last] = table.rows_of(customer);
    rows_.clear();
    groups_.clear();
    for (std::uint32_t row = first; row < last; ++row) rows_.push_back(row);
    if (table.has_order_ids() && rows_.size() > 1) group_by_order_id(table);
    if (groups_.empty())
        for (std::uint32_t i = 0; i < rows_.size(); ++i)
            groups_.push_back({i, 1, table.ordered_at(rows_[i]), table.is_return(rows_[i])});
    const auto earlier = [](const Group& a, const Group& b) { return a.at < b.at; };
    if (!std::is_sorted(groups_.begin(), groups_.end(), earlier))
        std::stable_sort(groups_.begin(), groups_.end(), earlier);
}

namespace {

// Order ids that ascend, as numbers handed out in turn do, all differ.
bool ids_ascend(const OrderTable& table, std::span<const std::uint32_t> rows) {
    std::string_view before = table.order_id(rows[0]);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const std::string_view one = table.order_id(rows[i]);
        if (one <= before) return false;
        before = one;
    }
    return true;
}

}  // namespace

// Sorts by order id to see which rows belong together, then back by the first row of each group. Leaves no groups when
// every row turns out to stand alone.
void MemberOrders::group_by_order_id(const OrderTable& table) {
    if (ids_ascend(table, rows_)) return;
    keyed_.clear();
    for (const std::uint32_t row : rows_) keyed_.push_back({table.order_id(row), table.is_return(row), row, row});
    const auto key = [](const Keyed& one) { return std::tuple(one.order_id, one.is_return, one.row); };
    std::sort(keyed_.begin(), keyed_.end(), [&](const Keyed& a, const Keyed& b) { return key(a) < key(b); });
    bool grouped = false;
    for (std::size_t i = 1; i < keyed_.size(); ++i) {
        const Keyed& before = keyed_[i - 1];
        if (keyed_[i].order_id.empty() || keyed_[i].order_id != before.order_id) continue;
        if (keyed_[i].is_return != before.is_return) continue;
        keyed_[i].first_row = before.first_row;
        grouped = true;
    }
    if (!grouped) return;
    std::sort(keyed_.begin(), keyed_.end(), [](const Keyed& a, const Keyed& b) {
        return std::tuple(a.first_row, a.row) < std::tuple(b.first_row, b.row);
    });
    for (std::uint32_t i = 0; i < keyed_.size(); ++i) {
        rows_[i] = keyed_[i].row;
        if (keyed_[i].row == keyed_[i].first_row)
            groups_.push_back({i, 1, table.ordered_at(keyed_[i].row), keyed_[i].is_return});
        else
            ++groups_.back().count;
    }
}

}  // namespace regulars::backtest
