// What is kept about a person: given to them on request, and erased on request.
#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "service/json_fields.hpp"

namespace regulars::api {

namespace {

constexpr std::size_t page_size = 500;
/// Rows of each list; whoever has more reads on by the lists' own addresses, from "next".
constexpr std::size_t rows_max = 50'000;

void write_next_id(JsonWriter& json, bool more, std::uint64_t last) {
    if (more) {
        json.id_field("next", last);
    } else {
        json.name("next");
        json.null();
    }
}

/// One list of rows as its own address gives it, but with all pages in one.
template <class Key, class List, class KeyOf, class Write>
service::Stored<void> write_rows(JsonWriter& json, std::string_view name, List list, KeyOf key_of, Write write) {
    json.begin_object();
    json.name(name);
    json.begin_array();
    Key after{};
    std::size_t written = 0;
    bool more = true;
    while (more && written < rows_max) {
        const auto rows = list(service::Page<Key>{after, page_size});
        if (!rows) return unexpected(rows.error());
        for (const auto& row : *rows) {
            write(row);
            after = key_of(row);
        }
        written += rows->size();
        more = rows->size() == page_size;
    }
    json.end_array();
    write_next_id(json, more, after);
    json.end_object();
    return {};
}

service::Stored<void> write_orders(JsonWriter& json, const Call& call, const engine::Member& member) {
    const auto programmes = call.service.programmes();
    json.begin_array();
    for (const engine::Order& order : member.open_orders) write_order(json, order, programmes->current());
    std::size_t written = 0;
    for (std::string after; written < rows_max;) {
        const auto rows = call.service.list_orders(member.id, {after, page_size});
        if (!rows) return unexpected(rows.error());
        std::vector<std::string> ids;
        for (const service::OrderSummary& row : *rows) ids.push_back(row.order_id);
        const auto orders = call.service.closed_orders(member.id, ids);
        if (!orders) return unexpected(orders.error());
        for (const auto& order : *orders)
            if (order) write_order(json, *order, programmes->current());
        written += ids.size();
        if (rows->size() < page_size) break;
        after = ids.back();
    }
    json.end_array();
    return {};
}

void write_origin(JsonWriter& json, const engine::Acquisition& from) {
    json.begin_object();
    json.field_if("channel", from.channel);
    json.field_if("source", from.source);
    json.field_if("store", from.store);
    json.field_if("staff", from.staff);
    json.field_if("code", from.code);
    json.field_if("inviter", from.inviter);
    json.end_object();
}

void write_held_plans(JsonWriter& json, const std::vector<engine::HeldPlan>& plans) {
    json.begin_array();
    for (const engine::HeldPlan& plan : plans) {
        json.begin_object();
        json.field("plan", plan.plan);
        json.field("since", plan.since);
        json.field("ends_at", plan.ends_at);
        json.field("trial", plan.trial);
        json.field("paid_minor", plan.paid);
        json.end_object();
    }
    json.end_array();
}

service::Stored<void> write_lists(JsonWriter& json, const Call& call, const engine::Member& member) {
    service::Service& service = call.service;
    const auto programmes = service.programmes();
    json.name("orders");
    if (auto written = write_orders(json, call, member); !written) return written;
    json.name("coupons");
    auto written = write_rows<std::uint32_t>(
        json, "coupons", [&](auto page) { return service.list_coupons(member.id, page); },
        [](const auto& row) { return row.coupon.value; },
        [&](const auto& row) { write_coupon(json, row, *programmes); });
    if (!written) return written;
    json.name("ledger");
    written = write_rows<std::uint64_t>(
        json, "entries", [&](auto page) { return service.list_ledger(member.id, page); },
        [](const auto& row) { return row.entry.sequence; },
        [&](const auto& row) { write_ledger_entry(json, row.entry, row.event_sequence); });
    if (!written) return written;
    json.name("events");
    return write_rows<std::uint64_t>(
        json, "events", [&](auto page) { return service.list_events(member.id, page); },
        [](const auto& row) { return row.sequence; }, [&](const auto& row) { write_event(json, row); });
}

}  // namespace

Answer export_member(const Call& call) {
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.field("exported_at", call.service.now());
    json.name("member");
    write_member(json, *view, call.service.programmes()->current());
    json.name("acquisition");
    write_origin(json, view->member.acquisition);
    json.name("plans");
    write_held_plans(json, view->member.plans);
    if (const auto written = write_lists(json, call, view->member); !written)
        return unexpected(problem_of(written.error()));
    json.end_object();
    return response;
}

namespace {

expected<Prepared, Problem> erase_member(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    engine::MemberErased fact;
    const auto problems = service::JsonFields::read_all(
        call.request.body, limits::body_size_max, [&](service::JsonFields& fields) {
            fact.reason = fields.text("reason", regulars::limits::text_size_max, service::Need::required);
        });
    if (!problems.empty()) return unexpected(problem_of(problems));
    const auto programmes = call.service.programmes();
    Prepared prepared;
    prepared.together = true;
    prepared.commands.push_back({*id, {call.service.now(), std::move(fact)}});
    prepared.render = [programmes](const std::vector<service::Reply>& replies) {
        return render_reply(replies.front(), programmes->current());
    };
    return prepared;
}

}  // namespace

std::vector<Endpoint> personal_data_endpoints() {
    const Text about{"Profile, identities, consents, orders, coupons, ledger and events, in one document. A list of "
                     "more than 50,000 rows ends with a 'next'.",
                     "资料、身份、同意、订单、券、账目与事件，合为一份文档。超过 5 万行的列表以 next 结尾。"};
    return {
        {.method = Method::get,
         .path = "/v1/members/{id}/export",
         .group = "Members",
         .scope = Scope::read,
         .summary = {"All that is kept about a member", "导出会员数据"},
         .about = about,
         .path_parameters = {member_path_parameter()},
         .output = &schemas::member_export,
         .handler = FromStore{export_member}},
        {.method = Method::get,
         .path = "/v1/me/export",
         .group = "Me",
         .scope = Scope::member,
         .summary = {"All that is kept about me", "导出我的数据"},
         .about = about,
         .output = &schemas::member_export,
         .handler = FromStore{export_member}},
        {.method = Method::post,
         .path = "/v1/members/{id}/erase",
         .group = "Members",
         .scope = Scope::admin,
         .summary = {"Erase a member's personal data", "删除会员个人信息"},
         .about = {"Profile, identities and where they came from go, out of the events too, for good; so do those of "
                   "members who were merged into this one. The ledger stays and balances; returns of old orders still "
                   "work by the member's id. Nothing personal is accepted any more.",
                   "永久删除资料、身份与来源（含历史事件及已并入会员的相应内容）。账目保留且平衡，旧订单仍可按会员编号退货；"
                   "此后不再接受任何个人信息。"},
         .path_parameters = {member_path_parameter()},
         .input_type = "application/json",
         .input = &schemas::erase_input,
         .input_example = R"({"reason":"asked for by letter of 3 November"})",
         .output = &schemas::done,
         .statuses = {201, 200},
         .handler = ByWriter{erase_member}},
    };
}

}  // namespace regulars::api
