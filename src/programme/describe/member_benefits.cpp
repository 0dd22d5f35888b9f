#include <fmt/format.h>

#include <iterator>

#include "base/check.hpp"
#include "programme/describe/parts.hpp"
#include "programme/money_text.hpp"

namespace regulars::programme {

namespace {

using Kind = MemberBenefit::Kind;

void add_name(std::string& names, const std::string& name) { names += (names.empty() ? "" : ", ") + name; }

// "everybody", or the tiers and plans by name.
std::string holders_text(const Programme& programme, const MemberBenefit& benefit) {
    if (benefit.for_all) return "everybody";
    std::string names;
    for (std::size_t rank = 0; rank < programme.tiers.size(); ++rank)
        if ((benefit.tiers >> rank & 1U) != 0) add_name(names, programme.tiers[rank].name);
    for (std::size_t index = 0; index < programme.plans.plans.size(); ++index)
        if ((benefit.plans >> index & 1U) != 0) add_name(names, "plan " + programme.plans.plans[index].name);
    return names;
}

std::string kind_text(const Programme& programme, const MemberBenefit& benefit) {
    switch (benefit.kind) {
        case Kind::service: return "a service";
        case Kind::gift: return "a gift";
        case Kind::free_return: return "free returns";
        case Kind::instant_refund:
            return "money back at once, up to " + money_text(benefit.at_most.value_or(Money()), programme.minor_digits);
        case Kind::manager: return fmt::format("a manager, one of {}", benefit.staff.size());
        case Kind::access: break;
    }
    if (!benefit.dates) return "goods for those who have it only";
    return fmt::format("goods for those who have it only, {} to {}", regulars::text_of(benefit.dates->first),
                       regulars::text_of(benefit.dates->last));
}

std::string_view unit_text(CalendarUnit unit) {
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

}  // namespace

std::string limit_text(std::int64_t count, std::optional<CalendarUnit> per) {
    const std::string times = fmt::format("{} time{}", count, count == 1 ? "" : "s");
    return per ? fmt::format("{} a {}", times, unit_text(*per)) : times + " ever";
}

void describe_member_benefits(const Programme& programme, std::string& text) {
    if (!programme.member_benefits.empty()) text += "Beside prices\n";
    auto out = std::back_inserter(text);
    for (const MemberBenefit& benefit : programme.member_benefits) {
        fmt::format_to(out, "  {} ({}): {}, for {}{}", benefit.name, benefit.title.en, kind_text(programme, benefit),
                       holders_text(programme, benefit), benefit.when ? " when " + benefit.when->text() : "");
        if (benefit.count) fmt::format_to(out, ", {}", limit_text(*benefit.count, benefit.per));
        if (!benefit.cost.is_zero())
            fmt::format_to(out, ", costs {}", money_text(benefit.cost, programme.minor_digits));
        text += '\n';
    }
}

void describe_stages(const Programme& programme, std::string& text) {
    if (!programme.stages.empty()) text += "Stages, the first that holds\n";
    for (const Stage& stage : programme.stages)
        fmt::format_to(std::back_inserter(text), "  {} ({}): {}\n", stage.name, stage.title.en,
                       stage.when ? stage.when->text() : "everybody else");
}

}  // namespace regulars::programme
