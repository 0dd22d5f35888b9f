#include <algorithm>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

std::optional<Threshold> read_threshold(Context& context, const Place& place, std::size_t counter, bool zero_allowed) {
    Threshold threshold;
    threshold.counter = static_cast<std::uint16_t>(counter);
    if (context.counters[counter].metric == Metric::spend) {
        const auto amount = read_money(context.reader, place, context.minor_digits);
        if (!amount) return std::nullopt;
        threshold.at_least = amount->count();
    } else {
        const auto count = read_integer(context.reader, place, 0, limits::points_max);
        if (!count) return std::nullopt;
        threshold.at_least = *count;
    }
    if (threshold.at_least == 0 && !zero_allowed) {
        context.reader.complain(place, {"everybody would reach this", "more than 0"});
        return std::nullopt;
    }
    return threshold;
}

}  // namespace

Qualification read_qualification(Context& context, const Place& place, bool zero_allowed) {
    Qualification qualification;
    std::vector<std::string_view> known;
    for (const Counter& counter : context.counters) known.push_back(counter.name);
    if (place.is_text()) {
        const auto qualifying = std::find(known.begin(), known.end(), qualifying_counter);
        if (qualifying == known.end()) {
            context.reader.complain(
                place, {"there is nothing that this could count",
                        "tiers.metric and tiers.window beside it, or a mapping such as {spend_12m: 2000}"});
        } else if (const auto threshold = read_threshold(
                       context, place, static_cast<std::size_t>(qualifying - known.begin()), zero_allowed)) {
            qualification.thresholds.push_back(*threshold);
        }
        return qualification;
    }
    known.push_back("when");
    const Section section(context.reader, place, known);
    if (!place.is_mapping()) return qualification;
    if (place.node->entries.empty()) context.reader.complain(place, {"this says nothing", listed(known)});
    for (std::size_t counter = 0; counter < context.counters.size(); ++counter)
        if (const auto value = section.find(context.counters[counter].name))
            if (const auto threshold = read_threshold(context, *value, counter, zero_allowed))
                qualification.thresholds.push_back(*threshold);
    if (const auto when = section.find("when")) qualification.when = read_condition(context, *when, Sight::member);
    return qualification;
}

}  // namespace regulars::programme
