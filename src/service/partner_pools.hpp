// Codes of other shops, which their coupons bring: each is given out once, in the order of the import. A pool is
// counted as a stock is (service/coupon_stocks.hpp): its version must still be found by a save, so two processes never
// give out the same code. It is asked for anew by every batch that may need it, because another process imports more.
#pragma once

#include <span>
#include <vector>

#include "engine/engine.hpp"
#include "engine/outcome.hpp"
#include "service/service.hpp"
#include "service/store.hpp"

namespace regulars::service {

class PartnerPools {
public:
    /// Those that the commands may take from. `before`: how it leaves them counts here.
    Stored<void> load(Store& store, const programme::Programme& programme, std::span<const Command* const> commands,
                      const PartnerPools* before);
    /// Adds to what an event is told of scarce coupons, which stand by name: what is left for partners' coupons.
    void tell(const programme::Programme& programme, const engine::Event& event, const engine::Member& member,
              std::vector<engine::StockLeft>& scarce) const;
    /// An accepted event has issued coupons: a code goes with each of a partner's.
    void give(const programme::Programme& programme, const engine::Outcome& outcome, MemberId member);

    [[nodiscard]] bool empty() const { return pools_.empty(); }
    // What has to be saved.
    [[nodiscard]] std::vector<PartnerPool> rows() const;
    [[nodiscard]] const std::vector<PartnerUse>& uses() const { return uses_; }

private:
    struct Entry {
        PartnerPool pool;
        bool changed = false;
    };
    [[nodiscard]] Entry* find(std::string_view name);
    [[nodiscard]] const Entry* find(std::string_view name) const;

    std::vector<Entry> pools_;  ///< few: one for each partner's coupon of the programme
    std::vector<PartnerUse> uses_;
};

}  // namespace regulars::service
