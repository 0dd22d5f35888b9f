// The sections of a programme file, one reader each, in files of their own. Internal to the programme layer: others
// use programme/parse.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "programme/parse/reader.hpp"
#include "programme/programme.hpp"
#include "rule/schema.hpp"

namespace regulars::programme {

/// The counter that tiers.metric and tiers.window define; `enter: 2000.00` means this one.
inline constexpr std::string_view qualifying_counter = "qualifying";
/// With the engine's fixed names these fill no more than the 64 slots of a frame's mask.
inline constexpr std::size_t counters_max = 16;
inline constexpr std::size_t list_size_max = 5'000;
inline constexpr std::size_t benefits_max = 50;
inline constexpr std::size_t multipliers_max = 50;
inline constexpr std::size_t member_benefits_max = 100;
inline constexpr std::size_t staff_max = 500;
inline constexpr std::size_t invitations_max = 50;
inline constexpr std::size_t choices_max = 200;
/// A bit each in masks of 32.
inline constexpr std::size_t plans_max = 20;
/// A bit each in a coupon's mask.
inline constexpr std::size_t stages_max = 32;

/// What sections need of one another while a file is read. Names come first, because rules speak of them.
struct Context {
    Reader& reader;
    std::string currency{};
    std::int32_t minor_digits = 2;
    std::vector<std::string> price_kinds{"regular"};
    std::vector<std::string> tier_names{};
    std::vector<std::string> stage_names{};
    std::vector<std::string> plan_names{};
    ProfilePolicy profile{};
    std::vector<Counter> counters{};
    Zone zone{};
    rule::Schema schema{};
    std::uint64_t slots_used = 0;
    /// The kind of benefit that goes by each code, so that no two kinds share one.
    std::map<std::string, std::string, std::less<>> benefit_kinds{};
    /// Names of activities of which some reward gives turns: looked at when all activities are known.
    std::vector<Place> turns_of{};
};

/// Which names a rule may speak of: tiers, and who gets a coupon, are decided without an order in sight.
enum class Sight : std::uint8_t { member, order, order_line };

// rules.cpp
[[nodiscard]] std::optional<rule::Rule> read_condition(Context& context, const Place& place, Sight sight);
[[nodiscard]] std::optional<rule::Rule> read_points_amount(Context& context, const Place& place);

// match.cpp
/// What `for` and `except` of an item say; either may be missing.
[[nodiscard]] Match read_match(Context& context, const std::optional<Place>& applies_to,
                               const std::optional<Place>& exception);
/// Names of weekdays, a bit for each; bit 0 is Monday.
[[nodiscard]] std::uint8_t read_weekdays(Reader& reader, const Place& place);
/// A day, or {first, last}.
[[nodiscard]] std::optional<DateRange> read_dates(Reader& reader, const Place& place);
/// Names or other texts, sorted; complains about repeated ones.
[[nodiscard]] std::vector<std::string> read_texts(Reader& reader, const Place& place, bool names);

// counters.cpp
/// The counters that have names in the file.
[[nodiscard]] std::vector<Counter> read_counters(Reader& reader, const Place& place);
/// The counter that the tiers' own metric and window define.
[[nodiscard]] Counter read_qualifying(const Section& tiers);
[[nodiscard]] bool needs_history(std::span<const Counter> counters);

// tiers.cpp
/// The names in a list (ladder, plans, stages), without complaints: who reads the list complains.
[[nodiscard]] std::vector<std::string> peek_names(const std::optional<Place>& list);
void read_tiers(Context& context, const Section& section, Programme& programme);
/// Names of the ladder, a bit for each.
[[nodiscard]] std::uint32_t read_tier_mask(Context& context, const Place& place);
/// Some of `names`, at most 32, a bit for each; `what` they are is told of one that is not there.
[[nodiscard]] std::uint32_t read_mask(Reader& reader, const Place& place, const std::vector<std::string>& names,
                                      std::string_view what);

// qualification.cpp
/// `enter` or `keep`: an amount of the qualifying counter, or thresholds by counter, with a condition `when`.
[[nodiscard]] Qualification read_qualification(Context& context, const Place& place, bool zero_allowed);

// benefits.cpp
/// What a tier or a plan gives on orders.
void read_benefits(Context& context, const Section& section, Privileges& privileges);
/// Takes a code for benefits of this kind; complains when the books or another kind have it.
void claim_code(Context& context, const Place& place, const std::string& code, const std::string& kind);

// member_benefits.cpp
[[nodiscard]] std::vector<MemberBenefit> read_member_benefits(Context& context, const Place& place);
/// How many uses in which unit, of which there must be one unless `may_be_ever`.
struct UseLimit {
    std::int64_t count = 1;
    std::optional<CalendarUnit> per;
};
[[nodiscard]] std::optional<UseLimit> read_use_limit(Reader& reader, const Place& place, bool may_be_ever);

// plans.cpp
[[nodiscard]] PlanPolicy read_plans(Context& context, const Place& place);
/// Names of plans, a bit for each.
[[nodiscard]] std::uint32_t read_plan_mask(Context& context, const Place& place);
/// A tier above the base.
[[nodiscard]] std::optional<TierRank> read_tier_rank(Context& context, const Place& place);

// stages.cpp
[[nodiscard]] std::vector<Stage> read_stages(Context& context, const Place& place);

// points.cpp
[[nodiscard]] PointsPolicy read_points(Context& context, const Place& place);
[[nodiscard]] GrowthPolicy read_growth(Context& context, const Place& place);

// expiry.cpp
[[nodiscard]] Expiry read_expiry(Reader& reader, const Place& place);

// settlement.cpp
[[nodiscard]] Settlement read_settlement(Reader& reader, const Place& place);

// coupons.cpp
[[nodiscard]] CouponPolicy read_coupons(Context& context, const Place& place);

// coupon_terms.cpp
/// What a coupon takes off or gives: exactly one of its kinds, with the keys that belong to it.
void read_coupon_kind(Context& context, const Section& section, const CouponPolicy& known, CouponTemplate& coupon);
/// `claim`; the code is none of those that `known` has.
[[nodiscard]] std::optional<Claim> read_claim(Reader& reader, const Place& place, const CouponPolicy& known);
/// `stock` of a coupon whose kind has been read.
[[nodiscard]] CouponStock read_stock(Context& context, const Place& place, const CouponTemplate& coupon);
void read_stacking(Reader& reader, const Place& place, CouponPolicy& policy);

// coupon_times.cpp
[[nodiscard]] Validity read_validity(Reader& reader, const Place& place);
[[nodiscard]] std::optional<DayTimes> read_day_times(Reader& reader, const Place& place);
/// `pass_on` of a coupon: how many hours a friend has to take it.
[[nodiscard]] std::optional<std::int32_t> read_pass_on(Reader& reader, const Place& place);
/// `remind` of a coupon that is valid so long.
[[nodiscard]] std::optional<std::int32_t> read_reminder(Reader& reader, const Place& place, const Validity& valid);

// coupon_packs.cpp
/// Coupons of a list, each with its place; names of packs stand for all that is in them.
struct PlacedItem {
    Place place;
    CouponPack::Item item;
};
[[nodiscard]] std::vector<PlacedItem> read_coupon_items(Reader& reader, const Place& place, const CouponPolicy& policy);
void read_packs(Reader& reader, const Place& place, CouponPolicy& policy);

// grants.cpp
[[nodiscard]] std::vector<Grant> read_grants(Context& context, const Place& place, const CouponPolicy& coupons);


// grant_fields.cpp
/// What must be known before `on: profile_complete` gives something.
[[nodiscard]] std::vector<std::string> read_grant_fields(const Context& context, const Place& place);

// activity_terms.cpp
inline constexpr std::int64_t count_max = 1'000'000'000;
/// A whole number from 1 to count_max under that key; nothing where there is none.
[[nodiscard]] std::optional<std::int64_t> read_count(const Section& section, std::string_view key);
[[nodiscard]] Who read_who(Context& context, const Place& place);
[[nodiscard]] Opening read_opening(Reader& reader, const Place& place);
[[nodiscard]] MemberLimit read_member_limit(Reader& reader, const Place& place);
[[nodiscard]] Stock read_shared_stock(Reader& reader, const Place& place);
/// Whether what is given comes with an event of the member, or by the passing of time (settlement, deadlines), when the
/// shares of all members in a stock are not at hand.
enum class RewardComes : std::uint8_t { with_event, with_time };
[[nodiscard]] Reward read_reward(Context& context, const Place& place, const CouponPolicy& coupons, RewardComes comes);

// activities.cpp
[[nodiscard]] std::vector<Activity> read_activities(Context& context, const Place& place,
                                                    const CouponPolicy& coupons);
/// Complains of rewards that give turns of what has none.
void check_turns(Context& context, const std::vector<Activity>& activities);

// check_in.cpp
[[nodiscard]] CheckIn read_check_in(Context& context, const Place& place, const CouponPolicy& coupons);

// draw.cpp
[[nodiscard]] Draw read_draw(Context& context, const Place& place, const CouponPolicy& coupons);

// collection.cpp
[[nodiscard]] Collection read_collection(Context& context, const Place& place, const CouponPolicy& coupons);

// questionnaire.cpp
[[nodiscard]] Questionnaire read_questionnaire(Context& context, const Place& place, const CouponPolicy& coupons);

// visits.cpp
[[nodiscard]] Behaviour read_behaviour(Context& context, const Place& place, const CouponPolicy& coupons);
[[nodiscard]] StoreVisit read_store_visit(Context& context, const Place& place, const CouponPolicy& coupons);
[[nodiscard]] Trial read_trial(Context& context, const Place& place, const CouponPolicy& coupons);

// mall.cpp
[[nodiscard]] MallPolicy read_mall(Context& context, const Place& place, const CouponPolicy& coupons);

// promotions.cpp
[[nodiscard]] PromotionPolicy read_promotions(Context& context, const Place& place, const CouponPolicy& coupons);

// reviews.cpp
[[nodiscard]] ReviewPolicy read_product_reviews(Context& context, const Place& place);

// referral.cpp
[[nodiscard]] ReferralPolicy read_referral(Context& context, const Place& place, const CouponPolicy& coupons);

// identity.cpp
[[nodiscard]] IdentityPolicy read_identity(Context& context, const Place& place);
[[nodiscard]] ProfilePolicy read_profile(Reader& reader, const Place& place);

// stored_value.cpp
[[nodiscard]] StoredValuePolicy read_stored_value(const Context& context, const Place& place);

// checkout.cpp
[[nodiscard]] CheckoutPolicy read_checkout(Reader& reader, const Place& place, const PointsPolicy& points);

}  // namespace regulars::programme
