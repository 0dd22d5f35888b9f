// `stages`: the phases of a member's life, told by behaviour.
#include <algorithm>

#include "programme/names.hpp"
#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

std::string read_stage_name(Reader& reader, const Section& section, const std::vector<Stage>& known) {
    const auto place = section.require("name", "the name that rules and coupons write");
    const auto name = place ? read_name(reader, *place) : std::nullopt;
    if (!name) return {};
    if (std::any_of(known.begin(), known.end(), [&](const Stage& one) { return one.name == *name; }))
        reader.complain(*place, {"two stages have one name", "another name"});
    return *name;
}

}  // namespace

std::vector<Stage> read_stages(Context& context, const Place& place) {
    Reader& reader = context.reader;
    std::vector<Stage> stages;
    const auto items = items_of(reader, place, stages_max);
    if (place.is_list() && place.node->items.empty())
        reader.complain(place, {"the list is empty", "at least one item"});
    for (const Place& item : items) {
        const Section section(reader, item, keys::stage);
        Stage stage;
        stage.name = read_stage_name(reader, section, stages);
        stage.title = read_title_or(section, stage.name);
        const auto when = section.find("when");
        if (when) stage.when = read_condition(context, *when, Sight::member);
        if (stage.when) {
            const auto uses = stage.when->uses();
            if (std::find(uses.begin(), uses.end(), static_cast<std::uint16_t>(Slot::member_stage)) != uses.end())
                reader.complain(*when, {"a stage cannot depend on the stage", "other names that start with member."});
        }
        if (!when && item.is_mapping() && &item != &items.back())
            reader.complain(item, {"this stage is everybody's, so nobody comes to those after it",
                                   "a condition when, or the last place of the list"});
        stages.push_back(std::move(stage));
    }
    return stages;
}

}  // namespace regulars::programme
