// What a member has, put together with what another has who turns out to be the same person. Nothing here checks or
// books anything; engine/people/merge.hpp does.
#pragma once

#include "engine/member.hpp"

namespace regulars::engine {

/// Points in their lots, debts, renewals, caps and purses. A lot gets a number after the last of `into`.
void combine_accounts(Member& into, const Member& from);
/// What was counted: totals, days, uses of benefits and coupons, and what happens only once.
void combine_counts(Member& into, const Member& from);
/// Paid plans: one that both hold runs to the later end, and the days that are left of the other come after that.
void combine_plans(Member& into, const Member& from, const Zone& zone);
/// Who they are. What `into` says of itself stands, gaps are filled; where they came from is what the older of the two
/// says; a consent that only one has told stands, one that both have told is granted only if both grant it.
void combine_person(Member& into, const Member& from);

}  // namespace regulars::engine
