// A CSV reader that never holds more than one stretch of the file, knows the line of every record and goes on after a
// bad one. Grammar (RFC 4180, read generously):
//
//   file    = [BOM] record *(newline record) [newline]      newline = LF / CR LF
//   record  = field *("," field)                            empty lines are not records
//   field   = plain / quoted                                blanks around a plain field are not part of it
//   plain   = text without comma and newline                a quote inside is an ordinary character
//   quoted  = DQUOTE *(text / "," / newline / 2DQUOTE) DQUOTE
//
// A quote that is not closed within the largest record spoils only the line that it stands in: reading goes on with
// the line after.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"

namespace regulars::backtest {

/// Fills the span from its start and says how much; 0 at the end of the input. The error is a sentence.
using ReadChunk = std::function<expected<std::size_t, std::string>(std::span<char>)>;

enum class RecordFault : std::uint8_t {
    none,
    quote_not_closed,
    text_after_quote,  ///< "ab"c
    too_long,
    too_many_fields,
};

/// One record. The views hold until the next one is read.
struct Record {
    std::uint64_t line = 0;  ///< of its first character, from 1
    std::string_view raw;    ///< as it stands in the file, without the newline
    std::span<const std::string_view> fields;
    RecordFault fault = RecordFault::none;  ///< with a fault there are no fields
};

class CsvReader {
public:
    static constexpr std::size_t record_size_max = 64 * 1024;
    static constexpr std::size_t fields_max = 1024;

    explicit CsvReader(ReadChunk read);

    /// The next record; false at the end, or when reading failed.
    [[nodiscard]] bool next(Record& record);
    /// What went wrong when `next` ended early.
    [[nodiscard]] const std::optional<std::string>& failure() const { return failure_; }
    /// The first bytes are those of UTF-16: a spreadsheet's "Unicode text".
    [[nodiscard]] bool is_utf16() const { return utf16_; }

private:
    enum class Scan : std::uint8_t { complete, more };

    [[nodiscard]] bool fill();
    void start();
    [[nodiscard]] Scan scan(RecordFault& fault);
    [[nodiscard]] Scan scan_quoted(const char*& at, RecordFault& fault);
    [[nodiscard]] Scan bad(RecordFault found, RecordFault& fault);
    void add_plain(const char* first, const char* last);
    void finish(Record& record, RecordFault fault);

    ReadChunk read_;
    std::vector<char> buffer_;
    const char* at_ = nullptr;      ///< start of the record that is next
    const char* limit_ = nullptr;   ///< end of what has been read; a newline stands there as a sentinel
    const char* end_ = nullptr;     ///< one past the record's text, newline not included
    const char* resume_ = nullptr;  ///< where the record after it starts
    bool at_end_ = false;
    bool started_ = false;
    bool utf16_ = false;
    std::uint64_t line_ = 1;
    std::uint64_t newlines_quoted_ = 0;
    std::vector<std::string_view> fields_;
    std::string unquoted_;  ///< holds fields with doubled quotes
    std::optional<std::string> failure_;
};

}  // namespace regulars::backtest
