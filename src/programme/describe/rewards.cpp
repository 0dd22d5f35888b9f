#include <fmt/format.h>

#include "programme/describe/parts.hpp"
#include "programme/money_text.hpp"

namespace regulars::programme {

std::string reward_text(const Programme& programme, const Reward& reward) {
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (!reward.points.is_zero()) add(fmt::format("{} points", reward.points.count()));
    if (!reward.cashback.is_zero()) add(money_text(reward.cashback, programme.minor_digits) + " cashback");
    for (const CouponPack::Item& item : reward.coupons)
        add((item.count == 1 ? "" : std::to_string(item.count) + " x ") +
            programme.coupons.templates[item.coupon].name);
    if (reward.tier)
        add(fmt::format("tier {} for {}", programme.tiers[*reward.tier].name, text_of(reward.tier_for)));
    if (!reward.goods.empty()) add(reward.goods);
    if (reward.turns > 0)
        add(fmt::format("{} turn{} of {}", reward.turns, reward.turns == 1 ? "" : "s", reward.turns_of));
    return text.empty() ? "nothing" : text;
}

}  // namespace regulars::programme
