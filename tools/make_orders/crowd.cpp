#include "make_orders/crowd.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace regulars::make_orders {

namespace {

/// A kind of member: how many of a thousand, and how eager, from least to most. One of the eagerest buys some
/// hundred times as often as one of those who come once.
struct Kind {
    std::uint32_t per_thousand;
    std::uint32_t eagerness_min;
    std::uint32_t eagerness_max;
};
constexpr std::array kinds = {
    Kind{500, 1, 3}, Kind{300, 4, 12}, Kind{150, 13, 40}, Kind{44, 41, 110}, Kind{6, 111, 220},
};

std::uint32_t eagerness_of(Chance& chance) {
    std::uint32_t rest = chance.below(1000);
    std::size_t kind = 0;
    while (rest >= kinds[kind].per_thousand) rest -= kinds[kind++].per_thousand;
    return kinds[kind].eagerness_min + chance.below(kinds[kind].eagerness_max - kinds[kind].eagerness_min + 1);
}

/// Days from the first order to the last: the smaller of two draws of up to six years, so that half leave within two.
std::int32_t stay_of(Chance& chance) {
    return static_cast<std::int32_t>(std::min(chance.below(2200), chance.below(2200)));
}

}  // namespace

Crowd::Crowd(std::uint64_t seed, std::uint32_t members, std::span<const std::int64_t> orders_by_day)
    : seed_(seed),
      members_(members),
      orders_left_(std::accumulate(orders_by_day.begin(), orders_by_day.end(), std::int64_t{0})) {
    eagerness_.reserve(members);
    leaves_on_.reserve(members);
}

std::uint32_t Crowd::begin_day(std::int64_t orders_today) {
    ++day_;
    const std::int64_t waiting = members_ - joined_;
    // Twice as many as an even spread over all orders would give: a shop meets most of its members early.
    std::int64_t joining = orders_left_ == 0 ? 0 : (2 * waiting * orders_today + orders_left_ - 1) / orders_left_;
    joining = std::min({joining, waiting, orders_today});
    orders_left_ -= orders_today;
    for (std::int64_t i = 0; i < joining; ++i) {
        Chance chance(mixed(seed_ ^ (std::uint64_t{joined_} << 20)));
        const std::uint32_t before = eagerness_.empty() ? 0 : eagerness_.back();
        eagerness_.push_back(before + eagerness_of(chance));
        leaves_on_.push_back(day_ + stay_of(chance));
        ++joined_;
    }
    return static_cast<std::uint32_t>(joining);
}

std::uint32_t Crowd::pick(Chance& chance) const {
    std::uint32_t member = 0;
    for (int attempt = 0; attempt < 12; ++attempt) {
        const std::uint32_t point = chance.below(eagerness_.back());
        const auto found = std::upper_bound(eagerness_.begin(), eagerness_.end(), point);
        member = static_cast<std::uint32_t>(found - eagerness_.begin());
        if (!has_left(member)) break;
    }
    return member;
}

}  // namespace regulars::make_orders
