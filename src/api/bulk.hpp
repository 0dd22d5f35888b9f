// Bulk: lines of NDJSON in, one NDJSON line of result for each out, in order.
//
//   in    one command of service/event_json.hpp a line; empty lines are skipped
//   out   {"line":N,"status":200,"member":"7","sequence":"3"}        applied; "duplicate" or "parked": true where so
//         {"line":N,"status":422,"code":"...","detail":"...", ...}   refused, with errors where the JSON is wrong
//         {"summary":{"lines":N,"applied":N,"duplicates":N,"parked":N,"refused":N,"complete":BOOL}}   the last line
//
// Lines are taken in chunks of bulk_chunk_lines, or fewer when they reach bulk_chunk_size_max bytes: each chunk
// is one request to the writer. With an idempotency key, chunk number C is kept under "KEY#C", so the same body sent
// again gets the same results. A chunk that the writer could not take as a whole is told in one line, with "last_line"
// beside "line".
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/problem.hpp"
#include "service/service.hpp"

namespace regulars::api {

struct BulkCounts {
    std::uint64_t lines = 0;
    std::uint64_t applied = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t parked = 0;
    std::uint64_t refused = 0;

    BulkCounts& operator+=(const BulkCounts& other);
};

struct BulkOptions {
    bool failures_only = false;  ///< results of lines that were refused only, and the summary
    std::string key;             ///< idempotency; empty: none
};

/// A chunk that is ready for the writer, or finished because no line of it is a command.
struct BulkChunk {
    std::uint64_t first_line = 0;
    std::uint64_t last_line = 0;
    std::uint64_t commands = 0;  ///< lines that are commands
    service::Request request;   ///< without its `answer`
    bool needs_writer = false;
    std::string finished;       ///< the chunk's answer when it needs no writer
};

/// Cuts a stream into chunks. One per request; not for use from several threads.
class BulkReader {
public:
    BulkReader(service::Service& service, BulkOptions options);
    ~BulkReader();
    BulkReader(const BulkReader&) = delete;
    BulkReader& operator=(const BulkReader&) = delete;

    /// Takes the next bytes of the body; false when a line is longer than bulk_line_size_max.
    [[nodiscard]] bool feed(std::string_view bytes);
    /// The next chunk, when there are lines for a whole one, or any at all at the end of the body.
    [[nodiscard]] std::optional<BulkChunk> next(bool at_end);
    /// The number of the last line that went into a chunk.
    [[nodiscard]] std::uint64_t lines_taken() const { return line_; }

private:
    [[nodiscard]] bool has_whole_chunk() const;

    service::Service& service_;
    BulkOptions options_;
    std::string text_;
    std::size_t start_ = 0;          ///< of what is not in a chunk yet
    std::size_t open_line_ = 0;      ///< where the line begins whose end has not come yet
    std::size_t lines_waiting_ = 0;  ///< whole lines after start_
    std::uint64_t line_ = 0;
    std::uint64_t chunk_ = 0;
};

/// Results of a chunk and its counts, out of the stored answer.
struct BulkAnswer {
    BulkCounts counts;
    std::string_view lines;
};
/// `answer` must outlive the result. Nothing when it is not a chunk's answer (a problem of the whole chunk).
[[nodiscard]] std::optional<BulkAnswer> read_bulk_answer(std::string_view answer);

/// The line for a chunk that was not taken as a whole, and its counts.
[[nodiscard]] std::string refused_chunk(const BulkChunk& chunk, const Problem& problem, BulkCounts& counts);

/// The last line. `complete` is false when the stream ended before its end.
[[nodiscard]] std::string bulk_summary(const BulkCounts& counts, bool complete, const Problem* problem);

}  // namespace regulars::api
