// Check-ins, questionnaires, visits and what the shop's pages tell: each for an operator, and for the member's phone.
#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"

namespace regulars::api {

namespace {

expected<Prepared, Problem> check_in(const Call& call) { return prepare_activity_event(call, "checked_in"); }
expected<Prepared, Problem> make_up(const Call& call) { return prepare_activity_event(call, "check_in_made_up"); }
expected<Prepared, Problem> buy_freeze(const Call& call) { return prepare_activity_event(call, "freeze_bought"); }
expected<Prepared, Problem> answer(const Call& call) { return prepare_activity_event(call, "questionnaire_answered"); }
expected<Prepared, Problem> visit(const Call& call) { return prepare_activity_event(call, "store_visited"); }
expected<Prepared, Problem> behave(const Call& call) { return prepare_activity_event(call, "behaviour_shown"); }

/// What a member does, under both addresses.
struct Deed {
    std::string_view operator_path;
    std::string_view member_path;  ///< empty: only the shop tells it
    Text summary;
    Text mine;
    Text about;
    const Schema& input;
    const Schema& my_input;
    std::string_view example;
    expected<Prepared, Problem> (*prepare)(const Call&);
    bool says_nothing = false;     ///< the body may be left out
};

Endpoint endpoint_of(const Deed& deed, bool by_operator) {
    Endpoint endpoint{.method = Method::post,
                      .path = by_operator ? deed.operator_path : deed.member_path,
                      .group = by_operator ? "Activities" : "Me",
                      .scope = by_operator ? Scope::write : Scope::member,
                      .summary = by_operator ? deed.summary : deed.mine,
                      .about = deed.about,
                      .input_type = "application/json",
                      .input = by_operator ? &deed.input : &deed.my_input,
                      .input_required = !deed.says_nothing,
                      .input_example = deed.example,
                      .output = &schemas::done,
                      .statuses = {201, 200},
                      .handler = ByWriter{deed.prepare}};
    if (by_operator) endpoint.path_parameters.push_back(member_path_parameter());
    endpoint.path_parameters.push_back({"name", Type::text, {"The activity's name.", "活动代码。"}});
    return endpoint;
}

Deed check_in_deed() {
    return {"/v1/members/{id}/activities/{name}/check-in", "/v1/me/activities/{name}/check-in",
            {"The member checks in", "会员签到"}, {"I check in", "我要签到"},
            {"For the local day on which it happens. A day has one check-in: another is refused with "
             "already_checked_in. Freezes that save the streak are used up by themselves.",
             "按计划时区的当日计。一日一次，再签则以 already_checked_in 拒绝。可保住连续天数的冻结卡自动使用。"},
            schemas::check_in_input, schemas::my_check_in_input, "{}", check_in, true};
}

Deed make_up_deed() {
    return {"/v1/members/{id}/activities/{name}/make-up", "/v1/me/activities/{name}/make-up",
            {"Make up for a missed day", "补签"}, {"I make up for a missed day", "我要补签"},
            {"Points pay for it, or the coupon that is named. The streak is joined again; the day itself brings no "
             "daily reward.",
             "以积分或所指定的券支付。连续天数重新接上；所补之日不发当日奖励。"},
            schemas::make_up_input, schemas::my_make_up_input, R"({"day":"2026-05-31"})", make_up};
}

Deed freeze_deed() {
    return {"/v1/members/{id}/activities/{name}/freezes", "/v1/me/activities/{name}/freezes",
            {"Buy a freeze", "购买冻结卡"}, {"I buy a freeze", "我要购买冻结卡"},
            {"It keeps the streak over one missed day. The reference makes it happen once.",
             "可保住一日漏签的连续天数。凭据保证只生效一次。"},
            schemas::freeze_input, schemas::my_freeze_input, R"({"reference":"freeze-1"})", buy_freeze};
}

Deed answers_deed() {
    return {"/v1/members/{id}/activities/{name}/answers", "/v1/me/activities/{name}/answers",
            {"Answer a questionnaire", "填写问卷"}, {"I answer a questionnaire", "我要填写问卷"},
            {"One for each question; several choices with a line end between them. Once per member or, where it is "
             "about orders, once per settled order.",
             "按题目作答，多选项以换行分隔。每位会员一次；针对订单的，每个交易成功的订单一次。"},
            schemas::answers_input, schemas::my_answers_input,
            R"({"answers":[{"question":"sport","answer":"swim"},{"question":"colours","answer":"red\nblue"}]})",
            answer};
}

Deed visit_deed() {
    return {"/v1/members/{id}/activities/{name}/visits", "/v1/me/activities/{name}/visits",
            {"The member is in a store", "到店打卡"}, {"I am in a store", "我在门店"},
            {"With the code that hangs there; each store counts once a day. After ten wrong codes in an hour a phone "
             "is answered 429 until the hour is over.",
             "凭店内张贴的代码；每店每日一次。手机端一小时内输错十次后返回 429，直至该小时结束。"},
            schemas::visit_input, schemas::my_visit_input, R"({"store":"harbour","code":"K7Q2M"})", visit};
}

Deed behaviour_deed() {
    return {"/v1/members/{id}/activities/{name}/behaviour", "",
            {"The member has shared, viewed or liked something", "会员分享、浏览或收藏"}, {},
            {"Told by the shop's pages, never by the phone itself. The reference makes it happen once.",
             "由商城页面上报，手机端不可自行上报。凭据保证只生效一次。"},
            schemas::behaviour_input, schemas::behaviour_input, R"({"subject":"T-01","reference":"share-1"})", behave};
}

}  // namespace

std::vector<Endpoint> check_in_endpoints() {
    std::vector<Endpoint> endpoints;
    for (const Deed& deed :
         {check_in_deed(), make_up_deed(), freeze_deed(), answers_deed(), visit_deed(), behaviour_deed()}) {
        endpoints.push_back(endpoint_of(deed, true));
        if (!deed.member_path.empty()) endpoints.push_back(endpoint_of(deed, false));
    }
    return endpoints;
}

}  // namespace regulars::api
