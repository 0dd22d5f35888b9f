// Chance that the shop cannot bend and that anybody can check. For each activity in which something is drawn there is a
// chain of seeds, one for each local day:
//
//   seed of the last day   32 random bytes, made with the chain
//   seed of a day        = SHA-256(seed of the day after it)
//   anchor               = SHA-256(seed of the first day)
//   number of a turn     = the first 8 bytes, big endian, of
//                          HMAC-SHA-256(key: seed of the day, text: ACTIVITY "\n" MEMBER ID "\n" TURN)
//
// TURN is how many turns the member has taken there, this one included, in decimal digits; "trial" for who applies for
// a trial. The anchor is published when the chain is made, before anything is drawn; a day's seed when the day is over.
// So every seed was fixed beforehand (hash it until the anchor comes out), and nobody but the shop knew it in time. The
// day is that of recording, whatever day the event tells: else somebody could choose a day whose seed is told already.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "engine/event.hpp"
#include "programme/programme.hpp"
#include "service/store.hpp"

namespace regulars::service {

using Seed = std::array<unsigned char, 32>;

/// Days that a new chain is for: ten years.
inline constexpr std::int64_t chain_days = 3'660;
/// A chain that ends sooner than this gets one that comes after it.
inline constexpr std::int64_t chain_days_left_min = 366;

[[nodiscard]] Seed hash_of(const Seed& seed);
/// 64 hexadecimal digits.
[[nodiscard]] std::string hex_of(const Seed& seed);
[[nodiscard]] std::optional<Seed> seed_of(std::string_view hex);

/// What is drawn for a member; `turn` as above.
[[nodiscard]] std::uint64_t chance_number(const Seed& seed, std::string_view activity, MemberId member,
                                          std::string_view turn);

/// A chain for so many days from `first_day` on, all of whose seeds follow from the last one.
[[nodiscard]] SeedChain make_chain(std::string activity, LocalDate first_day, std::int64_t days, const Seed& last,
                                   Instant made_at);

/// The seeds of one chain.
class Seeds {
public:
    /// Nothing when what is stored is not a chain.
    static std::optional<Seeds> from(SeedChain chain);

    [[nodiscard]] const SeedChain& chain() const { return chain_; }
    [[nodiscard]] LocalDate last_day() const;
    [[nodiscard]] bool covers(LocalDate day) const { return chain_.first_day <= day && day <= last_day(); }
    /// The day must be covered.
    [[nodiscard]] Seed of_day(LocalDate day) const;
    /// What the day's seed hashes to: the seed of the day before, or the anchor.
    [[nodiscard]] Seed commitment_of(LocalDate day) const;

private:
    SeedChain chain_;
    std::vector<Seed> marks_;  ///< every so many days, from the last one back, so that few hashes lead to any day
};

/// Whether something is drawn by chance there.
[[nodiscard]] bool is_drawn(const programme::Activity& activity);

/// All chains, shared by everybody who draws or tells.
class FairChance {
public:
    using Chains = std::vector<std::shared_ptr<const Seeds>>;

    /// Makes chains, kept in storage, for the activities that have none or whose last one ends soon. Another process
    /// may do so at the same time: then that one's are taken.
    Stored<void> provide(Store& store, const programme::Programme& programme, Instant now);
    /// Reads what storage holds.
    Stored<void> load(Store& store);

    /// Of one activity, the oldest first.
    [[nodiscard]] Chains chains_of(const std::string& activity) const;
    /// The chance of what this event decides by it, if it were recorded now; nothing for all others, and where there
    /// are no seeds.
    [[nodiscard]] std::optional<engine::Chance> draw(const engine::Fact& fact, const engine::Member& member,
                                                     const Zone& zone, Instant now) const;
    /// Whether this event needs seeds that are not known here yet.
    [[nodiscard]] bool misses(const engine::Fact& fact, const programme::Programme& programme, Instant now) const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, Chains> chains_;  ///< by activity
};

}  // namespace regulars::service
