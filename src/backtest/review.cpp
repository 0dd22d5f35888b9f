#include "backtest/review.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "engine/counters.hpp"

namespace regulars::backtest {

std::vector<std::int64_t> thresholds_of(std::vector<std::int64_t> values, std::span<const Fraction> shares) {
    constexpr std::int64_t weight_scale = 1'000'000'000;
    std::vector<std::int64_t> weights;
    for (const Fraction share : shares) weights.push_back(multiply(weight_scale, share, Rounding::half_up));
    const auto counts = split(static_cast<std::int64_t>(values.size()), weights);

    std::sort(values.begin(), values.end(), std::greater<>());
    std::vector<std::int64_t> thresholds;
    for (std::size_t tier = 1; tier < shares.size(); ++tier) {
        const std::int64_t above =
            std::accumulate(counts.begin() + static_cast<std::ptrdiff_t>(tier), counts.end(), std::int64_t{0});
        std::int64_t threshold = values.empty() ? 1 : values.front() + 1;
        if (above > 0) threshold = values[static_cast<std::size_t>(above - 1)];
        thresholds.push_back(std::max<std::int64_t>(threshold, 1));
    }
    return thresholds;
}

std::optional<std::int64_t> review_value(const programme::Programme& programme, const engine::Member& member,
                                         LocalDate last_day) {
    const auto& policy = programme.tier_policy;
    const auto& counter = programme.counters[policy.share_counter];
    const std::int64_t value = engine::counter_value(programme, member, counter, last_day);
    programme::Counter active = counter;
    if (programme.needs_history) {
        active.metric = programme::Metric::spend;
        active.window = {programme::WindowKind::calendar, 1, *policy.review};
    }
    if (engine::counter_value(programme, member, active, last_day) <= 0) return std::nullopt;
    return value;
}

std::vector<LocalDate> review_days(const programme::Programme& programme, LocalDate first, LocalDate last) {
    std::vector<LocalDate> days;
    const auto& policy = programme.tier_policy;
    if (!policy.review || policy.shares.empty()) return days;
    for (LocalDate day = last_of(*policy.review, first); day <= last; day = last_of(*policy.review, add_days(day, 1)))
        days.push_back(day);
    return days;
}

}  // namespace regulars::backtest
