// What is told about a member: registration, profile, identities, consents.
//
// POST /v1/members registers, or completes the one who has the first identity already: told twice, it changes nothing.
// It is several facts at once (registered, identity_linked, profile_changed), taken apart here and read by the one
// reader of events, so that every field is checked in one place.
#include <simdjson.h>

#include "api/endpoints/common.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "api/enrolment.hpp"
#include "base/unique_code.hpp"
#include "service/json_fault.hpp"

namespace regulars::api {

namespace {

constexpr std::size_t identities_max = 20;

/// The parts of the body, each as JSON of its own.
struct NewMemberParts {
    std::string registration = "{";  ///< everything but the two below
    std::vector<std::string> identities;
    std::string profile;
    bool has_identities = false;
};

/// The value is JSON already.
void append_field(std::string& object, std::string_view name, const std::string& value) {
    JsonWriter(object).text(name);
    object += ':';
    object += value;
}

expected<NewMemberParts, Problem> take_apart(const std::string& body) {
    simdjson::dom::parser parser(limits::body_size_max + simdjson::SIMDJSON_PADDING);
    NewMemberParts parts;
    simdjson::dom::element root;
    simdjson::error_code error = parser.allocate(body.size() + 1, limits::json_depth_max);
    if (error == simdjson::SUCCESS) error = parser.parse(body.data(), body.size()).get(root);
    if (error == simdjson::DEPTH_ERROR) return unexpected(input_problem("", "this is nested too deeply", "16 levels"));
    if (error != simdjson::SUCCESS)
        return unexpected(problem_of(Fault::malformed_json,
                                     "this is not JSON: " + service::place_of_json_fault(body) + "."));
    simdjson::dom::object object;
    if (root.get_object().get(object) != simdjson::SUCCESS)
        return unexpected(input_problem("", "this must be an object", "an object"));
    for (const auto field : object) {
        if (field.key == "identities") {
            simdjson::dom::array array;
            if (parts.has_identities || field.value.get_array().get(array) != simdjson::SUCCESS)
                return unexpected(input_problem("/identities", "this must be one list", "a list of identities"));
            parts.has_identities = true;
            for (const auto item : array) parts.identities.push_back(simdjson::minify(item));
        } else if (field.key == "profile") {
            if (!parts.profile.empty())
                return unexpected(input_problem("/profile", "the field is there twice", "one profile"));
            parts.profile = simdjson::minify(field.value);
        } else {
            append_field(parts.registration, field.key, simdjson::minify(field.value));
        }
    }
    parts.registration += '}';
    return parts;
}

/// Reads one part as an event of its own; problems are told with the part's place before theirs.
expected<engine::Event, Problem> read_part(const std::string& json, const std::string& place, std::string_view type,
                                           Instant at, const programme::Programme& programme) {
    service::Given given;
    given.type = type;
    given.at = at;
    given.identities = &programme.identity;
    auto event = service::parse_event(json, programme.zone, given);
    if (event) return std::move(*event);
    for (service::JsonProblem& problem : event.error()) problem.pointer = place + problem.pointer;
    return unexpected(problem_of(event.error()));
}

/// The facts in order: registered, then the identities, then the profile.
expected<std::vector<engine::Event>, Problem> read_facts(const Call& call, const programme::Programme& programme) {
    const auto parts = take_apart(call.request.body);
    if (!parts) return unexpected(parts.error());
    auto registered = read_part(parts->registration, "", "registered", call.service.now(), programme);
    if (!registered) return unexpected(registered.error());
    // After the unknown fields, because one of them may be this one misspelt.
    if (parts->identities.empty() || parts->identities.size() > identities_max)
        return unexpected(input_problem("/identities", "there must be at least one identity, and not too many",
                                        "1 to " + std::to_string(identities_max) + " identities"));
    std::vector<engine::Event> facts{std::move(*registered)};
    const Instant at = facts.front().at;
    for (std::size_t index = 0; index < parts->identities.size(); ++index) {
        auto linked = read_part(parts->identities[index], "/identities/" + std::to_string(index), "identity_linked",
                                at, programme);
        if (!linked) return unexpected(linked.error());
        facts.push_back(std::move(*linked));
    }
    if (parts->profile.empty()) return facts;
    auto profile = read_part(parts->profile, "/profile", "profile_changed", at, programme);
    if (!profile) return unexpected(profile.error());
    facts.push_back(std::move(*profile));
    return facts;
}

/// The answer: the last reply tells the member's state, and the first refusal is the answer's.
std::pair<std::int32_t, std::string> render_registration(const std::vector<service::Reply>& replies,
                                                         const programme::Programme& programme) {
    service::Done whole;
    whole.duplicate = true;
    for (const service::Reply& reply : replies) {
        if (!reply) return render_reply(reply, programme);
        const service::Done& done = *reply;
        whole.member = done.member;
        if (done.sequence != 0) whole.sequence = done.sequence;
        whole.created_member = whole.created_member || done.created_member;
        whole.duplicate = whole.duplicate && done.duplicate;
        whole.tier = done.tier;
        whole.points_available = done.points_available;
        whole.points_pending = done.points_pending;
        whole.ledger.insert(whole.ledger.end(), done.ledger.begin(), done.ledger.end());
        whole.tier_changes.insert(whole.tier_changes.end(), done.tier_changes.begin(), done.tier_changes.end());
        whole.coupons.insert(whole.coupons.end(), done.coupons.begin(), done.coupons.end());
    }
    auto answer = render_reply(whole, programme);
    answer.first = whole.created_member ? 201 : 200;
    return answer;
}

/// What the scanned code stands for goes into the registration. A member's own says nothing of where they came from.
std::optional<Problem> look_up_scanned(const Call& call, engine::Registered& told, const service::Target& target) {
    if (told.code.empty()) return std::nullopt;
    const auto text = read_unique_code(told.code);
    const auto code = text ? call.service.find_enrolment_code(*text) : std::optional<service::EnrolmentCode>();
    if (!code) return problem_of(code.error());
    if (!*code)
        return problem_of(Fault::enrolment_code_not_found, "/code: there is no enrolment code '" + told.code + "'.");
    const auto known = call.service.find(target);
    if (!known) return problem_of(known.error());
    const bool is_own = *known && (*code)->member == (*known)->member.id;
    if (is_own) told.code.clear();
    else add_scanned(told, **code);
    return std::nullopt;
}

expected<Prepared, Problem> register_member(const Call& call) {
    const auto programmes = call.service.programmes();
    auto facts = read_facts(call, programmes->current());
    if (!facts) return unexpected(facts.error());
    const auto& first = std::get<engine::IdentityLinked>((*facts)[1].fact);
    const service::Target target(engine::Identity{first.kind, first.value});
    auto& told = std::get<engine::Registered>(facts->front().fact);
    if (auto problem = look_up_scanned(call, told, target)) return unexpected(std::move(*problem));
    Prepared prepared;
    prepared.all_or_nothing = true;
    for (engine::Event& fact : *facts) {
        service::Command command{target, std::move(fact), prepared.commands.empty(), false};
        prepared.commands.push_back(std::move(command));
    }
    prepared.render = [programmes](const std::vector<service::Reply>& replies) {
        return render_registration(replies, programmes->current());
    };
    return prepared;
}

expected<Prepared, Problem> change_profile(const Call& call) {
    return prepare_member_event(call, "profile_changed");
}

expected<Prepared, Problem> link_identity(const Call& call) {
    return prepare_member_event(call, "identity_linked");
}

expected<Prepared, Problem> change_consent(const Call& call) {
    return prepare_member_event(call, "consent_changed");
}

expected<Prepared, Problem> unlink_identity(const Call& call) {
    return prepare_member_event(call, "identity_unlinked");
}

// Tags are the shop's.
expected<Prepared, Problem> change_my_profile(const Call& call) {
    auto prepared = prepare_member_event(call, "profile_changed");
    if (!prepared) return prepared;
    const auto& fact = std::get<engine::ProfileChanged>(prepared->commands.front().event.fact);
    if (fact.tags) return unexpected(input_problem("/tags", "a member does not set these", "no tags"));
    return prepared;
}

Endpoint change_endpoint(std::string_view path, Text summary, const Schema& input, std::string_view example,
                         expected<Prepared, Problem> (*prepare)(const Call&)) {
    return {.method = Method::post,
            .path = path,
            .group = "Members",
            .scope = Scope::write,
            .summary = summary,
            .path_parameters = {member_path_parameter()},
            .input_type = "application/json",
            .input = &input,
            .input_example = example,
            .output = &schemas::done,
            .statuses = {201, 200},
            .handler = ByWriter{prepare}};
}

Endpoint own_change_endpoint(std::string_view path, Text summary, const Schema& input, std::string_view example,
                             expected<Prepared, Problem> (*prepare)(const Call&)) {
    Endpoint endpoint = change_endpoint(path, summary, input, example, prepare);
    endpoint.group = "Me";
    endpoint.scope = Scope::member;
    endpoint.path_parameters.clear();
    return endpoint;
}

}  // namespace

std::vector<Endpoint> member_change_endpoints() {
    return {
        {.method = Method::post,
         .path = "/v1/members",
         .group = "Members",
         .scope = Scope::write,
         .summary = {"Register a member, or complete one", "注册会员，或补全已有会员"},
         .about = {"The first identity finds the member who is there already: then 200, and what is new is added.",
                   "若首个身份已存在，则补全该会员并返回 200。"},
         .input_type = "application/json",
         .input = &schemas::new_member,
         .input_example = R"({"identities":[{"kind":"phone","value":"+8613800138000"}],"channel":"web",)"
                          R"("profile":{"name":"Li Lei","birthday":"1990-02-28"}})",
         .output = &schemas::done,
         .statuses = {201, 200},
         .handler = ByWriter{register_member}},
        change_endpoint("/v1/members/{id}/profile", {"Change the profile", "修改资料"}, schemas::profile_input,
                        R"({"region":"Shanghai","tags":["early-bird"]})", change_profile),
        change_endpoint("/v1/members/{id}/identities", {"Link an identity", "关联身份"}, schemas::identity_input,
                        R"({"kind":"email","value":"li.lei@example.com"})", link_identity),
        change_endpoint("/v1/members/{id}/identities/unlink", {"Unlink an identity", "解除身份"},
                        schemas::unlink_input, R"({"kind":"email","value":"li.lei@example.com"})", unlink_identity),
        change_endpoint("/v1/members/{id}/consents", {"Give or withdraw a consent", "同意或撤回"}, schemas::consent_input,
                        R"({"channel":"sms","purpose":"marketing","granted":true})", change_consent),
        own_change_endpoint("/v1/me/profile", {"Change my profile", "修改我的资料"}, schemas::my_profile_input,
                            R"({"name":"Li Lei","birthday":"1990-02-28"})", change_my_profile),
        own_change_endpoint("/v1/me/consents", {"Give or withdraw my consent", "我的同意或撤回"},
                            schemas::my_consent_input,
                            R"({"channel":"sms","purpose":"marketing","granted":false,"source":"app"})",
                            change_consent),
    };
}

}  // namespace regulars::api
