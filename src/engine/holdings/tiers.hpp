// The ladder: climbing, periods, reviews; and what lifts a member above it for a time.
//
// Where nothing lifts a member, Member::tier is their own tier. A paid plan or a tier card lifts them: then what
// holds is the highest of their own tier and all lifts, while their own goes on beside it (Member::own_tier), with
// its periods, reviews and climbing, as though nothing had lifted them. So nobody loses by a plan what they have
// earned, and when the last lift is over they stand where their own tier is by then.
#pragma once

#include "engine/decision.hpp"

namespace regulars::engine {

/// Sets up a new member's tier: the base, its period and the first review.
void start_tier(Decision& decision);

/// Climbs if the counters allow it and the programme upgrades at once.
void upgrade_if_qualified(Decision& decision);

/// The running period (or its grace) is over.
void end_period(Decision& decision);

/// A calendar review is due.
void review_tier(Decision& decision);

/// Puts the member on a tier by hand, to the end of `until` if given, else for the tier's own period.
void grant_tier(Decision& decision, programme::TierRank rank, std::optional<LocalDate> until);

/// Lifts the member to a tier until then (instant_max: until drop_lift); a second card for one tier goes on to the
/// later of the two ends.
void lift_tier(Decision& decision, const TierLift& lift);
/// The plan that lifted the member is over.
void drop_lift(Decision& decision, std::string_view plan);

/// Another member turns out to be the same person: of the two members' own tiers the higher counts, of equal ones the
/// one that lasts longer, and all that lifts either lifts this one. Then the counts, which are those of both, may
/// lift it.
void take_over_tier(Decision& decision, const Member& other);

/// A review over all members: the highest tier whose threshold the share counter reaches.
void apply_review(Decision& decision, const std::vector<std::int64_t>& thresholds);

}  // namespace regulars::engine
