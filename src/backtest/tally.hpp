// Sums up what the engine's decisions bring, as they come.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "backtest/month_axis.hpp"
#include "backtest/report.hpp"
#include "engine/member.hpp"
#include "engine/outcome.hpp"
#include "programme/programme.hpp"

namespace regulars::backtest {

/// What one member got while the tally runs.
struct MemberSums {
    std::int64_t costs_minor = 0;
    std::int64_t points = 0;  ///< issued less reversed
    programme::TierRank peak_tier = 0;
};

class Tally {
public:
    Tally(const programme::Programme& programme, const MonthAxis& months);

    /// A member's first order has registered it.
    void add_member(Instant at);
    /// A sale (or, negative, a return) of an order paid on this tier.
    void add_sales(Instant at, programme::TierRank tier, std::int64_t minor);
    /// Ledger, tier changes and costs of one decision or advance.
    void add(const engine::Outcome& outcome, MemberSums& sums);
    /// The member at the end.
    void close(const engine::Member& member, const MemberSums& sums);

    /// Sums, tiers, points, costs and months. Aborts if the ledger and the members disagree.
    void fill(Report& report) const;

private:
    void add_entry(const engine::LedgerEntry& entry, MemberSums& sums);
    void add_change(const engine::TierChange& change);
    void add_coupon(const engine::CouponChange& change);
    void add_activities(const engine::Outcome& outcome);
    [[nodiscard]] ActivityFigures* figures_of(std::string_view code);
    void fill_activities(Report& report) const;
    void fill_points(Report& report) const;
    void fill_months(Report& report) const;

    const programme::Programme& programme_;
    const MonthAxis& months_;
    std::size_t tier_count_;
    std::vector<MonthFigures> figures_;  ///< tier_members and points_outstanding as changes until `fill`
    std::vector<std::int64_t> tier_sales_;
    std::vector<std::int64_t> tier_costs_;
    std::vector<std::int64_t> tier_members_;
    std::vector<std::int64_t> costs_;
    std::vector<std::int64_t> peak_to_last_;
    std::vector<CouponFigures> coupons_;  ///< by template
    std::vector<ActivityFigures> activities_;
    std::map<std::string, std::size_t, std::less<>> activity_places_;  ///< by code
    std::int64_t members_ = 0;
    PointTotals points_;  ///< flows from the ledger, stock from the members
    std::int64_t balance_minor_ = 0;
};

}  // namespace regulars::backtest
