// Prices for a time or for some: what there is, and what holds for one member now.
#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/terms.hpp"
#include "api/endpoints/write.hpp"
#include "engine/pricing/promotions.hpp"
#include "service/coupon_stocks.hpp"

namespace regulars::api {

namespace {

using programme::Promotion;

std::string_view name_of(Promotion::Kind kind) {
    switch (kind) {
        case Promotion::Kind::price: return "price";
        case Promotion::Kind::newcomer: return "newcomer";
        case Promotion::Kind::flash: return "flash";
        case Promotion::Kind::group: return "group";
    }
    return "";
}

void write_head(JsonWriter& json, const Promotion& promotion) {
    json.field("name", promotion.name);
    json.field_if("title", promotion.title.en);
    json.field_if("title_zh", promotion.title.zh);
    json.field("kind", name_of(promotion.kind));
    if (promotion.price) json.field("price_minor", *promotion.price);
    else json.field("off", promotion.rate.text());
    json.field("with_tier_price", promotion.with_tier_price);
    json.field("with_coupons", promotion.with_coupons);
    if (promotion.kind == Promotion::Kind::group) {
        json.field("group_size", std::int64_t{promotion.group_size});
        json.field("group_hours", std::int64_t{promotion.group_hours});
    }
}

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
    json.name(name);
    json.begin_array();
    for (const std::string& text : texts) json.text(text);
    json.end_array();
}

void write_promotion(JsonWriter& json, const Promotion& promotion, const Terms& terms) {
    json.begin_object();
    write_head(json, promotion);
    write_texts(json, "products", promotion.match.products);
    write_texts(json, "categories", promotion.match.categories);
    json.name("open");
    write_opening(json, promotion.opening);
    json.name("who");
    write_who(json, promotion.who, terms.programme);
    if (promotion.limit.per_day) json.field("per_member_day", *promotion.limit.per_day);
    if (promotion.limit.total) json.field("per_member", *promotion.limit.total);
    write_stock_left(json, promotion.stock, programme::stock_of_promotion(promotion.name), terms.stocks, terms.today);
    json.end_object();
}

void write_promotions(JsonWriter& json, const Terms& terms) {
    json.name("promotions");
    json.begin_array();
    for (const Promotion& promotion : terms.programme.promotions.promotions) write_promotion(json, promotion, terms);
    json.end_array();
}

Answer list_promotions(const Call& call) { return answer_with_terms(call, write_promotions); }

std::vector<engine::StockLeft> lefts_of(const programme::Programme& programme,
                                        const std::vector<service::CouponStock>& stocks, LocalDate today) {
    std::vector<engine::StockLeft> left;
    for (const Promotion& promotion : programme.promotions.promotions)
        for (const service::CouponStock& stock : stocks)
            if (promotion.stock.limited() && stock.coupon == programme::stock_of_promotion(promotion.name))
                left.push_back({stock.coupon, service::left_of(promotion.stock, stock, today)});
    return left;
}

Answer list_for_member(const Call& call) {
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const auto stocks = call.service.stocks();
    if (!stocks) return unexpected(problem_of(stocks.error()));
    const auto programmes = call.service.programmes();
    const programme::Programme& programme = programmes->current();
    const Instant at = view->member.advanced_to;
    const LocalDate today = programme.zone.date(at);
    const auto left = lefts_of(programme, *stocks, today);
    const engine::PromotionView present{programme, view->member, at, at, &left};
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.id_field("member", view->member.id.value);
    json.field("as_of", at);
    json.name("promotions");
    json.begin_array();
    for (const Promotion& promotion : programme.promotions.promotions) {
        const auto obstacle = engine::obstacle_of(present, promotion);
        json.begin_object();
        write_head(json, promotion);
        write_texts(json, "products", promotion.match.products);
        write_texts(json, "categories", promotion.match.categories);
        json.field("holds", !obstacle.has_value());
        if (obstacle) json.field("why_not", engine::code_of(*obstacle));
        json.name("allowed");
        if (const auto allowed = engine::allowed_of(present, promotion)) json.integer(*allowed);
        else json.null();
        write_stock_left(json, promotion.stock, programme::stock_of_promotion(promotion.name), *stocks, today);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return response;
}

}  // namespace

std::vector<Endpoint> promotion_endpoints() {
    return {
        {.method = Method::get,
         .path = "/v1/promotions",
         .group = "Promotions",
         .scope = Scope::read,
         .summary = {"Prices for a time or for some, and what is left", "活动价、时段、对象与剩余数量"},
         .output = &schemas::promotion_list,
         .handler = FromStore{list_promotions}},
        {.method = Method::get,
         .path = "/v1/members/{id}/promotions",
         .group = "Promotions",
         .scope = Scope::read,
         .summary = {"Which promotions hold for this member now", "该会员此刻可享的活动价"},
         .path_parameters = {member_path_parameter()},
         .output = &schemas::my_promotion_list,
         .handler = FromStore{list_for_member}},
        {.method = Method::get,
         .path = "/v1/me/promotions",
         .group = "Me",
         .scope = Scope::member,
         .summary = {"Which promotions hold for me now", "我此刻可享的活动价"},
         .output = &schemas::my_promotion_list,
         .handler = FromStore{list_for_member}},
    };
}

}  // namespace regulars::api
