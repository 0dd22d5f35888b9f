#include "api/wire.hpp"

#include <array>

#include <fmt/format.h>

#include "base/time.hpp"

namespace regulars::api {

namespace {

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

/// Bodies of problems, ledgers and members are not for caches or other origins' scripts to keep or guess at.
constexpr std::string_view fixed_fields =
    "Cache-Control: no-store\r\n"
    "X-Content-Type-Options: nosniff\r\n";

}  // namespace

void append_head(std::string& out, const Response& response, const Framing& framing, std::string_view request_id,
                 std::string_view date) {
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, phrase_of(response.status));
    append_field(out, "Date", date);
    if (!response.content_type.empty() && response.status != 204)
        append_field(out, "Content-Type", response.content_type);
    if (!framing.content_length) {
        append_field(out, "Transfer-Encoding", "chunked");
    } else if (response.status != 204) {
        fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", *framing.content_length);
    }
    if (!framing.keep_alive) append_field(out, "Connection", "close");
    append_field(out, "X-Request-Id", request_id);
    out += fixed_fields;
    for (const auto& [name, value] : response.headers) append_field(out, name, value);
    out += "\r\n";
}

std::string http_date(std::int64_t seconds) {
    static constexpr std::array<std::string_view, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    constexpr std::int64_t seconds_per_day = 86'400;
    const LocalDate date{static_cast<std::int32_t>(seconds / seconds_per_day)};
    const std::int64_t of_day = seconds % seconds_per_day;
    const YearMonthDay parts = parts_of(date);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(weekday_of(date) - 1)],
                       parts.day, months[static_cast<std::size_t>(parts.month - 1)], parts.year, of_day / 3600,
                       of_day / 60 % 60, of_day % 60);
}

void append_chunk(std::string& out, std::string_view body) {
    if (body.empty()) return;
    fmt::format_to(std::back_inserter(out), "{:x}\r\n", body.size());
    out += body;
    out += "\r\n";
}

}  // namespace regulars::api
