#include <algorithm>
#include <bit>
#include <utility>

#include "base/nearest.hpp"
#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr Choices<std::uint8_t, 7> weekday_choices{{{"monday", std::uint8_t{0}},
                                                    {"tuesday", std::uint8_t{1}},
                                                    {"wednesday", std::uint8_t{2}},
                                                    {"thursday", std::uint8_t{3}},
                                                    {"friday", std::uint8_t{4}},
                                                    {"saturday", std::uint8_t{5}},
                                                    {"sunday", std::uint8_t{6}}}};

constexpr Choices<Tender, 2> tender_choices{{{"gift_card", Tender::gift_card}, {"other", Tender::other}}};

// A bit for each price kind named.
std::uint32_t read_price_kinds(Context& context, const Place& place) {
    std::uint32_t mask = 0;
    for (const Place& item : one_or_more(context.reader, place, limits::price_kinds_max)) {
        const auto& kinds = context.price_kinds;
        const auto found = std::find(kinds.begin(), kinds.end(), item.node->text);
        if (!item.is_text() || found == kinds.end()) {
            context.reader.complain(
                item, {"there is no such price kind", listed(kinds), nearest(item.node->text, kinds).value_or("")});
        } else {
            mask |= 1U << static_cast<unsigned>(found - kinds.begin());
        }
    }
    return mask;
}

bool covers_all(const Context& context, std::uint32_t mask) {
    return static_cast<std::size_t>(std::popcount(mask)) == context.price_kinds.size();
}

void read_for(Context& context, const Place& place, Match& match) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::match);
    if (place.is_mapping() && place.node->entries.empty())
        reader.complain(place, {"this says nothing; leave it out to mean everything", listed(keys::match)});
    if (const auto kinds = section.find("price_kinds")) match.price_kinds = read_price_kinds(context, *kinds);
    if (const auto list = section.find("categories")) match.categories = read_texts(reader, *list, false);
    if (const auto list = section.find("products")) match.products = read_texts(reader, *list, false);
    if (const auto list = section.find("channels")) match.channels = read_texts(reader, *list, false);
    if (const auto list = section.find("stores")) match.stores = read_texts(reader, *list, false);
    if (const auto days = section.find("weekdays")) match.weekdays = read_weekdays(reader, *days);
    if (const auto dates = section.find("dates"))
        for (const Place& item : one_or_more(reader, *dates, list_size_max))
            if (const auto range = read_dates(reader, item)) match.dates.push_back(*range);
    if (const auto days = section.find("member_days"))
        for (const Place& item : one_or_more(reader, *days, list_size_max))
            if (const auto day = read_month_day(reader, item, true)) match.member_days.push_back(*day);
    if (const auto tender = section.find("tender")) match.tender = read_choice(reader, *tender, tender_choices);
    if (const auto when = section.find("when")) match.when = read_condition(context, *when, Sight::order_line);
    // An empty list would mean "all" to the engine, and "none" to whoever wrote it.
    for (const Entry& entry : place.node->entries)
        if (entry.value.kind == Node::Kind::list && entry.value.items.empty())
            reader.complain(member_of(place, entry), {"the list is empty", "at least one item"});
}

void read_exception(Context& context, const Place& place, Match& match) {
    const Section section(context.reader, place, keys::exception);
    if (place.is_mapping() && place.node->entries.empty())
        context.reader.complain(place, {"this says nothing; leave it out", listed(keys::exception)});
    if (const auto kinds = section.find("price_kinds")) {
        match.price_kinds &= ~read_price_kinds(context, *kinds);
        const std::uint32_t known = context.price_kinds.size() >= 32 ? ~0U : (1U << context.price_kinds.size()) - 1U;
        if ((match.price_kinds & known) == 0)
            context.reader.complain(*kinds, {"no price kind is left that this could apply to"});
    }
    if (const auto list = section.find("categories")) match.categories_not = read_texts(context.reader, *list, false);
    if (const auto list = section.find("products")) match.products_not = read_texts(context.reader, *list, false);
}

bool is_everything(const Match& match) {
    const bool any_line = match.price_kinds == ~0U && match.categories.empty() && match.categories_not.empty() &&
                          match.products.empty() && match.products_not.empty();
    const bool any_order = match.channels.empty() && match.stores.empty() && match.weekdays == 0x7f &&
                           match.dates.empty() && match.member_days.empty();
    return any_line && any_order && !match.tender && !match.when;
}

}  // namespace

std::uint8_t read_weekdays(Reader& reader, const Place& place) {
    unsigned mask = 0;
    for (const Place& item : one_or_more(reader, place, weekday_choices.size()))
        if (const auto day = read_choice(reader, item, weekday_choices)) mask |= 1U << *day;
    return static_cast<std::uint8_t>(mask);
}

std::optional<DateRange> read_dates(Reader& reader, const Place& place) {
    if (place.is_text()) {
        const auto day = read_date(reader, place);
        return day ? std::optional(DateRange{*day, *day}) : std::nullopt;
    }
    return read_date_range(Section(reader, place, keys::date_range), "first", "last");
}

std::vector<std::string> read_texts(Reader& reader, const Place& place, bool names) {
    std::vector<std::string> texts;
    for (const Place& item : one_or_more(reader, place, list_size_max)) {
        auto text = names ? read_name(reader, item) : read_text(reader, item, limits::id_size_max);
        if (!text) continue;
        const auto at = std::lower_bound(texts.begin(), texts.end(), *text);
        if (at != texts.end() && *at == *text) {
            reader.complain(item, {"this stands in the list twice", "each once"});
        } else {
            texts.insert(at, std::move(*text));
        }
    }
    return texts;
}

Match read_match(Context& context, const std::optional<Place>& applies_to, const std::optional<Place>& exception) {
    Match match;
    if (applies_to) read_for(context, *applies_to, match);
    if (exception) read_exception(context, *exception, match);
    if (covers_all(context, match.price_kinds)) match.price_kinds = ~0U;
    match.everything = is_everything(match);
    return match;
}

}  // namespace regulars::programme
