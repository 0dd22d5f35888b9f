// Columns of a table that is filled, sorted once and then read. They grow without moving what they hold and are sorted
// in place through one scratch buffer for all, so memory never peaks at twice the size.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace regulars::backtest {

/// The order into which columns are sorted: row i of the result is row `rows[i]`. `scratch` holds 8 bytes a row.
struct SortOrder {
    std::span<const std::uint32_t> rows;
    std::byte* scratch;
};

template <class Value>
class ColumnStore {
public:
    void add(Value value) {
        if (size_ % block_size == 0) blocks_.push_back(std::make_unique<Block>());
        (*blocks_.back())[size_ % block_size] = value;
        ++size_;
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] Value at(std::size_t row) const { return (*blocks_[row / block_size])[row % block_size]; }
    void set(std::size_t row, Value value) { (*blocks_[row / block_size])[row % block_size] = value; }

    /// A column without rows stays so.
    void sort(const SortOrder& order) {
        if (empty()) return;
        std::byte* place = order.scratch;
        for (const std::uint32_t row : order.rows) {
            const Value value = at(row);
            std::memcpy(place, &value, sizeof(Value));
            place += sizeof(Value);
        }
        for (std::size_t block = 0; block < blocks_.size(); ++block) {
            const std::size_t first = block * block_size;
            const std::size_t count = size_ - first < block_size ? size_ - first : block_size;
            std::memcpy(blocks_[block]->data(), order.scratch + first * sizeof(Value), count * sizeof(Value));
        }
    }

private:
    static constexpr std::size_t block_size = std::size_t{1} << 16;
    using Block = std::array<Value, block_size>;
    std::vector<std::unique_ptr<Block>> blocks_;
    std::size_t size_ = 0;
};

/// Whole numbers that are mostly small: four bytes each until one needs eight. INT64_MIN ("unknown") counts as small.
class NumberColumn {
public:
    void add(std::int64_t value) {
        if (!wide_ && value != INT64_MIN && (value <= INT32_MIN || value > INT32_MAX)) widen();
        if (wide_)
            large_.add(value);
        else
            small_.add(value == INT64_MIN ? INT32_MIN : static_cast<std::int32_t>(value));
    }
    [[nodiscard]] bool empty() const { return small_.empty() && large_.empty(); }
    [[nodiscard]] std::int64_t at(std::size_t row) const {
        if (wide_) return large_.at(row);
        const std::int32_t value = small_.at(row);
        return value == INT32_MIN ? INT64_MIN : value;
    }
    void sort(const SortOrder& order) {
        small_.sort(order);
        large_.sort(order);
    }

private:
    void widen() {
        for (std::size_t row = 0; row < small_.size(); ++row) large_.add(at(row));
        small_ = {};
        wide_ = true;
    }

    bool wide_ = false;
    ColumnStore<std::int32_t> small_;
    ColumnStore<std::int64_t> large_;
};

}  // namespace regulars::backtest
