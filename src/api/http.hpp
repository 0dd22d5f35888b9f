// A request and its answer as values, free of the library that reads and writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.hpp"

namespace regulars::api {

enum class Method : std::uint8_t { get, head, post, options, other };

[[nodiscard]] std::string_view name_of(Method method);

/// One request whose header has been checked. Texts of the query are decoded and UTF-8.
struct Request {
    std::string id;      ///< for logs: the client's X-Request-Id, or one made here
    Method method = Method::get;
    std::string path;    ///< as sent, without the query
    std::string query;   ///< as sent
    std::vector<std::pair<std::string, std::string>> parameters;
    std::string content_type;     ///< lower case, without parameters
    std::string accept;
    std::string idempotency_key;  ///< empty: none
    std::string body;
    /// Parts of the path that the template left open, in its order.
    std::vector<std::string> path_values;

    /// Who asks: the id of the key that was shown ("open" without keys), or the member whose token it was.
    std::string key_id;
    MemberId member;
    /// The address that it comes from: the connection's other end, or what a proxy that is trusted says.
    std::string client;

    /// The value of a query parameter; nothing when it was not given.
    [[nodiscard]] std::optional<std::string_view> parameter(std::string_view parameter_name) const;
};

struct Response {
    int status = 200;
    std::string_view content_type = "application/json";
    std::string body;
    /// Beside Content-Type, Content-Length, Date and those of the connection.
    std::vector<std::pair<std::string_view, std::string>> headers;
};

/// "Not Found"; empty for a status that the API does not use.
[[nodiscard]] std::string_view phrase_of(int status);

/// Whether an Accept header (RFC 9110) takes `content_type`; an empty header takes everything.
[[nodiscard]] bool accepts(std::string_view accept, std::string_view content_type);

/// The media type alone, lower case: "application/json" of "Application/JSON; charset=utf-8".
[[nodiscard]] std::string media_type_of(std::string_view content_type);

/// Reads "a=1&b=2". Nothing when an escape is broken, the text is not UTF-8, or there are too many.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query);

}  // namespace regulars::api
