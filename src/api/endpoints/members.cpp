// Members: one, or a page of them.
#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"

namespace regulars::api {

namespace {

Response member_response(const Call& call, const service::MemberView& view) {
    Response response;
    JsonWriter json(response.body);
    write_member(json, view, call.service.programmes()->current());
    return response;
}

}  // namespace

Answer get_member(const Call& call) {
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    return member_response(call, *view);
}

namespace {

void write_summary(JsonWriter& json, const service::MemberSummary& summary) {
    json.begin_object();
    json.id_field("id", summary.member.value);
    json.field("tier", summary.tier);
    json.field("growth", summary.growth);
    json.field("points_available", summary.points_available);
    json.field("points_pending", summary.points_pending);
    json.field("balance_minor", summary.balance_minor);
    json.field("orders", summary.orders);
    json.field("spend_minor", summary.spend_minor);
    json.field("last_order_at", summary.last_order_at);
    json.field("registered_at", summary.registered_at);
    json.end_object();
}

Answer list_members(const Call& call) {
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const auto after = page_after(call.request);
    if (!after) return unexpected(after.error());
    const auto members = call.service.list_members({MemberId{*after}, *limit});
    if (!members) return unexpected(problem_of(members.error()));
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("members");
    json.begin_array();
    for (const service::MemberSummary& summary : *members) write_summary(json, summary);
    json.end_array();
    if (members->size() == *limit) {
        json.id_field("next", members->back().member.value);
    } else {
        json.name("next");
        json.null();
    }
    json.end_object();
    return response;
}

/// With "identity" the one member who has it, as a page of one summary would tell less than the member itself.
Answer find_members(const Call& call) {
    const auto text = call.request.parameter("identity");
    if (!text) return list_members(call);
    auto identity = identity_of(*text, call.service.programmes()->current().identity);
    if (!identity) return unexpected(identity.error());
    const service::Target target(std::move(*identity));
    const auto found = call.service.find(target);
    if (!found) return unexpected(problem_of(found.error()));
    if (!*found) return unexpected(member_not_found(target));
    return member_response(call, **found);
}

}  // namespace

std::vector<Endpoint> member_endpoints() {
    std::vector<Parameter> list_parameters = page_parameters();
    list_parameters.push_back({"identity", Type::text,
                               {"KIND:VALUE (phone:+8613800138000, customer:web:17850): answers with this one member.",
                                "KIND:VALUE：按身份返回一位会员。"}});
    return {
        {.method = Method::get,
         .path = "/v1/members/{id}",
         .group = "Members",
         .scope = Scope::read,
         .summary = {"A member as of now", "会员现状"},
         .path_parameters = {member_path_parameter()},
         .output = &schemas::member,
         .handler = FromStore{get_member}},
        {.method = Method::get,
         .path = "/v1/members",
         .group = "Members",
         .scope = Scope::read,
         .summary = {"Members by id, or the member with an identity", "会员列表，或按身份查找会员"},
         .about = {"The list shows members as of their last change. With 'identity' the answer is a Member.",
                   "列表为最近一次变化时的数据；带 identity 时返回单个会员。"},
         .parameters = list_parameters,
         .output = &schemas::member_list,
         .handler = FromStore{find_members}},
    };
}

}  // namespace regulars::api
