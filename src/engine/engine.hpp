// The engine: a deterministic state machine per member. Nothing here reads a clock, waits, or chooses by chance.
//
//   advance(versions, member, to, outcome)              everything that falls due up to `to`, in order
//   decide(versions, member, event, context, outcome)   advance to the event's time, check, then change
//   quote(programme, member, basket, at)                what a basket would cost and earn
//
// What is due at the same instant happens in this order: period ends (with reviews), expiries, settlements (in order of
// arrival), then the event itself. An event older than the member's present is applied at the present, and keeps its
// own business date: its local day decides windows, member days and expiry counts from the settlement it leads to.
#pragma once

#include <optional>

#include "base/expected.hpp"
#include "engine/event.hpp"
#include "engine/member.hpp"
#include "engine/outcome.hpp"
#include "engine/rejection.hpp"
#include "programme/programme.hpp"

namespace regulars::engine {

/// How far `advance` goes at its last instant.
enum class Through : std::uint8_t {
    expiries,     ///< period ends and expiries only: how a day is closed at the midnight that ends it
    settlements,  ///< everything
};

/// Lets time pass. `to` before the member's present does nothing.
void advance(const programme::Versions& versions, Member& member, Instant to, Outcome& outcome,
             Through through = Through::settlements);

/// What lies outside the aggregate and an event refers to.
struct Context {
    /// The order of this member with the event's order id, if it has left the aggregate (settled, cancelled, returned).
    const Order* closed_order = nullptr;
    /// For MembersMerged: the other member, at the event's time. For MergeUndone: this member, as before the merge.
    const Member* other = nullptr;
};

/// A new member. Its first event should be Registered; any other registers it at that event's time.
[[nodiscard]] Member new_member(MemberId id);

/// Applies one event. On a rejection nothing has changed but that the member may have been advanced to the event's
/// time; an event of wrong form, or the first event of a member, leaves the member as they were. A duplicate changes
/// nothing and is not a rejection (Outcome::duplicate).
[[nodiscard]] expected<void, Rejection> decide(const programme::Versions& versions, Member& member, const Event& event,
                                               const Context& context, Outcome& outcome);

}  // namespace regulars::engine
