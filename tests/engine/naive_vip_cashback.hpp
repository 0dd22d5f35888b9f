// vip-cashback, read a second time: the first order makes a shopping member, six orders in twelve months a VIP for a
// year; VIPs get 5 % of what they paid into the account.
#pragma once

#include "naive_shop.hpp"

namespace regulars::model {

class NaiveVipCashback : public NaiveShop {
public:
    NaiveVipCashback();

private:
    [[nodiscard]] Instant settles_at(const NaiveOrder& order) const override;
    [[nodiscard]] std::int64_t points_of(const NaiveOrder&) const override { return 0; }
    [[nodiscard]] std::int64_t cashback_of(const NaiveOrder& order) const override;
    [[nodiscard]] Instant tier_due() const override;
    void do_tier_due() override;
    void climb() override;
    void granted(const engine::TierGranted& fact) override;

    [[nodiscard]] bool is_vip_by_orders(LocalDate day) const;
    [[nodiscard]] bool has_bought() const;
};

}  // namespace regulars::model
