// What members have answered in questionnaires: how often what, and the answers to a question one by one.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "api/endpoints/common.hpp"
#include "api/endpoints/places.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write_activities.hpp"

namespace regulars::api {

namespace {

using programme::Question;
using service::AnswerCountRow;

/// A question as it was put last.
struct Put {
    const Question* question;
    bool asked;  ///< it still is
};

// The newest programme first: what is asked no more comes after what is.
std::vector<Put> questions_of(const programme::Versions& versions, const std::string& name) {
    std::vector<Put> found;
    const auto& programmes = versions.all();
    for (auto it = programmes.rbegin(); it != programmes.rend(); ++it) {
        const programme::Activity* activity = (*it)->activities.find(name);
        const auto* terms = activity == nullptr ? nullptr : activity->as<programme::Questionnaire>();
        if (terms == nullptr) continue;
        for (const Question& question : terms->questions)
            if (std::ranges::none_of(found, [&](const Put& put) { return put.question->name == question.name; }))
                found.push_back({&question, it == programmes.rbegin()});
    }
    return found;
}

expected<std::vector<Put>, Problem> questions_asked(const Call& call, const programme::Versions& versions) {
    auto questions = questions_of(versions, call.path_value(0));
    if (questions.empty()) return unexpected(problem_of(engine::Rejection::unknown_activity));
    return questions;
}

std::optional<std::int64_t> score_of(const std::string& answer) {
    std::int64_t score = 0;
    const auto [end, error] = std::from_chars(answer.data(), answer.data() + answer.size(), score);
    if (error != std::errc() || end != answer.data() + answer.size()) return std::nullopt;
    return score;
}

/// What was answered to one question.
struct Counts {
    std::int64_t answered = 0;
    std::int64_t left_out = 0;
    std::vector<std::pair<std::string, std::int64_t>> answers;
};

// Choices in the programme's order, also those that nobody took, and then those that are offered no more; scores from
// the least.
Counts counts_of(const Question& question, const std::vector<AnswerCountRow>& rows) {
    Counts counts;
    for (const std::string& choice : question.choices) counts.answers.emplace_back(choice, 0);
    for (const AnswerCountRow& row : rows) {
        if (row.question != question.name) continue;
        if (row.answer.empty()) {
            counts.answered = row.times;
            counts.left_out = row.left_out;
            continue;
        }
        const auto known = std::ranges::find(counts.answers, row.answer, [](const auto& one) { return one.first; });
        if (known != counts.answers.end()) known->second = row.times;
        else counts.answers.emplace_back(row.answer, row.times);
    }
    if (question.kind == Question::Kind::score)
        std::ranges::stable_sort(counts.answers, {},
                                 [](const auto& one) { return score_of(one.first).value_or(INT64_MAX); });
    return counts;
}

// Of the scores, to two places; nothing where there are none.
std::optional<std::string> average_of(const Counts& counts) {
    std::int64_t sum = 0;
    std::int64_t times = 0;
    for (const auto& [answer, given] : counts.answers)
        if (const auto score = score_of(answer)) {
            sum += *score * given;
            times += given;
        }
    if (times == 0) return std::nullopt;
    const std::int64_t hundredths = (200 * sum + times) / (2 * times);
    return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
}

void write_question(JsonWriter& json, const Put& put, const std::vector<AnswerCountRow>& rows) {
    const Question& question = *put.question;
    const Counts counts = counts_of(question, rows);
    json.begin_object();
    json.field("name", question.name);
    json.field_if("title", question.title.en);
    json.field_if("title_zh", question.title.zh);
    json.field("kind", name_of(question.kind));
    json.field("asked", put.asked);
    json.field("answered", counts.answered);
    json.field("left_out", counts.left_out);
    json.name("average");
    const auto average = question.kind == Question::Kind::score ? average_of(counts) : std::nullopt;
    if (average) json.raw(*average);
    else json.null();
    json.name("counts");
    json.begin_array();
    for (const auto& [answer, times] : counts.answers) {
        json.begin_object();
        json.field("answer", answer);
        json.field("times", times);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

Answer get_summary(const Call& call) {
    const auto programmes = call.service.programmes();
    const auto questions = questions_asked(call, *programmes);
    if (!questions) return unexpected(questions.error());
    const auto rows = call.service.answer_counts(call.path_value(0));
    if (!rows) return unexpected(problem_of(rows.error()));
    const auto whole = std::ranges::find(*rows, std::string(), &AnswerCountRow::question);
    const bool is_answered = whole != rows->end();
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.field("activity", call.path_value(0));
    json.field("answered", is_answered ? whole->times : 0);
    json.field("members", is_answered ? whole->members : 0);
    json.name("questions");
    json.begin_array();
    for (const Put& put : *questions) write_question(json, put, *rows);
    json.end_array();
    json.end_object();
    return response;
}

// "1772985602113.7.12": an instant, a member and one of their events.
expected<service::GivenAnswerKey, Problem> place_of(const Request& request) {
    const std::string_view text = request.parameter("after").value_or("");
    if (text.empty()) return service::GivenAnswerKey{};
    std::array<std::int64_t, 3> numbers{};
    const auto& [at, member, sequence] = numbers;
    if (!read_place(text, numbers) || member < 0 || sequence < 0) return unexpected(place_problem(text));
    return service::GivenAnswerKey{Instant{at}, MemberId{static_cast<std::uint64_t>(member)},
                                   static_cast<std::uint64_t>(sequence)};
}

std::string place_text_of(const service::GivenAnswerRow& row) {
    return fmt::format("{}.{}.{}", row.at.ms, row.member.value, row.event_sequence);
}

expected<void, Problem> check_question(const Call& call) {
    const auto programmes = call.service.programmes();
    const auto questions = questions_asked(call, *programmes);
    if (!questions) return unexpected(questions.error());
    std::string names;
    for (const Put& put : *questions) {
        if (put.question->name == call.path_value(1)) return {};
        names += (names.empty() ? "" : ", ") + put.question->name;
    }
    return unexpected(
        parameter_problem("question", "the questionnaire never had such a question", names, call.path_value(1)));
}

Answer list_answers(const Call& call) {
    if (const auto known = check_question(call); !known) return unexpected(known.error());
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    const auto after = place_of(call.request);
    if (!after) return unexpected(after.error());
    const auto rows = call.service.list_given_answers(call.path_value(0), call.path_value(1), {*after, *limit});
    if (!rows) return unexpected(problem_of(rows.error()));
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.name("answers");
    json.begin_array();
    for (const service::GivenAnswerRow& row : *rows) {
        json.begin_object();
        json.id_field("member", row.member.value);
        json.field_if("order_id", row.order_id);
        json.field("at", row.at);
        json.field("answer", row.answer);
        json.end_object();
    }
    json.end_array();
    write_next(json, rows->size() == *limit ? place_text_of(rows->back()) : "");
    json.end_object();
    return response;
}

Parameter activity_parameter() { return {"name", Type::text, {"The questionnaire's name.", "问卷代码。"}}; }

}  // namespace

std::vector<Endpoint> answer_endpoints() {
    return {
        {.method = Method::get,
         .path = "/v1/activities/{name}/answers",
         .group = "Activities",
         .scope = Scope::read,
         .summary = {"What members have answered", "问卷结果"},
         .about = {"Counted for each question, of all versions of the programme. A questionnaire that is over, or a "
                   "question that is asked no more, is told as it was put last.",
                   "按题目统计，涵盖各版本计划。已结束的问卷与已撤下的题目，按最后一次的内容列出。"},
         .path_parameters = {activity_parameter()},
         .output = &schemas::answer_summary,
         .handler = FromStore{get_summary}},
        {.method = Method::get,
         .path = "/v1/activities/{name}/answers/{question}",
         .group = "Activities",
         .scope = Scope::read,
         .summary = {"The answers to one question", "单题作答明细"},
         .about = {"The newest first. Those of members who were erased are gone; the counts stay.",
                   "由新到旧。已注销会员的作答不再列出，统计数保留。"},
         .path_parameters = {activity_parameter(), {"question", Type::text, {"Its name.", "题目代码。"}}},
         .parameters = page_parameters(),
         .output = &schemas::given_answer_list,
         .handler = FromStore{list_answers}},
    };
}

}  // namespace regulars::api
