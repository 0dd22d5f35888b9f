#include "backtest/order_table.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/check.hpp"

namespace regulars::backtest {

namespace {

// An order id that is empty: no arena has this handle.
constexpr std::uint64_t no_text = UINT64_MAX;

}  // namespace

void OrderTable::add(const Row& row) {
    check(size_ < rows_max, "a table holds fewer than 2^32 rows");
    ++size_;
    has_returns_ = has_returns_ || row.is_return;
    first_at_ = std::min(first_at_, row.ordered_at);
    last_at_ = std::max(last_at_, row.ordered_at);
    customer_.add(row.customer);
    line_.add(row.line);
    ordered_at_.add(row.ordered_at.ms);
    amount_.add(row.amount);
    is_return_.add(row.is_return ? 1 : 0);
    if (kept_.order_id) add_order_id(row.order_id);
    if (kept_.shipped_at) shipped_after_.add(row.shipped_at.ms - row.ordered_at.ms);
    if (kept_.sku) sku_.add(row.sku);
    if (kept_.product) product_.add(row.product);
    if (kept_.category) category_.add(row.category);
    if (kept_.quantity) quantity_.add(row.quantity);
    if (kept_.price_kind) price_kind_.add(row.price_kind);
    if (kept_.list_amount) list_amount_.add(row.list_amount);
    if (kept_.cost) cost_.add(row.cost);
    if (kept_.shipping_fee) shipping_fee_.add(row.shipping_fee);
    if (kept_.channel) channel_.add(row.channel);
    if (kept_.store) store_.add(row.store);
}

// The lines of an order mostly stand together; then they share one text.
void OrderTable::add_order_id(std::string_view text) {
    if (text.empty()) return order_id_.add(no_text);
    const std::uint64_t last = order_id_.empty() ? no_text : order_id_.at(order_id_.size() - 1);
    order_id_.add(last != no_text && order_ids_.text(last) == text ? last : order_ids_.add(text));
}

void OrderTable::keep_raw(std::uint32_t line, std::string_view raw) {
    constexpr std::size_t raw_size_max = UINT16_MAX;
    raws_.push_back({line, raw_texts_.add(raw.substr(0, raw_size_max))});
}

// A counting sort by customer: stable, so that each member's rows stay in file order.
void OrderTable::by_member() {
    starts_.assign(std::size_t{customers_.size()} + 1, 0);
    for (std::size_t i = 0; i < size_; ++i) ++starts_[customer_.at(i) + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    std::vector<std::uint32_t> rows(size_);
    {
        std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
        for (std::size_t i = 0; i < size_; ++i) rows[next[customer_.at(i)]++] = static_cast<std::uint32_t>(i);
    }
    customer_ = {};
    const auto scratch = std::make_unique_for_overwrite<std::byte[]>(size_ * sizeof(std::int64_t));
    const SortOrder order{rows, scratch.get()};
    line_.sort(order);
    ordered_at_.sort(order);
    amount_.sort(order);
    is_return_.sort(order);
    sort_order_ids(order);
    shipped_after_.sort(order);
    sku_.sort(order);
    product_.sort(order);
    category_.sort(order);
    quantity_.sort(order);
    price_kind_.sort(order);
    list_amount_.sort(order);
    cost_.sort(order);
    shipping_fee_.sort(order);
    channel_.sort(order);
    store_.sort(order);
}

std::uint32_t OrderTable::add_customer(std::string_view name) {
    const std::uint32_t number = customers_.add(name);
    if (std::size_t{number} + 1 == starts_.size()) starts_.push_back(starts_.back());
    return number;
}

// The texts move with their rows, so that a member's lie side by side when they are read.
void OrderTable::sort_order_ids(const SortOrder& order) {
    constexpr std::size_t rows_ahead = 32;
    order_id_.sort(order);
    TextArena sorted;
    std::uint64_t last = no_text;
    std::uint64_t last_sorted = no_text;
    for (std::size_t i = 0; i < order_id_.size(); ++i) {
        const std::size_t later = i + rows_ahead;
        if (later < order_id_.size() && order_id_.at(later) != no_text) order_ids_.prefetch(order_id_.at(later));
        const std::uint64_t handle = order_id_.at(i);
        if (handle == no_text) continue;
        if (handle != last) last_sorted = sorted.add(order_ids_.text(handle));
        last = handle;
        order_id_.set(i, last_sorted);
    }
    order_ids_ = std::move(sorted);
}

std::optional<std::string_view> OrderTable::raw(std::uint32_t line) const {
    const auto found = std::lower_bound(raws_.begin(), raws_.end(), line,
                                        [](const Raw& raw, std::uint32_t wanted) { return raw.line < wanted; });
    if (found == raws_.end() || found->line != line) return std::nullopt;
    return raw_texts_.text(found->handle);
}

namespace {

// What a row says, or what it says without the column.
template <class Column, class Value>
Value read(const Column& column, std::uint32_t index, Value otherwise) {
    return column.empty() ? otherwise : column.at(index);
}

}  // namespace

Row OrderTable::row(std::uint32_t index) const {
    Row row;
    row.line = line_.at(index);
    row.is_return = is_return(index);
    row.order_id = order_id(index);
    row.ordered_at = ordered_at(index);
    row.shipped_at = {row.ordered_at.ms + read(shipped_after_, index, std::int64_t{0})};
    row.amount = amount_.at(index);
    row.quantity = read(quantity_, index, 0);
    row.sku = read(sku_, index, TextPool::none);
    row.product = read(product_, index, TextPool::none);
    row.category = read(category_, index, TextPool::none);
    row.price_kind = read(price_kind_, index, Row::kind_unknown);
    row.list_amount = read(list_amount_, index, Row::unknown);
    row.cost = read(cost_, index, Row::unknown);
    row.shipping_fee = read(shipping_fee_, index, Row::unknown);
    row.channel = read(channel_, index, TextPool::none);
    row.store = read(store_, index, TextPool::none);
    return row;
}

std::string_view OrderTable::order_id(std::uint32_t index) const {
    const std::uint64_t handle = read(order_id_, index, no_text);
    return handle == no_text ? std::string_view() : order_ids_.text(handle);
}

}  // namespace regulars::backtest
