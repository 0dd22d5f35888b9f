#include "engine/earn.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/fraction.hpp"

namespace regulars::engine {

namespace {

using programme::Tender;

// The product of a tier's multiplier and the multipliers that match. It need not be reduced: the compiled scale is a
// multiple of the denominators' product, and bounds the numerators' (programme/scale.hpp).
struct Factor {
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;
};

// amount x rate / per x factor, in units of 1/scale. The compiled scale makes the division exact, see
// PointsPolicy::scale.
std::int64_t scaled(std::int64_t amount, Fraction rate, Money per, std::int64_t scale, Factor factor) {
    const Wide numerator = static_cast<Wide>(amount) * rate.numerator() * factor.numerator * scale;
    const Wide denominator = static_cast<Wide>(per.count()) * rate.denominator() * factor.denominator;
    return divide(numerator, denominator, Rounding::down);
}

struct LineContext {
    const programme::Programme& programme;
    const Valuation& valuation;
    const Line& line;
    programme::PriceKind price_kind;
    const Facts& facts;
    std::vector<Reason>* reasons;
    bool paid_otherwise;  ///< some part of the line is paid neither by gift card nor by points

    [[nodiscard]] bool applies(const programme::Match& match, Tender tender) const {
        return matches(match, line, price_kind, tender, valuation.purchase, facts);
    }
};

const programme::EarningRule* first_rule(const LineContext& context, const std::vector<programme::EarningRule>& rules,
                                         Tender tender) {
    for (const auto& rule : rules)
        if (context.applies(rule.match, tender)) return &rule;
    return nullptr;
}

// What a rule gives for one minor unit times `amount`, or (a rule with an amount of its own) for the line: such a rule
// counts once per line, for the part that was not paid by gift card if there is one.
std::int64_t given_by(const LineContext& context, const programme::EarningRule& rule, Tender tender,
                      std::int64_t amount, std::int64_t scale, Factor factor) {
    if (!rule.amount) return scaled(amount, rule.rate, rule.per, scale, factor);
    if (tender == Tender::gift_card && context.paid_otherwise) return 0;
    const std::int64_t given = std::clamp<std::int64_t>(context.facts.whole_number(*rule.amount).value_or(0), 0,
                                                        programme::EarningRule::amount_max);
    return scaled(given, Fraction(1, 1), Money(1), scale, factor);
}

std::string sentence(const programme::Title& title, std::string_view code, const std::string& rest) {
    return (title.en.empty() ? std::string(code) : title.en) + ": " + rest;
}

std::string rate_text(const programme::EarningRule& rule) {
    if (rule.amount) return "points by " + rule.amount->text();
    return rule.rate.text() + " points per " + std::to_string(rule.per.count()) + " minor units";
}

// Points of the part of a line that was paid by one tender.
std::int64_t part_points(const LineContext& context, Tender tender, std::int64_t amount) {
    const auto& policy = context.programme.points;
    const auto* rule = first_rule(context, policy.rules, tender);
    if (rule == nullptr) return 0;
    const auto& tier = context.programme.tiers[context.valuation.tier];
    if (context.reasons != nullptr) {
        context.reasons->push_back(
            {rule->code, sentence(rule->title, rule->code, rate_text(*rule) + " on " + std::to_string(amount))});
        if (tier.points_multiplier != Fraction(1, 1))
            context.reasons->push_back({tier.name, "tier " + tier.name + ": points x" + tier.points_multiplier.text()});
    }
    Factor factor{tier.points_multiplier.numerator(), tier.points_multiplier.denominator()};
    for (const auto& multiplier : policy.multipliers) {
        if (!context.applies(multiplier.match, tender)) continue;
        factor.numerator *= multiplier.factor.numerator();
        factor.denominator *= multiplier.factor.denominator();
        if (context.reasons != nullptr)
            context.reasons->push_back({multiplier.code, sentence(multiplier.title, multiplier.code,
                                                                  "points x" + multiplier.factor.text())});
    }
    return given_by(context, *rule, tender, amount, policy.scale, factor);
}

std::int64_t part_growth(const LineContext& context, Tender tender, std::int64_t amount) {
    const auto* rule = first_rule(context, context.programme.growth.rules, tender);
    if (rule == nullptr) return 0;
    return given_by(context, *rule, tender, amount, context.programme.growth.scale, Factor{});
}

// The discount on a line: rounded half up to a minor unit, and no more than the margin floor allows.
Money discount_of(const programme::Discount& discount, const Line& line) {
    std::int64_t amount = multiply(line.amount.count(), discount.rate, Rounding::half_up);
    if (discount.margin_floor && line.cost) {
        // (price - cost) / price >= floor, so price >= cost / (1 - floor).
        const Fraction floor = *discount.margin_floor;
        const std::int64_t kept = floor.denominator() - floor.numerator();
        const std::int64_t lowest = kept > 0 ? divide(static_cast<Wide>(line.cost->count()) * floor.denominator(),
                                                      kept, Rounding::up)
                                             : line.amount.count();
        amount = std::min(amount, std::max<std::int64_t>(0, line.amount.count() - lowest));
    }
    return Money(amount);
}

void best_discount(const LineContext& context, const programme::Tier& tier, LineEarnings& earned) {
    for (const auto& discount : tier.discounts) {
        if (!context.applies(discount.match, Tender::other)) continue;
        const Money amount = discount_of(discount, context.line);
        if (amount <= earned.discount) continue;
        earned.discount = amount;
        earned.discount_benefit = discount.benefit;
        if (context.reasons != nullptr)
            context.reasons->push_back({discount.code, sentence(discount.title, discount.code,
                                                                std::to_string(amount.count()) + " minor units off")});
    }
}

LineEarnings value_line(const LineContext& context, std::int64_t gift_card, std::int64_t other, Facts& facts) {
    LineEarnings earned;
    const auto& tier = context.programme.tiers[context.valuation.tier];
    if (gift_card > 0) {
        facts.set_tender(Tender::gift_card);
        earned.points_scaled += part_points(context, Tender::gift_card, gift_card);
        earned.growth_scaled += part_growth(context, Tender::gift_card, gift_card);
    }
    facts.set_tender(Tender::other);
    if (other > 0) {
        earned.points_scaled += part_points(context, Tender::other, other);
        earned.growth_scaled += part_growth(context, Tender::other, other);
    }
    best_discount(context, tier, earned);
    for (const auto& cashback : tier.cashbacks)
        earned.earns_cashback = earned.earns_cashback || context.applies(cashback.match, Tender::other);
    return earned;
}

std::int64_t part_of(std::span<const std::int64_t> parts, std::size_t line) { return parts.empty() ? 0 : parts[line]; }

// Each cashback is rounded once per order over the lines that match it.
Money cashback_of(const programme::Programme& programme, const Valuation& valuation, Facts& facts,
                  std::vector<Reason>* reasons) {
    Money sum;
    for (const auto& cashback : programme.tiers[valuation.tier].cashbacks) {
        std::int64_t base = 0;
        for (std::size_t i = 0; i < valuation.lines.size(); ++i) {
            facts.set_line(valuation.lines[i], valuation.price_kinds[i]);
            if (matches(cashback.match, valuation.lines[i], valuation.price_kinds[i], Tender::other, valuation.purchase,
                        facts))
                base += valuation.lines[i].amount.count() - part_of(valuation.by_points, i);
        }
        const Money amount(multiply(base, cashback.rate, cashback.rounding));
        if (!amount.is_zero() && reasons != nullptr)
            reasons->push_back({cashback.code, sentence(cashback.title, cashback.code,
                                                        std::to_string(amount.count()) + " minor units back")});
        sum += amount;
    }
    return sum;
}

bool ships_free(const programme::Programme& programme, const Valuation& valuation, Facts& facts) {
    const auto& benefit = programme.tiers[valuation.tier].free_shipping;
    if (!benefit) return false;
    if (!benefit->excluded) return true;
    for (std::size_t i = 0; i < valuation.lines.size(); ++i) {
        facts.set_line(valuation.lines[i], valuation.price_kinds[i]);
        if (!matches(*benefit->excluded, valuation.lines[i], valuation.price_kinds[i], Tender::other,
                     valuation.purchase, facts))
            return true;
    }
    return false;
}

}  // namespace

std::vector<std::int64_t> gift_card_parts(std::span<const Line> lines, Money gift_card) {
    if (gift_card.is_zero()) return {};
    std::vector<std::int64_t> weights;
    for (const Line& line : lines) weights.push_back(line.amount.count());
    return split(gift_card.count(), weights);
}

std::vector<std::int64_t> points_parts(std::span<const Line> lines, std::span<const std::int64_t> gift_card,
                                       Money worth) {
    if (worth.is_zero()) return {};
    std::vector<std::int64_t> weights;
    for (std::size_t i = 0; i < lines.size(); ++i)
        weights.push_back(lines[i].amount.count() - part_of(gift_card, i));
    return split(worth.count(), weights);
}

void value_order(const programme::Programme& programme, const Valuation& valuation, Facts& facts, Earnings& earnings,
                 std::vector<Reason>* reasons) {
    earnings.lines.clear();
    for (std::size_t i = 0; i < valuation.lines.size(); ++i) {
        const std::int64_t gift_card = part_of(valuation.gift_card, i);
        const std::int64_t other = valuation.lines[i].amount.count() - gift_card - part_of(valuation.by_points, i);
        const LineContext context{programme, valuation, valuation.lines[i], valuation.price_kinds[i],
                                  facts,     reasons,   other > 0};
        facts.set_line(context.line, context.price_kind);
        earnings.lines.push_back(value_line(context, gift_card, other, facts));
    }
    earnings.growth_per_order = programme.growth.per_order;
    earnings.cashback = cashback_of(programme, valuation, facts, reasons);
    earnings.free_shipping = ships_free(programme, valuation, facts);
}

Points round_points(const programme::PointsPolicy& policy, std::int64_t scale, std::span<const std::int64_t> scaled) {
    Wide sum = 0;
    Points points;
    for (const std::int64_t part : scaled) {
        if (policy.round_per_line)
            points += Points(divide(part, scale, policy.rounding));
        else
            sum += part;
    }
    return policy.round_per_line ? points : Points(divide(sum, scale, policy.rounding));
}

Growth round_growth(const programme::GrowthPolicy& policy, std::int64_t scale, std::int64_t scaled) {
    return Growth(divide(scaled, scale, policy.rounding));
}

}  // namespace regulars::engine
