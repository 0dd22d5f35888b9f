// Files of codes: those that are made here and leave for the printer, and those that come from other shops.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"

namespace regulars::server {

/// Codes of one import; a longer file is imported in parts.
inline constexpr std::size_t imported_codes_max = 1'000'000;
inline constexpr std::size_t import_file_size_max = 64 << 20;

/// A new file, which nobody but its owner may read. Taken away again unless it is kept.
class CodeFile {
public:
    /// An existing file is never touched.
    static expected<CodeFile, std::string> create(const std::string& path);
    CodeFile(CodeFile&& other) noexcept;
    CodeFile& operator=(CodeFile&&) = delete;
    ~CodeFile();

    [[nodiscard]] expected<void, std::string> write(std::string_view text);
    /// The file stays from now on, also when the machine stops.
    [[nodiscard]] expected<void, std::string> keep();

private:
    CodeFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    std::string path_;
    int descriptor_ = -1;  ///< -1: moved from, or kept
};

/// One code a line, empty lines left out; an error names the first line that holds none.
[[nodiscard]] expected<std::vector<std::string>, std::string> read_code_lines(std::string_view text);

}  // namespace regulars::server
