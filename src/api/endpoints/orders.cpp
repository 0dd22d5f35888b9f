// Orders: taking one in, and looking at a member's.
#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"

namespace regulars::api {

namespace {

expected<Prepared, Problem> create_order(const Call& call) {
    service::Given given;
    given.type = "order_created";
    return prepare_event(call, std::move(given));
}

Answer get_order(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    const auto order = call.service.find_order(*id, call.path_value(1));
    if (!order) return unexpected(problem_of(order.error()));
    if (!*order)
        return unexpected(problem_of(Fault::order_not_found, "Member " + call.path_value(0) + " has no such order."));
    Response response;
    JsonWriter json(response.body);
    write_order(json, **order, call.service.programmes()->current());
    return response;
}

void write_order_summary(JsonWriter& json, const service::OrderSummary& order) {
    json.begin_object();
    json.field("order_id", order.order_id);
    json.field("status", order.status);
    json.field("ordered_at", order.ordered_at);
    write_instant_if(json, "settled_at", order.settled_at);
    json.field("amount_minor", order.amount_minor);
    json.field("points", order.points);
    json.field("cashback_minor", order.cashback_minor);
    json.end_object();
}

}  // namespace

Answer list_orders(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const std::string after(call.request.parameter("after").value_or(""));
    const auto orders = call.service.list_orders(*id, {after, *limit});
    if (!orders) return unexpected(problem_of(orders.error()));
    if (const auto problem = nobody(call, *id, orders->empty())) return unexpected(*problem);
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("orders");
    json.begin_array();
    for (const service::OrderSummary& order : *orders) write_order_summary(json, order);
    json.end_array();
    json.name("next");
    if (orders->size() == *limit) {
        json.text(orders->back().order_id);
    } else {
        json.null();
    }
    json.end_object();
    return response;
}

std::vector<Endpoint> order_endpoints() {
    return {
        {.method = Method::post,
         .path = "/v1/orders",
         .group = "Orders",
         .scope = Scope::write,
         .summary = {"Take an order in", "录入订单"},
         .about = {"Payment, shipping and delivery may come with it or later. The same order again changes nothing.",
                   "支付、发货、签收可随单提供或之后补充；重复提交不会改变任何数据。"},
         .parameters = target_parameters(),
         .input_type = "application/json",
         .input = &schemas::order_input,
         .input_example = R"({"identity":{"kind":"customer:web","value":"17850"},"create":true,"order_id":"W-1001",)"
                          R"("lines":[{"sku":"T-01","price_kind":"regular","quantity":2,"amount_minor":19900}],)"
                          R"("paid_at":"2026-11-22T10:30:00+08:00"})",
         .output = &schemas::done,
         .statuses = {201, 200},
         .handler = ByWriter{create_order}},
        {.method = Method::get,
         .path = "/v1/members/{id}/orders",
         .group = "Orders",
         .scope = Scope::read,
         .summary = {"A member's orders", "会员的订单"},
         .path_parameters = {member_path_parameter()},
         .parameters = page_parameters(),
         .output = &schemas::order_list,
         .handler = FromStore{list_orders}},
        {.method = Method::get,
         .path = "/v1/members/{id}/orders/{order_id}",
         .group = "Orders",
         .scope = Scope::read,
         .summary = {"An order as it stands", "订单现状"},
         .path_parameters = {member_path_parameter(),
                             {"order_id", Type::text, {"The shop's order id.", "店铺订单号。"}}},
         .output = &schemas::order,
         .handler = FromStore{get_order}},
    };
}

}  // namespace regulars::api
