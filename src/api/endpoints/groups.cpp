// Buying together: who has paid for an order at a group's price opens a group or joins one. Orders come from the shop's
// system, so only that opens and joins; members look at their groups, and at one that a friend has told them of.
#include <sodium.h>

#include <algorithm>
#include <array>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "service/json_fields.hpp"
#include "service/store.hpp"

namespace regulars::api {

namespace {

// 72 bits: short enough to be read out, and nobody finds one that was not told to them.
constexpr std::size_t group_id_size = 9;

std::string new_group_id() {
    constexpr auto base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::array<unsigned char, group_id_size> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string text(sodium_base64_encoded_len(bytes.size(), base64), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), base64);
    text.pop_back();
    return text;
}

// Nobody's name and nobody's order.
void write_group(JsonWriter& json, const engine::Group& group) {
    const auto taken = static_cast<std::int64_t>(group.seats.size());
    json.begin_object();
    json.field("group", group.group);
    json.field("promotion", group.promotion);
    json.field("status", engine::name_of(group.status));
    json.field("size", group.size);
    json.field("seats_left", group.status == engine::GroupStatus::open ? group.size - taken : std::int64_t{0});
    json.field("ends_at", group.ends_at);
    json.end_object();
}

expected<service::GroupRow, Problem> group_of(const Call& call, const std::string& group) {
    auto row = call.service.find_group(group);
    if (!row) return unexpected(problem_of(row.error()));
    if (!*row) return unexpected(problem_of(engine::Rejection::group_not_found));
    return std::move(**row);
}

Answer get_group(const Call& call) {
    const auto row = group_of(call, call.path_value(0));
    if (!row) return unexpected(row.error());
    Response response;
    JsonWriter json(response.body);
    write_group(json, row->change.group);
    return response;
}

Answer list_groups(const Call& call) {
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const std::string promotion(call.request.parameter("promotion").value_or(""));
    const auto programmes = call.service.programmes();
    const auto* terms = programmes->current().promotions.find(promotion);
    if (terms == nullptr || terms->kind != programme::Promotion::Kind::group)
        return unexpected(parameter_problem("promotion", "the programme has no such promotion for groups",
                                            "the name of one of kind group in GET /v1/promotions", promotion));
    const std::string after(call.request.parameter("after").value_or(""));
    const auto rows = call.service.list_open_groups(promotion, {after, *limit});
    if (!rows) return unexpected(problem_of(rows.error()));
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("groups");
    json.begin_array();
    for (const service::GroupRow& row : *rows) write_group(json, row.change.group);
    json.end_array();
    json.name("next");
    if (rows->size() == *limit) json.text(rows->back().change.group.group);
    else json.null();
    json.end_object();
    return response;
}

// What waits for its group, and what has its group and is not settled yet.
Answer list_of_member(const Call& call) {
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const engine::Member& member = view->member;
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.id_field("member", member.id.value);
    json.name("groups");
    json.begin_array();
    for (const engine::Order& order : member.open_orders) {
        const bool waits = order.group_leader != MemberId();
        if (order.group.empty() && !waits) continue;
        json.begin_object();
        json.field("order_id", order.order_id);
        json.field("waits", waits);
        json.field("leads", waits && order.group_leader == member.id && !order.group.empty());
        const auto own = std::find_if(member.groups.begin(), member.groups.end(), [&](const engine::Group& group) {
            return group.seats.front().order_id == order.order_id;
        });
        const bool to_be_opened = order.group.empty() && own != member.groups.end();
        json.field("to_open_until", to_be_opened ? own->ends_at : instant_max);
        if (!order.group.empty()) {
            const auto row = group_of(call, order.group);
            if (!row) return unexpected(row.error());
            json.name("group");
            write_group(json, own == member.groups.end() ? row->change.group : *own);
        }
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return response;
}

expected<std::pair<std::string, std::string>, Problem> told(const Call& call, bool with_promotion) {
    std::string order_id;
    std::string promotion;
    const auto problems = service::JsonFields::read_all(
        call.request.body, limits::body_size_max, [&](service::JsonFields& fields) {
            order_id = fields.text("order_id", regulars::limits::id_size_max, service::Need::required);
            if (with_promotion)
                promotion = fields.text("promotion", regulars::limits::id_size_max, service::Need::required);
        });
    if (!problems.empty()) return unexpected(problem_of(problems));
    return std::pair(std::move(order_id), std::move(promotion));
}

// The same order again gets the group that it has.
std::string group_for(const engine::Member& member, const std::string& order_id) {
    for (const engine::Order& order : member.open_orders)
        if (order.order_id == order_id && order.group_leader == member.id && !order.group.empty()) return order.group;
    return new_group_id();
}

std::pair<std::int32_t, std::string> render_group(const service::Reply& reply, const programme::Programme& programme,
                                                  const std::string& group) {
    if (!reply) return render_reply(reply, programme);
    std::string body;
    JsonWriter json(body);
    json.begin_object();
    json.field("group", group);
    json.id_field("member", reply->member.value);
    json.field("duplicate", reply->duplicate);
    json.end_object();
    return {reply->duplicate ? 200 : 201, std::move(body)};
}

expected<Prepared, Problem> open(const Call& call) {
    const auto body = told(call, true);
    if (!body) return unexpected(body.error());
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const auto& [order_id, promotion] = *body;
    const std::string group = group_for(view->member, order_id);
    const auto programmes = call.service.programmes();
    Prepared prepared;
    prepared.commands.push_back(
        {view->member.id, {call.service.now(), engine::GroupOpened{group, promotion, order_id}}});
    prepared.render = [programmes, group](const std::vector<service::Reply>& replies) {
        return render_group(replies.front(), programmes->current(), group);
    };
    return prepared;
}

// The joiner's half and the leader's.
expected<Prepared, Problem> join(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    const auto body = told(call, false);
    if (!body) return unexpected(body.error());
    const std::string& group = call.path_value(1);
    const auto row = group_of(call, group);
    if (!row) return unexpected(row.error());
    const std::string& order_id = body->first;
    const std::string& promotion = row->change.group.promotion;
    const Instant now = call.service.now();
    const auto programmes = call.service.programmes();
    Prepared prepared;
    prepared.together = true;
    prepared.commands.push_back({*id, {now, engine::GroupJoined{group, row->leader, order_id, promotion}}});
    prepared.commands.push_back({row->leader, {now, engine::GroupSeatTaken{group, *id, order_id, false, promotion}}});
    prepared.render = [programmes, group](const std::vector<service::Reply>& replies) {
        return render_group(replies.front(), programmes->current(), group);
    };
    return prepared;
}

Parameter group_parameter() { return {"group", Type::text, {"The group's id.", "拼团号。"}}; }

Endpoint look(std::string_view path, std::string_view group, Scope scope, Text summary, const Schema& output,
              std::vector<Parameter> path_parameters, Answer (*handle)(const Call&)) {
    return {.method = Method::get,
            .path = path,
            .group = group,
            .scope = scope,
            .summary = summary,
            .path_parameters = std::move(path_parameters),
            .output = &output,
            .handler = FromStore{handle}};
}

}  // namespace

std::vector<Endpoint> group_endpoints() {
    Endpoint opened = member_write(
        "/v1/members/{id}/groups", "Promotions", {"Open a group with a paid order", "开团"},
        {"The order has a line at the price of that promotion, and waits until as many have joined as the promotion "
         "says. If they do not come in time, all orders of the group are cancelled and to be paid back (notice "
         "group_failed). An order that opens and joins no group in that time is cancelled too.",
         "订单含该拼团活动价的行，成团前不结算。逾期未成团则团内订单全部取消并应退款（通知 group_failed）；逾期未开团也未参团的订单同样取消。"},
        schemas::group_input, R"({"order_id":"O-1","promotion":"together"})", open);
    opened.output = &schemas::group_made;
    opened.handler = ByWriter{open, true};
    Endpoint joined = member_write("/v1/members/{id}/groups/{group}/join", "Promotions",
                                   {"Join a group with a paid order", "参团"},
                                   {"The order has a line at the price of the group's promotion. The last seat fills "
                                    "the group.",
                                    "订单含该团活动价的行；最后一席加入即成团。"},
                                   schemas::group_join_input, R"({"order_id":"O-2"})", join);
    joined.path_parameters.push_back(group_parameter());
    joined.output = &schemas::group_made;
    joined.handler = ByWriter{join, true};
    Endpoint all = look("/v1/groups", "Promotions", Scope::read, {"Groups that can still be joined", "可参加的团"},
                        schemas::group_list, {}, list_groups);
    all.parameters = page_parameters();
    all.parameters.push_back({"promotion", Type::text, {"Of this promotion.", "所属拼团活动。"}});
    return {
        std::move(all),
        look("/v1/groups/{group}", "Promotions", Scope::read, {"How a group stands", "拼团进度"}, schemas::group,
             {group_parameter()}, get_group),
        std::move(opened),
        std::move(joined),
        look("/v1/members/{id}/groups", "Promotions", Scope::read, {"The member's orders in groups", "会员的拼团订单"},
             schemas::my_group_list, {member_path_parameter()}, list_of_member),
        look("/v1/me/groups", "Me", Scope::member, {"My orders in groups", "我的拼团"}, schemas::my_group_list, {},
             list_of_member),
        look("/v1/me/groups/{group}", "Me", Scope::member, {"How a group stands", "拼团进度"}, schemas::group,
             {group_parameter()}, get_group),
    };
}

}  // namespace regulars::api
