#include "naive_quarterly.hpp"

namespace regulars::model {

NaiveQuarterly::NaiveQuarterly() : NaiveShop("Asia/Shanghai") { tier_ = "normal"; }

Instant NaiveQuarterly::settles_at(const NaiveOrder& order) const { return *order.paid_at; }

/// One point for 1.00; one and a half for vip, two for svip.
std::int64_t NaiveQuarterly::points_of(const NaiveOrder& order) const {
    const std::int64_t halves = order.tier_at_payment == "svip" ? 4 : order.tier_at_payment == "vip" ? 3 : 2;
    return amount_left(order) * halves / 200;
}

std::optional<LocalDate> NaiveQuarterly::last_day_of_points(LocalDate today) const { return add_years(today, 1); }

int NaiveQuarterly::rung_reached(LocalDate day) const {
    const std::int64_t spend = spend_between(add_months(first_of(CalendarUnit::month, day), -2), day);
    return spend >= 1500'00 ? 2 : spend >= 800'00 ? 1 : 0;
}

/// Every month's end, for those who have something to lose.
Instant NaiveQuarterly::tier_due() const { return next_review_.value_or(instant_max); }

void NaiveQuarterly::do_tier_due() {
    const int reached = rung_reached(add_days(today(), -1));
    place(reached < rung_ ? reached : rung_);
}

void NaiveQuarterly::climb() {
    if (const int reached = rung_reached(today()); reached > rung_) place(reached);
}

void NaiveQuarterly::granted(const engine::TierGranted& fact) {
    place(fact.tier == "svip" ? 2 : fact.tier == "vip" ? 1 : 0);
}

void NaiveQuarterly::place(int rung) {
    rung_ = rung;
    tier_ = rung == 2 ? "svip" : rung == 1 ? "vip" : "normal";
    next_review_.reset();
    if (rung > 0) next_review_ = zone_.end_of(last_of(CalendarUnit::month, today()));
}

}  // namespace regulars::model
