#include "make_orders/season.hpp"

#include <array>
#include <cstddef>

#include "base/fraction.hpp"

namespace regulars::make_orders {

namespace {

// Percent of an average day: Monday to Sunday, January to December (spring festival empties February), midnight on.
constexpr std::array<std::int64_t, 7> weekday_percent = {92, 90, 92, 95, 104, 118, 109};
constexpr std::array<std::int64_t, 12> month_percent = {96, 72, 96, 98, 104, 116, 94, 95, 102, 106, 138, 118};
constexpr std::array<std::uint32_t, 24> hour_weight = {18, 9,  5,  3,  3,  5,  12, 24, 38, 52, 60, 56,
                                                       58, 54, 50, 52, 54, 52, 56, 70, 86, 90, 72, 40};

std::int64_t festival_percent(LocalDate date) {
    const YearMonthDay parts = parts_of(date);
    if (parts.month == 11 && parts.day == 11) return 620;
    if (parts.month == 6 && parts.day == 18) return 340;
    if (parts.month == 12 && parts.day == 12) return 230;
    return 100;
}

// The shop sells three tenths more each year.
std::int64_t weight_of(LocalDate date, std::int32_t day_index) {
    const auto weekday = static_cast<std::size_t>(weekday_of(date) - 1);
    const auto month = static_cast<std::size_t>(parts_of(date).month - 1);
    const std::int64_t growth_percent = 100 + 30 * std::int64_t{day_index} / 365;
    return weekday_percent[weekday] * month_percent[month] * festival_percent(date) * growth_percent;
}

}  // namespace

std::vector<std::int64_t> orders_by_day(LocalDate start, std::int32_t days, std::int64_t orders) {
    std::vector<std::int64_t> weights;
    for (std::int32_t i = 0; i < days; ++i) weights.push_back(weight_of(add_days(start, i), i));
    return split(orders, weights);
}

bool is_festival(LocalDate date) {
    return festival_percent(date) > 100;
}

std::uint32_t second_of_day(Chance& chance) {
    constexpr std::uint32_t total = [] {
        std::uint32_t sum = 0;
        for (const std::uint32_t weight : hour_weight) sum += weight;
        return sum;
    }();
    std::uint32_t rest = chance.below(total);
    std::uint32_t hour = 0;
    while (rest >= hour_weight[hour]) rest -= hour_weight[hour++];
    return hour * 3600 + chance.below(3600);
}

}  // namespace regulars::make_orders
