#include <fmt/format.h>

#include <array>
#include <iterator>

#include "programme/describe/parts.hpp"
#include "programme/money_text.hpp"

namespace regulars::programme {

namespace {

std::string refund_text(const Plan& plan) {
    constexpr std::array<std::string_view, 3> words{"nothing comes back", "the unused days come back",
                                                    "the unused days come back, less what was saved"};
    std::string text(words[static_cast<std::size_t>(plan.refund)]);
    if (plan.full_refund_days > 0) text += fmt::format("; all within {} days if unused", plan.full_refund_days);
    return text;
}

void describe_plan(const Programme& programme, const Plan& plan, std::string& text) {
    auto out = std::back_inserter(text);
    const auto money = [&](Money amount) { return money_text(amount, programme.minor_digits); };
    fmt::format_to(out, "  {} ({}): {} for {}", plan.name, plan.title.en, money(plan.price), text_of(plan.period));
    if (plan.trial) fmt::format_to(out, ", to try for {} at {}", text_of(*plan.trial), money(plan.trial_price));
    if (plan.grace_days > 0) fmt::format_to(out, ", {} days of grace", plan.grace_days);
    if (plan.remind_days) fmt::format_to(out, ", with a reminder {} days before its end", *plan.remind_days);
    text += names_text(" for ", plan.tiers, programme.tiers);
    if (plan.when) fmt::format_to(out, " when {}", plan.when->text());
    fmt::format_to(out, "\n    given up at once: {}\n", refund_text(plan));
    if (plan.tier) fmt::format_to(out, "    holds tier {} meanwhile\n", programme.tiers[*plan.tier].name);
    fmt::format_to(out, "    points x {}, {} the tier\n", plan.privileges.points_multiplier.text(),
                   plan.with_tier == Plan::WithTier::both ? "beside" : "or as");
    describe_privileges(plan.privileges, text);
}

}  // namespace

void describe_plans(const Programme& programme, std::string& text) {
    if (!programme.plans.plans.empty()) text += "Paid plans\n";
    for (const Plan& plan : programme.plans.plans) describe_plan(programme, plan, text);
}

}  // namespace regulars::programme
