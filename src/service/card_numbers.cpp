#include "service/card_numbers.hpp"

#include <algorithm>

#include <sodium.h>

#include "base/check.hpp"

namespace regulars::service {

namespace {

constexpr std::uint32_t ten = 10;

// The sum of the digits, of which every second one from the right is doubled first, and its two digits added.
std::uint32_t luhn_sum(std::string_view digits, bool double_last) {
    std::uint32_t sum = 0;
    bool doubled = double_last;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, doubled = !doubled) {
        const auto value = static_cast<std::uint32_t>(*digit - '0');
        sum += doubled ? value * 2 / ten + value * 2 % ten : value;
    }
    return sum;
}

}  // namespace

char luhn_digit(std::string_view digits) {
    return static_cast<char>('0' + (ten - luhn_sum(digits, true) % ten) % ten);
}

bool has_luhn_digit(std::string_view digits) {
    const bool only_digits = digits.find_first_not_of("0123456789") == std::string_view::npos;
    return digits.size() > 1 && only_digits && luhn_sum(digits, false) % ten == 0;
}

std::string make_card_number(const programme::CardNumbers& form) {
    check(sodium_init() >= 0, "libsodium starts");
    std::string number = form.prefix;
    const auto digits = static_cast<std::size_t>(form.digits);
    check(digits > number.size() + 1 && digits <= card_digits_max, "a card number has digits of its own");
    while (number.size() + 1 < digits) number += static_cast<char>('0' + randombytes_uniform(ten));
    return number + luhn_digit(number);
}

}  // namespace regulars::service
