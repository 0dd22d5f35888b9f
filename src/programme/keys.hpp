// Every key that the programme file knows, by the kind of mapping it stands in. The parser refuses others, suggests
// from these, and a test holds the JSON Schema (programmes/programme.schema.json, one definition per set) to them.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace regulars::programme {

using Keys = std::span<const std::string_view>;

namespace keys {

template <std::size_t count>
using Words = std::array<std::string_view, count>;

inline constexpr Words<11> programme{"name",     "title",      "version", "currency", "time_zone", "price_kinds",
                                     "counters", "settlement", "tiers",   "points",   "growth"};
inline constexpr Words<2> title{"en", "zh"};
inline constexpr Words<2> counter{"metric", "window"};
inline constexpr Words<4> window{"rolling_days", "rolling_months", "calendar", "length"};
inline constexpr Words<2> settlement{"after_shipping", "after_delivery"};
inline constexpr Words<8> tiers{"metric", "window", "upgrade", "step", "reset_on_change", "review", "shares", "ladder"};
inline constexpr Words<12> tier{"name",      "title",         "enter",    "keep",
                                "period",    "at_end",        "grace",    "points_multiplier",
                                "discounts", "free_shipping", "cashback", "order_flags"};
inline constexpr Words<1> period{"calendar"};
inline constexpr Words<6> discount{"code", "title", "rate", "for", "except", "margin_floor"};
inline constexpr Words<3> free_shipping{"code", "title", "except"};
inline constexpr Words<6> cashback{"code", "title", "rate", "for", "except", "rounding"};
inline constexpr Words<10> match{"price_kinds", "categories", "products",    "channels", "stores",
                                 "weekdays",    "dates",      "member_days", "tender",   "when"};
inline constexpr Words<3> exception{"price_kinds", "categories", "products"};
inline constexpr Words<2> date_range{"first", "last"};
inline constexpr Words<10> points{"rules",
                                  "multipliers",
                                  "rounding",
                                  "per",
                                  "caps",
                                  "on_registration",
                                  "expiry",
                                  "refund_after_spent",
                                  "partial_return_renews",
                                  "value"};
inline constexpr Words<7> earning_rule{"code", "title", "rate", "per", "amount", "for", "except"};
inline constexpr Words<5> multiplier{"code", "title", "factor", "for", "except"};
inline constexpr Words<3> caps{"order", "day", "month"};
inline constexpr Words<7> expiry{"after", "end_of", "plus", "date", "month_day", "years_ahead", "rolling"};
inline constexpr Words<3> growth{"rules", "per_order", "rounding"};

}  // namespace keys

/// A set of keys under its name in the JSON Schema ("tier" is "#/$defs/tier"; "programme" is the whole file).
struct KeySet {
    std::string_view name;
    Keys keys;
};

inline constexpr std::array key_sets{
    KeySet{"programme", keys::programme},
    KeySet{"title", keys::title},
    KeySet{"counter", keys::counter},
    KeySet{"window", keys::window},
    KeySet{"settlement", keys::settlement},
    KeySet{"tiers", keys::tiers},
    KeySet{"tier", keys::tier},
    KeySet{"period", keys::period},
    KeySet{"discount", keys::discount},
    KeySet{"free_shipping", keys::free_shipping},
    KeySet{"cashback", keys::cashback},
    KeySet{"match", keys::match},
    KeySet{"exception", keys::exception},
    KeySet{"date_range", keys::date_range},
    KeySet{"points", keys::points},
    KeySet{"earning_rule", keys::earning_rule},
    KeySet{"multiplier", keys::multiplier},
    KeySet{"caps", keys::caps},
    KeySet{"expiry", keys::expiry},
    KeySet{"growth", keys::growth},
};

}  // namespace regulars::programme
