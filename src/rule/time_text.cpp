#include "rule/time_text.hpp"

#include <array>

namespace regulars::rule {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t ns_per_ms = 1'000'000;

struct Unit {
    std::string_view name;
    std::int64_t ns;
};
// A name that begins another's ("m", "ms") stands after it.
constexpr std::array<Unit, 6> units{{{"h", 3'600'000'000'000},
                                     {"ms", ns_per_ms},
                                     {"m", 60'000'000'000},
                                     {"s", 1'000'000'000},
                                     {"us", 1'000},
                                     {"ns", 1}}};

struct Digits {
    std::int64_t number = 0;
    std::int64_t scale = 1;  // 10 to the number of digits
};

// Up to `count_max` digits from the front of `text`; nothing when there are more.
std::optional<Digits> take_digits(std::string_view& text, std::size_t count_max) {
    Digits digits;
    for (std::size_t count = 0; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++count) {
        if (count == count_max) return std::nullopt;
        digits.number = digits.number * 10 + (text.front() - '0');
        digits.scale *= 10;
        text.remove_prefix(1);
    }
    return digits;
}

std::optional<Wide> take_part_ns(std::string_view& text) {
    const auto whole = take_digits(text, 15);
    if (!whole) return std::nullopt;
    Digits fraction;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        const auto read = take_digits(text, 9);
        if (!read) return std::nullopt;
        fraction = *read;
    }
    if (whole->scale == 1 && fraction.scale == 1) return std::nullopt;  // no digit at all
    for (const Unit& unit : units) {
        if (!text.starts_with(unit.name)) continue;
        text.remove_prefix(unit.name.size());
        const Wide part = static_cast<Wide>(fraction.number) * unit.ns;
        if (part % fraction.scale != 0) return std::nullopt;
        return static_cast<Wide>(whole->number) * unit.ns + part / fraction.scale;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_duration_ms(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    if (text == "0") return 0;
    if (text.empty()) return std::nullopt;
    constexpr Wide ns_max = static_cast<Wide>(duration_ms_max) * ns_per_ms;
    Wide total = 0;
    while (!text.empty()) {
        const auto part = take_part_ns(text);
        if (!part || *part > ns_max) return std::nullopt;
        total += *part;
        if (total > ns_max) return std::nullopt;
    }
    if (total % ns_per_ms != 0) return std::nullopt;
    const auto ms = static_cast<std::int64_t>(total / ns_per_ms);
    return negative ? -ms : ms;
}

std::string duration_text(std::int64_t duration_ms) {
    // Unsigned, so that the smallest number has an opposite.
    const bool negative = duration_ms < 0;
    const std::uint64_t ms =
        negative ? 0U - static_cast<std::uint64_t>(duration_ms) : static_cast<std::uint64_t>(duration_ms);
    std::string text = (negative ? "-" : "") + std::to_string(ms / 1000);
    if (const std::uint64_t rest = ms % 1000; rest != 0) {
        std::string digits = std::to_string(1000 + rest).substr(1);
        digits.erase(digits.find_last_not_of('0') + 1);
        text += "." + digits;
    }
    return text + "s";
}

std::string timestamp_text(Instant instant) {
    std::string text = text_of(instant);
    if (text.ends_with(".000Z")) text.replace(text.size() - 5, 5, "Z");
    return text;
}

}  // namespace regulars::rule
