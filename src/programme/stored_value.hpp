// Money in members' accounts: what paying in brings, the order in which purses are used, limits and lapsing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/quantity.hpp"
#include "programme/terms.hpp"

namespace regulars::programme {

enum class Purse : std::uint8_t { topped_up, bonus, cashback };

/// Prepaid-card rules differ from country to country, so nothing here is fixed but that the ledger sums to zero.
struct StoredValuePolicy {
    /// Who pays in at least `pay` is given `get`; the largest offer that is reached counts, once.
    struct Offer {
        Money pay;
        Money get;
    };
    std::vector<Offer> offers;              ///< ascending by `pay`
    Money top_up_least;                     ///< of one payment
    std::optional<Money> top_up_most;
    std::optional<Money> limit;             ///< of what is topped up and given on top, together
    std::array<Purse, 3> use{Purse::cashback, Purse::bonus, Purse::topped_up};
    bool refundable = false;                ///< what was paid in may be paid back; its bonus goes in proportion
    std::optional<Span> lapses_after;       ///< without money coming in or being used
    std::uint8_t lapsing = 0;               ///< a bit per Purse: which lapse
};

}  // namespace regulars::programme
