// What can be compared between the engine and a naive model: a member's standing, in plain numbers.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "engine/member.hpp"
#include "programme/programme.hpp"

namespace regulars::model {

/// Amounts are minor units. A naive model fills the same value from its own reading of the programme.
struct Standing {
    std::string tier;
    std::optional<LocalDate> period_last_day;      ///< nothing: no period runs
    std::map<std::int64_t, std::int64_t> lots;     ///< points by the instant (ms) at which they lapse, INT64_MAX never
    std::int64_t points = 0;                       ///< available
    std::int64_t owed = 0;
    std::int64_t pending = 0;
    std::int64_t growth = 0;
    std::int64_t cashback = 0;                     ///< in the cashback purse
    std::int64_t spend = 0;                        ///< settled, ever, less what went back
    std::int64_t orders = 0;
    std::int64_t counted = 0;                      ///< since the last change, where the programme counts so
    friend bool operator==(const Standing&, const Standing&) = default;
};

/// The engine's side.
[[nodiscard]] Standing standing_of(const programme::Programme& programme, const engine::Member& member);

std::ostream& operator<<(std::ostream& out, const Standing& standing);

}  // namespace regulars::model
