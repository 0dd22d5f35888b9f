#include "naive_four_tier.hpp"

#include <array>

namespace regulars::model {

namespace {

struct Terms {
    const char* tier;
    std::int64_t spend;
    std::int64_t orders;
    std::int32_t tenure_days;
};

constexpr std::array<Terms, 4> ladder{{
    {"normal", 0, 0, 0},
    {"silver", 300'00, 2, 30},
    {"gold", 1000'00, 4, 90},
    {"diamond", 3000'00, 8, 180},
}};

int rung_of(const std::string& tier) {
    int rung = 0;
    while (ladder.at(static_cast<std::size_t>(rung)).tier != tier) ++rung;
    return rung;
}

}  // namespace

NaiveFourTier::NaiveFourTier() : NaiveShop("Europe/London") { tier_ = "normal"; }

Instant NaiveFourTier::settles_at(const NaiveOrder& order) const {
    return order.shipped_at ? days_later(*order.shipped_at, 14) : instant_max;
}

/// One point for 1.00, times one to four by rung.
std::int64_t NaiveFourTier::points_of(const NaiveOrder& order) const {
    return amount_left(order) * (1 + rung_of(order.tier_at_payment)) / 100;
}

std::int64_t NaiveFourTier::growth_of(const NaiveOrder& order) const { return amount_left(order) / 100 + 10; }

std::optional<LocalDate> NaiveFourTier::last_day_of_points(LocalDate today) const {
    return date_of(parts_of(today).year + 1, 12, 31);
}

int NaiveFourTier::rung() const { return rung_of(tier_); }

int NaiveFourTier::rung_reached(LocalDate day) const {
    const LocalDate first = add_days(add_months(day, -12), 1);
    const std::int32_t tenure = day.days - zone_.date(registered_at_.value_or(now_)).days;
    for (int rung = 3; rung > 0; --rung) {
        const Terms& terms = ladder.at(static_cast<std::size_t>(rung));
        if (spend_between(first, day) >= terms.spend && orders_between(first, day) >= terms.orders &&
            tenure >= terms.tenure_days)
            return rung;
    }
    return 0;
}

Instant NaiveFourTier::tier_due() const {
    if (!period_last_day_) return instant_max;
    return zone_.end_of(in_grace_ ? add_days(*period_last_day_, 30) : *period_last_day_);
}

void NaiveFourTier::do_tier_due() {
    // The day that has just ended is the last that counts.
    const int reached = rung_reached(add_days(today(), -1));
    if (reached >= rung()) hold(rung(), *period_last_day_);
    else if (!in_grace_) in_grace_ = true;
    else hold(reached, *period_last_day_);
}

void NaiveFourTier::climb() {
    if (const int reached = rung_reached(today()); reached > rung()) hold(reached, today());
}

void NaiveFourTier::granted(const engine::TierGranted& fact) {
    hold(rung_of(fact.tier), today());
    if (fact.until) period_last_day_ = fact.until;
}

void NaiveFourTier::hold(int rung, LocalDate period_counted_from) {
    in_grace_ = false;
    tier_ = ladder.at(static_cast<std::size_t>(rung)).tier;
    period_last_day_.reset();
    if (rung > 0) period_last_day_ = add_years(period_counted_from, 1);
}

}  // namespace regulars::model
