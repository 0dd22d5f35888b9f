// The names that rules may read, and the slots of the frame in which the engine hands their values over.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "programme/programme.hpp"
#include "rule/schema.hpp"

namespace regulars::programme {

/// Fixed slots, in the order in which `names` adds them. Amounts are minor units. Counters follow from `counters` on.
enum class Slot : std::uint16_t {
    member_tier,           ///< text: the tier's name
    member_tier_rank,      ///< int: 0 is the base
    member_growth,         ///< int
    member_points,         ///< int: available
    member_balance,        ///< int: all purses
    member_orders,         ///< int: settled, ever
    member_spend,          ///< int: settled, ever
    member_tenure_days,    ///< int: local days since registration
    member_registered_at,  ///< timestamp
    member_birth_month,    ///< int, missing when unknown
    member_birth_day,      ///< int, missing when unknown
    member_gender,         ///< text, missing when unknown
    member_region,         ///< text, missing when unknown
    member_tags,           ///< list of text
    member_attributes,     ///< map of text to text
    member_plans,          ///< list of text: the plans held
    member_stage,          ///< text, missing where the programme has no stages
    member_last_order_at,  ///< timestamp, missing where there was none
    order_amount,          ///< int: sum of the lines
    order_list_amount,     ///< int
    order_shipping_fee,    ///< int
    order_lines,           ///< int: how many
    order_quantity,        ///< int: all lines
    order_channel,         ///< text, missing when unknown
    order_store,           ///< text, missing when unknown
    line_sku,              ///< text, missing when unknown
    line_product,          ///< text, missing when unknown
    line_category,         ///< text, missing when unknown
    line_price_kind,       ///< text
    line_tender,           ///< text: "gift_card" or "other"
    line_quantity,         ///< int
    line_unit_price,       ///< int: amount / quantity, rounded down
    line_amount,           ///< int
    line_list_amount,      ///< int
    line_cost,             ///< int, missing when unknown
    now,                   ///< timestamp of the event
    counters               ///< the first counter's slot
};

/// The schema for the rules of a programme with these counters: the fixed names, then member.<counter> for each.
/// Where the tiers' names, the price kinds and the stages' names are given, a rule that compares with another text is
/// refused.
[[nodiscard]] rule::Schema names(const std::vector<Counter>& counters, const std::vector<std::string>& tier_names = {},
                                 const std::vector<std::string>& price_kinds = {},
                                 const std::vector<std::string>& stage_names = {});

}  // namespace regulars::programme
