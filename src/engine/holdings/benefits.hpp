// What the shop does for a member beside prices: who has which benefit, how often it was used, who looks after whom.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/match.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

// --- who has it ------------------------------------------------------------------------------------------------------

/// Why a member has a benefit, and until when. Of a tier and several plans that give it, the one that lasts longest.
struct BenefitHolding {
    enum class By : std::uint8_t { everybody, tier, plan };
    By by = By::everybody;
    std::string plan{};             ///< for plan: its name
    Instant until = instant_max;    ///< exclusive; instant_max: no end is in sight
};

/// Nothing when the member does not have it at `now`.
[[nodiscard]] std::optional<BenefitHolding> holding_of(const programme::Programme& programme, const Member& member,
                                                       const programme::MemberBenefit& benefit, Instant now);

// --- how often -------------------------------------------------------------------------------------------------------

/// A limit on uses, of a member's benefit or of a free shipping, under the name by which they are counted.
struct BenefitLimit {
    const std::string& name;
    std::optional<std::int64_t> count;                ///< nothing: as often as one likes, and nobody counts
    std::optional<CalendarUnit> per;                  ///< nothing: ever
};
[[nodiscard]] BenefitLimit limit_of(const programme::MemberBenefit& benefit);
[[nodiscard]] BenefitLimit limit_of(const programme::FreeShipping& benefit);

/// Uses in the unit that holds `day`. What comes late, for a unit that is over, counts in the one that runs.
[[nodiscard]] std::int64_t used_of(const Member& member, const BenefitLimit& limit, LocalDate day);
/// How many are left; nothing when there is no limit.
[[nodiscard]] std::optional<std::int64_t> left_of(const Member& member, const BenefitLimit& limit, LocalDate day);
[[nodiscard]] inline bool is_used_up(const Member& member, const BenefitLimit& limit, LocalDate day) {
    return left_of(member, limit, day) == 0;
}
void count_use(Member& member, const BenefitLimit& limit, LocalDate day);
/// A use of that day did not come about after all. In a unit that is over nothing is given back.
void give_back_use(Member& member, const BenefitLimit& limit, LocalDate day);
/// The free shipping that an order has used up counts no more: the order is cancelled or wholly returned.
void give_back_free_shipping(Decision& decision, const Order& order);

// --- goods for some only ---------------------------------------------------------------------------------------------

/// Lines that somebody wants to buy. `facts` have the order set.
struct WantedGoods {
    std::span<const Line> lines;
    std::span<const programme::PriceKind> price_kinds;
    Purchase purchase;
    Instant now;
};

/// For each line the access that the member would need; null: anybody may buy it, or the member has an access to it.
/// Empty when that is so of all lines.
[[nodiscard]] std::vector<const programme::MemberBenefit*> missing_accesses(const programme::Programme& programme,
                                                                            const Member& member,
                                                                            const WantedGoods& goods, Facts& facts);

// --- managers --------------------------------------------------------------------------------------------------------

/// A manager's benefit that the member has; null: none.
[[nodiscard]] const programme::MemberBenefit* promised_manager(const programme::Programme& programme,
                                                               const Member& member, Instant now);
/// After something may have brought such a benefit: tells the shop if it has, and nobody looks after the member.
void tell_if_manager_wanted(Decision& decision, bool was_promised);

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const BenefitUsed& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const ManagerAssigned& fact);

}  // namespace regulars::engine
