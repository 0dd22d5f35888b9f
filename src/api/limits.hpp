// Sizes and waits of the HTTP edge. Each is checked before memory is taken or time is spent.
#pragma once

#include <chrono>
#include <cstddef>

namespace regulars::api::limits {

inline constexpr std::size_t header_size_max = 16 << 10;
inline constexpr std::size_t target_size_max = 4 << 10;
inline constexpr std::size_t query_parameters_max = 16;
/// One JSON document.
inline constexpr std::size_t body_size_max = 1 << 20;
/// A stream of lines, never in memory as a whole.
inline constexpr std::size_t bulk_size_max = 64 << 20;
inline constexpr std::size_t bulk_line_size_max = 1 << 20;
/// Lines that are submitted together; with an idempotency key also what is stored and given again together.
inline constexpr std::size_t bulk_chunk_lines = 500;
inline constexpr std::size_t bulk_chunk_size_max = 2 << 20;
/// Chunks on their way through the writer while the next one is read.
inline constexpr std::size_t bulk_chunks_ahead = 3;
inline constexpr std::size_t json_depth_max = 16;
inline constexpr std::size_t page_size_max = 500;
inline constexpr std::size_t page_size_default = 100;
inline constexpr std::size_t key_size_max = 255;
inline constexpr std::size_t request_id_size_max = 64;
inline constexpr std::size_t api_keys_max = 1'000;
inline constexpr std::size_t connections_max = 4'096;
/// Reads of the database that wait for a worker.
inline constexpr std::size_t reads_waiting_max = 1'024;

/// A connection on which nothing is asked.
inline constexpr std::chrono::seconds idle_wait{75};
/// From a request's first byte to the end of its header.
inline constexpr std::chrono::seconds header_wait{10};
/// For one body, or for the next part of a stream.
inline constexpr std::chrono::seconds body_wait{30};
/// For the client to take what is written.
inline constexpr std::chrono::seconds write_wait{30};
/// For the service's answer.
inline constexpr std::chrono::seconds answer_wait{30};
/// For connections to end when the server stops.
inline constexpr std::chrono::seconds stop_wait{30};
/// Until a revoked or new API key is noticed.
inline constexpr std::chrono::seconds keys_refresh{5};

}  // namespace regulars::api::limits
