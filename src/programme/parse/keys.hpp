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

inline constexpr Words<25> programme{"name", "title", "version", "currency", "time_zone", "price_kinds", "counters",
                                     "settlement", "tiers", "points", "growth", "coupons", "grants", "checkout",
                                     "stored_value", "benefits", "stages", "plans", "identity", "profile", "activities",
                                     "product_reviews", "referral", "mall", "promotions"};
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
inline constexpr Words<4> free_shipping{"code", "title", "except", "limit"};
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
inline constexpr Words<3> coupons{"templates", "packs", "stacking"};
inline constexpr Words<28> coupon{"name", "title", "amount_off", "percent_off", "free_shipping", "gift", "exchange",
                                  "trial", "at_most", "minimum", "for", "except", "tiers", "when", "times", "valid",
                                  "claim", "stock", "group", "alone", "with_tier_price", "remind", "on_return",
                                  "invitation", "partner", "stages", "plans", "pass_on"};
inline constexpr Words<14> benefit{"name", "title",   "kind", "tiers", "plans", "when",  "limit", "at_most",
                                   "cost", "for",     "except", "from", "until", "staff"};
inline constexpr Words<2> benefit_limit{"count", "per"};
inline constexpr Words<18> plan{"name", "title", "price", "period", "trial", "grace", "remind", "tiers", "when",
                                "refund", "full_refund", "tier", "with_tier", "points_multiplier", "discounts",
                                "free_shipping", "cashback", "order_flags"};
inline constexpr Words<2> plan_trial{"period", "price"};
inline constexpr Words<2> tier_card{"name", "for"};
inline constexpr Words<3> stage{"name", "title", "when"};
inline constexpr Words<1> coupon_price{"price"};
inline constexpr Words<2> coupon_times{"from", "until"};
inline constexpr Words<3> coupon_valid{"hours", "from", "until"};
inline constexpr Words<1> coupon_remind{"hours"};
inline constexpr Words<5> claim{"points", "code", "codes", "from", "until"};
inline constexpr Words<5> stock{"total", "per_day", "budget", "per_member", "per_member_day"};
inline constexpr Words<3> pack{"name", "title", "coupons"};
inline constexpr Words<3> pack_item{"coupon", "count", "valid"};
inline constexpr Words<2> stacking{"per_order", "order"};
inline constexpr Words<10> grant{"code",   "title",   "on",    "tiers", "when",
                                 "points", "coupons", "plans", "tier",  "fields"};
inline constexpr Words<5> who{"tiers", "plans", "stages", "registered", "when"};
inline constexpr Words<5> opening{"dates", "weekdays", "member_days", "times", "birthday"};
inline constexpr Words<2> member_limit{"per_day", "total"};
inline constexpr Words<2> shared_stock{"total", "per_day"};
inline constexpr Words<7> reward{"points", "cashback", "coupons", "tier", "goods", "cost", "turns"};
inline constexpr Words<2> reward_turns{"of", "count"};
inline constexpr Words<12> activity{"name", "title", "who", "open", "limit", "check_in", "draw", "collection",
                                    "questionnaire", "behaviour", "store_visit", "trial"};
inline constexpr Words<5> check_in{"daily", "steps", "cycle", "make_up", "freezes"};
inline constexpr Words<2> check_in_step{"days", "reward"};
inline constexpr Words<4> make_up{"days", "per_month", "points", "coupon"};
inline constexpr Words<3> freezes{"most", "points", "per_step"};
inline constexpr Words<6> draw{"prizes", "price", "free_per_day", "turns_max", "per_order", "pity"};
inline constexpr Words<7> prize{"name", "title", "reward", "weight", "stock", "per_member", "rare"};
inline constexpr Words<2> turns_per_order{"count", "at_least"};
inline constexpr Words<6> collection{"kinds", "steps", "free_per_day", "turns_max", "per_friend", "passable"};
inline constexpr Words<4> piece_kind{"name", "title", "weight", "stock"};
inline constexpr Words<5> collection_step{"name", "title", "kinds", "reward", "stock"};
inline constexpr Words<3> questionnaire{"questions", "about_orders", "reward"};
inline constexpr Words<8> question{"name", "title", "kind", "choices", "at_least", "at_most", "required", "attribute"};
inline constexpr Words<1> about_orders{"within"};
inline constexpr Words<2> behaviour{"reward", "distinct"};
inline constexpr Words<2> store_visit{"stores", "reward"};
inline constexpr Words<2> store_code{"name", "code"};
inline constexpr Words<7> trial{"product", "cost", "price", "seats", "choose", "report_within", "reward"};
inline constexpr Words<6> product_reviews{"invite", "open", "text_min", "reward", "with_picture", "per_order"};
inline constexpr Words<2> review_reward{"points", "cashback"};
inline constexpr Words<10> referral{"friend_registers", "newcomer_registers", "friend_orders", "newcomer_orders",
                                    "order_at_least", "within", "steps", "friends_max", "friends_per_day",
                                    "review_same_device"};
inline constexpr Words<2> referral_step{"friends", "reward"};
inline constexpr Words<12> mall_item{"name", "title", "goods", "coupon", "price", "windows", "who", "open", "limit",
                                     "stock", "cancellable", "only_in_windows"};
inline constexpr Words<4> mall_goods{"product", "category", "price_kind", "cost"};
inline constexpr Words<2> mall_price{"points", "money"};
inline constexpr Words<6> mall_window{"name", "title", "open", "who", "price", "stock"};
inline constexpr Words<14> promotion{"name", "title", "kind", "price", "off", "for", "except", "who", "open", "stock",
                                     "limit", "with_tier_price", "with_coupons", "group"};
inline constexpr Words<3> promotion_group{"size", "hours", "leader"};
inline constexpr Words<3> identity{"country", "cards", "invitations"};
inline constexpr Words<2> cards{"prefix", "digits"};
inline constexpr Words<8> card_invitation{"code", "title", "at_least", "channels", "from", "until", "times", "when"};
inline constexpr Words<2> profile{"attributes", "birthday_changes"};
inline constexpr Words<6> attribute{"name", "title", "kind", "choices", "at_least", "at_most"};
inline constexpr Words<3> checkout{"points", "hold", "refund_first"};
inline constexpr Words<3> checkout_points{"minimum", "step", "at_most"};
inline constexpr Words<6> stored_value{"offers", "top_up", "limit", "use", "refund", "expiry"};
inline constexpr Words<2> top_up_offer{"pay", "get"};
inline constexpr Words<2> top_up{"at_least", "at_most"};
inline constexpr Words<2> balance_expiry{"after", "purses"};

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
    KeySet{"coupons", keys::coupons},
    KeySet{"coupon", keys::coupon},
    KeySet{"benefit", keys::benefit},
    KeySet{"benefit_limit", keys::benefit_limit},
    KeySet{"stage", keys::stage},
    KeySet{"plan", keys::plan},
    KeySet{"plan_trial", keys::plan_trial},
    KeySet{"tier_card", keys::tier_card},
    KeySet{"coupon_price", keys::coupon_price},
    KeySet{"coupon_times", keys::coupon_times},
    KeySet{"coupon_valid", keys::coupon_valid},
    KeySet{"coupon_remind", keys::coupon_remind},
    KeySet{"claim", keys::claim},
    KeySet{"stock", keys::stock},
    KeySet{"pack", keys::pack},
    KeySet{"pack_item", keys::pack_item},
    KeySet{"stacking", keys::stacking},
    KeySet{"grant", keys::grant},
    KeySet{"who", keys::who},
    KeySet{"opening", keys::opening},
    KeySet{"member_limit", keys::member_limit},
    KeySet{"shared_stock", keys::shared_stock},
    KeySet{"reward", keys::reward},
    KeySet{"reward_turns", keys::reward_turns},
    KeySet{"activity", keys::activity},
    KeySet{"check_in", keys::check_in},
    KeySet{"check_in_step", keys::check_in_step},
    KeySet{"make_up", keys::make_up},
    KeySet{"freezes", keys::freezes},
    KeySet{"draw", keys::draw},
    KeySet{"prize", keys::prize},
    KeySet{"turns_per_order", keys::turns_per_order},
    KeySet{"collection", keys::collection},
    KeySet{"piece_kind", keys::piece_kind},
    KeySet{"collection_step", keys::collection_step},
    KeySet{"questionnaire", keys::questionnaire},
    KeySet{"question", keys::question},
    KeySet{"about_orders", keys::about_orders},
    KeySet{"behaviour", keys::behaviour},
    KeySet{"store_visit", keys::store_visit},
    KeySet{"store_code", keys::store_code},
    KeySet{"trial", keys::trial},
    KeySet{"product_reviews", keys::product_reviews},
    KeySet{"review_reward", keys::review_reward},
    KeySet{"referral", keys::referral},
    KeySet{"referral_step", keys::referral_step},
    KeySet{"mall_item", keys::mall_item},
    KeySet{"mall_goods", keys::mall_goods},
    KeySet{"mall_price", keys::mall_price},
    KeySet{"mall_window", keys::mall_window},
    KeySet{"promotion", keys::promotion},
    KeySet{"promotion_group", keys::promotion_group},
    KeySet{"identity", keys::identity},
    KeySet{"cards", keys::cards},
    KeySet{"card_invitation", keys::card_invitation},
    KeySet{"profile", keys::profile},
    KeySet{"attribute", keys::attribute},
    KeySet{"checkout", keys::checkout},
    KeySet{"checkout_points", keys::checkout_points},
    KeySet{"stored_value", keys::stored_value},
    KeySet{"top_up_offer", keys::top_up_offer},
    KeySet{"top_up", keys::top_up},
    KeySet{"balance_expiry", keys::balance_expiry},
};

}  // namespace regulars::programme
