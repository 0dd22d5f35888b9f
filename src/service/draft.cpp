#include "service/draft.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "engine/holdings/benefits.hpp"
#include "engine/validate.hpp"
#include "service/draft_tables.hpp"
#include "service/event_json.hpp"

namespace regulars::service {

namespace {

// Rows that the mere passing of time adds to a member's last event must not meet those that are there already, nor one
// another: their index carries a mark and the version of the save. It ascends with time, without being dense.
std::uint32_t index_of_passing(std::uint64_t new_version) {
    constexpr std::uint32_t mark = 1U << 30U;
    constexpr std::uint32_t rows_bits = 17;  // a member has far fewer orders and lots that could come due at once
    return mark | static_cast<std::uint32_t>(new_version % (1U << (30U - rows_bits))) << rows_bits;
}

bool nothing_happened(const engine::Outcome& outcome) {
    return outcome.ledger.empty() && outcome.tier_changes.empty() && outcome.costs.empty() &&
           outcome.changed_orders.empty() && outcome.closed_orders.empty() && outcome.coupon_changes.empty() &&
           outcome.notices.empty() && outcome.plan_changes.empty() && outcome.stock_taken.empty() &&
           outcome.activity_results.empty() && outcome.redemptions.empty() && outcome.groups.empty() &&
           outcome.reviews.empty() && outcome.friends.empty() && outcome.trials.empty() && outcome.follow_ups.empty();
}

// Halves of something that happens to two members, or to what storage holds besides: told alone they are refused.
std::optional<engine::Rejection> needs_company(const engine::Fact& fact) {
    using enum engine::Rejection;
    if (std::holds_alternative<engine::CouponPassed>(fact) || std::holds_alternative<engine::CouponReceived>(fact))
        return gift_not_found;
    if (std::holds_alternative<engine::MembersMerged>(fact) || std::holds_alternative<engine::MergedInto>(fact) ||
        std::holds_alternative<engine::MemberErased>(fact))
        return merge_not_possible;
    if (std::holds_alternative<engine::MergeUndone>(fact)) return merge_not_undoable;
    if (std::holds_alternative<engine::PiecePassed>(fact) || std::holds_alternative<engine::PieceReceived>(fact))
        return piece_not_held;
    if (std::holds_alternative<engine::FriendActed>(fact)) return friend_not_possible;
    if (std::holds_alternative<engine::GroupJoined>(fact) || std::holds_alternative<engine::GroupSeatTaken>(fact) ||
        std::holds_alternative<engine::GroupEnded>(fact))
        return group_not_found;
    return std::nullopt;
}

Reply refused(std::variant<Refusal, engine::Rejection> reason) { return unexpected(Refused{reason, std::nullopt}); }

}  // namespace

Draft::Draft(std::shared_ptr<const ProgrammeHistory> history, MemberCache& cache, Instant now, const Draft* before)
    : history_(std::move(history)), cache_(cache), now_(now), before_(before), tables_(std::make_unique<Tables>()) {}

Draft::~Draft() = default;

MemberId Draft::owner(const Target& target) const {
    if (const auto* id = std::get_if<MemberId>(&target)) return *id;
    const auto& identity = std::get<engine::Identity>(target);
    const auto found = tables_->identities.find({identity.kind, identity.value});
    return found == tables_->identities.end() ? MemberId() : found->second;
}

Reply Draft::apply(const Command& command) {
    const auto found = tables_->slots.find(owner(command.target));
    if (found == tables_->slots.end() || !found->second.exists()) {
        const auto* id = std::get_if<MemberId>(&command.target);
        const bool may_create =
            command.create_member && !command.choose_manager && (id == nullptr || *id == MemberId());
        return may_create ? create(command) : refused(Refusal::member_not_found);
    }
    Slot& slot = found->second;
    if (const auto rejection = needs_company(command.event.fact)) return refused(*rejection);
    if (identity_is_taken(command.event, found->first)) return refused(Refusal::identity_taken);
    const engine::Event* const event =
        command.choose_manager ? with_manager(command.event, slot) : told_again(command, slot);
    if (event == nullptr) return refused(engine::Rejection::benefit_not_held);
    auto decided = decide(slot, *event, command.explain);
    if (!decided) return refused(decided.error());
    if (std::holds_alternative<engine::ManagerAssigned>(command.event.fact)) decided->manager = slot.member().manager;
    if (!decided->duplicate) link(command.event, found->first);
    return std::move(*decided);
}

// Chosen here, where nobody else can choose at the same time. Who has a manager that the benefit names keeps them; null
// when no manager is promised to the member.
const engine::Event* Draft::with_manager(const engine::Event& event, Slot& slot) {
    const engine::Member& member = slot.member();
    const programme::Programme& programme = history_->current();
    const Instant at = std::min(now_, std::max(event.at, member.advanced_to));
    const auto* benefit = engine::promised_manager(programme, member, at);
    if (benefit == nullptr) return nullptr;
    const auto& staff = benefit->staff;
    const bool has_one = std::find(staff.begin(), staff.end(), member.manager) != staff.end();
    const std::string* const chosen = has_one ? &member.manager : tables_->stocks.least_loaded(staff);
    check(chosen != nullptr, "a manager's benefit names somebody");
    engine::Event& own = own_events_.emplace_back(event);
    std::get<engine::ManagerAssigned>(own.fact).staff = *chosen;
    return &own;
}

std::optional<Refused> Draft::obstacle(std::span<const Command> commands) const {
    for (const Command& command : commands) {
        if (const auto rejection = engine::check_form(command.event)) return Refused{*rejection, std::nullopt};
        if (identity_is_taken(command.event, owner(command.target)))
            return Refused{Refusal::identity_taken, std::nullopt};
    }
    const bool may_be_refused = std::any_of(commands.begin(), commands.end(), [](const Command& command) {
        return std::holds_alternative<engine::ProfileChanged>(command.event.fact);
    });
    return may_be_refused ? obstacle_on_copy(commands) : std::nullopt;
}

// What the programme says of profiles is found out by doing all of it to a copy.
std::optional<Refused> Draft::obstacle_on_copy(std::span<const Command> commands) const {
    const auto found = tables_->slots.find(owner(commands.front().target));
    const bool is_there = found != tables_->slots.end() && found->second.exists();
    engine::Member copy = is_there ? found->second.member() : engine::new_member(MemberId{1});
    std::uint32_t last_version = is_there ? found->second.last_version() : 0;
    for (const Command& command : commands) {
        engine::Outcome unused;
        const ProgrammeHistory::Touch touch{copy, last_version, history_->current_version()};
        const auto decided = history_->decide(touch, command.event, {}, unused);
        if (!decided) return Refused{decided.error(), std::nullopt};
        last_version = history_->current_version();
    }
    return std::nullopt;
}

// The command's event comes first, so that it decides when the member registers; then the identity is linked by an
// event of its own, so that the events alone tell the whole story.
Reply Draft::create(const Command& command) {
    check(last_member_.has_value(), "the highest member id was loaded for a batch that may create members");
    const MemberId id{last_member_->value + 1};
    const auto* identity = std::get_if<engine::Identity>(&command.target);
    engine::Event* linked = nullptr;
    if (identity != nullptr) {
        const engine::IdentityLinked fact{identity->kind, identity->value};
        linked = &own_events_.emplace_back(engine::Event{command.event.at, fact});
        if (const auto rejection = engine::check_form(*linked)) return refused(*rejection);
    }
    if (identity_is_taken(command.event, id)) return refused(Refusal::identity_taken);

    // Somebody may have asked for this id before there was such a member.
    const auto added = tables_->slots.try_emplace(id).first;
    Slot& slot = added->second;
    check(!slot.exists(), "a new member's id is above all that were loaded");
    slot.base = std::make_shared<const HeldMember>(HeldMember{engine::new_member(id), 0, 0});
    auto decided = decide(slot, command.event, command.explain);
    if (!decided) {
        tables_->slots.erase(added);
        return refused(decided.error());
    }
    last_member_ = id;
    decided->created_member = true;
    link(command.event, id);
    if (linked != nullptr && owner(command.target) == MemberId()) {
        const auto done_too = decide(slot, *linked, false);
        check(done_too.has_value() && !done_too->duplicate, "a well-formed identity can be linked to a new member");
        link(*linked, id);
    }
    return std::move(*decided);
}

bool Draft::identity_is_taken(const engine::Event& event, MemberId by) const {
    const auto* fact = std::get_if<engine::IdentityLinked>(&event.fact);
    if (fact == nullptr) return false;
    const auto found = tables_->identities.find({fact->kind, fact->value});
    return found != tables_->identities.end() && found->second != MemberId() && found->second != by;
}

void Draft::link(const engine::Event& event, MemberId id) {
    if (const auto* gone = std::get_if<engine::IdentityUnlinked>(&event.fact)) return unlink(*gone, id);
    const auto* fact = std::get_if<engine::IdentityLinked>(&event.fact);
    if (fact == nullptr) return;
    const auto found = tables_->identities.find({fact->kind, fact->value});
    check(found != tables_->identities.end(), "every identity of the batch was looked up");
    if (found->second == id) return;
    found->second = id;
    const engine::Identity identity{fact->kind, fact->value};
    // Taken from another in this very batch: then it is one row that changes hands.
    const auto move = std::ranges::find(batch_.identity_moves, identity, &IdentityMove::identity);
    if (move != batch_.identity_moves.end()) move->to = id;
    else batch_.identities.push_back({identity, id});
}

// Its row is not there yet, or goes.
void Draft::unlink(const engine::IdentityUnlinked& fact, MemberId id) {
    const engine::Identity identity{fact.kind, fact.value};
    const auto known = tables_->identities.find({fact.kind, fact.value});
    check(known != tables_->identities.end(), "every identity of the batch was looked up");
    known->second = MemberId();
    const auto is_it = [&](const IdentityRow& row) { return row.identity == identity; };
    if (std::erase_if(batch_.identities, is_it) != 0) return;
    const auto move = std::ranges::find(batch_.identity_moves, identity, &IdentityMove::identity);
    if (move != batch_.identity_moves.end()) move->to = MemberId();
    else batch_.identity_moves.push_back({identity, id, MemberId()});
}

const IdentityMove* Draft::move_of(std::string_view kind, std::string_view value) const {
    const auto is_it = [&](const IdentityMove& move) {
        return move.identity.kind == kind && move.identity.value == value;
    };
    const auto found = std::ranges::find_if(batch_.identity_moves, is_it);
    return found == batch_.identity_moves.end() ? nullptr : &*found;
}

// The event with what it has to be told of scarce coupons, and of the coupon that its code stands for; only the service
// knows that, whatever the sender said.
const engine::Event& Draft::with_stock(const engine::Event& event, const engine::Member& member) {
    std::string redeems = tables_->codes.redeemed_by(event.fact);
    if (redeems == event.redeems && event.stock.empty() && tables_->stocks.empty() && tables_->pools.empty())
        return event;
    engine::Event* own = nullptr;
    if (redeems != event.redeems) {
        own = &own_events_.emplace_back(event);
        own->redeems = std::move(redeems);
    }
    const engine::Event& asked = own != nullptr ? *own : event;
    const Instant at = std::min(now_, std::max(event.at, member.advanced_to));
    auto scarce = tables_->stocks.scarce(history_->current(), asked, member, at);
    tables_->pools.tell(history_->current(), asked, member, scarce);
    if (own == nullptr && scarce == event.stock) return event;
    if (own == nullptr) own = &own_events_.emplace_back(event);
    own->stock = std::move(scarce);
    return *own;
}

// What chance decides is decided by the day's seed, whatever the sender said.
const engine::Event& Draft::with_chance(const engine::Event& event, const engine::Member& member) {
    const auto chance = cache_.chance.draw(event.fact, member, history_->current().zone, now_);
    if (chance == event.chance) return event;
    engine::Event& own = own_events_.emplace_back(event);
    own.chance = chance;
    return own;
}

expected<Done, engine::Rejection> Draft::decide(Slot& slot, const engine::Event& told, bool explain,
                                                const engine::Member* other) {
    HeldMember& state = slot.working();
    const engine::Event& event = with_stock(with_chance(told, state.member), state.member);
    const Instant present = state.member.advanced_to;
    const std::uint64_t sequence = state.member.event_sequence;
    const std::string manager = state.member.manager;
    outcome_.clear();
    outcome_.explain = explain;
    const std::string_view order_id = engine::order_id_of(event.fact);
    const engine::Order* const closed = order_id.empty() ? nullptr : closed_order(state.member, order_id);
    const ProgrammeHistory::Touch touch{state.member, state.last_version, history_->current_version()};
    const auto decided = history_->decide(touch, event, {closed, other}, outcome_);
    if (!decided || outcome_.duplicate) {
        Done same;
        same.member = state.member.id;
        same.duplicate = true;
        if (state.member.advanced_to != present || !nothing_happened(outcome_)) roll_back(slot);
        if (!decided) return unexpected(decided.error());
        same.quote = std::move(outcome_.quote);
        outcome_.clear();
        describe_standing(slot, same);
        return same;
    }
    check_equal(state.member.event_sequence, sequence + 1, "an accepted event has the next number");
    state.last_version = touch.version;
    if (state.member.manager != manager) tables_->stocks.change_manager(manager, state.member.manager);
    slot.steps.push_back({&event, closed == nullptr ? std::nullopt : std::optional(*closed), Instant()});
    keep_event(slot, event);
    tables_->codes.take(event, outcome_, state.member.id);
    tables_->pools.give(history_->current(), outcome_, state.member.id);
    keep_outcome(slot, 0);
    Done done;
    done.member = state.member.id;
    done.sequence = state.member.event_sequence;
    done.parked = outcome_.parked;
    std::vector<engine::FollowUp> follow_ups = std::move(outcome_.follow_ups);
    describe(slot, done);
    if (follow_ups.empty()) return done;
    follow_up(std::move(follow_ups));
    // Something may have come back to the member.
    describe_standing(slot, done);
    return done;
}

// What this means for other members happens to them now. One who refuses it is left alone: the event that it follows
// from has happened.
void Draft::follow_up(std::vector<engine::FollowUp> follow_ups) {
    for (engine::FollowUp& next : follow_ups) {
        Slot* const slot = slot_of_person(next.member);
        if (slot == nullptr) continue;
        const engine::Event& event = own_events_.emplace_back(engine::Event{next.at, std::move(next.fact)});
        static_cast<void>(decide(*slot, event, false));
    }
}

// The member, or the one into whom they were merged; null when nobody was loaded.
Draft::Slot* Draft::slot_of_person(MemberId id) {
    constexpr int merges_max = 3;
    for (int merges = 0; merges < merges_max; ++merges) {
        const auto found = tables_->slots.find(id);
        if (found == tables_->slots.end() || !found->second.exists()) return nullptr;
        id = found->second.member().merged_into;
        if (id == MemberId()) return &found->second;
    }
    return nullptr;
}

void Draft::describe_standing(const Slot& slot, Done& done) {
    const engine::Member& member = slot.member();
    done.tier = history_->tier_name(member.tier.rank);
    done.points_available = member.points_available;
    done.points_pending = engine::points_pending(member);
}

void Draft::describe(const Slot& slot, Done& done) {
    describe_standing(slot, done);
    done.ledger = std::move(outcome_.ledger);
    done.tier_changes = std::move(outcome_.tier_changes);
    done.reasons = std::move(outcome_.explanation);
    done.coupons = std::move(outcome_.coupon_changes);
    done.plan_changes = std::move(outcome_.plan_changes);
    done.activity_results = std::move(outcome_.activity_results);
    done.refund = outcome_.refund;
    done.kept_from_refund = outcome_.kept_from_refund;
    done.quote = std::move(outcome_.quote);
}

bool Draft::advance(MemberId id) {
    const auto found = tables_->slots.find(id);
    if (found == tables_->slots.end() || !found->second.exists()) return false;
    Slot& slot = found->second;
    if (engine::next_due(slot.member()) > now_) return false;
    pass_time(slot, now_);
    return true;
}

void Draft::pass_time(Slot& slot, Instant to) {
    HeldMember& state = slot.working();
    outcome_.clear();
    outcome_.explain = false;
    history_->advance({state.member, state.last_version, history_->current_version()}, to, outcome_);
    slot.steps.push_back({nullptr, std::nullopt, to});
    keep_outcome(slot, index_of_passing(slot.expected_version() + 1));
    follow_up(std::move(outcome_.follow_ups));
}

// A refused event has let time pass for the member, and a refusal is to leave nothing behind: what was accepted in this
// batch is done once more from where it started, and counts as the new start.
void Draft::roll_back(Slot& slot) {
    slot.state.reset();
    if (slot.steps.empty()) return;
    static_cast<void>(slot.working());
    engine::Outcome unused;
    for (const Step& step : slot.steps) {
        unused.clear();
        const ProgrammeHistory::Touch touch{slot.state->member, slot.state->last_version, history_->current_version()};
        if (step.event == nullptr) {
            history_->advance(touch, step.to, unused);
            continue;
        }
        const engine::Context context{step.closed_order ? &*step.closed_order : nullptr};
        const auto decided = history_->decide(touch, *step.event, context, unused);
        check(decided.has_value() && !unused.duplicate, "what was accepted once is accepted again");
        slot.state->last_version = touch.version;
    }
    slot.base = std::make_shared<const HeldMember>(*slot.state);
    slot.steps.clear();
}

void Draft::keep_event(Slot& slot, const engine::Event& event) {
    const engine::Member& member = slot.member();
    EventRow& row = batch_.events.emplace_back();
    row.member = member.id;
    row.sequence = member.event_sequence;
    row.at = event.at;
    row.applied_at = member.advanced_to;
    row.recorded_at = now_;
    row.name = engine::name_of(event.fact);
    row.order_id = engine::order_id_of(event.fact);
    row.programme_version = history_->current_version();
    row.payload = to_json(event);
    if (const auto* offered = std::get_if<engine::CouponOffered>(&event.fact))
        batch_.gifts.push_back({offered->gift, member.id});
    if (const auto* answered = std::get_if<engine::QuestionnaireAnswered>(&event.fact))
        tables_->activities.keep_answers(member, *answered, history_->current());
}

void Draft::keep_outcome(Slot& slot, std::uint32_t first_index) {
    const engine::Member& member = slot.member();
    const std::uint64_t sequence = member.event_sequence;
    slot.written = true;
    for (const engine::LedgerEntry& entry : outcome_.ledger) batch_.ledger.push_back({member.id, sequence, entry});
    std::uint32_t index = first_index;
    for (const engine::TierChange& change : outcome_.tier_changes)
        batch_.tier_changes.push_back({member.id, sequence, index++, change, history_->tier_name(change.from),
                                       history_->tier_name(change.to)});
    index = first_index;
    for (const engine::Cost& cost : outcome_.costs)
        batch_.costs.push_back({member.id, sequence, index++, cost, history_->benefit_of(cost)});
    index = first_index;
    for (const engine::PlanChange& change : outcome_.plan_changes)
        batch_.plan_changes.push_back({member.id, sequence, index++, change});
    index = first_index;
    for (const engine::Notice& notice : outcome_.notices)
        batch_.notices.push_back({member.id, sequence, index++, now_, notice});
    tables_->activities.keep(member.id, sequence, first_index, outcome_);
    tables_->stocks.take(outcome_, history_->current().zone, now_);
    slot.changed_coupons.insert(slot.changed_coupons.end(), outcome_.coupon_changes.begin(),
                                outcome_.coupon_changes.end());
    for (const OrderNumber number : outcome_.changed_orders) slot.changed_orders.push_back(number);
    for (engine::Order& order : outcome_.closed_orders) {
        std::pair<std::uint64_t, std::string> key{member.id.value, order.order_id};
        tables_->closed_orders.insert_or_assign(std::move(key), Tables::ClosedOrder{std::move(order), true});
    }
}

const engine::Order* Draft::closed_order(const engine::Member& member, std::string_view order_id) const {
    if (tables_->closed_orders.empty()) return nullptr;
    const auto found = tables_->closed_orders.find({member.id.value, std::string(order_id)});
    return found == tables_->closed_orders.end() ? nullptr : &found->second.order;
}

// Of each coupon the last change.
void Draft::keep_coupons(MemberId id, std::vector<engine::CouponChange>& changes) {
    std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
        return a.coupon.id < b.coupon.id;
    });
    for (std::size_t i = 0; i < changes.size(); ++i)
        if (i + 1 == changes.size() || changes[i + 1].coupon.id != changes[i].coupon.id)
            batch_.coupons.push_back({id, changes[i]});
}

const Batch& Draft::rows() {
    for (auto& [id, slot] : tables_->slots) {
        if (!slot.written) continue;
        slot.working().version = slot.expected_version() + 1;  // the last command may have been rolled back
        const engine::Member& member = slot.state->member;
        const bool same_due =
            slot.before != nullptr && engine::next_due(slot.before->member) == engine::next_due(member);
        batch_.members.push_back(
            {&member, slot.expected_version(), history_->tier_name(member.tier.rank), same_due, now_});
        std::sort(slot.changed_orders.begin(), slot.changed_orders.end());
        const auto end = std::unique(slot.changed_orders.begin(), slot.changed_orders.end());
        for (auto number = slot.changed_orders.begin(); number != end; ++number)
            for (const engine::Order& order : member.open_orders)
                if (order.number == *number) batch_.orders.push_back({id, &order, false});
    }
    for (auto& [id, slot] : tables_->slots) keep_coupons(id, slot.changed_coupons);
    tables_->activities.move_into(batch_);
    batch_.stocks = tables_->stocks.rows();
    batch_.code_uses = tables_->codes.uses();
    batch_.pools = tables_->pools.rows();
    batch_.partner_uses = tables_->pools.uses();
    for (const auto& [key, closed] : tables_->closed_orders)
        if (closed.changed) batch_.orders.push_back({MemberId{key.first}, &closed.order, true});
    // In one order for every process, so that two of them writing the same members cannot wait for each other; and
    // neighbours in a table are written one after another.
    std::sort(batch_.members.begin(), batch_.members.end(),
              [](const MemberWrite& a, const MemberWrite& b) { return a.member->id < b.member->id; });
    std::sort(batch_.orders.begin(), batch_.orders.end(), [](const OrderRow& a, const OrderRow& b) {
        return a.member != b.member ? a.member < b.member : a.order->number < b.order->number;
    });
    const auto by_member = [](const auto& a, const auto& b) { return a.member < b.member; };
    std::stable_sort(batch_.events.begin(), batch_.events.end(), by_member);
    std::stable_sort(batch_.ledger.begin(), batch_.ledger.end(), by_member);
    std::stable_sort(batch_.coupons.begin(), batch_.coupons.end(), by_member);
    std::stable_sort(batch_.notices.begin(), batch_.notices.end(), by_member);
    return batch_;
}

void Draft::publish() {
    for (auto& [id, slot] : tables_->slots) {
        if (!slot.written) continue;
        cache_.members.put(id, std::shared_ptr<const HeldMember>(slot.state));
    }
    for (const IdentityRow& row : batch_.identities) cache_.identities.put(row.identity, row.member);
    for (const IdentityMove& move : batch_.identity_moves) {
        if (move.to == MemberId()) cache_.identities.erase(move.identity);
        else cache_.identities.put(move.identity, move.to);
    }
    if (cache_.keeps_stocks && !tables_->stocks.empty()) cache_.stocks.put(tables_->stocks.left());
}

std::shared_ptr<const HeldMember> Draft::left(MemberId id) const {
    const auto found = tables_->slots.find(id);
    if (found == tables_->slots.end() || !found->second.written) return nullptr;
    return found->second.state;
}

const Answer* Draft::answer_for(std::string_view key) const {
    const auto found = std::ranges::find(batch_.answers, key, &Answer::key);
    return found == batch_.answers.end() ? nullptr : &*found;
}

void Draft::forget() {
    for (const auto& [id, slot] : tables_->slots) cache_.members.erase(id);
    cache_.stocks.clear();
}

}  // namespace regulars::service
