// Room for what an evaluation makes: joined texts, filtered lists. One per thread that evaluates, kept and reused, so
// that evaluating allocates nothing once it is warm.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rule/value.hpp"

namespace regulars::rule {

/// How deep all/exists/filter/map may stand within each other.
inline constexpr std::size_t fold_depth_max = 8;

class Workspace {
public:
    static constexpr std::size_t size_max_default = std::size_t{1} << 20U;
    /// Steps of all/exists/filter/map in one evaluation.
    static constexpr std::uint32_t steps_max = 1'000'000;

    /// At most `size_max` bytes for results that are kept at the same time.
    explicit Workspace(std::size_t size_max = size_max_default) : size_max_(size_max) {}
    Workspace(Workspace&&) = default;
    Workspace& operator=(Workspace&&) = default;
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    /// Drops every text, list and map made so far; keeps the memory. Call it between events: results that are plain
    /// numbers, booleans or times take no room and need no clearing.
    void clear() { rewind({}); }

    /// A place to return to: what was made after it is dropped.
    struct Mark {
        std::size_t block = 0;
        std::size_t used = 0;
        std::size_t taken = 0;
    };
    [[nodiscard]] Mark mark() const { return {block_, used_, taken_}; }
    void rewind(Mark mark) { block_ = mark.block, used_ = mark.used, taken_ = mark.taken; }

    /// Room for so many characters, values or entries; empty `data()` when the limit is reached and count is not zero.
    [[nodiscard]] std::span<char> take_text(std::size_t size);
    [[nodiscard]] std::span<Value> take_values(std::size_t count);
    [[nodiscard]] std::span<MapEntry> take_entries(std::size_t count);

    /// A copy of `text` that lives here, or the error too_large. Likewise the two below, which take over `items` and
    /// `entries` that already live here.
    [[nodiscard]] Value text(std::string_view text);
    [[nodiscard]] Value list(std::span<const Value> items);
    [[nodiscard]] Value map(std::span<const MapEntry> entries);

    /// The wall clock of an IANA zone or a fixed offset ("+08:00", "-03:30"); nothing when there is no such zone. Zones
    /// are read once and remembered.
    [[nodiscard]] std::optional<LocalTime> local(Instant instant, std::string_view zone);

    /// Steps are counted from the start of an evaluation, for each turn of a fold and for long texts; false when there
    /// were too many.
    void restart_steps() { steps_left_ = steps_max; }
    [[nodiscard]] bool step(std::size_t steps = 1) {
        const bool enough = steps <= steps_left_;
        steps_left_ = enough ? steps_left_ - static_cast<std::uint32_t>(steps) : 0;
        return enough;
    }

    /// The variables of the folds that enclose the part being evaluated, the outermost first.
    std::array<Value, fold_depth_max> locals{};

private:
    struct Block {
        std::unique_ptr<std::byte[]> bytes;
        std::size_t size;
    };
    [[nodiscard]] void* take(std::size_t size);

    std::size_t size_max_;
    std::size_t block_ = 0;
    std::size_t used_ = 0;
    std::size_t taken_ = 0;
    std::uint32_t steps_left_ = steps_max;
    std::vector<Block> blocks_;
    std::vector<Zone> zones_;
};

}  // namespace regulars::rule
