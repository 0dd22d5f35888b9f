#include "engine/pricing/earn.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/fraction.hpp"
#include "engine/holdings/benefits.hpp"

namespace regulars::engine {

namespace {

using programme::Tender;

// The product of the tier's and plans' multipliers and the multipliers that match. It need not be reduced: the
// compiled scale is a multiple of the denominators' product, and bounds the numerators' (programme/parse/scale.hpp).
struct Factor {
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;
    void multiply(Fraction by) {
        numerator *= by.numerator();
        denominator *= by.denominator();
    }
};

bool less(Fraction a, Fraction b) {
    return static_cast<Wide>(a.numerator()) * b.denominator() < static_cast<Wide>(b.numerator()) * a.denominator();
}

// Calls `visit` with each plan of the mask and the number that Given::plan knows it by.
template <class Visit>
void for_plans(const programme::Programme& programme, std::uint32_t plans, Visit visit) {
    for (std::uint32_t i = 0; plans != 0; ++i, plans >>= 1U)
        if ((plans & 1U) != 0) visit(programme.plans.plans[i], i + 1);
}

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
    template <class MakeText>
    void tell(const std::string& code, MakeText make_text) const {
        if (reasons != nullptr) reasons->push_back({code, make_text()});
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

// Plans that give beside the tier multiply; of the tier and the others the best counts. A plan that says nothing of
// points changes nothing.
Factor privileged_factor(const LineContext& context) {
    const auto& tier = context.programme.tiers[context.valuation.tier];
    Fraction best = tier.points_multiplier;
    const programme::Plan* best_plan = nullptr;
    Factor factor;
    for_plans(context.programme, context.valuation.plans, [&](const programme::Plan& plan, std::uint32_t) {
        const Fraction own = plan.privileges.points_multiplier;
        if (own == Fraction(1, 1)) return;
        if (plan.with_tier == programme::Plan::WithTier::both) {
            factor.multiply(own);
            context.tell(plan.name, [&] { return "plan " + plan.name + ": points x" + own.text(); });
        } else if (less(best, own)) {
            best = own;
            best_plan = &plan;
        }
    });
    factor.multiply(best);
    if (best_plan != nullptr)
        context.tell(best_plan->name, [&] { return "plan " + best_plan->name + ": points x" + best.text(); });
    else if (best != Fraction(1, 1))
        context.tell(tier.name, [&] { return "tier " + tier.name + ": points x" + best.text(); });
    return factor;
}

// Points of the part of a line that was paid by one tender.
std::int64_t part_points(const LineContext& context, Tender tender, std::int64_t amount) {
    const auto& policy = context.programme.points;
    const auto* rule = first_rule(context, policy.rules, tender);
    if (rule == nullptr) return 0;
    context.tell(rule->code,
                 [&] { return sentence(rule->title, rule->code, rate_text(*rule) + " on " + std::to_string(amount)); });
    Factor factor = privileged_factor(context);
    for (const auto& multiplier : policy.multipliers) {
        if (!context.applies(multiplier.match, tender)) continue;
        factor.multiply(multiplier.factor);
        context.tell(multiplier.code, [&] {
            return sentence(multiplier.title, multiplier.code, "points x" + multiplier.factor.text());
        });
    }
    return given_by(context, *rule, tender, amount, policy.scale, factor);
}

std::int64_t part_growth(const LineContext& context, Tender tender, std::int64_t amount) {
    const auto* rule = first_rule(context, context.programme.growth.rules, tender);
    if (rule == nullptr) return 0;
    return given_by(context, *rule, tender, amount, context.programme.growth.scale, Factor{});
}

// What a line may cost at least: where its cost is known, the margin floor's share of the price stays.
Money lowest_price(const programme::Discount& discount, const Line& line) {
    if (!discount.margin_floor || !line.cost) return {};
    // (price - cost) / price >= floor, so price >= cost / (1 - floor).
    const Fraction floor = *discount.margin_floor;
    const std::int64_t kept = floor.denominator() - floor.numerator();
    if (kept <= 0) return line.amount;
    return Money(divide(static_cast<Wide>(line.cost->count()) * floor.denominator(), kept, Rounding::up));
}

// What has been taken off a line so far, and how far down it may go.
struct Reduction {
    Money taken;
    Money lowest;
};

// A discount is a share of the price before all discounts, rounded half up, and no more than what is left above the
// lowest price.
Money discount_of(const programme::Discount& discount, const Line& line, const Reduction& before) {
    const Money amount(multiply(line.amount.count(), discount.rate, Rounding::half_up));
    const Money lowest = std::max(before.lowest, lowest_price(discount, line));
    return std::min(amount, std::max(Money(), line.amount - before.taken - lowest));
}

struct BestDiscount {
    const programme::Discount* discount = nullptr;
    Given given;
};

void find_better(const LineContext& context, const programme::Privileges& privileges, std::uint32_t plan,
                 const Reduction& before, BestDiscount& best) {
    for (const auto& discount : privileges.discounts) {
        if (!context.applies(discount.match, Tender::other)) continue;
        const Money amount = discount_of(discount, context.line, before);
        if (amount <= best.given.amount) continue;
        best = {&discount, {0, discount.benefit, plan, amount}};
    }
}

void take_off(const LineContext& context, const BestDiscount& best, Reduction& reduction, std::vector<Given>& given) {
    if (best.discount == nullptr) return;
    reduction.taken += best.given.amount;
    reduction.lowest = std::max(reduction.lowest, lowest_price(*best.discount, context.line));
    given.push_back(best.given);
    context.tell(best.discount->code, [&] {
        return sentence(best.discount->title, best.discount->code,
                        std::to_string(best.given.amount.count()) + " minor units off");
    });
}

// A promotion's price is the last word unless it says that tier and plans go on top.
bool is_fixed(const LineContext& context) {
    if (context.line.promotion.empty()) return false;
    const auto* promotion = context.programme.promotions.find(context.line.promotion);
    return promotion != nullptr && !promotion->with_tier_price;
}

// Of the tier and the plans that count instead of it the largest discount; then those of plans that count beside it.
Money discounts_of(const LineContext& context, std::size_t line, std::vector<Given>& given) {
    if (is_fixed(context)) return {};
    const auto plans = context.valuation.plans;
    const std::size_t first = given.size();
    Reduction reduction;
    BestDiscount best;
    find_better(context, context.programme.tiers[context.valuation.tier], 0, reduction, best);
    for_plans(context.programme, plans, [&](const programme::Plan& plan, std::uint32_t number) {
        if (plan.with_tier == programme::Plan::WithTier::better)
            find_better(context, plan.privileges, number, reduction, best);
    });
    take_off(context, best, reduction, given);
    for_plans(context.programme, plans, [&](const programme::Plan& plan, std::uint32_t number) {
        if (plan.with_tier != programme::Plan::WithTier::both) return;
        BestDiscount own;
        find_better(context, plan.privileges, number, reduction, own);
        take_off(context, own, reduction, given);
    });
    for (std::size_t i = first; i < given.size(); ++i) given[i].line = line;
    return reduction.taken;
}

LineEarnings value_line(const LineContext& context, std::int64_t gift_card, std::int64_t other, Facts& facts) {
    LineEarnings earned;
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
    return earned;
}

std::int64_t part_of(std::span<const std::int64_t> parts, std::size_t line) { return parts.empty() ? 0 : parts[line]; }

// What cashbacks give on an order: each is rounded once over the lines that match it. `marks`: the lines are marked
// that earn any; null: they are not.
Money cashback_of(std::span<const programme::Cashback> cashbacks, const Valuation& valuation, Facts& facts,
                  std::vector<LineEarnings>* marks, std::vector<Reason>* reasons) {
    Money sum;
    for (const auto& cashback : cashbacks) {
        std::int64_t base = 0;
        for (std::size_t i = 0; i < valuation.lines.size(); ++i) {
            facts.set_line(valuation.lines[i], valuation.price_kinds[i]);
            if (!matches(cashback.match, valuation.lines[i], valuation.price_kinds[i], Tender::other,
                         valuation.purchase, facts))
                continue;
            base += valuation.lines[i].amount.count() - part_of(valuation.by_points, i);
            if (marks != nullptr) (*marks)[i].earns_cashback = true;
        }
        const Money amount(multiply(base, cashback.rate, cashback.rounding));
        if (!amount.is_zero() && reasons != nullptr)
            reasons->push_back({cashback.code, sentence(cashback.title, cashback.code,
                                                        std::to_string(amount.count()) + " minor units back")});
        sum += amount;
    }
    return sum;
}

// As with discounts: the best of the tier and the plans that count instead of it, and those of the others beside it.
void give_cashback(const programme::Programme& programme, const Valuation& valuation, Facts& facts, Earnings& earnings,
                   std::vector<Reason>* reasons) {
    using WithTier = programme::Plan::WithTier;
    earnings.cashback = Money();
    earnings.cashbacks.clear();
    const auto give = [&](const std::vector<programme::Cashback>& cashbacks, std::uint32_t number) {
        if (cashbacks.empty()) return;
        const Money amount = cashback_of(cashbacks, valuation, facts, &earnings.lines, reasons);
        earnings.cashback += amount;
        if (!amount.is_zero()) earnings.cashbacks.push_back({0, cashbacks.front().benefit, number, amount});
    };
    const auto* best = &programme.tiers[valuation.tier].cashbacks;
    std::uint32_t best_number = 0;
    for_plans(programme, valuation.plans, [&](const programme::Plan& plan, std::uint32_t number) {
        const auto& own = plan.privileges.cashbacks;
        if (plan.with_tier != WithTier::better || own.empty()) return;
        if (cashback_of(own, valuation, facts, nullptr, nullptr) <=
            cashback_of(*best, valuation, facts, nullptr, nullptr))
            return;
        best = &own;
        best_number = number;
    });
    give(*best, best_number);
    for_plans(programme, valuation.plans, [&](const programme::Plan& plan, std::uint32_t number) {
        if (plan.with_tier == WithTier::both) give(plan.privileges.cashbacks, number);
    });
}

bool frees(const programme::FreeShipping& benefit, const Valuation& valuation, Facts& facts) {
    if (!benefit.excluded) return true;
    for (std::size_t i = 0; i < valuation.lines.size(); ++i) {
        facts.set_line(valuation.lines[i], valuation.price_kinds[i]);
        if (!matches(*benefit.excluded, valuation.lines[i], valuation.price_kinds[i], Tender::other,
                     valuation.purchase, facts))
            return true;
    }
    return false;
}

// The tier's own comes first: what is limited there is used up before a plan's.
void ship_free(const programme::Programme& programme, const Valuation& valuation, Facts& facts, Earnings& earnings) {
    earnings.free_shipping = nullptr;
    earnings.shipping_plan = 0;
    earnings.shipping_used_up = nullptr;
    const auto look_at = [&](const programme::Privileges& privileges, std::uint32_t number) {
        const auto& benefit = privileges.free_shipping;
        if (earnings.free_shipping != nullptr || !benefit || !frees(*benefit, valuation, facts)) return;
        if (is_used_up(facts.member(), limit_of(*benefit), valuation.purchase.day)) {
            earnings.shipping_used_up = &*benefit;
            return;
        }
        earnings.free_shipping = &*benefit;
        earnings.shipping_plan = number;
    };
    look_at(programme.tiers[valuation.tier], 0);
    for_plans(programme, valuation.plans,
              [&](const programme::Plan& plan, std::uint32_t number) { look_at(plan.privileges, number); });
    if (earnings.free_shipping != nullptr) earnings.shipping_used_up = nullptr;
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

Money discount_on(const programme::Programme& programme, const Valuation& valuation, const Line& line,
                  programme::PriceKind price_kind, Facts& facts) {
    facts.set_line(line, price_kind);
    facts.set_tender(Tender::other);
    const LineContext context{programme, valuation, line, price_kind, facts, nullptr, true};
    std::vector<Given> unused;
    return discounts_of(context, 0, unused);
}

void value_order(const programme::Programme& programme, const Valuation& valuation, Facts& facts, Earnings& earnings,
                 std::vector<Reason>* reasons) {
    earnings.lines.clear();
    earnings.discounts.clear();
    for (std::size_t i = 0; i < valuation.lines.size(); ++i) {
        const std::int64_t gift_card = part_of(valuation.gift_card, i);
        const std::int64_t other = valuation.lines[i].amount.count() - gift_card - part_of(valuation.by_points, i);
        const LineContext context{programme, valuation, valuation.lines[i], valuation.price_kinds[i],
                                  facts,     reasons,   other > 0};
        facts.set_line(context.line, context.price_kind);
        earnings.lines.push_back(value_line(context, gift_card, other, facts));
        earnings.lines.back().discount = discounts_of(context, i, earnings.discounts);
    }
    earnings.growth_per_order = programme.growth.per_order;
    give_cashback(programme, valuation, facts, earnings, reasons);
    ship_free(programme, valuation, facts, earnings);
}

std::vector<std::string> order_marks(const programme::Programme& programme, programme::TierRank tier,
                                     std::uint32_t plans) {
    std::vector<std::string> marks = programme.tiers[tier].order_flags;
    for_plans(programme, plans, [&](const programme::Plan& plan, std::uint32_t) {
        for (const std::string& mark : plan.privileges.order_flags)
            if (std::find(marks.begin(), marks.end(), mark) == marks.end()) marks.push_back(mark);
    });
    return marks;
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
