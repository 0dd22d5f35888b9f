#include "base/fraction.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/check.hpp"

namespace regulars {

Fraction::Fraction(std::int64_t numerator, std::int64_t denominator) {
    check(denominator > 0, "a fraction's denominator is positive");
    const std::int64_t common = std::gcd(numerator, denominator);
    numerator_ = numerator / common;
    denominator_ = denominator / common;
    check(numerator_ <= part_max && numerator_ >= -part_max, "a fraction's numerator is within part_max");
    check(denominator_ <= part_max, "a fraction's denominator is within part_max");
}

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// A decimal number as numerator and a power of ten; what is too large or too fine is seen when it is reduced.
struct Decimal {
    std::int64_t numerator;
    std::int64_t denominator;
};

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal decimal{0, 1};
    bool fractional = false;
    int digits = 0;
    for (const char c : text) {
        if (c == '.') {
            if (fractional || digits == 0) return std::nullopt;
            fractional = true;
        } else if (c >= '0' && c <= '9') {
            if (++digits > 18) return std::nullopt;
            decimal.numerator = decimal.numerator * 10 + (c - '0');
            if (fractional) decimal.denominator *= 10;
        } else {
            return std::nullopt;
        }
    }
    if (digits == 0 || text.back() == '.') return std::nullopt;
    return decimal;
}

std::optional<Fraction> reduced(Wide numerator, Wide denominator) {
    Wide a = numerator;
    Wide b = denominator;
    while (b != 0) std::swap(a %= b, b);
    if (a == 0) return std::nullopt;
    numerator /= a;
    denominator /= a;
    if (numerator > Fraction::part_max || denominator > Fraction::part_max) return std::nullopt;
    return Fraction(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
}

}  // namespace

std::optional<Fraction> Fraction::parse(std::string_view text) {
    text = trimmed(text);
    bool percent = false;
    if (text.ends_with('%')) {
        percent = true;
        text = trimmed(text.substr(0, text.size() - 1));
    }
    const auto slash = text.find('/');
    const auto top = parse_decimal(trimmed(text.substr(0, slash)));
    if (!top) return std::nullopt;
    Decimal bottom{1, 1};
    if (slash != std::string_view::npos) {
        const auto parsed = parse_decimal(trimmed(text.substr(slash + 1)));
        if (!parsed || parsed->numerator == 0) return std::nullopt;
        bottom = *parsed;
    }
    return reduced(static_cast<Wide>(top->numerator) * bottom.denominator,
                   static_cast<Wide>(top->denominator) * bottom.numerator * (percent ? 100 : 1));
}

std::string Fraction::text() const {
    std::string text = std::to_string(numerator_);
    if (denominator_ != 1) text += "/" + std::to_string(denominator_);
    return text;
}

std::int64_t divide(Wide numerator, Wide denominator, Rounding rounding) {
    check(denominator > 0, "a divisor is positive");
    Wide quotient = numerator / denominator;
    const Wide rest = numerator % denominator;
    if (rest != 0) {
        const Wide twice = (rest < 0 ? -rest : rest) * 2;
        const bool away = rounding == Rounding::up || (rounding == Rounding::half_up && twice >= denominator) ||
                          (rounding == Rounding::half_even &&
                           (twice > denominator || (twice == denominator && quotient % 2 != 0)));
        if (away) quotient += numerator < 0 ? -1 : 1;
    }
    check(quotient <= std::numeric_limits<std::int64_t>::max() && quotient >= std::numeric_limits<std::int64_t>::min(),
          "a quotient overflows 64 bits");
    return static_cast<std::int64_t>(quotient);
}

std::int64_t multiply(std::int64_t amount, Fraction rate, Rounding rounding) {
    return divide(static_cast<Wide>(amount) * rate.numerator(), rate.denominator(), rounding);
}

std::vector<std::int64_t> split(std::int64_t total, std::span<const std::int64_t> weights) {
    std::vector<std::int64_t> parts(weights.size(), 0);
    Wide sum = 0;
    for (const std::int64_t weight : weights) {
        check(weight >= 0, "a split's weights are not negative");
        sum += weight;
    }
    if (weights.empty()) {
        check(total == 0, "something is split over nothing");
        return parts;
    }
    if (sum == 0) {
        parts[0] = total;
        return parts;
    }
    const std::int64_t sign = total < 0 ? -1 : 1;
    const Wide size = static_cast<Wide>(total) * sign;
    std::vector<std::pair<Wide, std::size_t>> rests;
    Wide left = size;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Wide share = size * weights[i];
        parts[i] = static_cast<std::int64_t>(share / sum) * sign;
        left -= share / sum;
        rests.emplace_back(share % sum, i);
    }
    std::stable_sort(rests.begin(), rests.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t i = 0; left > 0; ++i, --left) parts[rests[i].second] += sign;
    return parts;
}

}  // namespace regulars
