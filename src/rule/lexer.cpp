#include "rule/lexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fast_float/fast_float.h>

#include "rule/literal.hpp"

namespace regulars::rule {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class Lexer {
public:
    Lexer(std::string_view text, Problems& problems) : text_(text), problems_(problems) {}
    std::vector<Token> run();

private:
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    [[nodiscard]] std::uint32_t offset() const { return static_cast<std::uint32_t>(at_); }
    Token token_of(TokenKind kind, std::size_t size);
    void skip_space();
    Token next();
    Token word();
    Token number();
    Token hexadecimal();
    std::optional<Token> text_literal();
    Token symbol();
    Token foreign_word();
    Token foreign_quotes(std::string_view meant);
    Token refuse(std::size_t size, std::string message, std::string suggestion = {});
    Token mistaken(std::size_t size, std::string message, std::string_view meant);

    std::string_view text_;
    Problems& problems_;
    std::size_t at_ = 0;
};

std::vector<Token> Lexer::run() {
    std::vector<Token> tokens;
    do tokens.push_back(next());
    while (tokens.back().kind != TokenKind::end);
    return tokens;
}

Token Lexer::token_of(TokenKind kind, std::size_t size) {
    Token token;
    token.kind = kind;
    token.offset = offset();
    token.spelling = text_.substr(at_, size);
    at_ += token.spelling.size();
    return token;
}

void Lexer::skip_space() {
    while (at_ < text_.size()) {
        const char c = peek();
        if (c == '/' && peek(1) == '/')
            at_ = std::min(text_.find('\n', at_), text_.size());
        else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f')
            ++at_;
        else
            return;
    }
}

Token Lexer::next() {
    skip_space();
    if (at_ == text_.size()) return token_of(TokenKind::end, 0);
    if (auto literal = text_literal()) return *std::move(literal);
    if (is_letter(peek())) return word();
    if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) return number();
    return symbol();
}

Token Lexer::word() {
    std::size_t size = 1;
    while (is_letter(peek(size)) || is_digit(peek(size))) ++size;
    return token_of(TokenKind::identifier, size);
}

Token Lexer::number() {
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) return hexadecimal();
    std::size_t size = 0;
    const auto digits = [&] {
        while (is_digit(peek(size))) ++size;
    };
    bool whole = true;
    digits();
    if (peek(size) == '.' && is_digit(peek(size + 1))) {
        whole = false;
        ++size;
        digits();
    }
    const std::size_t sign = peek(size + 1) == '+' || peek(size + 1) == '-' ? 1 : 0;
    if ((peek(size) == 'e' || peek(size) == 'E') && is_digit(peek(size + 1 + sign))) {
        whole = false;
        size += 1 + sign;
        digits();
    }
    if (peek(size) == 'u' || peek(size) == 'U')
        return refuse(size + 1, "unsigned numbers are not part of the language", std::string(rest().substr(0, size)));
    if (is_letter(peek(size))) return refuse(size + 1, "a number runs into a word");
    Token token = token_of(whole ? TokenKind::integer : TokenKind::real, size);
    const char* const first = token.spelling.data();
    const char* const last = first + token.spelling.size();
    const bool valid = whole ? std::from_chars(first, last, token.integer).ec == std::errc()
                             : fast_float::from_chars(first, last, token.real).ec == std::errc() &&
                                   token.real <= std::numeric_limits<double>::max();
    if (!valid) {
        problems_.add(token.offset, "the number is too large", {.found = std::string(token.spelling)});
        token.kind = TokenKind::invalid;
    }
    return token;
}

Token Lexer::hexadecimal() {
    const auto is_hexadecimal = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    std::size_t size = 2;
    while (is_hexadecimal(peek(size))) ++size;
    if (size == 2 || is_letter(peek(size))) return refuse(size, "0x is followed by hexadecimal digits");
    Token token = token_of(TokenKind::integer, size);
    const char* const first = token.spelling.data();
    if (std::from_chars(first + 2, first + size, token.integer, 16).ec != std::errc()) {
        problems_.add(token.offset, "the number is too large", {.found = std::string(token.spelling)});
        token.kind = TokenKind::invalid;
    }
    return token;
}

std::optional<Token> Lexer::text_literal() {
    std::size_t prefix = 0;
    const auto is_quote = [](char c) { return c == '"' || c == '\''; };
    while (prefix < 2 && (peek(prefix) == 'r' || peek(prefix) == 'R' || peek(prefix) == 'b' || peek(prefix) == 'B'))
        ++prefix;
    if (!is_quote(peek(prefix))) return std::nullopt;
    TextLiteral literal = read_text_literal(rest());
    if (!literal.problem.empty()) problems_.add(offset() + literal.problem_at, literal.problem);
    Token token = token_of(literal.problem.empty() ? TokenKind::text : TokenKind::invalid, literal.size);
    token.text = std::move(literal.text);
    return token;
}

Token Lexer::refuse(std::size_t size, std::string message, std::string suggestion) {
    Token token = token_of(TokenKind::invalid, size);
    problems_.add(token.offset, std::move(message),
                  {.found = std::string(token.spelling), .allowed = {}, .suggestion = std::move(suggestion)});
    return token;
}

// A sign that is not in the language but leaves no doubt which was meant: it is reported, and read as that one, so that
// the rest is read too.
Token Lexer::mistaken(std::size_t size, std::string message, std::string_view meant) {
    Token token = refuse(size, std::move(message), std::string(meant));
    token.kind = TokenKind::symbol;
    token.spelling = meant;
    return token;
}

// What a Chinese keyboard gives for the signs of the language, and what other languages write for them.
struct Lookalike {
    std::string_view found;
    std::string_view meant;
};
constexpr std::array<Lookalike, 24> lookalikes{{
    {"（", "("}, {"）", ")"}, {"，", ","},  {"“", "\""}, {"”", "\""}, {"‘", "'"},  {"’", "'"},   {"：", ":"},
    {"？", "?"}, {"！", "!"}, {"＝", "=="}, {"＞", ">"}, {"＜", "<"}, {"≥", ">="}, {"≤", "<="},  {"≠", "!="},
    {"【", "["}, {"】", "]"}, {"。", "."},  {"＋", "+"}, {"×", "*"},  {"÷", "/"},  {"＆", "&&"}, {"｜", "||"},
}};

Token Lexer::symbol() {
    static constexpr std::array<std::string_view, 24> symbols{"==", "!=", "<=", ">=", "&&", "||", "<", ">",
                                                              "+",  "-",  "*",  "/",  "%",  "!",  "?", ":",
                                                              ".",  ",",  "(",  ")",  "[",  "]",  "{", "}"};
    for (const std::string_view candidate : symbols)
        if (rest().starts_with(candidate)) return token_of(TokenKind::symbol, candidate.size());
    for (const Lookalike& lookalike : lookalikes) {
        if (!rest().starts_with(lookalike.found)) continue;
        if (lookalike.meant == "\"" || lookalike.meant == "'") return foreign_quotes(lookalike.meant);
        return mistaken(lookalike.found.size(), "this sign is not part of the language", lookalike.meant);
    }
    if (peek() == '=') return mistaken(1, "a comparison is written with two signs", "==");
    if (peek() == '&') return mistaken(1, "\"and\" is written with two signs", "&&");
    if (peek() == '|') return mistaken(1, "\"or\" is written with two signs", "||");
    return foreign_word();
}

bool is_lookalike(std::string_view text) {
    return std::ranges::any_of(lookalikes, [&](const Lookalike& known) { return text.starts_with(known.found); });
}

// “vip”: the whole of it, so that what stands inside is not taken for names.
Token Lexer::foreign_quotes(std::string_view meant) {
    std::size_t size = character_size(rest());
    const std::size_t content = size;
    while (size < rest().size() && rest()[size] != '\n') {
        const std::string_view next = rest().substr(size);
        const bool closes =
            next.starts_with("”") || next.starts_with("’") || next.starts_with("“") || next.starts_with("‘");
        if (closes) {
            const std::string text(rest().substr(content, size - content));
            return refuse(size + character_size(next), "these quotes open no string",
                          meant.data() + text + meant.data());
        }
        size += std::max(1U, character_size(next));
    }
    return refuse(content, "this sign opens no string", std::string(meant));
}

// Everything up to the next sign that the language may know.
Token Lexer::foreign_word() {
    std::size_t size = character_size(rest());
    if (size == 0) {
        Token token = token_of(TokenKind::invalid, 1);
        problems_.add(token.offset, "the text is not valid UTF-8");
        return token;
    }
    while (size < rest().size()) {
        const std::string_view next = rest().substr(size);
        const std::size_t more = character_size(next);
        if (more < 2 || is_lookalike(next)) break;
        size += more;
    }
    return refuse(size, "this is not part of the language; texts stand in quotes");
}

}  // namespace

std::vector<Token> tokenize(std::string_view text, Problems& problems) {
    return Lexer(text, problems).run();
}

bool is_reserved(std::string_view word) {
    static constexpr std::array<std::string_view, 20> reserved{
        "false",    "in", "null",   "true", "as",   "break",   "const",     "continue", "else", "for",
        "function", "if", "import", "let",  "loop", "package", "namespace", "return",   "void", "while"};
    return word == "var" || std::ranges::find(reserved, word) != reserved.end();
}

bool is_identifier(std::string_view word) {
    if (word.empty() || !is_letter(word.front()) || is_reserved(word)) return false;
    return std::ranges::all_of(word, [](char c) { return is_letter(c) || is_digit(c); });
}

}  // namespace regulars::rule
