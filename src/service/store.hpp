// The port to storage: what the service needs of a database, in values. One implementation speaks SQL to SQLite and
// PostgreSQL, one keeps everything in memory; a single contract suite runs on all of them.
//
// A Store belongs to one thread at a time; open one per thread. Nothing here decides anything: rows in, rows out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "base/ids.hpp"
#include "engine/member.hpp"
#include "engine/outcome.hpp"

namespace regulars::service {

/// Why storage could not do what was asked. Nothing of a failed commit was kept, except `outcome_unknown`.
enum class StoreError : std::uint8_t {
    conflict,         ///< somebody else saved one of the members or stocks first (version check), or a key exists
    locked,           ///< the database is busy; try again
    read_only,
    full,             ///< no space left
    unavailable,      ///< gone, or cannot be reached
    outcome_unknown,  ///< the connection broke during commit: look the keys up before trying again
    newer_schema,     ///< made by a newer version of Regulars
    corrupt,          ///< a stored value that cannot be read
    not_found,
};

struct StoreFailure {
    StoreError error;
    std::string detail;  ///< for the operator's log: what the database said; no personal data
};

template <class Value>
using Stored = expected<Value, StoreFailure>;

/// A member with the version that a save must still find.
struct StoredMember {
    engine::Member member;
    std::uint64_t version = 0;
};

struct OrderKey {
    MemberId member;
    std::string order_id;
};

/// An accepted event: the append-only truth from which everything else can be rebuilt.
struct EventRow {
    MemberId member;
    std::uint64_t sequence = 0;       ///< within the member: 1, 2, 3 ...
    Instant at;                       ///< business time
    Instant applied_at;               ///< the member's present when it was applied (never before the event before)
    Instant recorded_at;              ///< by the service's clock
    std::string name;                 ///< "order_created"
    std::string order_id;             ///< empty: not about an order
    std::uint32_t programme_version = 0;
    std::string payload;              ///< the event as JSON (service/event_json.hpp)
};

struct LedgerRow {
    MemberId member;
    std::uint64_t event_sequence = 0;  ///< of the event that it happened with or after
    engine::LedgerEntry entry;
};

/// An order as it stands now. The whole order is kept as a document once it has left the aggregate.
struct OrderRow {
    MemberId member;
    const engine::Order* order = nullptr;
    bool closed = false;
};

struct TierChangeRow {
    MemberId member;
    std::uint64_t event_sequence = 0;
    std::uint32_t index = 0;          ///< among this member's changes with that event
    engine::TierChange change;
    std::string from;                 ///< names, for those who read the table
    std::string to;
};

struct CostRow {
    MemberId member;
    std::uint64_t event_sequence = 0;
    std::uint32_t index = 0;
    engine::Cost cost;
    std::string benefit;
};

/// A coupon as it stands now.
struct CouponRow {
    MemberId member;
    engine::CouponChange change;
};

/// How many coupons of one template are out, over all members. Only for templates whose stock members share.
struct CouponStock {
    std::string coupon;               ///< the template's name
    std::int64_t issued = 0;
    LocalDate day;
    std::int64_t issued_on_day = 0;   ///< on `day`
    Money exposure;                   ///< what those that are out may cost, and those that are used did cost
    std::uint64_t version = 0;        ///< 0: not stored yet; a save must still find it, and adds one
};

struct MemberWrite {
    const engine::Member* member = nullptr;
    std::uint64_t expected_version = 0;   ///< 0: new
    std::string tier;                     ///< name, for the summary column
    bool same_due = false;                ///< it falls due when it did before: that column need not be written
};

struct IdentityRow {
    engine::Identity identity;
    MemberId member;
};

/// A command's stored answer: the same key with the same input gives it again.
struct Answer {
    std::string key;
    std::string input_hash;  ///< hex
    std::int32_t status = 0;
    std::string body;
    Instant at;
};

/// Everything one transaction writes. Order in each list is the order of writing.
struct Batch {
    std::vector<MemberWrite> members;
    std::vector<IdentityRow> identities;
    std::vector<EventRow> events;
    std::vector<LedgerRow> ledger;
    std::vector<OrderRow> orders;         ///< the last state of each order
    std::vector<TierChangeRow> tier_changes;
    std::vector<CostRow> costs;
    std::vector<CouponRow> coupons;       ///< the last state of each coupon
    std::vector<CouponStock> stocks;      ///< as they are to be; `version` is the one that must be found
    std::vector<Answer> answers;
};

struct ProgrammeRow {
    std::uint32_t version = 0;
    std::string name;
    std::string source;                   ///< the YAML text
    Instant activated_at;
};

/// The plain columns beside the document: what lists and BI tools read.
struct MemberSummary {
    MemberId member;
    std::string tier;
    std::int64_t growth = 0;
    std::int64_t points_available = 0;
    std::int64_t points_pending = 0;
    std::int64_t balance_minor = 0;
    std::int64_t orders = 0;
    std::int64_t spend_minor = 0;
    Instant last_order_at;
    Instant registered_at;
};

/// A row of the coupons table.
struct CouponSummary {
    CouponId coupon;
    std::string name;
    std::string status;               ///< "usable", "held", "used", "expired", "revoked"
    std::uint32_t programme_version = 0;
    Instant granted_at;
    Instant usable_from;
    std::optional<Instant> expires_at;
    std::optional<Instant> ended_at;  ///< used, expired or revoked then
    OrderNumber order;                ///< that uses it; 0: none
    std::int64_t amount_minor = 0;    ///< that it takes off there
};

struct OrderSummary {
    std::string order_id;
    std::string status;
    Instant ordered_at;
    std::int64_t amount_minor = 0;
    std::int64_t points = 0;
    std::int64_t cashback_minor = 0;
    std::optional<Instant> settled_at;
};

/// A page of rows after `after`, in ascending order of the list's own sequence, at most `limit`.
template <class Key>
struct Page {
    Key after{};
    std::size_t limit = 100;
};

class Store {
public:
    virtual ~Store() = default;

    // Reading. Results stand in the order of the keys; what is not there is empty.
    virtual Stored<std::vector<std::optional<StoredMember>>> load_members(std::span<const MemberId> ids) = 0;
    virtual Stored<std::vector<std::optional<MemberId>>> find_identities(
        std::span<const engine::Identity> identities) = 0;
    virtual Stored<std::vector<std::optional<engine::Order>>> load_closed_orders(std::span<const OrderKey> keys) = 0;
    virtual Stored<std::vector<std::optional<Answer>>> find_answers(std::span<const std::string> keys) = 0;
    /// The largest member id in use; 0 when there is none.
    virtual Stored<MemberId> last_member_id() = 0;
    virtual Stored<std::vector<MemberSummary>> list_members(Page<MemberId> page) = 0;
    virtual Stored<std::vector<EventRow>> list_events(MemberId member, Page<std::uint64_t> page) = 0;
    virtual Stored<std::vector<LedgerRow>> list_ledger(MemberId member, Page<std::uint64_t> page) = 0;
    /// By order id.
    virtual Stored<std::vector<OrderSummary>> list_orders(MemberId member, Page<std::string> page) = 0;
    /// By coupon id; what has ended included.
    virtual Stored<std::vector<CouponSummary>> list_coupons(MemberId member, Page<std::uint32_t> page) = 0;
    /// By template name.
    virtual Stored<std::vector<std::optional<CouponStock>>> load_stocks(std::span<const std::string> coupons) = 0;
    /// Members with something due at or before `until`, the earliest first.
    virtual Stored<std::vector<MemberId>> due_members(Instant until, std::size_t limit) = 0;
    virtual Stored<std::vector<ProgrammeRow>> programmes() = 0;
    /// A value of the settings table ("clock_start"); empty when it is not set.
    virtual Stored<std::optional<std::string>> setting(std::string_view name) = 0;
    /// Cheap probe for readiness.
    virtual Stored<void> ping() = 0;

    // Writing: each call is one transaction, durable when it returns.
    virtual Stored<void> commit(const Batch& batch) = 0;
    virtual Stored<void> add_programme(const ProgrammeRow& programme) = 0;
    virtual Stored<void> set_setting(std::string_view name, std::string_view value) = 0;
    /// A consistent copy into a new file while others write. Only where the database can (SQLite).
    virtual Stored<void> backup(const std::string& path) = 0;
};

/// Opens one more store on the same database; called once per thread.
using OpenStore = Stored<std::unique_ptr<Store>> (*)(const std::string& url);

}  // namespace regulars::service
