#include "naive_vip_cashback.hpp"

namespace regulars::model {

NaiveVipCashback::NaiveVipCashback() : NaiveShop("America/New_York") { tier_ = "registered"; }

Instant NaiveVipCashback::settles_at(const NaiveOrder& order) const {
    return order.shipped_at ? days_later(*order.shipped_at, 14) : instant_max;
}

std::int64_t NaiveVipCashback::cashback_of(const NaiveOrder& order) const {
    return order.tier_at_payment == "vip" ? amount_ordered(order) * 5 / 100 : 0;
}

bool NaiveVipCashback::is_vip_by_orders(LocalDate day) const {
    return orders_between(add_days(add_months(day, -12), 1), day) >= 6;
}

bool NaiveVipCashback::has_bought() const { return orders_between({INT32_MIN}, {INT32_MAX}) >= 1; }

Instant NaiveVipCashback::tier_due() const {
    return period_last_day_ ? zone_.end_of(*period_last_day_) : instant_max;
}

void NaiveVipCashback::do_tier_due() {
    if (is_vip_by_orders(add_days(today(), -1))) {
        period_last_day_ = add_years(*period_last_day_, 1);
        return;
    }
    tier_ = has_bought() ? "shopping" : "registered";
    period_last_day_.reset();
}

void NaiveVipCashback::climb() {
    if (tier_ == "vip") return;
    if (is_vip_by_orders(today())) {
        tier_ = "vip";
        period_last_day_ = add_years(today(), 1);
    } else if (has_bought()) {
        tier_ = "shopping";
    }
}

void NaiveVipCashback::granted(const engine::TierGranted& fact) {
    tier_ = fact.tier;
    period_last_day_ = fact.until;
    if (fact.tier == "vip" && !fact.until) period_last_day_ = add_years(today(), 1);
}

}  // namespace regulars::model
