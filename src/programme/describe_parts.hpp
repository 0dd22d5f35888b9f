// Parts of what describe() says, shared by its files. Internal to the programme layer: others use programme/parse.hpp.
#pragma once

#include <string>

#include "base/fraction.hpp"
#include "programme/programme.hpp"

namespace regulars::programme {

/// "1 day", "6 months".
[[nodiscard]] std::string text_of(Span span);
/// "5 %"; as it was written where that would be too fine.
[[nodiscard]] std::string percent(Fraction rate);

/// Adds a section each for coupons, grants and the checkout, where the programme says anything of them.
void describe_coupons(const Programme& programme, std::string& text);
void describe_grants(const Programme& programme, std::string& text);
void describe_checkout(const Programme& programme, std::string& text);
/// The same for money in the account.
void describe_stored_value(const Programme& programme, std::string& text);

}  // namespace regulars::programme
