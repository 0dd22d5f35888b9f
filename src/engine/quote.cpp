#include "engine/quote.hpp"

#include "base/fraction.hpp"
#include "base/limits.hpp"
#include "engine/account.hpp"
#include "engine/earn.hpp"
#include "engine/engine.hpp"
#include "engine/orders.hpp"
#include "engine/validate.hpp"

namespace regulars::engine {

namespace {

std::vector<programme::PriceKind> resolve_price_kinds(const programme::Programme& programme,
                                                      std::span<const Line> lines) {
    std::vector<programme::PriceKind> kinds;
    for (const Line& line : lines)
        kinds.push_back(line.price_kind.empty() ? programme::PriceKind{0} : *programme.price_kind(line.price_kind));
    return kinds;
}

std::vector<std::int64_t> gift_card_parts(std::span<const Line> lines, Money gift_card) {
    std::vector<std::int64_t> weights;
    for (const Line& line : lines) weights.push_back(line.amount.count());
    return split(gift_card.count(), weights);
}

// The order's points, shared over its lines by what each earns, so that the shares sum to the whole.
void share_points(Quote& quote, const Earnings& earnings) {
    std::vector<std::int64_t> weights;
    for (const LineEarnings& line : earnings.lines) weights.push_back(line.points_scaled);
    const auto shares = split(quote.points.count(), weights);
    for (std::size_t i = 0; i < shares.size(); ++i) quote.lines[i].points = Points(shares[i]);
}

std::optional<Rejection> check_basket(const programme::Programme& programme, const Basket& basket) {
    if (const auto rejection = check_form(
            {Instant{0}, OrderCreated{"quote", basket.lines, {}, basket.channel, basket.store, {}, {}, {}, {}}}))
        return rejection;
    if (const auto rejection = check_lines(programme, basket.lines)) return rejection;
    const Money most(limits::amount_minor_max);
    Money amount;
    for (const Line& line : basket.lines) amount += line.amount;
    if (amount > most || basket.shipping_fee < Money() || basket.shipping_fee > most || basket.gift_card < Money())
        return Rejection::amount_out_of_range;
    if (basket.gift_card > amount) return Rejection::gift_card_over_amount;
    return std::nullopt;
}

// Prices first: the tier's discounts come off, then points are earned on what is payable.
std::vector<Line> price_lines(const Basket& basket, const Earnings& earnings, Quote& quote) {
    std::vector<Line> payable = basket.lines;
    for (std::size_t i = 0; i < payable.size(); ++i) {
        const Money discount = earnings.lines[i].discount;
        quote.lines.push_back({payable[i].amount, discount, payable[i].amount - discount, Points()});
        quote.amount += payable[i].amount;
        quote.discount += discount;
        payable[i].amount -= discount;
    }
    return payable;
}

}  // namespace

expected<Quote, Rejection> quote(const programme::Versions& versions, const Member& member, const Basket& basket,
                                 Instant at) {
    const auto& programme = versions.current();
    if (!is_in_range(at)) return unexpected(Rejection::time_out_of_range);
    if (const auto rejection = check_basket(programme, basket)) return unexpected(*rejection);
    std::optional<Member> advanced;
    Outcome passing;
    if (member.registered_at == instant_min) {  // the order would register them
        advanced = member;
        Decision decision{versions, programme, *advanced, passing, at};
        register_member(decision);
    } else if (next_due(member) <= at) {
        advanced = member;
        advance(versions, *advanced, at, passing);
    }
    const Member& present = advanced ? *advanced : member;
    const LocalDate day = programme.zone.date(at);
    const auto price_kinds = resolve_price_kinds(programme, basket.lines);
    const auto& tier = programme.tiers[present.tier.rank];

    Quote quote;
    quote.tier = tier.name;
    quote.flags = tier.order_flags;
    Facts facts(programme, present, at, day);
    facts.set_order({basket.lines, basket.shipping_fee, basket.channel, basket.store});
    Earnings earnings;
    const Purchase purchase{basket.channel, basket.store, day};
    value_order(programme, {basket.lines, price_kinds, {}, purchase, present.tier.rank}, facts, earnings, nullptr);
    const std::vector<Line> payable = price_lines(basket, earnings, quote);

    const Money gift_card = std::min(basket.gift_card, quote.amount - quote.discount);
    facts.set_order({payable, basket.shipping_fee, basket.channel, basket.store});
    const auto gift_cards = gift_card_parts(payable, gift_card);
    for (const auto& line : earnings.lines)
        if (!line.discount.is_zero())
            quote.reasons.push_back({programme.benefits[line.discount_benefit],
                                     std::to_string(line.discount.count()) + " minor units off at tier " + tier.name});
    Earnings earned;
    std::vector<Reason> reasons;
    value_order(programme, {payable, price_kinds, gift_cards, purchase, present.tier.rank}, facts, earned, &reasons);
    for (Reason& reason : reasons) {
        const bool is_discount = std::any_of(tier.discounts.begin(), tier.discounts.end(),
                                             [&](const auto& discount) { return discount.code == reason.code; });
        if (!is_discount) quote.reasons.push_back(std::move(reason));
    }
    std::vector<std::int64_t> scaled;
    for (const LineEarnings& line : earned.lines) scaled.push_back(line.points_scaled);
    quote.points = round_points(programme.points, programme.points.scale, scaled);
    if (programme.points.cap_per_order) quote.points = std::min(quote.points, *programme.points.cap_per_order);
    share_points(quote, earned);
    quote.cashback = earned.cashback;
    quote.free_shipping = earned.free_shipping;
    quote.shipping_fee = quote.free_shipping ? Money() : basket.shipping_fee;
    if (quote.free_shipping) quote.reasons.push_back({tier.free_shipping->code, "free shipping at tier " + tier.name});
    quote.payable = quote.amount - quote.discount + quote.shipping_fee;
    return quote;
}

}  // namespace regulars::engine
