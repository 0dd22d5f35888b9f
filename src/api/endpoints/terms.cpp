#include "api/endpoints/terms.hpp"

#include "api/endpoints/common.hpp"

namespace regulars::api {

Answer answer_with_terms(const Call& call, void (*write)(JsonWriter&, const Terms&)) {
    const auto stocks = call.service.stocks();
    if (!stocks) return unexpected(problem_of(stocks.error()));
    const auto programmes = call.service.programmes();
    const programme::Programme& programme = programmes->current();
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    write(json, {programme, *stocks, programme.zone.date(call.service.now())});
    json.end_object();
    return response;
}

Answer answer_for_member(const Call& call, void (*write)(JsonWriter&, const Terms&, const engine::Decision&)) {
    auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const auto stocks = call.service.stocks();
    if (!stocks) return unexpected(problem_of(stocks.error()));
    const auto programmes = call.service.programmes();
    engine::Member& member = view->member;
    engine::Outcome nothing;
    const engine::Decision decision{*programmes, programmes->current(), member, nothing, member.advanced_to};
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.id_field("member", member.id.value);
    json.field("as_of", member.advanced_to);
    json.field("points_available", member.points_available);
    write(json, {programmes->current(), *stocks, decision.today()}, decision);
    json.end_object();
    return response;
}

}  // namespace regulars::api
