// What a backtest found: the figures of a programme over a file of orders, for JSON, CSV and the HTML report. Points
// are counted, money is in minor units.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "programme/programme.hpp"

namespace regulars::backtest {

/// Where the rows of the file went: rows_read = lines + rejected + returns_matched + returns_unmatched +
/// returns_skipped + after_until. Only `applied` counts orders.
struct OrderCounts {
    std::uint64_t read = 0;               ///< rows after the header
    std::uint64_t applied = 0;            ///< orders that the engine took
    std::uint64_t lines = 0;              ///< rows of those orders
    std::uint64_t rejected = 0;           ///< rows in the rejects file, unmatched returns not among them
    std::uint64_t returns_matched = 0;    ///< negative rows that were found in earlier orders in full
    std::uint64_t returns_unmatched = 0;  ///< negative rows that were not, or only in part
    std::uint64_t returns_skipped = 0;
    std::uint64_t after_until = 0;  ///< rows after the last day

    [[nodiscard]] std::uint64_t accounted_for() const {
        return lines + rejected + returns_matched + returns_unmatched + returns_skipped + after_until;
    }
};

/// Rows of the file of facts: read = applied + rejected + after_until.
struct FactCounts {
    std::uint64_t read = 0;
    std::uint64_t applied = 0;
    std::uint64_t rejected = 0;
    std::uint64_t after_until = 0;
};

/// What became of a coupon's pieces: given = used + expired + revoked + in wallets.
struct CouponFigures {
    std::string name;
    programme::Title title;
    std::int64_t given = 0;
    std::int64_t used = 0;     ///< less those that came back with an order
    std::int64_t expired = 0;
    std::int64_t revoked = 0;
    std::int64_t cost_minor = 0;

    [[nodiscard]] std::int64_t in_wallets() const { return given - used - expired - revoked; }
};

/// What members did in an activity, bought of an item of the points mall, or got for reviews. Points that were given
/// and paid are among those of PointTotals; the cost is that of the same code.
struct ActivityFigures {
    std::string code;
    programme::Title title;
    std::int64_t times = 0;         ///< done; of an item: pieces, less those that came back
    std::int64_t points_given = 0;  ///< less what was taken back
    std::int64_t points_paid = 0;   ///< less what was given back
    std::int64_t cost_minor = 0;
};

/// issued - reversed - redeemed - expired = available - owed.
struct PointTotals {
    std::int64_t issued = 0;    ///< granted at settlement, for registration and by hand
    std::int64_t reversed = 0;  ///< taken back with returns
    std::int64_t redeemed = 0;
    std::int64_t expired = 0;
    std::int64_t pending = 0;  ///< of orders that have not settled
    std::int64_t available = 0;
    std::int64_t owed = 0;  ///< taken back after they were spent
};

struct TierFigures {
    std::string name;
    programme::Title title;
    std::int64_t members = 0;
    std::int64_t sales_minor = 0;  ///< of orders paid while on this tier, less what came back
    std::int64_t costs_minor = 0;
};

struct BenefitCost {
    std::string code;
    std::int64_t minor = 0;
};

/// A calendar month of the programme's zone. What happens at the midnight that ends a month belongs to that month.
struct MonthFigures {
    LocalDate first_day;
    std::vector<std::int64_t> tier_members;  ///< by tier, at the end of the month
    std::vector<std::int64_t> tier_moves;    ///< from x tiers + to, in the month; none on the diagonal
    std::vector<std::int64_t> costs_minor;   ///< by benefit
    std::int64_t sales_minor = 0;
    std::int64_t points_issued = 0;
    std::int64_t points_reversed = 0;
    std::int64_t points_redeemed = 0;
    std::int64_t points_expired = 0;
    std::int64_t points_outstanding = 0;  ///< available less owed, at the end of the month
};

/// Who gains and who loses when `other` replaces `base`: by what a member got in benefits and points.
struct Comparison {
    struct Member {
        std::string customer;
        std::string base_tier;
        std::string other_tier;
        std::int64_t base_minor = 0;
        std::int64_t other_minor = 0;
    };
    struct Bin {
        std::int64_t from_minor = 0;  ///< of other - base; INT64_MIN: no lower end
        std::int64_t to_minor = 0;    ///< exclusive; INT64_MAX: no upper end
        std::int64_t members = 0;
    };
    std::int64_t winners = 0;
    std::int64_t losers = 0;
    std::int64_t unchanged = 0;
    std::int64_t difference_minor = 0;  ///< sum over all members
    std::vector<Bin> bins;
    std::vector<Member> top_winners;  ///< largest gain first
    std::vector<Member> top_losers;
    std::vector<std::int64_t> tier_members;  ///< base tier x tiers of other + other tier
};

struct Report {
    std::string programme;
    programme::Title title;
    std::string currency;
    std::int32_t minor_digits = 2;
    std::string zone;
    std::string orders_file;
    std::string rejects_file;  ///< empty when no row was rejected
    LocalDate as_of;

    OrderCounts orders;
    std::map<std::string, std::uint64_t, std::less<>> reject_reasons;
    std::int64_t members = 0;  ///< customers with an order that was applied
    std::vector<TierFigures> tiers;
    PointTotals points;
    std::vector<CouponFigures> coupons;  ///< in the programme's order; empty when it has none
    std::vector<ActivityFigures> activities;  ///< in the programme's order: activities, "reviews", items of the mall
    FactCounts facts;
    std::string facts_rejects_file;     ///< empty when no row of that file was rejected
    std::vector<BenefitCost> costs;
    std::int64_t costs_minor = 0;
    std::int64_t sales_minor = 0;            ///< of applied orders, less what came back
    std::int64_t cost_share_millionths = 0;  ///< costs / sales
    std::int64_t balance_minor = 0;
    std::int64_t liability_minor = 0;  ///< worth of the available points, and the balances
    double seconds = 0;                ///< engine time; a measurement, nothing that is owed
    std::int64_t orders_per_second = 0;

    std::vector<MonthFigures> months;
    std::vector<std::int64_t> peak_to_last;  ///< members by (highest tier ever) x tiers + (tier at the end)
};

/// Where one member stands at the end: a row of --members-out.
struct Standing {
    std::uint32_t customer = 0;  ///< number in the table, in order of first appearance
    programme::TierRank tier = 0;
    std::int64_t growth = 0;
    std::int64_t points_available = 0;
    std::int64_t points_pending = 0;
    std::int64_t balance_minor = 0;
    std::int64_t orders = 0;       ///< settled
    std::int64_t spend_minor = 0;  ///< of settled orders, less what came back
    Instant last_order_at = instant_min;  ///< instant_min: never ordered, only facts tell of them
    std::int64_t value_minor = 0;  ///< what the member got: costs of benefits and worth of points
};

}  // namespace regulars::backtest
