// Making unique codes: many at once, stored as hashes, handed over once as texts.
//
// A batch begins as "making", and its codes do not work. They are stored part by part; what is stored is handed over;
// when the taker says that all of it is safe, the batch becomes "ready", and only then do they work. So whatever breaks
// off on the way leaves no code that works and is lost, and none that is known and works by mistake: the batch stays
// "making" for ever, and another one is made.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "service/store.hpp"

namespace regulars::service {

inline constexpr std::size_t codes_per_batch_max = 5'000'000;

/// What happens with the codes. Each gives false when it could not do it; then the batch stays unfinished.
struct CodeTaker {
    /// The next codes, in no order that means anything.
    std::function<bool(std::span<const std::string> codes)> take;
    /// All have come: makes them durable.
    std::function<bool()> keep;
};

/// Makes `count` codes, 1 to codes_per_batch_max. False when the taker could not take them. Fails with conflict when
/// there is a batch of that name.
[[nodiscard]] Stored<bool> make_codes(Store& store, CodeBatch batch, std::size_t count, const CodeTaker& taker);

/// Those of the batch that nobody has taken do not work any more. not_found when there is no such batch.
[[nodiscard]] Stored<CodeBatch> withdraw_codes(Store& store, const std::string& name);

/// Adds a partner's codes in parts, and goes on where coupons are given meanwhile; how many were new. What broke off
/// can be done again.
[[nodiscard]] Stored<std::int64_t> import_partner_codes(Store& store, const std::string& pool,
                                                        std::span<const std::string> codes,
                                                        const std::function<void(std::size_t done)>& progress);

}  // namespace regulars::service
