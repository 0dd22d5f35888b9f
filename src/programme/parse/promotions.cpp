// `promotions`: prices for a time or for some.
#include <array>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::int64_t group_size_max = 100;
constexpr std::int64_t group_hours_max = 30 * 24;

constexpr Choices<Promotion::Kind, 4> kind_choices{{{"price", Promotion::Kind::price},
                                                    {"newcomer", Promotion::Kind::newcomer},
                                                    {"flash", Promotion::Kind::flash},
                                                    {"group", Promotion::Kind::group}}};
constexpr std::array<std::string_view, 2> prices{"price", "off"};

std::string read_promotion_name(Context& context, const Section& section, const PromotionPolicy& known) {
    const auto place = section.require("name", "the name by which order lines say at whose price they are");
    const auto name = place ? read_name(context.reader, *place) : std::nullopt;
    if (!name) return {};
    if (known.find(*name) != nullptr)
        context.reader.complain(*place, {"two promotions have one name", "another name"});
    else
        claim_code(context, *place, *name, "promotion");
    return *name;
}

void read_promotion_price(Context& context, const Section& section, Promotion& promotion) {
    Reader& reader = context.reader;
    const auto key = section.place().is_mapping() ? section.only_one_of(prices) : std::nullopt;
    if (!key) return;
    const Place place = *section.find(*key);
    if (*key == "off") {
        const auto rate = read_fraction(reader, place, {0, 1}, {1, 1});
        promotion.rate = rate.value_or(Fraction(1, 2));
        if (rate && (rate->is_zero() || *rate == Fraction(1, 1)))
            reader.complain(place,
                            {"this takes off nothing or everything", "more than 0 and less than 1, such as 20%"});
        return;
    }
    const auto price = read_money(reader, place, context.minor_digits);
    promotion.price = price.value_or(Money(1));
    if (price && (price->is_zero() || *price > Money(limits::amount_minor_max)))
        reader.complain(place, {"this is no price of a piece", "more than 0, and no more than an order may come to"});
}

void read_group(Context& context, const Place& place, const CouponPolicy& coupons, Promotion& promotion) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::promotion_group);
    const auto size = section.require("size", "how many members buy together, the one who opens the group among them");
    if (size)
        promotion.group_size = static_cast<std::int32_t>(read_integer(reader, *size, 2, group_size_max).value_or(2));
    if (const auto hours = section.find("hours"))
        promotion.group_hours =
            static_cast<std::int32_t>(read_integer(reader, *hours, 1, group_hours_max).value_or(1));
    if (const auto reward = section.find("leader"))
        promotion.leader_reward = read_reward(context, *reward, coupons, RewardComes::with_event);
}

// What each kind needs beside its price.
void check_kind(Reader& reader, const Section& section, const Promotion& promotion) {
    const auto kind = section.find("kind");
    const auto group = section.find("group");
    const bool is_group = promotion.kind == Promotion::Kind::group;
    if (kind && is_group && !group)
        reader.complain(*kind, {"this does not say how many buy together", "group beside it, such as {size: 3}"});
    if (kind && group && !is_group)
        reader.complain(*group, {"nobody buys together here", "kind: group beside it, or no group"});
    if (kind && promotion.kind == Promotion::Kind::flash && (!section.find("stock") || !section.find("open")))
        reader.complain(*kind, {"a flash sale has a stock and a time", "stock and open beside it, or kind: price"});
}

Promotion read_promotion(Context& context, const Place& place, const CouponPolicy& coupons,
                         const PromotionPolicy& known) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::promotion);
    Promotion promotion;
    promotion.name = read_promotion_name(context, section, known);
    promotion.title = read_title_or(section, promotion.name);
    if (const auto kind = section.require("kind", "price, newcomer, flash or group"))
        promotion.kind = read_choice(reader, *kind, kind_choices).value_or(Promotion::Kind::price);
    read_promotion_price(context, section, promotion);
    promotion.match = read_match(context, section.find("for"), section.find("except"));
    if (const auto who = section.find("who")) promotion.who = read_who(context, *who);
    if (const auto open = section.find("open")) promotion.opening = read_opening(reader, *open);
    if (const auto stock = section.find("stock")) promotion.stock = read_shared_stock(reader, *stock);
    if (const auto limit = section.find("limit")) promotion.limit = read_member_limit(reader, *limit);
    if (const auto with = section.find("with_tier_price"))
        promotion.with_tier_price = read_boolean(reader, *with).value_or(false);
    if (const auto with = section.find("with_coupons"))
        promotion.with_coupons = read_boolean(reader, *with).value_or(true);
    if (const auto group = section.find("group")) read_group(context, *group, coupons, promotion);
    if (place.is_mapping()) check_kind(reader, section, promotion);
    return promotion;
}

}  // namespace

PromotionPolicy read_promotions(Context& context, const Place& place, const CouponPolicy& coupons) {
    PromotionPolicy policy;
    for (const Place& item : items_of(context.reader, place, limits::promotions_max))
        policy.promotions.push_back(read_promotion(context, item, coupons, policy));
    return policy;
}

}  // namespace regulars::programme
