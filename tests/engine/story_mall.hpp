// What stories tell of the points mall, and what is then true of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/event.hpp"
#include "programme/programme.hpp"
#include "world.hpp"

namespace regulars::model {

/// "redeem kettle R1 [x2] [order O1] [points 400] [money 19.90]", "ship R1 [CARRIER TRACKING]", "deliver R1",
/// "call-off R1 [REASON]", "attend 1"; nothing when the words tell of something else.
[[nodiscard]] std::optional<engine::Fact> mall_fact(const std::vector<std::string>& words,
                                                    const programme::Programme& programme);

/// "redemptions 2" (under way), "goes R1 shipped" (as told by this row), "bought kettle 3" (as counted for limits),
/// "status A cancelled" (of an order); empty when it is about something else.
[[nodiscard]] std::string found_of_mall(const World& world, const Answer& answer,
                                        const std::vector<std::string>& claim);

}  // namespace regulars::model
