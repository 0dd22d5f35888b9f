// Codes that work once. Only their hashes are kept; which code is unused is known to the service alone, which tells the
// engine with the event what coupon the code stands for (Event::redeems). A save must still find the code unused, so
// two processes never give it out twice.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/engine.hpp"
#include "engine/outcome.hpp"
#include "service/service.hpp"
#include "service/store.hpp"

namespace regulars::service {

/// A new code, chosen by chance.
[[nodiscard]] std::string make_unique_code();
/// What a code (13 characters, base/unique_code.hpp) is kept as: 16 bytes of its BLAKE2b.
[[nodiscard]] std::string hash_of_code(std::string_view code);

/// Those that the commands of one batch tell.
class UniqueCodes {
public:
    /// Mistyped codes and public ones are not looked up. `before`: what it takes is taken here.
    Stored<void> load(Store& store, const programme::CouponPolicy& coupons, std::span<const Command* const> commands,
                      const UniqueCodes* before);
    /// The coupon that the told code stands for, if it is told by that coupon's name or none and can be taken now;
    /// empty otherwise, whatever the reason.
    [[nodiscard]] std::string redeemed_by(const engine::Fact& fact) const;
    /// An accepted event has used its code up.
    void take(const engine::Event& event, const engine::Outcome& outcome, MemberId member);

    /// What has to be saved.
    [[nodiscard]] const std::vector<CodeUse>& uses() const { return uses_; }

private:
    std::unordered_map<std::string, UniqueCode> codes_;  ///< by hash
    std::vector<CodeUse> uses_;
};

}  // namespace regulars::service
