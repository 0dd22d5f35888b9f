#include "programme/parse/scale.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"

namespace regulars::programme {

namespace {

Wide common_divisor(Wide a, Wide b) {
    while (b != 0) std::swap(a %= b, b);
    return a;
}

// The denominator of what one minor unit (or, by an amount, one line) earns by `rule` in a tier.
Wide denominator_of(const EarningRule& rule, Fraction tier_multiplier) {
    if (rule.amount) return tier_multiplier.denominator();
    const Wide numerator = static_cast<Wide>(rule.rate.numerator()) * tier_multiplier.numerator();
    const Wide denominator = static_cast<Wide>(rule.rate.denominator()) * tier_multiplier.denominator() *
                             static_cast<Wide>(rule.per.count());
    return denominator / common_divisor(denominator, numerator);
}

double real(Fraction fraction) {
    return static_cast<double>(fraction.numerator()) / static_cast<double>(fraction.denominator());
}

}  // namespace

std::optional<std::int64_t> scale_of(std::span<const EarningRule> rules, std::span<const Fraction> tier_multipliers,
                                     std::span<const Multiplier> multipliers) {
    Wide scale = 1;
    for (const EarningRule& rule : rules) {
        for (const Fraction tier_multiplier : tier_multipliers) {
            const Wide denominator = denominator_of(rule, tier_multiplier);
            if (denominator > scale_max) return std::nullopt;
            scale *= denominator / common_divisor(scale, denominator);
            if (scale > scale_max) return std::nullopt;
        }
    }
    for (const Multiplier& multiplier : multipliers) {
        scale *= multiplier.factor.denominator();
        if (scale > scale_max) return std::nullopt;
    }
    return static_cast<std::int64_t>(scale);
}

bool fits(std::span<const EarningRule> rules, std::span<const Fraction> tier_multipliers,
          std::span<const Multiplier> multipliers, std::int64_t scale) {
    // Bounds with room to spare, so that they need not be exact: nobody is owed by them.
    constexpr double counted_max = 4e18;
    constexpr double product_max = 1e38;
    constexpr auto part_max = static_cast<double>(Fraction::part_max);
    double tier = 0;
    double numerator = 1;
    double denominator = 1;
    for (const Fraction multiplier : tier_multipliers) {
        tier = std::max(tier, real(multiplier));
        numerator = std::max(numerator, static_cast<double>(multiplier.numerator()));
        denominator = std::max(denominator, static_cast<double>(multiplier.denominator()));
    }
    for (const Multiplier& multiplier : multipliers) {
        tier *= std::max(1.0, real(multiplier.factor));
        numerator *= std::max(1.0, static_cast<double>(multiplier.factor.numerator()));
        denominator *= static_cast<double>(multiplier.factor.denominator());
    }
    if (numerator > part_max || denominator > part_max) return false;
    return std::all_of(rules.begin(), rules.end(), [&](const EarningRule& rule) {
        const double parts = static_cast<double>(scale);
        const double lines =
            static_cast<double>(EarningRule::amount_max) * static_cast<double>(limits::order_lines_max);
        const double order = static_cast<double>(limits::amount_minor_max);
        const double earned = rule.amount ? lines : order * real(rule.rate) / static_cast<double>(rule.per.count());
        const double product = order * static_cast<double>(rule.rate.numerator()) * numerator * parts;
        return earned * tier * parts < counted_max && product < product_max;
    });
}

}  // namespace regulars::programme
