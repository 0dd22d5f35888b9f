#include "server/import_http.hpp"

#include <optional>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "service/event_json.hpp"

namespace regulars::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr std::size_t lines_per_request = 5'000;
/// Only failures come back, so an answer is far smaller than what was sent.
constexpr std::uint64_t answer_size_max = 64 << 20;

/// {"identity":{...},"create":true, and the event's own fields}
std::string line_of(const service::Command& command) {
    nlohmann::ordered_json target;
    if (const auto* id = std::get_if<MemberId>(&command.target)) {
        target["member"] = std::to_string(id->value);
    } else {
        const auto& identity = std::get<engine::Identity>(command.target);
        target["identity"] = {{"kind", identity.kind}, {"value", identity.value}};
        if (command.create_member) target["create"] = true;
    }
    std::string line = target.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    const std::string event = service::to_json(command.event);
    line.back() = ',';
    line.append(event, 1);
    return line + '\n';
}

/// One connection, made anew for each request: the server ends it with a bulk answer.
expected<http::response<http::string_body>, std::string> exchange(const HttpTarget& target, std::string lines) {
    asio::io_context io;
    beast::error_code error;
    asio::ip::tcp::resolver resolver(io);
    beast::tcp_stream stream(io);
    const auto places = resolver.resolve(target.host, target.port, error);
    if (!error) stream.connect(places, error);
    if (error)
        return unexpected(fmt::format("cannot reach http://{}:{}: {}. Check that the server runs there.", target.host,
                                      target.port, error.message()));
    http::request<http::string_body> request(http::verb::post, "/v1/bulk?results=failures", 11);
    request.set(http::field::host, target.host + ":" + target.port);
    request.set(http::field::content_type, "application/x-ndjson");
    if (!target.key.empty()) request.set(http::field::authorization, "Bearer " + target.key);
    request.body() = std::move(lines);
    request.prepare_payload();
    http::write(stream, request, error);
    // A server that refuses early closes while we still write; its answer says why.
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(answer_size_max);
    http::read(stream, buffer, parser, error);
    if (error && error != http::error::end_of_stream)
        return unexpected(fmt::format("the connection to http://{}:{} broke: {}. Sending everything again is safe.",
                                      target.host, target.port, error.message()));
    return parser.release();
}

std::optional<std::string> read_line(HttpImportReport& report, const nlohmann::json& line) {
    if (const auto summary = line.find("summary"); summary != line.end()) {
        report.applied += summary->value("applied", std::uint64_t{0});
        report.duplicates += summary->value("duplicates", std::uint64_t{0});
        report.parked += summary->value("parked", std::uint64_t{0});
        report.refused += summary->value("refused", std::uint64_t{0});
        if (summary->value("complete", false)) return std::nullopt;
        return "the server did not take everything; sending everything again is safe.";
    }
    ++report.refused_by_code[line.value("code", std::string("unknown"))];
    return std::nullopt;
}

/// Adds one answer to the report; a sentence when it is not the answer of a bulk request.
std::optional<std::string> read_answer(HttpImportReport& report, const http::response<http::string_body>& response) {
    if (response.result() != http::status::ok) {
        const auto problem = nlohmann::json::parse(response.body(), nullptr, false);
        if (!problem.is_object()) return fmt::format("the server answered {}.", response.result_int());
        return fmt::format("the server answered {}: {} {}", response.result_int(),
                           problem.value("detail", std::string()), problem.value("what_to_do", std::string()));
    }
    std::string_view rest = response.body();
    bool ended = false;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = nlohmann::json::parse(rest.substr(0, end), nullptr, false);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!line.is_object()) return "the server's answer is not NDJSON; is this a Regulars server?";
        if (auto failure = read_line(report, line)) return failure;
        ended = line.contains("summary");
    }
    if (!ended) return "the server's answer breaks off; sending everything again is safe.";
    return std::nullopt;
}

}  // namespace

expected<HttpTarget, std::string> parse_url(const std::string& url) {
    constexpr std::string_view scheme = "http://";
    const auto refuse = [&] {
        return unexpected(fmt::format("--url {} is not http://HOST:PORT.", url));
    };
    if (!url.starts_with(scheme)) return refuse();
    std::string place = url.substr(scheme.size());
    if (place.ends_with('/')) place.pop_back();
    if (place.empty() || place.find('/') != std::string::npos) return refuse();
    const auto colon = place.rfind(':');
    if (colon == std::string::npos) return HttpTarget{place, "80", {}};
    if (colon == 0 || colon + 1 == place.size()) return refuse();
    return HttpTarget{place.substr(0, colon), place.substr(colon + 1), {}};
}

expected<HttpImportReport, std::string> import_over_http(const HttpTarget& target, const service::NextCommand& next,
                                                         const std::function<void(std::uint64_t answered)>& progress) {
    HttpImportReport report;
    std::string lines;
    std::size_t waiting = 0;
    const auto send = [&]() -> std::optional<std::string> {
        auto response = exchange(target, std::exchange(lines, {}));
        waiting = 0;
        if (!response) return response.error();
        return read_answer(report, *response);
    };
    while (auto command = next()) {
        lines += line_of(*command);
        ++report.read;
        if (++waiting < lines_per_request) continue;
        if (auto failure = send()) return unexpected(std::move(*failure));
        progress(report.read);
    }
    if (waiting > 0)
        if (auto failure = send()) return unexpected(std::move(*failure));
    return report;
}

}  // namespace regulars::server
