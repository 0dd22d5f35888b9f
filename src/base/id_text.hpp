// Ids as people and programs write them.
#pragma once

#include <optional>
#include <string_view>

#include "base/ids.hpp"

namespace regulars {

/// The largest id of a member: databases count to 2^63 - 1.
inline constexpr std::uint64_t member_id_max = INT64_MAX;

/// A whole number from 1 to `member_id_max`; nothing for any other text.
[[nodiscard]] std::optional<MemberId> parse_member_id(std::string_view text);

}  // namespace regulars
