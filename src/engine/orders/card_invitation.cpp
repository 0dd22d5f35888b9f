#include "engine/orders/card_invitation.hpp"

#include <algorithm>

#include "engine/match.hpp"

namespace regulars::engine {

namespace {

bool is_cardholder(const Member& member) {
    return std::any_of(member.identities.begin(), member.identities.end(), [](const Identity& identity) {
        return identity.kind == "phone" || identity.kind == "email" || identity.kind == "card";
    });
}

bool is_first_payment(const Member& member, const Order& paid) {
    if (member.lifetime.orders != 0) return false;
    return std::none_of(member.open_orders.begin(), member.open_orders.end(), [&](const Order& order) {
        return order.status == OrderStatus::paid && order.number != paid.number;
    });
}

Money amount_of(const Order& order) {
    Money sum;
    for (const OrderLine& line : order.lines) sum += line.amount;
    return sum;
}

bool fits(const Decision& decision, const programme::CardInvitation& invitation, const Order& order,
          const Facts& facts) {
    const Zone& zone = decision.programme.zone;
    const Instant at = order.paid_at.value_or(decision.now);
    if (amount_of(order) < invitation.at_least) return false;
    const auto& channels = invitation.channels;
    if (!channels.empty() && !std::binary_search(channels.begin(), channels.end(), order.channel)) return false;
    const LocalDate day = zone.date(at);
    if (invitation.dates && (day < invitation.dates->first || day > invitation.dates->last)) return false;
    if (invitation.times && !is_at_time(*invitation.times, zone, at)) return false;
    return !invitation.when || facts.holds(*invitation.when);
}

}  // namespace

void invite_to_card(Decision& decision, const Order& order, const Facts& facts) {
    Member& member = decision.member;
    const auto& invitations = decision.programme.identity.invitations;
    if (invitations.empty() || member.invited_at != instant_min) return;
    if (member.erased || is_cardholder(member) || !is_first_payment(member, order)) return;
    for (const programme::CardInvitation& invitation : invitations) {
        if (!fits(decision, invitation, order, facts)) continue;
        member.invited_at = decision.now;
        decision.outcome.notices.push_back(
            {decision.now, NoticeKind::card_invitation, invitation.code, CouponId(), order.number});
        explain(decision, invitation.code, [] { return std::string("the first payment: asked to claim a card"); });
        return;
    }
}

}  // namespace regulars::engine
