// Questionnaires: once per member, or once for each settled order.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// Whether this is an answer to the question.
[[nodiscard]] bool is_answer(const programme::Question& question, std::string_view answer);

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const QuestionnaireAnswered& fact);

}  // namespace regulars::engine
