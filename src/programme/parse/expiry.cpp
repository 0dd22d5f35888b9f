#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::int64_t units_max = 100;

std::int32_t read_count(Reader& reader, const std::optional<Place>& place) {
    return place ? static_cast<std::int32_t>(read_integer(reader, *place, 0, units_max).value_or(0)) : 0;
}

// `key` belongs to `owner` only.
void check_owner(const Section& section, std::string_view key, std::string_view owner) {
    const auto place = section.find(key);
    if (place && !section.find(owner))
        section.reader().complain(*place, {std::string(key) + " belongs to " + std::string(owner),
                                           "only together with " + std::string(owner)});
}

Expiry read_kind(const Section& section, std::string_view kind) {
    Reader& reader = section.reader();
    const Place place = *section.find(kind);
    Expiry expiry;
    if (kind == "after" || kind == "rolling") {
        expiry.kind = kind == "after" ? Expiry::Kind::after : Expiry::Kind::rolling;
        expiry.span = read_span(reader, place).value_or(Span{Span::Unit::years, 1});
    } else if (kind == "end_of") {
        expiry.kind = Expiry::Kind::end_of;
        expiry.unit = read_choice(reader, place, calendar_choices).value_or(CalendarUnit::year);
        expiry.count = read_count(reader, section.find("plus"));
    } else if (kind == "date") {
        expiry.kind = Expiry::Kind::fixed_date;
        expiry.date = read_date(reader, place);
    } else {
        expiry.kind = Expiry::Kind::fixed_date;
        expiry.month_day = read_month_day(reader, place, false).value_or(MonthDay{12, 31});
        expiry.count = read_count(reader, section.find("years_ahead"));
    }
    return expiry;
}

}  // namespace

Expiry read_expiry(Reader& reader, const Place& place) {
    static constexpr std::string_view kinds[] = {"after", "end_of", "date", "month_day", "rolling"};
    if (place.is_word("never")) return {};
    if (!place.is_mapping()) {
        reader.complain(place, {"this does not say when points lapse",
                                "never, or a mapping such as {after: 1 year} or {rolling: 1 year}"});
        return {};
    }
    const Section section(reader, place, keys::expiry);
    check_owner(section, "plus", "end_of");
    check_owner(section, "years_ahead", "month_day");
    const auto kind = section.only_one_of(kinds);
    return kind ? read_kind(section, *kind) : Expiry{};
}

}  // namespace regulars::programme
