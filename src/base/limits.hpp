// Every size has a name here, and is checked before memory is taken.
#pragma once

#include <cstddef>
#include <cstdint>

namespace regulars::limits {

/// Largest amount of one line, order, payment or top-up, in minor units: ten thousand million of the major unit.
inline constexpr std::int64_t amount_minor_max = 1'000'000'000'000;
/// Largest number of points or growth in one grant, adjustment or redemption.
inline constexpr std::int64_t points_max = 1'000'000'000'000;
/// Largest quantity of one order line; completejourney's fuel lines hold tens of thousands of units.
inline constexpr std::int64_t quantity_max = 1'000'000'000;

inline constexpr std::size_t order_lines_max = 2'000;
inline constexpr std::size_t open_orders_max = 5'000;
inline constexpr std::size_t parked_events_max = 100;
inline constexpr std::size_t lots_max = 20'000;
inline constexpr std::size_t attributes_max = 200;
/// Coupons in one wallet, and reservations of one member.
inline constexpr std::size_t coupons_max = 500;
inline constexpr std::size_t holds_max = 20;
/// Coupons that one event can bring, for example by a pack.
inline constexpr std::size_t coupons_per_event_max = 100;
/// Coupons that are named in one basket or order.
inline constexpr std::size_t coupons_per_order_max = 5;
inline constexpr std::int32_t hold_minutes_max = 7 * 24 * 60;

/// Answers of one questionnaire, pictures of one review, marks (devices, addresses) of one member.
inline constexpr std::size_t questions_max = 50;
inline constexpr std::size_t pictures_max = 9;
inline constexpr std::size_t marks_max = 20;
/// Activities, prizes or pieces of one, items of the mall and promotions of one programme.
inline constexpr std::size_t activities_max = 100;
inline constexpr std::size_t prizes_max = 100;
inline constexpr std::size_t mall_items_max = 1'000;
inline constexpr std::size_t promotions_max = 500;
/// Local days of check-ins that a member's calendar goes back.
inline constexpr std::size_t check_in_days_max = 100;
/// Of one member: friends brought, groups led at a time, redemptions under way, reviewed products that count.
inline constexpr std::size_t friends_max = 1'000;
inline constexpr std::size_t groups_max = 20;
inline constexpr std::size_t group_size_max = 100;
inline constexpr std::size_t redemptions_max = 500;
inline constexpr std::size_t reviewed_products_max = 2'000;
/// Of one day or activity: subjects of behaviour, orders that were told about.
inline constexpr std::size_t subjects_max = 200;

/// An identifier from outside: order id, customer id, SKU.
inline constexpr std::size_t id_size_max = 128;
/// Any other text from outside: reason, attribute value.
inline constexpr std::size_t text_size_max = 1'000;

inline constexpr std::size_t programme_file_size_max = 1 << 20;
inline constexpr std::size_t tiers_max = 32;
inline constexpr std::size_t earning_rules_max = 200;
inline constexpr std::size_t price_kinds_max = 32;
inline constexpr std::size_t coupon_templates_max = 500;
inline constexpr std::size_t coupon_packs_max = 100;
inline constexpr std::size_t grants_max = 100;

inline constexpr std::size_t rule_size_max = 10'000;
inline constexpr std::size_t rule_depth_max = 64;

}  // namespace regulars::limits
