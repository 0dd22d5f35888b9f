#include "service/identities.hpp"

#include <algorithm>
#include <string>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>

#include "service/card_numbers.hpp"

namespace regulars::service {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t phone_size_max = 40;
// RFC 5321, 4.5.3.1.
constexpr std::size_t email_size_max = 254;
constexpr std::size_t email_name_size_max = 64;

const PhoneNumberUtil& phone_numbers() {
    static const PhoneNumberUtil& numbers = []() -> const PhoneNumberUtil& {
        PhoneNumberUtil& only = *PhoneNumberUtil::GetInstance();
        // It takes the logger over; by default it writes to standard output.
        only.SetLogger(new i18n::phonenumbers::NullLogger);
        return only;
    }();
    return numbers;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The library looks for a number inside other words; here all of the text must be one.
std::optional<std::string> phone_of(std::string_view text, const std::string& country) {
    if (text.size() > phone_size_max || std::any_of(text.begin(), text.end(), is_letter)) return std::nullopt;
    const PhoneNumberUtil& numbers = phone_numbers();
    PhoneNumber number;
    const auto parsed = numbers.Parse(std::string(text), country.empty() ? "ZZ" : country, &number);
    if (parsed != PhoneNumberUtil::NO_PARSING_ERROR) return std::nullopt;
    // An extension would make one member of all who sit behind a switchboard.
    if (number.has_extension() || !numbers.IsValidNumber(number)) return std::nullopt;
    std::string formatted;
    numbers.Format(number, PhoneNumberUtil::E164, &formatted);
    return formatted;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

bool is_domain(std::string_view domain) {
    if (domain.find('.') == std::string_view::npos) return false;
    while (!domain.empty()) {
        const auto end = std::min(domain.find('.'), domain.size());
        const std::string_view label = domain.substr(0, end);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
        if (end + 1 == domain.size()) return false;
        domain.remove_prefix(std::min(end + 1, domain.size()));
    }
    return true;
}

// Names before the @ may differ by capitals in theory (RFC 5321, 2.4); people do not.
std::optional<std::string> email_of(std::string_view text) {
    std::string email(trimmed(text));
    for (char& c : email)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const auto at = email.find('@');
    const bool one_at = at != std::string::npos && email.find('@', at + 1) == std::string::npos;
    const bool printable = std::all_of(email.begin(), email.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > ' ' && byte != 0x7f;
    });
    if (!one_at || !printable || at == 0 || at > email_name_size_max || email.size() > email_size_max)
        return std::nullopt;
    return is_domain(std::string_view(email).substr(at + 1)) ? std::optional(std::move(email)) : std::nullopt;
}

std::optional<std::string> card_of(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (c != ' ' && c != '-') digits += c;
    const bool fits = digits.size() >= card_digits_min && digits.size() <= card_digits_max;
    return fits && has_luhn_digit(digits) ? std::optional(std::move(digits)) : std::nullopt;
}

std::string phone_form(const std::string& country) {
    if (country.empty())
        return "a number with its country code, such as +8613800138000 (or identity.country in the programme)";
    return "a number of " + country + ", or one with its country code, such as +8613800138000";
}

}  // namespace

std::optional<IdentityProblem> normalise(engine::Identity& identity, const programme::IdentityPolicy& policy) {
    std::optional<std::string> value;
    if (identity.kind == "phone") {
        value = phone_of(identity.value, policy.country);
        if (!value) return IdentityProblem{"this is not a phone number", phone_form(policy.country)};
    } else if (identity.kind == "email") {
        value = email_of(identity.value);
        if (!value) return IdentityProblem{"this is not an e-mail address", "such as li.lei@example.com"};
    } else if (identity.kind == "card") {
        value = card_of(identity.value);
        if (!value)
            return IdentityProblem{"this is not a card number", "8 to 19 digits, the last a check digit (Luhn)"};
    } else {
        return std::nullopt;
    }
    identity.value = std::move(*value);
    return std::nullopt;
}

}  // namespace regulars::service
