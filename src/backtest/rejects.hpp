// Rows that cannot be used are written down with their line and the reason, so that nothing is dropped silently:
//
//   line,reason,message,row        reason is a stable word, message a sentence, row the text as it stands in the file
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace regulars::backtest {

/// A field of a CSV file, quoted if it must be.
[[nodiscard]] std::string csv_field(std::string_view text);

class Rejects {
public:
    /// Called with whole lines; the first is the header. Not called at all while nothing is rejected.
    using Write = std::function<void(std::string_view)>;

    explicit Rejects(Write write) : write_(std::move(write)) {}

    /// Written at once: for rows refused while the file is read, in file order.
    void add(std::uint64_t line, std::string_view reason, std::string_view message, std::string_view raw);
    /// Written by `flush`, in file order: for rows that turn out to be unusable later.
    void add_late(std::uint64_t line, std::string_view reason, std::string_view message, std::string_view raw);
    void flush();

    [[nodiscard]] std::uint64_t count() const { return count_; }
    /// How often each reason was given, late ones included.
    [[nodiscard]] const std::map<std::string, std::uint64_t, std::less<>>& reasons() const { return reasons_; }

private:
    struct Late {
        std::uint64_t line;
        std::string text;
    };
    void note(std::string_view reason);
    void write(std::string_view text);

    Write write_;
    bool started_ = false;
    std::uint64_t count_ = 0;
    std::map<std::string, std::uint64_t, std::less<>> reasons_;
    std::vector<Late> late_;
};

}  // namespace regulars::backtest
