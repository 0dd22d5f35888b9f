#include "rule/literal.hpp"

#include <optional>

#include "rule/source.hpp"

namespace regulars::rule {

bool append_character(std::string& text, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | code >> 6U), put(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0U | code >> 12U), put(0x80U | (code >> 6U & 0x3FU)), put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | code >> 18U), put(0x80U | (code >> 12U & 0x3FU));
        put(0x80U | (code >> 6U & 0x3FU)), put(0x80U | (code & 0x3FU));
    }
    return true;
}

namespace {

// Reads `digits` digits of the base from the front of `text`.
std::optional<std::uint32_t> number_of(std::string_view text, std::size_t digits, std::uint32_t base) {
    if (text.size() < digits) return std::nullopt;
    std::uint32_t code = 0;
    for (const char c : text.substr(0, digits)) {
        std::uint32_t digit = 99;
        if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
        if (c >= 'a' && c <= 'f') digit = static_cast<std::uint32_t>(c - 'a') + 10;
        if (c >= 'A' && c <= 'F') digit = static_cast<std::uint32_t>(c - 'A') + 10;
        if (digit >= base) return std::nullopt;
        code = code * base + digit;
    }
    return code;
}

// Reads the escape at the front of `source` (which starts with a backslash) and appends what it means; gives its size,
// or 0 when it is none.
std::size_t read_escape(std::string_view source, std::string& text) {
    if (source.size() < 2) return 0;
    static constexpr std::string_view letters = "abfnrtv\\?\"'`";
    static constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\?\"'`";
    const char kind = source[1];
    if (const std::size_t i = letters.find(kind); i != std::string_view::npos) {
        text += meanings[i];
        return 2;
    }
    const bool octal = kind >= '0' && kind <= '3';
    std::size_t digits = 0;
    if (kind == 'x' || kind == 'X') digits = 2;
    if (kind == 'u') digits = 4;
    if (kind == 'U') digits = 8;
    if (octal) digits = 3;
    if (digits == 0) return 0;
    const std::size_t start = octal ? 1 : 2;
    const auto code = number_of(source.substr(start), digits, octal ? 8 : 16);
    return code && append_character(text, *code) ? start + digits : 0;
}

}  // namespace

TextLiteral read_text_literal(std::string_view source) {
    TextLiteral literal;
    const auto fail = [&](std::string problem, std::size_t at) {
        if (!literal.problem.empty()) return;
        literal.problem = std::move(problem);
        literal.problem_at = static_cast<std::uint32_t>(at);
    };
    bool raw = false;
    std::size_t at = 0;
    for (; source[at] != '"' && source[at] != '\''; ++at) {
        if (source[at] != 'r' && source[at] != 'R') fail("byte strings are not part of the language", at);
        if (raw) fail("a string has one r before it", at);
        raw = true;
    }
    const bool triple = source.substr(at).starts_with(std::string(3, source[at]));
    const std::string_view quote = source.substr(at, triple ? 3 : 1);
    at += quote.size();
    while (true) {
        const std::string_view rest = source.substr(at);
        if (rest.empty() || (!triple && rest.front() == '\n')) {
            fail("the string is not closed", 0);
            break;
        }
        if (rest.starts_with(quote)) {
            at += quote.size();
            break;
        }
        std::size_t size = character_size(rest);
        if (size == 0) fail("the text is not valid UTF-8", at);
        if (rest.front() == '\\' && !raw) {
            size = read_escape(rest, literal.text);
            if (size == 0) fail("there is no such escape; a backslash itself is written \\\\", at);
        } else {
            literal.text += rest.substr(0, size);
        }
        // Past a bad escape go its backslash alone: what follows may be the end of the string.
        at += size != 0 ? size : 1;
    }
    literal.size = at;
    return literal;
}

}  // namespace regulars::rule
