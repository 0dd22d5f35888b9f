#include "engine/orders/holds.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "engine/orders/quote.hpp"
#include "engine/orders/tenders.hpp"
#include "engine/pricing/promotions.hpp"
#include "engine/references.hpp"

namespace regulars::engine {

namespace {

constexpr std::int64_t ms_per_minute = 60 * ms_per_second;

Basket basket_of(const HoldPlaced& fact) {
    Basket basket;
    basket.lines = fact.lines;
    basket.shipping_fee = fact.shipping_fee;
    basket.channel = fact.channel;
    basket.store = fact.store;
    basket.coupons = fact.coupons;
    basket.points = fact.points;
    basket.balance = fact.balance;
    return basket;
}

// A coupon that was asked for and does nothing: the member would find that out at the till.
std::optional<Rejection> unused_coupon(const Member& member, const HoldPlaced& fact, const Quote& quote) {
    if (!fact.coupons) return std::nullopt;
    for (const QuotedCoupon& coupon : quote.coupons) {
        if (coupon.used) continue;
        const bool is_held = std::any_of(member.coupons.begin(), member.coupons.end(),
                                         [&](const Coupon& held) { return held.id == coupon.id; });
        if (!is_held) return Rejection::coupon_not_found;
        return coupon.stacks ? Rejection::coupon_not_usable : Rejection::coupons_do_not_stack;
    }
    return std::nullopt;
}

// A line that names a promotion is sold at its price or not at all.
std::optional<Rejection> missed_promotion(const Quote& quote) {
    std::optional<Rejection> first;
    for (const QuotedLine& line : quote.lines)
        if (line.promotion_obstacle && (!first || *line.promotion_obstacle < *first)) first = line.promotion_obstacle;
    return first;
}

// The lines with the promotions at whose prices they are.
std::vector<Line> promoted_lines(const HoldPlaced& fact, const Quote& quote) {
    std::vector<Line> lines = fact.lines;
    for (std::size_t i = 0; i < lines.size(); ++i) lines[i].promotion = quote.lines[i].promotion;
    return lines;
}

void release(Decision& decision, Hold& hold) {
    release_held(decision, hold.tenders);
    give_back_pieces(decision, hold);
    auto& holds = decision.member.holds;
    holds.erase(holds.begin() + (&hold - holds.data()));
}

// What the checkout was told before: the basket at its price of now, as though the hold were not there. Where that is
// not what the hold says, because a price has changed or the last piece lies in the hold itself, nothing is told.
void quote_again(Decision& decision, const HoldPlaced& fact) {
    Member member = decision.member;
    Outcome nothing;
    Hold* const hold = find_hold(member, fact.hold_id);
    if (hold == nullptr) return;
    const Money lines = hold->amount;
    const Money shipping_fee = hold->shipping_fee;
    Decision as_if{decision.versions, decision.programme, member, nothing, decision.now, decision.stock};
    release(as_if, *hold);
    auto quoted = price(decision.versions, member, basket_of(fact), decision.now, decision.stock);
    if (!quoted || missed_promotion(*quoted) || quoted->shipping_fee != shipping_fee) return;
    if (quoted->amount - quoted->promotion_discount - quoted->discount - quoted->coupon_discount != lines) return;
    decision.outcome.quote = std::make_shared<const Quote>(std::move(*quoted));
}

}  // namespace

Hold* find_hold(Member& member, std::string_view hold_id) {
    for (Hold& hold : member.holds)
        if (hold.hold_id == hold_id) return &hold;
    return nullptr;
}

expected<void, Rejection> on_fact(Decision& decision, const HoldPlaced& fact) {
    Member& member = decision.member;
    if (is_known(member, "hold_placed", fact.hold_id)) {
        decision.outcome.duplicate = true;
        quote_again(decision, fact);
        return {};
    }
    if (member.holds.size() >= limits::holds_max) return unexpected(Rejection::too_many_holds);
    auto quoted = price(decision.versions, member, basket_of(fact), decision.now, decision.stock);
    if (!quoted) return unexpected(quoted.error());
    if (const auto rejection = unused_coupon(member, fact, *quoted)) return unexpected(*rejection);
    std::vector<CouponUse> coupons;
    for (const QuotedCoupon& coupon : quoted->coupons)
        if (coupon.used) coupons.push_back({coupon.id, coupon.amount});
    const TenderRequest request{coupons, fact.points, fact.balance};
    const Money lines = quoted->amount - quoted->promotion_discount - quoted->discount - quoted->coupon_discount;
    if (const auto rejection = check_tenders(decision, request, {lines, quoted->shipping_fee, {}}, decision.now))
        return unexpected(*rejection);
    if (std::any_of(quoted->lines.begin(), quoted->lines.end(), [](const auto& line) { return line.not_for_member; }))
        return unexpected(Rejection::goods_not_for_member);
    if (const auto rejection = missed_promotion(*quoted)) return unexpected(*rejection);

    const std::int32_t minutes =
        std::clamp(fact.minutes.value_or(decision.programme.checkout.hold_minutes), 1, limits::hold_minutes_max);
    Hold hold{fact.hold_id, Instant{decision.now.ms + minutes * ms_per_minute}, lines, quoted->shipping_fee, {}};
    hold.tenders = hold_tenders(decision, request);
    hold.pieces = take_pieces(decision, promoted_lines(fact, *quoted));
    remember(member, "hold_placed", fact.hold_id);
    member.holds.push_back(std::move(hold));
    decision.outcome.quote = std::make_shared<const Quote>(std::move(*quoted));
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const HoldReleased& fact) {
    Hold* hold = find_hold(decision.member, fact.hold_id);
    if (hold == nullptr) {
        // One that was there and is over is over, however often that is told.
        if (!is_known(decision.member, "hold_placed", fact.hold_id)) return unexpected(Rejection::hold_not_found);
        decision.outcome.duplicate = true;
        return {};
    }
    release(decision, *hold);
    return {};
}

void use_hold(Decision& decision, Hold& hold, Order& order) {
    use_held(decision, std::move(hold.tenders), order);
    auto& holds = decision.member.holds;
    holds.erase(holds.begin() + (&hold - holds.data()));
}

void time_out_holds(Decision& decision) {
    auto& holds = decision.member.holds;
    for (std::size_t i = 0; i < holds.size();) {
        if (holds[i].expires_at > decision.now) {
            ++i;
            continue;
        }
        release(decision, holds[i]);
    }
}

}  // namespace regulars::engine
