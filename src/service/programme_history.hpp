// The programme's versions with the moments at which they became current: which version decides, and under which one
// time passes.
//
// A version decides events from its activation on, and time passes under it from its activation on. A member is looked
// at only now and then, so the passing of time up to a newer version's activation is caught up under the older one when
// the member is next touched. The rule depends on nothing but the member's present, the version of its last event and
// this history, so a replay comes to the same state.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "base/time.hpp"
#include "engine/engine.hpp"
#include "programme/programme.hpp"
#include "service/store.hpp"

namespace regulars::service {

/// Under which name the members of a manager are counted among the stocks; no coupon can have it.
[[nodiscard]] std::string stock_of_manager(std::string_view staff);
[[nodiscard]] bool is_of_manager(std::string_view stock);

class ProgrammeHistory {
public:
    /// Compiles what storage holds. `not_found` without any row, `corrupt` when a row no longer compiles.
    static Stored<std::shared_ptr<const ProgrammeHistory>> from_rows(const std::vector<ProgrammeRow>& rows);
    /// This history and one more; its version must be higher than the current one.
    [[nodiscard]] std::shared_ptr<const ProgrammeHistory> with(std::shared_ptr<const programme::Programme> programme,
                                                               Instant activated_at) const;

    [[nodiscard]] const programme::Programme& current() const { return *entries_.back().programme; }
    [[nodiscard]] std::uint32_t current_version() const { return current().version; }
    [[nodiscard]] const std::shared_ptr<const programme::Versions>& versions() const { return entries_.back().up_to; }
    [[nodiscard]] bool knows(std::uint32_t version) const;
    /// Names of what all members share and has to be counted, in any version: coupons with a shared stock, managers
    /// (stock_of_manager), and what else has a stock (service/activity_stocks.hpp). Sorted.
    [[nodiscard]] const std::vector<std::string>& shared_stocks() const { return shared_stocks_; }
    /// The highest version activated at or before `at`, at least `version_min`.
    [[nodiscard]] std::uint32_t version_at(Instant at, std::uint32_t version_min) const;

    /// Whether letting time pass for this member needs the version of its last event.
    [[nodiscard]] bool needs_last_version(const engine::Member& member) const;

    /// Who is touched, under which version its last event was decided (0: none yet), and under which it is touched now.
    struct Touch {
        engine::Member& member;
        std::uint32_t last_version = 0;
        std::uint32_t version = 0;
    };
    /// Lets time pass to `to`, under each version in its own time.
    void advance(const Touch& touch, Instant to, engine::Outcome& outcome) const;
    /// Applies one event as engine::decide does, with the passing of time before it as above.
    [[nodiscard]] expected<void, engine::Rejection> decide(const Touch& touch, const engine::Event& event,
                                                           const engine::Context& context,
                                                           engine::Outcome& outcome) const;

    /// The name of the code that a cost is booked under; "unknown" where its version is not known.
    [[nodiscard]] const std::string& benefit_of(const engine::Cost& cost) const;
    /// A tier's name by the current version; the base tier's where there is no such rank any more.
    [[nodiscard]] const std::string& tier_name(programme::TierRank rank) const;

private:
    struct Entry {
        std::shared_ptr<const programme::Programme> programme;
        Instant activated_at;
        std::shared_ptr<const programme::Versions> up_to;  ///< this version and all before it
    };
    void pass_older(const Touch& touch, Instant to, engine::Outcome& outcome) const;
    [[nodiscard]] const Entry& entry(std::uint32_t version) const;
    void add(std::shared_ptr<const programme::Programme> programme, Instant activated_at);

    std::vector<std::string> shared_stocks_;
    std::vector<Entry> entries_;  ///< ascending by version, never empty once made
};

}  // namespace regulars::service
