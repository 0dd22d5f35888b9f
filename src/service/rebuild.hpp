// One member made again from its stored events.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/member.hpp"
#include "engine/outcome.hpp"
#include "service/programme_history.hpp"
#include "service/store.hpp"

namespace regulars::service {

struct Rebuilt {
    engine::Member member;
    std::map<std::string, engine::Order> closed_orders;
    std::vector<engine::LedgerEntry> ledger;
    std::uint64_t events = 0;
    /// Why the events cannot be applied again, and which one; empty when they can.
    std::string problem;
    std::uint64_t problem_sequence = 0;
};

/// Applies the member's events up to `stored`'s last one and lets time pass to its present.
[[nodiscard]] Stored<Rebuilt> rebuild(Store& store, const ProgrammeHistory& history, const engine::Member& stored);

}  // namespace regulars::service
