// Texts from outside: UTF-8 and percent-encoding.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace regulars::api {

/// The length in bytes of the UTF-8 character that `text` begins with; 0 when it does not begin with one (overlong
/// forms, surrogates and values over U+10FFFF included). `text` is not empty.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// Whether all of `text` is UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text);

/// Decodes "%E4%BC%9A"; with `plus_is_space` also "+" (query strings). Nothing when an escape is broken, or when the
/// result is not UTF-8 or holds a NUL.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

/// Encodes everything but letters, digits and "-._~".
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace regulars::api
