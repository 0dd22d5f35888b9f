// Texts of a file, kept once and named by a small number, in the order in which they were first seen.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace regulars::backtest {

/// Keeps texts of up to 64 KiB without moving them; a handle finds one again.
class TextArena {
public:
    [[nodiscard]] std::uint64_t add(std::string_view text);
    [[nodiscard]] std::string_view text(std::uint64_t handle) const;
    /// Asks the processor to fetch the text: worth it some tens of steps before it is read.
    void prefetch(std::uint64_t handle) const;

private:
    static constexpr std::uint32_t block_bits = 20;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t used_ = 0;  ///< of the last block
};

/// Texts to numbers from 0 on and back.
class TextPool {
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    TextPool();
    /// Ask for the hash early: it also fetches the place that `add` will look at.
    [[nodiscard]] std::uint64_t hash(std::string_view text) const;
    /// The text's number; a new one if it was not known.
    [[nodiscard]] std::uint32_t add(std::string_view text, std::uint64_t hash);
    [[nodiscard]] std::uint32_t add(std::string_view text) { return add(text, hash(text)); }
    /// The text's number, or `none`.
    [[nodiscard]] std::uint32_t find(std::string_view text) const;
    [[nodiscard]] std::string_view text(std::uint32_t number) const { return arena_.text(handles_[number]); }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(handles_.size()); }

private:
    // Short texts are compared within the slot, so that finding one costs a single visit to memory.
    struct Slot {
        static constexpr std::size_t short_size_max = 23;
        std::uint32_t number = none;
        std::uint32_t tag = 0;  ///< upper half of the hash
        std::array<char, short_size_max> start{};
        std::uint8_t size = 0;  ///< 255: longer than `start`, which is then not used
    };
    static_assert(sizeof(Slot) == 32);

    [[nodiscard]] bool holds(const Slot& slot, std::string_view text, std::uint32_t tag) const;
    void grow();

    std::vector<Slot> slots_;
    std::vector<std::uint64_t> handles_;
    TextArena arena_;
};

}  // namespace regulars::backtest
