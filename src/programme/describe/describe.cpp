#include <fmt/format.h>

#include <array>
#include <iterator>
#include <numeric>

#include "programme/describe/parts.hpp"
#include "programme/money_text.hpp"
#include "programme/parse.hpp"

namespace regulars::programme {

namespace {

std::string_view text_of(CalendarUnit unit) {
    constexpr std::array<std::string_view, 6> words{"day", "week", "month", "quarter", "half-year", "year"};
    return words[static_cast<std::size_t>(unit)];
}

std::string text_of(const Window& window) {
    switch (window.kind) {
        case WindowKind::lifetime:
            return "since registration";
        case WindowKind::period:
            return "since the period or the tier began";
        case WindowKind::rolling_days:
            return fmt::format("in the last {} days", window.length);
        case WindowKind::rolling_months:
            return fmt::format("in the last {} months", window.length);
        case WindowKind::anniversary:
            return "since the last anniversary of registration";
        case WindowKind::calendar:
            break;
    }
    if (window.length == 1) return fmt::format("in the running {}", text_of(window.unit));
    return fmt::format("in the running {} and the {} before it", text_of(window.unit), window.length - 1);
}

std::string text_of(Metric metric) {
    constexpr std::array<std::string_view, 4> words{"spend", "growth", "orders", "points"};
    return std::string(words[static_cast<std::size_t>(metric)]);
}

std::string text_of(const Programme& programme, const Qualification& qualification) {
    std::string text;
    for (const Threshold& threshold : qualification.thresholds) {
        const Counter& counter = programme.counters[threshold.counter];
        const std::string amount = counter.metric == Metric::spend
                                       ? money_text(Money(threshold.at_least), programme.minor_digits)
                                       : std::to_string(threshold.at_least);
        text += fmt::format("{}{} {} from {}", text.empty() ? "" : " and ", text_of(counter.metric),
                            text_of(counter.window), amount);
    }
    if (qualification.when) text += fmt::format("{}when {}", text.empty() ? "" : " and ", qualification.when->text());
    return text;
}

std::string settlement_text(const Settlement& settlement) {
    switch (settlement.kind) {
        case Settlement::Kind::at_payment:
            return "when it is paid";
        case Settlement::Kind::after_shipping:
            return fmt::format("{} days after shipping", settlement.days);
        case Settlement::Kind::after_delivery:
            return fmt::format("{} days after delivery", settlement.days);
        case Settlement::Kind::explicit_event:
            return "when the shop says so";
    }
    check_failed("a settlement has a kind");
}

std::string expiry_text(const Expiry& expiry) {
    switch (expiry.kind) {
        case Expiry::Kind::never:
            return "never lapse";
        case Expiry::Kind::after:
            return fmt::format("lapse {} after each grant", text_of(expiry.span));
        case Expiry::Kind::rolling:
            return fmt::format("lapse together {} after the last grant", text_of(expiry.span));
        case Expiry::Kind::end_of:
            return fmt::format("lapse at the end of the {0} of the grant{1}", text_of(expiry.unit),
                               expiry.count == 0 ? "" : fmt::format(" and {} more", expiry.count));
        case Expiry::Kind::fixed_date:
            break;
    }
    if (expiry.date) return fmt::format("lapse after {}", text_of(*expiry.date));
    return fmt::format("lapse after {:02}-{:02}, at least {} years on", expiry.month_day.month, expiry.month_day.day,
                       expiry.count);
}

std::string period_text(const Tier& tier) {
    constexpr std::array<std::string_view, 4> ends{"it stays", "it falls by one", "it falls to what is qualified",
                                                   "it falls to the base"};
    if (tier.period.kind == Period::Kind::forever) return "no period";
    const std::string length = tier.period.kind == Period::Kind::span
                                   ? text_of(tier.period.span)
                                   : fmt::format("to the end of the {}", text_of(tier.period.unit));
    return fmt::format("period {}, at its end without {}", length, ends[static_cast<std::size_t>(tier.at_end)]);
}

std::string keep_text(const Programme& programme, const Tier& tier) {
    if (tier.keep.by_itself()) return "keeps with " + text_of(programme, tier.keep);
    return programme.tier_policy.shares.empty() ? "keeps with nothing by itself" : "kept by review";
}

void describe_tier(const Programme& programme, const Tier& tier, std::string& text) {
    auto out = std::back_inserter(text);
    fmt::format_to(out, "  {} ({}): points x {}\n", tier.name, tier.title.en, tier.points_multiplier.text());
    if (&tier != &programme.tiers.front()) {
        const std::string enter = tier.enter.by_itself()                 ? text_of(programme, tier.enter)
                                  : programme.tier_policy.shares.empty() ? "only when granted"
                                                                         : "only by review";
        fmt::format_to(out, "    enter: {}\n    {}; {}\n", enter, keep_text(programme, tier), period_text(tier));
        if (tier.grace_days > 0) fmt::format_to(out, "    grace: {} days\n", tier.grace_days);
    }
    describe_privileges(tier, text);
}

void describe_rule(const Programme& programme, const EarningRule& rule, std::string_view unit, std::string& text) {
    const std::string rate = rule.amount
                                 ? rule.amount->text()
                                 : fmt::format("{} per {} {}", rule.rate.text(),
                                               money_text(rule.per, programme.minor_digits), programme.currency);
    fmt::format_to(std::back_inserter(text), "  {}: {} {}{}\n", rule.title.en, unit, rate,
                   rule.match.everything ? "" : ", on lines that match");
}

}  // namespace

std::string text_of(Span span) {
    constexpr std::array<std::string_view, 3> units{"day", "month", "year"};
    return fmt::format("{} {}{}", span.count, units[static_cast<std::size_t>(span.unit)], span.count == 1 ? "" : "s");
}

std::string percent(Fraction rate) {
    const std::int64_t common = std::gcd(rate.numerator() * 100, rate.denominator());
    if (rate.numerator() * 100 / common > Fraction::part_max) return rate.text();  // as it was written
    return Fraction(rate.numerator() * 100, rate.denominator()).text() + " %";
}

void describe_privileges(const Privileges& privileges, std::string& text) {
    auto out = std::back_inserter(text);
    for (const Discount& discount : privileges.discounts)
        fmt::format_to(out, "    {}: {} off\n", discount.title.en, percent(discount.rate));
    if (privileges.free_shipping)
        fmt::format_to(out, "    {}{}{}\n", privileges.free_shipping->title.en,
                       privileges.free_shipping->excluded ? ", some products excluded" : "",
                       privileges.free_shipping->count
                           ? ", " + limit_text(*privileges.free_shipping->count, privileges.free_shipping->per)
                           : "");
    for (const Cashback& cashback : privileges.cashbacks)
        fmt::format_to(out, "    {}: {} cashback\n", cashback.title.en, percent(cashback.rate));
    for (const std::string& flag : privileges.order_flags) fmt::format_to(out, "    orders are marked {}\n", flag);
}

std::string describe(const Programme& programme) {
    std::string text = fmt::format("{} ({}), version {}: {}, {}\nAn order counts {}.\nTiers\n", programme.title.en,
                                   programme.name, programme.version, programme.currency, programme.zone.name(),
                                   settlement_text(programme.settlement));
    auto out = std::back_inserter(text);
    for (const Tier& tier : programme.tiers) describe_tier(programme, tier, text);
    if (programme.tier_policy.review)
        fmt::format_to(out, "  reviewed at the end of every {}\n", text_of(*programme.tier_policy.review));
    for (std::size_t rank = 0; rank < programme.tier_policy.shares.size(); ++rank)
        fmt::format_to(out, "  {} of active members on {}\n", percent(programme.tier_policy.shares[rank]),
                       programme.tiers[rank].name);
    const PointsPolicy& points = programme.points;
    if (!points.rules.empty()) fmt::format_to(out, "Points, which {}\n", expiry_text(points.expiry));
    for (const EarningRule& rule : points.rules) describe_rule(programme, rule, "points", text);
    for (const Multiplier& multiplier : points.multipliers)
        fmt::format_to(out, "  {}: x {}\n", multiplier.title.en, multiplier.factor.text());
    if (!points.on_registration.is_zero())
        fmt::format_to(out, "  {} for registering\n", points.on_registration.count());
    if (!programme.growth.rules.empty() || !programme.growth.per_order.is_zero()) text += "Growth\n";
    for (const EarningRule& rule : programme.growth.rules) describe_rule(programme, rule, "growth", text);
    if (!programme.growth.per_order.is_zero())
        fmt::format_to(out, "  {} for every order\n", programme.growth.per_order.count());
    describe_plans(programme, text);
    describe_member_benefits(programme, text);
    describe_stages(programme, text);
    describe_coupons(programme, text);
    describe_grants(programme, text);
    describe_checkout(programme, text);
    describe_stored_value(programme, text);
    describe_identity(programme, text);
    describe_activities(programme, text);
    describe_reviews(programme, text);
    describe_referral(programme, text);
    describe_mall(programme, text);
    describe_promotions(programme, text);
    return text;
}

}  // namespace regulars::programme
