// What stories tell of activities, and what is then true of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/event.hpp"
#include "programme/programme.hpp"
#include "world.hpp"

namespace regulars::model {

/// The fact that these words tell; nothing when they tell of no activity.
[[nodiscard]] std::optional<engine::Fact> activity_fact(const std::vector<std::string>& words,
                                                        const programme::Programme& programme);

/// "0.25": a number by chance that lies so far along all numbers.
[[nodiscard]] engine::Chance chance_of(const std::string& text, LocalDate day);

/// What is found for a claim about activities; empty when it is about something else.
[[nodiscard]] std::string found_of_activities(const World& world, const Answer& answer,
                                              const std::vector<std::string>& claim);

/// Whether the fact is about an activity and has an id of its own, so that telling it again changes nothing.
[[nodiscard]] bool activity_happens_once(const engine::Fact& fact);

}  // namespace regulars::model
