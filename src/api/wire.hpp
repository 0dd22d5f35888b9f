// The head of an answer as bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/http.hpp"

namespace regulars::api {

/// How an answer's body travels.
struct Framing {
    std::optional<std::uint64_t> content_length;  ///< nothing: chunked
    bool keep_alive = true;
};

/// Appends status line and header, the empty line included. `date` is an IMF-fixdate.
void append_head(std::string& out, const Response& response, const Framing& framing, std::string_view request_id,
                 std::string_view date);

/// "Sun, 06 Nov 1994 08:49:37 GMT" of seconds since the epoch.
[[nodiscard]] std::string http_date(std::int64_t seconds);

/// Appends one chunk of a chunked body; nothing for an empty one, which would end it.
void append_chunk(std::string& out, std::string_view body);
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

}  // namespace regulars::api
