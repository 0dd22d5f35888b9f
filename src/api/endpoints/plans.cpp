// Paid plans: what is sold, what a member holds of it and has saved by it, buying and giving up.
#include <string>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "engine/holdings/plans.hpp"

namespace regulars::api {

namespace {

using programme::Plan;

// ISO 8601: "P14D", "P1M", "P1Y".
std::string text_of(programme::Span span) {
    constexpr char units[] = {'D', 'M', 'Y'};
    return "P" + std::to_string(span.count) + units[static_cast<std::size_t>(span.unit)];
}

std::string_view name_of(Plan::Refund refund) {
    switch (refund) {
        case Plan::Refund::none: return "none";
        case Plan::Refund::unused_days: return "unused_days";
        case Plan::Refund::less_saved: return "less_saved";
    }
    return {};
}

void write_trial(JsonWriter& json, const Plan& plan) {
    json.name("trial");
    if (!plan.trial) {
        json.null();
        return;
    }
    json.begin_object();
    json.field("period", text_of(*plan.trial));
    json.field("price_minor", plan.trial_price);
    json.end_object();
}

void write_tiers(JsonWriter& json, const Plan& plan, const programme::Programme& programme) {
    json.name("tiers");
    json.begin_array();
    for (std::size_t rank = 0; rank < programme.tiers.size(); ++rank)
        if ((plan.tiers >> rank & 1U) != 0) json.text(programme.tiers[rank].name);
    json.end_array();
}

void write_plan(JsonWriter& json, const Plan& plan, const programme::Programme& programme) {
    json.begin_object();
    json.field("name", plan.name);
    json.field_if("title", plan.title.en);
    json.field_if("title_zh", plan.title.zh);
    json.field("price_minor", plan.price);
    json.field("period", text_of(plan.period));
    write_trial(json, plan);
    json.field("grace_days", std::int64_t{plan.grace_days});
    json.field("refund", name_of(plan.refund));
    json.field("full_refund_days", std::int64_t{plan.full_refund_days});
    write_tiers(json, plan, programme);
    json.field_if("when", plan.when ? plan.when->text() : "");
    json.field_if("tier", plan.tier ? programme.tiers[*plan.tier].name : "");
    json.field("with_tier", plan.with_tier == Plan::WithTier::both ? "both" : "better");
    json.name("benefits");
    write_plan_benefits(json, plan);
    json.end_object();
}

Answer list_held(const Call& call) {
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const auto programmes = call.service.programmes();
    const programme::Programme& programme = programmes->current();
    const engine::Member& member = view->member;
    const LocalDate today = programme.zone.date(member.advanced_to);
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.id_field("member", member.id.value);
    json.field("as_of", member.advanced_to);
    json.name("plans");
    json.begin_array();
    for (const engine::HeldPlan& held : member.plans) {
        const Plan* plan = programme.plans.find(held.plan);
        json.begin_object();
        json.field("plan", held.plan);
        json.field_if("title", plan != nullptr ? plan->title.en : "");
        json.field_if("title_zh", plan != nullptr ? plan->title.zh : "");
        json.field("since", held.since);
        json.field("last_day", regulars::text_of(held.last_day));
        json.field("period_began_at", held.period_began);
        json.field("period_ends_at", held.ends_at);
        json.field("trial", held.trial);
        json.field("cancelled", held.cancelled);
        json.field("in_grace", held.in_grace);
        json.field("paid_minor", held.paid);
        json.field("saved_minor", held.saved);
        json.field("saved_ever_minor", held.saved_ever);
        json.field("comes_back_minor", engine::refund_of(*programmes, held, today));
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return response;
}

Answer list_sold(const Call& call) {
    const auto programmes = call.service.programmes();
    const programme::Programme& programme = programmes->current();
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("plans");
    json.begin_array();
    for (const Plan& plan : programme.plans.plans) write_plan(json, plan, programme);
    json.end_array();
    json.end_object();
    return response;
}

expected<Prepared, Problem> buy(const Call& call) { return prepare_member_event(call, "plan_bought"); }

expected<Prepared, Problem> prepare_cancel(const Call& call, const std::string& plan) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    service::Given given;
    given.type = "plan_cancelled";
    given.target = *id;
    given.now_only = call.request.member != MemberId();
    return prepare_event(call, std::move(given), body_with(call.request, "plan", plan));
}

expected<Prepared, Problem> cancel(const Call& call) { return prepare_cancel(call, call.path_value(1)); }

// What comes back is between the shop and the member: a member's phone only lets a plan run out.
expected<Prepared, Problem> cancel_mine(const Call& call) {
    auto prepared = prepare_cancel(call, call.path_value(0));
    if (prepared && std::get<engine::PlanCancelled>(prepared->commands.front().event.fact).at_once)
        return unexpected(input_problem("/at_once", "a member gives a plan up to the end of what is paid",
                                        "false, or no at_once"));
    return prepared;
}

Parameter plan_parameter() { return {"plan", Type::text, {"Its name in the programme.", "计划中的付费方案代码。"}}; }

Endpoint look(std::string_view path, std::string_view group, Scope scope, Text summary, const Schema& output,
              Answer (*handle)(const Call&)) {
    Endpoint endpoint{.method = Method::get,
                      .path = path,
                      .group = group,
                      .scope = scope,
                      .summary = summary,
                      .output = &output,
                      .handler = FromStore{handle}};
    if (path.starts_with("/v1/members/")) endpoint.path_parameters = {member_path_parameter()};
    return endpoint;
}

Endpoint change(std::string_view path, Text summary, Text about, const Schema& input, std::string_view example,
                expected<Prepared, Problem> (*prepare)(const Call&)) {
    return member_write(path, "Plans", summary, about, input, example, prepare);
}

}  // namespace

std::vector<Endpoint> plan_endpoints() {
    const Text sold{"The paid plans that are sold, and what they give", "在售的付费方案及其权益"};
    Endpoint cancelling = change("/v1/members/{id}/plans/{plan}/cancel", {"The member gives a plan up", "取消付费方案"},
                                 {"It runs to the end of what is paid and is not renewed. With 'at_once' it is over "
                                  "now, and 'refund' in the answer tells what the shop pays back.",
                                  "默认用至已付期限结束，不再续费。at_once 为立即终止，应答中的 refund 为应退金额。"},
                                 schemas::plan_cancel_input, R"({"reference":"cancel-1","at_once":true})", cancel);
    cancelling.path_parameters.push_back(plan_parameter());
    Endpoint cancelling_mine = change("/v1/me/plans/{plan}/cancel", {"I will not renew a plan", "取消自动续费"},
                                      {"It runs to the end of what is paid.", "用至已付期限结束。"},
                                      schemas::my_plan_cancel_input, R"({"reference":"cancel-1"})", cancel_mine);
    cancelling_mine.group = "Me";
    cancelling_mine.scope = Scope::member;
    cancelling_mine.path_parameters = {plan_parameter()};
    return {
        look("/v1/plans", "Plans", Scope::read, sold, schemas::plan_list, list_sold),
        look("/v1/members/{id}/plans", "Plans", Scope::read,
             {"The plans that a member holds, and what they have saved", "会员持有的付费方案及累计节省"},
             schemas::held_plan_list, list_held),
        change("/v1/members/{id}/plans", {"The member has bought a plan", "开通或续费付费方案"},
               {"One that runs is renewed: the next period begins where the last one ends. The reference makes it "
                "happen once.",
                "已开通的视为续费，新周期接在已付期限之后。凭据保证只生效一次。"},
               schemas::plan_purchase_input, R"({"plan":"plus","paid_minor":9800,"reference":"pay-4711"})", buy),
        std::move(cancelling),
        look("/v1/me/plans", "Me", Scope::member, {"My plans, and what they have saved me", "我的付费方案及累计节省"},
             schemas::held_plan_list, list_held),
        look("/v1/me/plans/available", "Me", Scope::member, sold, schemas::plan_list, list_sold),
        std::move(cancelling_mine),
    };
}

}  // namespace regulars::api
