// What one transaction is going to write: the members that a batch of commands touches, decided one after another in
// memory, and the rows that come of it. Until it is committed and published nobody else sees any of it.
//
//   load       everything the commands may touch, in a handful of calls
//   apply      one command after another; a refused one leaves nothing behind
//   rows       what to commit
//   publish    after the commit: the members become what everybody reads
//
// From `rows` on a draft does not change any more, so that one thread may commit and publish it while another makes the
// draft after it.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/engine.hpp"
#include "service/member_cache.hpp"
#include "service/programme_history.hpp"
#include "service/service.hpp"

namespace regulars::service {

class Draft {
public:
    /// `now` is the moment of recording and how far `advance` goes. With `before`, a draft whose rows are complete but
    /// perhaps not committed yet, this one starts from how that one leaves things; it is good only if that commit is.
    Draft(std::shared_ptr<const ProgrammeHistory> history, MemberCache& cache, Instant now,
          const Draft* before = nullptr);
    ~Draft();
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    /// Loads for these commands and for these members to be advanced. The commands must outlive the draft.
    /// `last_member` is the highest id in use, if it is known.
    Stored<void> load(Store& store, std::span<const Command* const> commands, std::span<const MemberId> advances,
                      std::optional<MemberId> last_member);

    /// Whether something that was loaded was made under a programme version that is not known here: another process has
    /// activated it. Nothing may be decided then.
    [[nodiscard]] bool meets_unknown_version() const { return meets_unknown_version_; }

    [[nodiscard]] Reply apply(const Command& command);
    /// Why one of the commands, which are about one member, cannot be; nothing when each can. Of what is told about a
    /// member without orders, points or balance, only its form, the owners of identities and what the programme says of
    /// profiles can stand against it.
    [[nodiscard]] std::optional<Refused> obstacle(std::span<const Command> commands) const;
    /// Commands about different members that happen at one instant, all or none (Request::together).
    [[nodiscard]] std::vector<Reply> apply_together(std::span<const Command> commands);
    /// Lets time pass for one member; whether something was due.
    bool advance(MemberId id);
    void keep_answer(Answer answer) { batch_.answers.push_back(std::move(answer)); }

    /// Completes and gives the rows; they refer to this draft.
    [[nodiscard]] const Batch& rows();
    /// After a successful commit.
    void publish();
    /// After a failed one: what this draft was made from may be out of date.
    void forget();
    [[nodiscard]] std::optional<MemberId> last_member() const { return last_member_; }
    /// The answer that this draft keeps for a key; null when it keeps none.
    [[nodiscard]] const Answer* answer_for(std::string_view key) const;

private:
    struct Identified;   // a view of an identity's two texts, and its hash
    struct Step;         // something accepted, so that it can be done again
    struct Slot;         // one member
    struct Tables;

    Stored<void> load_identities(Store& store, std::span<const Command* const> commands);
    Stored<void> load_members(Store& store, std::span<const MemberId> ids);
    Stored<void> load_companions(Store& store, std::span<const Command* const> commands);
    Stored<void> load_seeds(Store& store, std::span<const Command* const> commands);
    Stored<void> load_last_versions(Store& store);
    Stored<void> load_codes(Store& store, std::span<const Command* const> commands);
    Stored<void> load_closed_orders(Store& store, std::span<const Command* const> commands);

    Stored<void> recheck_identities(Store& store, std::span<const Command* const> commands);
    Stored<void> load_together(Store& store, std::span<const Command* const> commands);
    Stored<void> load_merge(Store& store, MemberId into, MemberId from);
    Stored<void> load_undo(Store& store, MemberId id);
    Stored<void> load_erasure(Store& store, MemberId id);
    Stored<void> load_past(Store& store, MemberId id);
    Stored<void> load_inviters(Store& store, MemberId id, std::vector<MemberId>& known);
    Stored<void> load_bystanders(Store& store, std::vector<MemberId> known, std::vector<MemberId> ids);

    [[nodiscard]] std::optional<Refused> obstacle_together(std::span<const Command> commands, bool& is_known);
    void pass_time(Slot& slot, Instant to);
    void pass_time_of_others(std::span<const MemberId> members, Instant to);
    void settle_together(const engine::Event& event, MemberId id);
    void settle_merge(MemberId into, MemberId from);
    void settle_undo(MemberId into, MemberId from);
    void settle_erasure(MemberId id);
    void move_identities(const std::vector<engine::Identity>& identities, MemberId from, MemberId to);
    [[nodiscard]] const engine::Member* other_of(const engine::Event& event, MemberId id) const;

    [[nodiscard]] MemberId owner(const Target& target) const;
    [[nodiscard]] Reply create(const Command& command);
    [[nodiscard]] bool identity_is_taken(const engine::Event& event, MemberId by) const;
    [[nodiscard]] expected<Done, engine::Rejection> decide(Slot& slot, const engine::Event& told, bool explain,
                                                         const engine::Member* other = nullptr);
    [[nodiscard]] const engine::Event* with_manager(const engine::Event& event, Slot& slot);
    /// An order that is known and is told again without a time happened when it did, so that it is known as the same.
    [[nodiscard]] const engine::Event* told_again(const Command& command, const Slot& slot);
    [[nodiscard]] const engine::Event& with_stock(const engine::Event& event, const engine::Member& member);
    [[nodiscard]] const engine::Event& with_chance(const engine::Event& event, const engine::Member& member);
    void keep_coupons(MemberId id, std::vector<engine::CouponChange>& changes);
    void follow_up(std::vector<engine::FollowUp> follow_ups);
    [[nodiscard]] Slot* slot_of_person(MemberId id);
    void roll_back(Slot& slot);
    void keep_event(Slot& slot, const engine::Event& event);
    void keep_outcome(Slot& slot, std::uint32_t first_index);
    void link(const engine::Event& event, MemberId id);
    void unlink(const engine::IdentityUnlinked& fact, MemberId id);
    /// Of an identity that goes from one member to another in this draft; null when it stays.
    [[nodiscard]] const IdentityMove* move_of(std::string_view kind, std::string_view value) const;
    [[nodiscard]] std::optional<Refused> obstacle_on_copy(std::span<const Command> commands) const;
    void describe(const Slot& slot, Done& done);
    void describe_standing(const Slot& slot, Done& done);
    [[nodiscard]] const engine::Order* closed_order(const engine::Member& member, std::string_view order_id) const;

    /// How this draft, once its rows are complete, leaves a member; null when it changes nothing of them.
    [[nodiscard]] std::shared_ptr<const HeldMember> left(MemberId id) const;

    std::shared_ptr<const ProgrammeHistory> history_;
    MemberCache& cache_;
    Instant now_;
    const Draft* before_;  ///< used while loading only
    std::optional<MemberId> last_member_;
    bool meets_unknown_version_ = false;
    std::unique_ptr<Tables> tables_;
    std::deque<engine::Event> own_events_;  ///< made here: links of new members, and events that are told of stock
    engine::Outcome outcome_;
    Batch batch_;
};

}  // namespace regulars::service
