// `product_reviews`: what members say of what they bought.
#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

// What every language can write in a review's 1,000 bytes.
constexpr std::int64_t text_min_max = 300;
constexpr std::int64_t per_order_max = 1'000;

Reward read_review_reward(Context& context, const Place& place) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::review_reward);
    Reward reward;
    if (const auto points = section.find("points"))
        reward.points = Points(read_integer(reader, *points, 1, limits::points_max).value_or(0));
    if (const auto cashback = section.find("cashback"))
        reward.cashback = read_money(reader, *cashback, context.minor_digits).value_or(Money());
    if (place.is_mapping() && place.node->entries.empty())
        reader.complain(place, {"this gives nothing", "points or cashback"});
    return reward;
}

}  // namespace

ReviewPolicy read_product_reviews(Context& context, const Place& place) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::product_reviews);
    claim_code(context, place, "reviews", "review");
    ReviewPolicy policy;
    policy.on = true;
    const auto invite = section.find("invite");
    if (invite) policy.invite_days = read_days(reader, *invite).value_or(policy.invite_days);
    const auto open = section.find("open");
    if (open) policy.open_days = read_days(reader, *open).value_or(policy.open_days);
    if (place.is_mapping() && policy.invite_days > policy.open_days)
        reader.complain(invite ? *invite : *open, {"the invitation would come when nothing can be written any more",
                                                   "no later than open"});
    if (const auto least = section.find("text_min"))
        policy.text_min = static_cast<std::int32_t>(read_integer(reader, *least, 0, text_min_max).value_or(0));
    const auto reward = section.find("reward");
    if (reward) policy.reward = read_review_reward(context, *reward);
    const auto picture = section.find("with_picture");
    if (picture) policy.points_with_picture = Points(read_integer(reader, *picture, 1, limits::points_max).value_or(0));
    if (picture && !reward) reader.complain(*picture, {"this adds to a reward that is not there", "reward beside it"});
    if (const auto count = section.find("per_order"))
        policy.rewards_per_order = read_integer(reader, *count, 1, per_order_max).value_or(1);
    return policy;
}

}  // namespace regulars::programme
