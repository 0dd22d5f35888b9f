#include "server/code_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "api/text.hpp"
#include "base/limits.hpp"

namespace regulars::server {

namespace {

constexpr mode_t owner_only = 0600;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::string reason() { return std::strerror(errno); }

// The name of a new file is durable only when its folder is.
bool sync_folder_of(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path();
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return synced;
}

std::string_view trimmed(std::string_view line) {
    constexpr std::string_view blanks = " \t\r";
    const auto first = line.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return line.substr(first, line.find_last_not_of(blanks) - first + 1);
}

bool is_printable(std::string_view code) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    return api::is_utf8(code) && std::none_of(code.begin(), code.end(), is_control);
}

}  // namespace

expected<CodeFile, std::string> CodeFile::create(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
    if (descriptor >= 0) return CodeFile(path, descriptor);
    if (errno == EEXIST)
        return unexpected(fmt::format("{} is there already: move it away, or choose another name.", path));
    return unexpected(fmt::format("{} cannot be made: {}.", path, reason()));
}

CodeFile::CodeFile(CodeFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

CodeFile::~CodeFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(path_.c_str());
}

expected<void, std::string> CodeFile::write(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor_, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return unexpected(fmt::format("{} cannot be written: {}.", path_, reason()));
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

expected<void, std::string> CodeFile::keep() {
    if (::fsync(descriptor_) != 0 || !sync_folder_of(path_))
        return unexpected(fmt::format("{} cannot be written: {}.", path_, reason()));
    ::close(std::exchange(descriptor_, -1));
    return {};
}

expected<std::vector<std::string>, std::string> read_code_lines(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::vector<std::string> codes;
    for (std::size_t line = 1; !text.empty(); ++line) {
        const auto end = std::min(text.find('\n'), text.size());
        const std::string_view code = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (code.empty()) continue;
        if (code.size() > limits::id_size_max || !is_printable(code))
            return unexpected(fmt::format("line {} is no code: 1 to {} bytes of printable UTF-8 are wanted.", line,
                                          limits::id_size_max));
        if (codes.size() == imported_codes_max)
            return unexpected(fmt::format("there are more than {} codes: split the file.", imported_codes_max));
        codes.emplace_back(code);
    }
    return codes;
}

}  // namespace regulars::server
