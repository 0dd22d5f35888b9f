// Friends whom members bring: told by the friend's own events, rewarded, looked at when suspicious, taken back.
//
// What happens to the friend is told to who brought them as a follow-up (Outcome::follow_ups), in the same transaction,
// and who brought them tells the friend in turn that nothing stands against what the friend gets. So neither side gets
// anything while people look at it.
#pragma once

#include <string_view>

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// Under this name costs are booked, results told, and what was given is kept (Member::activities: the steps).
inline constexpr std::string_view referral_code = "referral";

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const FriendActed& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const ReferralDecided& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const MarksTold& fact);

/// The member registers: who brought them is told.
void tell_of_registration(Decision& decision, const Registered& fact);
/// The member's order has settled: who brought them is told of the first.
void tell_of_settlement(Decision& decision, const Order& order);
/// An order has come back altogether: who brought them is told if it was the one that counted.
void tell_of_return(Decision& decision, const Order& order);
/// The member's personal data goes: what tells them, and friends, from other people.
void forget_friends(Decision& decision);

}  // namespace regulars::engine
