// Coupons, what members are given by themselves, and how a checkout may be paid. See docs/programme.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fraction.hpp"
#include "base/quantity.hpp"
#include "programme/terms.hpp"

namespace regulars::programme {

/// How long a coupon can be used, from the moment it is given.
/// - forever. - span: to the end of the local day a span later. - hours: that many hours. - dates: from the beginning
/// of `dates.first` to the end of `dates.last`, whenever it was given.
struct Validity {
    enum class Kind : std::uint8_t { forever, span, hours, dates };
    Kind kind = Kind::forever;
    Span span;
    std::int32_t hours = 0;
    DateRange dates{};
};

/// How a member may take a coupon for themselves.
struct Claim {
    Points points;              ///< its price; 0: free
    std::string code;           ///< a public code, in capitals, that must be told; empty: none
    bool unique_codes = false;  ///< each is taken with a code of its own, which works once
    std::optional<DateRange> dates;
};

/// How many there are. What members get by themselves (grants) takes from it too.
struct CouponStock {
    std::optional<std::int64_t> total;
    std::optional<std::int64_t> per_day;         ///< local days
    std::optional<Money> budget;                 ///< what those that are out or used may cost at most, together
    std::optional<std::int64_t> per_member;
    std::optional<std::int64_t> per_member_day;
    /// Whether members share it, so that it has to be counted over all of them.
    [[nodiscard]] bool shared() const { return total || per_day || budget; }
    [[nodiscard]] bool counted_per_member() const { return per_member || per_member_day; }
};

/// The definition of a coupon.
/// - amount_off: `amount` off the lines it is for, together. - percent_off: `rate` of them, at most `at_most`.
/// - free_shipping: no shipping fee. - gift: `product` comes with the order. - exchange, trial: one piece of the
/// dearest line it is for costs `amount` (0: nothing). - partner: a code of another shop, from an imported pool;
/// nothing here is cheaper by it. - invitation: a seat at an event; nothing is cheaper by it; who declines frees it.
struct CouponTemplate {
    enum class Kind : std::uint8_t {
        amount_off, percent_off, free_shipping, gift, exchange, trial, partner, invitation
    };
    std::string name;
    Title title;
    std::uint32_t benefit = 0;           ///< index into Programme::benefits
    Kind kind = Kind::amount_off;
    Money amount;
    Fraction rate;
    std::optional<Money> at_most;
    std::string product;
    std::string pool;                    ///< for partner: the name under which its codes are imported
    Money minimum;                       ///< the lines it is for must come to this, before any coupon
    Match match;                         ///< which lines, channels, stores, weekdays, dates
    std::uint32_t tiers = ~0U;           ///< a bit per TierRank: who may take and use it
    std::uint32_t plans = 0;             ///< a bit per plan: only who holds one of them may; 0: everybody
    std::uint32_t stages = ~0U;          ///< a bit per Stage: who may take or be given it
    std::optional<rule::Rule> when;      ///< who may take or be given it; reads the member
    std::optional<DayTimes> times;       ///< of use
    Validity valid;
    std::optional<Claim> claim;          ///< nothing: it is only given
    CouponStock stock;
    std::string group;                   ///< an order takes at most one coupon of a group; empty: in no group
    bool alone = false;                  ///< with no other coupon
    bool with_tier_price = true;         ///< false: on an order with it there are no tier discounts
    std::optional<std::int32_t> remind_hours;  ///< before it lapses
    std::optional<std::int32_t> gift_hours;    ///< may be passed on to a friend, who has so long to take it
    bool back_on_return = true;          ///< comes back when the whole order is returned; always when it is cancelled

    /// What one can cost at most; nothing when nobody can say.
    [[nodiscard]] std::optional<Money> cost_max() const;
};

/// Several coupons that are given together; a validity of its own goes before the template's.
struct CouponPack {
    struct Item {
        std::uint32_t coupon = 0;  ///< index into CouponPolicy::templates
        std::int32_t count = 1;
        std::optional<Validity> valid;
    };
    std::string name;
    Title title;
    std::vector<Item> items;
};

struct CouponPolicy {
    std::vector<CouponTemplate> templates;
    std::vector<CouponPack> packs;
    std::int32_t per_order = 1;  ///< coupons that one order takes
    /// The kinds in the order in which they are applied.
    std::vector<CouponTemplate::Kind> order{CouponTemplate::Kind::exchange, CouponTemplate::Kind::trial,
                                            CouponTemplate::Kind::percent_off, CouponTemplate::Kind::amount_off,
                                            CouponTemplate::Kind::gift, CouponTemplate::Kind::free_shipping};

    [[nodiscard]] const CouponTemplate* find(std::string_view name) const;
    [[nodiscard]] const CouponTemplate* find_code(std::string_view code) const;
    [[nodiscard]] const CouponPack* find_pack(std::string_view name) const;
};

/// What members get by themselves when something happens: points, coupons and packs.
/// - registration, first_order (when it settles), tier_reached (each time one of `tiers` is newly held).
/// - birthday: at the beginning of the local day, 29 February falls back to 28; birthday_month: of its month. Once a
/// year. - monthly, quarterly, yearly: at the beginning of each. - anniversary: of registration, at the beginning of
/// the local day. - plan_bought: each time one of `plans` is bought or renewed. - profile_complete: once, when all of
/// `fields` are known.
struct Grant {
    enum class On : std::uint8_t {
        registration, first_order, tier_reached, birthday, birthday_month, monthly, quarterly, yearly, anniversary,
        plan_bought, profile_complete
    };
    std::string code;
    Title title;
    On on = On::registration;
    std::uint32_t tiers = ~0U;  ///< a bit per TierRank
    std::uint32_t plans = 0;    ///< a bit per plan: only for those who hold one of them; 0: for all
    std::optional<rule::Rule> when;
    std::vector<std::string> fields;  ///< of the profile; "attributes.size" is an attribute, "phone" an identity
    std::optional<TierRank> tier;     ///< a tier card: this tier, where the member's own is lower,
    Span tier_for;                    ///< to the end of the local day so much later
    Points points;
    std::vector<CouponPack::Item> coupons;
};

/// How an order may be paid besides money.
struct CheckoutPolicy {
    enum class Tender : std::uint8_t { cash, balance, points };
    bool points_allowed = false;      ///< needs PointsPolicy::value
    Points points_minimum;
    Points points_step{1};
    Fraction points_share{1, 1};      ///< of what the lines cost after coupons, at most
    std::int32_t hold_minutes = 30;
    /// What comes back first on a partial return; empty: all in proportion.
    std::vector<Tender> refund_first;
};

}  // namespace regulars::programme
