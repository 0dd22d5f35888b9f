// `referral`: friends whom members bring.
#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::int64_t friends_max = limits::friends_max;
constexpr std::size_t steps_max = 100;

Reward read_one(Context& context, const Section& section, std::string_view key, const CouponPolicy& coupons) {
    const auto place = section.find(key);
    return place ? read_reward(context, *place, coupons, RewardComes::with_event) : Reward();
}

std::optional<std::int64_t> read_friends(const Section& section, std::string_view key) {
    const auto place = section.find(key);
    return place ? read_integer(section.reader(), *place, 1, friends_max) : std::nullopt;
}

ReferralPolicy::Step read_step(Context& context, const Place& place, const CouponPolicy& coupons,
                               const ReferralPolicy& policy) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::referral_step);
    ReferralPolicy::Step step;
    if (const auto count = section.require("friends", "how many friends have ordered")) {
        step.friends = read_integer(reader, *count, 1, friends_max).value_or(0);
        if (step.friends > policy.friends_max.value_or(friends_max))
            reader.complain(*count, {"nobody gets so far: friends_max is " + std::to_string(*policy.friends_max),
                                     "a smaller number"});
        if (step.friends > 0 && !policy.steps.empty() && step.friends <= policy.steps.back().friends)
            reader.complain(*count, {"steps go up", "more than " + std::to_string(policy.steps.back().friends)});
    }
    if (const auto reward = section.require("reward", "what it brings, such as {points: 500}"))
        step.reward = read_reward(context, *reward, coupons, RewardComes::with_event);
    return step;
}

bool gives_anything(const ReferralPolicy& policy) {
    return !policy.friend_registers.empty() || !policy.newcomer_registers.empty() || !policy.friend_orders.empty() ||
           !policy.newcomer_orders.empty() || !policy.steps.empty();
}

}  // namespace

ReferralPolicy read_referral(Context& context, const Place& place, const CouponPolicy& coupons) {
    Reader& reader = context.reader;
    const std::size_t before = reader.complaint_count();
    const Section section(reader, place, keys::referral);
    claim_code(context, place, "referral", "referral");
    ReferralPolicy policy;
    policy.on = true;
    policy.friend_registers = read_one(context, section, "friend_registers", coupons);
    policy.newcomer_registers = read_one(context, section, "newcomer_registers", coupons);
    policy.friend_orders = read_one(context, section, "friend_orders", coupons);
    policy.newcomer_orders = read_one(context, section, "newcomer_orders", coupons);
    if (const auto least = section.find("order_at_least"))
        policy.order_at_least = read_money(reader, *least, context.minor_digits).value_or(Money());
    if (const auto within = section.find("within"))
        policy.within_days = read_days(reader, *within).value_or(policy.within_days);
    policy.friends_max = read_friends(section, "friends_max");
    policy.friends_per_day = read_friends(section, "friends_per_day");
    if (const auto review = section.find("review_same_device"))
        policy.review_same_device = read_boolean(reader, *review).value_or(true);
    if (const auto steps = section.find("steps"))
        for (const Place& item : items_of(reader, *steps, steps_max))
            policy.steps.push_back(read_step(context, item, coupons, policy));
    if (reader.complaint_count() == before && !gives_anything(policy))
        reader.complain(place, {"this gives nothing", "friend_registers, newcomer_registers, friend_orders, "
                                                      "newcomer_orders or steps"});
    return policy;
}

}  // namespace regulars::programme
