// The checks, one file each. A check reads files and gives back what is wrong; it changes nothing.
#pragma once

#include "tidy/finding.hpp"
#include "tidy/source.hpp"

namespace regulars::tidy {

/// Include direction between layers and between the rooms inside one, banned headers, own header first.
[[nodiscard]] Findings check_includes(const SourceFile& file, const SourceFiles& all);
/// Headers of src that nothing includes.
[[nodiscard]] Findings check_dead_headers(const SourceFiles& all);
/// Banned names in the pure ring, words against the glossary, `using namespace`, unfinished and skipped work.
[[nodiscard]] Findings check_names(const SourceFile& file);
/// Tabs, trailing blanks, line and file length, `#pragma once`.
[[nodiscard]] Findings check_layout(const SourceFile& file);
/// Functions that do not fit on a screen.
[[nodiscard]] Findings check_function_length(const SourceFile& file);

/// All of the above over all files, sorted by place.
[[nodiscard]] Findings check_all(const SourceFiles& all);

}  // namespace regulars::tidy
