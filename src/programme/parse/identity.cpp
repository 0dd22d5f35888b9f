// `identity` and `profile`: how members are known, who is asked to become one, and what is kept about them.
#include <algorithm>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

// As service/card_numbers.hpp reads them; six digits that nobody can guess stand before the check digit.
constexpr std::int64_t card_digits_min = 8;
constexpr std::int64_t card_digits_max = 19;
constexpr std::size_t own_digits_min = 6;
constexpr std::int64_t birthday_changes_max = 100;
constexpr std::int64_t number_max = 1'000'000'000'000;

bool is_all_of(std::string_view text, std::string_view characters) {
    return text.find_first_not_of(characters) == std::string_view::npos;
}

std::string read_country(Reader& reader, const Place& place) {
    const bool is_code = place.is_text() && place.node->text.size() == 2 &&
                         is_all_of(place.node->text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (is_code) return place.node->text;
    reader.complain(place, {"this is not a country", "two capitals of ISO 3166 such as CN, GB or US"});
    return {};
}

CardNumbers read_cards(Reader& reader, const Place& place) {
    const Section section(reader, place, keys::cards);
    CardNumbers cards;
    const auto prefix = section.find("prefix");
    if (prefix && (!prefix->is_text() || !is_all_of(prefix->node->text, "0123456789")))
        reader.complain(*prefix, {"digits are wanted here", "such as 8800"});
    else if (prefix)
        cards.prefix = prefix->node->text;
    const auto digits = section.find("digits");
    if (digits)
        cards.digits = static_cast<std::int32_t>(
            read_integer(reader, *digits, card_digits_min, card_digits_max).value_or(cards.digits));
    const std::size_t least = cards.prefix.size() + own_digits_min + 1;
    if (place.is_mapping() && static_cast<std::size_t>(cards.digits) < least)
        reader.complain(digits.value_or(place), {"too few digits are left beside the prefix and the check digit",
                                                 std::to_string(least) + " or more, or a shorter prefix"});
    return cards;
}

CardInvitation read_invitation(Context& context, const Place& place, const std::vector<CardInvitation>& known) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::card_invitation);
    CardInvitation invitation;
    const auto code = section.require("code", "the name that notices show");
    if (code) invitation.code = read_name(reader, *code).value_or("");
    if (std::any_of(known.begin(), known.end(), [&](const auto& other) { return other.code == invitation.code; }) &&
        !invitation.code.empty())
        reader.complain(*code, {"the code stands twice in this list", "another code"});
    invitation.title = read_title_or(section, invitation.code);
    if (const auto least = section.find("at_least"))
        invitation.at_least = read_money(reader, *least, context.minor_digits).value_or(Money());
    if (const auto channels = section.find("channels")) invitation.channels = read_texts(reader, *channels, false);
    if (section.find("from") || section.find("until")) invitation.dates = read_date_range(section, "from", "until");
    if (const auto times = section.find("times")) invitation.times = read_day_times(reader, *times);
    if (const auto when = section.find("when")) invitation.when = read_condition(context, *when, Sight::order);
    return invitation;
}

constexpr Choices<Attribute::Kind, 5> kind_choices{{{"text", Attribute::Kind::text},
                                                    {"choice", Attribute::Kind::choice},
                                                    {"integer", Attribute::Kind::integer},
                                                    {"date", Attribute::Kind::date},
                                                    {"yes_no", Attribute::Kind::yes_no}}};

std::vector<std::string> read_choices(Reader& reader, const Place& place) {
    std::vector<std::string> choices;
    for (const Place& item : items_of(reader, place, choices_max)) {
        auto text = read_text(reader, item);
        if (!text) continue;
        if (std::find(choices.begin(), choices.end(), *text) != choices.end())
            reader.complain(item, {"this stands in the list twice", "each once"});
        choices.push_back(std::move(*text));
    }
    return choices;
}

void read_bounds(Reader& reader, const Section& section, Attribute& attribute) {
    const auto least = section.find("at_least");
    const auto most = section.find("at_most");
    for (const auto& bound : {least, most})
        if (bound && attribute.kind != Attribute::Kind::integer)
            reader.complain(*bound, {"only whole numbers have bounds", "kind: integer beside it"});
    if (least) attribute.least = read_integer(reader, *least, 0, number_max).value_or(attribute.least);
    if (most) attribute.most = read_integer(reader, *most, 0, number_max).value_or(attribute.most);
    if (least && most && attribute.least > attribute.most)
        reader.complain(*most, {"no number is at least that much and at most this", "at_least or more"});
}

Attribute read_attribute(Reader& reader, const Place& place, const std::vector<Attribute>& known) {
    const Section section(reader, place, keys::attribute);
    Attribute attribute;
    const auto name = section.require("name", "a name such as occupation");
    if (name) attribute.name = read_name(reader, *name).value_or("");
    const auto has_name = [&](const Attribute& other) { return other.name == attribute.name; };
    if (!attribute.name.empty() && std::any_of(known.begin(), known.end(), has_name))
        reader.complain(*name, {"the name stands twice in this list", "another name"});
    attribute.title = read_title_or(section, attribute.name);
    const auto kind = section.find("kind");
    if (kind) attribute.kind = read_choice(reader, *kind, kind_choices).value_or(attribute.kind);
    const auto choices = section.find("choices");
    const bool is_choice = attribute.kind == Attribute::Kind::choice;
    if (choices) attribute.choices = read_choices(reader, *choices);
    if (choices && !is_choice) reader.complain(*choices, {"only a choice has choices", "kind: choice beside it"});
    if (is_choice && attribute.choices.empty() && !choices)
        reader.complain(*kind, {"a choice of nothing", "choices beside it"});
    read_bounds(reader, section, attribute);
    return attribute;
}

}  // namespace

IdentityPolicy read_identity(Context& context, const Place& place) {
    const Section section(context.reader, place, keys::identity);
    IdentityPolicy policy;
    if (const auto country = section.find("country")) policy.country = read_country(context.reader, *country);
    if (const auto cards = section.find("cards")) policy.cards = read_cards(context.reader, *cards);
    if (const auto invitations = section.find("invitations"))
        for (const Place& item : items_of(context.reader, *invitations, invitations_max))
            policy.invitations.push_back(read_invitation(context, item, policy.invitations));
    return policy;
}

ProfilePolicy read_profile(Reader& reader, const Place& place) {
    const Section section(reader, place, keys::profile);
    ProfilePolicy policy;
    if (const auto attributes = section.find("attributes"))
        for (const Place& item : items_of(reader, *attributes, limits::attributes_max))
            policy.attributes.push_back(read_attribute(reader, item, policy.attributes));
    if (const auto changes = section.find("birthday_changes"))
        if (const auto count = read_integer(reader, *changes, 0, birthday_changes_max))
            policy.birthday_changes = static_cast<std::int32_t>(*count);
    return policy;
}

}  // namespace regulars::programme
