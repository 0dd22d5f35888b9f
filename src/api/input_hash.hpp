// What makes two requests the same input, for idempotency keys.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace regulars::api {

/// Hex of a hash over the parts and where each ends.
[[nodiscard]] std::string input_hash_of(std::initializer_list<std::string_view> parts);

}  // namespace regulars::api
