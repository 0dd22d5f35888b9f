#include "engine/facts.hpp"

#include <algorithm>

#include "base/fraction.hpp"
#include "engine/counters.hpp"
#include "rule/workspace.hpp"

namespace regulars::engine {

using programme::Slot;
using rule::Value;

namespace {

std::size_t index_of(Slot slot) { return static_cast<std::size_t>(slot); }

}  // namespace

Facts::Facts(const programme::Programme& programme, const Member& member, Instant now, LocalDate today)
    : programme_(programme), member_(member) {
    if (programme.slots_used == 0) return;
    values_.fill(Value::missing());
    set_member(member, now, today);
    set_profile(member);
    if (!used(Slot::member_stage)) return;
    // By all that is known by now: the stages' own conditions do not read the stage.
    if (const auto index = stage()) set_text(Slot::member_stage, programme.stages[*index].name);
}

bool Facts::used(Slot slot) const { return (programme_.slots_used >> index_of(slot) & 1) != 0; }

void Facts::set(Slot slot, Value value) {
    values_[index_of(slot)] = value;
}

void Facts::set_text(Slot slot, std::string_view text) {
    set(slot, text.empty() ? Value::missing() : Value::text(text));
}

void Facts::set_member(const Member& member, Instant now, LocalDate today) {
    // An older version, by whose rules a coupon is judged, may not know the highest tiers yet.
    const auto& tier = programme_.tiers[std::min<std::size_t>(member.tier.rank, programme_.tiers.size() - 1)];
    set(Slot::member_tier, Value::text(tier.name));
    set(Slot::member_tier_rank, Value::integer(member.tier.rank));
    set(Slot::member_growth, Value::integer(member.lifetime.growth.count()));
    set(Slot::member_points, Value::integer(member.points_available.count()));
    set(Slot::member_balance, Value::integer(member.balance.total().count()));
    set(Slot::member_orders, Value::integer(member.lifetime.orders));
    set(Slot::member_spend, Value::integer(member.lifetime.spend.count()));
    if (used(Slot::member_tenure_days))
        set(Slot::member_tenure_days,
            Value::integer(today.days - programme_.zone.date(member.registered_at).days));
    set(Slot::member_registered_at, Value::timestamp(member.registered_at));
    if (member.last_order_at != instant_min)
        set(Slot::member_last_order_at, Value::timestamp(member.last_order_at));
    set(Slot::now, Value::timestamp(now));
    for (std::size_t i = 0; i < programme_.counters.size(); ++i) {
        const std::size_t slot = index_of(Slot::counters) + i;
        if ((programme_.slots_used >> slot & 1) != 0)
            values_[slot] = Value::integer(counter_value(programme_, member, programme_.counters[i], today));
    }
}

void Facts::set_profile(const Member& member) {
    const Profile& profile = member.profile;
    set_text(Slot::member_gender, profile.gender);
    set_text(Slot::member_region, profile.region);
    if (profile.birthday) {
        const YearMonthDay birthday = parts_of(*profile.birthday);
        set(Slot::member_birth_month, Value::integer(birthday.month));
        set(Slot::member_birth_day, Value::integer(birthday.day));
    }
    if (used(Slot::member_tags)) {
        for (const std::string& tag : profile.tags) tags_.push_back(Value::text(tag));
        tag_list_.emplace(rule::List{tags_});
        set(Slot::member_tags, Value::list(&*tag_list_));
    }
    if (used(Slot::member_plans)) {
        for (const HeldPlan& held : member.plans) plans_.push_back(Value::text(held.plan));
        plan_list_.emplace(rule::List{plans_});
        set(Slot::member_plans, Value::list(&*plan_list_));
    }
    if (used(Slot::member_attributes)) {
        for (const auto& [key, value] : profile.attributes) attributes_.push_back({key, Value::text(value)});
        attribute_map_.emplace(attributes_);
        set(Slot::member_attributes, Value::map(&*attribute_map_));
    }
}

void Facts::set_order(const OrderFacts& order) {
    if (programme_.slots_used == 0) return;
    Money amount;
    Money list_amount;
    std::int64_t quantity = 0;
    for (const Line& line : order.lines) {
        amount += line.amount;
        list_amount += line.list_amount.value_or(line.amount);
        quantity += line.quantity;
    }
    set(Slot::order_amount, Value::integer(amount.count()));
    set(Slot::order_list_amount, Value::integer(list_amount.count()));
    set(Slot::order_shipping_fee, Value::integer(order.shipping_fee.count()));
    set(Slot::order_lines, Value::integer(static_cast<std::int64_t>(order.lines.size())));
    set(Slot::order_quantity, Value::integer(quantity));
    set_text(Slot::order_channel, order.channel);
    set_text(Slot::order_store, order.store);
}

void Facts::set_line(const Line& line, programme::PriceKind price_kind) {
    if (programme_.slots_used == 0) return;
    set_text(Slot::line_sku, line.sku);
    set_text(Slot::line_product, line.product);
    set_text(Slot::line_category, line.category);
    set(Slot::line_price_kind, Value::text(programme_.price_kinds[price_kind]));
    set(Slot::line_quantity, Value::integer(line.quantity));
    set(Slot::line_unit_price, Value::integer(divide(line.amount.count(), line.quantity, Rounding::down)));
    set(Slot::line_amount, Value::integer(line.amount.count()));
    set(Slot::line_list_amount, Value::integer(line.list_amount.value_or(line.amount).count()));
    set(Slot::line_cost, line.cost ? Value::integer(line.cost->count()) : Value::missing());
}

void Facts::set_tender(programme::Tender tender) {
    if (programme_.slots_used == 0) return;
    set(Slot::line_tender, Value::text(tender == programme::Tender::gift_card ? "gift_card" : "other"));
}

namespace {

// Scratch memory only: it is kept so that evaluating allocates nothing, and no result outlives the call.
rule::Workspace& cleared_workspace() {
    thread_local rule::Workspace workspace;
    workspace.clear();
    return workspace;
}

}  // namespace

bool Facts::holds(const rule::Rule& rule) const { return rule.holds(values_, cleared_workspace()); }

std::optional<std::int64_t> Facts::whole_number(const rule::Rule& rule) const {
    const Value value = rule.evaluate(values_, cleared_workspace());
    if (!value.is(rule::Kind::integer)) return std::nullopt;
    return value.as_integer();
}

std::optional<std::size_t> Facts::stage() const {
    for (std::size_t i = 0; i < programme_.stages.size(); ++i) {
        const auto& when = programme_.stages[i].when;
        if (!when || holds(*when)) return i;
    }
    return std::nullopt;
}

}  // namespace regulars::engine
