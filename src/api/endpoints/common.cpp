#include "api/endpoints/common.hpp"

#include <charconv>
#include <utility>

#include "api/endpoints/write.hpp"
#include "api/json_writer.hpp"
#include "base/id_text.hpp"
#include "service/identities.hpp"

namespace regulars::api {

namespace {

std::optional<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

expected<MemberId, Problem> member_id_of(std::string_view text, std::string_view parameter) {
    if (const auto id = parse_member_id(text)) return *id;
    return unexpected(parameter_problem(parameter, "this is not a member's id", "a whole number from 1 on", text));
}

expected<engine::Identity, Problem> identity_of(std::string_view text, const programme::IdentityPolicy& policy) {
    const bool two_parts = text.starts_with("customer:") || text.starts_with("openid:");
    const auto colon = text.find(':', two_parts ? text.find(':') + 1 : 0);
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size())
        return unexpected(parameter_problem("identity", "this is not an identity", "KIND:VALUE, for example "
                                            "phone:+8613800138000 or customer:web:17850", text));
    engine::Identity identity{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
    if (const auto problem = service::normalise(identity, policy))
        return unexpected(parameter_problem("identity", problem->message, problem->allowed, text));
    return identity;
}

expected<std::optional<service::Target>, Problem> target_of(const Request& request,
                                                           const programme::IdentityPolicy& policy) {
    const auto member = request.parameter("member");
    const auto identity = request.parameter("identity");
    if (member && identity)
        return unexpected(
            parameter_problem("identity", "member and identity are both given", "one of them", *identity));
    if (member) {
        const auto id = member_id_of(*member, "member");
        if (!id) return unexpected(id.error());
        return std::optional<service::Target>(*id);
    }
    if (identity) {
        auto found = identity_of(*identity, policy);
        if (!found) return unexpected(found.error());
        return std::optional<service::Target>(std::move(*found));
    }
    return std::optional<service::Target>();
}

expected<std::size_t, Problem> page_limit(const Request& request) {
    const auto text = request.parameter("limit");
    if (!text) return limits::page_size_default;
    const auto number = number_of(*text);
    if (number && *number >= 1 && *number <= limits::page_size_max) return static_cast<std::size_t>(*number);
    return unexpected(parameter_problem("limit", "this is not a page's size",
                                        "1 to " + std::to_string(limits::page_size_max), *text));
}

expected<std::uint64_t, Problem> page_after(const Request& request) {
    const auto text = request.parameter("after");
    if (!text) return std::uint64_t{0};
    const auto number = number_of(*text);
    if (number && *number <= static_cast<std::uint64_t>(INT64_MAX)) return *number;
    return unexpected(parameter_problem("after", "this is not a place in the list", "the 'next' of the page before",
                                        *text));
}

std::string_view body_or_empty(const Request& request) {
    return request.body.empty() ? std::string_view("{}") : std::string_view(request.body);
}

std::string body_with(const Request& request, std::string_view name, const std::string& value) {
    std::string body(body_or_empty(request));
    const auto brace = body.find('{');
    if (brace == std::string::npos) return body;
    const bool is_empty = body.find_first_not_of(" \t\r\n", brace + 1) == body.find('}', brace + 1);
    std::string field = '"' + std::string(name) + "\":";
    append_json_text(field, value);
    body.insert(brace + 1, field + (is_empty ? "" : ","));
    return body;
}

expected<Prepared, Problem> prepare_event(const Call& call, service::Given given) {
    return prepare_event(call, std::move(given), body_or_empty(call.request));
}

expected<Prepared, Problem> prepare_event(const Call& call, service::Given given, std::string_view body) {
    const auto programmes = call.service.programmes();
    given.identities = &programmes->current().identity;
    if (!given.target) {
        auto target = target_of(call.request, *given.identities);
        if (!target) return unexpected(target.error());
        given.target = std::move(*target);
    }
    if (!given.at) given.at = call.service.now();
    auto command = service::parse_command(body, programmes->current().zone, given);
    if (!command) return unexpected(problem_of(command.error()));
    Prepared prepared;
    prepared.commands.push_back(std::move(*command));
    prepared.render = [programmes](const std::vector<service::Reply>& replies) {
        return render_reply(replies.front(), programmes->current());
    };
    return prepared;
}

expected<Prepared, Problem> prepare_member_event(const Call& call, std::string_view type) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    service::Given given;
    given.type = type;
    given.target = *id;
    given.now_only = call.request.member != MemberId();
    return prepare_event(call, std::move(given));
}

std::pair<std::int32_t, std::string> render_reply(const service::Reply& reply, const programme::Programme& programme) {
    if (!reply) {
        const Problem problem = problem_of(reply.error());
        return {problem.row->status, text_of(problem)};
    }
    std::string body;
    JsonWriter json(body);
    write_done(json, *reply, programme);
    return {reply->duplicate ? 200 : reply->parked ? 202 : 201, std::move(body)};
}

Problem input_problem(std::string pointer, std::string detail, std::string expected) {
    Problem problem = problem_of(Fault::invalid_input, (pointer.empty() ? "" : pointer + ": ") + detail + ".");
    problem.errors.push_back({std::move(pointer), std::move(detail), std::move(expected), {}, {}});
    return problem;
}

Problem member_not_found(const service::Target& target) {
    if (const auto* id = std::get_if<MemberId>(&target))
        return problem_of(Fault::member_not_found, "There is no member " + std::to_string(id->value) + ".");
    return problem_of(Fault::member_not_found, "There is no member with this identity.");
}

expected<MemberId, Problem> member_of(const Call& call) {
    if (call.request.member != MemberId()) return call.request.member;
    return member_id_of(call.path_value(0), "id");
}

std::optional<Problem> nobody(const Call& call, MemberId id, bool list_is_empty) {
    if (!list_is_empty) return std::nullopt;
    const auto found = call.service.find(id);
    if (!found) return problem_of(found.error());
    return *found ? std::nullopt : std::optional(member_not_found(id));
}

expected<service::MemberView, Problem> view_of(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    auto found = call.service.find(*id);
    if (!found) return unexpected(problem_of(found.error()));
    if (!*found) return unexpected(member_not_found(*id));
    return std::move(**found);
}

Parameter member_path_parameter() {
    return {"id", Type::id, {"The member's id.", "会员编号。"}};
}

std::vector<Parameter> page_parameters() {
    return {{"after", Type::text, {"The 'next' of the page before; the first page when left out.",
                                   "上一页的 next；不填为第一页。"}},
            {"limit", Type::integer, {"1 to 500; 100 when left out.", "1 到 500，默认 100。"}}};
}

std::vector<Parameter> target_parameters() {
    return {{"member", Type::id, {"The member's id, if the body does not name one.", "会员编号（请求体未写明时）。"}},
            {"identity", Type::text, {"KIND:VALUE, if the body does not name the member.", "KIND:VALUE（请求体未写明会员时）。"}}};
}

Endpoint member_write(std::string_view path, std::string_view group, Text summary, Text about, const Schema& input,
                      std::string_view example, expected<Prepared, Problem> (*prepare)(const Call&)) {
    return {.method = Method::post,
            .path = path,
            .group = group,
            .scope = Scope::write,
            .summary = summary,
            .about = about,
            .path_parameters = {member_path_parameter()},
            .input_type = "application/json",
            .input = &input,
            .input_example = example,
            .output = &schemas::done,
            .statuses = {201, 200},
            .handler = ByWriter{prepare}};
}

}  // namespace regulars::api
