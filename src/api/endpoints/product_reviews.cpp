// What members think of what they bought: writing it, and looking at what was written.
#include <algorithm>
#include <array>

#include "api/endpoints/common.hpp"
#include "api/endpoints/places.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "engine/activities/product_reviews.hpp"
#include "service/store.hpp"

namespace regulars::api {

namespace {

using engine::ReviewStatus;

constexpr std::array statuses{ReviewStatus::written, ReviewStatus::approved, ReviewStatus::refused,
                              ReviewStatus::taken_back};

bool by_member(const Call& call) { return call.request.member != MemberId(); }

// The order stands in the path, behind the member where that stands there.
expected<Prepared, Problem> write_review(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    service::Given given;
    given.type = "product_reviewed";
    given.target = *id;
    given.now_only = by_member(call);
    return prepare_event(call, std::move(given),
                         body_with(call.request, "order_id", call.path_value(by_member(call) ? 0 : 1)));
}

expected<Prepared, Problem> moderate(const Call& call, bool approved) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    service::Given given;
    given.type = "review_moderated";
    given.target = *id;
    std::string body = body_with(call.request, "order_id", call.path_value(1));
    body = with_field(std::move(body), "product", call.path_value(2));
    return prepare_event(call, std::move(given), with_flag(std::move(body), "approved", approved));
}

expected<Prepared, Problem> approve(const Call& call) { return moderate(call, true); }
expected<Prepared, Problem> refuse(const Call& call) { return moderate(call, false); }

// What the event told that wrote it; nothing where it was lost with a merge or an erasure.
expected<std::optional<engine::ProductReviewed>, Problem> text_of_review(const Call& call,
                                                                         const service::ReviewRow& row) {
    if (row.event_sequence == 0) return std::nullopt;
    const auto rows = call.service.list_events(row.member, {row.event_sequence - 1, 1});
    if (!rows) return unexpected(problem_of(rows.error()));
    if (rows->empty()) return std::nullopt;
    const auto event = service::parse_event(rows->front().payload, call.service.programmes()->current().zone);
    if (!event) return std::nullopt;
    const auto* told = std::get_if<engine::ProductReviewed>(&event->fact);
    return told == nullptr ? std::nullopt : std::optional(*told);
}

void write_review_row(JsonWriter& json, const service::ReviewRow& row,
                      const std::optional<engine::ProductReviewed>& told) {
    const engine::ProductReview& review = row.change.review;
    json.begin_object();
    json.id_field("member", row.member.value);
    json.field("order_id", row.change.order_id);
    json.field("product", review.product);
    json.field("status", engine::name_of(review.status));
    json.field("score", review.score);
    json.field_if("text", told ? told->text : "");
    json.name("pictures");
    write_texts(json, told ? told->pictures : std::vector<std::string>());
    json.field("points", review.points);
    json.field("cashback_minor", review.cashback);
    json.field("at", row.change.at);
    json.end_object();
}

Answer list_reviews(const Call& call) {
    const auto asked = read_in_state(call.request, statuses, "reviews");
    if (!asked) return unexpected(asked.error());
    const auto rows = call.service.list_reviews(asked->status, asked->page);
    if (!rows) return unexpected(problem_of(rows.error()));
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("reviews");
    json.begin_array();
    for (const service::ReviewRow& row : *rows) {
        const auto told = text_of_review(call, row);
        if (!told) return unexpected(told.error());
        write_review_row(json, row, *told);
    }
    json.end_array();
    const bool full = rows->size() == asked->page.limit;
    write_next(json, full ? place_text({rows->back().member, rows->back().change.order_id + '\n' +
                                                                 rows->back().change.review.product})
                          : "");
    json.end_object();
    return response;
}

// A page of the member's orders, and of these the settled ones of which something can be reviewed.
Answer list_open_reviews(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const std::string after(call.request.parameter("after").value_or(""));
    const auto rows = call.service.list_orders(*id, {after, *limit});
    if (!rows) return unexpected(problem_of(rows.error()));
    if (const auto problem = nobody(call, *id, rows->empty())) return unexpected(*problem);
    std::vector<std::string> order_ids;
    for (const service::OrderSummary& row : *rows)
        if (row.settled_at) order_ids.push_back(row.order_id);
    const auto orders = call.service.closed_orders(*id, order_ids);
    if (!orders) return unexpected(problem_of(orders.error()));
    const auto programmes = call.service.programmes();
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("orders");
    json.begin_array();
    for (const auto& order : *orders) {
        if (!order) continue;
        const auto products = engine::open_for_review(programmes->current(), *order, call.service.now());
        if (products.empty()) continue;
        json.begin_object();
        json.field("order_id", order->order_id);
        write_instant_if(json, "settled_at", order->settled_at);
        json.name("products");
        write_texts(json, products);
        json.end_object();
    }
    json.end_array();
    write_next(json, rows->size() == *limit ? rows->back().order_id : "");
    json.end_object();
    return response;
}

Parameter order_parameter() { return {"order", Type::text, {"The order's id.", "订单号。"}}; }

Endpoint decision(std::string_view path, Text summary, Text about,
                  expected<Prepared, Problem> (*prepare)(const Call&)) {
    Endpoint endpoint = member_write(path, "Reviews", summary, about, schemas::decision_input, "{}", prepare);
    endpoint.input_required = false;
    endpoint.path_parameters.push_back(order_parameter());
    endpoint.path_parameters.push_back({"product", Type::text, {"The product.", "商品编号。"}});
    return endpoint;
}

Endpoint list_of_open(std::string_view path, std::string_view group, Scope scope,
                      std::vector<Parameter> path_parameters) {
    return {.method = Method::get,
            .path = path,
            .group = group,
            .scope = scope,
            .summary = {"Products that can be reviewed now", "可评价的商品"},
            .about = {"Page by page over the orders; a page may be empty while 'next' is not.",
                      "按订单分页；某页可能为空而 next 不为空。"},
            .path_parameters = std::move(path_parameters),
            .parameters = page_parameters(),
            .output = &schemas::open_review_list,
            .handler = FromStore{list_open_reviews}};
}

Endpoint my_review() {
    Endpoint endpoint = member_write(
        "/v1/me/orders/{order}/reviews", "Me", {"What I think of what I bought", "评价我买的商品"},
        {"Of a settled order. Told again before anybody has looked, it takes the other's place.",
         "限已完成的订单。审核前再次提交将替换前一次。"},
        schemas::my_review_input,
        R"({"product":"MUG-1","score":5,"text":"Keeps tea warm.","pictures":["https://example.com/1.jpg"]})",
        write_review);
    endpoint.scope = Scope::member;
    endpoint.path_parameters = {order_parameter()};
    return endpoint;
}

Endpoint shop_review() {
    Endpoint endpoint = member_write(
        "/v1/members/{id}/orders/{order}/reviews", "Reviews", {"A member reviews a product", "会员评价商品"},
        {"Of a settled order, for as long as the programme says.", "限已完成的订单，在计划规定的期限内。"},
        schemas::review_input, R"({"product":"MUG-1","score":5,"text":"Keeps tea warm."})", write_review);
    endpoint.path_parameters.push_back(order_parameter());
    return endpoint;
}

}  // namespace

std::vector<Endpoint> product_review_endpoints() {
    Endpoint all{.method = Method::get,
                 .path = "/v1/reviews",
                 .group = "Reviews",
                 .scope = Scope::read,
                 .summary = {"Reviews that wait to be looked at", "待审核的评价"},
                 .about = {"With the texts. An approved review brings what the programme says.",
                           "含评价文字。审核通过后按计划发放奖励。"},
                 .parameters = page_parameters(),
                 .output = &schemas::review_list,
                 .handler = FromStore{list_reviews}};
    all.parameters.push_back({"status", Type::text,
                              {"written (default), approved, refused or taken_back.",
                               "状态：待审核（默认）、已通过、已拒绝、已收回。"}});
    return {
        shop_review(),
        std::move(all),
        list_of_open("/v1/members/{id}/reviews/open", "Reviews", Scope::read, {member_path_parameter()}),
        decision("/v1/members/{id}/orders/{order}/reviews/{product}/approve", {"Approve a review", "通过评价"},
                 {"Once for each product and member, for as many products of an order as the programme says.",
                  "同一会员同一商品只奖励一次，每单奖励件数以计划为准。"},
                 approve),
        decision("/v1/members/{id}/orders/{order}/reviews/{product}/refuse", {"Refuse a review", "拒绝评价"},
                 {"It brings nothing, and cannot be written again.", "不发奖励，且不可再次提交。"}, refuse),
        my_review(),
        list_of_open("/v1/me/reviews/open", "Me", Scope::member, {}),
    };
}

}  // namespace regulars::api
