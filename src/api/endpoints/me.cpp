// What a member's phone may ask: always about the member whose token it shows, whatever else the request says.
#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/member_tokens.hpp"

namespace regulars::api {

namespace {

Endpoint look(std::string_view path, Text summary, const Schema& output, Answer (*handle)(const Call&),
              std::vector<Parameter> parameters = {}) {
    return {.method = Method::get,
            .path = path,
            .group = "Me",
            .scope = Scope::member,
            .summary = summary,
            .parameters = std::move(parameters),
            .output = &output,
            .handler = FromStore{handle}};
}

}  // namespace

std::vector<Endpoint> me_endpoints() {
    return {
        {.method = Method::post,
         .path = "/v1/members/{id}/tokens",
         .group = "Me",
         .scope = Scope::write,
         .summary = {"A token for the member's phone", "为会员手机签发令牌"},
         .about = {"With it, and nothing else, the addresses under /v1/me answer, about this member only. Revoking the "
                   "API key that asked for it ends it.",
                   "凭该令牌（且仅凭该令牌）可访问 /v1/me 下的地址，且只涉及该会员。吊销申请它的密钥即令其失效。"},
         .path_parameters = {member_path_parameter()},
         .input_type = "application/json",
         .input = &schemas::token_input,
         .input_required = false,
         .input_example = R"({"minutes":60})",
         .output = &schemas::token,
         .statuses = {201},
         .handler = ByServer{ByServer::Page::member_token}},
        look("/v1/me", {"Who I am and what I have", "我的资料与资产"}, schemas::member, get_member),
        look("/v1/me/entitlements", {"What I may claim now", "我现在可享的权益"}, schemas::entitlements,
             get_entitlements),
        look("/v1/me/benefits", {"What holds for me now, why and until when", "我的权益、原因与期限"}, schemas::benefits,
             get_benefits),
        look("/v1/me/coupons", {"My coupons", "我的券"}, schemas::coupon_list, list_coupons, page_parameters()),
        look("/v1/me/coupons/available", {"The programme's coupons and what is left of them", "可领取的券及剩余数量"},
             schemas::coupon_template_list, list_coupon_templates),
        look("/v1/me/orders", {"My orders", "我的订单"}, schemas::order_list, list_orders, page_parameters()),
        look("/v1/me/notices", {"What I was to be told in the last 90 days", "我近 90 天的通知"},
             schemas::member_notice_list, list_member_notices, page_parameters()),
        look("/v1/me/ledger", {"My ledger", "我的账目"}, schemas::ledger, list_ledger, page_parameters()),
        {.method = Method::post,
         .path = "/v1/me/coupons/claims",
         .group = "Me",
         .scope = Scope::member,
         .summary = {"Take a coupon", "领券"},
         .about = {"By name, or by a code, public or one that works once; after ten wrong codes in an hour 429 until "
                   "the hour is over.",
                   "凭名称、公开券码或一次性券码领取；一小时内输错十次后返回 429，直至该小时结束。"},
         .input_type = "application/json",
         .input = &schemas::my_claim_input,
         .input_example = R"({"code":"SAVE20","reference":"claim-1"})",
         .output = &schemas::done,
         .statuses = {201, 200},
         .handler = ByWriter{claim_coupon}},
        {.method = Method::post,
         .path = "/v1/me/quotes",
         .group = "Me",
         .scope = Scope::member,
         .summary = {"What a basket would cost and earn me", "购物车试算"},
         .input_type = "application/json",
         .input = &schemas::my_basket_input,
         .input_example = R"({"lines":[{"sku":"T-01","price_kind":"regular","amount_minor":19900}]})",
         .output = &schemas::quote,
         .handler = AtOnce{quote}},
    };
}

}  // namespace regulars::api
