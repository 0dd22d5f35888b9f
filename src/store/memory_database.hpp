// The tables of a database in memory, and how a batch is kept in them. Private to memory_store.cpp and
// memory_database.cpp.
#pragma once

#include "store/memory_activities.hpp"
#include "store/memory_codes.hpp"
#include "store/memory_notices.hpp"
#include "store/memory_people.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace regulars::store {

struct MemberRecord {
    service::StoredMember stored;
    service::MemberSummary summary;
    Instant next_due_at;
    Instant due_noted_at{};
};

struct OrderRecord {
    service::OrderSummary summary;
    std::optional<engine::Order> closed;
};

/// Of a row within a member: (member, sequence).
using RowKey = std::pair<std::uint64_t, std::uint64_t>;
/// Of a tier change or a cost: (member, event sequence, instant, index).
using NoteKey = std::tuple<std::uint64_t, std::uint64_t, Instant, std::uint32_t>;

/// Everything is guarded by `mutex`.
struct MemoryDatabase {
    std::mutex mutex;
    std::map<std::uint64_t, MemberRecord> members;
    std::map<engine::Identity, MemberId> identities;
    std::map<RowKey, service::EventRow> events;
    std::map<RowKey, service::LedgerRow> ledger;
    std::map<std::pair<std::uint64_t, std::string>, OrderRecord> orders;
    std::map<NoteKey, service::TierChangeRow> tier_changes;
    std::map<NoteKey, service::CostRow> costs;
    std::map<NoteKey, service::PlanChangeRow> plan_changes;
    std::map<RowKey, service::CouponSummary> coupons;
    std::map<std::string, service::CouponStock> stocks;
    MemoryNotices notices;
    MemoryCodes codes;
    std::map<std::string, service::Answer> answers;
    std::map<std::string, service::OneTimeCode> one_time_codes;
    std::map<std::string, service::EnrolmentCode> enrolment_codes;
    MemoryPeople people;
    MemoryActivities activities;
    std::map<std::uint32_t, service::ProgrammeRow> programmes;
    std::map<std::string, std::string, std::less<>> settings;

    /// All of the batch, or nothing of it and why. `mutex` is held.
    [[nodiscard]] service::Stored<void> keep(const service::Batch& batch);

private:
    [[nodiscard]] std::optional<service::StoreFailure> conflict_in(const service::Batch& batch) const;
    [[nodiscard]] bool stocks_as_found(const service::Batch& batch) const;
    void write_stocks(const service::Batch& batch);
    void write_members(const service::Batch& batch);
};

}  // namespace regulars::store
