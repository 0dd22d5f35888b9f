// Reviews and friends of two members who turn out to be one person. Part of engine/people/combine.hpp's work.
#pragma once

#include "engine/member.hpp"

namespace regulars::engine {

/// Reviews: what was rewarded, and what is to be invited to. Both as they were before the merge.
void combine_reviews(Member& into, const Member& from);
/// Friends of both are friends of the one; nobody is their own friend, nor was brought by themselves: what was given
/// for that stays, and people may look at it. Who brought `from` stays known where nobody brought `into`.
void combine_friends(Member& into, const Member& from);

}  // namespace regulars::engine
