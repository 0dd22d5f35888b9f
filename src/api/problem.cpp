#include "api/problem.hpp"

#include "api/json_writer.hpp"

namespace regulars::api {

namespace {

Problem plain_problem(const ProblemRow& row, std::string detail) {
    Problem problem{&row, std::move(detail), {}, {}, {}, {}};
    if (row.status == 429 || row.status == 503) problem.headers.emplace_back("Retry-After", "1");
    return problem;
}

InputError error_of(const Diagnostic& diagnostic) {
    InputError error;
    error.pointer = diagnostic.path;
    error.detail = diagnostic.message;
    if (diagnostic.line > 0)
        error.detail = "line " + std::to_string(diagnostic.line) + ", column " + std::to_string(diagnostic.column) +
                       ": " + diagnostic.message;
    error.expected = diagnostic.allowed;
    error.found = diagnostic.found;
    error.suggestion = diagnostic.suggestion;
    return error;
}

}  // namespace

Problem problem_of(Fault fault, std::string detail) {
    return plain_problem(row_of(fault), std::move(detail));
}

Problem problem_of(const service::StoreFailure& failure) {
    const ProblemRow& row = row_of(failure.error);
    return plain_problem(row, std::string(row.title) + ".");
}

Problem problem_of(engine::Rejection rejection) {
    return plain_problem(row_of(rejection), std::string(engine::text_of(rejection).sentence));
}

Problem problem_of(const service::Refused& refused) {
    // Of several who are in it together it is told whom it is about.
    const std::string whom =
        refused.member == MemberId() ? "" : "Member " + std::to_string(refused.member.value) + ": ";
    if (const auto* rejection = std::get_if<engine::Rejection>(&refused.reason)) {
        Problem problem = problem_of(*rejection);
        problem.detail = whom + problem.detail;
        return problem;
    }
    const auto refusal = std::get<service::Refusal>(refused.reason);
    const ProblemRow& row = row_of(refusal);
    Problem problem = plain_problem(row, whom + std::string(row.title) + ".");
    if (refusal == service::Refusal::store_failed && refused.store)
        problem.detail += " " + std::string(row_of(refused.store->error).title) + ".";
    return problem;
}

Problem problem_of(const Diagnostics& diagnostics) {
    const std::size_t count = diagnostics.size();
    Problem problem =
        plain_problem(row_of(Fault::invalid_programme),
                      "The programme has " + std::to_string(count) + (count == 1 ? " error." : " errors."));
    for (const Diagnostic& diagnostic : diagnostics) problem.errors.push_back(error_of(diagnostic));
    return problem;
}

Problem problem_of(const service::JsonProblems& problems) {
    const bool malformed = problems.front().code == service::JsonProblem::Code::malformed;
    Problem problem = problem_of(malformed ? Fault::malformed_json : Fault::invalid_input, {});
    for (const service::JsonProblem& one : problems)
        problem.errors.push_back({one.pointer, one.message, one.allowed, one.found, one.suggestion});
    const InputError& first = problem.errors.front();
    problem.detail = first.pointer.empty() ? first.detail : first.pointer + ": " + first.detail;
    if (problem.errors.size() > 1)
        problem.detail += " (and " + std::to_string(problem.errors.size() - 1) + " more)";
    problem.detail += '.';
    return problem;
}

Problem parameter_problem(std::string_view name, std::string detail, std::string expected, std::string_view found) {
    Problem problem = problem_of(Fault::invalid_input, std::string(name) + ": " + detail + ".");
    problem.errors.push_back({std::string(name), std::move(detail), std::move(expected),
                              std::string(found.substr(0, 100)), {}});
    return problem;
}

void append_errors(JsonWriter& json, const std::vector<InputError>& errors) {
    json.begin_array();
    for (const InputError& error : errors) {
        json.begin_object();
        json.field("pointer", error.pointer);
        json.field("detail", error.detail);
        json.field_if("expected", error.expected);
        json.field_if("found", error.found);
        json.field_if("suggestion", error.suggestion);
        json.end_object();
    }
    json.end_array();
}

std::string text_of(const Problem& problem) {
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    json.field("type", "/problems#" + std::string(problem.row->code));
    json.field("title", problem.row->title);
    json.field("status", std::int64_t{problem.row->status});
    json.field("code", problem.row->code);
    json.field("detail", problem.detail);
    json.field_if("expected", problem.expected);
    json.field_if("found", problem.found);
    json.field("what_to_do", problem.row->what_to_do);
    if (!problem.errors.empty()) {
        json.name("errors");
        append_errors(json, problem.errors);
    }
    json.end_object();
    return text;
}

Response response_of(const Problem& problem) {
    Response response;
    response.status = problem.row->status;
    response.content_type = problem_media_type;
    response.body = text_of(problem);
    response.headers = problem.headers;
    return response;
}

}  // namespace regulars::api
