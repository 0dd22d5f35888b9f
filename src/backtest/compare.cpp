#include "backtest/compare.hpp"

#include <algorithm>
#include <array>

namespace regulars::backtest {

namespace {

constexpr std::size_t top_members_max = 20;

struct Pair {
    std::uint32_t customer;
    programme::TierRank base_tier;
    programme::TierRank other_tier;
    std::int64_t base_minor;
    std::int64_t other_minor;
    [[nodiscard]] std::int64_t difference() const { return other_minor - base_minor; }
};

// Both lists ascend by customer; one that is missing on a side stands there on the base tier with nothing.
std::vector<Pair> pairs_of(std::span<const Standing> base, std::span<const Standing> other) {
    std::vector<Pair> pairs;
    pairs.reserve(std::max(base.size(), other.size()));
    std::size_t a = 0;
    std::size_t b = 0;
    while (a < base.size() || b < other.size()) {
        const bool has_base = a < base.size() && (b == other.size() || base[a].customer <= other[b].customer);
        const bool has_other = b < other.size() && (a == base.size() || other[b].customer <= base[a].customer);
        Pair pair{has_base ? base[a].customer : other[b].customer, 0, 0, 0, 0};
        if (has_base) {
            pair.base_tier = base[a].tier;
            pair.base_minor = base[a++].value_minor;
        }
        if (has_other) {
            pair.other_tier = other[b].tier;
            pair.other_minor = other[b++].value_minor;
        }
        pairs.push_back(pair);
    }
    return pairs;
}

// Bins that widen tenfold on both sides of nothing, in major units: 0..1, 1..10, and so on.
std::vector<Comparison::Bin> empty_bins(std::int32_t minor_digits) {
    std::int64_t major = 1;
    for (std::int32_t i = 0; i < minor_digits; ++i) major *= 10;
    const std::array<std::int64_t, 5> edges{major, 10 * major, 100 * major, 1000 * major, 10'000 * major};
    std::vector<Comparison::Bin> bins{{INT64_MIN, -edges.back() + 1, 0}};
    for (std::size_t i = edges.size() - 1; i > 0; --i) bins.push_back({-edges[i] + 1, -edges[i - 1] + 1, 0});
    bins.push_back({-edges[0] + 1, 0, 0});
    bins.push_back({0, 1, 0});
    bins.push_back({1, edges[0], 0});
    for (std::size_t i = 1; i < edges.size(); ++i) bins.push_back({edges[i - 1], edges[i], 0});
    bins.push_back({edges.back(), INT64_MAX, 0});
    return bins;
}

Comparison::Member described(const Pair& pair, const Compared& base, const Compared& other, const OrderTable& table) {
    return {std::string(table.customers().text(pair.customer)), base.programme.tiers[pair.base_tier].name,
            other.programme.tiers[pair.other_tier].name, pair.base_minor, pair.other_minor};
}

}  // namespace

Comparison compare(const Compared& base, const Compared& other, const OrderTable& table) {
    std::vector<Pair> pairs = pairs_of(base.standings, other.standings);
    Comparison result;
    result.bins = empty_bins(base.programme.minor_digits);
    const std::size_t width = other.programme.tiers.size();
    result.tier_members.resize(base.programme.tiers.size() * width);
    for (const Pair& pair : pairs) {
        const std::int64_t difference = pair.difference();
        result.difference_minor += difference;
        ++(difference > 0 ? result.winners : difference < 0 ? result.losers : result.unchanged);
        ++result.tier_members[pair.base_tier * width + pair.other_tier];
        const auto bin = std::find_if(result.bins.begin(), result.bins.end(),
                                      [&](const Comparison::Bin& one) { return difference < one.to_minor; });
        ++(bin == result.bins.end() ? result.bins.back() : *bin).members;
    }
    // The largest differences first, then the customer seen first.
    const std::size_t top = std::min(top_members_max, pairs.size());
    const auto middle = pairs.begin() + static_cast<std::ptrdiff_t>(top);
    std::partial_sort(pairs.begin(), middle, pairs.end(), [](const Pair& a, const Pair& b) {
        return a.difference() != b.difference() ? a.difference() > b.difference() : a.customer < b.customer;
    });
    for (std::size_t i = 0; i < top && pairs[i].difference() > 0; ++i)
        result.top_winners.push_back(described(pairs[i], base, other, table));
    std::partial_sort(pairs.begin(), middle, pairs.end(), [](const Pair& a, const Pair& b) {
        return a.difference() != b.difference() ? a.difference() < b.difference() : a.customer < b.customer;
    });
    for (std::size_t i = 0; i < top && pairs[i].difference() < 0; ++i)
        result.top_losers.push_back(described(pairs[i], base, other, table));
    return result;
}

}  // namespace regulars::backtest
