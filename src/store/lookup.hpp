// Reading rows by their keys, and pages of them.
#pragma once

#include "store/connection.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace regulars::store {

/// A lookup of several keys that sees one state of the database. A single key needs no transaction for that.
class Snapshot {
public:
    Snapshot(Connection& connection, std::size_t keys)
        : connection_(connection), open_(keys > 1 && connection.dialect() == Dialect::sqlite) {
        if (open_) connection_.begin_reading();
    }
    ~Snapshot() {
        if (open_) connection_.end_reading();
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Connection& connection_;
    bool open_;
};

/// Puts results, which come in any order, where their keys stand; a key may stand more than once.
template <class Key, class Value>
class ByKey {
public:
    template <class Keys>
    explicit ByKey(const Keys& keys) : results_(keys.size()) {
        for (std::size_t index = 0; index < keys.size(); ++index) places_[keys[index]].push_back(index);
    }

    void put(const Key& key, Value value) {
        const auto found = places_.find(key);
        if (found == places_.end()) return;
        for (const auto place : found->second) results_[place] = value;
    }

    std::vector<std::optional<Value>> results() && { return std::move(results_); }

private:
    std::map<Key, std::vector<std::size_t>> places_;
    std::vector<std::optional<Value>> results_;
};

/// As a limit of SQL, where a larger one means the same.
inline std::int64_t limit_of(std::size_t limit) {
    return static_cast<std::int64_t>(std::min<std::size_t>(limit, std::numeric_limits<std::int32_t>::max()));
}

}  // namespace regulars::store
