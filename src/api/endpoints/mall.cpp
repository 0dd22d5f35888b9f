// The points mall: what there is and what it costs, for all and for one member, and buying it.
#include <algorithm>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/terms.hpp"
#include "api/endpoints/write.hpp"
#include "engine/activities/common.hpp"
#include "engine/orders/mall.hpp"

namespace regulars::api {

namespace {

using programme::MallItem;

std::string stock_of_window(const MallItem& item, const programme::MallWindow& window) {
    return programme::stock_of_goods(item.name + ":" + window.name);
}

void write_price(JsonWriter& json, const programme::MallPrice& price) {
    json.begin_object();
    json.field("points", price.points);
    json.field("money_minor", price.money);
    json.end_object();
}

void write_head(JsonWriter& json, const MallItem& item, const programme::Programme& programme) {
    json.field("name", item.name);
    json.field_if("title", item.title.en);
    json.field_if("title_zh", item.title.zh);
    const bool is_goods = item.kind == MallItem::Kind::goods;
    json.field("kind", is_goods ? "goods" : "coupon");
    if (is_goods) json.field("product", item.product);
    else json.field("coupon", programme.coupons.templates[item.coupon].name);
    json.field("cancellable", item.cancellable);
}

void write_window(JsonWriter& json, const MallItem& item, const programme::MallWindow& window, const Terms& terms) {
    json.begin_object();
    json.field("name", window.name);
    json.field_if("title", window.title.en);
    json.field_if("title_zh", window.title.zh);
    json.name("price");
    write_price(json, window.price);
    json.name("open");
    write_opening(json, window.opening);
    json.name("who");
    write_who(json, window.who, terms.programme);
    write_stock_left(json, window.stock, stock_of_window(item, window), terms.stocks, terms.today);
    json.end_object();
}

void write_item(JsonWriter& json, const MallItem& item, const Terms& terms) {
    json.begin_object();
    write_head(json, item, terms.programme);
    json.name("price");
    if (item.only_in_windows) json.null();
    else write_price(json, item.price);
    json.name("open");
    write_opening(json, item.opening);
    json.name("who");
    write_who(json, item.who, terms.programme);
    if (item.limit.per_day) json.field("per_member_day", *item.limit.per_day);
    if (item.limit.total) json.field("per_member", *item.limit.total);
    write_stock_left(json, item.stock, programme::stock_of_goods(item.name), terms.stocks, terms.today);
    json.name("windows");
    json.begin_array();
    for (const programme::MallWindow& window : item.windows) write_window(json, item, window, terms);
    json.end_array();
    json.end_object();
}

void write_mall(JsonWriter& json, const Terms& terms) {
    json.name("items");
    json.begin_array();
    for (const MallItem& item : terms.programme.mall.items) write_item(json, item, terms);
    json.end_array();
}

Answer list_mall(const Call& call) { return answer_with_terms(call, write_mall); }

// How many more the member may have now, by the limits for one member; nothing where there are none.
std::optional<std::int64_t> still_allowed(const engine::Member& member, const MallItem& item, LocalDate today) {
    const auto& counts = member.mall_counts;
    std::optional<std::int64_t> more;
    if (item.limit.total) more = *item.limit.total - engine::total_of(counts, item.name);
    if (item.limit.per_day)
        more = std::min(more.value_or(INT64_MAX),
                        *item.limit.per_day - engine::on_day_of(counts, item.name, today));
    if (more) more = std::max<std::int64_t>(0, *more);
    return more;
}

void write_offer(JsonWriter& json, const MallItem& item, const engine::Decision& decision, const Terms& terms) {
    const auto offer = engine::mall_offer(decision, item);
    json.begin_object();
    write_head(json, item, terms.programme);
    json.field("on_sale", offer.has_value());
    json.name("price");
    if (offer) write_price(json, offer->price);
    else json.null();
    if (offer && offer->window != nullptr) {
        json.field("window", offer->window->name);
        json.field_if("window_title", offer->window->title.en);
        json.field_if("window_title_zh", offer->window->title.zh);
    }
    const auto more = still_allowed(decision.member, item, terms.today);
    json.name("allowed");
    if (more) json.integer(*more);
    else json.null();
    auto left = stock_left(item.stock, programme::stock_of_goods(item.name), terms.stocks, terms.today);
    if (offer && offer->window != nullptr)
        if (const auto in_window = stock_left(offer->window->stock, stock_of_window(item, *offer->window), terms.stocks,
                                              terms.today))
            left = std::min(left.value_or(INT64_MAX), *in_window);
    json.name("left");
    if (left) json.integer(*left);
    else json.null();
    json.end_object();
}

void write_offers(JsonWriter& json, const Terms& terms, const engine::Decision& decision) {
    json.name("items");
    json.begin_array();
    for (const MallItem& item : terms.programme.mall.items) write_offer(json, item, decision, terms);
    json.end_array();
}

Answer list_offers(const Call& call) { return answer_for_member(call, write_offers); }

expected<Prepared, Problem> redeem(const Call& call) { return prepare_member_event(call, "goods_redeemed"); }

// A phone cannot say that money was paid.
expected<Prepared, Problem> redeem_mine(const Call& call) {
    service::Given given;
    given.type = "goods_redeemed";
    given.target = call.request.member;
    given.now_only = true;
    auto prepared = prepare_event(call, std::move(given), body_with(call.request, "item", call.path_value(0)));
    if (prepared && !std::get<engine::GoodsRedeemed>(prepared->commands.front().event.fact).order_id.empty())
        return unexpected(input_problem("/order_id", "what costs money too is told by the shop once it is paid",
                                        "no order_id, and an item that costs points alone"));
    return prepared;
}

}  // namespace

std::vector<Endpoint> mall_endpoints() {
    Endpoint mine = member_write("/v1/me/mall/{item}/redemptions", "Me", {"Buy something for points", "积分兑换"},
                                 {"At the price that GET /v1/me/mall tells; tell it as 'points', and nothing happens "
                                  "at another one. The redemption id makes it happen once.",
                                  "按 GET /v1/me/mall 所示价格；以 points 告知所见价格，价格已变则不生效。兑换号保证只生效一次。"},
                                 schemas::my_redemption_input,
                                 R"({"redemption_id":"R-7c1e","points":300})", redeem_mine);
    mine.scope = Scope::member;
    mine.path_parameters = {{"item", Type::text, {"Its name in the programme.", "计划中的兑换品代码。"}}};
    return {
        {.method = Method::get,
         .path = "/v1/mall",
         .group = "Points mall",
         .scope = Scope::read,
         .summary = {"What points buy, when and for whom, and what is left", "积分商城的兑换品、时段、价格与剩余数量"},
         .output = &schemas::mall,
         .handler = FromStore{list_mall}},
        {.method = Method::get,
         .path = "/v1/members/{id}/mall",
         .group = "Points mall",
         .scope = Scope::read,
         .summary = {"What each item costs this member now", "该会员此刻的兑换价格"},
         .path_parameters = {member_path_parameter()},
         .output = &schemas::my_mall,
         .handler = FromStore{list_offers}},
        member_write("/v1/members/{id}/redemptions", "Points mall", {"The member buys something for points", "积分兑换"},
                     {"Points are taken and stock is counted at once. Where the item costs money too, the order of "
                      "that id is placed as paid: it earns and is returned like any other, and its whole return "
                      "cancels the redemption. Tell this before the payment is captured: it may be refused.",
                      "积分与库存立即扣减。若需另付现金，则以该订单号生成已付订单，照常累积与退货；整单退货即取消兑换。"
                      "请在扣款确认前提交：可能被拒绝。"},
                     schemas::redemption_input,
                     R"({"redemption_id":"R-7c1e","item":"kettle","points":400,"order_id":"M-1","money_minor":1990})",
                     redeem),
        {.method = Method::get,
         .path = "/v1/me/mall",
         .group = "Me",
         .scope = Scope::member,
         .summary = {"What each item costs me now", "积分商城与我的兑换价格"},
         .output = &schemas::my_mall,
         .handler = FromStore{list_offers}},
        std::move(mine),
    };
}

}  // namespace regulars::api
