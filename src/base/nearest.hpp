// "Did you mean ...?": the nearest known word to one that is not known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace regulars {

/// The word with the smallest edit distance (insert, delete, replace, swap of neighbours), if it is within a third of
/// the length of `word`, at least one edit; the first of equals. Letter case does not count.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> known);
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known);

}  // namespace regulars
