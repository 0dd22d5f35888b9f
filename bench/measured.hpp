// What the load generators share: in which order members come, how long answers took, and the line that tells it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <string>
#include <vector>

namespace regulars::bench {

/// Every member once, none near the one before, about the golden section apart; or by their ids. The same order for
/// every system.
class MemberOrder {
public:
    explicit MemberOrder(std::uint64_t members, bool neighbours = false)
        : members_(members), stride_(neighbours ? 1 : members * 618 / 1000 + 1) {
        while (std::gcd(stride_, members_) != 1) ++stride_;
    }

    [[nodiscard]] std::uint64_t at(std::uint64_t place) const { return place % members_ * stride_ % members_ + 1; }

private:
    std::uint64_t members_;
    std::uint64_t stride_;
};

class Latencies {
public:
    void add(float ms) { all_ms_.push_back(ms); }

    /// `more` is appended as it is: further members of the JSON object.
    void print(const std::string& work, std::size_t connections, double seconds, std::uint64_t work_items,
               const std::string& more) {
        std::sort(all_ms_.begin(), all_ms_.end());
        std::printf(
            "{\"work\":\"%s\",\"connections\":%zu,\"seconds\":%.2f,\"per_second\":%.0f%s,\"p50_ms\":%.2f,"
            "\"p99_ms\":%.2f,\"max_ms\":%.2f}\n",
            work.c_str(), connections, seconds, static_cast<double>(work_items) / seconds, more.c_str(), at(0.5),
            at(0.99), at(1.0));
        std::fflush(stdout);
    }

private:
    [[nodiscard]] double at(double share) const {
        if (all_ms_.empty()) return 0;
        return static_cast<double>(all_ms_[static_cast<std::size_t>(share * static_cast<double>(all_ms_.size() - 1))]);
    }

    std::vector<float> all_ms_;
};

}  // namespace regulars::bench
