#include "service/old_notices.hpp"

namespace regulars::service {

namespace {

/// In one transaction, which others wait for.
constexpr std::size_t notices_at_once = 1'000;
constexpr std::int64_t pause_ms = 60 * 60 * ms_per_second;

}  // namespace

void OldNotices::forget_some(Store& store, Instant now) {
    if (kept_ms_ == 0 || now < next_at_) return;
    const auto forgotten = store.forget_notices(Instant{now.ms - kept_ms_}, notices_at_once);
    const bool more = forgotten && *forgotten == static_cast<std::int64_t>(notices_at_once);
    if (!more) next_at_ = Instant{now.ms + pause_ms};
}

}  // namespace regulars::service
