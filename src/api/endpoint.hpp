// An endpoint is a declaration: where it is, who may call it, what goes in and comes out, and the handler that turns
// the request into one use of the service. The registry (endpoints/registry.hpp) lists them all; router, OpenAPI and
// the tests read that list.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/http.hpp"
#include "api/limits.hpp"
#include "api/problem.hpp"
#include "api/schema.hpp"
#include "base/expected.hpp"
#include "service/service.hpp"

namespace regulars::api {

/// What a key may do; of enrol, read, write and admin each includes the ones before it. `none` needs no key, `member`
/// a token of the member that it is about (api/member_tokens.hpp), and no key will do. A key for enrol may stand in a
/// page or an app that everybody has.
enum class Scope : std::uint8_t { none, member, enrol, read, write, admin };

[[nodiscard]] std::string_view name_of(Scope scope);

/// One call of an endpoint: everything lives as long as the handler runs.
struct Call {
    const Request& request;
    service::Service& service;

    /// The part of the path that the template's n-th "{...}" stands for, decoded.
    [[nodiscard]] const std::string& path_value(std::size_t index) const { return request.path_values[index]; }
};

using Answer = expected<Response, Problem>;

/// Facts for the writer, and how its replies are told. `render` runs on the writer's thread and owns what it uses.
struct Prepared {
    std::vector<service::Command> commands;
    bool all_or_nothing = false;
    bool together = false;  ///< as in service::Request
    std::function<std::pair<std::int32_t, std::string>(const std::vector<service::Reply>&)> render;
};

/// Answers from memory, on the connection's own thread: must not wait.
struct AtOnce {
    Answer (*handle)(const Call&);
};
/// May wait for the database: runs on a worker.
struct FromStore {
    Answer (*handle)(const Call&);
};
/// Becomes commands; the answer comes when they are durable.
struct ByWriter {
    expected<Prepared, Problem> (*prepare)(const Call&);
    bool reads = false;  ///< `prepare` may wait for the database: it runs on a worker
};
/// Takes lines for as long as they come (stream.hpp).
struct Lines {};
/// Written by the server itself: what is known only there (keys, metrics, pages).
struct ByServer {
    enum class Page : std::uint8_t { landing, docs, docs_script, docs_style, problems, openapi, health,
                                     metrics, member_token, enrolment_code, enrolment };
    Page page;
};

using Handler = std::variant<AtOnce, FromStore, ByWriter, Lines, ByServer>;

/// Says whether the server takes requests; "no" from the moment it stops.
inline constexpr std::string_view ready_path = "/readyz";

struct Parameter {
    std::string_view name;
    Type type;
    Text about;
};

struct Endpoint {
    Method method;
    std::string_view path;   ///< "/v1/orders/{order_id}/paid"
    std::string_view group;  ///< heading in the documentation
    Scope scope;
    Text summary;
    Text about{};                        ///< may be empty
    std::vector<Parameter> path_parameters{};
    std::vector<Parameter> parameters{};   ///< of the query
    std::string_view input_type{};         ///< media type; empty: no body
    const Schema* input = nullptr;
    bool input_required = true;
    std::string_view input_example{};
    std::string_view output_type = "application/json";
    const Schema* output = nullptr;
    std::vector<int> statuses{200};      ///< of success
    std::size_t body_size_max = limits::body_size_max;
    Handler handler{};
};

}  // namespace regulars::api
