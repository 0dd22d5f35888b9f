#include "service/activity_stocks.hpp"

#include <algorithm>

#include "engine/holdings/coupons.hpp"

#include "base/limits.hpp"
#include "engine/activities/trials.hpp"

namespace regulars::service {

namespace {

using programme::Activity;
using programme::Reward;

void add(std::vector<SharedStock>& stocks, std::string name, const programme::Stock& terms) {
    if (terms.limited()) stocks.push_back({std::move(name), terms});
}

void add_activity(std::vector<SharedStock>& stocks, const Activity& activity) {
    if (const auto* draw = activity.as<programme::Draw>())
        for (const auto& prize : draw->prizes)
            add(stocks, programme::stock_of_prize(activity.name, prize.name), prize.stock);
    if (const auto* trial = activity.as<programme::Trial>())
        add(stocks, engine::stock_of_seats(activity.name), {trial->seats, std::nullopt});
    const auto* collection = activity.as<programme::Collection>();
    if (collection == nullptr) return;
    for (const auto& kind : collection->kinds)
        add(stocks, programme::stock_of_prize(activity.name, kind.name), kind.stock);
    for (const auto& step : collection->steps)
        add(stocks, programme::stock_of_prize(activity.name, step.name), step.stock);
}

void add_item(std::vector<SharedStock>& stocks, const programme::MallItem& item) {
    add(stocks, programme::stock_of_goods(item.name), item.stock);
    for (const auto& window : item.windows)
        add(stocks, programme::stock_of_goods(item.name + ":" + window.name), window.stock);
}

// The activity that a fact names; null: none.
const Activity* activity_of(const programme::Programme& programme, const engine::Fact& fact) {
    return std::visit(
        [&](const auto& value) -> const Activity* {
            if constexpr (requires { value.activity; }) return programme.activities.find(value.activity);
            return nullptr;
        },
        fact);
}

std::vector<const Reward*> rewards_of(const Activity& activity) {
    std::vector<const Reward*> rewards;
    std::visit(
        [&](const auto& terms) {
            if constexpr (requires { terms.reward; }) rewards.push_back(&terms.reward);
            if constexpr (requires { terms.daily; }) rewards.push_back(&terms.daily);
            if constexpr (requires { terms.prizes; })
                for (const auto& prize : terms.prizes) rewards.push_back(&prize.reward);
            if constexpr (requires { terms.steps; })
                for (const auto& step : terms.steps) rewards.push_back(&step.reward);
        },
        activity.terms);
    return rewards;
}

std::vector<const Reward*> rewards_of(const programme::ReferralPolicy& referral) {
    std::vector<const Reward*> rewards{&referral.friend_registers, &referral.newcomer_registers,
                                       &referral.friend_orders, &referral.newcomer_orders};
    for (const auto& step : referral.steps) rewards.push_back(&step.reward);
    return rewards;
}

// An order says at which promotions' prices it is; a hold finds that out by itself.
bool may_sell_at(const engine::Fact& fact, const programme::Promotion& promotion) {
    if (std::holds_alternative<engine::HoldPlaced>(fact)) return true;
    const auto* order = std::get_if<engine::OrderCreated>(&fact);
    return order != nullptr && std::any_of(order->lines.begin(), order->lines.end(), [&](const engine::Line& line) {
        return line.promotion == promotion.name;
    });
}

}  // namespace

std::vector<SharedStock> shared_stocks(const programme::Programme& programme) {
    std::vector<SharedStock> stocks;
    for (const Activity& activity : programme.activities.activities) add_activity(stocks, activity);
    for (const auto& item : programme.mall.items) add_item(stocks, item);
    for (const auto& promotion : programme.promotions.promotions)
        add(stocks, programme::stock_of_promotion(promotion.name), promotion.stock);
    // Who has come to an event is counted like a stock that nothing limits.
    for (const auto& terms : programme.coupons.templates)
        if (terms.kind == programme::CouponTemplate::Kind::invitation)
            stocks.push_back({engine::stock_of_attendance(terms.name), {}});
    return stocks;
}

std::vector<SharedStock> stocks_for(const programme::Programme& programme, const engine::Event& event) {
    std::vector<SharedStock> stocks;
    if (const Activity* activity = activity_of(programme, event.fact)) add_activity(stocks, *activity);
    if (const auto* redeemed = std::get_if<engine::GoodsRedeemed>(&event.fact))
        if (const auto* item = programme.mall.find(redeemed->item)) add_item(stocks, *item);
    for (const auto& promotion : programme.promotions.promotions)
        if (may_sell_at(event.fact, promotion))
            add(stocks, programme::stock_of_promotion(promotion.name), promotion.stock);
    return stocks;
}

std::int64_t pieces_of(const engine::Event& event) {
    if (const auto* redeemed = std::get_if<engine::GoodsRedeemed>(&event.fact)) return redeemed->quantity;
    std::int64_t pieces = 1;
    const auto count = [&](const std::vector<engine::Line>& lines) {
        for (const engine::Line& line : lines)
            pieces += std::clamp<std::int64_t>(line.quantity, 0, limits::quantity_max);
    };
    if (const auto* order = std::get_if<engine::OrderCreated>(&event.fact)) count(order->lines);
    if (const auto* hold = std::get_if<engine::HoldPlaced>(&event.fact)) count(hold->lines);
    return pieces;
}

bool may_reward(const programme::Programme& programme, const engine::Event& event,
                const programme::CouponTemplate& terms) {
    const auto is_it = [&](const programme::CouponPack::Item& item) {
        return &programme.coupons.templates[item.coupon] == &terms;
    };
    const auto gives = [&](const Reward* reward) {
        return std::any_of(reward->coupons.begin(), reward->coupons.end(), is_it);
    };
    std::vector<const Reward*> rewards;
    if (const Activity* activity = activity_of(programme, event.fact)) rewards = rewards_of(*activity);
    if (std::holds_alternative<engine::FriendActed>(event.fact) ||
        std::holds_alternative<engine::ReferralDecided>(event.fact) ||
        std::holds_alternative<engine::Registered>(event.fact))
        rewards = rewards_of(programme.activities.referral);
    if (const auto* redeemed = std::get_if<engine::GoodsRedeemed>(&event.fact)) {
        const auto* item = programme.mall.find(redeemed->item);
        return item != nullptr && item->kind == programme::MallItem::Kind::coupon &&
               &programme.coupons.templates[item->coupon] == &terms;
    }
    if (std::holds_alternative<engine::GroupSeatTaken>(event.fact))
        for (const auto& promotion : programme.promotions.promotions) rewards.push_back(&promotion.leader_reward);
    return std::any_of(rewards.begin(), rewards.end(), gives);
}

}  // namespace regulars::service
