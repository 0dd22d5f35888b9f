#include <fmt/format.h>

#include <iterator>

#include "programme/describe/parts.hpp"
#include "programme/money_text.hpp"

namespace regulars::programme {

namespace {

void describe_one(const Programme& programme, std::string_view who, const Reward& reward, std::string& text) {
    if (!reward.empty()) fmt::format_to(std::back_inserter(text), "  {}: {}\n", who, reward_text(programme, reward));
}

std::string days_text(std::int32_t days) { return text_of(Span{Span::Unit::days, days}); }

}  // namespace

void describe_reviews(const Programme& programme, std::string& text) {
    const ReviewPolicy& policy = programme.activities.reviews;
    if (!policy.on) return;
    auto out = std::back_inserter(text);
    fmt::format_to(out, "Reviews of products, for {} after settlement, invited to after {}\n",
                   days_text(policy.open_days), days_text(policy.invite_days));
    if (policy.reward.empty()) return;
    fmt::format_to(out, "  {}, for {} of an order\n", reward_text(programme, policy.reward),
                   policy.rewards_per_order == 1 ? "one" : std::to_string(policy.rewards_per_order));
    if (policy.text_min > 0) fmt::format_to(out, "  with at least {} characters\n", policy.text_min);
    if (!policy.points_with_picture.is_zero())
        fmt::format_to(out, "  {} points more with a picture\n", policy.points_with_picture.count());
}

void describe_referral(const Programme& programme, std::string& text) {
    const ReferralPolicy& policy = programme.activities.referral;
    if (!policy.on) return;
    auto out = std::back_inserter(text);
    fmt::format_to(out, "Friends, whose first order counts within {}", days_text(policy.within_days));
    if (!policy.order_at_least.is_zero())
        fmt::format_to(out, " from {}", money_text(policy.order_at_least, programme.minor_digits));
    text += "\n";
    describe_one(programme, "who brings one who registers", policy.friend_registers, text);
    describe_one(programme, "who registers", policy.newcomer_registers, text);
    describe_one(programme, "who brought one who orders", policy.friend_orders, text);
    describe_one(programme, "who orders", policy.newcomer_orders, text);
    for (const auto& step : policy.steps)
        describe_one(programme, fmt::format("for {} friends who have ordered", step.friends), step.reward, text);
    if (policy.friends_max) fmt::format_to(out, "  rewarded for at most {} friends\n", *policy.friends_max);
    if (policy.friends_per_day)
        fmt::format_to(out, "  people look at more than {} on a day\n", *policy.friends_per_day);
    if (policy.review_same_device) text += "  people look at friends with a device, address or payment in common\n";
}

}  // namespace regulars::programme
