// The steps of an order's life. The member is named in the body or in the query; a step for an order that is not known
// yet is kept and applied when the order comes.
#include "api/endpoints/common.hpp"
#include "api/endpoints/registry.hpp"

namespace regulars::api {

namespace {

expected<Prepared, Problem> prepare_step(const Call& call, std::string_view type) {
    service::Given given;
    given.type = type;
    given.order_id = call.path_value(0);
    return prepare_event(call, std::move(given));
}

expected<Prepared, Problem> pay(const Call& call) { return prepare_step(call, "order_paid"); }
expected<Prepared, Problem> ship(const Call& call) { return prepare_step(call, "order_shipped"); }
expected<Prepared, Problem> deliver(const Call& call) { return prepare_step(call, "order_delivered"); }
expected<Prepared, Problem> settle(const Call& call) { return prepare_step(call, "order_settled"); }
expected<Prepared, Problem> cancel(const Call& call) { return prepare_step(call, "order_cancelled"); }
expected<Prepared, Problem> refund(const Call& call) { return prepare_step(call, "order_refunded"); }
expected<Prepared, Problem> exchange(const Call& call) { return prepare_step(call, "order_exchanged"); }

Endpoint step_endpoint(std::string_view path, Text summary, const Schema& input, std::string_view example,
                       expected<Prepared, Problem> (*prepare)(const Call&)) {
    return {.method = Method::post,
            .path = path,
            .group = "Orders",
            .scope = Scope::write,
            .summary = summary,
            .about = {"202: the order is not known yet; the step waits for it.", "202：订单尚未录入，该环节将等待订单。"},
            .path_parameters = {{"order_id", Type::text, {"The shop's order id.", "店铺订单号。"}}},
            .parameters = target_parameters(),
            .input_type = "application/json",
            .input = &input,
            .input_required = false,
            .input_example = example,
            .output = &schemas::done,
            .statuses = {201, 200, 202},
            .handler = ByWriter{prepare}};
}

}  // namespace

std::vector<Endpoint> order_step_endpoints() {
    constexpr std::string_view step = R"({"member":"1"})";
    return {
        step_endpoint("/v1/orders/{order_id}/paid", {"The order is paid", "订单已支付"}, schemas::payment_input, step,
                      pay),
        step_endpoint("/v1/orders/{order_id}/shipped", {"The order is shipped", "订单已发货"}, schemas::step_input, step,
                      ship),
        step_endpoint("/v1/orders/{order_id}/delivered", {"The order is delivered", "订单已签收"}, schemas::step_input,
                      step, deliver),
        step_endpoint("/v1/orders/{order_id}/settled", {"The order counts from now on", "订单交易成功"},
                      schemas::step_input, step, settle),
        step_endpoint("/v1/orders/{order_id}/cancelled", {"The order is cancelled", "订单已取消"}, schemas::step_input,
                      step, cancel),
        step_endpoint("/v1/orders/{order_id}/refunds", {"Lines, or all of the order, come back", "退货退款"},
                      schemas::refund_input,
                      R"({"member":"1","refund_id":"R-1","lines":[{"line":0,"quantity":1}]})", refund),
        step_endpoint("/v1/orders/{order_id}/exchanges", {"Lines go back and others come instead", "换货"},
                      schemas::exchange_input,
                      R"({"member":"1","exchange_id":"X-1","lines":[{"line":0,"quantity":1}]})", exchange),
    };
}

}  // namespace regulars::api
