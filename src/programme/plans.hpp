// Memberships that are bought for a time, and what the shop does for its members beside prices. See docs/programme.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/quantity.hpp"
#include "programme/privileges.hpp"
#include "programme/terms.hpp"

namespace regulars::programme {

/// A paid plan: what it gives holds from the moment it is bought to the end of the local day a period later. Bought
/// again while it runs, the next period is added to its end.
struct Plan {
    /// What comes back when it is given up at once.
    /// - none. - unused_days: the price's share of the days that are left, rounded down. - less_saved: that share, but
    /// no more than the price less what the plan has saved the member in the running period.
    enum class Refund : std::uint8_t { none, unused_days, less_saved };
    /// Where the tier gives the same: the better of the two for each line and order, or both together.
    enum class WithTier : std::uint8_t { better, both };
    std::string name;
    Title title;
    Money price;                               ///< of one period
    Span period;
    std::optional<Span> trial;                 ///< once per member
    Money trial_price;
    std::int32_t grace_days = 0;               ///< how long it goes on after its end while it waits to be renewed
    std::optional<std::int32_t> remind_days;   ///< before its end
    std::uint32_t tiers = ~0U;                 ///< a bit per TierRank: who may buy it
    std::optional<rule::Rule> when;            ///< who may buy it; reads the member
    Refund refund = Refund::none;
    std::int32_t full_refund_days = 0;         ///< so many days after buying all comes back, unless it saved anything
    std::optional<TierRank> tier;              ///< that is held while it runs, where the member's own is lower
    WithTier with_tier = WithTier::better;
    Privileges privileges;
};

/// Something the shop does or gives beside prices: staff see who has it and until when, and tell each use.
/// - service: priority, a phone line, wrapping. - gift: goods outside an order. - access: lines that match are only for
/// those who have it, from `dates.first` to `dates.last` where there are dates (before and after, for all).
/// - free_return. - instant_refund: money back before the goods are.
/// - manager: somebody of `staff` looks after the member.
struct MemberBenefit {
    enum class Kind : std::uint8_t { service, gift, access, free_return, instant_refund, manager };
    std::string name;
    Title title;
    std::uint32_t benefit = 0;                 ///< index into Programme::benefits
    Kind kind = Kind::service;
    std::uint32_t tiers = 0;                   ///< a bit per TierRank: who has it
    std::uint32_t plans = 0;                   ///< a bit per plan: who has it
    bool for_all = false;                      ///< neither tiers nor plans are named
    std::optional<rule::Rule> when;            ///< reads the member
    std::optional<std::int64_t> count;         ///< uses in one `per`
    std::optional<CalendarUnit> per;           ///< nothing: ever
    std::optional<Money> at_most;              ///< of one use, for instant_refund
    Money cost;                                ///< of one use, where that does not tell
    Match match;                               ///< for access: which goods
    std::optional<DateRange> dates;            ///< for access
    std::vector<std::string> staff;            ///< for manager
};

struct PlanPolicy {
    std::vector<Plan> plans;
    [[nodiscard]] const Plan* find(std::string_view name) const;
    [[nodiscard]] std::optional<std::size_t> index_of(std::string_view name) const;
};

}  // namespace regulars::programme
