// String literals: quotes, escapes, raw and triple-quoted forms.
//
//     literal = [ "r" | "R" ] ( '"' ... '"' | "'" ... "'" | '"""' ... '"""' | "'''" ... "'''" )
//     escape  = "\" ( a b f n r t v \ ? " ' ` | xHH | XHH | uHHHH | UHHHHHHHH | OOO )
//
// Only the triple-quoted forms may run over several lines; the raw forms have no escapes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace regulars::rule {

/// `size` bytes of the source were read. Where `problem` is not empty, it says what is wrong at `problem_at`.
struct TextLiteral {
    std::string text;
    std::size_t size = 0;
    std::string problem;
    std::uint32_t problem_at = 0;
};

/// `source` starts with a prefix (r, b, or both) and a quote, or a quote.
[[nodiscard]] TextLiteral read_text_literal(std::string_view source);

/// Appends the character of a code point as UTF-8; false when there is none (a surrogate, above 10FFFF).
bool append_character(std::string& text, std::uint32_t code);

}  // namespace regulars::rule
