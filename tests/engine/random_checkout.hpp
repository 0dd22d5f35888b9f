// Random lives with a wallet: the steps of random_history, half of which give, claim, use, hold and revoke coupons, pay
// with points and balance, and know a birthday. Much of what a checkout tells depends on what the member has by then
// (coupon ids, what a quote takes off), so a life is read beside a member who lives it; the rest is made up wildly.
#pragma once

#include <memory>
#include <vector>

#include "random_history.hpp"
#include "programme/programme.hpp"

namespace regulars::model {

/// What members of any programme meet.
[[nodiscard]] Habits habits_of(const programme::Programme& programme);

/// The events of a life, in order of arrival. The same steps give the same events.
[[nodiscard]] std::vector<engine::Event> shopping_life(const std::vector<Step>& steps,
                                                       const std::shared_ptr<const programme::Programme>& programme);

}  // namespace regulars::model
