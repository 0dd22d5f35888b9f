// four-tier, read a second time: each tier asks for spend and orders of twelve months and for days since registration;
// a year's tier, then thirty days of grace; points 1x to 4x that lapse at the end of the next calendar year.
#pragma once

#include "naive_shop.hpp"

namespace regulars::model {

class NaiveFourTier : public NaiveShop {
public:
    NaiveFourTier();

private:
    [[nodiscard]] Instant settles_at(const NaiveOrder& order) const override;
    [[nodiscard]] std::int64_t points_of(const NaiveOrder& order) const override;
    [[nodiscard]] std::int64_t growth_of(const NaiveOrder& order) const override;
    [[nodiscard]] std::optional<LocalDate> last_day_of_points(LocalDate today) const override;
    [[nodiscard]] Instant tier_due() const override;
    void do_tier_due() override;
    void climb() override;
    void granted(const engine::TierGranted& fact) override;

    /// The highest rung whose three terms hold, looking back from `day`.
    [[nodiscard]] int rung_reached(LocalDate day) const;
    [[nodiscard]] int rung() const;
    void hold(int rung, LocalDate period_counted_from);

    bool in_grace_ = false;
};

}  // namespace regulars::model
