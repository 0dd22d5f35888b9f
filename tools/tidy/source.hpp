// A file as the checks see it: its lines, and for C++ the same lines with comments and literals blanked out, so that
// a word in a sentence is never taken for a name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regulars::tidy {

struct SourceFile {
    /// Relative to the project, with '/' between its parts: "src/base/time.hpp".
    std::string path;
    std::string text;
    std::vector<std::string> lines;
    /// As long as `lines`; empty for files that are not C++.
    std::vector<std::string> code;

    SourceFile(std::string file_path, std::string file_text);

    [[nodiscard]] bool ends_with(std::string_view suffix) const { return path.ends_with(suffix); }
    [[nodiscard]] bool is_header() const { return ends_with(".hpp"); }
    [[nodiscard]] bool is_cpp() const { return is_header() || ends_with(".cpp"); }
    /// A test or what helps tests: engine_test.cpp, test_files.hpp, all of tests/.
    [[nodiscard]] bool is_test() const;
    /// "engine" for src/engine/decide.cpp; empty outside src.
    [[nodiscard]] std::string_view layer() const;
};

using SourceFiles = std::vector<SourceFile>;

/// Replaces comments and the insides of literals by blanks; line breaks stay where they are.
[[nodiscard]] std::string blank_comments_and_literals(std::string_view text);

/// What an #include line names, without its quotes or brackets; empty for any other line.
struct Include {
    std::string_view target;
    bool quoted = false;
};
[[nodiscard]] Include include_of(std::string_view line);

/// The names in a line of code, in order: runs of letters, digits and underscores that start with no digit.
[[nodiscard]] std::vector<std::string_view> identifiers_of(std::string_view code_line);

}  // namespace regulars::tidy
