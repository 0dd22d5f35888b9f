#include "server/terminal.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

namespace regulars::server {

namespace {

constexpr std::uint64_t bar_width = 32;
constexpr auto pause_between_drawings = std::chrono::milliseconds(100);

}  // namespace

void print_error(std::string_view message) {
    fmt::print(stderr, "regulars: {}\n", message);
}

ProgressBar::ProgressBar() : terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
    clear();
}

void ProgressBar::show(std::string_view stage, std::uint64_t done, std::uint64_t total) {
    if (!terminal_) return;
    const auto now = std::chrono::steady_clock::now();
    if (drawn_ && stage_ == stage && now - last_ < pause_between_drawings) return;
    last_ = now;
    stage_ = stage;
    drawn_ = true;
    if (total == 0) {
        fmt::print(stderr, "\r\033[K{}  {}", stage, done);
    } else {
        const std::uint64_t share = std::min(done, total) * bar_width / total;
        fmt::print(stderr, "\r\033[K{:<10} [{:#<{}}{:.<{}}] {:3} %", stage, "", share, "", bar_width - share,
                   std::min(done, total) * 100 / total);
    }
    std::fflush(stderr);
}

void ProgressBar::clear() {
    if (drawn_) fmt::print(stderr, "\r\033[K");
    drawn_ = false;
}

}  // namespace regulars::server
