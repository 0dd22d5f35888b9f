#include "programme/money_text.hpp"

#include "base/check.hpp"

namespace regulars::programme {

std::int64_t minor_per_major(std::int32_t minor_digits) {
    check(minor_digits >= 0 && minor_digits <= 4, "a currency has up to four minor digits");
    std::int64_t minor = 1;
    for (std::int32_t i = 0; i < minor_digits; ++i) minor *= 10;
    return minor;
}

std::string money_text(Money amount, std::int32_t minor_digits) {
    const std::int64_t unit = minor_per_major(minor_digits);
    const std::int64_t count = amount.count();
    std::string text = count < 0 ? "-" : "";
    const std::int64_t major = count / unit;
    const std::int64_t minor = count % unit;
    text += std::to_string(major < 0 ? -major : major);
    if (minor_digits == 0) return text;
    const std::string digits = std::to_string(minor < 0 ? -minor : minor);
    return text + "." + std::string(static_cast<std::size_t>(minor_digits) - digits.size(), '0') + digits;
}

}  // namespace regulars::programme
