// quarterly, read a second time: what was spent in this month and the two before it makes the tier, at once upwards, at
// the end of every month downwards; points live one year.
#pragma once

#include "naive_shop.hpp"

namespace regulars::model {

class NaiveQuarterly : public NaiveShop {
public:
    NaiveQuarterly();

private:
    [[nodiscard]] Instant settles_at(const NaiveOrder& order) const override;
    [[nodiscard]] std::int64_t points_of(const NaiveOrder& order) const override;
    [[nodiscard]] std::optional<LocalDate> last_day_of_points(LocalDate today) const override;
    [[nodiscard]] Instant tier_due() const override;
    void do_tier_due() override;
    void climb() override;
    void granted(const engine::TierGranted& fact) override;

    [[nodiscard]] int rung_reached(LocalDate day) const;
    void place(int rung);

    int rung_ = 0;
    std::optional<Instant> next_review_;
};

}  // namespace regulars::model
