#include "base/unique_code.hpp"

#include "base/check.hpp"

namespace regulars {

namespace {

constexpr std::uint32_t carry = 1U << 5U;
constexpr std::uint32_t polynomial = 0b100101;

// The sum so far, times x, plus the next digit.
std::uint32_t add_digit(std::uint32_t sum, std::uint32_t digit) {
    sum <<= 1U;
    if ((sum & carry) != 0) sum ^= polynomial;
    return sum ^ digit;
}

char letter_read_as(char letter) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    if (letter == 'O') return '0';
    return letter == 'I' || letter == 'L' ? '1' : letter;
}

}  // namespace

std::string unique_code_of(const std::array<std::uint8_t, unique_code_digits>& digits) {
    std::string code;
    code.reserve(unique_code_size);
    std::uint32_t sum = 0;
    for (const std::uint8_t digit : digits) {
        check(digit < unique_code_alphabet.size(), "a digit of a code stands for a character");
        sum = add_digit(sum, digit);
        code += unique_code_alphabet[digit];
    }
    code += unique_code_alphabet[add_digit(sum, 0)];
    return code;
}

std::optional<std::string> read_unique_code(std::string_view text) {
    if (text.size() > unique_code_text_max) return std::nullopt;
    std::string code;
    std::uint32_t sum = 0;
    for (const char letter : text) {
        if (letter == ' ' || letter == '-') continue;
        const auto digit = unique_code_alphabet.find(letter_read_as(letter));
        if (digit == std::string_view::npos || code.size() == unique_code_size) return std::nullopt;
        code += unique_code_alphabet[digit];
        sum = add_digit(sum, static_cast<std::uint32_t>(digit));
    }
    if (code.size() != unique_code_size || sum != 0) return std::nullopt;
    return code;
}

std::string shown_unique_code(std::string_view code) {
    constexpr std::size_t group = 4;
    std::string shown;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (i > 0 && i % group == 0) shown += '-';
        shown += code[i];
    }
    return shown;
}

}  // namespace regulars
