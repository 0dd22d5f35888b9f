// Products to try out: applying, choosing among those who applied, reporting.
#include <algorithm>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "service/json_fields.hpp"

namespace regulars::api {

namespace {

using engine::TrialStatus;
using programme::Trial;

/// How many one call decides about.
constexpr std::size_t decided_max = 1'000;

expected<Prepared, Problem> apply(const Call& call) { return prepare_activity_event(call, "trial_applied"); }
expected<Prepared, Problem> report(const Call& call) { return prepare_activity_event(call, "trial_reported"); }
expected<Prepared, Problem> decide(const Call& call) { return prepare_activity_event(call, "trial_decided"); }

struct Found {
    const programme::Activity& activity;
    const Trial& terms;
};

expected<Found, Problem> trial_of(const programme::Programme& programme, const std::string& name) {
    const programme::Activity* activity = programme.activities.find(name);
    const Trial* terms = activity == nullptr ? nullptr : activity->as<Trial>();
    if (terms == nullptr) return unexpected(problem_of(engine::Rejection::unknown_activity));
    return Found{*activity, *terms};
}

/// How many more can be chosen: of all pieces less those that somebody got.
expected<std::int64_t, Problem> seats_left(const Call& call, const Found& trial) {
    std::int64_t left = trial.terms.seats;
    for (const TrialStatus status : {TrialStatus::chosen, TrialStatus::reported, TrialStatus::overdue}) {
        const auto count = call.service.count_trials(trial.activity.name, status);
        if (!count) return unexpected(problem_of(count.error()));
        left -= *count;
    }
    return std::max<std::int64_t>(left, 0);
}

// While somebody may still apply, a draw would be unfair to them.
bool is_over(const programme::Programme& programme, const programme::Activity& activity, Instant now) {
    const LocalDate today = programme.zone.date(now);
    const auto& dates = activity.opening.dates;
    return std::all_of(dates.begin(), dates.end(), [&](const auto& range) { return range.last < today; });
}

struct Choice {
    std::optional<std::int64_t> count;
    bool close = false;
};

expected<Choice, Problem> read_choice(const Call& call) {
    Choice choice;
    const auto problems = service::JsonFields::read_all(
        body_or_empty(call.request), limits::body_size_max, [&](service::JsonFields& fields) {
            choice.count = fields.integer_if("count", 1, static_cast<std::int64_t>(decided_max));
            choice.close = fields.boolean("close", service::Need::optional);
        });
    if (!problems.empty()) return unexpected(problem_of(problems));
    return choice;
}

Problem not_now(std::string detail) {
    Problem problem = problem_of(engine::Rejection::trial_not_open);
    problem.detail = std::move(detail);
    return problem;
}

std::pair<std::int32_t, std::string> render_choice(const std::vector<service::Reply>& replies,
                                                   const std::vector<std::pair<MemberId, bool>>& decided) {
    std::string body;
    JsonWriter json(body);
    const auto write = [&](std::string_view name, auto wanted) {
        json.name(name);
        json.begin_array();
        for (std::size_t i = 0; i < replies.size(); ++i)
            if (wanted(replies[i].has_value(), decided[i].second)) json.text(std::to_string(decided[i].first.value));
        json.end_array();
    };
    json.begin_object();
    write("chosen", [](bool done, bool chosen) { return done && chosen; });
    write("not_chosen", [](bool done, bool chosen) { return done && !chosen; });
    write("failed", [](bool done, bool) { return !done; });
    json.end_object();
    return {200, std::move(body)};
}

// The lowest numbers, or who came first, for as many pieces as are left; the others, where it is over for them.
expected<Prepared, Problem> choose(const Call& call) {
    const auto choice = read_choice(call);
    if (!choice) return unexpected(choice.error());
    const auto programmes = call.service.programmes();
    const auto trial = trial_of(programmes->current(), call.path_value(0));
    if (!trial) return unexpected(trial.error());
    if (trial->terms.choose == Trial::Choose::by_hand)
        return unexpected(not_now("This trial is decided by hand, member by member."));
    const bool drawn = trial->terms.choose == Trial::Choose::draw;
    if (drawn && !is_over(programmes->current(), trial->activity, call.service.now()))
        return unexpected(not_now("Applying is not over yet, and the lowest numbers of all are chosen."));
    const auto left = seats_left(call, *trial);
    if (!left) return unexpected(left.error());
    const auto applicants = call.service.list_applicants(trial->activity.name, drawn, decided_max);
    if (!applicants) return unexpected(problem_of(applicants.error()));
    const std::int64_t wanted = std::min(*left, choice->count.value_or(*left));
    std::vector<std::pair<MemberId, bool>> decided;
    for (const service::TrialRow& row : *applicants) {
        const bool chosen = static_cast<std::int64_t>(decided.size()) < wanted;
        if (chosen || choice->close) decided.emplace_back(row.member, chosen);
    }
    Prepared prepared;
    const Instant now = call.service.now();
    for (const auto& [member, chosen] : decided)
        prepared.commands.push_back({member, {now, engine::TrialDecided{trial->activity.name, chosen}}});
    prepared.render = [decided = std::move(decided)](const std::vector<service::Reply>& replies) {
        return render_choice(replies, decided);
    };
    return prepared;
}

Answer list_applicants(const Call& call) {
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const auto programmes = call.service.programmes();
    const auto trial = trial_of(programmes->current(), call.path_value(0));
    if (!trial) return unexpected(trial.error());
    const auto left = seats_left(call, *trial);
    if (!left) return unexpected(left.error());
    const bool drawn = trial->terms.choose == Trial::Choose::draw;
    const auto rows = call.service.list_applicants(trial->activity.name, drawn, *limit);
    if (!rows) return unexpected(problem_of(rows.error()));
    const auto waiting = call.service.count_trials(trial->activity.name, TrialStatus::applied);
    if (!waiting) return unexpected(problem_of(waiting.error()));
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.field("activity", trial->activity.name);
    json.field("seats", trial->terms.seats);
    json.field("seats_left", *left);
    json.field("waiting", *waiting);
    json.name("applicants");
    json.begin_array();
    for (const service::TrialRow& row : *rows) {
        json.begin_object();
        json.id_field("member", row.member.value);
        json.field("at", row.change.at);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return response;
}

Parameter activity_parameter() { return {"name", Type::text, {"The activity's name.", "活动代码。"}}; }

Endpoint step(std::string_view path, Text summary, Text about, const Schema& input, std::string_view example,
              expected<Prepared, Problem> (*prepare)(const Call&)) {
    Endpoint endpoint = member_write(path, "Activities", summary, about, input, example, prepare);
    endpoint.path_parameters.push_back(activity_parameter());
    endpoint.input_required = example != "{}";
    return endpoint;
}

Endpoint own(Endpoint endpoint, std::string_view path, const Schema& input, std::string_view example) {
    endpoint.path = path;
    endpoint.group = "Me";
    endpoint.scope = Scope::member;
    endpoint.path_parameters = {activity_parameter()};
    endpoint.input = &input;
    endpoint.input_example = example;
    return endpoint;
}

constexpr Text apply_about{"The price is paid in points, which come back to who is not chosen.",
                           "以积分支付申请费用，未中选者原样退回。"};
constexpr Text report_about{"What the product is like, once, within the days that the programme says.",
                            "在计划规定期限内提交一次试用报告。"};

Endpoint choosing() {
    return {.method = Method::post,
            .path = "/v1/activities/{name}/choose",
            .group = "Activities",
            .scope = Scope::write,
            .summary = {"Choose among those who have applied", "确定试用名单"},
            .about = {"The lowest numbers of chance once applying is over, or who came first, for as many pieces as "
                      "are left. With 'close' all others are told that they are not chosen, up to 1,000 in one call: "
                      "call again until nobody is left.",
                      "申请截止后按随机数从小到大，或按先后，选满剩余名额。带 close 时其余申请人一并落选；每次最多处理 1000 人，"
                      "可重复调用直至无人等待。"},
            .path_parameters = {activity_parameter()},
            .input_type = "application/json",
            .input = &schemas::choice_input,
            .input_required = false,
            .input_example = R"({"close":true})",
            .output = &schemas::choice,
            .handler = ByWriter{choose, true}};
}

}  // namespace

std::vector<Endpoint> trial_endpoints() {
    const Endpoint applying = step("/v1/members/{id}/activities/{name}/apply", {"Apply for a trial", "申请试用"},
                                   apply_about, schemas::application_input, "{}", apply);
    const std::string_view told = R"({"text":"It boils water in two minutes."})";
    const Endpoint reporting = step("/v1/members/{id}/activities/{name}/report", {"Report on a trial", "提交试用报告"},
                                    report_about, schemas::trial_report_input, told, report);
    return {
        applying,
        reporting,
        step("/v1/members/{id}/activities/{name}/decide", {"Choose one who has applied, or not", "逐个确定试用人选"},
             {"For trials that are given by hand, and for who stands back.", "用于人工挑选的试用，或处理退出者。"},
             schemas::trial_decision_input, R"({"chosen":true})", decide),
        choosing(),
        {.method = Method::get,
         .path = "/v1/activities/{name}/applicants",
         .group = "Activities",
         .scope = Scope::read,
         .summary = {"Who has applied and waits", "等待确定的申请人"},
         .about = {"In the order in which they would be chosen.", "按将被选中的顺序。"},
         .path_parameters = {activity_parameter()},
         .parameters = {{"limit", Type::integer, {"How many, 1 to 1000; 100 when left out.", "数量，1 至 1000，默认 100。"}}},
         .output = &schemas::applicant_list,
         .handler = FromStore{list_applicants}},
        own(applying, "/v1/me/activities/{name}/apply", schemas::my_application_input, "{}"),
        own(reporting, "/v1/me/activities/{name}/report", schemas::my_trial_report_input, told),
    };
}

}  // namespace regulars::api
