// Kinds of activities that say little: behaviour, visits to stores, trials.
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::size_t stores_max = 5'000;
constexpr std::size_t code_size_min = 4;
constexpr Choices<Trial::Choose, 3> choose_choices{
    {{"first", Trial::Choose::first}, {"draw", Trial::Choose::draw}, {"by_hand", Trial::Choose::by_hand}}};

Reward require_reward(Context& context, const Section& section, const CouponPolicy& coupons) {
    const auto reward = section.require("reward", "what it brings, such as {points: 5}");
    return reward ? read_reward(context, *reward, coupons, RewardComes::with_event) : Reward();
}

void read_store(Reader& reader, const Place& place, std::map<std::string, std::string>& codes) {
    const Section section(reader, place, keys::store_code);
    const auto name = section.require("name", "the store, as orders name it");
    const auto code = section.require("code", "what hangs in the store, such as K7Q2M");
    const auto store = name ? read_text(reader, *name, limits::id_size_max) : std::nullopt;
    const auto text = code ? read_text(reader, *code, limits::id_size_max) : std::nullopt;
    if (text && text->size() < code_size_min)
        reader.complain(*code, {"this is too easy to guess", "at least " + std::to_string(code_size_min) +
                                                                 " characters"});
    if (store && text && !codes.emplace(*store, *text).second)
        reader.complain(*name, {"the store stands twice in this list", "each once"});
}

}  // namespace

Behaviour read_behaviour(Context& context, const Place& place, const CouponPolicy& coupons) {
    const Section section(context.reader, place, keys::behaviour);
    Behaviour terms;
    terms.reward = require_reward(context, section, coupons);
    if (const auto distinct = section.find("distinct"))
        terms.distinct = read_boolean(context.reader, *distinct).value_or(true);
    return terms;
}

StoreVisit read_store_visit(Context& context, const Place& place, const CouponPolicy& coupons) {
    const Section section(context.reader, place, keys::store_visit);
    StoreVisit terms;
    if (const auto stores = section.require("stores", "such as [{name: harbour, code: K7Q2M}]")) {
        for (const Place& item : items_of(context.reader, *stores, stores_max))
            read_store(context.reader, item, terms.codes);
        if (stores->is_list() && stores->node->items.empty())
            context.reader.complain(*stores, {"the list is empty", "at least one store"});
    }
    terms.reward = require_reward(context, section, coupons);
    return terms;
}

Trial read_trial(Context& context, const Place& place, const CouponPolicy& coupons) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::trial);
    Trial terms;
    if (const auto product = section.require("product", "what is tried out"))
        terms.product = read_text(reader, *product, limits::id_size_max).value_or("");
    if (const auto cost = section.find("cost"))
        terms.cost = read_money(reader, *cost, context.minor_digits).value_or(Money());
    if (const auto price = section.find("price"))
        terms.price = Points(read_integer(reader, *price, 1, limits::points_max).value_or(0));
    if (section.require("seats", "how many are chosen")) terms.seats = read_count(section, "seats").value_or(1);
    if (const auto choose = section.find("choose"))
        terms.choose = read_choice(reader, *choose, choose_choices).value_or(terms.choose);
    if (const auto within = section.find("report_within"))
        terms.report_days = read_days(reader, *within).value_or(terms.report_days);
    if (const auto reward = section.find("reward"))
        terms.reward = read_reward(context, *reward, coupons, RewardComes::with_event);
    return terms;
}

}  // namespace regulars::programme
