// A history sent to a running server through its bulk endpoint.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "base/expected.hpp"
#include "service/import.hpp"

namespace regulars::server {

struct HttpTarget {
    std::string host;
    std::string port;
    std::string key;  ///< API key; empty: none is sent
};

/// "http://HOST[:PORT]", and nothing else after it but "/". The failure is a sentence.
[[nodiscard]] expected<HttpTarget, std::string> parse_url(const std::string& url);

struct HttpImportReport {
    std::uint64_t read = 0;
    std::uint64_t applied = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t parked = 0;
    std::uint64_t refused = 0;
    std::map<std::string, std::uint64_t> refused_by_code;
};

/// Sends all commands, in requests of some thousand lines, one after another on one connection. The failure is a
/// sentence; what was answered before is kept by the server, and sending everything again is safe.
[[nodiscard]] expected<HttpImportReport, std::string> import_over_http(
    const HttpTarget& target, const service::NextCommand& next,
    const std::function<void(std::uint64_t answered)>& progress);

}  // namespace regulars::server
