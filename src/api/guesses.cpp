#include "api/guesses.hpp"

namespace regulars::api {

namespace {

constexpr std::int64_t ms_per_hour = 3'600'000;
/// When more members than this have been wrong, those whose hour is over are forgotten.
constexpr std::size_t members_kept = 100'000;

}  // namespace

bool Guesses::may_try(MemberId member, Instant now) const {
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find(member.value);
    if (found == counts_.end() || now.ms - found->second.since.ms >= ms_per_hour) return true;
    return found->second.wrong < wrong_codes_per_hour;
}

void Guesses::was_wrong(MemberId member, Instant now) {
    const std::lock_guard lock(mutex_);
    if (counts_.size() >= members_kept)
        std::erase_if(counts_, [&](const auto& one) { return now.ms - one.second.since.ms >= ms_per_hour; });
    Count& count = counts_[member.value];
    if (count.wrong == 0 || now.ms - count.since.ms >= ms_per_hour) count = {now, 0};
    ++count.wrong;
}

}  // namespace regulars::api
