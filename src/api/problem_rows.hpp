// The rows that api/problem_rows.cpp is made of and that stand in files of their own. Private to those files.
#pragma once

#include <string_view>

#include "api/problem.hpp"

namespace regulars::api {

/// The code comes from the engine's own table.
[[nodiscard]] constexpr ProblemRow rejection_row(int status, std::string_view title, std::string_view what_to_do) {
    return {status, {}, title, what_to_do};
}

/// About activities, the points mall and promotions; fails for whatever else.
[[nodiscard]] ProblemRow activity_row(engine::Rejection rejection);

}  // namespace regulars::api
