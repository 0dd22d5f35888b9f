// What members get by themselves: on registering, with a first order, a tier, a birthday, a new month.
#pragma once

#include "engine/decision.hpp"

namespace regulars::engine {

/// Gives everything that the programme grants on such an occasion to a member of this tier and standing. A coupon that
/// cannot be given (sold out, limit reached, wallet full) is left out, and that is explained.
void give_grants(Decision& decision, programme::Grant::On on);

/// The member's first order has settled; another one that is the first because that came back brings nothing again.
void give_first_order_grants(Decision& decision);

/// The profile or the identities have changed: whatever is given for telling them, once each, when all of it is known.
void give_profile_grants(Decision& decision);

/// Sets when the next birthday and the next month, quarter or year brings something, where that is not known yet.
void schedule_grants(Decision& decision);

/// A month, quarter or year begins.
void give_calendar_grants(Decision& decision);
/// The member's birthday, or its month, begins.
void give_birthday_grants(Decision& decision);
/// The plan at this place in the programme has been bought or renewed.
void give_plan_grants(Decision& decision, std::size_t plan);

/// The anniversary of registration has come.
void give_anniversary_grants(Decision& decision);

}  // namespace regulars::engine
