#include "base/nearest.hpp"

#include <algorithm>
#include <vector>

namespace regulars {

namespace {

constexpr std::size_t word_size_max = 64;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Optimal string alignment distance, three rows of the table at a time.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (same ? 0u : 1u)});
            const bool swapped =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) current[j] = std::min(current[j], before[j - 2] + 1);
        }
        std::swap(before, previous);
        std::swap(previous, current);
    }
    return previous[b.size()];
}

template <class Word>
std::optional<std::string> nearest_of(std::string_view word, std::span<const Word> known) {
    if (word.empty() || word.size() > word_size_max) return std::nullopt;
    std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
    std::optional<std::string> found;
    for (const Word& candidate : known) {
        if (candidate.size() > word_size_max) continue;
        const std::size_t edits = distance(word, candidate);
        if (edits < best) {
            best = edits;
            found = std::string(candidate);
        }
    }
    return found;
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> known) {
    return nearest_of(word, known);
}
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known) {
    return nearest_of(word, known);
}

}  // namespace regulars
