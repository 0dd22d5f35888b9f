// Prices for a time or for some: newcomers, flash sales, members, groups. See docs/activities.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "programme/activities.hpp"

namespace regulars::programme {

/// A price for goods. An order's line that is sold at it names it; a quote finds it by itself.
/// - price: as it stands. - newcomer: only for who has not ordered yet. - flash: with a stock, for some hours.
/// - group: only for those who buy together.
struct Promotion {
    enum class Kind : std::uint8_t { price, newcomer, flash, group };
    std::string name;
    Title title;
    std::uint32_t benefit = 0;           ///< index into Programme::benefits
    Kind kind = Kind::price;
    Match match;                         ///< which lines
    std::optional<Money> price;          ///< of one piece; or
    Fraction rate;                       ///< this share off
    Who who;
    Opening opening;
    Stock stock;                         ///< pieces
    MemberLimit limit;                   ///< pieces
    bool with_tier_price = false;        ///< the tier's discount is taken off it too
    bool with_coupons = true;            ///< coupons may be used on such a line
    std::int32_t group_size = 0;         ///< for group
    std::int32_t group_hours = 24;       ///< for group: how long others can join
    Reward leader_reward;                ///< for who opened a group that filled
};

struct PromotionPolicy {
    std::vector<Promotion> promotions;
    [[nodiscard]] const Promotion* find(std::string_view name) const;
};

}  // namespace regulars::programme
