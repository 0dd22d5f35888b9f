// Talking to the person at the terminal: errors, and a bar for what takes long.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace regulars::server {

/// "regulars: MESSAGE" on standard error.
void print_error(std::string_view message);

/// A bar on standard error, only where that is a terminal; nothing anywhere else.
class ProgressBar {
public:
    ProgressBar();
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// `total` is 0 where it is not known. Drawn at most ten times a second.
    void show(std::string_view stage, std::uint64_t done, std::uint64_t total);
    /// Takes the bar away.
    void clear();

private:
    bool terminal_;
    bool drawn_ = false;
    std::string stage_;
    std::chrono::steady_clock::time_point last_;
};

}  // namespace regulars::server
