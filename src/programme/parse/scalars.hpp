// Readers of single values. Each complains through the reader and then gives nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/fraction.hpp"
#include "base/limits.hpp"
#include "base/nearest.hpp"
#include "base/time.hpp"
#include "programme/parse/reader.hpp"
#include "programme/programme.hpp"

namespace regulars::programme {

/// Longest name of a tier, price kind, counter or code.
inline constexpr std::size_t name_size_max = 64;

/// Any text, not empty, up to `size_max` bytes.
[[nodiscard]] std::optional<std::string> read_text(Reader& reader, const Place& place,
                                                   std::size_t size_max = limits::text_size_max);

/// A name as rules, events and figures write it: a small letter, then small letters, digits and underscores.
[[nodiscard]] std::optional<std::string> read_name(Reader& reader, const Place& place);

/// A whole number, both bounds included.
[[nodiscard]] std::optional<std::int64_t> read_integer(Reader& reader, const Place& place, std::int64_t min,
                                                       std::int64_t max);

/// `true` or `false`.
[[nodiscard]] std::optional<bool> read_boolean(Reader& reader, const Place& place);

/// An exact fraction, both bounds included: 2, 1.5, 1/2 or 5%.
[[nodiscard]] std::optional<Fraction> read_fraction(Reader& reader, const Place& place, Fraction min, Fraction max);

/// An amount in major units ("2000.00"), not negative, with at most `minor_digits` digits after the point.
[[nodiscard]] std::optional<Money> read_money(Reader& reader, const Place& place, std::int32_t minor_digits);

/// "30 days", "6 months", "1 year": one to a hundred years.
/// `others` says what else may stand here.
[[nodiscard]] std::optional<Span> read_span(Reader& reader, const Place& place, std::string_view others = {});

/// A word of a length of time and how many of the smallest unit it stands for.
struct LengthUnit {
    std::string_view word;
    std::int32_t size;
};
/// "30 minutes" or "1 hour" in the smallest unit, 1 to `max`; nothing for any other text.
[[nodiscard]] std::optional<std::int32_t> parse_length(std::string_view text, std::span<const LengthUnit> units,
                                                       std::int32_t max);

/// "30 days", 0 to ten years.
[[nodiscard]] std::optional<std::int32_t> read_days(Reader& reader, const Place& place);

/// "2027-06-30".
[[nodiscard]] std::optional<LocalDate> read_date(Reader& reader, const Place& place);

/// Two days under two keys of a section, both required.
[[nodiscard]] std::optional<DateRange> read_date_range(const Section& section, std::string_view first_key,
                                                       std::string_view last_key);

/// "12-31", month and day; where `every_month` allows, "18" for that day of every month.
[[nodiscard]] std::optional<MonthDay> read_month_day(Reader& reader, const Place& place, bool every_month);

/// A text for both languages, or {en, zh}.
[[nodiscard]] Title read_title(Reader& reader, const Place& place);

/// What a section says under `title`, by default its name.
[[nodiscard]] Title read_title_or(const Section& section, const std::string& name);

/// Words of the file and what they stand for.
template <class Value, std::size_t count>
using Choices = std::array<std::pair<std::string_view, Value>, count>;

/// `others` says what else may stand here besides the words.
template <class Value, std::size_t count>
[[nodiscard]] std::optional<Value> read_choice(Reader& reader, const Place& place, const Choices<Value, count>& choices,
                                               std::string_view others = {}) {
    std::array<std::string_view, count> words;
    for (std::size_t i = 0; i < count; ++i) words[i] = choices[i].first;
    for (const auto& [word, value] : choices)
        if (place.is_text() && place.node->text == word) return value;
    const Keys known(words);
    const std::string allowed = others.empty() ? listed(known) : listed(known) + ", or " + std::string(others);
    reader.complain(place, {"this is not one of its values", allowed, nearest(place.node->text, known).value_or("")});
    return std::nullopt;
}

inline constexpr Choices<Rounding, 4> rounding_choices{{{"down", Rounding::down},
                                                        {"up", Rounding::up},
                                                        {"half_up", Rounding::half_up},
                                                        {"half_even", Rounding::half_even}}};

inline constexpr Choices<CalendarUnit, 4> calendar_choices{{{"month", CalendarUnit::month},
                                                            {"quarter", CalendarUnit::quarter},
                                                            {"half_year", CalendarUnit::half_year},
                                                            {"year", CalendarUnit::year}}};

}  // namespace regulars::programme
