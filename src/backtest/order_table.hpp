// The rows of a file, compact and by member: what a backtest walks through. Texts are numbers of a pool, customers are
// numbered in the order of their first row. While it is filled the rows stand in file order; `by_member` sorts them by
// customer, in file order within each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backtest/column_store.hpp"
#include "backtest/text_pool.hpp"
#include "base/time.hpp"
#include "engine/event.hpp"

namespace regulars::backtest {

/// A row that has been understood. Amounts are minor units; `unknown` where the file says nothing.
struct Row {
    static constexpr std::int64_t unknown = INT64_MIN;
    static constexpr std::uint8_t kind_unknown = UINT8_MAX;

    std::uint32_t line = 0;
    std::uint32_t customer = 0;
    bool is_return = false;     ///< then quantity and amount are what comes back, not negative
    std::string_view order_id;  ///< empty: the row is an order of its own
    Instant ordered_at;
    Instant shipped_at;
    std::int64_t amount = 0;
    std::int32_t quantity = 0;  ///< 0: the file says nothing
    std::uint32_t sku = TextPool::none;
    std::uint32_t product = TextPool::none;
    std::uint32_t category = TextPool::none;
    std::uint8_t price_kind = kind_unknown;
    std::int64_t list_amount = unknown;
    std::int64_t cost = unknown;
    std::int64_t shipping_fee = unknown;
    std::uint32_t channel = TextPool::none;
    std::uint32_t store = TextPool::none;
};

/// Which of the columns that need not be there a table keeps.
struct Optionals {
    bool order_id = false;
    bool shipped_at = false;
    bool sku = false;
    bool product = false;
    bool category = false;
    bool quantity = false;
    bool price_kind = false;
    bool list_amount = false;
    bool cost = false;
    bool shipping_fee = false;
    bool channel = false;
    bool store = false;
};

class OrderTable {
public:
    static constexpr std::size_t rows_max = UINT32_MAX - 1;

    explicit OrderTable(const Optionals& optionals) : kept_(optionals) {}

    /// Texts of sku, product, category, channel and store.
    [[nodiscard]] TextPool& texts() { return texts_; }
    [[nodiscard]] TextPool& customers() { return customers_; }
    [[nodiscard]] const TextPool& texts() const { return texts_; }
    [[nodiscard]] const TextPool& customers() const { return customers_; }

    /// What the rows' `price_kind` numbers: the kinds of the programme that the file was read for.
    void name_price_kinds(std::vector<std::string> names) { price_kind_names_ = std::move(names); }
    [[nodiscard]] const std::vector<std::string>& price_kind_names() const { return price_kind_names_; }

    /// `row.customer` must come from `customers()`.
    void add(const Row& row);
    /// Keeps the text of a row that may have to be told back to people.
    void keep_raw(std::uint32_t line, std::string_view raw);
    /// To be called once, after the last row.
    void by_member();
    /// A customer without rows, if none of that name is there; after `by_member`.
    std::uint32_t add_customer(std::string_view name);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::uint32_t member_count() const { return customers_.size(); }
    [[nodiscard]] bool has_returns() const { return has_returns_; }
    [[nodiscard]] bool has_order_ids() const { return kept_.order_id; }
    [[nodiscard]] Instant first_at() const { return first_at_; }
    [[nodiscard]] Instant last_at() const { return last_at_; }
    /// The text kept for a line, or nothing.
    [[nodiscard]] std::optional<std::string_view> raw(std::uint32_t line) const;

    /// A customer's rows, after `by_member`: [first, last).
    struct Range {
        std::uint32_t first;
        std::uint32_t last;
    };
    [[nodiscard]] Range rows_of(std::uint32_t customer) const { return {starts_[customer], starts_[customer + 1]}; }
    [[nodiscard]] Row row(std::uint32_t index) const;
    [[nodiscard]] Instant ordered_at(std::uint32_t index) const { return {ordered_at_.at(index)}; }
    [[nodiscard]] bool is_return(std::uint32_t index) const { return is_return_.at(index) != 0; }
    [[nodiscard]] std::string_view order_id(std::uint32_t index) const;

private:
    void add_order_id(std::string_view text);
    void sort_order_ids(const SortOrder& order);

    Optionals kept_;
    TextPool customers_;
    TextPool texts_;
    std::vector<std::string> price_kind_names_;
    TextArena order_ids_;
    std::size_t size_ = 0;
    bool has_returns_ = false;
    Instant first_at_ = instant_max;
    Instant last_at_ = instant_min;

    // A column that is not kept stays empty.
    ColumnStore<std::uint32_t> customer_;  ///< until the rows are sorted by it
    ColumnStore<std::uint32_t> line_;
    ColumnStore<std::int64_t> ordered_at_;
    ColumnStore<std::uint8_t> is_return_;
    ColumnStore<std::uint64_t> order_id_;  ///< handles
    ColumnStore<std::uint32_t> sku_;
    ColumnStore<std::uint32_t> product_;
    ColumnStore<std::uint32_t> category_;
    ColumnStore<std::int32_t> quantity_;
    ColumnStore<std::uint8_t> price_kind_;
    ColumnStore<std::uint32_t> channel_;
    ColumnStore<std::uint32_t> store_;
    NumberColumn amount_;
    NumberColumn shipped_after_;  ///< milliseconds after ordered_at
    NumberColumn list_amount_;
    NumberColumn cost_;
    NumberColumn shipping_fee_;
    std::vector<std::uint32_t> starts_;

    struct Raw {
        std::uint32_t line;
        std::uint64_t handle;
    };
    TextArena raw_texts_;
    std::vector<Raw> raws_;
};

}  // namespace regulars::backtest
