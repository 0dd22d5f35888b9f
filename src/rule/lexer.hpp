// Text to tokens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rule/source.hpp"

namespace regulars::rule {

enum class TokenKind : std::uint8_t { end, identifier, integer, real, text, symbol, invalid };

/// One token. `spelling` is the part of the source; `text` the decoded content of a string literal.
struct Token {
    TokenKind kind = TokenKind::end;
    std::uint32_t offset = 0;
    std::string_view spelling;
    std::string text = {};
    std::uint64_t integer = 0;
    double real = 0;

    [[nodiscard]] bool is_symbol(std::string_view symbol) const {
        return kind == TokenKind::symbol && spelling == symbol;
    }
    /// Also the words `in`, `true`, `false` and `null` are identifiers to the lexer.
    [[nodiscard]] bool is_word(std::string_view word) const {
        return kind == TokenKind::identifier && spelling == word;
    }
};

/// The last token is always the end. What is no token becomes an invalid one, and `problems` says why. The tokens
/// borrow from `text`.
[[nodiscard]] std::vector<Token> tokenize(std::string_view text, Problems& problems);

/// A name as the language allows it: a letter or underscore, then letters, digits, underscores; not a reserved word.
[[nodiscard]] bool is_identifier(std::string_view word);
/// Words kept for the language itself and, as CEL does, for languages it is embedded in.
[[nodiscard]] bool is_reserved(std::string_view word);

}  // namespace regulars::rule
