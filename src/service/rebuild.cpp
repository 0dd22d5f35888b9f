#include "service/rebuild.hpp"

#include <algorithm>
#include <utility>

#include "engine/people/merge.hpp"
#include "service/event_json.hpp"

namespace regulars::service {

namespace {

constexpr std::size_t page_size = 500;
// Members who were taken in by one who was taken in by one ...
constexpr int depth_max = 50;

/// How far to go: through this event, then to this instant.
struct Target {
    MemberId member;
    std::uint64_t sequence = 0;
    Instant to;
};

Stored<Rebuilt> rebuild_to(Store& store, const ProgrammeHistory& history, const Target& target, int depth);

// Applies events one after another; the first that does not fit ends it.
class Rebuilder {
public:
    Rebuilder(Store& store, const ProgrammeHistory& history, MemberId id, int depth)
        : store_(store), history_(history), depth_(depth) {
        rebuilt_.member = engine::new_member(id);
    }

    void start_from(Snapshot snapshot);
    /// Whether the event fits; a failure of storage ends everything.
    Stored<bool> apply(const EventRow& row);
    void pass_time(Instant to);
    void fail(std::uint64_t sequence, std::string problem) {
        rebuilt_.problem = std::move(problem);
        rebuilt_.problem_sequence = sequence;
    }
    [[nodiscard]] const engine::Member& member() const { return rebuilt_.member; }
    [[nodiscard]] Rebuilt take() { return std::move(rebuilt_); }

private:
    Stored<bool> find_other(const EventRow& row, const engine::Event& event);
    bool decide(const EventRow& row, const engine::Event& event);
    void settle_merge(const engine::Event& event);
    void keep_outcome();

    Store& store_;
    const ProgrammeHistory& history_;
    int depth_;
    Rebuilt rebuilt_;
    std::shared_ptr<const Standing> other_;  ///< what the event at hand refers to
    std::uint32_t last_version_ = 0;
    engine::Outcome outcome_;
};

void Rebuilder::start_from(Snapshot snapshot) {
    rebuilt_.ledger_from = snapshot.member.ledger_sequence;
    rebuilt_.member = std::move(snapshot.member);
    for (engine::Order& order : snapshot.closed_orders) {
        std::string order_id = order.order_id;
        rebuilt_.closed_orders.insert_or_assign(std::move(order_id), std::move(order));
    }
    last_version_ = snapshot.programme_version;
}

Stored<bool> Rebuilder::apply(const EventRow& row) {
    if (row.sequence != member().event_sequence + 1) {
        fail(row.sequence, "it does not follow event " + std::to_string(member().event_sequence));
        return false;
    }
    const programme::Programme* const programme = history_.versions()->find(row.programme_version);
    if (programme == nullptr) {
        fail(row.sequence, "programme version " + std::to_string(row.programme_version) + " is not stored");
        return false;
    }
    const auto event = parse_event(row.payload, programme->zone);
    if (!event) {
        const JsonProblem& first = event.error().front();
        fail(row.sequence, "it cannot be read: " + first.pointer + " " + first.message);
        return false;
    }
    auto found = find_other(row, *event);
    if (!found || !*found) return found;
    return decide(row, *event);
}

// For a merge the other member as it was then, for undoing one this member as it was before.
Stored<bool> Rebuilder::find_other(const EventRow& row, const engine::Event& event) {
    other_.reset();
    if (std::holds_alternative<engine::MergeUndone>(event.fact)) other_ = std::move(rebuilt_.before_merge);
    const auto* merged = std::get_if<engine::MembersMerged>(&event.fact);
    if (merged == nullptr) return true;
    if (depth_ >= depth_max) {
        fail(row.sequence, "too many merges lie one within another");
        return false;
    }
    auto other = rebuild_to(store_, history_, {merged->from, merged->from_sequence, row.applied_at}, depth_ + 1);
    if (!other) return unexpected(std::move(other.error()));
    if (!other->problem.empty()) {
        fail(row.sequence, "the other member's event " + std::to_string(other->problem_sequence) + ": " +
                               other->problem);
        return false;
    }
    other_ = std::make_shared<const Standing>(Standing{std::move(other->member), std::move(other->closed_orders)});
    return true;
}

bool Rebuilder::decide(const EventRow& row, const engine::Event& event) {
    outcome_.clear();
    const ProgrammeHistory::Touch touch{rebuilt_.member, last_version_, row.programme_version};
    history_.advance(touch, row.applied_at, outcome_);
    keep_outcome();
    outcome_.clear();
    const bool merges = std::holds_alternative<engine::MembersMerged>(event.fact) ||
                        std::holds_alternative<engine::MergedInto>(event.fact);
    if (merges)
        rebuilt_.before_merge =
            std::make_shared<const Standing>(Standing{rebuilt_.member, rebuilt_.closed_orders});
    const auto closed = rebuilt_.closed_orders.find(std::string(engine::order_id_of(event.fact)));
    const engine::Context context{closed == rebuilt_.closed_orders.end() ? nullptr : &closed->second,
                                  other_ != nullptr ? &other_->member : nullptr};
    const auto decided = history_.decide(touch, event, context, outcome_);
    if (!decided) {
        fail(row.sequence, "it is refused: " + std::string(engine::code_of(decided.error())));
        return false;
    }
    if (outcome_.duplicate) {
        fail(row.sequence, "it is a duplicate");
        return false;
    }
    if (member().advanced_to != row.applied_at) {
        fail(row.sequence,
             "it is applied at " + text_of(member().advanced_to) + ", stored is " + text_of(row.applied_at));
        return false;
    }
    settle_merge(event);
    keep_outcome();
    last_version_ = row.programme_version;
    ++rebuilt_.events;
    return true;
}

// The orders that have left the aggregate go with the member.
void Rebuilder::settle_merge(const engine::Event& event) {
    if (std::holds_alternative<engine::MembersMerged>(event.fact))
        for (const auto& [order_id, order] : other_->closed_orders)
            rebuilt_.closed_orders.insert_or_assign(
                order_id, engine::moved(order, rebuilt_.before_merge->member, other_->member));
    if (std::holds_alternative<engine::MergedInto>(event.fact)) rebuilt_.closed_orders.clear();
    if (std::holds_alternative<engine::MergeUndone>(event.fact))
        rebuilt_.closed_orders = other_->closed_orders;
}

void Rebuilder::pass_time(Instant to) {
    outcome_.clear();
    const std::uint32_t version = history_.version_at(to, last_version_);
    history_.advance({rebuilt_.member, last_version_, version}, to, outcome_);
    keep_outcome();
}

void Rebuilder::keep_outcome() {
    rebuilt_.ledger.insert(rebuilt_.ledger.end(), outcome_.ledger.begin(), outcome_.ledger.end());
    for (engine::Order& order : outcome_.closed_orders) {
        std::string order_id = order.order_id;
        rebuilt_.closed_orders.insert_or_assign(std::move(order_id), std::move(order));
    }
}

Stored<Rebuilt> rebuild_to(Store& store, const ProgrammeHistory& history, const Target& target, int depth) {
    Rebuilder rebuilder(store, history, target.member, depth);
    auto snapshot = store.load_snapshot(target.member);
    if (!snapshot) return unexpected(std::move(snapshot.error()));
    if (*snapshot) {
        if ((*snapshot)->member.event_sequence > target.sequence) {
            rebuilder.fail(target.sequence, "it was rewritten when the member was erased");
            return rebuilder.take();
        }
        rebuilder.start_from(std::move(**snapshot));
    }
    while (rebuilder.member().event_sequence < target.sequence) {
        const auto rows = store.list_events(target.member, {rebuilder.member().event_sequence, page_size});
        if (!rows) return unexpected(rows.error());
        if (rows->empty()) {
            rebuilder.fail(rebuilder.member().event_sequence + 1, "it is missing");
            return rebuilder.take();
        }
        for (const EventRow& row : *rows) {
            if (row.sequence > target.sequence) break;
            const auto applied = rebuilder.apply(row);
            if (!applied) return unexpected(applied.error());
            if (!*applied) return rebuilder.take();
        }
    }
    rebuilder.pass_time(target.to);
    return rebuilder.take();
}

}  // namespace

Stored<Rebuilt> rebuild(Store& store, const ProgrammeHistory& history, const engine::Member& stored) {
    return rebuild_to(store, history, {stored.id, stored.event_sequence, stored.advanced_to}, 0);
}

}  // namespace regulars::service
