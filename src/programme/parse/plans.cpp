#include <algorithm>
#include <utility>

#include "base/nearest.hpp"
#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr Choices<Plan::Refund, 3> refund_choices{{{"none", Plan::Refund::none},
                                                   {"unused_days", Plan::Refund::unused_days},
                                                   {"less_saved", Plan::Refund::less_saved}}};
constexpr Choices<Plan::WithTier, 2> with_tier_choices{
    {{"better", Plan::WithTier::better}, {"both", Plan::WithTier::both}}};

// The fewest days that such a span can have.
std::int32_t days_at_least(Span span) {
    switch (span.unit) {
        case Span::Unit::days: return span.count;
        case Span::Unit::months: return span.count * 28;
        case Span::Unit::years: return span.count * 365;
    }
    return 0;
}

void read_trial(Context& context, const Place& place, Plan& plan) {
    const Section section(context.reader, place, keys::plan_trial);
    const auto period = section.require("period", "how long it can be tried, such as 14 days");
    plan.trial = period ? read_span(context.reader, *period) : std::nullopt;
    if (const auto price = section.find("price"))
        plan.trial_price = read_money(context.reader, *price, context.minor_digits).value_or(Money());
}

// A time within the period; 0 days say the same as nothing.
std::int32_t read_days_within(Reader& reader, const Place& place, const Plan& plan) {
    const auto days = read_days(reader, place);
    if (days && *days >= days_at_least(plan.period))
        reader.complain(place, {"this is as long as the period", "fewer days than the period has"});
    return days.value_or(0);
}

void read_price(Context& context, const Section& section, Plan& plan) {
    if (const auto price = section.require("price", "what a period costs, such as 98.00"))
        plan.price = read_money(context.reader, *price, context.minor_digits).value_or(Money());
    const auto period = section.require("period", "how long it runs, such as 1 year");
    plan.period = period ? read_span(context.reader, *period).value_or(Span{Span::Unit::years, 1})
                         : Span{Span::Unit::years, 1};
    if (const auto trial = section.find("trial")) read_trial(context, *trial, plan);
    if (const auto grace = section.find("grace")) plan.grace_days = read_days_within(context.reader, *grace, plan);
    if (const auto remind = section.find("remind"))
        if (const auto days = read_days_within(context.reader, *remind, plan); days > 0) plan.remind_days = days;
}

// Who may buy it, and which tier comes with it.
void read_buyers(Context& context, const Section& section, Plan& plan) {
    Reader& reader = context.reader;
    if (const auto tiers = section.find("tiers")) plan.tiers = read_tier_mask(context, *tiers);
    if (const auto when = section.find("when")) plan.when = read_condition(context, *when, Sight::member);
    const auto tier = section.find("tier");
    if (!tier) return;
    plan.tier = read_tier_rank(context, *tier);
    if (plan.tier && (plan.tiers >> *plan.tier & 1U) == 0)
        reader.complain(*tier, {"who holds the plan stands on this tier and could not renew it",
                                "a tier that is among the plan's tiers"});
}

void read_refund(Reader& reader, const Section& section, Plan& plan) {
    if (const auto refund = section.find("refund"))
        plan.refund = read_choice(reader, *refund, refund_choices).value_or(plan.refund);
    if (const auto full = section.find("full_refund"))
        plan.full_refund_days = read_days_within(reader, *full, plan);
}

Plan read_plan(Context& context, const Place& place) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::plan);
    Plan plan;
    if (const auto name = section.require("name", "a name such as plus"))
        plan.name = read_name(reader, *name).value_or("");
    plan.title = read_title_or(section, plan.name);
    read_price(context, section, plan);
    read_buyers(context, section, plan);
    read_refund(reader, section, plan);
    if (const auto with = section.find("with_tier"))
        plan.with_tier = read_choice(reader, *with, with_tier_choices).value_or(plan.with_tier);
    read_benefits(context, section, plan.privileges);
    return plan;
}

}  // namespace

PlanPolicy read_plans(Context& context, const Place& place) {
    PlanPolicy policy;
    for (const Place& item : items_of(context.reader, place, plans_max)) {
        Plan plan = read_plan(context, item);
        if (!plan.name.empty() && policy.find(plan.name) != nullptr)
            context.reader.complain_at(item.node->offset, item.path, {"two plans have one name", "another name"},
                                       shown(plan.name));
        policy.plans.push_back(std::move(plan));
    }
    return policy;
}

std::uint32_t read_plan_mask(Context& context, const Place& place) {
    if (context.plan_names.empty()) {
        context.reader.complain(place, {"the programme has no plans", "plans beside it, or no such key"});
        return 0;
    }
    return read_mask(context.reader, place, context.plan_names, "plan");
}

std::optional<TierRank> read_tier_rank(Context& context, const Place& place) {
    const auto& names = context.tier_names;
    const auto found = std::find(names.begin(), names.end(), place.node->text);
    if (!place.is_text() || found == names.end()) {
        context.reader.complain(place, {"there is no such tier", listed(names),
                                        nearest(place.node->text, names).value_or("")});
        return std::nullopt;
    }
    if (found == names.begin()) {
        context.reader.complain(place, {"everybody stands on the base tier", "a higher tier"});
        return std::nullopt;
    }
    return static_cast<TierRank>(found - names.begin());
}

}  // namespace regulars::programme
