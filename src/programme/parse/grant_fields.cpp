#include <algorithm>
#include <array>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::array<std::string_view, 8> known_fields{"name",  "gender", "birthday", "region",
                                                       "phone", "email",  "card",     "unionid"};
constexpr std::string_view attribute_prefix = "attributes.";

bool is_field(const std::string& text, const ProfilePolicy& profile) {
    if (!text.starts_with(attribute_prefix))
        return std::find(known_fields.begin(), known_fields.end(), text) != known_fields.end();
    const std::string name = text.substr(attribute_prefix.size());
    return !name.empty() && (profile.attributes.empty() || profile.find(name) != nullptr);
}

}  // namespace

std::vector<std::string> read_grant_fields(const Context& context, const Place& place) {
    Reader& reader = context.reader;
    std::vector<std::string> fields;
    for (const Place& item : items_of(reader, place, limits::attributes_max)) {
        const auto text = read_text(reader, item);
        if (!text) continue;
        if (!is_field(*text, context.profile))
            reader.complain(item, {"there is no such field", listed(Keys(known_fields)) +
                                                                 ", or attributes.NAME of profile.attributes",
                                   nearest(*text, Keys(known_fields)).value_or("")});
        if (std::find(fields.begin(), fields.end(), *text) != fields.end())
            reader.complain(item, {"this stands in the list twice", "each once"});
        fields.push_back(*text);
    }
    if (fields.empty() && place.is_list() && place.node->items.empty())
        reader.complain(place, {"the list is empty", "at least one field"});
    return fields;
}

}  // namespace regulars::programme
