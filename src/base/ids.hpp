// Identifiers of different things do not mix.
#pragma once

#include <compare>
#include <cstdint>

namespace regulars {

/// A member: a dense number from 1 on (bitmap-friendly); the API shows it as a string. 0 is nobody.
struct MemberId {
    std::uint64_t value = 0;
    friend constexpr auto operator<=>(MemberId, MemberId) = default;
};

/// An order's number within its member, from 1 on, in order of arrival. The shop's own order id is a text.
struct OrderNumber {
    std::uint32_t value = 0;
    friend constexpr auto operator<=>(OrderNumber, OrderNumber) = default;
};

/// A lot's number within its member, from 1 on.
struct LotId {
    std::uint32_t value = 0;
    friend constexpr auto operator<=>(LotId, LotId) = default;
};

/// A coupon's number within its member, from 1 on.
struct CouponId {
    std::uint32_t value = 0;
    friend constexpr auto operator<=>(CouponId, CouponId) = default;
};

}  // namespace regulars
