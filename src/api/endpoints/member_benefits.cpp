// What the shop does for a member beside prices: telling that a benefit was used, who looks after whom, and the seats
// that members give back.
#include <simdjson.h>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/json_writer.hpp"

namespace regulars::api {

namespace {

// The benefit stands in the path; the reader of events wants it in the text, where it may not stand once more.
expected<Prepared, Problem> use_benefit(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    service::Given given;
    given.type = "benefit_used";
    given.target = *id;
    return prepare_event(call, std::move(given), body_with(call.request, "benefit", call.path_value(1)));
}

// Whether the body names somebody, be it nobody: "".
bool names_staff(std::string_view body) {
    simdjson::dom::parser parser(limits::body_size_max + simdjson::SIMDJSON_PADDING);
    if (parser.allocate(body.size() + 1, limits::json_depth_max) != simdjson::SUCCESS) return true;
    simdjson::dom::object object;
    if (parser.parse(body.data(), body.size()).get_object().get(object) != simdjson::SUCCESS) return true;
    simdjson::dom::element staff;
    return object["staff"].get(staff) == simdjson::SUCCESS;
}

expected<Prepared, Problem> assign_manager(const Call& call) {
    auto prepared = prepare_member_event(call, "manager_assigned");
    if (prepared) prepared->commands.front().choose_manager = !names_staff(body_or_empty(call.request));
    return prepared;
}

Answer list_managers(const Call& call) {
    const auto loads = call.service.managers();
    if (!loads) return unexpected(problem_of(loads.error()));
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("managers");
    json.begin_array();
    for (const service::ManagerLoad& load : *loads) {
        json.begin_object();
        json.field("staff", load.staff);
        json.field("members", load.members);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return response;
}

/// The invitation in the member's wallet.
expected<CouponId, Problem> invitation_of(const Call& call) {
    const auto number = member_id_of(call.path_value(0), "id");
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const auto programmes = call.service.programmes();
    if (number && number->value <= UINT32_MAX)
        for (const engine::Coupon& coupon : view->member.coupons) {
            if (coupon.id.value != number->value) continue;
            const auto* made_by = programmes->find(coupon.programme_version);
            const auto* terms = made_by == nullptr ? nullptr : made_by->coupons.find(coupon.name);
            if (terms == nullptr || terms->kind != programme::CouponTemplate::Kind::invitation) break;
            return coupon.id;
        }
    return unexpected(problem_of(engine::Rejection::coupon_not_found));
}

expected<Prepared, Problem> decline(const Call& call) {
    const auto invitation = invitation_of(call);
    if (!invitation) return unexpected(invitation.error());
    const auto programmes = call.service.programmes();
    Prepared prepared;
    service::Command& command = prepared.commands.emplace_back();
    command.target = call.request.member;
    command.event.at = call.service.now();
    command.event.fact = engine::CouponRevoked{*invitation, "declined"};
    prepared.render = [programmes](const std::vector<service::Reply>& replies) {
        return render_reply(replies.front(), programmes->current());
    };
    return prepared;
}

Endpoint use_endpoint() {
    return {.method = Method::post,
            .path = "/v1/members/{id}/benefits/{benefit}/use",
            .group = "Benefits",
            .scope = Scope::write,
            .summary = {"The shop has done what a benefit promises", "登记一次权益使用"},
            .about = {"Counts against the benefit's limit and books its cost. The reference makes it happen once.",
                      "计入该权益的次数并记录成本。凭据保证只生效一次。"},
            .path_parameters = {member_path_parameter(),
                                {"benefit", Type::text, {"Its name in the programme.", "计划中的权益代码。"}}},
            .input_type = "application/json",
            .input = &schemas::benefit_use_input,
            .input_example = R"({"reference":"refund-9","order_id":"A-1","amount_minor":5000,"cost_minor":30})",
            .output = &schemas::done,
            .statuses = {201, 200},
            .handler = ByWriter{use_benefit}};
}

Endpoint manager_endpoint() {
    return {.method = Method::post,
            .path = "/v1/members/{id}/manager",
            .group = "Benefits",
            .scope = Scope::write,
            .summary = {"Who looks after the member", "指定专属管家"},
            .about = {"Without 'staff' the one who looks after the fewest members, of those that the member's benefit "
                      "names; who has such a manager keeps them. An empty 'staff': nobody any more.",
                      "不填 staff 时，从该会员权益所列人员中选负责会员最少者；已有则保持不变。staff 为空字符串则取消。"},
            .path_parameters = {member_path_parameter()},
            .input_type = "application/json",
            .input = &schemas::manager_input,
            .input_required = false,
            .input_example = R"({"staff":"amy","reason":"they know each other"})",
            .output = &schemas::done,
            .statuses = {201, 200},
            .handler = ByWriter{assign_manager}};
}

}  // namespace

std::vector<Endpoint> member_benefit_endpoints() {
    return {
        use_endpoint(),
        manager_endpoint(),
        {.method = Method::get,
         .path = "/v1/managers",
         .group = "Benefits",
         .scope = Scope::read,
         .summary = {"How many members each manager looks after", "各管家负责的会员数"},
         .output = &schemas::manager_list,
         .handler = FromStore{list_managers}},
        {.method = Method::post,
         .path = "/v1/me/coupons/{id}/decline",
         .group = "Me",
         .scope = Scope::member,
         .summary = {"Give my seat back", "谢绝邀请"},
         .about = {"Only an invitation can be declined; the seat is free for another.",
                   "仅邀请券可谢绝；名额随即释放。"},
         .path_parameters = {{"id", Type::id, {"The coupon's id.", "券编号。"}}},
         .output = &schemas::done,
         .statuses = {201},
         .handler = ByWriter{decline}},
    };
}

}  // namespace regulars::api
