#include "backtest/text_pool.hpp"

#include <cstring>

#include "base/check.hpp"

namespace regulars::backtest {

std::uint64_t TextArena::add(std::string_view text) {
    constexpr std::size_t block_size = std::size_t{1} << block_bits;
    constexpr std::size_t prefix = sizeof(std::uint16_t);
    check(text.size() <= UINT16_MAX, "a text in the arena has at most 64 KiB");
    if (blocks_.empty() || used_ + prefix + text.size() > block_size) {
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size));
        used_ = 0;
    }
    char* place = blocks_.back().get() + used_;
    const auto size = static_cast<std::uint16_t>(text.size());
    std::memcpy(place, &size, prefix);
    if (!text.empty()) std::memcpy(place + prefix, text.data(), text.size());
    const std::uint64_t handle = ((blocks_.size() - 1) << block_bits) | used_;
    used_ += prefix + text.size();
    return handle;
}

std::string_view TextArena::text(std::uint64_t handle) const {
    const char* place = blocks_[handle >> block_bits].get() + (handle & ((1u << block_bits) - 1));
    std::uint16_t size = 0;
    std::memcpy(&size, place, sizeof size);
    return {place + sizeof size, size};
}

void TextArena::prefetch(std::uint64_t handle) const {
    __builtin_prefetch(blocks_[handle >> block_bits].get() + (handle & ((1u << block_bits) - 1)));
}

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint8_t long_text = 255;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    const auto product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

TextPool::TextPool() : slots_(16) {}

std::uint64_t TextPool::hash(std::string_view text) const {
    std::uint64_t state = 0x9E3779B97F4A7C15u ^ text.size();
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left > 8; left -= 8, at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        state = mixed(state ^ word, 0xD6E8FEB86659FD93u);
    }
    std::uint64_t word = 0;
    if (left > 0) std::memcpy(&word, at, left);
    state = mixed(state ^ word, 0xA0761D6478BD642Fu);
    state = mixed(state ^ (state >> 32), 0xE7037ED1A0B428DBu);
    __builtin_prefetch(&slots_[state & (slots_.size() - 1)]);
    return state;
}

bool TextPool::holds(const Slot& slot, std::string_view text, std::uint32_t tag) const {
    if (slot.tag != tag) return false;
    if (slot.size == long_text) return this->text(slot.number) == text;
    return slot.size == text.size() && std::memcmp(slot.start.data(), text.data(), text.size()) == 0;
}

std::uint32_t TextPool::add(std::string_view text, std::uint64_t hash) {
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = hash & mask;
    for (; slots_[place].number != none; place = (place + 1) & mask)
        if (holds(slots_[place], text, tag)) return slots_[place].number;
    const std::uint32_t number = size();
    check(number != none, "a pool holds fewer than 2^32 texts");
    Slot& slot = slots_[place];
    slot.number = number;
    slot.tag = tag;
    slot.size = text.size() <= Slot::short_size_max ? static_cast<std::uint8_t>(text.size()) : long_text;
    if (slot.size != long_text && slot.size > 0) std::memcpy(slot.start.data(), text.data(), text.size());
    handles_.push_back(arena_.add(text));
    if (std::size_t{handles_.size()} * 4 > slots_.size() * 3) grow();
    return number;
}

std::uint32_t TextPool::find(std::string_view text) const {
    const std::uint64_t wanted = hash(text);
    const auto tag = static_cast<std::uint32_t>(wanted >> 32);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t place = wanted & mask; slots_[place].number != none; place = (place + 1) & mask)
        if (holds(slots_[place], text, tag)) return slots_[place].number;
    return none;
}

// The hash is not kept in the slots, so it is taken again from the texts.
void TextPool::grow() {
    slots_.assign(slots_.size() * 2, Slot());
    const std::size_t mask = slots_.size() - 1;
    for (std::uint32_t number = 0; number < size(); ++number) {
        const std::string_view known = text(number);
        const std::uint64_t known_hash = hash(known);
        std::size_t place = known_hash & mask;
        while (slots_[place].number != none) place = (place + 1) & mask;
        Slot& slot = slots_[place];
        slot.number = number;
        slot.tag = static_cast<std::uint32_t>(known_hash >> 32);
        slot.size = known.size() <= Slot::short_size_max ? static_cast<std::uint8_t>(known.size()) : long_text;
        if (slot.size != long_text && slot.size > 0) std::memcpy(slot.start.data(), known.data(), known.size());
    }
}

}  // namespace regulars::backtest
