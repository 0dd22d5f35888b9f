#include <algorithm>
#include <string>
#include <string_view>

#include "tidy/checks.hpp"
#include "tidy/rules.hpp"

namespace regulars::tidy {

namespace {

// Texts whose lines wrap by themselves, and data.
constexpr std::array<std::string_view, 5> lines_may_be_long = {".md", ".json", ".yaml", ".csv", ".svg"};

std::size_t characters_of(std::string_view line) {
    return static_cast<std::size_t>(
        std::count_if(line.begin(), line.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

bool ends_with_any(const SourceFile& file, Names suffixes) {
    return std::any_of(suffixes.begin(), suffixes.end(), [&](std::string_view it) { return file.ends_with(it); });
}

void check_line(const SourceFile& file, std::size_t index, Findings& findings) {
    const std::string& line = file.lines[index];
    if (!file.ends_with(".txt") && line.find('\t') != std::string::npos)
        findings.push_back({file.path, index + 1, "tab", "indent with four spaces"});
    if (line.ends_with(' ') || line.ends_with('\r'))
        findings.push_back({file.path, index + 1, "trailing-blank", "end the line after its last character"});
    if (!ends_with_any(file, lines_may_be_long) && characters_of(line) > line_characters_max)
        findings.push_back({file.path, index + 1, "line-length",
                            std::to_string(characters_of(line)) + " characters: break it before " +
                                std::to_string(line_characters_max)});
}

void check_file_length(const SourceFile& file, Findings& findings) {
    if (file.lines.size() > file_lines_max)
        findings.push_back({file.path, 0, "file-length",
                            std::to_string(file.lines.size()) + " lines, of " + std::to_string(file_lines_max) +
                                " allowed: one file, one idea; split it"});
}

// The first line of code; anything before it is comment.
void check_pragma_once(const SourceFile& file, Findings& findings) {
    const auto first = std::find_if(file.code.begin(), file.code.end(), [](const std::string& line) {
        return line.find_first_not_of(' ') != std::string::npos;
    });
    if (first == file.code.end() || *first != "#pragma once")
        findings.push_back({file.path, 1, "pragma-once", "start the header with #pragma once"});
}

}  // namespace

Findings check_layout(const SourceFile& file) {
    Findings findings;
    for (std::size_t i = 0; i < file.lines.size(); ++i) check_line(file, i, findings);
    if (!file.text.empty() && !file.text.ends_with('\n'))
        findings.push_back({file.path, file.lines.size(), "last-line", "end the file with a line break"});
    if (file.is_cpp()) check_file_length(file, findings);
    if (file.is_header()) check_pragma_once(file, findings);
    return findings;
}

}  // namespace regulars::tidy
