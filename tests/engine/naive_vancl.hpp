// vancl, read a second time: orders count 30 days after shipping, two tiers above normal by what was counted since the
// last change, points of which the whole balance lives one year from the last grant.
#pragma once

#include "naive_shop.hpp"

namespace regulars::model {

class NaiveVancl : public NaiveShop {
public:
    NaiveVancl();

private:
    [[nodiscard]] Instant settles_at(const NaiveOrder& order) const override;
    [[nodiscard]] std::int64_t points_of(const NaiveOrder& order) const override;
    [[nodiscard]] bool rolls() const override { return true; }
    [[nodiscard]] LocalDate renewed_until(LocalDate today) const override;
    [[nodiscard]] bool partial_return_renews() const override { return true; }
    [[nodiscard]] Instant tier_due() const override;
    void do_tier_due() override;
    void climb() override;
    void granted(const engine::TierGranted& fact) override;
    [[nodiscard]] std::int64_t counted() const override;

    void change_tier(const std::string& tier, std::optional<LocalDate> last_day);
};

}  // namespace regulars::model
