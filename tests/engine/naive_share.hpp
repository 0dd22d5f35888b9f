// share, read a second time: only a review moves anybody, by the sums that arrive with it; points for every 10.00,
// rounded half up, of which the whole balance lives two years from the last grant.
#pragma once

#include "naive_shop.hpp"

namespace regulars::model {

class NaiveShare : public NaiveShop {
public:
    NaiveShare();

private:
    [[nodiscard]] Instant settles_at(const NaiveOrder& order) const override;
    [[nodiscard]] std::int64_t points_of(const NaiveOrder& order) const override;
    [[nodiscard]] bool rolls() const override { return true; }
    [[nodiscard]] LocalDate renewed_until(LocalDate today) const override;
    void granted(const engine::TierGranted& fact) override;
    bool reviewed(const engine::TiersReviewed& fact) override;
};

}  // namespace regulars::model
