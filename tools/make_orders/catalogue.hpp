// What the sample shop sells: clothes, shoes, bags and things for the home, in CNY.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace regulars::make_orders {

/// Prices in fen.
struct Article {
    std::string_view sku;
    std::string_view category;
    std::int64_t list_price = 0;
    std::int64_t cost = 0;
    /// Sold in the shop by somebody else, at that seller's price.
    bool third_party = false;
};

/// The best sellers first.
[[nodiscard]] std::span<const Article> catalogue();

}  // namespace regulars::make_orders
