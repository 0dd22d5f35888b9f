// The member's points: granted into lots, spent first-to-expire first, lapsed, taken back.
#pragma once

#include <vector>

#include "engine/decision.hpp"

namespace regulars::engine {

/// Grants points: a debt is paid first, the rest becomes (part of) a lot; with a rolling expiry the whole balance is
/// renewed. Returns the lot; 0 when nothing was left for one.
LotId grant_points(Decision& decision, Points points, Cause cause, OrderNumber order = {});

/// Moves points out of the lots, the first to expire first, `preferred` before all others if it is not 0. Takes what is
/// there and returns how much; `taken` (if given) gets the parts.
Points take_points(Decision& decision, Points points, Account to, Cause cause, OrderNumber order, LotId preferred,
                   std::vector<SpentLot>* taken);

/// Puts spent points back as they were, with their old expiry. `from` and `cause` are where they had gone.
void give_back_points(Decision& decision, const std::vector<SpentLot>& spent, OrderNumber order,
                      Account from = Account::points_redeemed, Cause cause = Cause::redemption_return);

/// Takes back points that a return undoes. What is no longer there is owed, kept from the refund or written off, by the
/// policy of `policy` (the version that granted them).
void take_back_points(Decision& decision, const programme::PointsPolicy& policy, Points points, Cause cause,
                      OrderNumber order, LotId lot);

/// Everything that has expired by now lapses.
void expire_points(Decision& decision);

/// Rolling expiry: the whole balance now lasts for the policy's span from today.
void renew_balance(Decision& decision, OrderNumber order);
/// Rolling expiry: what this order renewed no longer counts; the balance may be over at once.
void undo_renewals(Decision& decision, OrderNumber order);

}  // namespace regulars::engine
