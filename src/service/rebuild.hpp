// One member made again from its stored events.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/member.hpp"
#include "engine/outcome.hpp"
#include "service/programme_history.hpp"
#include "service/store.hpp"

namespace regulars::service {

/// A member with the orders that have left the aggregate.
struct Standing {
    engine::Member member;
    std::map<std::string, engine::Order> closed_orders;
};

struct Rebuilt {
    engine::Member member;
    std::map<std::string, engine::Order> closed_orders;
    std::vector<engine::LedgerEntry> ledger;
    std::uint64_t ledger_from = 0;          ///< entries up to here are not replayed: a snapshot stands for them
    std::uint64_t events = 0;
    std::shared_ptr<const Standing> before_merge;  ///< as they stood when their last event about a merge was applied
    /// Why the events cannot be applied again, and which one; empty when they can.
    std::string problem;
    std::uint64_t problem_sequence = 0;
};

/// Applies the member's events up to `stored`'s last one and lets time pass to its present. Where the member has taken
/// others in, those are rebuilt too, as far as they had come then.
[[nodiscard]] Stored<Rebuilt> rebuild(Store& store, const ProgrammeHistory& history, const engine::Member& stored);

}  // namespace regulars::service
