// Reading the parts of an event that JSON texts share. For this layer's .cpp files only.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "service/json_fields.hpp"

namespace regulars::service {

/// "type", "at" and the fields of the type.
[[nodiscard]] engine::Event read_event(JsonFields& fields, const Zone& zone, const Given& given);
/// "lines" of an order or a basket.
[[nodiscard]] std::vector<engine::Line> order_lines(JsonFields& fields);
/// An amount in minor units, within the limits on either side of zero; nothing when it is not there.
[[nodiscard]] std::optional<Money> amount_if(JsonFields& fields, std::string_view name);

}  // namespace regulars::service
