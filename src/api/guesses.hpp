// Codes must not be found by trying: each member may be wrong so often in an hour, then has to wait.
#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace regulars::api {

inline constexpr std::int32_t wrong_codes_per_hour = 10;

/// Of one process. Safe from any thread; remembers members with wrong codes of the last hour only.
class Guesses {
public:
    [[nodiscard]] bool may_try(MemberId member, Instant now) const;
    void was_wrong(MemberId member, Instant now);

private:
    struct Count {
        Instant since;
        std::int32_t wrong = 0;
    };
    mutable std::mutex mutex_;
    std::unordered_map<std::uint64_t, Count> counts_;
};

}  // namespace regulars::api
