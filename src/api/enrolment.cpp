#include "api/enrolment.hpp"

#include <arpa/inet.h>

#include <utility>

#include "api/endpoints/common.hpp"
#include "api/json_writer.hpp"
#include "api/waiting.hpp"
#include "base/unique_code.hpp"
#include "service/enrolment_json.hpp"
#include "service/one_time_codes.hpp"

namespace regulars::api {

namespace {

Problem too_often() {
    Problem problem = problem_of(Fault::too_many_requests, "Too many codes or tries for this address, or from here.");
    problem.headers.emplace_back("Retry-After", "60");
    return problem;
}

std::optional<Problem> problem_of_verdict(const service::Stored<service::CodeVerdict>& verdict) {
    using service::CodeVerdict;
    if (!verdict) return problem_of(verdict.error());
    if (*verdict == CodeVerdict::too_often) return too_often();
    if (*verdict == CodeVerdict::wrong) return problem_of(Fault::one_time_code_not_valid, "This code does not work.");
    return std::nullopt;
}

}  // namespace

void add_scanned(engine::Registered& told, const service::EnrolmentCode& code) {
    told.code = shown_unique_code(code.code);
    told.source = code.kind;
    if (!code.channel.empty()) told.channel = code.channel;
    if (!code.store.empty()) told.store = code.store;
    if (!code.staff.empty()) told.staff = code.staff;
    if (code.member != MemberId()) told.inviter = std::to_string(code.member.value);
}

namespace {

std::vector<service::Command> commands_of(const service::Enrolling& enrolling, Instant now) {
    const service::Target target(enrolling.address);
    std::vector<service::Command> commands;
    commands.push_back({target, {now, enrolling.told}, true, false});
    commands.push_back({target, {now, engine::IdentityLinked{enrolling.address.kind, enrolling.address.value}}});
    if (enrolling.name) {
        engine::ProfileChanged profile;
        profile.name = enrolling.name;
        commands.push_back({target, {now, std::move(profile)}});
    }
    return commands;
}

}  // namespace

Answer Enrolment::ask(const Request& request) const {
    const auto programmes = service_.programmes();
    auto asked = service::parse_code_request(request.body, programmes->current().identity);
    if (!asked) return unexpected(problem_of(asked.error()));
    if (!send_code_) return unexpected(problem_of(Fault::codes_not_sent, "This server sends no one-time codes."));
    const std::string code = service::random_digits();
    const auto verdict = service_.ask_code(
        {asked->address, asked->purpose, place_of(request.client), code, service::random_salt()});
    if (auto problem = problem_of_verdict(verdict)) return unexpected(std::move(*problem));
    send_code_({asked->address.kind, asked->address.value, code, asked->purpose});
    Response response;
    response.status = 202;
    JsonWriter json(response.body);
    json.begin_object();
    json.field("digits", std::int64_t{6});
    json.field("minutes", service::code_life_ms / (60 * ms_per_second));
    json.end_object();
    return response;
}

Answer Enrolment::enrol(const Request& request) const {
    const auto programmes = service_.programmes();
    auto enrolling = service::parse_enrolment(request.body, programmes->current().identity);
    if (!enrolling) return unexpected(problem_of(enrolling.error()));
    const auto verdict = service_.try_code(
        {enrolling->address, enrolling->purpose, place_of(request.client), enrolling->code});
    if (auto problem = problem_of_verdict(verdict)) return unexpected(std::move(*problem));

    // From here on it is known to be their own address, and they may be told what it stands for.
    const service::Target target(enrolling->address);
    const auto found = service_.find(target);
    if (!found) return unexpected(problem_of(found.error()));
    if (enrolling->purpose == "sign_in")
        return *found ? answer(request, (*found)->member.id, false) : unexpected(member_not_found(target));
    // One that is not known changes nothing, and nobody is told; nor does a member's own.
    if (const auto scan = read_unique_code(enrolling->scan)) {
        const auto code = service_.find_enrolment_code(*scan);
        if (!code) return unexpected(problem_of(code.error()));
        const bool is_own = *code && *found && (*code)->member == (*found)->member.id;
        if (*code && !is_own) add_scanned(enrolling->told, **code);
    }
    const auto replies = submit_and_wait(service_, commands_of(*enrolling, service_.now()), true);
    if (!replies) return unexpected(replies.error());
    for (const service::Reply& reply : *replies)
        if (!reply) return unexpected(problem_of(reply.error()));
    return answer(request, replies->front()->member, replies->front()->created_member);
}

Answer Enrolment::answer(const Request& request, MemberId member, bool created) const {
    Response response;
    response.status = created ? 201 : 200;
    JsonWriter json(response.body);
    json.begin_object();
    json.id_field("member", member.value);
    json.field("created_member", created);
    if (!write_token_(json, request, member))
        return unexpected(problem_of(Fault::unauthorised, "The API key is not known, or was revoked."));
    json.end_object();
    return response;
}

std::string place_of(std::string_view address) {
    const std::string text(address);
    in6_addr v6{};
    if (inet_pton(AF_INET6, text.c_str(), &v6) != 1 || IN6_IS_ADDR_V4MAPPED(&v6)) return text;
    constexpr std::size_t network_bytes = 8;
    for (std::size_t i = network_bytes; i < sizeof(v6.s6_addr); ++i) v6.s6_addr[i] = 0;
    char network[INET6_ADDRSTRLEN];
    return std::string(inet_ntop(AF_INET6, &v6, network, sizeof(network))) + "/64";
}

}  // namespace regulars::api
