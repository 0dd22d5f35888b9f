#include "api/dispatch.hpp"

#include <algorithm>
#include <variant>

#include <sodium.h>

#include "api/endpoints/registry.hpp"
#include "api/input_hash.hpp"
#include "api/openapi.hpp"
#include "api/pages.hpp"
#include "base/check.hpp"
#include "base/nearest.hpp"

namespace regulars::api {

namespace {

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};

std::string quoted(std::string_view text) {
    return "'" + std::string(text.substr(0, 100)) + "'";
}

/// Whether a Host header names this machine's loopback.
bool is_loopback_host(std::string_view host) {
    if (host.starts_with('[')) return host.starts_with("[::1]");
    const std::string_view name = host.substr(0, host.rfind(':'));
    return name.empty() || name == "localhost" ||
           (name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string_view::npos);
}

std::optional<Problem> type_problem(const Endpoint& endpoint, const Request& request, bool content_encoded) {
    if (!accepts(request.accept, endpoint.output_type) && !accepts(request.accept, problem_media_type)) {
        Problem problem = problem_of(Fault::not_acceptable, "The Accept header takes none of the answer's types.");
        problem.found = endpoint.output_type;
        return problem;
    }
    if (endpoint.input_type.empty()) return std::nullopt;
    const bool yaml = endpoint.input_type == "application/yaml" &&
                      (request.content_type == "text/yaml" || request.content_type == "application/x-yaml");
    const bool untyped_and_empty = request.content_type.empty() && !endpoint.input_required;
    if (!content_encoded && (request.content_type == endpoint.input_type || yaml || untyped_and_empty))
        return std::nullopt;
    Problem problem = problem_of(Fault::unsupported_media_type,
                                 content_encoded ? "The body is compressed." : "The body has another type.");
    problem.expected = endpoint.input_type;
    problem.found = request.content_type.empty() ? "no Content-Type" : request.content_type;
    return problem;
}

/// A parameter that the endpoint does not have is a mistake, perhaps of spelling; it is never skipped.
std::optional<Problem> unknown_parameter(const Endpoint& endpoint,
                                         const std::vector<std::pair<std::string, std::string>>& given) {
    std::vector<std::string_view> known;
    std::string allowed;
    for (const Parameter& parameter : endpoint.parameters) {
        known.push_back(parameter.name);
        allowed += (allowed.empty() ? "" : ", ") + std::string(parameter.name);
    }
    for (const auto& [name, unused] : given) {
        if (std::ranges::find(known, name) != known.end()) continue;
        Problem problem = parameter_problem(name.substr(0, 100), "there is no such parameter here",
                                            allowed.empty() ? "no parameters" : allowed, name);
        problem.errors.front().suggestion = nearest(name, std::span<const std::string_view>(known)).value_or("");
        return problem;
    }
    return std::nullopt;
}

/// The problem that stands for a status which the writer's answer was rendered with.
Response rendered(std::int32_t status, std::string body, bool replayed) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    if (status >= 400) response.content_type = problem_media_type;
    if (status == 429 || status == 503) response.headers.emplace_back("Retry-After", "1");
    if (replayed) response.headers.emplace_back("Idempotency-Replayed", "true");
    return response;
}

Response response_of(Answer answer) {
    return answer ? std::move(*answer) : response_of(answer.error());
}

}  // namespace

Dispatcher::Dispatcher(service::Service& service, KeyRing keys, DispatchOptions options)
    : service_(service),
      options_(options),
      endpoints_(all_endpoints()),
      router_(endpoints_),
      metrics_(endpoints_),
      keys_(std::make_shared<const KeyRing>(std::move(keys))),
      workers_(options.workers, limits::reads_waiting_max) {
    check(sodium_init() >= 0, "libsodium starts");
}

Dispatcher::~Dispatcher() = default;

void Dispatcher::set_keys(KeyRing keys) {
    auto fresh = std::make_shared<const KeyRing>(std::move(keys));
    const std::lock_guard lock(keys_mutex_);
    keys_.swap(fresh);
}

Dispatcher::Gate Dispatcher::open(Request& request, const Credentials& credentials) const {
    const auto refuse = [](const Problem& problem) { return Gate{nullptr, response_of(problem)}; };
    Router::Found found = router_.find(request.method, request.path);
    if (found.malformed) return refuse(problem_of(Fault::malformed_target, "The path holds a broken escape."));
    if (found.allow.empty())
        return refuse(problem_of(Fault::route_not_found, "There is nothing at " + quoted(request.path) + "."));
    if (request.method == Method::options) {
        Gate gate;
        gate.refusal.status = 204;
        gate.refusal.headers.emplace_back("Allow", std::move(found.allow));
        return gate;
    }
    if (found.endpoint == nullptr) {
        Problem problem = problem_of(Fault::method_not_allowed, "This address does not take this method.");
        problem.expected = found.allow;
        problem.headers.emplace_back("Allow", std::move(found.allow));
        return refuse(problem);
    }
    if (const auto problem = key_problem(found.endpoint->scope, credentials)) return refuse(*problem);
    auto parameters = parse_query(request.query);
    if (!parameters) return refuse(problem_of(Fault::malformed_target, "The query cannot be read."));
    if (const auto problem = unknown_parameter(*found.endpoint, *parameters)) return refuse(*problem);
    if (const auto problem = type_problem(*found.endpoint, request, credentials.content_encoded))
        return refuse(*problem);
    request.parameters = std::move(*parameters);
    request.path_values = std::move(found.path_values);
    return {found.endpoint, {}};
}

std::optional<Problem> Dispatcher::key_problem(Scope scope, const Credentials& credentials) const {
    if (options_.open) {
        if (is_loopback_host(credentials.host)) return std::nullopt;
        return problem_of(Fault::forbidden, "This server takes requests for localhost only.");
    }
    if (scope == Scope::none) return std::nullopt;
    const auto refuse = [](std::string detail) {
        Problem problem = problem_of(Fault::unauthorised, std::move(detail));
        problem.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"regulars\"");
        return problem;
    };
    constexpr std::string_view scheme = "bearer ";
    const std::string_view given = credentials.authorization;
    if (given.empty()) return refuse("The request carries no API key.");
    const std::string name = media_type_of(given.substr(0, scheme.size() - 1));
    if (given.size() <= scheme.size() || name != scheme.substr(0, scheme.size() - 1))
        return refuse("The Authorization header is not 'Bearer KEY'.");
    std::shared_ptr<const KeyRing> keys;
    {
        const std::lock_guard lock(keys_mutex_);
        keys = keys_;
    }
    const ApiKey* key = keys->find(given.substr(scheme.size()));
    if (key == nullptr) return refuse("The API key is not known, or was revoked.");
    if (key->scope >= scope) return std::nullopt;
    Problem problem = problem_of(Fault::forbidden, "The API key's scope does not reach this far.");
    problem.expected = name_of(scope);
    problem.found = name_of(key->scope);
    return problem;
}

std::optional<Response> Dispatcher::handle(const Endpoint& endpoint, std::shared_ptr<const Request> request,
                                           Later later) {
    if (stopping_ && endpoint.path == ready_path)
        return response_of(problem_of(Fault::stopping, "The server is stopping."));
    if (request->body.empty() && endpoint.input != nullptr && endpoint.input_required)
        return response_of(problem_of(Fault::malformed_json, "The body is empty."));
    return std::visit(
        Overloaded{
            [&](const AtOnce& at_once) -> std::optional<Response> {
                return response_of(at_once.handle({*request, service_}));
            },
            [&](const FromStore& from_store) -> std::optional<Response> {
                return read(from_store.handle, std::move(request), std::move(later));
            },
            [&](const ByWriter& by_writer) { return submit(by_writer, *request, std::move(later)); },
            [&](const Lines&) -> std::optional<Response> { check_failed("lines are answered by the connection"); },
            [&](const ByServer& by_server) -> std::optional<Response> {
                return response_of(page(by_server.page, *request));
            },
        },
        endpoint.handler);
}

std::optional<Response> Dispatcher::submit(const ByWriter& by_writer, const Request& request, Later later) {
    auto prepared = by_writer.prepare({request, service_});
    if (!prepared) return response_of(prepared.error());
    service::Request commands;
    commands.commands = std::move(prepared->commands);
    commands.all_or_nothing = prepared->all_or_nothing;
    commands.render = std::move(prepared->render);
    if (!request.idempotency_key.empty()) {
        commands.key = request.idempotency_key;
        commands.input_hash = input_hash_of({name_of(request.method), request.path, request.query, request.body});
    }
    commands.answer = [later = std::move(later)](std::int32_t status, std::string body, bool replayed) {
        later(rendered(status, std::move(body), replayed));
    };
    if (service_.submit(commands)) return std::nullopt;
    const auto refusal = service_.accepts() ? service::Refusal::queue_full : service::Refusal::stopping;
    return response_of(problem_of(service::Refused{refusal, {}}));
}

std::optional<Response> Dispatcher::read(Answer (*answer)(const Call&), std::shared_ptr<const Request> request,
                                         Later later) {
    const bool taken = workers_.run([this, answer, request = std::move(request), later = std::move(later)] {
        later(response_of(answer({*request, service_})));
    });
    if (taken) return std::nullopt;
    return response_of(problem_of(Fault::too_many_requests, "Too many reads wait for the database."));
}

Answer Dispatcher::page(ByServer::Page page, const Request& request) {
    using Page = ByServer::Page;
    const bool chinese = request.parameter("language") == "zh";
    switch (page) {
        case Page::landing: return landing_page(chinese);
        case Page::docs: return docs_page(chinese);
        case Page::docs_script: return docs_script();
        case Page::docs_style: return docs_style();
        case Page::problems: return problems_page();
        case Page::openapi: return Response{200, "application/json", openapi_document(endpoints_, chinese), {}};
        case Page::health: return Response{200, "application/json", R"({"status":"up"})", {}};
        case Page::metrics:
            return Response{200, "text/plain; version=0.0.4", metrics_.text(service_.statistics()), {}};
    }
    check_failed("every page is written");
}

}  // namespace regulars::api
