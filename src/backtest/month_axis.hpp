// Which month of a report an instant belongs to.
#pragma once

#include <cstddef>
#include <vector>

#include "base/time.hpp"

namespace regulars::backtest {

class MonthAxis {
public:
    /// From the month of `first` to that of `last`, in the zone. `first` is not after `last`.
    MonthAxis(const Zone& zone, Instant first, Instant last);

    [[nodiscard]] std::size_t size() const { return first_days_.size(); }
    [[nodiscard]] LocalDate first_day(std::size_t month) const { return first_days_[month]; }
    /// The month's place; instants outside belong to the first or last month.
    [[nodiscard]] std::size_t place_of(Instant at) const;
    /// The month of what ends with a day: midnight belongs to the day before.
    [[nodiscard]] std::size_t place_of_end(Instant at) const { return place_of({at.ms - 1}); }

private:
    std::vector<LocalDate> first_days_;
    std::vector<std::int64_t> starts_;  ///< one more than months
};

}  // namespace regulars::backtest
