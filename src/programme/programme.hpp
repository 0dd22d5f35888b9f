// A programme, compiled: the immutable value that the engine decides by. It is made only by programme/parse.hpp, so
// whatever stands here has been validated: indexes are in range, rates and thresholds are not negative, rules are
// typed. Amounts are minor units of the programme's currency; days belong to its zone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/fraction.hpp"
#include "base/quantity.hpp"
#include "base/time.hpp"
#include "programme/activities.hpp"
#include "programme/coupons.hpp"
#include "programme/mall.hpp"
#include "programme/identity.hpp"
#include "programme/plans.hpp"
#include "programme/privileges.hpp"
#include "programme/promotions.hpp"
#include "programme/stored_value.hpp"
#include "programme/terms.hpp"
#include "rule/rule.hpp"

namespace regulars::programme {

// --- counters and tiers ------------------------------------------------------------------------------------------

enum class Metric : std::uint8_t { spend, growth, orders, points };

/// The stretch of time that a counter looks back on, ending now.
/// - lifetime: since registration. - period: since the last tier change or the start of the tier's period.
/// - rolling_days, rolling_months: the last `length` local days (today included) or months to the day.
/// - calendar: the running `unit` and the `length - 1` units before it.
/// - anniversary: since the last anniversary of registration.
enum class WindowKind : std::uint8_t { lifetime, period, rolling_days, rolling_months, calendar, anniversary };

struct Window {
    WindowKind kind = WindowKind::lifetime;
    std::int32_t length = 1;
    CalendarUnit unit = CalendarUnit::month;
};

/// A named count of what settled orders brought; rules read it as member.<name>.
struct Counter {
    std::string name;
    Metric metric = Metric::spend;
    Window window;
};

struct Threshold {
    std::uint16_t counter = 0;   ///< index into Programme::counters
    std::int64_t at_least = 0;   ///< minor units for spend, else a count
};

/// When a tier is reached or kept: all thresholds, and the condition if there is one.
struct Qualification {
    std::vector<Threshold> thresholds;
    std::optional<rule::Rule> when;
    /// Neither thresholds nor a condition: nobody qualifies by themselves (granted or reviewed tiers).
    [[nodiscard]] bool by_itself() const { return !thresholds.empty() || when.has_value(); }
};

/// What happens at the end of a tier's period, or at a review, to a member who does not meet the tier's `keep`.
/// `keep` stays without looking; `down_one` falls one tier; `qualified` falls to the highest lower tier whose `keep`
/// is met, else to the base; `base` falls to the base tier.
enum class PeriodEnd : std::uint8_t { keep, down_one, qualified, base };

/// How long a tier is held. The period ends with a local day; the next one is counted from that day.
struct Period {
    enum class Kind : std::uint8_t { forever, span, calendar };
    Kind kind = Kind::forever;
    Span span;                                ///< for span
    CalendarUnit unit = CalendarUnit::year;   ///< for calendar: to the end of the running unit
};

struct Tier : Privileges {
    std::string name;
    Title title;
    Qualification enter;  ///< empty for the base tier
    Qualification keep;   ///< `enter` where the file says nothing
    Period period;
    PeriodEnd at_end = PeriodEnd::qualified;
    std::int32_t grace_days = 0;
};

struct TierPolicy {
    enum class Upgrade : std::uint8_t { at_once, at_review };
    enum class Step : std::uint8_t { next, highest };
    Upgrade upgrade = Upgrade::at_once;
    Step step = Step::highest;
    /// `period` counters restart at every tier change (they always restart at a new period).
    bool reset_on_change = true;
    /// Everybody is reviewed at the end of each such unit.
    std::optional<CalendarUnit> review;
    /// The review's thresholds are made from all members' standing and arrive as an event: the share of active
    /// members on each rung, base first, in fractions that sum to 1. Empty: no such review.
    std::vector<Fraction> shares;
    /// The counter by which such a review ranks members.
    std::uint16_t share_counter = 0;
};

// --- points, growth ------------------------------------------------------------------------------------------------

/// `rate` points (or growth) for every `per` of the matching lines' paid amount. The first rule that matches counts.
/// Where `amount` is there, it gives the line's points instead: a whole number, held to 0 .. amount_max; one that is
/// missing or fails gives none.
struct EarningRule {
    static constexpr std::int64_t amount_max = 1'000'000'000;
    std::string code;
    Title title;
    Match match;
    Fraction rate;
    Money per{100};
    std::optional<rule::Rule> amount;
};

/// Multiplies what a matching line earned; all that match multiply.
struct Multiplier {
    std::string code;
    Title title;
    Match match;
    Fraction factor{1, 1};
};

/// When points lapse. - never. - after: each grant is a lot to the end of the local day a span later. - end_of: to the
/// end of the running unit and `count` more. - fixed_date: to the end of `date`, or of the next `month_day` that is at
/// least `count` years ahead of the grant's year. - rolling: every grant renews the whole balance to a span later.
struct Expiry {
    enum class Kind : std::uint8_t { never, after, end_of, fixed_date, rolling };
    Kind kind = Kind::never;
    Span span;
    CalendarUnit unit = CalendarUnit::year;
    std::int32_t count = 0;
    std::optional<LocalDate> date;
    MonthDay month_day;
};

/// What happens when a refund takes back points that were already spent: the member owes them (the next grants pay),
/// their worth is kept from the refund, or the shop bears it.
enum class Shortfall : std::uint8_t { negative_balance, from_refund, write_off };

struct PointsPolicy {
    std::vector<EarningRule> rules;
    std::vector<Multiplier> multipliers;
    Rounding rounding = Rounding::down;
    bool round_per_line = false;  ///< else once per order
    std::optional<Points> cap_per_order;
    std::optional<Points> cap_per_day;    ///< by the local day of payment
    std::optional<Points> cap_per_month;
    Points on_registration;
    Expiry expiry;
    Shortfall shortfall = Shortfall::negative_balance;
    /// Rolling expiry: a whole-order return puts the expiry back to what it was before that order's grant, unless a
    /// later grant renewed it; a partial return or exchange renews it.
    bool partial_return_renews = false;
    /// What a point is worth, in minor units: for the liability and for points as money.
    Fraction value{0, 1};
    /// Points are summed as whole multiples of 1/scale: rates, tier multipliers and multipliers are all exact in it.
    std::int64_t scale = 1;
};

struct GrowthPolicy {
    std::vector<EarningRule> rules;
    Growth per_order;
    Rounding rounding = Rounding::down;
    std::int64_t scale = 1;
};

/// The moment at which an order counts.
struct Settlement {
    enum class Kind : std::uint8_t { at_payment, after_shipping, after_delivery, explicit_event };
    Kind kind = Kind::at_payment;
    std::int32_t days = 0;  ///< calendar days later at the same local time
};

// --- the whole ---------------------------------------------------------------------------------------------------

struct Programme {
    std::uint32_t version = 1;
    std::string name;
    Title title;
    std::string currency;             ///< ISO 4217
    std::int32_t minor_digits = 2;    ///< digits of the minor unit
    Zone zone;
    std::vector<std::string> price_kinds{"regular"};  ///< the first is the default
    std::vector<Counter> counters;
    std::vector<Tier> tiers;          ///< base first, never empty
    TierPolicy tier_policy;
    PointsPolicy points;
    GrowthPolicy growth;
    Settlement settlement;
    CouponPolicy coupons;
    std::vector<Grant> grants;
    CheckoutPolicy checkout;
    StoredValuePolicy stored_value;
    PlanPolicy plans;
    std::vector<MemberBenefit> member_benefits;
    IdentityPolicy identity;
    ProfilePolicy profile;
    ActivityPolicy activities;
    MallPolicy mall;
    PromotionPolicy promotions;
    std::vector<Stage> stages;        ///< in the order in which they are tried

    /// Slots of the rule names (programme/names.hpp) that some rule reads: a bit per slot.
    std::uint64_t slots_used = 0;
    /// Codes under which costs are booked: "points_redeemed", "bonus", then those of all tiers' benefits, then the
    /// names of the coupons, then those of plans' benefits and the names of members' benefits, then the names of
    /// activities, "reviews", "referral", those of mall items and promotions; no repeats.
    std::vector<std::string> benefits;
    /// Whether any counter needs a history by day.
    bool needs_history = false;
    /// The text it was made from, and its hash, to tell versions apart.
    std::string source;

    [[nodiscard]] std::optional<PriceKind> price_kind(std::string_view kind_name) const;
    [[nodiscard]] std::optional<TierRank> tier(std::string_view tier_name) const;
    [[nodiscard]] const MemberBenefit* find_benefit(std::string_view benefit_name) const;
};

/// Fills Programme::benefits and the benefit numbers of discounts, free shipping, cashbacks and coupons. The last step
/// of making a programme.
void number_benefits(Programme& programme);

/// Benefit numbers that every programme has.
inline constexpr std::uint32_t benefit_points_redeemed = 0;
inline constexpr std::uint32_t benefit_bonus = 1;

/// The versions that events may refer to: the newest decides, a reversal uses the version that made what it reverses.
class Versions {
public:
    /// Versions must be added in ascending order.
    void add(std::shared_ptr<const Programme> programme);
    [[nodiscard]] const Programme& current() const;
    /// Nothing when that version is not known.
    [[nodiscard]] const Programme* find(std::uint32_t version) const;
    /// In ascending order.
    [[nodiscard]] const std::vector<std::shared_ptr<const Programme>>& all() const { return programmes_; }

private:
    std::vector<std::shared_ptr<const Programme>> programmes_;
};

}  // namespace regulars::programme
