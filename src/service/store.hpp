// The port to storage: what the service needs of a database, in values. One implementation speaks SQL to SQLite and
// PostgreSQL, one keeps everything in memory; a single contract suite runs on all of them.
//
// A Store belongs to one thread at a time; open one per thread. Nothing here decides anything: rows in, rows out.
#pragma once

#include <cstdint>
#include <functional>
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
#include "service/stored_activities.hpp"

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
    sealed,           ///< its personal fields are under another seal than the one given (store/seal.hpp)
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

struct PlanChangeRow {
    MemberId member;
    std::uint64_t event_sequence = 0;
    std::uint32_t index = 0;          ///< among this member's changes with that event
    engine::PlanChange change;
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

/// Unique codes that were made together. They work while their batch is ready.
enum class CodeBatchStatus : std::uint8_t {
    making,     ///< not all of them are stored yet, or making them broke off
    ready,
    withdrawn,  ///< those that nobody has taken yet do not work any more
};
inline constexpr CodeBatchStatus last_code_batch_status = CodeBatchStatus::withdrawn;

[[nodiscard]] constexpr std::string_view name_of(CodeBatchStatus status) {
    switch (status) {
        case CodeBatchStatus::making: return "making";
        case CodeBatchStatus::ready: return "ready";
        case CodeBatchStatus::withdrawn: return "withdrawn";
    }
    return {};
}

struct CodeBatch {
    std::string name;
    std::string coupon;               ///< the template's name
    CodeBatchStatus status = CodeBatchStatus::making;
    Instant made_at;
    std::int64_t made = 0;
    std::int64_t taken = 0;           ///< counted when batches are listed
};

/// A unique code as it is kept: by what it hashes to (service/unique_codes.hpp), never itself.
struct UniqueCode {
    std::string hash;
    std::string coupon;
    std::string batch;
    CodeBatchStatus status = CodeBatchStatus::making;  ///< of its batch
    MemberId member;                  ///< who has taken it; 0: nobody
    CouponId issued;                  ///< the coupon that it became

    [[nodiscard]] bool works() const { return member == MemberId() && status == CodeBatchStatus::ready; }
};

/// Somebody takes a unique code; a save must still find that it works.
struct CodeUse {
    std::string hash;
    MemberId member;
    CouponId issued;
    Instant at;
};

/// Codes of another shop, given out in the order in which they were imported: those up to `given` are gone.
struct PartnerPool {
    std::string name;
    std::int64_t imported = 0;
    std::int64_t given = 0;
    std::uint64_t version = 0;        ///< 0: nothing was imported yet; a save must still find it, and adds one

    [[nodiscard]] std::int64_t left() const { return imported - given; }
};

/// The code at `position` of its pool, counted from 1, goes with this coupon.
struct PartnerUse {
    std::string pool;
    std::int64_t position = 0;
    MemberId member;
    CouponId issued;
    Instant at;
};

/// A partner's code goes with its coupon to another member, in whose wallet the coupon has another id.
struct PartnerMove {
    MemberId from;
    CouponId coupon;
    MemberId to;
    CouponId becomes;
};

/// Where a notice stands among all: by the time of recording, then by where it belongs.
struct NoticeKey {
    Instant recorded_at = instant_min;
    MemberId member;
    std::uint64_t event_sequence = 0;
    Instant happened_at = instant_min;
    std::uint32_t index = 0;
    friend auto operator<=>(const NoticeKey&, const NoticeKey&) = default;
};

struct NoticeRow {
    MemberId member;
    std::uint64_t event_sequence = 0;  ///< of the event that it came with or after
    std::uint32_t index = 0;           ///< among this member's notices with that event
    Instant recorded_at;               ///< by the service's clock
    engine::Notice notice;

    [[nodiscard]] NoticeKey key() const { return {recorded_at, member, event_sequence, notice.at, index}; }
};

struct MemberWrite {
    const engine::Member* member = nullptr;
    std::uint64_t expected_version = 0;   ///< 0: new
    std::string tier;                     ///< name, for the summary column
    bool same_due = false;                ///< it falls due when it did before: that column need not be written
    Instant now{};                        ///< by the service's clock: of equally due members the first noted come first
};

struct IdentityRow {
    engine::Identity identity;
    MemberId member;
};

/// An identity that goes from one member to another.
struct IdentityMove {
    engine::Identity identity;
    MemberId from;
    MemberId to;                      ///< 0: nobody has it any more
};

/// A coupon that is offered under this hash of a secret, or was once.
struct GiftRow {
    std::string gift;
    MemberId giver;
};

/// What is kept about one who asks for one-time codes (service/one_time_codes.hpp): the code that is out, and how often
/// codes were asked for. `subject` is an address to which codes go, hashed, or the place that requests come from.
struct OneTimeCode {
    std::string subject;
    std::string purpose;
    std::string salt;                     ///< hex
    std::string hash;                     ///< of salt and code, hex; empty: none is out
    Instant ends_at = instant_min;
    std::int32_t tries = 0;               ///< wrong ones
    Instant asked_at = instant_min;       ///< last
    Instant hour_began_at = instant_min;
    std::int32_t in_hour = 0;
    Instant day_began_at = instant_min;
    std::int32_t in_day = 0;
    std::uint64_t version = 0;            ///< 0: not stored yet; a save must still find it, and adds one
    friend bool operator==(const OneTimeCode&, const OneTimeCode&) = default;
};

/// A code that people scan to enrol: of a shop guide, a group's leader, a store, a poster, or a friend.
struct EnrolmentCode {
    std::string code;
    std::string kind;                     ///< "guide", "leader", "store", "poster" or "friend"
    std::string name;
    std::string staff;
    std::string store;
    std::string channel;
    MemberId member;                      ///< whose code it is, for "friend"; 0: nobody's
    Instant made_at;
    friend bool operator==(const EnrolmentCode&, const EnrolmentCode&) = default;
};

/// A member as they were after an event; what lies before it is not replayed, because it was rewritten.
struct Snapshot {
    engine::Member member;
    std::vector<engine::Order> closed_orders;
    std::uint32_t programme_version = 0;  ///< of that event
};

/// An event that loses what it told of a person.
struct RewrittenEvent {
    MemberId member;
    std::uint64_t sequence = 0;
    std::string payload;
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
    std::vector<IdentityMove> identity_moves;  ///< after what is new
    std::vector<EventRow> events;
    std::vector<RewrittenEvent> rewritten_events;
    std::vector<Snapshot> snapshots;      ///< one takes the place of the member's before
    std::vector<GiftRow> gifts;
    std::vector<OrderKey> removed_orders; ///< before `orders`: they are another member's from now on
    std::vector<LedgerRow> ledger;
    std::vector<OrderRow> orders;         ///< the last state of each order
    std::vector<TierChangeRow> tier_changes;
    std::vector<CostRow> costs;
    std::vector<PlanChangeRow> plan_changes;
    std::vector<CouponRow> coupons;       ///< the last state of each coupon
    std::vector<CouponStock> stocks;      ///< as they are to be; `version` is the one that must be found
    std::vector<NoticeRow> notices;
    std::vector<ActivityResultRow> activity_results;
    std::vector<RedemptionRow> redemptions;  ///< the last state of each
    std::vector<GroupRow> groups;            ///< the same
    std::vector<ReviewRow> reviews;          ///< the same
    std::vector<FriendRow> friends;          ///< the same
    std::vector<TrialRow> trials;            ///< the same
    std::vector<GivenAnswerRow> given_answers;
    std::vector<AnswerCountRow> answer_counts;   ///< each once; added to what is there
    std::vector<MemberId> forgotten_answers;     ///< of whom every one goes; the counts stay
    std::vector<CodeUse> code_uses;
    std::vector<PartnerPool> pools;       ///< as they are to be; `version` is the one that must be found
    std::vector<PartnerUse> partner_uses;
    std::vector<PartnerMove> partner_moves;  ///< of coupons that have no code: nothing happens
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
    std::string partner_code{};       ///< of a partner's coupon: what the other shop asks for
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
    virtual Stored<std::optional<MemberId>> find_giver(const std::string& gift) = 0;
    virtual Stored<std::optional<Snapshot>> load_snapshot(MemberId member) = 0;
    /// By subject.
    virtual Stored<std::vector<std::optional<OneTimeCode>>> load_one_time_codes(
        std::span<const std::string> subjects) = 0;
    virtual Stored<std::optional<EnrolmentCode>> find_enrolment_code(const std::string& code) = 0;
    /// The first that the member has made.
    virtual Stored<std::optional<EnrolmentCode>> find_invitation(MemberId member) = 0;
    /// By code; those of friends are not among them.
    virtual Stored<std::vector<EnrolmentCode>> list_enrolment_codes(Page<std::string> page) = 0;
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
    /// By hash.
    virtual Stored<std::vector<std::optional<UniqueCode>>> load_codes(std::span<const std::string> hashes) = 0;
    /// By name.
    virtual Stored<std::vector<std::optional<PartnerPool>>> load_pools(std::span<const std::string> names) = 0;
    /// Of all members, those recorded up to `until`.
    virtual Stored<std::vector<NoticeRow>> list_notices(Instant until, Page<NoticeKey> page) = 0;
    /// Of one member, those that happened at or after `since`; by event, then by when they happened.
    virtual Stored<std::vector<NoticeRow>> list_member_notices(MemberId member, Instant since,
                                                               Page<NoticeKey> page) = 0;
    /// All of them, the oldest first, with how many codes have been taken.
    virtual Stored<std::vector<CodeBatch>> code_batches() = 0;
    /// All of them, by name.
    virtual Stored<std::vector<PartnerPool>> pools() = 0;
    /// Members with something due at or before `until`, the earliest first.
    virtual Stored<std::vector<MemberId>> due_members(Instant until, std::size_t limit) = 0;
    virtual Stored<std::vector<ProgrammeRow>> programmes() = 0;
    // What members do beside buying.
    /// Of one member, by key; of one activity where it is named.
    virtual Stored<std::vector<ActivityResultRow>> list_results(MemberId member, const std::string& activity,
                                                                Page<ResultKey> page) = 0;
    /// Of one member, by redemption id.
    virtual Stored<std::vector<RedemptionRow>> list_redemptions(MemberId member, Page<std::string> page) = 0;
    /// Of all members, those in that state, by key.
    virtual Stored<std::vector<RedemptionRow>> list_all_redemptions(engine::RedemptionStatus status,
                                                                    Page<MemberTextKey> page) = 0;
    virtual Stored<std::optional<GroupRow>> find_group(const std::string& group) = 0;
    /// Open ones of a promotion, by group.
    virtual Stored<std::vector<GroupRow>> list_open_groups(const std::string& promotion, Page<std::string> page) = 0;
    /// Of all members, those in that state, by key.
    virtual Stored<std::vector<ReviewRow>> list_reviews(engine::ReviewStatus status, Page<MemberTextKey> page) = 0;
    /// Of all members, those in that state, by key.
    virtual Stored<std::vector<FriendRow>> list_friends(engine::FriendStatus status, Page<MemberTextKey> page) = 0;
    /// Who has applied for a trial and is not decided about, the lowest numbers first; for those who were first, by
    /// time of applying.
    virtual Stored<std::vector<TrialRow>> list_applicants(const std::string& activity, bool by_number,
                                                          std::size_t limit) = 0;
    /// How many members of a trial are in that state.
    virtual Stored<std::int64_t> count_trials(const std::string& activity, engine::TrialStatus status) = 0;
    /// To one question of a questionnaire, the newest first.
    virtual Stored<std::vector<GivenAnswerRow>> list_given_answers(
        const std::string& activity, const std::string& question, Page<GivenAnswerKey> page) = 0;
    /// Of one questionnaire, by question and answer. As many as its programmes ever had choices and scores.
    virtual Stored<std::vector<AnswerCountRow>> answer_counts(const std::string& activity) = 0;
    /// All of them, by activity.
    virtual Stored<std::vector<SeedChain>> seed_chains() = 0;
    /// A value of the settings table ("clock_start"); empty when it is not set.
    virtual Stored<std::optional<std::string>> setting(std::string_view name) = 0;
    /// Cheap probe for readiness.
    virtual Stored<void> ping() = 0;

    // Writing: each call is one transaction, durable when it returns.
    virtual Stored<void> commit(const Batch& batch) = 0;
    /// As `commit`, but when this gives true a power cut may take it back until `make_durable`, though others see it
    /// already.
    virtual Stored<bool> commit_ahead(const Batch& batch) = 0;
    /// Makes durable what has been committed by now, by this store or others of the same process. Meanwhile another
    /// store may commit.
    virtual Stored<void> make_durable() = 0;
    virtual Stored<void> add_programme(const ProgrammeRow& programme) = 0;
    virtual Stored<void> set_setting(std::string_view name, std::string_view value) = 0;
    /// A new batch without codes; conflict when there is one of that name.
    virtual Stored<void> add_code_batch(const CodeBatch& batch) = 0;
    /// More codes for a batch; conflict when one of them exists.
    virtual Stored<void> add_codes(const CodeBatch& batch, std::span<const std::string> hashes) = 0;
    /// Status and count of a batch; not_found when there is none of that name.
    virtual Stored<void> save_code_batch(const CodeBatch& batch) = 0;
    /// Adds those that the pool has not had yet, in this order, each of them once; how many. Conflict when a coupon of
    /// the pool was given at the same time: try again.
    virtual Stored<std::int64_t> add_partner_codes(const std::string& pool, std::span<const std::string> codes) = 0;
    /// All or none; conflict when one was saved by somebody else first. In ascending order of the subjects.
    virtual Stored<void> save_one_time_codes(std::span<const OneTimeCode> codes) = 0;
    /// Removes what nobody has asked about since `before`.
    virtual Stored<void> forget_one_time_codes(Instant before) = 0;
    /// Conflict when there is such a code.
    virtual Stored<void> add_enrolment_code(const EnrolmentCode& code) = 0;
    /// Removes notices recorded before, at most so many, the oldest first; how many there were.
    virtual Stored<std::int64_t> forget_notices(Instant before, std::size_t limit) = 0;
    /// Conflict when the activity has one.
    virtual Stored<void> add_seed_chain(const SeedChain& chain) = 0;
    /// A consistent copy into a new file while others write. Only where the database can (SQLite).
    virtual Stored<void> backup(const std::string& path) = 0;
};

/// Opens one more store on the same database; called once per thread.
using OpenStore = std::function<Stored<std::unique_ptr<Store>>(const std::string& url)>;

}  // namespace regulars::service
