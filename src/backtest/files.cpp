#include "backtest/files.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace regulars::backtest {

namespace {

std::string reason() {
    return errno == 0 ? "unknown reason" : std::strerror(errno);
}

std::string shown(const std::string& path) {
    return path == "-" ? "the standard input" : path;
}

}  // namespace

struct InputFile::State {
    gzFile file = nullptr;
    std::string path;
    std::uint64_t total = 0;
};

expected<InputFile, std::string> InputFile::open(const std::string& path) {
    std::error_code failure;
    if (path != "-" && std::filesystem::is_directory(path, failure))
        return unexpected(fmt::format("cannot read {}: it is a folder", path));
    errno = 0;
    auto state = std::make_unique<State>();
    state->path = path;
    state->file = path == "-" ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path.c_str(), "rb");
    if (state->file == nullptr) return unexpected(fmt::format("cannot read {}: {}", shown(path), reason()));
    constexpr unsigned buffer_size = 1 << 18;
    gzbuffer(state->file, buffer_size);
    if (path != "-") {
        const auto size = std::filesystem::file_size(path, failure);
        state->total = failure ? 0 : static_cast<std::uint64_t>(size);
    }
    return InputFile(std::move(state));
}

InputFile::InputFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
InputFile::InputFile(InputFile&& other) noexcept = default;
InputFile& InputFile::operator=(InputFile&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
}
InputFile::~InputFile() {
    if (state_ != nullptr && state_->file != nullptr) gzclose(state_->file);
}

expected<std::size_t, std::string> InputFile::read(std::span<char> place) {
    constexpr std::size_t step_max = 1 << 20;
    const auto wanted = static_cast<unsigned>(std::min(place.size(), step_max));
    errno = 0;
    const int count = gzread(state_->file, place.data(), wanted);
    int code = Z_OK;
    const char* message = gzerror(state_->file, &code);
    if (count < 0 || (code != Z_OK && code != Z_STREAM_END)) {
        const std::string why = code == Z_ERRNO       ? reason()
                                : code == Z_BUF_ERROR ? std::string("the compressed file breaks off")
                                                      : std::string(message);
        return unexpected(fmt::format("cannot read {}: {}", shown(state_->path), why));
    }
    return static_cast<std::size_t>(count);
}

std::uint64_t InputFile::bytes_done() const {
    const z_off_t offset = gzoffset(state_->file);
    return offset < 0 ? 0 : static_cast<std::uint64_t>(offset);
}

std::uint64_t InputFile::bytes_total() const {
    return state_->total;
}

expected<std::string, std::string> read_text(const std::string& path, std::size_t size_max) {
    auto file = InputFile::open(path);
    if (!file) return unexpected(file.error());
    std::string text(size_max + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const auto count = file->read(std::span(text.data() + size, text.size() - size));
        if (!count) return unexpected(count.error());
        if (*count == 0) break;
        size += *count;
    }
    if (size > size_max) return unexpected(fmt::format("{} is larger than {} bytes", shown(path), size_max));
    text.resize(size);
    return text;
}

struct OutputFile::State {
    std::FILE* file = nullptr;
    std::string path;
    bool failed = false;
    int error = 0;
};

expected<OutputFile, std::string> OutputFile::open(const std::string& path) {
    errno = 0;
    auto state = std::make_unique<State>();
    state->path = path;
    state->file = path == "-" ? stdout : std::fopen(path.c_str(), "wb");
    if (state->file == nullptr) return unexpected(fmt::format("cannot write {}: {}", path, reason()));
    return OutputFile(std::move(state));
}

OutputFile::OutputFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
OutputFile::OutputFile(OutputFile&& other) noexcept = default;
OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
}
OutputFile::~OutputFile() {
    if (state_ != nullptr && state_->file != nullptr && state_->file != stdout) std::fclose(state_->file);
}

void OutputFile::write(std::string_view text) {
    if (state_->failed || text.empty()) return;
    if (std::fwrite(text.data(), 1, text.size(), state_->file) == text.size()) return;
    state_->failed = true;
    state_->error = errno;
}

expected<void, std::string> OutputFile::close() {
    std::FILE* file = std::exchange(state_->file, nullptr);
    if (file == nullptr) return {};
    bool failed = std::fflush(file) != 0;
    if (failed && state_->error == 0) state_->error = errno;
    if (file != stdout && std::fclose(file) != 0) failed = true;
    if (!failed && !state_->failed) return {};
    errno = state_->error;
    return unexpected(fmt::format("cannot write {}: {}", state_->path, reason()));
}

bool same_file(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty() || a == "-" || b == "-") return false;
    std::error_code ignored;
    const bool is_there = std::filesystem::exists(a, ignored);
    if (is_there && !std::filesystem::is_regular_file(a, ignored)) return false;
    return a == b || std::filesystem::equivalent(a, b, ignored);
}

std::string overwriting(const std::string& path) {
    return path + " is read here and would be overwritten: write to another file";
}

std::string rejects_path(const std::string& orders_path) {
    if (orders_path == "-") return "stdin.rejects.csv";
    std::filesystem::path path(orders_path);
    std::string name = path.filename().string();
    if (name.ends_with(".gz")) name.resize(name.size() - 3);
    if (name.ends_with(".csv")) name.resize(name.size() - 4);
    name += ".rejects.csv";
    const std::filesystem::path folder = path.parent_path();
    const std::string folder_text = folder.empty() ? std::string(".") : folder.string();
    if (access(folder_text.c_str(), W_OK) != 0) return name;
    return folder.empty() ? name : (folder / name).string();
}

}  // namespace regulars::backtest
