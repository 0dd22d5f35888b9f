#include "tidy/source.hpp"

#include <cctype>
#include <cstddef>
#include <utility>

namespace regulars::tidy {

namespace {

bool is_name_character(char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return lines;
}

// Blanks from `begin` to `end`, keeping line breaks.
void blank(std::string& text, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end && i < text.size(); ++i)
        if (text[i] != '\n') text[i] = ' ';
}

// Blanks a literal from `open` to `end` but for its quotes; one that is never closed has only the first.
void blank_inside(std::string& text, std::size_t open, std::size_t end) {
    const bool closed = end > open + 1 && text[end - 1] == text[open];
    blank(text, open + 1, closed ? end - 1 : end);
}

// The start of the run of name characters that ends just before `position`.
std::size_t name_start(std::string_view text, std::size_t position) {
    while (position > 0 && is_name_character(text[position - 1])) --position;
    return position;
}

// One past the closing quote; a literal that is never closed ends with its line.
std::size_t literal_end(std::string_view text, std::size_t open) {
    for (std::size_t i = open + 1; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == text[open]) {
            return i + 1;
        } else if (text[i] == '\n') {
            return i;
        }
    }
    return text.size();
}

// One past R"tag( ... )tag", `open` being the quote.
std::size_t raw_literal_end(std::string_view text, std::size_t open) {
    const auto parenthesis = text.find('(', open);
    if (parenthesis == std::string_view::npos) return text.size();
    const std::string close = ")" + std::string(text.substr(open + 1, parenthesis - open - 1)) + "\"";
    const auto found = text.find(close, parenthesis);
    return found == std::string_view::npos ? text.size() : found + close.size();
}

std::size_t end_or_size(std::string_view text, std::size_t found, std::size_t extra) {
    return found == std::string_view::npos ? text.size() : found + extra;
}

}  // namespace

SourceFile::SourceFile(std::string file_path, std::string file_text)
    : path(std::move(file_path)), text(std::move(file_text)), lines(lines_of(text)) {
    if (is_cpp()) code = lines_of(blank_comments_and_literals(text));
}

bool SourceFile::is_test() const {
    return ends_with("_test.cpp") || path.starts_with("tests/") || path.find("/test_") != std::string::npos;
}

std::string_view SourceFile::layer() const {
    std::string_view rest = path;
    if (!rest.starts_with("src/")) return {};
    rest.remove_prefix(4);
    const auto slash = rest.find('/');
    return slash == std::string_view::npos ? std::string_view() : rest.substr(0, slash);
}

std::string blank_comments_and_literals(std::string_view text) {
    std::string result(text);
    std::size_t i = 0;
    while (i < text.size()) {
        const std::string_view rest = text.substr(i);
        if (rest.starts_with("//")) {
            const auto end = end_or_size(text, text.find('\n', i), 0);
            blank(result, i, end);
            i = end;
        } else if (rest.starts_with("/*")) {
            const auto end = end_or_size(text, text.find("*/", i + 2), 2);
            blank(result, i, end);
            i = end;
        } else if (text[i] == '"') {
            const auto start = name_start(text, i);
            const bool raw = i > start && text[i - 1] == 'R';
            const auto end = raw ? raw_literal_end(text, i) : literal_end(text, i);
            blank_inside(result, i, end);
            i = end;
        } else if (text[i] == '\'') {
            const auto start = name_start(text, i);
            const bool separates_digits = i > start && std::isdigit(static_cast<unsigned char>(text[start])) != 0;
            const auto end = separates_digits ? i + 1 : literal_end(text, i);
            if (!separates_digits) blank_inside(result, i, end);
            i = end;
        } else {
            ++i;
        }
    }
    return result;
}

Include include_of(std::string_view line) {
    const auto hash = line.find_first_not_of(" \t");
    if (hash == std::string_view::npos || line[hash] != '#') return {};
    const auto word = line.find_first_not_of(" \t", hash + 1);
    if (word == std::string_view::npos || !line.substr(word).starts_with("include")) return {};
    const auto open = line.find_first_of("<\"", word);
    if (open == std::string_view::npos) return {};
    const auto close = line.find(line[open] == '<' ? '>' : '"', open + 1);
    if (close == std::string_view::npos) return {};
    return {line.substr(open + 1, close - open - 1), line[open] == '"'};
}

std::vector<std::string_view> identifiers_of(std::string_view code_line) {
    std::vector<std::string_view> names;
    std::size_t i = 0;
    while (i < code_line.size()) {
        if (!is_name_character(code_line[i])) {
            ++i;
            continue;
        }
        const std::size_t start = i;
        while (i < code_line.size() && is_name_character(code_line[i])) ++i;
        if (std::isdigit(static_cast<unsigned char>(code_line[start])) == 0)
            names.push_back(code_line.substr(start, i - start));
    }
    return names;
}

}  // namespace regulars::tidy
