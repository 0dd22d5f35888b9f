#include "service/reconcile.hpp"

#include <numeric>

namespace regulars::service {

namespace {

using engine::Account;

constexpr std::size_t page_size = 500;
// A member that a service writes while it is summed up is looked at again, this often at most.
constexpr int attempts_max = 5;

// What the member's own accounts must come to.
AccountSums held_by(const engine::Member& member) {
    Points points_held;
    Money balance_held;
    for (const engine::Hold& hold : member.holds) {
        for (const engine::SpentLot& lot : hold.tenders.points) points_held += lot.points;
        balance_held += hold.tenders.balance.total();
    }
    return {{Account::points_available, member.points_available.count()},
            {Account::points_owed, -member.points_owed.count()},
            {Account::points_held, points_held.count()},
            {Account::balance_topped_up, member.balance.topped_up.count()},
            {Account::balance_bonus, member.balance.bonus.count()},
            {Account::balance_cashback, member.balance.cashback.count()},
            {Account::balance_held, balance_held.count()}};
}

struct MemberSums {
    std::map<LocalDate, AccountSums> days;
    AccountSums all;
    std::uint64_t entries = 0;
};

Stored<MemberSums> sum_up(Store& store, const engine::Member& member, const Zone& zone) {
    MemberSums sums;
    for (std::uint64_t after = 0; after < member.ledger_sequence;) {
        const auto rows = store.list_ledger(member.id, {after, page_size});
        if (!rows) return unexpected(rows.error());
        if (rows->empty()) break;
        for (const LedgerRow& row : *rows) {
            after = row.entry.sequence;
            if (after > member.ledger_sequence) break;
            AccountSums& day = sums.days[zone.date(row.entry.at)];
            for (AccountSums* const sum : {&day, &sums.all}) {
                (*sum)[row.entry.from] -= row.entry.amount;
                (*sum)[row.entry.to] += row.entry.amount;
            }
            ++sums.entries;
        }
    }
    return sums;
}

std::vector<ReconcileDifference> differences_of(const engine::Member& member, const AccountSums& ledger) {
    std::vector<ReconcileDifference> differences;
    for (const auto& [account, held] : held_by(member)) {
        const auto found = ledger.find(account);
        const std::int64_t in_ledger = found == ledger.end() ? 0 : found->second;
        if (in_ledger != held) differences.push_back({member.id, account, in_ledger, held});
    }
    return differences;
}

void add(const MemberSums& sums, ReconcileReport& report) {
    for (const auto& [day, accounts] : sums.days)
        for (const auto& [account, amount] : accounts) report.days[day][account] += amount;
    for (const auto& [account, amount] : sums.all) report.all[account] += amount;
    report.entries += sums.entries;
}

Stored<void> reconcile_member(Store& store, StoredMember stored, const Zone& zone, ReconcileReport& report) {
    for (int attempt = 1;; ++attempt) {
        const auto sums = sum_up(store, stored.member, zone);
        if (!sums) return unexpected(sums.error());
        const auto differences = differences_of(stored.member, sums->all);
        if (!differences.empty() && attempt < attempts_max) {
            auto again = store.load_members(std::span(&stored.member.id, 1));
            if (!again) return unexpected(std::move(again.error()));
            if (again->front() && again->front()->version != stored.version) {
                stored = std::move(*again->front());
                continue;
            }
        }
        add(*sums, report);
        report.members_differing += differences.empty() ? 0U : 1U;
        for (const ReconcileDifference& difference : differences)
            if (report.differences.size() < ReconcileReport::differences_kept_max)
                report.differences.push_back(difference);
        return {};
    }
}

}  // namespace

bool ReconcileReport::sums_to_zero() const {
    return std::accumulate(all.begin(), all.end(), std::int64_t{0},
                           [](std::int64_t sum, const auto& one) { return sum + one.second; }) == 0;
}

Stored<ReconcileReport> reconcile(Store& store, const Zone& zone,
                                  const std::function<void(std::uint64_t members)>& progress) {
    ReconcileReport report;
    for (MemberId after;;) {
        const auto page = store.list_members({after, page_size});
        if (!page) return unexpected(page.error());
        std::vector<MemberId> ids;
        for (const MemberSummary& summary : *page) ids.push_back(summary.member);
        if (ids.empty()) return report;
        after = ids.back();
        auto members = store.load_members(ids);
        if (!members) return unexpected(std::move(members.error()));
        for (auto& stored : *members) {
            if (!stored) continue;
            if (auto done = reconcile_member(store, std::move(*stored), zone, report); !done)
                return unexpected(std::move(done.error()));
            ++report.members;
        }
        if (progress) progress(report.members);
    }
}

}  // namespace regulars::service
