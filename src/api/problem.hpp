// Everything that can go wrong, as RFC 9457 problem documents: one total table from each closed list of reasons to
// status, code, title and what to do. Codes are stable: programs rely on them. A reason without a row does not compile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http.hpp"
#include "base/diagnostic.hpp"
#include "engine/rejection.hpp"
#include "service/event_json.hpp"
#include "service/service.hpp"

namespace regulars::api {

/// What goes wrong before anything is asked of the service.
enum class Fault : std::uint8_t {
    malformed_http,
    malformed_target,
    malformed_json,
    invalid_input,
    invalid_programme,
    one_time_code_not_valid,
    unauthorised,
    forbidden,
    route_not_found,
    member_not_found,
    order_not_found,
    card_not_found,
    enrolment_code_not_found,
    method_not_allowed,
    not_acceptable,
    request_timeout,
    programme_version_not_higher,
    programme_cannot_follow,
    body_too_large,
    target_too_long,
    unsupported_media_type,
    too_many_requests,
    header_too_large,
    internal_error,
    codes_not_sent,
    too_many_connections,
    stopping,
    answer_late,
    version_not_supported,
};

/// One row of a table.
struct ProblemRow {
    int status;
    std::string_view code;
    std::string_view title;
    std::string_view what_to_do;
};

[[nodiscard]] const ProblemRow& row_of(Fault fault);
[[nodiscard]] const ProblemRow& row_of(service::Refusal refusal);
[[nodiscard]] const ProblemRow& row_of(service::StoreError error);
[[nodiscard]] const ProblemRow& row_of(engine::Rejection rejection);

/// One thing that is wrong in the input: `pointer` is a JSON Pointer (RFC 6901) or names a parameter.
struct InputError {
    std::string pointer;
    std::string detail;
    std::string expected;
    std::string found;
    std::string suggestion;
};

struct Problem {
    const ProblemRow* row;
    std::string detail;    ///< what happened, this time
    std::string expected;
    std::string found;
    std::vector<InputError> errors;
    /// Allow, Retry-After, WWW-Authenticate.
    std::vector<std::pair<std::string_view, std::string>> headers;
};

[[nodiscard]] Problem problem_of(Fault fault, std::string detail);
/// Storage could not; carries Retry-After where trying again helps. What the database said goes to the log only.
[[nodiscard]] Problem problem_of(const service::StoreFailure& failure);
[[nodiscard]] Problem problem_of(engine::Rejection rejection);
[[nodiscard]] Problem problem_of(const service::Refused& refused);
/// What is wrong in a programme file, each error with its line and place.
[[nodiscard]] Problem problem_of(const Diagnostics& diagnostics);

/// What is wrong in a JSON text: 400 when it is not JSON at all, else 422 with every place.
[[nodiscard]] Problem problem_of(const service::JsonProblems& problems);
/// One thing wrong with a parameter of the query or a header.
[[nodiscard]] Problem parameter_problem(std::string_view name, std::string detail, std::string expected,
                                        std::string_view found);

class JsonWriter;

void append_errors(JsonWriter& json, const std::vector<InputError>& errors);
/// The document alone, for answers that are stored.
[[nodiscard]] std::string text_of(const Problem& problem);
[[nodiscard]] Response response_of(const Problem& problem);

/// Every row, for the page that explains the codes.
[[nodiscard]] std::vector<const ProblemRow*> all_problem_rows();

/// RFC 9457.
inline constexpr std::string_view problem_media_type = "application/problem+json";

}  // namespace regulars::api
