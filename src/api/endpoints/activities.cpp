// What activities there are, how a member stands in them, and what came of what they did.
#include <array>

#include "api/endpoints/common.hpp"
#include "api/endpoints/places.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "api/endpoints/write_activities.hpp"

namespace regulars::api {

namespace {

void write_activities(JsonWriter& json, const Terms& terms) {
    json.name("activities");
    json.begin_array();
    for (const programme::Activity& activity : terms.programme.activities.activities) {
        json.begin_object();
        write_activity(json, activity, terms);
        json.end_object();
    }
    json.end_array();
}

void write_standings(JsonWriter& json, const Terms& terms, const engine::Decision& decision) {
    json.name("activities");
    json.begin_array();
    for (const programme::Activity& activity : terms.programme.activities.activities) {
        json.begin_object();
        write_activity(json, activity, terms);
        write_standing(json, activity, decision);
        json.end_object();
    }
    json.end_array();
}

Answer list_activities(const Call& call) { return answer_with_terms(call, write_activities); }
Answer list_standings(const Call& call) { return answer_for_member(call, write_standings); }

// "17.0": an event and one of its results.
expected<service::ResultKey, Problem> place_of(const Request& request) {
    const std::string_view text = request.parameter("after").value_or("");
    if (text.empty()) return service::ResultKey{};
    std::array<std::int64_t, 2> numbers{};
    const auto& [sequence, index] = numbers;
    if (!read_place(text, numbers) || sequence < 0 || index < 0 || index > UINT32_MAX)
        return unexpected(place_problem(text));
    return service::ResultKey{static_cast<std::uint64_t>(sequence), static_cast<std::uint32_t>(index)};
}

Answer list_results(const Call& call) {
    const auto id = member_of(call);
    if (!id) return unexpected(id.error());
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const auto after = place_of(call.request);
    if (!after) return unexpected(after.error());
    const std::string activity(call.request.parameter("activity").value_or(""));
    const auto rows = call.service.list_results(*id, activity, {*after, *limit});
    if (!rows) return unexpected(problem_of(rows.error()));
    if (const auto problem = nobody(call, *id, rows->empty())) return unexpected(*problem);
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("results");
    json.begin_array();
    for (const service::ActivityResultRow& row : *rows) write_activity_result(json, row.result);
    json.end_array();
    const bool full = rows->size() == *limit;
    write_next(json, full ? std::to_string(rows->back().event_sequence) + "." + std::to_string(rows->back().index)
                          : "");
    json.end_object();
    return response;
}

std::vector<Parameter> result_parameters() {
    std::vector<Parameter> parameters = page_parameters();
    parameters.push_back({"activity", Type::text, {"Only of this one.", "仅此活动。"}});
    return parameters;
}

Endpoint look(std::string_view path, bool by_operator, Text summary, Text about, const Schema& output,
              Answer (*handle)(const Call&)) {
    Endpoint endpoint{.method = Method::get,
                      .path = path,
                      .group = by_operator ? "Activities" : "Me",
                      .scope = by_operator ? Scope::read : Scope::member,
                      .summary = summary,
                      .about = about,
                      .output = &output,
                      .handler = FromStore{handle}};
    if (by_operator) endpoint.path_parameters.push_back(member_path_parameter());
    return endpoint;
}

constexpr Text standing_about{
    "With each activity's terms: whether it is open for the member now (or why not), streak and calendar, turns, "
    "pieces and steps.",
    "含各活动规则：此刻是否可参与（或原因）、连续天数与日历、次数、碎片与阶梯。"};
constexpr Text results_about{"What each check-in, turn, answer, visit and step has brought, the oldest first.",
                             "每次签到、抽取、作答、到店与阶梯的所得，由旧到新。"};

}  // namespace

std::vector<Endpoint> activity_endpoints() {
    std::vector<Endpoint> endpoints;
    endpoints.push_back({.method = Method::get,
                         .path = "/v1/activities",
                         .group = "Activities",
                         .scope = Scope::read,
                         .summary = {"What members can do, with odds and what is left", "活动、概率与剩余数量"},
                         .output = &schemas::activity_list,
                         .handler = FromStore{list_activities}});
    endpoints.push_back(look("/v1/members/{id}/activities", true,
                             {"How a member stands in the activities", "会员的活动状态"}, standing_about,
                             schemas::my_activity_list, list_standings));
    endpoints.push_back(look("/v1/me/activities", false, {"What I can do, and how I stand", "我的活动"}, standing_about,
                             schemas::my_activity_list, list_standings));
    endpoints.push_back(look("/v1/members/{id}/activity-results", true,
                             {"What a member's activities have brought", "会员的活动结果"}, results_about,
                             schemas::activity_result_list, list_results));
    endpoints.push_back(look("/v1/me/activity-results", false, {"What my activities have brought", "我的活动结果"},
                             results_about, schemas::activity_result_list, list_results));
    for (Endpoint& endpoint : endpoints)
        if (endpoint.path.ends_with("-results")) endpoint.parameters = result_parameters();
    return endpoints;
}

}  // namespace regulars::api
