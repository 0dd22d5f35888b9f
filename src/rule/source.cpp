#include "rule/source.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace regulars::rule {

Place place_of(std::string_view text, std::uint32_t offset) {
    Place place{1, 1};
    for (const char c : text.substr(0, offset)) {
        const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        if (c == '\n')
            place = {place.line + 1, 1};
        else if (!continues)
            ++place.column;
    }
    return place;
}

std::uint32_t character_size(std::string_view text) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const std::uint32_t first = byte(0);
    if (first < 0x80) return 1;
    const std::uint32_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    std::uint32_t code = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
        code = code << 6U | (byte(i) & 0x3FU);
    }
    static constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool valid = first >= 0xC2 && code >= smallest[size] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    return valid ? size : 0;
}

void Problems::add(std::uint32_t offset, std::string message, Detail detail) {
    if (diagnostics_.size() == problems_max) return;
    const Place place = place_of(text_, offset);
    const bool told = std::ranges::any_of(diagnostics_, [&](const Diagnostic& known) {
        return known.line == place.line && known.column == place.column;
    });
    if (told) return;
    Diagnostic diagnostic;
    diagnostic.line = place.line;
    diagnostic.column = place.column;
    diagnostic.message = std::move(message);
    diagnostic.found = std::move(detail.found);
    diagnostic.allowed = std::move(detail.allowed);
    diagnostic.suggestion = std::move(detail.suggestion);
    diagnostics_.push_back(std::move(diagnostic));
}

Diagnostics Problems::take() {
    std::ranges::stable_sort(
        diagnostics_, {}, [](const Diagnostic& diagnostic) { return std::tuple(diagnostic.line, diagnostic.column); });
    return std::exchange(diagnostics_, {});
}

}  // namespace regulars::rule
