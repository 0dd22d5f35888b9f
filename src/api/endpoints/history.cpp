// What happened to a member: the ledger and the events.
#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"

namespace regulars::api {

namespace {

struct Paging {
    MemberId member;
    service::Page<std::uint64_t> page;
};

expected<Paging, Problem> paging_of(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const auto after = page_after(call.request);
    if (!after) return unexpected(after.error());
    return Paging{*id, {*after, *limit}};
}

/// "next" of a page of sequences; `last` is the last row's.
void write_next(JsonWriter& json, bool full, std::uint64_t last) {
    if (full) {
        json.id_field("next", last);
        return;
    }
    json.name("next");
    json.null();
}

}  // namespace

Answer list_ledger(const Call& call) {
    const auto paging = paging_of(call);
    if (!paging) return unexpected(paging.error());
    const auto rows = call.service.list_ledger(paging->member, paging->page);
    if (!rows) return unexpected(problem_of(rows.error()));
    if (const auto problem = nobody(call, paging->member, rows->empty())) return unexpected(*problem);
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("entries");
    json.begin_array();
    for (const service::LedgerRow& row : *rows) write_ledger_entry(json, row.entry, row.event_sequence);
    json.end_array();
    write_next(json, rows->size() == paging->page.limit, rows->empty() ? 0 : rows->back().entry.sequence);
    json.end_object();
    return response;
}

void write_event(JsonWriter& json, const service::EventRow& row) {
    json.begin_object();
    json.id_field("sequence", row.sequence);
    json.field("at", row.at);
    json.field("applied_at", row.applied_at);
    json.field("recorded_at", row.recorded_at);
    json.field("name", row.name);
    json.count_field("programme_version", row.programme_version);
    json.name("event");
    json.raw(row.payload);
    json.end_object();
}

namespace {

Answer list_events(const Call& call) {
    const auto paging = paging_of(call);
    if (!paging) return unexpected(paging.error());
    const auto rows = call.service.list_events(paging->member, paging->page);
    if (!rows) return unexpected(problem_of(rows.error()));
    if (const auto problem = nobody(call, paging->member, rows->empty())) return unexpected(*problem);
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("events");
    json.begin_array();
    for (const service::EventRow& row : *rows) write_event(json, row);
    json.end_array();
    write_next(json, rows->size() == paging->page.limit, rows->empty() ? 0 : rows->back().sequence);
    json.end_object();
    return response;
}

}  // namespace

std::vector<Endpoint> history_endpoints() {
    return {
        {.method = Method::get,
         .path = "/v1/members/{id}/ledger",
         .group = "History",
         .scope = Scope::read,
         .summary = {"A member's ledger", "会员账目"},
         .about = {"Double entry: every amount goes from one account to another.", "复式记账：每笔金额都从一个账户转入另一个账户。"},
         .path_parameters = {member_path_parameter()},
         .parameters = page_parameters(),
         .output = &schemas::ledger,
         .handler = FromStore{list_ledger}},
        {.method = Method::get,
         .path = "/v1/members/{id}/events",
         .group = "History",
         .scope = Scope::read,
         .summary = {"A member's events", "会员事件"},
         .path_parameters = {member_path_parameter()},
         .parameters = page_parameters(),
         .output = &schemas::event_list,
         .handler = FromStore{list_events}},
    };
}

}  // namespace regulars::api
