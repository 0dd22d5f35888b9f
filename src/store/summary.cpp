#include "store/summary.hpp"

#include "base/check.hpp"

#include <optional>
#include <string>

namespace regulars::store {

service::MemberSummary summary_of(const service::MemberWrite& write) {
    const auto& member = *write.member;
    return {.member = member.id,
            .tier = write.tier,
            .growth = member.lifetime.growth.count(),
            .points_available = member.points_available.count(),
            .points_pending = engine::points_pending(member).count(),
            .balance_minor = member.balance.total().count(),
            .orders = member.lifetime.orders,
            .spend_minor = member.lifetime.spend.count(),
            .last_order_at = member.last_order_at,
            .registered_at = member.registered_at};
}

service::OrderSummary summary_of(const engine::Order& order) {
    return {.order_id = order.order_id,
            .status = std::string(engine::name_of(order.status)),
            .ordered_at = order.ordered_at,
            .amount_minor = amount_of(order).count(),
            .points = order.points.count(),
            .cashback_minor = order.cashback.count(),
            .settled_at = order.settled_at};
}

static bool has_ended(engine::CouponStatus status) {
    switch (status) {
        case engine::CouponStatus::usable:
        case engine::CouponStatus::held:
        case engine::CouponStatus::offered:
            return false;
        case engine::CouponStatus::used:
        case engine::CouponStatus::expired:
        case engine::CouponStatus::revoked:
        case engine::CouponStatus::passed:
            return true;
    }
    check_failed("a status of a coupon that nobody knows");
}

service::CouponSummary summary_of(const engine::CouponChange& change) {
    const auto& coupon = change.coupon;
    return {.coupon = coupon.id,
            .name = coupon.name,
            .status = std::string(engine::name_of(change.status)),
            .programme_version = coupon.programme_version,
            .granted_at = coupon.granted_at,
            .usable_from = coupon.usable_from,
            .expires_at = coupon.expires_at == instant_max ? std::nullopt : std::optional(coupon.expires_at),
            .ended_at = has_ended(change.status) ? std::optional(change.at) : std::nullopt,
            .order = change.order,
            .amount_minor = change.amount.count()};
}

Money amount_of(const engine::Order& order) {
    Money sum;
    for (const auto& line : order.lines) sum += line.amount;
    return sum;
}

Money amount_returned_of(const engine::Order& order) {
    Money sum;
    for (const auto& line : order.lines) sum += line.amount_returned;
    return sum;
}

}  // namespace regulars::store
