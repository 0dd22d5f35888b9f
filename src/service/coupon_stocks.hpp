// What is left of the coupons that members share. A batch works on its own copy; like a member, each stock has a
// version that a save must still find, so two processes never give out the same coupon twice.
#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include "engine/engine.hpp"
#include "engine/outcome.hpp"
#include "service/programme_history.hpp"
#include "service/store.hpp"

namespace regulars::service {

/// The stocks as they were committed last, by name; nothing when that is not known.
class StockCache {
public:
    [[nodiscard]] std::optional<std::vector<CouponStock>> get() const;
    void put(std::vector<CouponStock> stocks);
    void clear();

private:
    mutable std::mutex mutex_;
    std::optional<std::vector<CouponStock>> stocks_;
};

/// How many more of a coupon may be given out on that day; INT64_MAX when nothing limits it.
[[nodiscard]] std::int64_t left_of(const programme::CouponTemplate& terms, const CouponStock& stock, LocalDate day);

[[nodiscard]] std::int64_t left_of(const programme::Stock& terms, const CouponStock& stock, LocalDate day);

/// Whether the event may give this member this coupon, whose stock members share.
[[nodiscard]] bool may_give(const programme::Programme& programme, const engine::Event& event,
                            const engine::Member& member, const programme::CouponTemplate& terms);

class CouponStocks {
public:
    /// All that the programme's versions share: from how `before` leaves them, else from the cache, else from storage.
    Stored<void> load(Store& store, const ProgrammeHistory& history, const StockCache& cache,
                      const CouponStocks* before);

    /// What an event is to be told: of those that it may give to this member, how many are left at `at`. By name.
    [[nodiscard]] std::vector<engine::StockLeft> scarce(const programme::Programme& programme,
                                                        const engine::Event& event, const engine::Member& member,
                                                        Instant at) const;
    /// Takes what an accepted event has given out. One that is dated after `now` counts for the day of `now`, so that a
    /// wrong date does not use up a day that has not come.
    void take(const engine::Outcome& outcome, const Zone& zone, Instant now);

    /// Of these the one who looks after the fewest members; of equals the first. Null when there are none.
    [[nodiscard]] const std::string* least_loaded(const std::vector<std::string>& staff) const;
    /// A member goes from one manager to another; either may be nobody.
    void change_manager(std::string_view from, std::string_view to);

    /// What has to be saved.
    [[nodiscard]] std::vector<CouponStock> rows() const;
    /// How they stand once that is saved.
    [[nodiscard]] std::vector<CouponStock> left() const;
    [[nodiscard]] bool empty() const { return stocks_.empty(); }

private:
    struct Entry {
        CouponStock stock;
        bool changed = false;
    };
    [[nodiscard]] const Entry* find(std::string_view name) const;
    [[nodiscard]] Entry* find(std::string_view name);
    static void count(Entry& entry, std::int64_t taken, LocalDate day);

    std::vector<Entry> stocks_;  ///< by name
};

}  // namespace regulars::service
