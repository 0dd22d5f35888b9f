#include <algorithm>

#include "programme/parse/document.hpp"

namespace regulars::programme {

namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80;
}

// Bytes that an escape in double quotes takes in the source.
std::size_t escape_size(char kind) {
    switch (kind) {
        case 'x':
            return 4;
        case 'u':
            return 6;
        case 'U':
            return 10;
        default:
            return 2;
    }
}

// Bytes of the UTF-8 sequence that starts at `at`.
std::size_t character_size(std::string_view text, std::size_t at) {
    std::size_t size = 1;
    while (at + size < text.size() && is_continuation(text[at + size])) ++size;
    return size;
}

std::size_t past_spaces(std::string_view text, std::size_t at) {
    while (at < text.size() && is_space(text[at])) ++at;
    return at;
}

// Past an anchor and a tag, to the first byte of the value.
std::size_t past_properties(std::string_view source, std::size_t at) {
    while (at < source.size() && (source[at] == '&' || source[at] == '!')) {
        while (at < source.size() && !is_space(source[at])) ++at;
        at = past_spaces(source, at);
    }
    return at;
}

}  // namespace

Position position_of(std::string_view source, std::size_t offset) {
    const std::string_view before = source.substr(0, std::min(offset, source.size()));
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    Position position;
    position.line += static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    for (const char c : before.substr(line_start)) position.column += is_continuation(c) ? 0U : 1U;
    return position;
}

std::size_t source_offset(std::string_view source, const Node& node, std::size_t offset) {
    const std::string_view value = node.text;
    std::size_t at = past_properties(source, node.offset);
    if (at >= source.size()) return node.offset;
    const char style = node.quoted ? source[at] : '\0';
    if (style == '"' || style == '\'') ++at;
    if (style == '|' || style == '>') at = std::min(source.find('\n', at), source.size());
    for (std::size_t i = 0; i < std::min(offset, value.size()) && at < source.size();) {
        if (style == '"' && source[at] == '\\' && at + 1 < source.size()) {
            if (is_space(source[at + 1])) {
                at = past_spaces(source, at + 1);  // a line that goes on
            } else {
                at += escape_size(source[at + 1]);
                i += character_size(value, i);
            }
        } else if (is_space(value[i]) && is_space(source[at])) {
            i = past_spaces(value, i);
            if (i > offset) return at;
            at = past_spaces(source, at);  // however the lines were folded
        } else if (is_space(source[at])) {
            at = past_spaces(source, at);
        } else {
            at += style == '\'' && source[at] == '\'' ? 2U : 1U;
            ++i;
        }
    }
    const bool wanted_is_space = offset >= value.size() || is_space(value[offset]);
    if (!wanted_is_space && style == '"' && at + 1 < source.size() && source[at] == '\\' && is_space(source[at + 1]))
        ++at;
    return wanted_is_space ? std::min(at, source.size()) : past_spaces(source, at);
}

}  // namespace regulars::programme
