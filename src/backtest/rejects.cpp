#include "backtest/rejects.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regulars::backtest {

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

namespace {

std::string row_text(std::uint64_t line, std::string_view reason, std::string_view message, std::string_view raw) {
    return fmt::format("{},{},{},{}\n", line, reason, csv_field(message), csv_field(raw));
}

}  // namespace

void Rejects::add(std::uint64_t line, std::string_view reason, std::string_view message, std::string_view raw) {
    note(reason);
    write(row_text(line, reason, message, raw));
}

void Rejects::add_late(std::uint64_t line, std::string_view reason, std::string_view message, std::string_view raw) {
    note(reason);
    late_.push_back({line, row_text(line, reason, message, raw)});
}

void Rejects::flush() {
    std::stable_sort(late_.begin(), late_.end(), [](const Late& a, const Late& b) { return a.line < b.line; });
    for (const Late& late : late_) write(late.text);
    late_.clear();
}

void Rejects::note(std::string_view reason) {
    ++count_;
    const auto found = reasons_.find(reason);
    if (found == reasons_.end())
        reasons_.emplace(reason, 1);
    else
        ++found->second;
}

void Rejects::write(std::string_view text) {
    if (!started_) write_("line,reason,message,row\n");
    started_ = true;
    write_(text);
}

}  // namespace regulars::backtest
