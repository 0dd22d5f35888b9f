#include <algorithm>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::int64_t turns_most = 1'000'000;

std::string read_prize_name(Reader& reader, const Section& section, const std::vector<Prize>& known) {
    const auto place = section.require("name", "a name such as umbrella or thanks");
    const auto name = place ? read_name(reader, *place) : std::nullopt;
    if (name && std::any_of(known.begin(), known.end(), [&](const Prize& prize) { return prize.name == *name; }))
        reader.complain(*place, {"the name stands twice in this list", "another name"});
    return name.value_or("");
}

Prize read_prize(Context& context, const Place& place, const CouponPolicy& coupons, const std::vector<Prize>& known) {
    const Section section(context.reader, place, keys::prize);
    Prize prize;
    prize.name = read_prize_name(context.reader, section, known);
    prize.title = read_title_or(section, prize.name);
    prize.weight = read_count(section, "weight").value_or(1);
    if (const auto reward = section.find("reward"))
        prize.reward = read_reward(context, *reward, coupons, RewardComes::with_event);
    if (const auto stock = section.find("stock")) prize.stock = read_shared_stock(context.reader, *stock);
    prize.per_member = read_count(section, "per_member");
    if (const auto rare = section.find("rare")) prize.rare = read_boolean(context.reader, *rare).value_or(false);
    return prize;
}

// Somebody must get something when everything else is gone.
void check_prizes(Reader& reader, const Place& place, const std::vector<Prize>& prizes) {
    if (!place.is_list()) return;
    const auto never_ends = [](const Prize& prize) {
        return !prize.stock.limited() && !prize.per_member && !prize.rare;
    };
    if (place.node->items.empty()) {
        reader.complain(place, {"the list is empty", "at least one prize"});
    } else if (!prizes.empty() && std::none_of(prizes.begin(), prizes.end(), never_ends)) {
        reader.complain_at(place.node->offset, place.path,
                           {"every prize can run out, and then a turn would bring nothing",
                            "one prize without stock, per_member and rare, such as {name: thanks}"},
                           {});
    }
}

void read_orders_turns(Context& context, const Place& place, Draw& draw) {
    const Section section(context.reader, place, keys::turns_per_order);
    if (section.require("count", "how many turns an order brings"))
        draw.turns_per_order = read_count(section, "count").value_or(1);
    if (const auto least = section.find("at_least"))
        draw.turn_order_at_least = read_money(context.reader, *least, context.minor_digits).value_or(Money());
}

void read_pity(Reader& reader, const Place& place, Draw& draw) {
    draw.pity = read_integer(reader, place, 1, turns_most);
    if (std::none_of(draw.prizes.begin(), draw.prizes.end(), [](const Prize& prize) { return prize.rare; }))
        reader.complain(place, {"no prize is rare", "rare: true on the prizes that it is about"});
}

}  // namespace

Draw read_draw(Context& context, const Place& place, const CouponPolicy& coupons) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::draw);
    Draw draw;
    if (const auto prizes = section.require("prizes", "such as [{name: thanks}]")) {
        for (const Place& item : items_of(reader, *prizes, limits::prizes_max))
            draw.prizes.push_back(read_prize(context, item, coupons, draw.prizes));
        check_prizes(reader, *prizes, draw.prizes);
    }
    if (const auto price = section.find("price"))
        draw.price = Points(read_integer(reader, *price, 1, limits::points_max).value_or(0));
    if (const auto free = section.find("free_per_day"))
        draw.free_per_day = read_integer(reader, *free, 1, turns_most).value_or(0);
    if (const auto most = section.find("turns_max"))
        draw.turns_max = read_integer(reader, *most, 1, turns_most).value_or(draw.turns_max);
    if (const auto orders = section.find("per_order")) read_orders_turns(context, *orders, draw);
    if (const auto pity = section.find("pity")) read_pity(reader, *pity, draw);
    return draw;
}

}  // namespace regulars::programme
