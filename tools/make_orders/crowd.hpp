// Who buys. Members join over time, in the order of their numbers, with a first order on the day they join; a few buy
// every week, many never come back, and everybody stops one day.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "make_orders/chance.hpp"

namespace regulars::make_orders {

class Crowd {
public:
    /// `orders_by_day` bounds how many can join on a day. At most 2^26 members.
    Crowd(std::uint64_t seed, std::uint32_t members, std::span<const std::int64_t> orders_by_day);

    /// Moves on to the next day and says how many members join: their first orders come first that day.
    std::uint32_t begin_day(std::int64_t orders_today);
    /// The number, from 0, of the next of those who join today.
    std::uint32_t next_new() { return first_new_++; }
    /// The number of a member who came before and is still there, the eager more often. Someone must have joined.
    [[nodiscard]] std::uint32_t pick(Chance& chance) const;

private:
    [[nodiscard]] bool has_left(std::uint32_t member) const { return leaves_on_[member] < day_; }

    std::uint64_t seed_;
    std::uint32_t members_;
    std::int64_t orders_left_;
    std::int32_t day_ = -1;
    std::uint32_t first_new_ = 0;
    std::uint32_t joined_ = 0;
    /// How eager all members up to this one are together; made as they join.
    std::vector<std::uint32_t> eagerness_;
    std::vector<std::int32_t> leaves_on_;
};

}  // namespace regulars::make_orders
