// The currencies in circulation (ISO 4217) and how many digits their minor unit has.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace regulars::programme {

/// Nothing when the code is not of a currency in circulation. Codes are three capital letters.
[[nodiscard]] std::optional<std::int32_t> minor_digits_of(std::string_view currency);

/// All codes, for suggestions.
[[nodiscard]] std::vector<std::string_view> currency_codes();

}  // namespace regulars::programme
