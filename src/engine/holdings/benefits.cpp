#include "engine/holdings/benefits.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "engine/references.hpp"

namespace regulars::engine {

namespace {

using programme::MemberBenefit;
using Kind = MemberBenefit::Kind;

// The first day of the unit that holds `day`; ever is one unit, which began with the first of all days.
LocalDate unit_of(const BenefitLimit& limit, LocalDate day) {
    return limit.per ? first_of(*limit.per, day) : LocalDate{};
}

std::vector<BenefitCount>::iterator place_of(Member& member, const std::string& name) {
    return std::lower_bound(member.benefit_counts.begin(), member.benefit_counts.end(), name,
                            [](const BenefitCount& count, const std::string& wanted) { return count.name < wanted; });
}

const BenefitCount* find_count(const Member& member, const std::string& name) {
    for (const BenefitCount& count : member.benefit_counts)
        if (count.name == name) return &count;
    return nullptr;
}

bool has_access(const MemberBenefit& benefit) { return benefit.kind == Kind::access; }

bool is_sold(const MemberBenefit& access, LocalDate day) {
    return !access.dates || (access.dates->first <= day && day <= access.dates->last);
}

const programme::FreeShipping* counted_shipping(const programme::Programme& made_by, const Order& order,
                                                std::uint32_t benefit) {
    const auto is_it = [&](const std::optional<programme::FreeShipping>& shipping) {
        return shipping && shipping->count && shipping->benefit == benefit;
    };
    const auto& of_tier = made_by.tiers[order.tier].free_shipping;
    if (is_it(of_tier)) return &*of_tier;
    for (std::size_t i = 0; i < made_by.plans.plans.size(); ++i) {
        const auto& of_plan = made_by.plans.plans[i].privileges.free_shipping;
        if ((order.plans >> i & 1U) != 0 && is_it(of_plan)) return &*of_plan;
    }
    return nullptr;
}

bool is_within_bounds(const MemberBenefit& benefit, Money amount) {
    if (benefit.kind != Kind::instant_refund) return amount.is_zero();
    return amount > Money() && amount <= benefit.at_most.value_or(Money(limits::amount_minor_max));
}

OrderNumber number_of(const Member& member, const std::string& order_id) {
    for (const Order& order : member.open_orders)
        if (!order_id.empty() && order.order_id == order_id) return order.number;
    return {};
}

bool is_manager(const programme::Programme& programme, const std::string& staff) {
    return std::any_of(programme.member_benefits.begin(), programme.member_benefits.end(),
                       [&](const MemberBenefit& benefit) {
                           return std::find(benefit.staff.begin(), benefit.staff.end(), staff) != benefit.staff.end();
                       });
}

}  // namespace

std::optional<BenefitHolding> holding_of(const programme::Programme& programme, const Member& member,
                                         const MemberBenefit& benefit, Instant now) {
    std::optional<BenefitHolding> holding;
    if (benefit.for_all) holding = BenefitHolding{};
    if ((benefit.tiers >> member.tier.rank & 1U) != 0)
        holding = BenefitHolding{BenefitHolding::By::tier, {}, member.tier.period_ends_at};
    for (const HeldPlan& held : member.plans) {
        const auto index = programme.plans.index_of(held.plan);
        if (!index || (benefit.plans >> *index & 1U) == 0) continue;
        if (!holding || holding->until < held.ends_at)
            holding = BenefitHolding{BenefitHolding::By::plan, held.plan, held.ends_at};
    }
    if (!holding || !benefit.when) return holding;
    const Facts facts(programme, member, now, programme.zone.date(now));
    return facts.holds(*benefit.when) ? holding : std::nullopt;
}

BenefitLimit limit_of(const MemberBenefit& benefit) { return {benefit.name, benefit.count, benefit.per}; }

BenefitLimit limit_of(const programme::FreeShipping& benefit) { return {benefit.code, benefit.count, benefit.per}; }

std::int64_t used_of(const Member& member, const BenefitLimit& limit, LocalDate day) {
    const BenefitCount* count = find_count(member, limit.name);
    return count != nullptr && count->unit >= unit_of(limit, day) ? count->used : 0;
}

std::optional<std::int64_t> left_of(const Member& member, const BenefitLimit& limit, LocalDate day) {
    if (!limit.count) return std::nullopt;
    return std::max<std::int64_t>(0, *limit.count - used_of(member, limit, day));
}

void count_use(Member& member, const BenefitLimit& limit, LocalDate day) {
    if (!limit.count) return;
    auto place = place_of(member, limit.name);
    if (place == member.benefit_counts.end() || place->name != limit.name)
        place = member.benefit_counts.insert(place, BenefitCount{limit.name, unit_of(limit, day), 0});
    if (place->unit < unit_of(limit, day)) *place = {limit.name, unit_of(limit, day), 0};
    ++place->used;
}

void give_back_use(Member& member, const BenefitLimit& limit, LocalDate day) {
    const auto place = place_of(member, limit.name);
    if (place == member.benefit_counts.end() || place->name != limit.name) return;
    if (place->unit == unit_of(limit, day) && place->used > 0) --place->used;
}

void give_back_free_shipping(Decision& decision, const Order& order) {
    const auto* made_by = decision.versions.find(order.programme_version);
    if (made_by == nullptr || !order.paid_at) return;
    for (const OrderCost& cost : order.costs) {
        if (cost.programme_version != 0 || cost.by_amount) continue;
        if (const auto* shipping = counted_shipping(*made_by, order, cost.benefit))
            give_back_use(decision.member, limit_of(*shipping), made_by->zone.date(*order.paid_at));
    }
}

std::vector<const MemberBenefit*> missing_accesses(const programme::Programme& programme, const Member& member,
                                                   const WantedGoods& goods, Facts& facts) {
    std::vector<const MemberBenefit*> missing;
    const auto& benefits = programme.member_benefits;
    if (std::none_of(benefits.begin(), benefits.end(), has_access)) return missing;
    std::vector<bool> open(goods.lines.size(), false);
    std::vector<const MemberBenefit*> needed(goods.lines.size(), nullptr);
    for (const MemberBenefit& access : benefits) {
        if (!has_access(access) || !is_sold(access, goods.purchase.day)) continue;
        const bool has_it = holding_of(programme, member, access, goods.now).has_value();
        for (std::size_t i = 0; i < goods.lines.size(); ++i) {
            facts.set_line(goods.lines[i], goods.price_kinds[i]);
            facts.set_tender(programme::Tender::other);
            if (!matches(access.match, goods.lines[i], goods.price_kinds[i], programme::Tender::other, goods.purchase,
                         facts))
                continue;
            if (has_it) open[i] = true;
            else if (needed[i] == nullptr) needed[i] = &access;
        }
    }
    // One access is enough where several have the same goods.
    for (std::size_t i = 0; i < needed.size(); ++i)
        if (open[i]) needed[i] = nullptr;
    if (std::any_of(needed.begin(), needed.end(), [](const auto* access) { return access != nullptr; }))
        missing = std::move(needed);
    return missing;
}

const MemberBenefit* promised_manager(const programme::Programme& programme, const Member& member, Instant now) {
    for (const MemberBenefit& benefit : programme.member_benefits)
        if (benefit.kind == Kind::manager && holding_of(programme, member, benefit, now)) return &benefit;
    return nullptr;
}

void tell_if_manager_wanted(Decision& decision, bool was_promised) {
    if (was_promised || !decision.member.manager.empty()) return;
    if (const auto* benefit = promised_manager(decision.programme, decision.member, decision.now))
        decision.outcome.notices.push_back({decision.now, NoticeKind::manager_wanted, benefit->name, {}, {}});
}

expected<void, Rejection> on_fact(Decision& decision, const BenefitUsed& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) {
        decision.outcome.duplicate = true;
        return {};
    }
    const Money most(limits::amount_minor_max);
    if (fact.amount < Money() || fact.amount > most || fact.cost.value_or(Money()) < Money() ||
        fact.cost.value_or(Money()) > most)
        return unexpected(Rejection::amount_out_of_range);
    const MemberBenefit* benefit = decision.programme.find_benefit(fact.benefit);
    if (benefit == nullptr) return unexpected(Rejection::unknown_benefit);
    if (!holding_of(decision.programme, member, *benefit, decision.now)) return unexpected(Rejection::benefit_not_held);
    const LocalDate today = decision.today();
    if (is_used_up(member, limit_of(*benefit), today)) return unexpected(Rejection::benefit_used_up);
    if (!is_within_bounds(*benefit, fact.amount)) return unexpected(Rejection::benefit_out_of_bounds);

    remember(member, fact);
    count_use(member, limit_of(*benefit), today);
    const Money cost = fact.cost.value_or(benefit->cost);
    if (!cost.is_zero())
        decision.outcome.costs.push_back({decision.now, benefit->benefit, cost, member.tier.rank,
                                          number_of(member, fact.order_id), decision.programme.version});
    explain(decision, benefit->name, [&] {
        const auto left = left_of(member, limit_of(*benefit), today);
        return "used" + (left ? ", " + std::to_string(*left) + " left for now" : std::string());
    });
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const ManagerAssigned& fact) {
    Member& member = decision.member;
    if (!fact.staff.empty() && !is_manager(decision.programme, fact.staff))
        return unexpected(Rejection::unknown_staff);
    // The event that registers a member is kept even if it tells no more than that.
    if (fact.staff == member.manager && member.event_sequence > 0) {
        decision.outcome.duplicate = true;
        return {};
    }
    member.manager = fact.staff;
    return {};
}

}  // namespace regulars::engine
