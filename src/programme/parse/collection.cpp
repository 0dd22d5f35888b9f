#include <algorithm>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::int64_t turns_most = 1'000'000;

template <class Named>
std::string read_own_name(Reader& reader, const Section& section, const std::vector<Named>& known,
                          std::string_view example) {
    const auto place = section.require("name", example);
    const auto name = place ? read_name(reader, *place) : std::nullopt;
    if (name && std::any_of(known.begin(), known.end(), [&](const Named& other) { return other.name == *name; }))
        reader.complain(*place, {"the name stands twice in this list", "another name"});
    return name.value_or("");
}

Collection::Kind read_piece(Reader& reader, const Place& place, const std::vector<Collection::Kind>& known) {
    const Section section(reader, place, keys::piece_kind);
    Collection::Kind kind;
    kind.name = read_own_name(reader, section, known, "a name such as red_flag");
    kind.title = read_title_or(section, kind.name);
    kind.weight = read_count(section, "weight").value_or(1);
    if (const auto stock = section.find("stock")) kind.stock = read_shared_stock(reader, *stock);
    return kind;
}

void check_pieces(Reader& reader, const Place& place, const std::vector<Collection::Kind>& kinds) {
    if (!place.is_list()) return;
    if (place.node->items.empty()) {
        reader.complain(place, {"the list is empty", "at least one kind of piece"});
    } else if (!kinds.empty() &&
               std::all_of(kinds.begin(), kinds.end(), [](const auto& kind) { return kind.stock.limited(); })) {
        reader.complain_at(place.node->offset, place.path,
                           {"every kind can run out, and then a turn would bring nothing",
                            "one kind without stock"}, {});
    }
}

Collection::Step read_step(Context& context, const Place& place, const CouponPolicy& coupons,
                           const Collection& known) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::collection_step);
    Collection::Step step;
    step.name = read_own_name(reader, section, known.steps, "a name such as first_gift");
    if (std::any_of(known.kinds.begin(), known.kinds.end(), [&](const auto& kind) { return kind.name == step.name; }))
        reader.complain(*section.find("name"), {"a kind of piece has this name", "another name"});
    step.title = read_title_or(section, step.name);
    const auto kinds = section.require("kinds", "how many different pieces");
    const auto count_of_kinds = static_cast<std::int64_t>(std::max<std::size_t>(known.kinds.size(), 1));
    if (kinds) step.kinds = read_integer(reader, *kinds, 1, count_of_kinds).value_or(0);
    if (kinds && step.kinds > 0 && !known.steps.empty() && step.kinds <= known.steps.back().kinds)
        reader.complain(*kinds, {"the steps ascend", "more than " + std::to_string(known.steps.back().kinds)});
    if (const auto reward = section.require("reward", "what it brings, such as {points: 100}"))
        step.reward = read_reward(context, *reward, coupons, RewardComes::with_event);
    if (const auto stock = section.find("stock")) step.stock = read_shared_stock(reader, *stock);
    return step;
}

}  // namespace

Collection read_collection(Context& context, const Place& place, const CouponPolicy& coupons) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::collection);
    Collection collection;
    if (const auto kinds = section.require("kinds", "such as [{name: red_flag}, {name: blue_flag}]")) {
        for (const Place& item : items_of(reader, *kinds, limits::prizes_max))
            collection.kinds.push_back(read_piece(reader, item, collection.kinds));
        check_pieces(reader, *kinds, collection.kinds);
    }
    if (const auto steps = section.require("steps", "such as [{name: all, kinds: 2, reward: {points: 100}}]")) {
        for (const Place& item : items_of(reader, *steps, limits::prizes_max))
            collection.steps.push_back(read_step(context, item, coupons, collection));
        if (steps->is_list() && steps->node->items.empty())
            reader.complain(*steps, {"the list is empty", "at least one step"});
    }
    if (const auto free = section.find("free_per_day"))
        collection.free_per_day = read_integer(reader, *free, 1, turns_most).value_or(0);
    if (const auto most = section.find("turns_max"))
        collection.turns_max = read_integer(reader, *most, 1, turns_most).value_or(collection.turns_max);
    collection.turns_per_friend = read_count(section, "per_friend").value_or(0);
    if (const auto passable = section.find("passable"))
        collection.passable = read_boolean(reader, *passable).value_or(false);
    return collection;
}

}  // namespace regulars::programme
