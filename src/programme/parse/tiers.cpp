#include <algorithm>
#include <utility>

#include "base/nearest.hpp"
#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr Choices<TierPolicy::Upgrade, 2> upgrade_choices{
    {{"at_once", TierPolicy::Upgrade::at_once}, {"at_review", TierPolicy::Upgrade::at_review}}};
constexpr Choices<TierPolicy::Step, 2> step_choices{
    {{"next", TierPolicy::Step::next}, {"highest", TierPolicy::Step::highest}}};
constexpr Choices<PeriodEnd, 4> period_end_choices{{{"keep", PeriodEnd::keep},
                                                    {"down_one", PeriodEnd::down_one},
                                                    {"qualified", PeriodEnd::qualified},
                                                    {"base", PeriodEnd::base}}};

Period read_period(Reader& reader, const Place& place) {
    Period period;
    if (place.is_word("forever")) return period;
    if (place.is_mapping()) {
        const Section section(reader, place, keys::period);
        period.kind = Period::Kind::calendar;
        if (const auto unit = section.require("calendar", "month, quarter, half_year or year"))
            period.unit = read_choice(reader, *unit, calendar_choices).value_or(CalendarUnit::year);
        return period;
    }
    period.kind = Period::Kind::span;
    period.span = read_span(reader, place).value_or(Span{Span::Unit::years, 1});
    return period;
}

// A rung holds these only where something ends or is looked at.
void check_end(const Section& section, const Tier& tier, const TierPolicy& policy) {
    const bool reviewed = policy.review.has_value();
    const bool ends = tier.period.kind != Period::Kind::forever;
    const auto at_end = section.find("at_end");
    if (at_end && !ends && !reviewed)
        section.reader().complain(*at_end,
                                  {"this tier never ends, so at_end means nothing", "a period, or tiers.review"});
    const auto grace = section.find("grace");
    if (grace && !ends)
        section.reader().complain(*grace, {"this tier has no period, so grace means nothing", "a period, or no grace"});
}

// The first rung is everybody's: nothing leads to it and it never ends.
void check_base(const Section& section) {
    static constexpr std::string_view not_for_base[] = {"enter", "keep", "period", "at_end", "grace"};
    for (const std::string_view key : not_for_base)
        if (const auto place = section.find(key))
            section.reader().complain_at(place->node->offset, place->path,
                                         {"the first tier of the ladder is everybody's base", "no " + std::string(key)},
                                         {});
}

void read_rung(Context& context, const Section& section, bool is_base, TierPolicy& policy, Tier& tier) {
    Reader& reader = context.reader;
    if (is_base) check_base(section);
    const auto enter = section.find("enter");
    const auto keep = section.find("keep");
    if (!is_base && !policy.shares.empty() && (enter || keep))
        reader.complain(enter ? *enter : *keep,
                        {"the review sets this tier's thresholds (tiers.shares)", "neither enter nor keep"});
    if (enter && !is_base) tier.enter = read_qualification(context, *enter, false);
    tier.keep = keep && !is_base ? read_qualification(context, *keep, true) : tier.enter;
    if (const auto period = section.find("period"); period && !is_base) tier.period = read_period(reader, *period);
    if (const auto at_end = section.find("at_end"); at_end && !is_base)
        tier.at_end = read_choice(reader, *at_end, period_end_choices).value_or(PeriodEnd::qualified);
    if (const auto grace = section.find("grace"); grace && !is_base)
        tier.grace_days = read_days(reader, *grace).value_or(0);
    if (!is_base) check_end(section, tier, policy);
}

Tier read_tier(Context& context, const Place& place, bool is_base, TierPolicy& policy) {
    const Section section(context.reader, place, keys::tier);
    Tier tier;
    if (const auto name = section.require("name", "a name such as vip"))
        tier.name = read_name(context.reader, *name).value_or("");
    tier.title = read_title_or(section, tier.name);
    read_rung(context, section, is_base, policy, tier);
    read_benefits(context, section, tier);
    return tier;
}

void read_policy(Context& context, const Section& section, TierPolicy& policy) {
    Reader& reader = context.reader;
    if (const auto place = section.find("upgrade"))
        policy.upgrade = read_choice(reader, *place, upgrade_choices).value_or(policy.upgrade);
    if (const auto place = section.find("step"))
        policy.step = read_choice(reader, *place, step_choices).value_or(policy.step);
    if (const auto place = section.find("reset_on_change"))
        policy.reset_on_change = read_boolean(reader, *place).value_or(policy.reset_on_change);
    if (const auto place = section.find("review")) policy.review = read_choice(reader, *place, calendar_choices);
    if (policy.upgrade == TierPolicy::Upgrade::at_review && !section.find("review"))
        reader.complain(*section.find("upgrade"), {"nobody is ever reviewed", "tiers.review beside it, or at_once"});
}

bool is_whole(const std::vector<Fraction>& shares) {
    Wide numerator = 0;
    Wide denominator = 1;
    for (const Fraction share : shares) {
        numerator = numerator * share.denominator() + share.numerator() * denominator;
        denominator *= share.denominator();
        Wide a = numerator;
        Wide b = denominator;
        while (b != 0) std::swap(a %= b, b);
        if (a != 0) numerator /= a, denominator /= a;
        if (numerator > denominator || denominator > INT64_MAX) return false;
    }
    return numerator == denominator;
}

void read_shares(Context& context, const Section& section, std::size_t rungs, TierPolicy& policy) {
    const auto place = section.find("shares");
    if (!place) return;
    Reader& reader = context.reader;
    const std::size_t before = reader.complaint_count();
    for (const Place& item : items_of(reader, *place, limits::tiers_max))
        policy.shares.push_back(read_fraction(reader, item, {0, 1}, {1, 1}).value_or(Fraction()));
    if (!policy.review)
        reader.complain(*place, {"a review sets the thresholds that make these shares", "tiers.review beside them"});
    const auto& counters = context.counters;
    if (counters.empty() || counters.back().name != qualifying_counter) {
        reader.complain(*place, {"there is nothing to rank members by", "tiers.metric and tiers.window beside them"});
    } else {
        policy.share_counter = static_cast<std::uint16_t>(counters.size() - 1);
    }
    if (reader.complaint_count() != before) return;
    if (policy.shares.size() != rungs)
        reader.complain_at(place->node->offset, place->path,
                           {"every tier needs its share", std::to_string(rungs) + " shares"},
                           std::to_string(policy.shares.size()) + " shares");
    else if (!is_whole(policy.shares))
        reader.complain(*place, {"the shares do not sum to the whole", "shares that sum to 100%"});
}

// With `step: highest` members go straight to the highest tier they reach, so a higher tier must ask for more.
void check_ascending(Reader& reader, const std::vector<Place>& places, const Programme& programme) {
    if (programme.tier_policy.step != TierPolicy::Step::highest) return;
    const Tier* lower = nullptr;
    for (std::size_t rank = 1; rank < programme.tiers.size(); ++rank) {
        const Tier& tier = programme.tiers[rank];
        if (tier.enter.thresholds.size() != 1 || tier.enter.when) continue;
        const Threshold own = tier.enter.thresholds[0];
        if (lower != nullptr && lower->enter.thresholds[0].counter == own.counter &&
            own.at_least <= lower->enter.thresholds[0].at_least)
            reader.complain_at(
                places[rank].node->offset, places[rank].path + ".enter",
                {"this tier asks for no more than " + lower->name + " below it, so nobody would hold that",
                 "ascending thresholds, or step: next"},
                {});
        lower = &tier;
    }
}

}  // namespace

std::vector<std::string> peek_names(const std::optional<Place>& list) {
    std::vector<std::string> names;
    if (!list) return names;
    for (const Node& item : list->node->items)
        for (const Entry& entry : item.entries)
            if (entry.key == "name" && entry.value.kind == Node::Kind::text) names.push_back(entry.value.text);
    return names;
}

std::uint32_t read_mask(Reader& reader, const Place& place, const std::vector<std::string>& names,
                        std::string_view what) {
    constexpr std::size_t bits_max = 32;
    std::uint32_t mask = 0;
    const auto items = one_or_more(reader, place, bits_max);
    for (const Place& item : items) {
        const auto found = std::find(names.begin(), names.end(), item.node->text);
        const auto index = static_cast<std::size_t>(found - names.begin());
        const std::uint32_t bit = index < bits_max ? 1U << index : 0;
        if (!item.is_text() || found == names.end()) {
            reader.complain(item, {"there is no such " + std::string(what), listed(names),
                                   nearest(item.node->text, names).value_or("")});
        } else if ((mask & bit) != 0) {
            reader.complain(item, {"this stands in the list twice", "each once"});
        }
        if (found != names.end()) mask |= bit;
    }
    if (place.is_list() && place.node->items.empty())
        reader.complain(place, {"the list is empty", "at least one item"});
    return mask;
}

std::uint32_t read_tier_mask(Context& context, const Place& place) {
    return read_mask(context.reader, place, context.tier_names, "tier");
}

void read_tiers(Context& context, const Section& section, Programme& programme) {
    Reader& reader = context.reader;
    const auto ladder = section.require("ladder", "the tiers, the base first");
    const auto places = ladder ? items_of(reader, *ladder, limits::tiers_max) : std::vector<Place>{};
    if (ladder && ladder->is_list() && places.empty() && ladder->node->items.empty())
        reader.complain(*ladder, {"the ladder is empty", "at least the base tier"});
    read_policy(context, section, programme.tier_policy);
    read_shares(context, section, places.size(), programme.tier_policy);
    for (const Place& place : places) {
        Tier tier = read_tier(context, place, programme.tiers.empty(), programme.tier_policy);
        if (!tier.name.empty() && programme.tier(tier.name))
            reader.complain_at(place.node->offset, place.path, {"two tiers have one name", "another name"},
                               shown(tier.name));
        programme.tiers.push_back(std::move(tier));
    }
    check_ascending(reader, places, programme);
}

}  // namespace regulars::programme
