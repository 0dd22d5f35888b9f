#include <algorithm>
#include <set>
#include <utility>

#include "programme/names.hpp"
#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"
#include "rule/lexer.hpp"

namespace regulars::programme {

namespace {

constexpr Choices<Metric, 4> metric_choices{
    {{"spend", Metric::spend}, {"growth", Metric::growth}, {"orders", Metric::orders}, {"points", Metric::points}}};

constexpr Choices<WindowKind, 3> window_choices{
    {{"lifetime", WindowKind::lifetime}, {"period", WindowKind::period}, {"anniversary", WindowKind::anniversary}}};

constexpr std::string_view window_mappings = "{rolling_days: 30}, {rolling_months: 12}, {calendar: month, length: 3}";

constexpr std::int32_t window_days_max = 3'660;
constexpr std::int32_t window_months_max = 120;

std::int32_t read_length(Reader& reader, const std::optional<Place>& place, std::int32_t max) {
    return place ? static_cast<std::int32_t>(read_integer(reader, *place, 1, max).value_or(1)) : 1;
}

Window read_window(Reader& reader, const Place& place) {
    Window window;
    if (!place.is_mapping()) {
        window.kind = read_choice(reader, place, window_choices, window_mappings).value_or(WindowKind::lifetime);
        return window;
    }
    static constexpr std::string_view kinds[] = {"rolling_days", "rolling_months", "calendar"};
    const Section section(reader, place, keys::window);
    const auto kind = section.only_one_of(kinds);
    const auto length = section.find("length");
    if (length && kind != "calendar")
        reader.complain(*length, {"a length belongs to a calendar window", "{calendar: month, length: 3}"});
    if (!kind) return window;
    if (*kind == "rolling_days") {
        window.kind = WindowKind::rolling_days;
        window.length = read_length(reader, section.find(*kind), window_days_max);
    } else if (*kind == "rolling_months") {
        window.kind = WindowKind::rolling_months;
        window.length = read_length(reader, section.find(*kind), window_months_max);
    } else {
        window.kind = WindowKind::calendar;
        window.unit = read_choice(reader, *section.find(*kind), calendar_choices).value_or(CalendarUnit::month);
        window.length = read_length(reader, length, window_months_max);
    }
    return window;
}

Counter read_counter(const Section& section, std::string_view name) {
    Counter counter;
    counter.name = name;
    if (const auto metric = section.require("metric", "spend, growth, orders or points"))
        counter.metric = read_choice(section.reader(), *metric, metric_choices).value_or(Metric::spend);
    if (const auto window = section.require("window", "such as lifetime, period or {rolling_months: 12}"))
        counter.window = read_window(section.reader(), *window);
    return counter;
}

// Rules read a counter as member.<name>, beside the names that every member has.
bool is_free_name(const rule::Schema& schema, const std::string& name) {
    return name != "when" && name != qualifying_counter && rule::is_identifier(name) && !schema.slot("member." + name);
}

}  // namespace

std::vector<Counter> read_counters(Reader& reader, const Place& place) {
    std::vector<Counter> counters;
    if (!place.is_mapping()) {
        reader.complain(place, {"a mapping is wanted here", "such as spend_12m: {metric: spend, window: lifetime}"});
        return counters;
    }
    const rule::Schema fixed = names({});
    std::set<std::string_view> seen;
    for (const Entry& entry : place.node->entries) {
        const Counter counter = read_counter(Section(reader, member_of(place, entry), keys::counter), entry.key);
        const Node name{Node::Kind::text, false, entry.key_offset, entry.key, {}, {}};
        const Place name_place{&name, place.path};
        if (!read_name(reader, name_place)) continue;
        if (!seen.insert(entry.key).second) {
            reader.complain(name_place, {"a key stands here twice", "each key once"});
        } else if (!is_free_name(fixed, entry.key)) {
            reader.complain(name_place, {"this name is taken: rules read a counter as member.<name>", "another name"});
        } else {
            counters.push_back(counter);
        }
    }
    if (counters.size() >= counters_max) {
        reader.complain(place, {"there are too many counters", "at most " + std::to_string(counters_max - 1)});
        counters.resize(counters_max - 1);
    }
    return counters;
}

Counter read_qualifying(const Section& tiers) {
    return read_counter(tiers, qualifying_counter);
}

bool needs_history(std::span<const Counter> counters) {
    return std::any_of(counters.begin(), counters.end(), [](const Counter& counter) {
        return counter.window.kind != WindowKind::lifetime && counter.window.kind != WindowKind::period;
    });
}

}  // namespace regulars::programme
