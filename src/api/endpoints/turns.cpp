// Draws and collections: turns, turns that are given, pieces that go to another member.
#include <fmt/format.h>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "base/unique_code.hpp"
#include "service/json_fields.hpp"

namespace regulars::api {

namespace {

bool by_member(const Call& call) { return call.request.member != MemberId(); }

// The operator's addresses begin with the member, the member's own do not.
const std::string& activity_in_path(const Call& call) { return call.path_value(by_member(call) ? 0 : 1); }
const std::string& piece_in_path(const Call& call) { return call.path_value(by_member(call) ? 1 : 2); }

expected<Prepared, Problem> take_turn(const Call& call) { return prepare_activity_event(call, "turn_taken"); }
expected<Prepared, Problem> grant_turns(const Call& call) { return prepare_activity_event(call, "turns_granted"); }

Problem no_such_friend() {
    return problem_of(Fault::enrolment_code_not_found, "No member has this invitation code.");
}

// By a member's own code, so that nobody is found out by trying ids.
expected<MemberId, Problem> friend_of(const Call& call, const std::string& text) {
    if (!by_member(call)) return member_id_of(text, "to");
    const auto code = read_unique_code(text);
    if (!code) return unexpected(no_such_friend());
    const auto found = call.service.find_enrolment_code(*code);
    if (!found) return unexpected(problem_of(found.error()));
    if (!*found || (*found)->member == MemberId()) return unexpected(no_such_friend());
    return (*found)->member;
}

// Both halves, in one transaction.
expected<Prepared, Problem> pass_piece(const Call& call) {
    const auto from = member_of(call);
    if (!from) return unexpected(from.error());
    std::string to;
    std::string reference;
    const auto problems = service::JsonFields::read_all(
        call.request.body, limits::body_size_max, [&](service::JsonFields& fields) {
            to = fields.text("to", regulars::limits::id_size_max, service::Need::required);
            reference = fields.text("reference", regulars::limits::id_size_max, service::Need::required);
        });
    if (!problems.empty()) return unexpected(problem_of(problems));
    const auto receiver = friend_of(call, to);
    if (!receiver) return unexpected(receiver.error());
    if (*receiver == *from) return unexpected(problem_of(engine::Rejection::piece_not_held));
    const Instant now = call.service.now();
    const std::string& activity = activity_in_path(call);
    const std::string& piece = piece_in_path(call);
    const auto programmes = call.service.programmes();
    Prepared prepared;
    prepared.together = true;
    prepared.commands.push_back({*from, {now, engine::PiecePassed{activity, piece, *receiver, reference}}});
    // Of the receiver's the giver is a part: two may well have thought of the same reference.
    const std::string received = std::to_string(from->value) + " " + reference;
    prepared.commands.push_back({*receiver, {now, engine::PieceReceived{activity, piece, *from, received}}});
    prepared.render = [programmes](const std::vector<service::Reply>& replies) {
        return render_reply(replies.front(), programmes->current());
    };
    return prepared;
}

Parameter activity_path_parameter() {
    return {"name", Type::text, {"The activity's name.", "活动代码。"}};
}

Parameter piece_path_parameter() { return {"piece", Type::text, {"The kind of piece.", "碎片种类。"}}; }

struct Step {
    std::string_view path;
    Text summary;
    Text about;
    const Schema& input;
    std::string_view example;
    expected<Prepared, Problem> (*prepare)(const Call&);
    bool has_piece = false;
};

Endpoint post(const Step& step, bool by_operator) {
    Endpoint endpoint{.method = Method::post,
                      .path = step.path,
                      .group = by_operator ? "Activities" : "Me",
                      .scope = by_operator ? Scope::write : Scope::member,
                      .summary = step.summary,
                      .about = step.about,
                      .input_type = "application/json",
                      .input = &step.input,
                      .input_example = step.example,
                      .output = &schemas::done,
                      .statuses = {201, 200},
                      .handler = ByWriter{step.prepare, step.has_piece}};
    if (by_operator) endpoint.path_parameters.push_back(member_path_parameter());
    endpoint.path_parameters.push_back(activity_path_parameter());
    if (step.has_piece) endpoint.path_parameters.push_back(piece_path_parameter());
    return endpoint;
}

constexpr Text turn_about{
    "The day's free turns come first, then turns that were given, then points pay. The answer's activity_results say "
    "what was won, and the number that decided it.",
    "先用当日免费次数，再用获赠次数，最后以积分支付。应答的 activity_results 给出所得与决定结果的随机数。"};
constexpr Text pass_about{
    "Both members' sides happen together or not at all. Who has been given a step keeps one piece of each kind.",
    "双方同时生效，要么都不生效。已领取阶梯奖励者每种碎片须留一枚。"};

}  // namespace

expected<Prepared, Problem> prepare_activity_event(const Call& call, std::string_view type) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    service::Given given;
    given.type = type;
    given.target = *id;
    given.now_only = by_member(call);
    return prepare_event(call, std::move(given), body_with(call.request, "activity", activity_in_path(call)));
}

static void write_chance(JsonWriter& json, const std::optional<engine::Chance>& chance) {
    json.name("chance");
    if (!chance) return json.null();
    json.begin_object();
    json.field("day", text_of(chance->day));
    json.field("number", fmt::format("{:016x}", chance->number));
    json.end_object();
}

void write_activity_result(JsonWriter& json, const engine::ActivityResult& result) {
    json.begin_object();
    json.field("at", result.at);
    json.field("activity", result.activity);
    json.field("what", result.what);
    json.field_if("won", result.won);
    json.field("number", result.number);
    write_chance(json, result.chance);
    json.field("points", result.points);
    json.field("points_paid", result.paid);
    json.field_if("goods", result.goods);
    json.end_object();
}

std::vector<Endpoint> turn_endpoints() {
    constexpr std::string_view turn_example = R"({"reference":"turn-1"})";
    return {
        post({"/v1/members/{id}/activities/{name}/turns", {"The member takes a turn", "会员抽取一次"}, turn_about,
              schemas::turn_input, turn_example, take_turn}, true),
        post({"/v1/members/{id}/activities/{name}/turns/grants", {"Give turns", "赠送次数"},
              {"All of them or, when the member would hold more than one may, none.", "若超过可持有上限则一次也不给。"},
              schemas::turn_grant_input, R"({"count":2,"reference":"sorry-17"})", grant_turns}, true),
        post({"/v1/members/{id}/activities/{name}/pieces/{piece}/pass", {"A piece goes to another member", "转送碎片"},
              pass_about, schemas::pass_input, R"({"to":"2","reference":"pass-1"})", pass_piece, true}, true),
        post({"/v1/me/activities/{name}/turns", {"I take a turn", "我要抽取一次"}, turn_about, schemas::my_turn_input,
              turn_example, take_turn}, false),
        post({"/v1/me/activities/{name}/pieces/{piece}/pass", {"I give a piece to a friend", "送碎片给好友"}, pass_about,
              schemas::my_pass_input, R"({"to":"7K3M-P2QX-9RTV-4W8C","reference":"pass-1"})", pass_piece, true}, false),
    };
}

}  // namespace regulars::api
