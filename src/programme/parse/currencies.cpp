#include "programme/parse/currencies.hpp"

namespace regulars::programme {

namespace {

// Four bytes a currency: the codes by the digits of their minor units.
constexpr std::string_view no_digits = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";
constexpr std::string_view three_digits = "BHD IQD JOD KWD LYD OMR TND ";
constexpr std::string_view two_digits =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC "
    "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD "
    "KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO "
    "NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL "
    "THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ";

bool holds(std::string_view codes, std::string_view code) {
    for (std::size_t at = 0; at < codes.size(); at += 4)
        if (codes.substr(at, 3) == code) return true;
    return false;
}

}  // namespace

std::optional<std::int32_t> minor_digits_of(std::string_view currency) {
    if (holds(two_digits, currency)) return 2;
    if (holds(no_digits, currency)) return 0;
    if (holds(three_digits, currency)) return 3;
    return std::nullopt;
}

std::vector<std::string_view> currency_codes() {
    std::vector<std::string_view> codes;
    for (const std::string_view group : {two_digits, no_digits, three_digits})
        for (std::size_t at = 0; at < group.size(); at += 4) codes.push_back(group.substr(at, 3));
    return codes;
}

}  // namespace regulars::programme
