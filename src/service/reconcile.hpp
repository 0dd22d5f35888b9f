// Reconciliation: every local day's ledger summed up by account, over all members, and each member's accounts held
// against what the member has. A ledger entry moves an amount between two accounts, so each day sums to zero.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "engine/outcome.hpp"
#include "service/store.hpp"

namespace regulars::service {

/// What came into each account less what left it: points or minor units, as the account counts.
using AccountSums = std::map<engine::Account, std::int64_t>;

struct ReconcileDifference {
    MemberId member;
    engine::Account account;
    std::int64_t in_ledger = 0;
    std::int64_t held = 0;       ///< by the member, as stored
};

struct ReconcileReport {
    static constexpr std::size_t differences_kept_max = 1'000;

    std::uint64_t members = 0;
    std::uint64_t entries = 0;
    std::map<LocalDate, AccountSums> days;
    AccountSums all;
    std::uint64_t members_differing = 0;
    std::vector<ReconcileDifference> differences;  ///< the first ones, by member

    /// Over all days; by construction, unless something is missing.
    [[nodiscard]] bool sums_to_zero() const;
};

/// `zone` says which day an entry belongs to. It may run beside a service that writes: a member that changes meanwhile
/// is looked at again.
[[nodiscard]] Stored<ReconcileReport> reconcile(Store& store, const Zone& zone,
                                                const std::function<void(std::uint64_t members)>& progress);

}  // namespace regulars::service
