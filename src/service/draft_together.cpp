// What happens to several members in one transaction: gifts, merges, undoing them; and erasing, which rewrites what
// storage holds. A request of this kind is a batch of its own, so storage holds everything that came before it.
#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "engine/holdings/coupons.hpp"
#include "engine/people/merge.hpp"
#include "service/draft.hpp"
#include "service/draft_tables.hpp"
#include "service/event_json.hpp"
#include "service/redaction.hpp"

namespace regulars::service {

namespace {

constexpr std::size_t page_size = 500;

StoreFailure corrupt(std::string detail) { return {StoreError::corrupt, std::move(detail)}; }

// Why what takes two members cannot happen to one and the same.
engine::Rejection alone(const engine::Fact& fact) {
    if (std::holds_alternative<engine::CouponPassed>(fact)) return engine::Rejection::coupon_not_giftable;
    if (std::holds_alternative<engine::PiecePassed>(fact)) return engine::Rejection::piece_not_held;
    if (std::holds_alternative<engine::GroupJoined>(fact)) return engine::Rejection::group_full;
    return engine::Rejection::merge_not_possible;
}

std::vector<Reply> all(std::size_t count, const Refused& refused) {
    return std::vector<Reply>(count, Reply(unexpected(refused)));
}

Stored<std::vector<std::string>> order_ids_of(Store& store, MemberId id) {
    std::vector<std::string> ids;
    for (std::string after;;) {
        const auto rows = store.list_orders(id, {after, page_size});
        if (!rows) return unexpected(rows.error());
        for (const OrderSummary& row : *rows) ids.push_back(row.order_id);
        if (rows->size() < page_size) return ids;
        after = ids.back();
    }
}

Stored<std::vector<engine::Order>> closed_orders_of(Store& store, MemberId id, std::span<const std::string> order_ids) {
    std::vector<engine::Order> orders;
    for (std::size_t first = 0; first < order_ids.size(); first += page_size) {
        std::vector<OrderKey> keys;
        for (const std::string& order_id : order_ids.subspan(first, std::min(page_size, order_ids.size() - first)))
            keys.push_back({id, order_id});
        auto found = store.load_closed_orders(keys);
        if (!found) return unexpected(std::move(found.error()));
        for (auto& order : *found)
            if (order) orders.push_back(std::move(*order));
    }
    return orders;
}

// The codes of other shops that go along with a member's coupons, whose ids rise by `offset` in the other's wallet.
std::vector<PartnerMove> moves_of(const programme::Versions& versions, const engine::Member& member, MemberId to,
                                  std::uint32_t offset) {
    std::vector<PartnerMove> moves;
    for (const engine::Coupon& coupon : member.coupons) {
        const programme::CouponTemplate* terms = engine::terms_of(versions, coupon);
        if (terms != nullptr && terms->kind == programme::CouponTemplate::Kind::partner)
            moves.push_back({member.id, coupon.id, to, {coupon.id.value + offset}});
    }
    return moves;
}

// What reading all events of a member brings: some rewritten, and whom they were ever merged with.
struct PersonalPast {
    std::vector<RewrittenEvent> rewritten;
    std::vector<MemberId> taken_in;
    std::vector<MemberId> taken_in_by;
};

// `rewrite` changes an event, and says whether it did.
template <class Rewrite>
Stored<PersonalPast> past_of(Store& store, const ProgrammeHistory& history, MemberId id, Rewrite rewrite) {
    PersonalPast past;
    for (std::uint64_t after = 0;;) {
        const auto rows = store.list_events(id, {after, page_size});
        if (!rows) return unexpected(rows.error());
        for (const EventRow& row : *rows) {
            after = row.sequence;
            const auto* programme = history.versions()->find(row.programme_version);
            if (programme == nullptr) return unexpected(corrupt("an event's programme version is not stored"));
            auto event = parse_event(row.payload, programme->zone);
            if (!event) return unexpected(corrupt("a stored event cannot be read"));
            if (const auto* merged = std::get_if<engine::MembersMerged>(&event->fact))
                past.taken_in.push_back(merged->from);
            if (const auto* merged = std::get_if<engine::MergedInto>(&event->fact))
                past.taken_in_by.push_back(merged->into);
            if (rewrite(*event)) past.rewritten.push_back({id, row.sequence, to_json(*event)});
        }
        if (rows->size() < page_size) return past;
    }
}

// Without what tells of the person.
Stored<PersonalPast> personal_past(Store& store, const ProgrammeHistory& history, MemberId id) {
    return past_of(store, history, id, [](engine::Event& event) { return take_out_person(event); });
}

// Without what tells a friend from other people.
Stored<PersonalPast> past_with_friend(Store& store, const ProgrammeHistory& history, MemberId id, MemberId who) {
    return past_of(store, history, id, [who](engine::Event& event) { return take_out_marks(event, who); });
}

// A member as stored, if nobody writes them meanwhile.
Stored<Snapshot> snapshot_of(Store& store, MemberId id) {
    auto members = store.load_members(std::span(&id, 1));
    if (!members) return unexpected(std::move(members.error()));
    if (!members->front()) return unexpected(corrupt("a member who once was there is missing"));
    StoredMember& stored = *members->front();
    const auto order_ids = order_ids_of(store, id);
    if (!order_ids) return unexpected(order_ids.error());
    auto orders = closed_orders_of(store, id, *order_ids);
    if (!orders) return unexpected(std::move(orders.error()));
    const auto last = store.list_events(id, {stored.member.event_sequence - 1, 1});
    if (!last) return unexpected(last.error());
    if (last->empty()) return unexpected(corrupt("a member's last event is missing"));
    const auto again = store.load_members(std::span(&id, 1));
    if (!again) return unexpected(again.error());
    if (!again->front() || again->front()->version != stored.version)
        return unexpected(StoreFailure{StoreError::conflict, "a member was changed by somebody else"});
    return Snapshot{std::move(stored.member), std::move(*orders), last->front().programme_version};
}

}  // namespace

// What the cache says of an identity may have been read before it went to another member: who does not list it does
// not have it.
Stored<void> Draft::recheck_identities(Store& store, std::span<const Command* const> commands) {
    for (const Command* command : commands) {
        const auto* identity = std::get_if<engine::Identity>(&command->target);
        if (identity == nullptr) continue;
        MemberId& owner = tables_->identities[{identity->kind, identity->value}];
        if (owner == MemberId()) continue;
        const auto lists_it = [&](MemberId id) {
            const auto slot = tables_->slots.find(id);
            if (slot == tables_->slots.end() || slot->second.before == nullptr) return true;
            const auto& own = slot->second.before->member.identities;
            return std::binary_search(own.begin(), own.end(), *identity);
        };
        if (lists_it(owner)) continue;
        cache_.identities.erase(*identity);
        const auto found = store.find_identities(std::span(identity, 1));
        if (!found) return unexpected(found.error());
        owner = found->front().value_or(MemberId());
        if (owner == MemberId()) continue;
        if (auto loaded = load_members(store, std::span(&owner, 1)); !loaded) return loaded;
    }
    return {};
}

Stored<void> Draft::load_together(Store& store, std::span<const Command* const> commands) {
    for (const Command* command : commands) {
        const engine::Fact& fact = command->event.fact;
        const MemberId id = owner(command->target);
        Stored<void> loaded;
        const auto* merged = std::get_if<engine::MembersMerged>(&fact);
        if (merged != nullptr) loaded = load_merge(store, id, merged->from);
        if (std::holds_alternative<engine::MergeUndone>(fact)) loaded = load_undo(store, id);
        if (std::holds_alternative<engine::MemberErased>(fact)) loaded = load_erasure(store, id);
        if (!loaded) return loaded;
    }
    return {};
}

Stored<void> Draft::load_past(Store& store, MemberId id) {
    Tables::Past& past = tables_->pasts[id];
    auto ids = order_ids_of(store, id);
    if (!ids) return unexpected(std::move(ids.error()));
    auto orders = closed_orders_of(store, id, *ids);
    if (!orders) return unexpected(std::move(orders.error()));
    past.order_ids = std::move(*ids);
    past.closed_orders = std::move(*orders);
    return {};
}

Stored<void> Draft::load_merge(Store& store, MemberId into, MemberId from) {
    if (auto loaded = load_past(store, from); !loaded) return loaded;
    const auto own = order_ids_of(store, into);
    if (!own) return unexpected(own.error());
    const auto& others = tables_->pasts[from].order_ids;
    const bool shared = std::any_of(others.begin(), others.end(), [&](const std::string& order_id) {
        return std::binary_search(own->begin(), own->end(), order_id);
    });
    if (shared) tables_->with_shared_orders.push_back(into);
    return {};
}

Stored<void> Draft::load_undo(Store& store, MemberId id) {
    const auto slot = tables_->slots.find(id);
    if (slot == tables_->slots.end() || slot->second.before == nullptr) return {};
    const engine::Member& member = slot->second.before->member;
    const bool is_over = member.merged_into != MemberId();
    // Any other cannot be undone, and need not be looked for.
    if (!is_over && (!member.last_merge || member.last_merge->event_sequence != member.event_sequence)) return {};
    auto rebuilt = rebuild(store, *history_, member);
    if (!rebuilt) return unexpected(std::move(rebuilt.error()));
    if (!rebuilt->problem.empty())
        return unexpected(corrupt("a member's events cannot be applied again: " + rebuilt->problem));
    if (rebuilt->before_merge) tables_->before_merges.insert_or_assign(id, *rebuilt->before_merge);
    return {};
}

Stored<void> Draft::load_erasure(Store& store, MemberId id) {
    std::vector<MemberId> people{id};
    std::vector<MemberId> bystanders;
    for (std::size_t i = 0; i < people.size(); ++i) {
        if (auto loaded = load_past(store, people[i]); !loaded) return loaded;
        auto past = personal_past(store, *history_, people[i]);
        if (!past) return unexpected(std::move(past.error()));
        tables_->pasts[people[i]].rewritten = std::move(past->rewritten);
        bystanders.insert(bystanders.end(), past->taken_in_by.begin(), past->taken_in_by.end());
        if (past->taken_in.empty()) continue;
        auto members = store.load_members(past->taken_in);
        if (!members) return unexpected(std::move(members.error()));
        // One whose merge was undone is a person of their own again.
        for (const auto& stored : *members) {
            if (!stored || stored->member.merged_into != people[i]) continue;
            if (std::find(people.begin(), people.end(), stored->member.id) != people.end()) continue;
            people.push_back(stored->member.id);
            tables_->taken_in.push_back(stored->member);
        }
    }
    if (auto loaded = load_inviters(store, id, people); !loaded) return loaded;
    return load_bystanders(store, people, std::move(bystanders));
}

// Who brought this member was told what tells them from others, and keeps it in events and friends. `known` are those
// whose past is rewritten anyhow; the inviters come to it.
Stored<void> Draft::load_inviters(Store& store, MemberId id, std::vector<MemberId>& known) {
    const auto slot = tables_->slots.find(id);
    if (slot == tables_->slots.end() || !slot->second.exists()) return {};
    const engine::Brought& brought = slot->second.member().brought;
    const MemberId as = brought.known_as != MemberId() ? brought.known_as : id;
    std::vector<MemberId> inviters;
    if (brought.by != MemberId()) inviters.push_back(brought.by);
    for (std::size_t i = 0; i < inviters.size(); ++i) {
        if (std::find(known.begin(), known.end(), inviters[i]) != known.end()) continue;
        const auto stored = store.load_members(std::span(&inviters[i], 1));
        if (!stored) return unexpected(stored.error());
        if (!stored->front()) continue;  // the shop told of somebody who never was
        known.push_back(inviters[i]);
        auto snapshot = snapshot_of(store, inviters[i]);
        if (!snapshot) return unexpected(std::move(snapshot.error()));
        for (engine::Friend& one : snapshot->member.friends)
            if (one.member == as) one.marks.clear();
        auto past = past_with_friend(store, *history_, inviters[i], as);
        if (!past) return unexpected(std::move(past.error()));
        tables_->pasts[inviters[i]].rewritten = std::move(past->rewritten);
        inviters.insert(inviters.end(), past->taken_in_by.begin(), past->taken_in_by.end());
        tables_->bystanders.push_back(std::move(*snapshot));
    }
    return {};
}

// Who once took one of these people in, and gave them back, can no longer be made again from a past that is rewritten;
// nor can who took in one of those.
Stored<void> Draft::load_bystanders(Store& store, std::vector<MemberId> known, std::vector<MemberId> ids) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (std::find(known.begin(), known.end(), ids[i]) != known.end()) continue;
        known.push_back(ids[i]);
        auto snapshot = snapshot_of(store, ids[i]);
        if (!snapshot) return unexpected(std::move(snapshot.error()));
        tables_->bystanders.push_back(std::move(*snapshot));
        const auto past = personal_past(store, *history_, ids[i]);
        if (!past) return unexpected(past.error());
        ids.insert(ids.end(), past->taken_in_by.begin(), past->taken_in_by.end());
    }
    return {};
}

const engine::Member* Draft::other_of(const engine::Event& event, MemberId id) const {
    if (std::holds_alternative<engine::MembersMerged>(event.fact)) {
        const auto found = tables_->others.find(id);
        return found == tables_->others.end() ? nullptr : &found->second;
    }
    if (!std::holds_alternative<engine::MergeUndone>(event.fact)) return nullptr;
    const auto found = tables_->before_merges.find(id);
    return found == tables_->before_merges.end() ? nullptr : &found->second.member;
}

// Each is decided on a copy first. They are different members, so what holds for each alone holds for all together.
// Where one half is known already, so is the whole: the other must not happen a second time.
std::optional<Refused> Draft::obstacle_together(std::span<const Command> commands, bool& is_known) {
    for (const Command& command : commands) {
        const MemberId id = owner(command.target);
        const auto slot = tables_->slots.find(id);
        if (slot == tables_->slots.end() || !slot->second.exists()) return Refused{Refusal::member_not_found, {}, id};
        engine::Member copy = slot->second.member();
        std::uint32_t last_version = slot->second.last_version();
        engine::Outcome unused;
        const ProgrammeHistory::Touch touch{copy, last_version, history_->current_version()};
        const auto decided = history_->decide(touch, command.event, {nullptr, other_of(command.event, id)}, unused);
        if (!decided) return Refused{decided.error(), {}, id};
        is_known = is_known || unused.duplicate;
        const auto& shared = tables_->with_shared_orders;
        if (std::find(shared.begin(), shared.end(), id) != shared.end())
            return Refused{engine::Rejection::merge_not_possible, {}, id};
    }
    return std::nullopt;
}

std::vector<Reply> Draft::apply_together(std::span<const Command> commands) {
    // At one instant, which is nobody's past.
    Instant at = instant_min;
    std::vector<MemberId> members;
    for (const Command& command : commands) {
        at = std::max(at, command.event.at);
        const MemberId id = owner(command.target);
        const auto slot = tables_->slots.find(id);
        if (slot == tables_->slots.end() || !slot->second.exists())
            return all(commands.size(), {Refusal::member_not_found, {}, id});
        if (std::find(members.begin(), members.end(), id) != members.end())
            return all(commands.size(), {alone(commands.front().event.fact), {}, id});
        members.push_back(id);
        at = std::max(at, slot->second.member().advanced_to);
    }
    pass_time_of_others(members, at);
    std::vector<Command> own(commands.begin(), commands.end());
    for (Command& command : own) {
        command.event.at = at;
        auto* merged = std::get_if<engine::MembersMerged>(&command.event.fact);
        const auto from = merged == nullptr ? tables_->slots.end() : tables_->slots.find(merged->from);
        if (from == tables_->slots.end() || !from->second.exists()) continue;
        engine::Member& other = tables_->others[owner(command.target)] = from->second.member();
        const std::uint32_t last_version = from->second.last_version();
        engine::Outcome unused;
        history_->advance({other, last_version, history_->current_version()}, at, unused);
        merged->from_sequence = other.event_sequence;
    }
    bool is_known = false;
    if (const auto obstacle = obstacle_together(own, is_known)) return all(commands.size(), *obstacle);

    std::vector<Reply> replies;
    if (is_known) {
        outcome_.clear();
        for (const MemberId id : members) {
            Done& same = *replies.emplace_back(Done());
            same.member = id;
            same.duplicate = true;
            describe(tables_->slots.at(id), same);
        }
        return replies;
    }
    for (const MemberId id : members) {
        pass_time(tables_->slots.at(id), at);
        tables_->survivors[id] = tables_->slots.at(id).member();
    }
    for (const Command& command : own) {
        const MemberId id = owner(command.target);
        const engine::Event& event = own_events_.emplace_back(command.event);
        auto decided = decide(tables_->slots.at(id), event, command.explain, other_of(event, id));
        check(decided.has_value(), "what was possible on a copy is possible");
        replies.push_back(std::move(*decided));
    }
    for (std::size_t i = 0; i < own.size(); ++i)
        if (!replies[i]->duplicate) settle_together(own[i].event, members[i]);
    return replies;
}

// What falls due for one of them may mean something for another: that has happened before anything is looked at. It
// would happen anyhow, so it stays when the commands are refused.
void Draft::pass_time_of_others(std::span<const MemberId> members, Instant to) {
    for (const MemberId id : members) {
        Slot& slot = tables_->slots.at(id);
        if (engine::next_due(slot.member()) > to) continue;
        engine::Member copy = slot.member();
        engine::Outcome outcome;
        history_->advance({copy, slot.last_version(), history_->current_version()}, to, outcome);
        if (!outcome.follow_ups.empty()) pass_time(slot, to);
    }
}

void Draft::settle_together(const engine::Event& event, MemberId id) {
    if (const auto* merged = std::get_if<engine::MembersMerged>(&event.fact)) settle_merge(id, merged->from);
    if (const auto* undone = std::get_if<engine::MergeUndone>(&event.fact))
        if (tables_->slots.at(id).before->member.merged_into == MemberId()) settle_undo(id, undone->other);
    if (std::holds_alternative<engine::MemberErased>(event.fact)) settle_erasure(id);
}

void Draft::move_identities(const std::vector<engine::Identity>& identities, MemberId from, MemberId to) {
    for (const engine::Identity& identity : identities) batch_.identity_moves.push_back({identity, from, to});
}

// All orders of the one who is over go to the survivor, with the numbers that they have there.
void Draft::settle_merge(MemberId into, MemberId from) {
    const engine::Member& taken_in = tables_->others.at(into);
    const engine::Member& survivor = tables_->survivors.at(into);
    Tables::Past& past = tables_->pasts.at(from);
    std::erase_if(tables_->closed_orders, [&](auto& entry) {
        if (entry.first.first != from.value) return false;
        const auto known = std::find_if(past.closed_orders.begin(), past.closed_orders.end(), [&](const auto& order) {
            return order.order_id == entry.first.second;
        });
        if (known == past.closed_orders.end()) past.closed_orders.push_back(std::move(entry.second.order));
        else *known = std::move(entry.second.order);
        return true;
    });
    for (std::string& order_id : past.order_ids) batch_.removed_orders.push_back({from, std::move(order_id)});
    for (engine::Order& order : past.closed_orders) {
        std::pair<std::uint64_t, std::string> key{into.value, order.order_id};
        engine::Order theirs = engine::moved(std::move(order), survivor, taken_in);
        tables_->activities.pass_reviews(from, into, theirs, taken_in.advanced_to);
        tables_->closed_orders.insert_or_assign(std::move(key), Tables::ClosedOrder{std::move(theirs), true});
    }
    move_identities(taken_in.identities, from, into);
    std::ranges::move(moves_of(*history_->versions(), taken_in, into, survivor.last_coupon_id),
                      std::back_inserter(batch_.partner_moves));
}

// The orders that the other brought go back to them, as they were before.
void Draft::settle_undo(MemberId into, MemberId from) {
    Standing& before = tables_->before_merges.at(from);
    const auto give_back = [&](const std::string& order_id) {
        tables_->closed_orders.erase({into.value, order_id});
        batch_.removed_orders.push_back({into, order_id});
    };
    for (const engine::Order& order : before.member.open_orders) give_back(order.order_id);
    for (auto& [order_id, order] : before.closed_orders) {
        give_back(order_id);
        tables_->activities.pass_reviews(into, from, order, tables_->slots.at(from).member().advanced_to);
        tables_->closed_orders.try_emplace({from.value, order_id}, Tables::ClosedOrder{order, true});
    }
    move_identities(before.member.identities, into, from);
    const std::uint32_t offset = tables_->before_merges.at(into).member.last_coupon_id;
    for (const PartnerMove& there : moves_of(*history_->versions(), before.member, into, offset))
        batch_.partner_moves.push_back({there.to, there.becomes, there.from, there.coupon});
}

void Draft::settle_erasure(MemberId id) {
    const Slot& slot = tables_->slots.at(id);
    move_identities(slot.before->member.identities, id, MemberId());
    Tables::Past& past = tables_->pasts.at(id);
    for (const auto& [key, closed] : tables_->closed_orders) {
        if (key.first != id.value) continue;
        const auto known = std::find_if(past.closed_orders.begin(), past.closed_orders.end(),
                                        [&](const auto& order) { return order.order_id == key.second; });
        if (known == past.closed_orders.end()) past.closed_orders.push_back(closed.order);
        else *known = closed.order;
    }
    std::sort(past.closed_orders.begin(), past.closed_orders.end(),
              [](const engine::Order& a, const engine::Order& b) { return a.number < b.number; });
    batch_.snapshots.push_back({slot.member(), std::move(past.closed_orders), history_->current_version()});
    batch_.forgotten_answers.push_back(id);
    for (const engine::Member& over : tables_->taken_in) {
        batch_.snapshots.push_back({over, {}, history_->current_version()});
        batch_.forgotten_answers.push_back(over.id);
    }
    std::ranges::move(tables_->bystanders, std::back_inserter(batch_.snapshots));
    for (auto& [person, theirs] : tables_->pasts)
        std::move(theirs.rewritten.begin(), theirs.rewritten.end(), std::back_inserter(batch_.rewritten_events));
    const auto by_place = [](const RewrittenEvent& row) { return std::pair(row.member, row.sequence); };
    std::ranges::sort(batch_.rewritten_events, {}, by_place);
}

}  // namespace regulars::service
