// Friends whom members bring. Members see how many, never who; people of the shop see who, to look at the suspicious.
#include <algorithm>
#include <array>

#include "api/endpoints/common.hpp"
#include "api/endpoints/places.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "engine/activities/common.hpp"
#include "engine/friends/referrals.hpp"

namespace regulars::api {

namespace {

using engine::Friend;
using engine::FriendStatus;

constexpr std::array statuses{FriendStatus::suspicious, FriendStatus::registered, FriendStatus::ordered,
                              FriendStatus::rewarded,   FriendStatus::refused,    FriendStatus::returned};

expected<Prepared, Problem> tell_marks(const Call& call) { return prepare_member_event(call, "marks_told"); }

expected<Prepared, Problem> decide(const Call& call, bool approved) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    service::Given given;
    given.type = "referral_decided";
    given.target = *id;
    const std::string body = body_with(call.request, "who", call.path_value(1));
    return prepare_event(call, std::move(given), with_flag(body, "approved", approved));
}

expected<Prepared, Problem> approve(const Call& call) { return decide(call, true); }
expected<Prepared, Problem> refuse(const Call& call) { return decide(call, false); }

void write_friend(JsonWriter& json, const Friend& one) {
    json.id_field("friend", one.member.value);
    json.field("at", one.at);
    json.field("status", engine::name_of(one.status));
    json.field("has_ordered", one.has_ordered);
    json.field("points", one.points);
    json.field("cashback_minor", one.cashback);
}

// Of the steps the programme has, and which the member has been given.
void write_steps(JsonWriter& json, const engine::Member& member, const programme::ReferralPolicy& policy) {
    const auto* state = engine::find_state(member, engine::referral_code);
    json.begin_array();
    for (const auto& step : policy.steps) {
        const std::string name = std::to_string(step.friends);
        json.begin_object();
        json.field("friends", step.friends);
        json.field("given", state != nullptr &&
                                std::binary_search(state->steps.begin(), state->steps.end(), name));
        json.end_object();
    }
    json.end_array();
}

void write_counts(JsonWriter& json, const engine::Member& member, const programme::ReferralPolicy& policy) {
    Points points;
    Money cashback;
    std::uint64_t waiting = 0;
    for (const Friend& one : member.friends) {
        points += one.points;
        cashback += one.cashback;
        waiting += one.status == FriendStatus::suspicious ? 1U : 0U;
    }
    json.count_field("registered", member.friends.size());
    json.field("ordered", member.friends_ordered);
    json.count_field("looked_at", waiting);
    json.field("points", points);
    json.field("cashback_minor", cashback);
    json.name("steps");
    write_steps(json, member, policy);
}

Answer get_my_friends(const Call& call) {
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const auto programmes = call.service.programmes();
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    write_counts(json, view->member, programmes->current().activities.referral);
    json.end_object();
    return response;
}

Answer get_friends(const Call& call) {
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const auto programmes = call.service.programmes();
    const engine::Member& member = view->member;
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    write_counts(json, member, programmes->current().activities.referral);
    json.count_field("marks", member.marks.size());
    json.name("brought_by");
    if (member.brought.by == MemberId()) json.null();
    else json.text(std::to_string(member.brought.by.value));
    json.name("friends");
    json.begin_array();
    for (const Friend& one : member.friends) {
        json.begin_object();
        write_friend(json, one);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return response;
}

Answer list_referrals(const Call& call) {
    const auto asked = read_in_state(call.request, statuses, "friends");
    if (!asked) return unexpected(asked.error());
    const auto rows = call.service.list_friends(asked->status, asked->page);
    if (!rows) return unexpected(problem_of(rows.error()));
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("referrals");
    json.begin_array();
    for (const service::FriendRow& row : *rows) {
        json.begin_object();
        json.id_field("member", row.member.value);
        write_friend(json, row.change.who);
        json.end_object();
    }
    json.end_array();
    const bool full = rows->size() == asked->page.limit;
    write_next(json, full ? place_text({rows->back().member, std::to_string(rows->back().change.who.member.value)})
                          : "");
    json.end_object();
    return response;
}

Endpoint decision(std::string_view path, Text summary, Text about,
                  expected<Prepared, Problem> (*prepare)(const Call&)) {
    Endpoint endpoint = member_write(path, "Friends", summary, about, schemas::decision_input, "{}", prepare);
    endpoint.input_required = false;
    endpoint.path_parameters.push_back({"friend", Type::id, {"The friend's member id.", "好友的会员编号。"}});
    return endpoint;
}

Endpoint look(std::string_view path, std::string_view group, Scope scope, Text summary, const Schema& output,
              Answer (*handle)(const Call&)) {
    return {.method = Method::get,
            .path = path,
            .group = group,
            .scope = scope,
            .summary = summary,
            .output = &output,
            .handler = FromStore{handle}};
}

}  // namespace

std::vector<Endpoint> friend_endpoints() {
    Endpoint friends = look("/v1/members/{id}/friends", "Friends", Scope::read,
                            {"Whom a member has brought", "会员带来的好友"}, schemas::friend_list, get_friends);
    friends.path_parameters = {member_path_parameter()};
    Endpoint all = look("/v1/referrals", "Friends", Scope::read, {"Friends who are looked at by people", "待审核的推荐"},
                        schemas::referral_list, list_referrals);
    all.about = {"Nobody gets anything for a suspicious one until it is approved.", "可疑推荐在审核通过前双方均不发奖励。"};
    all.parameters = page_parameters();
    all.parameters.push_back({"status", Type::text,
                              {"suspicious (default), registered, ordered, rewarded, refused or returned.",
                               "状态：可疑（默认）、已注册、已下单、已奖励、已拒绝、已退货。"}});
    return {
        member_write("/v1/members/{id}/marks", "Friends", {"What tells the member from others", "会员的设备与支付特征"},
                     {"Hashes that the shop makes of devices, addresses and means of payment, 16 to 128 hexadecimal "
                      "digits each. Compared with those of friends; never shown.",
                      "商家对设备、地址与支付方式计算的哈希，各 16 至 128 位十六进制数。仅用于与好友比对，从不展示。"},
                     schemas::marks_input, R"({"marks":["9f86d081884c7d659a2feaa0c55ad015"]})", tell_marks),
        std::move(friends),
        std::move(all),
        decision("/v1/members/{id}/friends/{friend}/approve", {"Approve a friend", "通过推荐"},
                 {"Both get at once all that is due.", "双方立即获得全部应得奖励。"}, approve),
        decision("/v1/members/{id}/friends/{friend}/refuse", {"Refuse a friend", "拒绝推荐"},
                 {"Nothing is given, and what was given for the friend is taken back.", "不发奖励，已发的予以收回。"},
                 refuse),
        look("/v1/me/friends", "Me", Scope::member, {"How many friends I have brought", "我带来的好友数"},
             schemas::my_friends, get_my_friends),
    };
}

}  // namespace regulars::api
