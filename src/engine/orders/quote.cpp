#include "engine/orders/quote.hpp"

#include "base/check.hpp"
#include "base/fraction.hpp"
#include "base/limits.hpp"
#include "base/unique_code.hpp"
#include "engine/engine.hpp"
#include "engine/holdings/account.hpp"
#include "engine/holdings/benefits.hpp"
#include "engine/holdings/coupons.hpp"
#include "engine/holdings/plans.hpp"
#include "engine/orders/orders.hpp"
#include "engine/orders/tenders.hpp"
#include "engine/pricing/coupon_choice.hpp"
#include "engine/pricing/earn.hpp"
#include "engine/pricing/promotions.hpp"
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

// The order's points, shared over its lines by what each earns, so that the shares sum to the whole.
void share_points(Quote& quote, const Earnings& earnings) {
    std::vector<std::int64_t> weights;
    for (const LineEarnings& line : earnings.lines) weights.push_back(line.points_scaled);
    const auto shares = split(quote.points.count(), weights);
    for (std::size_t i = 0; i < shares.size(); ++i) quote.lines[i].points = Points(shares[i]);
}

std::optional<Rejection> check_basket(const programme::Programme& programme, const Basket& basket) {
    HoldPlaced like_a_hold;
    like_a_hold.hold_id = "quote";
    like_a_hold.lines = basket.lines;
    like_a_hold.channel = basket.channel;
    like_a_hold.store = basket.store;
    if (const auto rejection = check_form({Instant{0}, std::move(like_a_hold)})) return rejection;
    if (basket.code.size() > limits::id_size_max) return Rejection::text_too_long;
    if (basket.coupons && basket.coupons->size() > limits::coupons_max) return Rejection::coupons_do_not_stack;
    if (const auto rejection = check_lines(programme, basket.lines)) return rejection;
    const Money most(limits::amount_minor_max);
    Money amount;
    for (const Line& line : basket.lines) amount += line.amount;
    if (amount > most || basket.shipping_fee < Money() || basket.shipping_fee > most || basket.gift_card < Money())
        return Rejection::amount_out_of_range;
    if (basket.gift_card > amount) return Rejection::gift_card_over_amount;
    for (const Line& line : basket.lines)
        if (!line.promotion.empty() && programme.promotions.find(line.promotion) == nullptr)
            return Rejection::unknown_promotion;
    return std::nullopt;
}

// What is worked on from one step to the next.
struct Pricing {
    const programme::Versions& versions;
    const programme::Programme& programme;
    const Member& member;
    const Basket& basket;
    Instant at;
    LocalDate day;
    std::vector<programme::PriceKind> price_kinds;
    const std::vector<StockLeft>* stock = nullptr;
    std::vector<Line> lines{};                     ///< the basket's, at the promotions' prices
    std::vector<Reason> promotion_reasons{};
    Quote quote{};
    bool with_tier_price = true;
    bool coupon_frees_shipping = false;
    std::uint32_t plans = 0;

    [[nodiscard]] Purchase purchase() const { return {basket.channel, basket.store, day}; }
    [[nodiscard]] const programme::Tier& tier() const { return programme.tiers[member.tier.rank]; }
    /// Who gives something: as Given::plan.
    [[nodiscard]] std::string giver(std::uint32_t plan) const {
        return plan == 0 ? "at tier " + tier().name : "by plan " + programme.plans.plans[plan - 1].name;
    }
};

void price_promotions(Pricing& pricing) {
    const Basket& basket = pricing.basket;
    Facts facts(pricing.programme, pricing.member, pricing.at, pricing.day);
    facts.set_order({basket.lines, basket.shipping_fee, basket.channel, basket.store});
    const PromotionView view{pricing.programme, pricing.member, pricing.at, pricing.at, pricing.stock};
    const Valuation valuation{basket.lines,       pricing.price_kinds,          {},           {},
                              pricing.purchase(), pricing.member.tier.rank, pricing.plans};
    const auto promoted = choose_promotions(view, valuation, facts, pricing.promotion_reasons);
    pricing.lines = basket.lines;
    for (std::size_t i = 0; i < basket.lines.size(); ++i) {
        const PromotedLine& found = promoted[i];
        QuotedLine& line = pricing.quote.lines.emplace_back();
        line.amount = basket.lines[i].amount;
        line.by_promotion = line.amount - found.amount;
        line.promotion_obstacle = found.obstacle;
        if (found.promotion != nullptr) line.promotion = found.promotion->name;
        pricing.lines[i].amount = found.amount;
        pricing.lines[i].promotion = line.promotion;
        pricing.quote.amount += line.amount;
        pricing.quote.promotion_discount += line.by_promotion;
    }
}

// Prices first: after promotions the tier's discounts come off, then coupons, and points are earned on what is payable.
void price_tier(Pricing& pricing) {
    const Basket& basket = pricing.basket;
    Facts facts(pricing.programme, pricing.member, pricing.at, pricing.day);
    facts.set_order({pricing.lines, basket.shipping_fee, basket.channel, basket.store});
    Earnings earnings;
    value_order(pricing.programme,
                {pricing.lines, pricing.price_kinds, {}, {}, pricing.purchase(), pricing.member.tier.rank,
                 pricing.plans},
                facts, earnings, nullptr);
    for (std::size_t i = 0; i < pricing.lines.size(); ++i)
        pricing.quote.lines[i].discount = earnings.lines[i].discount;
    for (const Given& given : earnings.discounts)
        pricing.quote.reasons.push_back(
            {pricing.programme.benefits[given.benefit],
             std::to_string(given.amount.count()) + " minor units off " + pricing.giver(given.plan)});
    pricing.quote.free_shipping = earnings.free_shipping != nullptr;
}

// Which lines are only for those who have an access that the member has not.
void look_for_goods(Pricing& pricing) {
    const Basket& basket = pricing.basket;
    Facts facts(pricing.programme, pricing.member, pricing.at, pricing.day);
    facts.set_order({pricing.lines, basket.shipping_fee, basket.channel, basket.store});
    const auto missing = missing_accesses(pricing.programme, pricing.member,
                                          {pricing.lines, pricing.price_kinds, pricing.purchase(), pricing.at}, facts);
    for (std::size_t i = 0; i < missing.size(); ++i) {
        if (missing[i] == nullptr) continue;
        pricing.quote.lines[i].not_for_member = true;
        pricing.quote.reasons.push_back(
            {missing[i]->name, "line " + std::to_string(i) + " is only for those who have " + missing[i]->name});
    }
}

// --- coupons -------------------------------------------------------------------------------------------------------

QuotedCoupon quoted(const Coupon& coupon, std::string_view code, std::string text) {
    QuotedCoupon quoted;
    quoted.id = coupon.id;
    quoted.name = coupon.name;
    quoted.reason = {std::string(code), std::move(text)};
    return quoted;
}

CouponBasket coupon_basket(const Pricing& pricing, const std::vector<Money>& tier_discounts) {
    std::vector<bool> closed;
    const auto& policy = pricing.programme.promotions;
    for (std::size_t i = 0; i < pricing.lines.size() && !policy.promotions.empty(); ++i) {
        const auto* promotion = policy.find(pricing.lines[i].promotion);
        closed.push_back(promotion != nullptr && !promotion->with_coupons);
    }
    return {pricing.lines,      pricing.price_kinds,
            tier_discounts,     pricing.quote.free_shipping ? Money() : pricing.basket.shipping_fee,
            pricing.purchase(), pricing.at,
            std::move(closed)};
}

// One version's facts serve all coupons that it gave; wallets seldom hold those of more than two.
class Examiner {
public:
    Examiner(const Pricing& pricing, const CouponBasket& basket) : pricing_(pricing), basket_(basket) {}

    std::optional<CouponCandidate> examine(const Coupon& coupon) {
        const auto* made_by = pricing_.versions.find(coupon.programme_version);
        if (made_by == nullptr || made_by->coupons.find(coupon.name) == nullptr) return std::nullopt;
        return examine_coupon(basket_, *made_by, pricing_.member, coupon, facts_of(*made_by));
    }

private:
    Facts& facts_of(const programme::Programme& made_by) {
        for (auto& [version, facts] : facts_)
            if (version == made_by.version) return *facts;
        auto& added = facts_.emplace_back(
            made_by.version, std::make_unique<Facts>(made_by, pricing_.member, pricing_.at, pricing_.day));
        const Basket& basket = pricing_.basket;
        added.second->set_order({pricing_.lines, basket.shipping_fee, basket.channel, basket.store});
        return *added.second;
    }

    const Pricing& pricing_;
    const CouponBasket& basket_;
    std::vector<std::pair<std::uint32_t, std::unique_ptr<Facts>>> facts_;
};

// As though the member took the coupon with this code now. What stands in the way of that is the reason.
std::optional<Coupon> coupon_by_code(Pricing& pricing) {
    const std::string& code = pricing.basket.code;
    if (code.empty()) return std::nullopt;
    Member copy = pricing.member;
    Outcome outcome;
    Decision decision{pricing.versions, pricing.programme, copy, outcome, pricing.at};
    const auto claimed = on_fact(decision, CouponClaimed{{}, code, "quote"});
    if (!claimed) {
        // Whether it is one that works, and is unused, is known to nobody here.
        if (claimed.error() == Rejection::code_not_valid && read_unique_code(code))
            pricing.quote.coupons.push_back(
                quoted({}, "to_be_taken_first", "Codes that work once are no part of a quote: take the coupon with it "
                                                "first, then it is in the wallet."));
        else
            pricing.quote.coupons.push_back(quoted({}, code_of(claimed.error()),
                                                   std::string(text_of(claimed.error()).sentence)));
        return std::nullopt;
    }
    Coupon coupon = outcome.coupon_changes.back().coupon;
    coupon.id = {};
    return coupon;
}

std::vector<Coupon> coupons_to_look_at(Pricing& pricing) {
    std::vector<Coupon> coupons;
    if (auto by_code = coupon_by_code(pricing)) coupons.push_back(std::move(*by_code));
    if (!pricing.basket.coupons) {
        coupons.insert(coupons.end(), pricing.member.coupons.begin(), pricing.member.coupons.end());
        return coupons;
    }
    for (const CouponId id : *pricing.basket.coupons) {
        const Coupon* held = find_coupon(pricing.member, id);
        const bool twice = std::any_of(coupons.begin(), coupons.end(), [&](const auto& it) { return it.id == id; });
        if (held == nullptr || twice)
            pricing.quote.coupons.push_back(quoted({id}, code_of(Rejection::coupon_not_found),
                                                   std::string(text_of(Rejection::coupon_not_found).sentence)));
        else
            coupons.push_back(*held);
    }
    return coupons;
}

// Those that were asked for: all of them, or else one after another, and each that does not go with those before it is
// left out.
CouponChoice wanted_coupons(const Pricing& pricing, const CouponBasket& basket,
                            std::span<const CouponCandidate> candidates, std::vector<std::optional<Reason>>& refused) {
    std::vector<std::size_t> wanted;
    const auto& policy = pricing.programme.coupons;
    CouponChoice choice = *apply_coupons(policy, basket, candidates, wanted);
    std::vector<std::size_t> possible;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if (!candidates[i].obstacle) possible.push_back(i);
    if (auto all = apply_coupons(policy, basket, candidates, possible)) return std::move(*all);
    for (const std::size_t i : possible) {
        wanted.push_back(i);
        auto with_it = apply_coupons(policy, basket, candidates, wanted);
        if (with_it) {
            choice = std::move(*with_it);
        } else {
            refused[i] = std::move(with_it.error());
            wanted.pop_back();
        }
    }
    return choice;
}

// Why a coupon is not in the best combination.
Reason left_out(const Pricing& pricing, const CouponBasket& basket, std::span<const CouponCandidate> candidates,
                std::size_t index) {
    if (candidates[index].terms->kind == programme::CouponTemplate::Kind::gift)
        return {"gift", "it is used when it is chosen"};
    const std::size_t only[] = {index};
    const auto alone = apply_coupons(pricing.programme.coupons, basket, candidates, only);
    if (!alone) return alone.error();
    return {"not_the_best", "another combination costs less"};
}

void tell_coupons(Pricing& pricing, const CouponBasket& basket, std::span<const CouponCandidate> candidates,
                  const CouponChoice& choice, const std::vector<std::optional<Reason>>& refused) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const CouponCandidate& candidate = candidates[i];
        QuotedCoupon& told = pricing.quote.coupons.emplace_back(quoted(candidate.coupon, "", ""));
        const auto place = std::find(choice.used.begin(), choice.used.end(), i);
        told.used = place != choice.used.end();
        if (candidate.terms->kind == programme::CouponTemplate::Kind::gift) told.product = candidate.terms->product;
        if (told.used) {
            told.amount = choice.amounts[static_cast<std::size_t>(place - choice.used.begin())];
            continue;
        }
        if (candidate.obstacle) told.reason = *candidate.obstacle;
        else if (refused[i]) told.reason = *refused[i];
        else told.reason = left_out(pricing, basket, candidates, i);
        told.stacks = !refused[i] || told.reason.code == "minimum_not_reached" ||
                      told.reason.code == "nothing_to_take_off";
    }
}

void price_coupons(Pricing& pricing) {
    if (pricing.member.coupons.empty() && pricing.basket.code.empty() && !pricing.basket.coupons) return;
    std::vector<Money> tier_discounts;
    for (const QuotedLine& line : pricing.quote.lines) tier_discounts.push_back(line.discount);
    const CouponBasket basket = coupon_basket(pricing, tier_discounts);
    Examiner examiner(pricing, basket);
    std::vector<CouponCandidate> candidates;
    for (const Coupon& coupon : coupons_to_look_at(pricing)) {
        if (auto candidate = examiner.examine(coupon)) candidates.push_back(std::move(*candidate));
        else
            pricing.quote.coupons.push_back(
                quoted(coupon, "version_not_known", "the programme version that gave it is not known here"));
    }
    std::vector<std::optional<Reason>> refused(candidates.size());
    const CouponChoice choice = pricing.basket.coupons
                                    ? wanted_coupons(pricing, basket, candidates, refused)
                                    : best_coupons(pricing.programme.coupons, basket, candidates, pricing.quote.exact);
    tell_coupons(pricing, basket, candidates, choice, refused);
    for (std::size_t i = 0; i < pricing.quote.lines.size(); ++i) pricing.quote.lines[i].coupon = choice.line_amounts[i];
    pricing.with_tier_price = choice.with_tier_price;
    pricing.coupon_frees_shipping = choice.frees_shipping;
}

// --- what pays -------------------------------------------------------------------------------------------------------

void without_tier_price(Pricing& pricing) {
    for (QuotedLine& line : pricing.quote.lines) line.discount = Money();
    pricing.quote.reasons.clear();
    pricing.quote.reasons.push_back({"no_tier_price", "the coupons do not go with the tier's discounts"});
}

// The lines at what they cost after every discount.
std::vector<Line> discounted_lines(Pricing& pricing) {
    std::vector<Line> lines = pricing.lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const QuotedLine& line = pricing.quote.lines[i];
        pricing.quote.discount += line.discount;
        pricing.quote.coupon_discount += line.coupon;
        lines[i].amount -= line.discount + line.coupon;
    }
    return lines;
}

expected<void, Rejection> pay_with_points(Pricing& pricing, const TenderBase& base) {
    Quote& quote = pricing.quote;
    const Basket& basket = pricing.basket;
    if (basket.most_points) {
        quote.points_used = most_points(pricing.programme, pricing.member, base);
    } else if (!basket.points.is_zero()) {
        if (basket.points < Points() || basket.points > Points(limits::points_max))
            return unexpected(Rejection::amount_out_of_range);
        if (basket.points > pricing.member.points_available) return unexpected(Rejection::not_enough_points);
        if (!points_fit(pricing.programme, basket.points, base)) return unexpected(Rejection::points_not_allowed);
        quote.points_used = basket.points;
    }
    if (!quote.points_used.is_zero()) quote.by_points = worth_of(pricing.programme, quote.points_used);
    return {};
}

expected<void, Rejection> pay_with_balance(Pricing& pricing, Money gift_card) {
    Quote& quote = pricing.quote;
    const Basket& basket = pricing.basket;
    const Money available = pricing.member.balance.total();
    const Money open = quote.payable - gift_card;
    if (basket.most_balance) {
        quote.balance_used = std::min(available, open);
    } else {
        if (basket.balance < Money()) return unexpected(Rejection::amount_out_of_range);
        if (basket.balance > available) return unexpected(Rejection::not_enough_balance);
        if (basket.balance > open) return unexpected(Rejection::tenders_over_amount);
        quote.balance_used = basket.balance;
    }
    quote.to_pay = open - quote.balance_used;
    return {};
}

void earn(Pricing& pricing, const std::vector<Line>& lines, const std::vector<std::int64_t>& gift_cards,
          const std::vector<std::int64_t>& by_points, Earnings& earned) {
    const Basket& basket = pricing.basket;
    Quote& quote = pricing.quote;
    Facts facts(pricing.programme, pricing.member, pricing.at, pricing.day);
    facts.set_order({lines, basket.shipping_fee, basket.channel, basket.store});
    std::vector<Reason> reasons;
    const Valuation valuation{lines,     pricing.price_kinds,  gift_cards,
                              by_points, pricing.purchase(), pricing.member.tier.rank, pricing.plans};
    value_order(pricing.programme, valuation, facts, earned, &reasons);
    for (Reason& reason : reasons) {
        const bool is_discount = std::any_of(earned.discounts.begin(), earned.discounts.end(), [&](const Given& given) {
            return pricing.programme.benefits[given.benefit] == reason.code;
        });
        if (!is_discount) quote.reasons.push_back(std::move(reason));
    }
    std::vector<std::int64_t> scaled;
    for (const LineEarnings& line : earned.lines) scaled.push_back(line.points_scaled);
    const auto& policy = pricing.programme.points;
    quote.points = round_points(policy, policy.scale, scaled);
    if (policy.cap_per_order) quote.points = std::min(quote.points, *policy.cap_per_order);
    share_points(quote, earned);
    quote.cashback = earned.cashback;
}

std::string unit_name(CalendarUnit unit) {
    switch (unit) {
        case CalendarUnit::day: return "day";
        case CalendarUnit::week: return "week";
        case CalendarUnit::month: return "month";
        case CalendarUnit::quarter: return "quarter";
        case CalendarUnit::half_year: return "half-year";
        case CalendarUnit::year: return "year";
    }
    check_failed("a calendar unit is one of six");
}

void price_shipping(Pricing& pricing, const Earnings& earned) {
    Quote& quote = pricing.quote;
    quote.free_shipping = earned.free_shipping != nullptr || pricing.coupon_frees_shipping;
    quote.shipping_fee = quote.free_shipping ? Money() : pricing.basket.shipping_fee;
    if (earned.shipping_used_up != nullptr)
        quote.reasons.push_back({earned.shipping_used_up->code, "free shipping is used up for this " +
                                                                    unit_name(earned.shipping_used_up->per)});
    if (earned.free_shipping != nullptr)
        quote.reasons.push_back({earned.free_shipping->code, "free shipping " + pricing.giver(earned.shipping_plan)});
}

expected<void, Rejection> pay(Pricing& pricing) {
    Quote& quote = pricing.quote;
    const std::vector<Line> lines = discounted_lines(pricing);
    const Money cost = quote.amount - quote.promotion_discount - quote.discount - quote.coupon_discount;
    const Money gift_card = std::min(pricing.basket.gift_card, cost);
    if (auto paid = pay_with_points(pricing, {cost, {}, gift_card}); !paid) return paid;
    const auto gift_cards = gift_card_parts(lines, gift_card);
    const auto by_points = points_parts(lines, gift_cards, quote.by_points);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        QuotedLine& line = quote.lines[i];
        line.by_points = by_points.empty() ? Money() : Money(by_points[i]);
        line.payable = lines[i].amount - line.by_points;
    }
    Earnings earned;
    earn(pricing, lines, gift_cards, by_points, earned);
    price_shipping(pricing, earned);
    quote.payable = cost - quote.by_points + quote.shipping_fee;
    return pay_with_balance(pricing, gift_card);
}

}  // namespace

expected<Quote, Rejection> price(const programme::Versions& versions, const Member& present, const Basket& basket,
                                 Instant at, const std::vector<StockLeft>* stock) {
    const auto& programme = versions.current();
    if (!is_in_range(at)) return unexpected(Rejection::time_out_of_range);
    if (const auto rejection = check_basket(programme, basket)) return unexpected(*rejection);
    Pricing pricing{versions, programme, present, basket, at, programme.zone.date(at),
                    resolve_price_kinds(programme, basket.lines), stock};
    pricing.quote.tier = pricing.tier().name;
    pricing.plans = held_plans(programme, present);
    pricing.quote.flags = order_marks(programme, present.tier.rank, pricing.plans);
    price_promotions(pricing);
    price_tier(pricing);
    price_coupons(pricing);
    if (!pricing.with_tier_price) without_tier_price(pricing);
    auto& reasons = pricing.quote.reasons;
    reasons.insert(reasons.begin(), pricing.promotion_reasons.begin(), pricing.promotion_reasons.end());
    look_for_goods(pricing);
    if (auto paid = pay(pricing); !paid) return unexpected(paid.error());
    return std::move(pricing.quote);
}

expected<Quote, Rejection> quote(const programme::Versions& versions, const Member& member, const Basket& basket,
                                 Instant at, const std::vector<StockLeft>* stock) {
    if (!is_in_range(at)) return unexpected(Rejection::time_out_of_range);
    std::optional<Member> advanced;
    Outcome passing;
    if (member.registered_at == instant_min) {  // the order would register them
        advanced = member;
        Decision decision{versions, versions.current(), *advanced, passing, at};
        register_member(decision);
    } else if (next_due(member) <= at) {
        advanced = member;
        advance(versions, *advanced, at, passing);
    }
    return price(versions, advanced ? *advanced : member, basket, at, stock);
}

}  // namespace regulars::engine
