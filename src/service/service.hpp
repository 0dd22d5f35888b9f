// The service: load, decide, save. One writer thread takes many waiting commands, loads their members, decides one
// after another in memory, writes everything in one transaction, and only then answers them all. A business refusal
// touches nothing and never disturbs its neighbours; when the transaction fails, every command of the batch is answered
// with that failure and nothing was kept.
//
// All calls are safe from any thread. Nothing here speaks HTTP or reads a clock of its own: the clock is handed in.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/expected.hpp"
#include "base/ids.hpp"
#include "engine/engine.hpp"
#include "engine/orders/quote.hpp"
#include "programme/programme.hpp"
#include "service/store.hpp"

namespace regulars::service {

class Seeds;  // service/fair_chance.hpp

/// Who a command is about: a member's id, or one of its identities.
using Target = std::variant<MemberId, engine::Identity>;

/// One fact to be applied to one member.
struct Command {
    Target target;
    engine::Event event;
    bool create_member = false;  ///< an identity that nobody has yet gets a new member (and is linked to it)
    bool explain = false;        ///< the answer carries the reasons
    bool at_left_out = false;    ///< the sender did not say when: the event's time is when it arrived
    bool choose_manager = false; ///< a ManagerAssigned: to the one of the programme's staff who looks after the fewest
};

/// Why a command did not happen, beside the engine's rejections.
enum class Refusal : std::uint8_t {
    queue_full,        ///< try again after a moment
    stopping,          ///< the service is shutting down
    member_not_found,
    identity_taken,    ///< it belongs to another member
    key_conflict,      ///< the idempotency key was used with other input
    store_failed,      ///< nothing was kept; `store` says why
    outcome_unknown,   ///< the database broke at commit: ask again with the same key
    ahead_of_clock,    ///< dated further ahead of the service's clock than ServiceOptions::ahead_max_ms
};

/// "member_not_found": stable, for programs.
[[nodiscard]] std::string_view code_of(Refusal refusal);

struct Refused {
    std::variant<Refusal, engine::Rejection> reason;
    std::optional<StoreFailure> store;
    MemberId member{};  ///< of several who are in it together, whom it is about; 0: not such a request
};

/// What a command did. The lists hold what happened up to and with the event, the passing of time included.
struct Done {
    MemberId member;
    std::uint64_t sequence = 0;    ///< the event's; 0 for a duplicate
    bool created_member = false;
    bool duplicate = false;
    bool parked = false;
    std::string tier;              ///< after
    std::string manager;           ///< of a ManagerAssigned, after: who looks after the member
    Points points_available;       ///< after
    Points points_pending;         ///< after
    std::vector<engine::LedgerEntry> ledger;
    std::vector<engine::TierChange> tier_changes;
    std::vector<engine::Reason> reasons;
    std::vector<engine::CouponChange> coupons;
    std::vector<engine::PlanChange> plan_changes;
    std::vector<engine::ActivityResult> activity_results;
    std::optional<engine::Refund> refund;           ///< of a return, or of a plan that was given up
    Money kept_from_refund;                         ///< worth of spent points that the shop keeps from it
    std::shared_ptr<const engine::Quote> quote;     ///< of a hold
};

using Reply = expected<Done, Refused>;

/// Commands that arrive together: one request, one answer. Each succeeds or is refused by itself; all that succeed are
/// durable when `answer` is called.
struct Request {
    std::vector<Command> commands;
    /// The commands tell one thing about one member: when one of them cannot be, none is done,
    /// and each gets the reason.
    bool all_or_nothing = false;
    /// The commands are about different members and happen at one instant, all or none: when one of them cannot be,
    /// each gets its reason. Merges, undoing them and erasing are told in no other way.
    bool together = false;
    /// Idempotency: with a key, the rendered answer is stored with the commit, and given again for the same key and
    /// hash. Empty key: none.
    std::string key;
    std::string input_hash;
    /// Renders the replies as (HTTP status, body) inside the writer, before the commit: what is stored under the key.
    std::function<std::pair<std::int32_t, std::string>(const std::vector<Reply>&)> render;
    /// Called once, from a thread of the writer, after the commit (or its failure): must be quick, for example post
    /// elsewhere.
    std::function<void(std::int32_t status, std::string body, bool replayed)> answer;
};

/// How many members somebody looks after.
struct ManagerLoad {
    std::string staff;
    std::int64_t members = 0;
};

/// A member as of an instant, with what people ask about.
struct MemberView {
    engine::Member member;        ///< advanced to the service's present on a copy
    std::uint64_t version = 0;
    std::string tier;
    Points points_pending;
};

/// What a merge would bring, without doing it.
struct MergePreview {
    MemberView into;              ///< as they would be
    engine::Member from;          ///< as they are now
    std::vector<engine::LedgerEntry> ledger;
    std::vector<engine::TierChange> tier_changes;
    std::vector<std::string> orders_of_both;  ///< order ids that both have: such members cannot be merged
};

struct Statistics {
    std::uint64_t commands_applied = 0;
    std::uint64_t commands_refused = 0;
    std::uint64_t batches = 0;
    std::uint64_t store_failures = 0;
    std::uint64_t members_cached = 0;
    std::uint64_t queue_depth = 0;
    std::uint64_t due_advanced = 0;
};

struct ServiceOptions {
    std::string store_url;
    OpenStore open_store = nullptr;
    std::function<Instant()> clock;
    std::size_t queue_commands_max = 100'000;  ///< waiting commands, then queue_full
    std::size_t batch_commands_max = 2'000;    ///< in one transaction
    /// Batches of at least this many are decided while the one before is committed. Smaller ones come after its commit:
    /// what gathers meanwhile makes a larger batch, and with small ones that saves more than two threads do.
    std::size_t commands_ahead_min = 200;
    /// 0 where several processes write to one database: a member held here may be out of date, which a commit notices,
    /// but a refusal and a reader do not.
    std::size_t cache_members_max = 1'000'000;
    bool scheduler = true;                     ///< advance due members by itself
    /// An event may be dated this far ahead of the clock. A member never goes back in time, so that one typed with the
    /// wrong year would let everything lapse that they have. 0: as far as it likes.
    std::int64_t ahead_max_ms = 0;
    std::int64_t notices_kept_ms = 0;          ///< the scheduler forgets older ones; 0: they are kept for ever
    /// Told of each batch that storage did not keep; called on a thread of the writer. Empty: nobody is told.
    std::function<void(const StoreFailure&)> on_failure;
};

/// Somebody at `from` wants a one-time code for an address, which is normalised. `code` and `salt` are fresh and
/// random.
struct CodeRequest {
    engine::Identity address;
    std::string purpose;
    std::string from;
    std::string code;
    std::string salt;
};
/// Somebody at `from` tells the code that went to an address.
struct CodeTrial {
    engine::Identity address;
    std::string purpose;
    std::string from;
    std::string code;
};
enum class CodeVerdict : std::uint8_t {
    granted,    ///< the code may be sent, or was right and is used up
    wrong,      ///< no such code is out: never, over its time or its tries, used up, or another
    too_often,  ///< too many codes or tries for this address or from this place
};

/// Longer than a commit takes, waiting for locks and trying again included, and than clocks of two hosts differ.
inline constexpr std::int64_t notice_delay_ms = 10'000;

class Service {
public:
    /// Opens the store, loads the programmes and starts the writer. Fails when there is no programme yet.
    static Stored<std::unique_ptr<Service>> start(ServiceOptions options);
    /// Stops taking, answers what was accepted, then joins.
    ~Service();

    /// Queues a request; false (and `request` untouched) when the queue is full or the service stops.
    [[nodiscard]] bool submit(Request& request);
    /// Whether requests are taken at all; false once the service stops.
    [[nodiscard]] bool accepts() const;
    /// Stops taking new requests and waits until everything accepted is answered.
    void drain();

    [[nodiscard]] Instant now() const;
    [[nodiscard]] std::shared_ptr<const programme::Versions> programmes() const;
    /// Makes a new version current, durably; its version must be higher than the current one's.
    [[nodiscard]] expected<void, StoreFailure> activate(std::shared_ptr<const programme::Programme> programme);

    // Reading, at the service's present.
    [[nodiscard]] Stored<std::optional<MemberView>> find(const Target& target);
    [[nodiscard]] Stored<std::vector<MemberSummary>> list_members(Page<MemberId> page);
    [[nodiscard]] Stored<std::vector<EventRow>> list_events(MemberId member, Page<std::uint64_t> page);
    [[nodiscard]] Stored<std::vector<LedgerRow>> list_ledger(MemberId member, Page<std::uint64_t> page);
    [[nodiscard]] Stored<std::vector<CouponSummary>> list_coupons(MemberId member, Page<std::uint32_t> page);
    /// The stocks of the coupons that members share, by name.
    [[nodiscard]] Stored<std::vector<CouponStock>> stocks();
    /// The pools of partners' codes that the programme's coupons take from, by the programme's order of those coupons.
    [[nodiscard]] Stored<std::vector<PartnerPool>> pools();
    /// Of all members, in the order of recording. A notice is told `notice_delay` after it was recorded: until then one
    /// that was recorded earlier may still be on its way into the database, and would be passed by.
    [[nodiscard]] Stored<std::vector<NoticeRow>> list_notices(Page<NoticeKey> page);
    [[nodiscard]] Stored<std::vector<NoticeRow>> list_member_notices(MemberId member, Instant since,
                                                                     Page<NoticeKey> page);
    [[nodiscard]] Stored<std::vector<OrderSummary>> list_orders(MemberId member, Page<std::string> page);
    [[nodiscard]] Stored<std::optional<engine::Order>> find_order(MemberId member, const std::string& order_id);
    /// In the order of the ids; what is open or not known is empty.
    [[nodiscard]] Stored<std::vector<std::optional<engine::Order>>> closed_orders(
        MemberId member, std::span<const std::string> order_ids);
    /// Who has offered this gift; nothing when nobody ever did.
    [[nodiscard]] Stored<std::optional<MemberId>> find_giver(const std::string& gift);
    /// Nothing when one of the two is not known.
    [[nodiscard]] Stored<std::optional<expected<MergePreview, engine::Rejection>>> preview_merge(MemberId into,
                                                                                              MemberId from);
    /// How many members each of the programme's managers looks after, in the programme's order.
    [[nodiscard]] Stored<std::vector<ManagerLoad>> managers();
    // Enrolment. What is written goes by the writer's own store, between two batches.
    [[nodiscard]] Stored<CodeVerdict> ask_code(const CodeRequest& request);
    [[nodiscard]] Stored<CodeVerdict> try_code(const CodeTrial& trial);
    [[nodiscard]] Stored<void> add_enrolment_code(const EnrolmentCode& code);
    [[nodiscard]] Stored<std::optional<EnrolmentCode>> find_enrolment_code(const std::string& code);
    [[nodiscard]] Stored<std::optional<EnrolmentCode>> find_invitation(MemberId member);
    [[nodiscard]] Stored<std::vector<EnrolmentCode>> list_enrolment_codes(Page<std::string> page);
    /// The seeds of an activity's chance, the oldest chain first; none when nothing is drawn there.
    [[nodiscard]] Stored<std::vector<std::shared_ptr<const Seeds>>> seeds_of(const std::string& activity);
    /// What a member's activities have brought, by event; of one activity where it is named.
    [[nodiscard]] Stored<std::vector<ActivityResultRow>> list_results(MemberId member, const std::string& activity,
                                                                      Page<ResultKey> page);
    /// Of one member, by redemption id.
    [[nodiscard]] Stored<std::vector<RedemptionRow>> list_redemptions(MemberId member, Page<std::string> page);
    // What people look at: of all members, those in that state.
    [[nodiscard]] Stored<std::vector<RedemptionRow>> list_all_redemptions(engine::RedemptionStatus status,
                                                                          Page<MemberTextKey> page);
    [[nodiscard]] Stored<std::vector<ReviewRow>> list_reviews(engine::ReviewStatus status, Page<MemberTextKey> page);
    [[nodiscard]] Stored<std::vector<FriendRow>> list_friends(engine::FriendStatus status, Page<MemberTextKey> page);
    [[nodiscard]] Stored<std::vector<TrialRow>> list_applicants(const std::string& activity, bool by_number,
                                                                std::size_t limit);
    [[nodiscard]] Stored<std::int64_t> count_trials(const std::string& activity, engine::TrialStatus status);
    /// What members have answered to one question of a questionnaire, the newest first.
    [[nodiscard]] Stored<std::vector<GivenAnswerRow>> list_given_answers(const std::string& activity,
                                                                         const std::string& question,
                                                                         Page<GivenAnswerKey> page);
    /// How often what was answered in a questionnaire, by question and answer.
    [[nodiscard]] Stored<std::vector<AnswerCountRow>> answer_counts(const std::string& activity);
    /// A group that buys together, whatever has become of it.
    [[nodiscard]] Stored<std::optional<GroupRow>> find_group(const std::string& group);
    /// Those of a promotion that can still be joined, by group.
    [[nodiscard]] Stored<std::vector<GroupRow>> list_open_groups(const std::string& promotion, Page<std::string> page);
    /// Nothing when the member is not known.
    [[nodiscard]] Stored<std::optional<expected<engine::Quote, engine::Rejection>>> quote(const Target& target,
                                                                                        const engine::Basket& basket);
    [[nodiscard]] Stored<void> ready();
    [[nodiscard]] Statistics statistics() const;

private:
    struct Parts;
    explicit Service(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace regulars::service
