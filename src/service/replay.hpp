// Replay: rebuilds every member from nothing but its events, and tells where that differs from what is stored. An event
// is decided by the programme version that decided it then, at the member's present of then (EventRow::applied_at), so
// it does not matter when a scheduler let time pass in between.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/member.hpp"
#include "service/programme_history.hpp"
#include "service/store.hpp"

namespace regulars::service {

struct ReplayOptions {
    /// Compare with what is stored; otherwise only check that every event can be read and is accepted again.
    bool verify = true;
    /// A member's stored bytes: equal values must also be equal bytes. Not compared where it is empty.
    std::function<std::string(const engine::Member&)> encode;
    /// Called now and then with the number of members done.
    std::function<void(std::uint64_t members)> progress;
};

struct ReplayDifference {
    MemberId member;
    std::string field;   ///< "points_available", "order A-17", "ledger entry 5", "event 3"
    std::string detail;
    friend bool operator==(const ReplayDifference&, const ReplayDifference&) = default;
};

struct ReplayReport {
    static constexpr std::size_t differences_kept_max = 1'000;

    std::uint64_t members = 0;
    std::uint64_t events = 0;
    std::uint64_t members_differing = 0;
    std::vector<ReplayDifference> differences;  ///< the first ones, by member
};

/// Replays all members under the programmes that the store holds. It may run beside a service that writes.
[[nodiscard]] Stored<ReplayReport> replay(Store& store, const ReplayOptions& options);

}  // namespace regulars::service
