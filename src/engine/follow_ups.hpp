// Whose event may follow from an event of another: what has to be at hand before somebody's event is decided.
#pragma once

#include <optional>
#include <vector>

#include "engine/event.hpp"
#include "engine/member.hpp"

namespace regulars::engine {

/// Members whom what happens to this one may happen to as well (Outcome::follow_ups): who brought them, those with whom
/// they buy together, and the one into whom they were merged.
[[nodiscard]] std::vector<MemberId> companions_of(const Member& member);
/// The other member whom the fact names; nothing when it names none.
[[nodiscard]] std::optional<MemberId> companion_of(const Fact& fact);

}  // namespace regulars::engine
