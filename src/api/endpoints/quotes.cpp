// Quotes: what a basket would cost and earn. They change nothing and are answered from memory.
#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"

namespace regulars::api {

Answer quote(const Call& call) {
    service::Given given;
    const auto programmes = call.service.programmes();
    given.identities = &programmes->current().identity;
    auto target = target_of(call.request, *given.identities);
    if (!target) return unexpected(target.error());
    given.target = std::move(*target);
    if (call.request.member != MemberId()) given.target = call.request.member;
    const auto basket = service::parse_basket(call.request.body, given);
    if (!basket) return unexpected(problem_of(basket.error()));
    const auto quoted = call.service.quote(basket->target, basket->basket);
    if (!quoted) return unexpected(problem_of(quoted.error()));
    if (!*quoted) return unexpected(member_not_found(basket->target));
    if (!**quoted) return unexpected(problem_of((*quoted)->error()));
    Response response;
    JsonWriter json(response.body);
    write_quote(json, ***quoted);
    return response;
}

std::vector<Endpoint> quote_endpoints() {
    return {{.method = Method::post,
             .path = "/v1/quotes",
             .group = "Quotes",
             .scope = Scope::read,
             .summary = {"What a basket would cost and earn", "购物车试算"},
             .about = {"Prices, discount, shipping, points and cashback, each with its reason. Changes nothing.",
                       "给出价格、优惠、运费、积分与返现及原因，不改变任何数据。"},
             .parameters = target_parameters(),
             .input_type = "application/json",
             .input = &schemas::basket_input,
             .input_example = R"({"member":"1","lines":[{"sku":"T-01","price_kind":"regular","amount_minor":19900}],)"
                              R"("shipping_fee_minor":1000})",
             .output = &schemas::quote,
             .handler = AtOnce{quote}}};
}

}  // namespace regulars::api
