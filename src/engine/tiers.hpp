// The ladder: climbing, periods, reviews.
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

/// A review over all members: the highest tier whose threshold the share counter reaches.
void apply_review(Decision& decision, const std::vector<std::int64_t>& thresholds);

}  // namespace regulars::engine
