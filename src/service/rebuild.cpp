#include "service/rebuild.hpp"

#include <algorithm>
#include <utility>

#include "service/event_json.hpp"

namespace regulars::service {

namespace {

constexpr std::size_t page_size = 500;

// Applies events one after another; the first that does not fit ends it.
class Rebuilder {
public:
    Rebuilder(const ProgrammeHistory& history, MemberId id) : history_(history) {
        rebuilt_.member = engine::new_member(id);
    }

    bool apply(const EventRow& row);
    void pass_time(Instant to);
    void fail(std::uint64_t sequence, std::string problem) {
        rebuilt_.problem = std::move(problem);
        rebuilt_.problem_sequence = sequence;
    }
    [[nodiscard]] const engine::Member& member() const { return rebuilt_.member; }
    [[nodiscard]] Rebuilt take() { return std::move(rebuilt_); }

private:
    bool decide(const EventRow& row, const engine::Event& event);
    void keep_outcome();

    const ProgrammeHistory& history_;
    Rebuilt rebuilt_;
    std::uint32_t last_version_ = 0;
    engine::Outcome outcome_;
};

bool Rebuilder::apply(const EventRow& row) {
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
    return decide(row, *event);
}

bool Rebuilder::decide(const EventRow& row, const engine::Event& event) {
    outcome_.clear();
    const ProgrammeHistory::Touch touch{rebuilt_.member, last_version_, row.programme_version};
    history_.advance(touch, row.applied_at, outcome_);
    keep_outcome();
    outcome_.clear();
    const auto closed = rebuilt_.closed_orders.find(std::string(engine::order_id_of(event.fact)));
    const engine::Context context{closed == rebuilt_.closed_orders.end() ? nullptr : &closed->second};
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
    keep_outcome();
    last_version_ = row.programme_version;
    ++rebuilt_.events;
    return true;
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

}  // namespace

Stored<Rebuilt> rebuild(Store& store, const ProgrammeHistory& history, const engine::Member& stored) {
    Rebuilder rebuilder(history, stored.id);
    while (rebuilder.member().event_sequence < stored.event_sequence) {
        const auto rows = store.list_events(stored.id, {rebuilder.member().event_sequence, page_size});
        if (!rows) return unexpected(rows.error());
        if (rows->empty()) {
            rebuilder.fail(rebuilder.member().event_sequence + 1, "it is missing");
            return rebuilder.take();
        }
        for (const EventRow& row : *rows) {
            if (row.sequence > stored.event_sequence) break;
            if (!rebuilder.apply(row)) return rebuilder.take();
        }
    }
    rebuilder.pass_time(stored.advanced_to);
    return rebuilder.take();
}

}  // namespace regulars::service
