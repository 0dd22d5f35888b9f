#include "rule/workspace.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <type_traits>

namespace regulars::rule {

namespace {

constexpr std::size_t block_size = std::size_t{16} << 10U;
constexpr std::size_t zones_max = 64;

}  // namespace

void* Workspace::take(std::size_t size) {
    if (size > size_max_) return nullptr;
    size = (size + 7U) & ~std::size_t{7};
    if (taken_ + size > size_max_) return nullptr;
    while (block_ < blocks_.size() && used_ + size > blocks_[block_].size) {
        ++block_;
        used_ = 0;
    }
    if (block_ == blocks_.size()) {
        const std::size_t fresh = std::max(block_size, size);
        blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(fresh), fresh});
    }
    void* const room = blocks_[block_].bytes.get() + used_;
    used_ += size;
    taken_ += size;
    return room;
}

std::span<char> Workspace::take_text(std::size_t size) {
    auto* const room = static_cast<char*>(take(size));
    return room == nullptr ? std::span<char>() : std::span(room, size);
}

std::span<Value> Workspace::take_values(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<Value> && std::is_trivially_destructible_v<Value>);
    if (count > size_max_ / sizeof(Value)) return {};
    void* const room = take(count * sizeof(Value));
    if (room == nullptr) return {};
    auto* const first = static_cast<Value*>(room);
    std::uninitialized_default_construct_n(first, count);
    return {first, count};
}

std::span<MapEntry> Workspace::take_entries(std::size_t count) {
    if (count > size_max_ / sizeof(MapEntry)) return {};
    void* const room = take(count * sizeof(MapEntry));
    if (room == nullptr) return {};
    auto* const first = static_cast<MapEntry*>(room);
    std::uninitialized_default_construct_n(first, count);
    return {first, count};
}

Value Workspace::text(std::string_view text) {
    if (text.empty()) return Value::text("");
    const std::span<char> room = take_text(text.size());
    if (room.data() == nullptr) return Value::error(ErrorCode::too_large);
    std::memcpy(room.data(), text.data(), text.size());
    return Value::text({room.data(), room.size()});
}

Value Workspace::list(std::span<const Value> items) {
    void* const room = take(sizeof(List));
    if (room == nullptr) return Value::error(ErrorCode::too_large);
    return Value::list(new (room) List{items});
}

Value Workspace::map(std::span<const MapEntry> entries) {
    void* const room = take(sizeof(Map));
    if (room == nullptr) return Value::error(ErrorCode::too_large);
    return Value::map(new (room) Map(entries));
}

namespace {

// "+08:00": signed milliseconds; nothing when it is not of that form.
std::optional<std::int64_t> offset_ms_of(std::string_view zone) {
    const auto digit = [&](std::size_t i) { return zone[i] >= '0' && zone[i] <= '9' ? zone[i] - '0' : 100; };
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
    const int hours = digit(1) * 10 + digit(2);
    const int minutes = digit(4) * 10 + digit(5);
    if (hours > 23 || minutes > 59) return std::nullopt;
    const std::int64_t ms = (hours * 60 + minutes) * 60 * ms_per_second;
    return zone[0] == '-' ? -ms : ms;
}

}  // namespace

std::optional<LocalTime> Workspace::local(Instant instant, std::string_view zone) {
    if (const auto offset = offset_ms_of(zone)) return Zone().local({instant.ms + *offset});
    const auto known = std::ranges::find(zones_, zone, &Zone::name);
    if (known != zones_.end()) return known->local(instant);
    const auto found = Zone::find(zone);
    if (!found) return std::nullopt;
    if (zones_.size() < zones_max) zones_.push_back(*found);
    return found->local(instant);
}

}  // namespace regulars::rule
