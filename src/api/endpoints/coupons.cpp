// Coupons: what the programme has and what is left of it, what a member holds, and giving, taking and revoking them.
#include <algorithm>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "engine/holdings/coupons.hpp"
#include "service/coupon_stocks.hpp"

namespace regulars::api {

namespace {

using programme::CouponTemplate;

std::string_view name_of(CouponTemplate::Kind kind) {
    switch (kind) {
        case CouponTemplate::Kind::amount_off: return "amount_off";
        case CouponTemplate::Kind::percent_off: return "percent_off";
        case CouponTemplate::Kind::free_shipping: return "free_shipping";
        case CouponTemplate::Kind::gift: return "gift";
        case CouponTemplate::Kind::exchange: return "exchange";
        case CouponTemplate::Kind::trial: return "trial";
        case CouponTemplate::Kind::partner: return "partner";
        case CouponTemplate::Kind::invitation: return "invitation";
    }
    return {};
}

void write_terms(JsonWriter& json, const CouponTemplate& terms) {
    json.field("name", terms.name);
    json.field_if("title", terms.title.en);
    json.field_if("title_zh", terms.title.zh);
    json.field("kind", name_of(terms.kind));
    const bool has_amount = terms.kind == CouponTemplate::Kind::amount_off ||
                            terms.kind == CouponTemplate::Kind::exchange || terms.kind == CouponTemplate::Kind::trial;
    if (has_amount) json.field("amount_minor", terms.amount);
    if (terms.kind == CouponTemplate::Kind::percent_off) json.field("rate", terms.rate.text());
    if (terms.at_most) json.field("at_most_minor", *terms.at_most);
    json.field_if("product", terms.product);
    json.field("minimum_minor", terms.minimum);
    json.field("claimable", terms.claim.has_value());
    json.field("by_code", terms.claim && (!terms.claim->code.empty() || terms.claim->unique_codes));
    json.field("points", terms.claim ? terms.claim->points : Points());
}

// What is out, and what is left of the stock and of the partner's codes, where one of them is counted.
void write_stock(JsonWriter& json, const CouponTemplate& terms, const std::vector<service::CouponStock>& stocks,
                 const std::vector<service::PartnerPool>& pools, LocalDate today) {
    const auto stock = std::ranges::find(stocks, terms.name, &service::CouponStock::coupon);
    const bool counted = terms.stock.shared() && stock != stocks.end();
    const bool has_pool = terms.kind == CouponTemplate::Kind::partner;
    const auto pool = has_pool ? std::ranges::find(pools, terms.pool, &service::PartnerPool::name) : pools.end();
    std::int64_t left = counted ? service::left_of(terms, *stock, today) : INT64_MAX;
    if (pool != pools.end()) left = std::min(left, pool->left());
    if (counted) json.field("issued", stock->issued);
    else if (pool != pools.end()) json.field("issued", pool->given);
    if (counted || pool != pools.end()) {
        json.field("left", left);
    } else {
        json.name("left");
        json.null();
    }
    if (terms.kind != CouponTemplate::Kind::invitation) return;
    const auto attended =
        std::ranges::find(stocks, engine::stock_of_attendance(terms.name), &service::CouponStock::coupon);
    json.field("attended", attended != stocks.end() ? attended->issued : 0);
}

}  // namespace

Answer list_coupon_templates(const Call& call) {
    const auto stocks = call.service.stocks();
    if (!stocks) return unexpected(problem_of(stocks.error()));
    const auto pools = call.service.pools();
    if (!pools) return unexpected(problem_of(pools.error()));
    const auto programmes = call.service.programmes();
    const programme::Programme& programme = programmes->current();
    const LocalDate today = programme.zone.date(call.service.now());
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("coupons");
    json.begin_array();
    for (const CouponTemplate& terms : programme.coupons.templates) {
        json.begin_object();
        write_terms(json, terms);
        write_stock(json, terms, *stocks, *pools, today);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return response;
}

void write_coupon(JsonWriter& json, const service::CouponSummary& coupon, const programme::Versions& versions) {
    json.begin_object();
    json.id_field("id", coupon.coupon.value);
    json.field("name", coupon.name);
    const auto* made_by = versions.find(coupon.programme_version);
    if (const auto* terms = made_by == nullptr ? nullptr : made_by->coupons.find(coupon.name)) {
        json.field_if("title", terms->title.en);
        json.field_if("title_zh", terms->title.zh);
    }
    json.field("status", coupon.status);
    json.field("granted_at", coupon.granted_at);
    json.field("usable_from", coupon.usable_from);
    write_instant_if(json, "expires_at", coupon.expires_at);
    write_instant_if(json, "ended_at", coupon.ended_at);
    json.field("amount_minor", coupon.amount_minor);
    json.field_if("partner_code", coupon.partner_code);
    json.count_field("programme_version", coupon.programme_version);
    json.end_object();
}

Answer list_coupons(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const auto after = page_after(call.request);
    if (!after) return unexpected(after.error());
    const auto clamped = static_cast<std::uint32_t>(std::min<std::uint64_t>(*after, UINT32_MAX));
    const auto rows = call.service.list_coupons(*id, {clamped, *limit});
    if (!rows) return unexpected(problem_of(rows.error()));
    if (const auto problem = nobody(call, *id, rows->empty())) return unexpected(*problem);
    const auto programmes = call.service.programmes();
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("coupons");
    json.begin_array();
    for (const service::CouponSummary& row : *rows) write_coupon(json, row, *programmes);
    json.end_array();
    if (rows->size() == *limit) {
        json.id_field("next", rows->back().coupon.value);
    } else {
        json.name("next");
        json.null();
    }
    json.end_object();
    return response;
}

namespace {

expected<Prepared, Problem> grant(const Call& call) { return prepare_member_event(call, "coupon_granted"); }
expected<Prepared, Problem> revoke(const Call& call) { return prepare_member_event(call, "coupon_revoked"); }
// The path says which; the body may say when.
expected<Prepared, Problem> attend(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    service::Given given;
    given.type = "invitation_attended";
    given.target = *id;
    return prepare_event(call, std::move(given), body_with(call.request, "coupon", call.path_value(1)));
}

expected<Prepared, Problem> place_hold(const Call& call) { return prepare_member_event(call, "hold_placed"); }
expected<Prepared, Problem> release_hold(const Call& call) { return prepare_member_event(call, "hold_released"); }

}  // namespace

expected<Prepared, Problem> claim_coupon(const Call& call) { return prepare_member_event(call, "coupon_claimed"); }

std::vector<Endpoint> coupon_endpoints() {
    Endpoint attending = member_write(
        "/v1/members/{id}/coupons/{coupon}/attend", "Coupons",
        {"The member has come to what they were invited to", "邀请函签到"},
        {"The invitation is used then, and GET /v1/coupons counts who has come.",
         "邀请函随即标记为已用，GET /v1/coupons 给出到场人数。"},
        schemas::redemption_step_input, "{}", attend);
    attending.input_required = false;
    attending.path_parameters.push_back(
        {"coupon", Type::id, {"The coupon's id, as in the list of coupons.", "券编号，见券列表。"}});
    return {
        {.method = Method::get,
         .path = "/v1/coupons",
         .group = "Coupons",
         .scope = Scope::read,
         .summary = {"The programme's coupons and what is left of them", "计划中的券及剩余数量"},
         .output = &schemas::coupon_template_list,
         .handler = FromStore{list_coupon_templates}},
        {.method = Method::get,
         .path = "/v1/members/{id}/coupons",
         .group = "Coupons",
         .scope = Scope::read,
         .summary = {"A member's coupons", "会员的券"},
         .about = {"Those that are used, lapsed or revoked stay in the list.", "已用、过期或收回的券仍在列表中。"},
         .path_parameters = {member_path_parameter()},
         .parameters = page_parameters(),
         .output = &schemas::coupon_list,
         .handler = FromStore{list_coupons}},
        member_write("/v1/members/{id}/coupons", "Coupons", {"Give coupons", "发券"},
                       {"A coupon or a whole pack, all or nothing. The reference makes it happen once.",
                        "发放一种券或整个券包，要么全部要么不发。凭据保证只生效一次。"},
                       schemas::coupon_grant_input, R"({"coupon":"welcome10","reference":"sorry-17"})", grant),
        member_write("/v1/members/{id}/coupons/claims", "Coupons", {"The member takes a coupon", "领券"},
                       {"By name, or by a code, public or one that works once. Never more than there are, never more "
                        "than one member may.",
                        "凭名称、公开券码或一次性券码领取，绝不超发，绝不超过每人限领。"},
                       schemas::coupon_claim_input, R"({"code":"SAVE20","reference":"claim-1"})", claim_coupon),
        member_write("/v1/members/{id}/coupons/revocations", "Coupons", {"Take a coupon away", "收回一张券"},
                       {"One that is used stays used.", "已用的券不受影响。"}, schemas::coupon_revoke_input,
                       R"({"coupon":"1","reason":"given by mistake"})", revoke),
        std::move(attending),
        member_write("/v1/members/{id}/holds", "Checkout", {"Reserve for a checkout", "结算预占"},
                       {"Prices the basket as a quote does, and reserves its coupons, points and balance until the "
                        "order comes with this hold's id, the hold is released, or its time is over.",
                        "与试算同样计价，并预占所用的券、积分与余额，直至订单携带该预占号到来、预占被释放或超时。"},
                       schemas::hold_input,
                       R"({"hold_id":"H-1","lines":[{"sku":"T-01","amount_minor":19900}],"points":500})", place_hold),
        member_write("/v1/members/{id}/holds/releases", "Checkout", {"Give a checkout up", "释放预占"},
                       {"What was reserved goes back at once.", "所预占的立即退回。"}, schemas::hold_release_input,
                       R"({"hold_id":"H-1"})", release_hold),
    };
}

}  // namespace regulars::api
