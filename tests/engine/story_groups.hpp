// What stories tell of promotions and of buying together, and what is then true of them. Part of story_activities.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/event.hpp"
#include "world.hpp"

namespace regulars::model {

/// open-group GROUP PROMOTION ORDER | join-group GROUP LEADER ORDER PROMOTION | seat GROUP WHO ORDER PROMOTION |
/// leave-seat GROUP WHO ORDER | end-group GROUP ORDER filled|failed
[[nodiscard]] std::optional<engine::Fact> group_fact(const std::vector<std::string>& words);

/// pieces PROMOTION NUMBER (as limits count), waits ORDER yes|no, settles ORDER TIME (local, or -), leads NUMBER of
/// groups, seats GROUP NUMBER, group GROUP STATUS (as told by this row); of a hold: sold PROMOTION ... (by line, - for
/// none), promoted AMOUNT (by promotions), because CODE (a reason names it).
[[nodiscard]] std::string found_of_groups(const World& world, const Answer& answer,
                                          const std::vector<std::string>& claim);

}  // namespace regulars::model
