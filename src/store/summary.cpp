#include "store/summary.hpp"

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
