// What a member has done in activities, put together with what another has who turns out to be the same person.
#pragma once

#include "engine/member.hpp"

namespace regulars::engine {

/// How often is added up, so that limits hold for the person; turns and pieces of both are there; what is given once
/// was given when one of the two has it. Steps that only both together have reached come with the next piece.
void combine_activities(Member& into, const Member& from);

}  // namespace regulars::engine
