#include "api/dispatch.hpp"

#include <algorithm>
#include <variant>

#include <sodium.h>

#include "api/endpoints/common.hpp"
#include "api/endpoints/registry.hpp"
#include "api/input_hash.hpp"
#include "api/json_writer.hpp"
#include "api/member_tokens.hpp"
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

/// A parameter that the endpoint does not have is a mistake, perhaps of spelling; it is never skipped. Nor is the
/// second of two that go by one name.
std::optional<Problem> wrong_parameter(const Endpoint& endpoint,
                                         const std::vector<std::pair<std::string, std::string>>& given) {
    std::vector<std::string_view> known;
    std::string allowed;
    for (const Parameter& parameter : endpoint.parameters) {
        known.push_back(parameter.name);
        allowed += (allowed.empty() ? "" : ", ") + std::string(parameter.name);
    }
    for (const auto& parameter : given) {
        const std::string& name = parameter.first;
        if (std::ranges::find(known, name) != known.end()) {
            const auto first = std::ranges::find(given, name, &std::pair<std::string, std::string>::first);
            if (&*first == &parameter) continue;
            return parameter_problem(name, "the parameter is there twice", "once", parameter.second);
        }
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

bool tells_of_wrong_code(std::string_view body) {
    return body.find("\"code_not_valid\"") != std::string_view::npos ||
           body.find("\"gift_not_found\"") != std::string_view::npos ||
           body.find("\"store_code_wrong\"") != std::string_view::npos;
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
      enrolment_(service, std::move(options_.send_code),
                 [this](JsonWriter& json, const Request& request, MemberId member) {
                     return write_token(json, request, member, token_minutes_default);
                 }),
      workers_(options.workers, limits::reads_waiting_max) {
    check(sodium_init() >= 0, "libsodium starts");
    open_secret_.resize(64);
    randombytes_buf(open_secret_.data(), open_secret_.size());
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
    if (const auto problem = key_problem(found.endpoint->scope, credentials, request)) return refuse(*problem);
    request.client = client_of(credentials);
    auto parameters = parse_query(request.query);
    if (!parameters) return refuse(problem_of(Fault::malformed_target, "The query cannot be read."));
    if (const auto problem = wrong_parameter(*found.endpoint, *parameters)) return refuse(*problem);
    if (const auto problem = type_problem(*found.endpoint, request, credentials.content_encoded))
        return refuse(*problem);
    request.parameters = std::move(*parameters);
    request.path_values = std::move(found.path_values);
    return {found.endpoint, {}};
}

namespace {

Problem unauthorised(std::string detail) {
    Problem problem = problem_of(Fault::unauthorised, std::move(detail));
    problem.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"regulars\"");
    return problem;
}

/// What follows "Bearer "; nothing when that is not what the header says.
std::optional<std::string_view> bearer_of(std::string_view authorization) {
    constexpr std::string_view scheme = "bearer ";
    const std::string name = media_type_of(authorization.substr(0, scheme.size() - 1));
    if (authorization.size() <= scheme.size() || name != scheme.substr(0, scheme.size() - 1)) return std::nullopt;
    return authorization.substr(scheme.size());
}

constexpr std::string_view open_key_id = "open";

}  // namespace

std::optional<Problem> Dispatcher::key_problem(Scope scope, const Credentials& credentials, Request& request) const {
    if (options_.open && !is_loopback_host(credentials.host))
        return problem_of(Fault::forbidden, "This server was started with --open and takes requests for localhost or "
                                             "127.0.0.1 only, and the Host header names another.");
    if (scope == Scope::none) return std::nullopt;
    const std::string_view given = credentials.authorization;
    const auto bearer = bearer_of(given);
    if (scope == Scope::member) {
        if (!bearer) return unauthorised("The request carries no member's token.");
        return token_problem(*bearer, request);
    }
    if (options_.open) {
        request.key_id = open_key_id;
        return std::nullopt;
    }
    if (given.empty()) return unauthorised("The request carries no API key.");
    if (!bearer) return unauthorised("The Authorization header is not 'Bearer KEY'.");
    std::shared_ptr<const KeyRing> keys;
    {
        const std::lock_guard lock(keys_mutex_);
        keys = keys_;
    }
    const ApiKey* key = keys->find(*bearer);
    if (key == nullptr) return unauthorised("The API key is not known, or was revoked.");
    request.key_id = key->id;
    if (key->scope >= scope) return std::nullopt;
    Problem problem = problem_of(Fault::forbidden, "The API key's scope does not reach this far.");
    problem.expected = name_of(scope);
    problem.found = name_of(key->scope);
    return problem;
}

// One answer for whatever is wrong, but for a token whose time is over.
std::optional<Problem> Dispatcher::token_problem(std::string_view token, Request& request) const {
    const auto read = read_token(token);
    const auto secret = read ? signing_secret(read->key_id) : std::nullopt;
    if (!secret || !is_signed(token, *secret)) return unauthorised("The member's token is not valid.");
    if (read->ends_at <= service_.now()) return unauthorised("The member's token has ended; ask for another.");
    request.member = read->member;
    return std::nullopt;
}

std::optional<std::string> Dispatcher::signing_secret(std::string_view key_id) const {
    if (options_.open) return key_id == open_key_id ? std::optional(open_secret_) : std::nullopt;
    const std::lock_guard lock(keys_mutex_);
    const ApiKey* key = keys_->find_id(key_id);
    if (key == nullptr || key->scope == Scope::read) return std::nullopt;
    // Who holds a key for enrolment may be anybody, and knows what it hashes to.
    return key->scope == Scope::enrol ? key->token_secret : key->hash;
}

Answer Dispatcher::make_token(const Request& request) {
    const auto id = member_id_of(request.path_values[0], "id");
    if (!id) return unexpected(id.error());
    const auto minutes = service::parse_minutes(body_or_empty(request), token_minutes_default, token_minutes_max);
    if (!minutes) return unexpected(problem_of(minutes.error()));
    const auto found = service_.find(*id);
    if (!found) return unexpected(problem_of(found.error()));
    if (!*found) return unexpected(member_not_found(*id));
    Response response;
    response.status = 201;
    JsonWriter json(response.body);
    json.begin_object();
    if (!write_token(json, request, *id, *minutes))
        return unexpected(unauthorised("The API key is not known, or was revoked."));
    json.end_object();
    return response;
}

bool Dispatcher::write_token(JsonWriter& json, const Request& request, MemberId member, std::int64_t minutes) const {
    const auto secret = signing_secret(request.key_id);
    if (!secret) return false;
    constexpr std::int64_t ms_per_minute = 60 * ms_per_second;
    const std::int64_t end = (service_.now().ms + minutes * ms_per_minute) / ms_per_second * ms_per_second;
    json.field("token", sign({request.key_id, member, Instant{end}}, *secret));
    json.field("ends_at", Instant{end});
    return true;
}

// A proxy appends the address that it was called from; what stands before that, anybody may have written.
std::string Dispatcher::client_of(const Credentials& credentials) const {
    if (!options_.trust_forwarded_for || credentials.forwarded_for.empty()) return std::string(credentials.peer);
    const std::string_view all = credentials.forwarded_for;
    std::string_view last = all.substr(all.rfind(',') + 1);
    last.remove_prefix(std::min(last.find_first_not_of(' '), last.size()));
    return std::string(last.substr(0, last.find_last_not_of(' ') + 1));
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
                return at_once_for(at_once, *request);
            },
            [&](const FromStore& from_store) -> std::optional<Response> {
                return later_from_worker(
                    [this, answer = from_store.handle](const Request& asked) { return answer({asked, service_}); },
                    std::move(request), std::move(later));
            },
            [&](const ByWriter& by_writer) {
                return by_writer.reads ? submit_from_worker(by_writer, std::move(request), std::move(later))
                                       : submit(by_writer, *request, std::move(later));
            },
            [&](const Lines&) -> std::optional<Response> { check_failed("lines are answered by the connection"); },
            [&](const ByServer& by_server) -> std::optional<Response> {
                const bool waits = by_server.page == ByServer::Page::member_token ||
                                   by_server.page == ByServer::Page::enrolment_code ||
                                   by_server.page == ByServer::Page::enrolment;
                if (!waits) return response_of(page(by_server.page, *request));
                return later_from_worker(
                    [this, which = by_server.page](const Request& asked) { return page(which, asked); },
                    std::move(request), std::move(later));
            },
        },
        endpoint.handler);
}

// A quote tells whether a code is a coupon's, so it counts as a guess as well.
Response Dispatcher::at_once_for(const AtOnce& at_once, const Request& request) {
    const bool by_member = request.member != MemberId();
    if (by_member && !guesses_->may_try(request.member, service_.now()))
        return response_of(problem_of(Fault::too_many_requests, "Too many wrong codes: wait an hour."));
    Response response = response_of(at_once.handle({request, service_}));
    if (by_member && tells_of_wrong_code(response.body)) guesses_->was_wrong(request.member, service_.now());
    return response;
}

std::optional<Response> Dispatcher::submit(const ByWriter& by_writer, const Request& request, Later later) {
    const bool by_member = request.member != MemberId();
    if (by_member && !guesses_->may_try(request.member, service_.now()))
        return response_of(problem_of(Fault::too_many_requests, "Too many wrong codes: wait an hour."));
    auto prepared = by_writer.prepare({request, service_});
    if (!prepared) {
        Response response = response_of(prepared.error());
        if (by_member && tells_of_wrong_code(response.body)) guesses_->was_wrong(request.member, service_.now());
        return response;
    }
    service::Request commands;
    commands.commands = std::move(prepared->commands);
    commands.all_or_nothing = prepared->all_or_nothing;
    commands.together = prepared->together;
    commands.render = std::move(prepared->render);
    if (!request.idempotency_key.empty()) {
        // A member's keys are their own: they never meet those of the shop or of another member.
        commands.key = (by_member ? "member " + std::to_string(request.member.value) + " " : "") +
                       request.idempotency_key;
        commands.input_hash = input_hash_of({name_of(request.method), request.path, request.query, request.body});
    }
    commands.answer = [later = std::move(later), guesses = guesses_, member = request.member, now = service_.now()](
                          std::int32_t status, std::string body, bool replayed) {
        if (member != MemberId() && status >= 400 && tells_of_wrong_code(body)) guesses->was_wrong(member, now);
        later(rendered(status, std::move(body), replayed));
    };
    if (service_.submit(commands)) return std::nullopt;
    const auto refusal = service_.accepts() ? service::Refusal::queue_full : service::Refusal::stopping;
    return response_of(problem_of(service::Refused{refusal, {}}));
}

std::optional<Response> Dispatcher::submit_from_worker(const ByWriter& by_writer,
                                                       std::shared_ptr<const Request> request, Later later) {
    const bool taken = workers_.run([this, by_writer, request = std::move(request), later = std::move(later)] {
        if (auto response = submit(by_writer, *request, later)) later(std::move(*response));
    });
    if (taken) return std::nullopt;
    return response_of(problem_of(Fault::too_many_requests, "Too many reads wait for the database."));
}

std::optional<Response> Dispatcher::later_from_worker(std::function<Answer(const Request&)> answer,
                                                      std::shared_ptr<const Request> request, Later later) {
    const bool taken = workers_.run([answer = std::move(answer), request = std::move(request),
                                     later = std::move(later)] { later(response_of(answer(*request))); });
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
        case Page::member_token: return make_token(request);
        case Page::enrolment_code: return enrolment_.ask(request);
        case Page::enrolment: return enrolment_.enrol(request);
        case Page::metrics:
            return Response{200, "text/plain; version=0.0.4", metrics_.text(service_.statistics()), {}};
    }
    check_failed("every page is written");
}

}  // namespace regulars::api
