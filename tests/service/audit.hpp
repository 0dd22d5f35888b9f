// An auditor: whether all that a database says of coupons, points and balance agrees, over every member. It knows
// nothing of how a service came there, and works from the tables alone.
#pragma once

#include <string>

#include "service/store.hpp"

namespace regulars::service {

/// What does not agree, a line each; empty when everything does.
/// - Each coupon of a member is in one place: the wallet, one hold, one order, or ended; and the table says so.
/// - Points and balance by the ledger are what the member holds and has reserved.
/// - Each code that works once is taken by the event that redeemed it, for the coupon which that brought; each
///   partner's coupon has a code of its own, and each pool has given as many.
/// - Each shared stock has given out as many as there are, within its limits, and costs what they may cost.
[[nodiscard]] std::string audit(Store& store);

}  // namespace regulars::service
