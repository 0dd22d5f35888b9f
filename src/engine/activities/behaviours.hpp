// Shares, visits, views and favourites that the shop's pages tell, and visits to stores with their code.
#pragma once

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const BehaviourShown& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const StoreVisited& fact);

}  // namespace regulars::engine
