// Reading the parts of an event that JSON texts share. For this layer's .cpp files only.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "service/json_fields.hpp"

namespace regulars::service {

/// "kind" and "value", written as identities are.
[[nodiscard]] engine::Identity read_identity(JsonFields& fields, const Given& given);
/// "type", "at" and the fields of the type.
[[nodiscard]] engine::Event read_event(JsonFields& fields, const Zone& zone, const Given& given);
/// "lines" of an order or a basket.
[[nodiscard]] std::vector<engine::Line> order_lines(JsonFields& fields);
/// A coupon's id as text; 0, and a problem told of the field, when it is none.
[[nodiscard]] CouponId coupon_id_of(JsonFields& fields, std::string_view field, std::string_view text);
/// "coupons": ids of coupons in the member's wallet.
[[nodiscard]] std::optional<std::vector<CouponId>> coupon_ids(JsonFields& fields);
/// "points", 0 when they are not there.
[[nodiscard]] Points points_if(JsonFields& fields);
/// "stock": what a stored event was told of coupons that are scarce.
[[nodiscard]] std::vector<engine::StockLeft> stock_left(JsonFields& outer);
/// An amount in minor units, within the limits on either side of zero; nothing when it is not there.
[[nodiscard]] std::optional<Money> amount_if(JsonFields& fields, std::string_view name);

}  // namespace regulars::service
