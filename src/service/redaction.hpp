// What an event tells of a person, taken out of it. The fact that something happened, and when, stays.
#pragma once

#include "engine/event.hpp"

namespace regulars::service {

/// Whether something was taken out.
bool take_out_person(engine::Event& event);
/// The same for what tells this friend from other people.
bool take_out_marks(engine::Event& event, MemberId who);

}  // namespace regulars::service
