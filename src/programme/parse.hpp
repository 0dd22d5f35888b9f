// From a programme file to a compiled programme. docs/programme.md is the reference of the file's format.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "base/expected.hpp"
#include "programme/programme.hpp"

namespace regulars::programme {

/// Reads, checks and compiles a programme (YAML, at most limits::programme_file_size_max bytes). Otherwise everything
/// that is wrong with it, in the order of the text, each with its line and column; `file_name` is shown only. A text
/// that is not YAML gives the first thing that is wrong.
[[nodiscard]] expected<Programme, Diagnostics> parse(std::string_view yaml, std::string_view file_name);

/// What the programme does, in lines for a person to read ("programme check" prints it).
[[nodiscard]] std::string describe(const Programme& programme);

}  // namespace regulars::programme
