// Parts of what describe() says, shared by its files. Internal to the programme layer: others use programme/parse.hpp.
#pragma once

#include <string>

#include "base/fraction.hpp"
#include "programme/programme.hpp"

namespace regulars::programme {

/// "1 day", "6 months".
[[nodiscard]] std::string text_of(Span span);
/// "5 %"; as it was written where that would be too fine.
[[nodiscard]] std::string percent(Fraction rate);

/// Adds a section each for coupons, grants and the checkout, where the programme says anything of them.
void describe_coupons(const Programme& programme, std::string& text);
void describe_grants(const Programme& programme, std::string& text);
void describe_checkout(const Programme& programme, std::string& text);
/// The same for money in the account.
void describe_stored_value(const Programme& programme, std::string& text);

/// The same for identities and profiles.
void describe_identity(const Programme& programme, std::string& text);
/// The same for benefits beside prices, and for stages.
void describe_member_benefits(const Programme& programme, std::string& text);
void describe_stages(const Programme& programme, std::string& text);
/// The same for reviews of products, and for friends.
void describe_reviews(const Programme& programme, std::string& text);
void describe_referral(const Programme& programme, std::string& text);
/// The same for the points mall.
void describe_mall(const Programme& programme, std::string& text);
/// The same for prices for a time or for some.
void describe_promotions(const Programme& programme, std::string& text);
/// The same for activities.
void describe_activities(const Programme& programme, std::string& text);
/// The same for paid plans.
void describe_plans(const Programme& programme, std::string& text);
/// A line for each thing that a tier or a plan gives on orders.
void describe_privileges(const Privileges& privileges, std::string& text);
/// `before` and the names of those whose bit is set; nothing for all.
template <class Named>
[[nodiscard]] std::string names_text(std::string_view before, std::uint32_t mask, const std::vector<Named>& all) {
    if (mask == ~0U) return "";
    std::string names;
    for (std::size_t i = 0; i < all.size(); ++i)
        if ((mask >> i & 1U) != 0) names += (names.empty() ? std::string(before) : ", ") + all[i].name;
    return names;
}
/// "100 points, 5.00 cashback".
[[nodiscard]] std::string reward_text(const Programme& programme, const Reward& reward);
/// "2 times a month", "1 time ever".
[[nodiscard]] std::string limit_text(std::int64_t count, std::optional<CalendarUnit> per);

}  // namespace regulars::programme
