#include "api/problem.hpp"

#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace regulars::api {
namespace {

TEST(ProblemRows, are_complete_and_told_in_sentences) {
    const auto rows = all_problem_rows();
    EXPECT_GT(rows.size(), 50U);
    for (const ProblemRow* row : rows) {
        EXPECT_FALSE(row->code.empty());
        EXPECT_FALSE(row->title.empty()) << row->code;
        EXPECT_FALSE(phrase_of(row->status).empty()) << row->code;
        EXPECT_GE(row->status, 400) << row->code;
        EXPECT_TRUE(row->what_to_do.ends_with('.')) << row->code;
        EXPECT_EQ(row->code.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789"), std::string_view::npos);
    }
}

TEST(ProblemRows, have_each_code_once) {
    std::set<std::string_view> codes;
    for (const ProblemRow* row : all_problem_rows()) EXPECT_TRUE(codes.insert(row->code).second) << row->code;
}

TEST(ProblemRows, use_the_codes_of_the_engine_and_of_the_service) {
    for (std::size_t index = 0; index <= static_cast<std::size_t>(engine::last_rejection); ++index) {
        const auto rejection = static_cast<engine::Rejection>(index);
        EXPECT_EQ(row_of(rejection).code, engine::code_of(rejection));
    }
    for (std::size_t index = 0; index <= static_cast<std::size_t>(service::Refusal::ahead_of_clock); ++index) {
        const auto refusal = static_cast<service::Refusal>(index);
        EXPECT_EQ(row_of(refusal).code, service::code_of(refusal));
    }
}

TEST(Problem, is_an_rfc_9457_document) {
    Problem problem = parameter_problem("limit", "this is not a page's size", "1 to 500", "0");
    const auto document = nlohmann::json::parse(text_of(problem));
    EXPECT_EQ(document["type"], "/problems#invalid_input");
    EXPECT_EQ(document["status"], 422);
    EXPECT_EQ(document["code"], "invalid_input");
    EXPECT_EQ(document["errors"][0]["pointer"], "limit");
    EXPECT_EQ(document["errors"][0]["expected"], "1 to 500");
    EXPECT_EQ(document["errors"][0]["found"], "0");
    EXPECT_EQ(response_of(problem).content_type, problem_media_type);
}

TEST(Problem, asks_to_come_again_where_that_helps) {
    const auto retry_after = [](const Problem& problem) {
        return !problem.headers.empty() && problem.headers.front().first == "Retry-After";
    };
    EXPECT_TRUE(retry_after(problem_of(service::Refused{service::Refusal::queue_full, {}})));
    EXPECT_TRUE(retry_after(problem_of(service::StoreFailure{service::StoreError::locked, "secret detail"})));
    EXPECT_FALSE(retry_after(problem_of(engine::Rejection::no_lines)));
}

TEST(Problem, keeps_what_the_database_said_to_itself) {
    const Problem problem = problem_of(service::StoreFailure{service::StoreError::unavailable, "password=hunter2"});
    EXPECT_EQ(text_of(problem).find("hunter2"), std::string::npos);
    const Problem refused = problem_of(service::Refused{
        service::Refusal::store_failed, service::StoreFailure{service::StoreError::full, "/secret/path"}});
    EXPECT_EQ(text_of(refused).find("secret"), std::string::npos);
    EXPECT_NE(refused.detail.find("no space left"), std::string::npos);
}

TEST(Problem, of_json_names_every_place) {
    using Code = service::JsonProblem::Code;
    const Problem malformed = problem_of(service::JsonProblems{{Code::malformed, "", "this is not JSON", "", "", ""}});
    EXPECT_EQ(malformed.row->status, 400);
    const Problem invalid = problem_of(service::JsonProblems{{Code::unknown_field, "/lins", "unknown", "", "", "lines"},
                                                             {Code::missing_field, "/lines", "missing", "", "", ""}});
    EXPECT_EQ(invalid.row->status, 422);
    ASSERT_EQ(invalid.errors.size(), 2U);
    EXPECT_EQ(invalid.errors[0].suggestion, "lines");
    EXPECT_EQ(invalid.detail, "/lins: unknown (and 1 more).");
}

}  // namespace
}  // namespace regulars::api
