// The only place of the backtest that touches files.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "backtest/csv.hpp"
#include "base/expected.hpp"

namespace regulars::backtest {

/// A file to read from its start, plain or gzip (by its content); "-" is the standard input.
class InputFile {
public:
    static expected<InputFile, std::string> open(const std::string& path);
    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&& other) noexcept;
    ~InputFile();

    /// 0 at the end. A gzip file that breaks off is an error.
    [[nodiscard]] expected<std::size_t, std::string> read(std::span<char> place);
    /// Bytes of the file that have been taken so far, and in all; 0 when that cannot be known.
    [[nodiscard]] std::uint64_t bytes_done() const;
    [[nodiscard]] std::uint64_t bytes_total() const;

private:
    struct State;
    explicit InputFile(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// A whole small text file; an error when it is larger than `size_max`.
[[nodiscard]] expected<std::string, std::string> read_text(const std::string& path, std::size_t size_max);

/// A file to be written from its start; "-" is the standard output.
class OutputFile {
public:
    static expected<OutputFile, std::string> open(const std::string& path);
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&& other) noexcept;
    ~OutputFile();

    void write(std::string_view text);
    /// Says whether everything has been written.
    [[nodiscard]] expected<void, std::string> close();

private:
    struct State;
    explicit OutputFile(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Whether both name one file, so that what is written to one is lost to the other. Devices and "-" are nobody's.
[[nodiscard]] bool same_file(const std::string& a, const std::string& b);
/// The sentence that refuses to write to `path` because it is read as well.
[[nodiscard]] std::string overwriting(const std::string& path);

/// Where rejected rows go unless the caller names a file: "shop/orders.csv.gz" gives "shop/orders.rejects.csv"; the
/// same name in the current folder when that folder cannot be written to, "stdin.rejects.csv" for the standard input.
[[nodiscard]] std::string rejects_path(const std::string& orders_path);

}  // namespace regulars::backtest
