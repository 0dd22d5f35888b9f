// Any event in its one JSON form: one by one, or many as lines.
#include "api/endpoints/common.hpp"
#include "api/endpoints/registry.hpp"

namespace regulars::api {

namespace {

expected<Prepared, Problem> take_event(const Call& call) {
    return prepare_event(call, {});
}

}  // namespace

std::vector<Endpoint> event_endpoints() {
    return {
        {.method = Method::post,
         .path = "/v1/events",
         .group = "Events",
         .scope = Scope::write,
         .summary = {"Take one event", "录入一个事件"},
         .parameters = target_parameters(),
         .input_type = "application/json",
         .input = &schemas::event_input,
         .input_example =
             R"({"type":"order_shipped","member":"1","order_id":"W-1001","at":"2026-11-23T09:00:00+08:00"})",
         .output = &schemas::done,
         .statuses = {201, 200, 202},
         .handler = ByWriter{take_event}},
        {.method = Method::post,
         .path = "/v1/bulk",
         .group = "Events",
         .scope = Scope::write,
         .summary = {"Take many events as lines of NDJSON", "以 NDJSON 批量录入事件"},
         .about = {"One event a line. Results stream back in order, one line each, with a summary as the last: read "
                   "while you send. results=failures leaves out the lines that went well. With an Idempotency-Key the "
                   "same body sent again gets the same results.",
                   "每行一个事件，结果按顺序逐行返回，末行为汇总：请边发送边读取。results=failures 只返回失败的行。"},
         .parameters = {{"results", Type::text, {"all (as when left out) or failures.", "all（默认）或 failures。"}}},
         .input_type = "application/x-ndjson",
         .input = &schemas::event_input,
         .input_example = R"({"type":"order_created","identity":{"kind":"customer:web","value":"1"},"create":true,)"
                          R"("order_id":"A-1","lines":[{"amount_minor":1000}]})",
         .output_type = "application/x-ndjson",
         .body_size_max = limits::bulk_size_max,
         .handler = Lines{}},
    };
}

}  // namespace regulars::api
