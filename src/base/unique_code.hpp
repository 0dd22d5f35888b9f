// Codes that are told once each: how they are written and read. What they stand for is kept elsewhere, as a hash.
//
//   code   = 12 characters chosen by chance (60 bits), 1 check character
//   shown  = XXXX-XXXX-XXXX-X
//   read   = without regard to case, spaces and hyphens; O is read as 0, I and L as 1
//
// The 32 characters are the digits and the capitals without I, L, O and U. They stand for the elements of GF(32), with
// x^5 + x^2 + 1; the check character makes the sum of character i times x^(12 - i) zero. All 13 factors are different
// and none is zero, so one wrong character is always noticed, and so are two that have changed places, wherever they
// stand. Of any other mistake one in 32 is not.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace regulars {

inline constexpr std::size_t unique_code_digits = 12;
inline constexpr std::size_t unique_code_size = unique_code_digits + 1;
/// Longer texts are never read as a code.
inline constexpr std::size_t unique_code_text_max = 64;
inline constexpr std::string_view unique_code_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The code with these digits, each below 32: 13 characters.
[[nodiscard]] std::string unique_code_of(const std::array<std::uint8_t, unique_code_digits>& digits);
/// The 13 characters of what somebody typed; nothing when it is no code, or mistyped.
[[nodiscard]] std::optional<std::string> read_unique_code(std::string_view text);
/// As it is printed, in groups.
[[nodiscard]] std::string shown_unique_code(std::string_view code);

}  // namespace regulars
