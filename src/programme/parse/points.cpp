#include <algorithm>
#include <numeric>
#include <utility>

#include "programme/money_text.hpp"
#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

const Fraction rate_max(1'000'000, 1);
const Fraction factor_max(1'000, 1);

std::string read_code(Reader& reader, const Section& section, std::vector<std::string>& known) {
    const auto place = section.require("code", "the name that explanations show");
    const auto code = place ? read_name(reader, *place) : std::nullopt;
    if (!code) return {};
    if (std::find(known.begin(), known.end(), *code) != known.end())
        reader.complain(*place, {"the code stands twice in this list", "another code"});
    known.push_back(*code);
    return *code;
}

EarningRule read_earning_rule(Context& context, const Place& place, std::vector<std::string>& codes) {
    static constexpr std::string_view kinds[] = {"rate", "amount"};
    Reader& reader = context.reader;
    const Section section(reader, place, keys::earning_rule);
    EarningRule rule;
    rule.code = read_code(reader, section, codes);
    rule.title = read_title_or(section, rule.code);
    rule.per = Money(minor_per_major(context.minor_digits));
    const auto kind = section.only_one_of(kinds);
    const auto per = section.find("per");
    if (kind == "rate") rule.rate = read_fraction(reader, *section.find("rate"), {0, 1}, rate_max).value_or(Fraction());
    if (kind == "amount") rule.amount = read_points_amount(context, *section.find("amount"));
    if (kind == "amount" && per) reader.complain(*per, {"per belongs to a rate", "rate and per, or amount alone"});
    if (const auto amount = per ? read_money(reader, *per, context.minor_digits) : std::nullopt) {
        if (amount->is_zero()) reader.complain(*per, {"nothing can be earned per nothing", "more than 0"});
        if (!amount->is_zero()) rule.per = *amount;
    }
    rule.match = read_match(context, section.find("for"), section.find("except"));
    return rule;
}

bool takes_every_line(const Place& rule) {
    const auto& entries = rule.node->entries;
    return rule.is_mapping() && std::none_of(entries.begin(), entries.end(), [](const Entry& entry) {
               return entry.key == "for" || entry.key == "except";
           });
}

std::vector<EarningRule> read_rules(Context& context, const Place& place) {
    std::vector<EarningRule> rules;
    std::vector<std::string> codes;
    const auto items = items_of(context.reader, place, limits::earning_rules_max);
    for (const Place& item : items) rules.push_back(read_earning_rule(context, item, codes));
    const auto last_reached = std::find_if(items.begin(), items.end(), takes_every_line);
    if (last_reached != items.end() && last_reached + 1 != items.end())
        context.reader.complain_at(
            last_reached[1].node->offset, last_reached[1].path,
            {"this rule is never reached: the one before it takes every line", "the rule for everything last"}, {});
    return rules;
}

std::vector<Multiplier> read_multipliers(Context& context, const Place& place) {
    std::vector<Multiplier> multipliers;
    std::vector<std::string> codes;
    for (const Place& item : items_of(context.reader, place, multipliers_max)) {
        const Section section(context.reader, item, keys::multiplier);
        Multiplier multiplier;
        multiplier.code = read_code(context.reader, section, codes);
        multiplier.title = read_title_or(section, multiplier.code);
        if (const auto factor = section.require("factor", "such as 2 or 1.5"))
            multiplier.factor = read_fraction(context.reader, *factor, {0, 1}, factor_max).value_or(Fraction(1, 1));
        multiplier.match = read_match(context, section.find("for"), section.find("except"));
        multipliers.push_back(std::move(multiplier));
    }
    return multipliers;
}

std::optional<Points> read_cap(const Section& section, std::string_view key) {
    const auto place = section.find(key);
    const auto cap = place ? read_integer(section.reader(), *place, 0, limits::points_max) : std::nullopt;
    return cap ? std::optional(Points(*cap)) : std::nullopt;
}

// Written in major units ("0.01" or 1/100 of 1.00), kept in minor ones.
Fraction read_value(Context& context, const Place& place) {
    const auto value = read_fraction(context.reader, place, {0, 1}, factor_max);
    if (!value) return {};
    const std::int64_t numerator = value->numerator() * minor_per_major(context.minor_digits);
    const std::int64_t common = std::gcd(numerator, value->denominator());
    if (numerator / common <= Fraction::part_max) return {numerator, value->denominator()};
    context.reader.complain(place, {"this is too fine a number", "such as 0.01 or 1/100"});
    return {};
}

void read_refunds(Context& context, const Section& section, PointsPolicy& points) {
    static constexpr Choices<Shortfall, 3> shortfall_choices{{{"negative_balance", Shortfall::negative_balance},
                                                              {"from_refund", Shortfall::from_refund},
                                                              {"write_off", Shortfall::write_off}}};
    Reader& reader = context.reader;
    if (const auto place = section.find("refund_after_spent")) {
        points.shortfall = read_choice(reader, *place, shortfall_choices).value_or(points.shortfall);
        if (points.shortfall == Shortfall::from_refund && points.value.is_zero())
            reader.complain(*place,
                            {"the refund can only be lowered by what a point is worth", "points.value beside it"});
    }
    if (const auto place = section.find("partial_return_renews")) {
        points.partial_return_renews = read_boolean(reader, *place).value_or(false);
        if (points.partial_return_renews && points.expiry.kind != Expiry::Kind::rolling)
            reader.complain(*place, {"only a rolling expiry can be renewed", "expiry: {rolling: 1 year}, or false"});
    }
}

}  // namespace

PointsPolicy read_points(Context& context, const Place& place) {
    static constexpr Choices<bool, 2> per_choices{{{"order", false}, {"line", true}}};
    Reader& reader = context.reader;
    const Section section(reader, place, keys::points);
    PointsPolicy points;
    if (const auto rules = section.find("rules")) points.rules = read_rules(context, *rules);
    if (const auto multipliers = section.find("multipliers"))
        points.multipliers = read_multipliers(context, *multipliers);
    if (const auto rounding = section.find("rounding"))
        points.rounding = read_choice(reader, *rounding, rounding_choices).value_or(points.rounding);
    if (const auto per = section.find("per"))
        points.round_per_line = read_choice(reader, *per, per_choices).value_or(false);
    if (const auto caps = section.find("caps")) {
        const Section cap_section(reader, *caps, keys::caps);
        points.cap_per_order = read_cap(cap_section, "order");
        points.cap_per_day = read_cap(cap_section, "day");
        points.cap_per_month = read_cap(cap_section, "month");
    }
    if (const auto gift = section.find("on_registration"))
        points.on_registration = Points(read_integer(reader, *gift, 0, limits::points_max).value_or(0));
    if (const auto expiry = section.find("expiry")) points.expiry = read_expiry(reader, *expiry);
    if (const auto value = section.find("value")) points.value = read_value(context, *value);
    read_refunds(context, section, points);
    return points;
}

GrowthPolicy read_growth(Context& context, const Place& place) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::growth);
    GrowthPolicy growth;
    if (const auto rules = section.find("rules")) growth.rules = read_rules(context, *rules);
    if (const auto per_order = section.find("per_order"))
        growth.per_order = Growth(read_integer(reader, *per_order, 0, limits::points_max).value_or(0));
    if (const auto rounding = section.find("rounding"))
        growth.rounding = read_choice(reader, *rounding, rounding_choices).value_or(growth.rounding);
    return growth;
}

}  // namespace regulars::programme
