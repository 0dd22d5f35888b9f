// Characters of a text. Positions in rules count characters (code points), not bytes. A byte that begins no valid
// character counts as one of its own, so that nothing here can fail.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "rule/source.hpp"

namespace regulars::rule {

/// Bytes of the first character; 0 when `text` is empty.
[[nodiscard]] inline std::size_t first_size(std::string_view text) {
    return text.empty() ? 0 : std::max<std::size_t>(1, character_size(text));
}

[[nodiscard]] inline std::size_t character_count(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(first_size(text));
    return count;
}

/// The byte at which character number `index` starts, the end of the text for its count; npos beyond.
[[nodiscard]] inline std::size_t byte_of(std::string_view text, std::size_t index) {
    std::size_t at = 0;
    for (; index > 0; --index) {
        if (at == text.size()) return std::string_view::npos;
        at += first_size(text.substr(at));
    }
    return at;
}

}  // namespace regulars::rule
