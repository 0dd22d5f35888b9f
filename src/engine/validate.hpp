// Limits on what an event may carry, whoever built it.
#pragma once

#include <optional>

#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// The first limit that the event breaks by itself: times, sizes of texts, missing ids. Nothing when it is well formed.
[[nodiscard]] std::optional<Rejection> check_form(const Event& event);

/// Times between 1900 and 2200 can be placed on a calendar.
[[nodiscard]] bool is_in_range(Instant instant);

}  // namespace regulars::engine
