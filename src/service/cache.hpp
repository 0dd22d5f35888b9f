// A bounded map that forgets what has not been asked for lately, shared by all threads. It is cut into shards with a
// lock each; reading takes its shard's lock shared, so readers do not wait for one another. What is forgotten is chosen
// by a clock hand: an entry that was read since the hand's last visit gets another round.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace regulars::service {

/// Values are cheap to copy: shared pointers or small values. At most `entries_max` entries, rounded up to the shards.
template <class Key, class Value, class Hash>
class Cache {
public:
    explicit Cache(std::size_t entries_max) : shard_entries_max_((entries_max + shards_count - 1) / shards_count) {}

    [[nodiscard]] std::optional<Value> find(const Key& key) const {
        const Shard& shard = shard_of(key);
        const std::shared_lock lock(shard.mutex);
        const auto found = shard.entries.find(key);
        if (found == shard.entries.end()) return std::nullopt;
        found->second.used.store(true, std::memory_order_relaxed);
        return found->second.value;
    }

    /// Stores unless `keep(present)` says that the value that is there is to stay.
    template <class Keep>
    void put(const Key& key, Value value, Keep keep) {
        Shard& shard = shard_of(key);
        const std::unique_lock lock(shard.mutex);
        if (const auto found = shard.entries.find(key); found != shard.entries.end()) {
            if (!keep(std::as_const(found->second.value))) found->second.value = std::move(value);
            return;
        }
        if (shard_entries_max_ == 0) return;
        if (shard.entries.size() < shard_entries_max_) shard.ring.push_back(nullptr);
        const std::size_t slot = shard.entries.size() < shard_entries_max_ ? shard.ring.size() - 1 : evict_one(shard);
        const auto added = shard.entries.try_emplace(key, std::move(value), slot).first;
        shard.ring[slot] = &added->first;
    }
    void put(const Key& key, Value value) {
        put(key, std::move(value), [](const Value&) { return false; });
    }

    void erase(const Key& key) {
        Shard& shard = shard_of(key);
        const std::unique_lock lock(shard.mutex);
        const auto found = shard.entries.find(key);
        if (found == shard.entries.end()) return;
        const std::size_t slot = found->second.slot;
        shard.ring[slot] = shard.ring.back();
        shard.entries.find(*shard.ring[slot])->second.slot = slot;
        shard.ring.pop_back();
        shard.entries.erase(found);
    }

    [[nodiscard]] std::size_t size() const {
        std::size_t size = 0;
        for (const Shard& shard : shards_) {
            const std::shared_lock lock(shard.mutex);
            size += shard.entries.size();
        }
        return size;
    }

private:
    static constexpr std::size_t shards_count = 16;

    struct Entry {
        Entry(Value entry_value, std::size_t entry_slot) : value(std::move(entry_value)), slot(entry_slot) {}
        Value value;
        std::size_t slot;  ///< its place in the ring
        mutable std::atomic<bool> used{false};
    };
    struct Shard {
        mutable std::shared_mutex mutex;
        std::unordered_map<Key, Entry, Hash> entries;
        std::vector<const Key*> ring;  ///< the keys in the map's nodes
        std::size_t hand = 0;
    };

    // Takes one entry out and gives its place in the ring. Two rounds at most: the first clears every mark.
    std::size_t evict_one(Shard& shard) {
        for (;;) {
            if (shard.hand >= shard.ring.size()) shard.hand = 0;
            const auto found = shard.entries.find(*shard.ring[shard.hand]);
            if (!found->second.used.exchange(false, std::memory_order_relaxed)) {
                shard.entries.erase(found);
                return shard.hand++;
            }
            ++shard.hand;
        }
    }

    [[nodiscard]] const Shard& shard_of(const Key& key) const { return shards_[spread(key) % shards_count]; }
    [[nodiscard]] Shard& shard_of(const Key& key) { return shards_[spread(key) % shards_count]; }
    // Dense ids hash to themselves; the multiplication keeps neighbours out of one shard's pattern.
    [[nodiscard]] static std::size_t spread(const Key& key) { return (Hash()(key) * 0x9E3779B97F4A7C15U) >> 40U; }

    std::size_t shard_entries_max_;
    std::array<Shard, shards_count> shards_;
};

}  // namespace regulars::service
