// A small HTTP client that can also send what no honest client would.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace regulars::api {

struct Told {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;                            ///< chunks joined
    bool whole = false;                          ///< false when the connection ended inside it

    [[nodiscard]] nlohmann::json json() const;
    [[nodiscard]] std::string code() const;  ///< of a problem; empty for anything else
    [[nodiscard]] std::string header(const std::string& name) const;
    /// Of an NDJSON body.
    [[nodiscard]] std::vector<nlohmann::json> lines() const;
};

struct Ask {
    std::string method = "GET";
    std::string target = "/";
    std::string body = {};
    std::vector<std::string> headers = {};  ///< "Name: value"
    std::string content_type = "application/json";
};

/// The bytes of a request, with Host, Content-Type and Content-Length as they should be.
[[nodiscard]] std::string bytes_of(const Ask& ask);

/// One connection. Every wait ends after some seconds, and then the test fails by what it finds.
class Client {
public:
    explicit Client(std::uint16_t port);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    Told ask(const Ask& request);
    [[nodiscard]] Told get(const std::string& target) { return ask({"GET", target}); }
    Told post(const std::string& target, const std::string& body, std::vector<std::string> headers = {}) {
        return ask({"POST", target, body, std::move(headers)});
    }
    void write(std::string_view bytes);
    /// The next answer; `without_body` for HEAD.
    [[nodiscard]] Told read(bool without_body = false);
    /// Whether the server has ended the connection, waiting for that.
    [[nodiscard]] bool is_ended();
    /// Says that nothing more will be sent.
    void finish_writing();

private:
    bool fill();
    std::string take_line();
    std::string take(std::size_t size);

    int socket_ = -1;
    std::string buffer_;
    bool ended_ = false;
};

}  // namespace regulars::api
