// Redemptions of the points mall on their way: lists for the member and for the shipping desk, and delivery.
#include <algorithm>
#include <array>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/places.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "service/store.hpp"

namespace regulars::api {

namespace {

using engine::RedemptionStatus;

constexpr std::array statuses{RedemptionStatus::placed, RedemptionStatus::shipped, RedemptionStatus::delivered,
                              RedemptionStatus::cancelled, RedemptionStatus::passed};

void write_redemption(JsonWriter& json, const service::RedemptionRow& row, const programme::Versions& versions) {
    const engine::Redemption& redemption = row.redemption;
    const auto* made_by = versions.find(redemption.programme_version);
    const auto* item = made_by != nullptr ? made_by->mall.find(redemption.item) : nullptr;
    json.begin_object();
    json.id_field("member", row.member.value);
    json.field("redemption_id", redemption.redemption_id);
    json.field("item", redemption.item);
    json.field_if("title", item != nullptr ? item->title.en : "");
    json.field_if("title_zh", item != nullptr ? item->title.zh : "");
    json.field_if("product", item != nullptr ? item->product : "");
    json.field_if("window", redemption.window);
    json.field("quantity", redemption.quantity);
    json.field("points", redemption.points);
    json.field("money_minor", redemption.money);
    json.field_if("order_id", redemption.order_id);
    json.field("at", redemption.at);
    json.field("status", engine::name_of(redemption.status));
    json.field_if("carrier", redemption.carrier);
    json.field_if("tracking", redemption.tracking);
    json.end_object();
}

Response list_of(const Call& call, const std::vector<service::RedemptionRow>& rows, const std::string& next) {
    const auto programmes = call.service.programmes();
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("redemptions");
    json.begin_array();
    for (const service::RedemptionRow& row : rows) write_redemption(json, row, *programmes);
    json.end_array();
    write_next(json, next);
    json.end_object();
    return response;
}

Answer list_of_member(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const std::string after(call.request.parameter("after").value_or(""));
    const auto rows = call.service.list_redemptions(*id, {after, *limit});
    if (!rows) return unexpected(problem_of(rows.error()));
    if (const auto problem = nobody(call, *id, rows->empty())) return unexpected(*problem);
    return list_of(call, *rows, rows->size() == *limit ? rows->back().redemption.redemption_id : "");
}

Answer list_all(const Call& call) {
    const auto asked = read_in_state(call.request, statuses, "redemptions");
    if (!asked) return unexpected(asked.error());
    const auto rows = call.service.list_all_redemptions(asked->status, asked->page);
    if (!rows) return unexpected(problem_of(rows.error()));
    const bool full = rows->size() == asked->page.limit;
    return list_of(call, *rows,
                   full ? place_text({rows->back().member, rows->back().redemption.redemption_id}) : "");
}

// The path says which redemption and what becomes of it; the body says the rest.
expected<Prepared, Problem> prepare_move(const Call& call, const std::string& redemption, std::string_view to) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    service::Given given;
    given.type = "redemption_moved";
    given.target = *id;
    given.now_only = call.request.member != MemberId();
    std::string body = body_with(call.request, "redemption_id", redemption);
    if (const auto brace = body.find('{'); brace != std::string::npos)
        body.insert(brace + 1, "\"to\":\"" + std::string(to) + "\",");
    return prepare_event(call, std::move(given), body);
}

expected<Prepared, Problem> ship(const Call& call) { return prepare_move(call, call.path_value(1), "shipped"); }
expected<Prepared, Problem> deliver(const Call& call) { return prepare_move(call, call.path_value(1), "delivered"); }
expected<Prepared, Problem> cancel(const Call& call) { return prepare_move(call, call.path_value(1), "cancelled"); }

// With a reason the shop cancels what members may not.
expected<Prepared, Problem> cancel_mine(const Call& call) {
    auto prepared = prepare_move(call, call.path_value(0), "cancelled");
    if (prepared && !std::get<engine::RedemptionMoved>(prepared->commands.front().event.fact).reason.empty())
        return unexpected(input_problem("/reason", "only the shop tells a reason", "an empty body"));
    return prepared;
}

Parameter redemption_parameter() {
    return {"redemption", Type::text, {"The redemption's id.", "兑换号。"}};
}

Endpoint move(std::string_view path, Text summary, Text about, const Schema& input, std::string_view example,
              expected<Prepared, Problem> (*prepare)(const Call&)) {
    Endpoint endpoint = member_write(path, "Points mall", summary, about, input, example, prepare);
    endpoint.input_required = false;
    endpoint.path_parameters.push_back(redemption_parameter());
    return endpoint;
}

Endpoint look(std::string_view path, std::string_view group, Scope scope, Text summary,
              std::vector<Parameter> path_parameters, Answer (*handle)(const Call&)) {
    return {.method = Method::get,
            .path = path,
            .group = group,
            .scope = scope,
            .summary = summary,
            .path_parameters = std::move(path_parameters),
            .parameters = page_parameters(),
            .output = &schemas::redemption_list,
            .handler = FromStore{handle}};
}

}  // namespace

std::vector<Endpoint> redemption_endpoints() {
    Endpoint all = look("/v1/redemptions", "Points mall", Scope::read,
                        {"Goods to be sent: the shipping desk", "待发货的兑换（发货台）"}, {}, list_all);
    all.parameters.push_back({"status", Type::text,
                              {"placed (default), shipped, delivered, cancelled or passed.",
                               "状态：待发货（默认）、已发货、已签收、已取消、已随会员合并。"}});
    Endpoint mine = member_write("/v1/me/redemptions/{redemption}/cancel", "Me",
                                 {"Cancel goods that are not shipped yet", "取消未发货的兑换"},
                                 {"Points come back as they were.", "积分按原有效期退回。"},
                                 schemas::my_redemption_cancel_input, "{}", cancel_mine);
    mine.input_required = false;
    mine.scope = Scope::member;
    mine.path_parameters = {redemption_parameter()};
    return {
        look("/v1/members/{id}/redemptions", "Points mall", Scope::read,
             {"What a member has bought for points", "会员的兑换记录"}, {member_path_parameter()}, list_of_member),
        std::move(all),
        move("/v1/members/{id}/redemptions/{redemption}/ship", {"The goods are on their way", "兑换品发货"},
             {"Told again with another number, only that changes. An order of the money part is shipped too.",
              "再次提交只更新运单号。现金部分的订单同时发货。"},
             schemas::shipment_input, R"({"carrier":"SF","tracking":"SF1234567890"})", ship),
        move("/v1/members/{id}/redemptions/{redemption}/deliver", {"The goods have come or were handed over", "兑换品签收"},
             {"An order of the money part is delivered too.", "现金部分的订单同时签收。"}, schemas::redemption_step_input, "{}",
             deliver),
        move("/v1/members/{id}/redemptions/{redemption}/cancel", {"Cancel goods that are not shipped yet", "取消兑换"},
             {"Points come back as they were, the stock is free again, and the order of the money part is cancelled: "
              "'refund' in the answer tells what is to be paid back. With a reason the shop cancels what members may "
              "not.",
              "积分按原有效期退回，库存释放，现金部分订单取消，应答中的 refund 为应退金额。填写原因时，商家可取消会员不可取消的兑换。"},
             schemas::redemption_cancel_input, R"({"reason":"broken"})", cancel),
        look("/v1/me/redemptions", "Me", Scope::member, {"What I have bought for points", "我的兑换记录"}, {},
             list_of_member),
        std::move(mine),
    };
}

}  // namespace regulars::api
