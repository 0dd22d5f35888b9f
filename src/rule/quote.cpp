#include "rule/quote.hpp"

#include <array>
#include <charconv>

namespace regulars::rule {

namespace {

std::string escaped(char c) {
    switch (c) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            break;
    }
    static constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) return {c};
    return {'\\', 'x', digits[byte >> 4U], digits[byte & 15U]};
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) result += escaped(c);
    return result + "\"";
}

std::string real_literal(double value) {
    std::array<char, 64> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    std::string text(digits.data(), end);
    // "inf" and "nan" hold an n; everything else that is not a bare whole number holds a point or an e.
    if (text.find_first_of(".en") == std::string::npos) text += ".0";
    return text;
}

}  // namespace regulars::rule
