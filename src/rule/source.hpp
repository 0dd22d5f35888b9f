// Places in a rule's text, and the list of what is wrong with it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"

namespace regulars::rule {

/// A line and a column of a text, both from 1; columns count characters, not bytes.
struct Place {
    std::uint32_t line;
    std::uint32_t column;
};

[[nodiscard]] Place place_of(std::string_view text, std::uint32_t offset);

/// Bytes of the UTF-8 character that starts `text`, at least 1; 0 when it is not valid UTF-8 (`text` is not empty).
[[nodiscard]] std::uint32_t character_size(std::string_view text);

/// What a reader of the rule is told: at most `problems_max`, one per place.
class Problems {
public:
    static constexpr std::size_t problems_max = 20;

    explicit Problems(std::string_view text) : text_(text) {}
    struct Detail {
        std::string found = {};
        std::string allowed = {};
        std::string suggestion = {};
    };
    void add(std::uint32_t offset, std::string message, Detail detail);
    void add(std::uint32_t offset, std::string message) { add(offset, std::move(message), Detail{}); }

    [[nodiscard]] bool empty() const { return diagnostics_.empty(); }
    /// In the order of their places.
    [[nodiscard]] Diagnostics take();

private:
    std::string_view text_;
    Diagnostics diagnostics_;
};

}  // namespace regulars::rule
