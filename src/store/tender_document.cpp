#include "store/document_parts.hpp"

namespace regulars::stored {

// --- writing -----------------------------------------------------------------------------------------------------

void write(const engine::SpentLot& lot, SpentLot& to) {
    const auto& [points, expires_at, programme_version] = lot;
    to.set_points(points.count());
    write_instant(to, &SpentLot::set_expires_at, expires_at, instant_max);
    to.set_programme_version(programme_version);
}

void write(const engine::Balance& balance, Balance& to) {
    const auto& [topped_up, bonus, cashback] = balance;
    to.set_topped_up(topped_up.count());
    to.set_bonus(bonus.count());
    to.set_cashback(cashback.count());
}

void write(const engine::Coupon& coupon, Coupon& to) {
    const auto& [id, name, programme_version, granted_at, usable_from, expires_at, remind_at] = coupon;
    to.set_id(id.value);
    to.set_name(name);
    to.set_programme_version(programme_version);
    to.set_granted_at(granted_at.ms);
    to.set_usable_from(usable_from.ms);
    write_instant(to, &Coupon::set_expires_at, expires_at, instant_max);
    write_instant(to, &Coupon::set_remind_at, remind_at, instant_max);
}

static void write(const engine::UsedCoupon& used, UsedCoupon& to) {
    const auto& [coupon, amount] = used;
    write(coupon, *to.mutable_coupon());
    to.set_amount(amount.count());
}

void write(const engine::Tenders& tenders, Tenders& to) {
    const auto& [coupons, points, points_worth, balance] = tenders;
    write_list(coupons, *to.mutable_coupons());
    write_list(points, *to.mutable_points());
    to.set_points_worth(points_worth.count());
    if (balance != engine::Balance()) write(balance, *to.mutable_balance());
}

// --- reading -----------------------------------------------------------------------------------------------------

bool read(const SpentLot& from, engine::SpentLot& lot) {
    lot = {.points = Points(from.points()),
           .expires_at = instant_or(from, &SpentLot::has_expires_at, &SpentLot::expires_at, instant_max),
           .programme_version = from.programme_version()};
    return nothing_unknown(from);
}

bool read(const Balance& from, engine::Balance& balance) {
    balance = {Money(from.topped_up()), Money(from.bonus()), Money(from.cashback())};
    return nothing_unknown(from);
}

bool read(const Coupon& from, engine::Coupon& coupon) {
    coupon = {.id = {from.id()},
              .name = from.name(),
              .programme_version = from.programme_version(),
              .granted_at = {from.granted_at()},
              .usable_from = {from.usable_from()},
              .expires_at = instant_or(from, &Coupon::has_expires_at, &Coupon::expires_at, instant_max),
              .remind_at = instant_or(from, &Coupon::has_remind_at, &Coupon::remind_at, instant_max)};
    return nothing_unknown(from);
}

static bool read(const UsedCoupon& from, engine::UsedCoupon& used) {
    used.amount = Money(from.amount());
    return nothing_unknown(from) && read(from.coupon(), used.coupon);
}

bool read(const Tenders& from, engine::Tenders& tenders) {
    tenders.points_worth = Money(from.points_worth());
    return nothing_unknown(from) && read_list(from.coupons(), tenders.coupons) &&
           read_list(from.points(), tenders.points) && read(from.balance(), tenders.balance);
}

}  // namespace regulars::stored
