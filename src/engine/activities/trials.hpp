// Products to try out: applying, being chosen, reporting.
#pragma once

#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const TrialApplied& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const TrialDecided& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const TrialReported& fact);

/// Under this name it is counted for all members together how many were chosen.
[[nodiscard]] std::string stock_of_seats(std::string_view activity);

/// Two members have become one, who has the product already: what an application has cost comes back.
void give_back_applications(Decision& decision);

/// Those who were chosen and have not reported in time are overdue.
void end_trials(Decision& decision);

}  // namespace regulars::engine
