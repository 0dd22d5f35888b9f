// Notices that nobody will read any more: the shop's systems read them in order, soon after they come.
#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "service/store.hpp"

namespace regulars::service {

/// Belongs to one thread.
class OldNotices {
public:
    /// 0: notices are kept for ever.
    explicit OldNotices(std::int64_t kept_ms) : kept_ms_(kept_ms) {}

    /// Forgets some of those that were recorded too long ago; looks for them once an hour, and again the next time
    /// while there are more. What storage does not do now it is asked again.
    void forget_some(Store& store, Instant now);

private:
    std::int64_t kept_ms_;
    Instant next_at_ = instant_min;
};

}  // namespace regulars::service
