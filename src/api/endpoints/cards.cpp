// Membership cards: a number of the programme's form as one more identity, to be shown and scanned.
#include <algorithm>

#include "api/barcodes.hpp"
#include "api/endpoints/common.hpp"
#include "api/endpoints/registry.hpp"
#include "api/json_writer.hpp"
#include "api/waiting.hpp"
#include "service/card_numbers.hpp"

namespace regulars::api {

namespace {

/// Numbers are chosen by chance; that so many in a row are taken means that nearly all are.
constexpr int attempts_max = 20;

std::optional<std::string> card_of(const engine::Member& member) {
    const auto& identities = member.identities;
    const auto found = std::ranges::find(identities, "card", &engine::Identity::kind);
    return found == identities.end() ? std::nullopt : std::optional(found->value);
}

Problem no_card(std::string detail) { return problem_of(Fault::card_not_found, std::move(detail)); }

Answer card_response(std::string_view number, int status) {
    Response response;
    response.status = status;
    JsonWriter json(response.body);
    json.begin_object();
    json.field("card", number);
    json.end_object();
    return response;
}

Answer get_card(const Call& call) {
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const auto number = card_of(view->member);
    return number ? card_response(*number, 200) : unexpected(no_card("The member has no card."));
}

Answer make_card(const Call& call) {
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    if (const auto number = card_of(view->member)) return card_response(*number, 200);
    const auto programmes = call.service.programmes();
    const auto& form = programmes->current().identity.cards;
    if (!form) return unexpected(no_card("The programme says nothing of cards (identity.cards)."));
    for (int attempt = 1;; ++attempt) {
        const std::string number = service::make_card_number(*form);
        const engine::Event linked{call.service.now(), engine::IdentityLinked{"card", number}};
        const auto replies = submit_and_wait(call.service, {{view->member.id, linked}}, false);
        if (!replies) return unexpected(replies.error());
        const service::Reply& reply = replies->front();
        if (reply) return card_response(number, 201);
        const auto* refusal = std::get_if<service::Refusal>(&reply.error().reason);
        const bool is_taken = refusal != nullptr && *refusal == service::Refusal::identity_taken;
        if (!is_taken || attempt == attempts_max) return unexpected(problem_of(reply.error()));
    }
}

Answer get_card_svg(const Call& call) {
    const std::string_view form = call.request.parameter("form").value_or("qr");
    if (form != "qr" && form != "barcode")
        return unexpected(parameter_problem("form", "there is no such form", "qr or barcode", form));
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const auto number = card_of(view->member);
    if (!number) return unexpected(no_card("The member has no card."));
    auto svg = barcode_svg(*number, form == "qr" ? BarcodeForm::qr : BarcodeForm::code_128);
    if (!svg) return unexpected(no_card("The member's card number cannot be drawn."));
    return Response{200, "image/svg+xml", std::move(*svg), {}};
}

constexpr Text make_text{"A card for the member", "为会员制卡"};
constexpr Text make_about{"A number that nobody can guess, of the form that identity.cards says, as one more identity. "
                          "Who has a card keeps it: 200.",
                          "按 identity.cards 的格式生成不可猜测的卡号并作为身份关联；已有卡者返回 200。"};
constexpr Text show_text{"The card's number", "会员卡号"};
constexpr Text draw_text{"The card to be printed or shown", "可打印或出示的会员卡码"};

std::vector<Parameter> form_parameter() {
    return {{"form", Type::text, {"qr (when left out), or barcode: Code 128.", "qr（默认）或 barcode（Code 128）。"}}};
}

// The same three for the shop and for the member's own phone.
std::vector<Endpoint> cards_at(std::string_view path, std::string_view drawing_path, bool own) {
    Endpoint make{.method = Method::post,
                  .path = path,
                  .group = own ? "Me" : "Members",
                  .scope = own ? Scope::member : Scope::write,
                  .summary = make_text,
                  .about = make_about,
                  .output = &schemas::card,
                  .statuses = {201, 200},
                  .handler = FromStore{make_card}};
    Endpoint show{.method = Method::get,
                  .path = path,
                  .group = make.group,
                  .scope = own ? Scope::member : Scope::read,
                  .summary = show_text,
                  .output = &schemas::card,
                  .handler = FromStore{get_card}};
    Endpoint draw{.method = Method::get,
                  .path = drawing_path,
                  .group = make.group,
                  .scope = show.scope,
                  .summary = draw_text,
                  .parameters = form_parameter(),
                  .output_type = "image/svg+xml",
                  .handler = FromStore{get_card_svg}};
    if (!own) make.path_parameters = show.path_parameters = draw.path_parameters = {member_path_parameter()};
    return {make, show, draw};
}

}  // namespace

std::vector<Endpoint> card_endpoints() {
    auto all = cards_at("/v1/members/{id}/card", "/v1/members/{id}/card.svg", false);
    auto own = cards_at("/v1/me/card", "/v1/me/card.svg", true);
    all.insert(all.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    return all;
}

}  // namespace regulars::api
