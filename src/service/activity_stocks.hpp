// Stocks that members share beside coupons: prizes, pieces and steps, goods of the mall, pieces at a promotion's price.
// They are kept and told as those of coupons are (service/coupon_stocks.hpp), under names of their own.
#pragma once

#include <string>
#include <vector>

#include "engine/event.hpp"
#include "programme/programme.hpp"

namespace regulars::service {

struct SharedStock {
    std::string name;                 ///< programme::stock_of_prize ...
    programme::Stock terms;
};

/// All that the programme limits, and who has come to what members are invited to.
[[nodiscard]] std::vector<SharedStock> shared_stocks(const programme::Programme& programme);
/// Those that the event may take from.
[[nodiscard]] std::vector<SharedStock> stocks_for(const programme::Programme& programme, const engine::Event& event);
/// How many of one stock the event may take at most.
[[nodiscard]] std::int64_t pieces_of(const engine::Event& event);
/// Whether the event, beside claims and grants, may bring this coupon: by an activity, a friend or the mall.
[[nodiscard]] bool may_reward(const programme::Programme& programme, const engine::Event& event,
                              const programme::CouponTemplate& terms);

}  // namespace regulars::service
