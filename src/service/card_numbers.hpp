// Numbers of membership cards: digits of which the last is a check digit (Luhn, ISO/IEC 7812-1 annex B). A number with
// one wrong digit is noticed, and so are two neighbours that changed places, except 0 and 9.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "programme/identity.hpp"

namespace regulars::service {

inline constexpr std::size_t card_digits_min = 8;
inline constexpr std::size_t card_digits_max = 19;

/// The digit that goes behind these.
[[nodiscard]] char luhn_digit(std::string_view digits);
/// Whether this is digits alone, the last of which is right.
[[nodiscard]] bool has_luhn_digit(std::string_view digits);

/// A number of the programme's form whose own digits nobody can guess: from the system's random numbers.
[[nodiscard]] std::string make_card_number(const programme::CardNumbers& form);

}  // namespace regulars::service
