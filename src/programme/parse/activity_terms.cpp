// The terms that activities, the mall and promotions share: who, when, how often, how many, and what is given.
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr Choices<Opening::Birthday, 2> birthday_choices{
    {{"day", Opening::Birthday::day}, {"month", Opening::Birthday::month}}};

// What says nothing would mean "everything" to the engine, and perhaps "nothing" to whoever wrote it.
void complain_if_empty(Reader& reader, const Place& place, Keys keys) {
    if (place.is_mapping() && place.node->entries.empty())
        reader.complain(place, {"this says nothing; leave it out", listed(keys)});
}

void read_tier_card(Context& context, const Place& place, Reward& reward) {
    const Section section(context.reader, place, keys::tier_card);
    const auto name = section.require("name", "a tier above the base");
    const auto length = section.require("for", "how long it holds, such as 30 days");
    const auto span = length ? read_span(context.reader, *length) : std::nullopt;
    if (name && span) {
        reward.tier = read_tier_rank(context, *name);
        reward.tier_for = *span;
    }
}

void read_turns(Context& context, const Place& place, Reward& reward) {
    const Section section(context.reader, place, keys::reward_turns);
    if (const auto of = section.require("of", "the name of a draw or a collection")) {
        reward.turns_of = read_name(context.reader, *of).value_or("");
        if (!reward.turns_of.empty()) context.turns_of.push_back(*of);
    }
    reward.turns = read_count(section, "count").value_or(1);
}

}  // namespace

std::optional<std::int64_t> read_count(const Section& section, std::string_view key) {
    const auto place = section.find(key);
    return place ? read_integer(section.reader(), *place, 1, count_max) : std::nullopt;
}

Who read_who(Context& context, const Place& place) {
    const Section section(context.reader, place, keys::who);
    complain_if_empty(context.reader, place, keys::who);
    Who who;
    if (const auto tiers = section.find("tiers")) who.tiers = read_tier_mask(context, *tiers);
    if (const auto plans = section.find("plans")) who.plans = read_plan_mask(context, *plans);
    if (const auto stages = section.find("stages"))
        who.stages = read_mask(context.reader, *stages, context.stage_names, "stage");
    if (const auto registered = section.find("registered"))
        who.registered = read_boolean(context.reader, *registered).value_or(false);
    if (const auto when = section.find("when")) who.when = read_condition(context, *when, Sight::member);
    return who;
}

Opening read_opening(Reader& reader, const Place& place) {
    const Section section(reader, place, keys::opening);
    complain_if_empty(reader, place, keys::opening);
    Opening opening;
    if (const auto dates = section.find("dates"))
        for (const Place& item : dates->is_mapping() ? std::vector{*dates} : one_or_more(reader, *dates, list_size_max))
            if (const auto range = read_dates(reader, item)) opening.dates.push_back(*range);
    if (const auto days = section.find("weekdays")) opening.weekdays = read_weekdays(reader, *days);
    if (const auto days = section.find("member_days"))
        for (const Place& item : one_or_more(reader, *days, list_size_max))
            if (const auto day = read_month_day(reader, item, true)) opening.member_days.push_back(*day);
    if (const auto times = section.find("times")) opening.times = read_day_times(reader, *times);
    if (const auto birthday = section.find("birthday"))
        opening.birthday = read_choice(reader, *birthday, birthday_choices).value_or(Opening::Birthday::any);
    for (const Entry& entry : place.node->entries)
        if (entry.value.kind == Node::Kind::list && entry.value.items.empty())
            reader.complain(member_of(place, entry), {"the list is empty", "at least one item"});
    return opening;
}

MemberLimit read_member_limit(Reader& reader, const Place& place) {
    const Section section(reader, place, keys::member_limit);
    complain_if_empty(reader, place, keys::member_limit);
    return {read_count(section, "per_day"), read_count(section, "total")};
}

Stock read_shared_stock(Reader& reader, const Place& place) {
    const Section section(reader, place, keys::shared_stock);
    complain_if_empty(reader, place, keys::shared_stock);
    return {read_count(section, "total"), read_count(section, "per_day")};
}

Reward read_reward(Context& context, const Place& place, const CouponPolicy& coupons, RewardComes comes) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::reward);
    Reward reward;
    if (const auto points = section.find("points"))
        reward.points = Points(read_integer(reader, *points, 1, limits::points_max).value_or(0));
    if (const auto cashback = section.find("cashback"))
        reward.cashback = read_money(reader, *cashback, context.minor_digits).value_or(Money());
    if (const auto list = section.find("coupons"))
        for (const PlacedItem& one : read_coupon_items(reader, *list, coupons)) {
            const CouponTemplate& coupon = coupons.templates[one.item.coupon];
            if (comes == RewardComes::with_time &&
                (coupon.stock.shared() || coupon.kind == CouponTemplate::Kind::partner))
                reader.complain(one.place, {"the stock of " + coupon.name + " is shared by all members, who are not "
                                            "counted when this comes by the passing of time",
                                            "a stock with per_member limits only"});
            reward.coupons.push_back(one.item);
        }
    if (const auto tier = section.find("tier")) read_tier_card(context, *tier, reward);
    if (const auto goods = section.find("goods"))
        reward.goods = read_text(reader, *goods, limits::id_size_max).value_or("");
    if (const auto cost = section.find("cost")) {
        reward.cost = read_money(reader, *cost, context.minor_digits).value_or(Money());
        if (!section.find("goods")) reader.complain(*cost, {"only goods have a cost of their own", "goods beside it"});
    }
    if (const auto turns = section.find("turns")) read_turns(context, *turns, reward);
    complain_if_empty(reader, place, keys::reward);
    return reward;
}

}  // namespace regulars::programme
