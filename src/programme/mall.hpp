// The points mall: what points buy, and what it costs when. See docs/activities.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "programme/activities.hpp"

namespace regulars::programme {

/// What one piece costs: points, and money that is paid like an order (and earns like one).
struct MallPrice {
    Points points;
    Money money;
};

/// A time at which an item costs something else, or has a stock of its own (a flash exchange).
struct MallWindow {
    std::string name;
    Title title;
    Opening opening;
    Who who;
    MallPrice price;
    Stock stock;                         ///< of the window, beside that of the item
};

/// Something that points buy. - goods: sent or handed over. - coupon: a coupon template (partners' codes too).
struct MallItem {
    enum class Kind : std::uint8_t { goods, coupon };
    std::string name;
    Title title;
    std::uint32_t benefit = 0;           ///< index into Programme::benefits
    Kind kind = Kind::goods;
    std::string product;                 ///< for goods: of the order, where money is paid
    std::string category;
    PriceKind price_kind = 0;            ///< of that order's line
    std::uint32_t coupon = 0;            ///< for coupon: index into CouponPolicy::templates
    Money cost;                          ///< of one piece, for goods
    MallPrice price;
    bool only_in_windows = false;        ///< there is no price beside those of the windows
    std::vector<MallWindow> windows;     ///< the first that is open for the member counts
    Who who;
    Opening opening;
    MemberLimit limit;
    Stock stock;
    bool cancellable = true;             ///< until it is shipped: points come back
};

struct MallPolicy {
    std::vector<MallItem> items;
    [[nodiscard]] const MallItem* find(std::string_view name) const;
};

}  // namespace regulars::programme
