#include "naive_share.hpp"

namespace regulars::model {

NaiveShare::NaiveShare() : NaiveShop("Asia/Shanghai") { tier_ = "bronze"; }

Instant NaiveShare::settles_at(const NaiveOrder& order) const {
    return order.shipped_at ? days_later(*order.shipped_at, 7) : instant_max;
}

std::int64_t NaiveShare::points_of(const NaiveOrder& order) const {
    const std::int64_t halves = order.tier_at_payment == "gold" ? 4 : order.tier_at_payment == "silver" ? 3 : 2;
    ExactSum sum;
    sum.add(static_cast<Wide>(amount_left(order)) * halves, 2000);
    return sum.rounded_half_up();
}

LocalDate NaiveShare::renewed_until(LocalDate today) const { return add_years(today, 2); }

void NaiveShare::granted(const engine::TierGranted& fact) {
    tier_ = fact.tier;
    period_last_day_ = fact.until;
}

bool NaiveShare::reviewed(const engine::TiersReviewed& fact) {
    if (fact.thresholds.size() != 2 || fact.thresholds[0] < 0 || fact.thresholds[1] < fact.thresholds[0]) return false;
    // A review at midnight looks back on the day that has just ended.
    const LocalDate day = zone_.date(Instant{now_.ms - 1});
    const std::int64_t spend = spend_between(add_days(add_months(day, -6), 1), day);
    tier_ = spend >= fact.thresholds[1] ? "gold" : spend >= fact.thresholds[0] ? "silver" : "bronze";
    return true;
}

}  // namespace regulars::model
