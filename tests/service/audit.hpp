// An auditor: whether all that a database says of coupons, points and balance agrees, over every member. It knows
// nothing of how a service came there, and works from the tables alone.
#pragma once

#include <string>

#include "service/store.hpp"

namespace regulars::service {

/// What does not agree, a line each; empty when everything does.
/// - Each coupon of a member is in one place: the wallet, one hold, one order, or ended; and the table says so.
/// - Points and balance by the ledger are what the member holds and has reserved.
/// - Each shared stock has given out as many as there are, within its limits, and costs what they may cost.
[[nodiscard]] std::string audit(Store& store);

}  // namespace regulars::service
