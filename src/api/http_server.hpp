// The HTTP server: accepts connections, spreads them over its I/O threads, and ends in good order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "api/dispatch.hpp"

namespace regulars::api {

struct ServerOptions {
    std::string host = "127.0.0.1";  ///< an address, not a name
    std::uint16_t port = 8080;       ///< 0: any that is free
    std::size_t threads = 2;
    /// Nobody needs a key; refused for an address that is not loopback.
    bool open = false;
    /// Every request in the log, not only those that failed or were slow.
    bool log_requests = false;
    /// Sends one-time codes for enrolment; empty: there are none.
    SendCode send_code{};
    bool trust_forwarded_for = false;
    /// Reads the setting `api_keys_setting`: at start, and every keys_refresh. Empty function: there are no keys.
    std::function<service::Stored<std::optional<std::string>>()> load_keys;
};

class HttpServer {
public:
    /// Listens and serves. The failure is one sentence for the operator: a port in use, an address that is not this
    /// machine's, or no key where one is needed. `service` outlives the server.
    static expected<std::unique_ptr<HttpServer>, std::string> start(ServerOptions options, service::Service& service);
    /// Stops first, if nobody did.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Takes no more connections, answers every request that has begun, then returns; after stop_wait at the latest.
    void stop();

private:
    struct Parts;
    explicit HttpServer(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// "127.0.0.1:8080", "[::1]:8080", ":8080" or "8080" (then on 127.0.0.1). Nothing when it is none of these.
struct HostPort {
    std::string host;
    std::uint16_t port = 0;
    friend bool operator==(const HostPort&, const HostPort&) = default;
};
[[nodiscard]] std::optional<HostPort> parse_host_port(std::string_view text);

}  // namespace regulars::api
