#include "programme/parse/scalars.hpp"

#include <algorithm>
#include <charconv>

#include "programme/money_text.hpp"

namespace regulars::programme {

namespace {

constexpr std::int32_t span_years_max = 100;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Digits only, up to eighteen of them.
std::optional<std::int64_t> parse_digits(std::string_view text) {
    if (text.empty() || text.size() > 18 || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool less(Fraction a, Fraction b) {
    return a.numerator() * b.denominator() < b.numerator() * a.denominator();
}

std::string plain_text(const Place& place) {
    return place.is_text() && !place.node->quoted ? place.node->text : "";
}

struct Counted {
    std::int32_t count;
    std::string_view unit;  ///< without its "s"
};

// "30 days" into the number and the unit.
std::optional<Counted> parse_counted(std::string_view text) {
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto count = parse_digits(text.substr(0, space));
    std::string_view unit = text.substr(space + 1);
    if (!count || *count > INT32_MAX) return std::nullopt;
    if (unit.ends_with('s')) unit.remove_suffix(1);
    return Counted{static_cast<std::int32_t>(*count), unit};
}

std::optional<Span> parse_span(std::string_view text) {
    const auto counted = parse_counted(text);
    if (!counted) return std::nullopt;
    if (counted->unit == "day") return Span{Span::Unit::days, counted->count};
    if (counted->unit == "month") return Span{Span::Unit::months, counted->count};
    if (counted->unit == "year") return Span{Span::Unit::years, counted->count};
    return std::nullopt;
}

std::int32_t span_count_max(Span::Unit unit) {
    switch (unit) {
        case Span::Unit::days:
            return span_years_max * 365;
        case Span::Unit::months:
            return span_years_max * 12;
        case Span::Unit::years:
            return span_years_max;
    }
    check_failed("a span has a unit");
}

}  // namespace

std::optional<std::string> read_text(Reader& reader, const Place& place, std::size_t size_max) {
    if (place.is_text() && !place.node->text.empty() && place.node->text.size() <= size_max) return place.node->text;
    reader.complain(place, {"a text is wanted here", "up to " + std::to_string(size_max) + " bytes"});
    return std::nullopt;
}

std::optional<std::string> read_name(Reader& reader, const Place& place) {
    const std::string& text = place.node->text;
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_'; };
    if (place.is_text() && !text.empty() && text.size() <= name_size_max && text[0] >= 'a' && text[0] <= 'z' &&
        std::all_of(text.begin(), text.end(), fits))
        return text;
    reader.complain(place, {"a name is wanted here", "a small letter, then small letters, digits and _, up to " +
                                                         std::to_string(name_size_max)});
    return std::nullopt;
}

std::optional<std::int64_t> read_integer(Reader& reader, const Place& place, std::int64_t min, std::int64_t max) {
    const auto value = parse_digits(plain_text(place));
    if (value && *value >= min && *value <= max) return value;
    reader.complain(place, {"a whole number is wanted here", std::to_string(min) + " to " + std::to_string(max)});
    return std::nullopt;
}

std::optional<bool> read_boolean(Reader& reader, const Place& place) {
    if (place.is_word("true")) return true;
    if (place.is_word("false")) return false;
    reader.complain(place, {"yes or no is wanted here", "true or false"});
    return std::nullopt;
}

std::optional<Fraction> read_fraction(Reader& reader, const Place& place, Fraction min, Fraction max) {
    const auto value = place.is_text() ? Fraction::parse(place.node->text) : std::nullopt;
    if (value && !less(*value, min) && !less(max, *value)) return value;
    reader.complain(place,
                    {"an exact number is wanted here", "2, 1.5, 1/2 or 5%, from " + min.text() + " to " + max.text()});
    return std::nullopt;
}

std::optional<Money> read_money(Reader& reader, const Place& place, std::int32_t minor_digits) {
    if (place.is_text()) {
        const std::string_view text = place.node->text;
        const std::size_t point = std::min(text.find('.'), text.size());
        const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
        const bool plain = point == text.size() || !fraction.empty();
        if (plain && fraction.size() <= static_cast<std::size_t>(minor_digits) && fraction.size() + point <= 18) {
            std::string digits = std::string(text.substr(0, point)) + std::string(fraction);
            digits.append(static_cast<std::size_t>(minor_digits) - fraction.size(), '0');
            const auto minor = point == 0 ? std::nullopt : parse_digits(digits);
            if (minor && *minor <= limits::amount_minor_max) return Money(*minor);
        }
    }
    const std::string digits = minor_digits == 0
                                   ? ", without a point"
                                   : ", at most " + std::to_string(minor_digits) + " digits after the point";
    reader.complain(place, {"an amount is wanted here",
                            "0 to " + money_text(Money(limits::amount_minor_max), minor_digits) + digits});
    return std::nullopt;
}

std::optional<Span> read_span(Reader& reader, const Place& place, std::string_view others) {
    const auto span = place.is_text() ? parse_span(place.node->text) : std::nullopt;
    if (span && span->count >= 1 && span->count <= span_count_max(span->unit)) return span;
    const std::string allowed = "such as 30 days, 6 months or 1 year, up to 100 years";
    reader.complain(
        place, {"a length of time is wanted here", others.empty() ? allowed : allowed + ", or " + std::string(others)});
    return std::nullopt;
}

std::optional<std::int32_t> parse_length(std::string_view text, std::span<const LengthUnit> units, std::int32_t max) {
    const auto counted = parse_counted(text);
    if (!counted) return std::nullopt;
    for (const LengthUnit& unit : units) {
        const std::int64_t length = std::int64_t{counted->count} * unit.size;
        if (counted->unit == unit.word && length >= 1 && length <= max) return static_cast<std::int32_t>(length);
    }
    return std::nullopt;
}

std::optional<std::int32_t> read_days(Reader& reader, const Place& place) {
    constexpr std::int32_t days_max = 3650;
    const auto span = place.is_text() ? parse_span(place.node->text) : std::nullopt;
    if (span && span->unit == Span::Unit::days && span->count <= days_max) return span->count;
    reader.complain(place, {"a number of days is wanted here", "0 days to " + std::to_string(days_max) + " days"});
    return std::nullopt;
}

std::optional<LocalDate> read_date(Reader& reader, const Place& place) {
    const auto date = place.is_text() ? parse_date(place.node->text) : std::nullopt;
    if (!date) reader.complain(place, {"a date is wanted here", "YYYY-MM-DD, such as 2027-06-30"});
    return date;
}

std::optional<DateRange> read_date_range(const Section& section, std::string_view first_key,
                                         std::string_view last_key) {
    const auto first = section.require(first_key, "the first day, YYYY-MM-DD");
    const auto last = section.require(last_key, "the last day, YYYY-MM-DD");
    const auto first_day = first ? read_date(section.reader(), *first) : std::nullopt;
    const auto last_day = last ? read_date(section.reader(), *last) : std::nullopt;
    if (!first_day || !last_day) return std::nullopt;
    if (*last_day < *first_day) {
        section.reader().complain(*last, {"the last day is before the first", text_of(*first_day) + " or later"});
        return std::nullopt;
    }
    return DateRange{*first_day, *last_day};
}

std::optional<MonthDay> read_month_day(Reader& reader, const Place& place, bool every_month) {
    constexpr std::int32_t leap_year = 2000;
    if (place.is_text()) {
        const std::string_view text = place.node->text;
        const std::size_t dash = std::min(text.find('-'), text.size());
        const auto first = parse_digits(text.substr(0, dash));
        const auto second = dash == text.size() ? std::nullopt : parse_digits(text.substr(dash + 1));
        if (every_month && dash == text.size() && first && *first >= 1 && *first <= 31)
            return MonthDay{0, static_cast<std::int32_t>(*first)};
        if (first && second && *first <= 12 && *second <= 31 &&
            date_of(leap_year, static_cast<std::int32_t>(*first), static_cast<std::int32_t>(*second)))
            return MonthDay{static_cast<std::int32_t>(*first), static_cast<std::int32_t>(*second)};
    }
    reader.complain(
        place, {"a day is wanted here",
                every_month ? "MM-DD such as 11-11, or 1 to 31 for that day of every month" : "MM-DD such as 12-31"});
    return std::nullopt;
}

Title read_title(Reader& reader, const Place& place) {
    if (place.is_text()) {
        const std::string text = read_text(reader, place).value_or("");
        return {text, text};
    }
    const Section section(reader, place, keys::title);
    Title title;
    if (const auto en = section.require("en", "the title in English")) title.en = read_text(reader, *en).value_or("");
    const auto zh = section.find("zh");
    title.zh = zh ? read_text(reader, *zh).value_or("") : title.en;
    return title;
}

Title read_title_or(const Section& section, const std::string& name) {
    const auto place = section.find("title");
    return place ? read_title(section.reader(), *place) : Title{name, name};
}

}  // namespace regulars::programme
