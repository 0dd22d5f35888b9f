// Literals as the language writes them; used by the printer and wherever a value is shown to a person.
#pragma once

#include <string>
#include <string_view>

namespace regulars::rule {

/// In double quotes, with the language's escapes; reading it back gives `text`.
[[nodiscard]] std::string quoted(std::string_view text);

/// The shortest text that reads back as the same double; always with a point or an exponent ("1.0", "1e+22"), so that
/// it is not taken for a whole number.
[[nodiscard]] std::string real_literal(double value);

}  // namespace regulars::rule
