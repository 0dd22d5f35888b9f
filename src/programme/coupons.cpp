#include "programme/coupons.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace regulars::programme {

namespace {

char capital(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// `code` is in capitals; people type what they like.
bool is_code(std::string_view code, std::string_view typed) {
    return std::equal(code.begin(), code.end(), typed.begin(), typed.end(),
                      [](char a, char b) { return a == capital(b); });
}

template <class Named>
const Named* named(const std::vector<Named>& all, std::string_view name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Money> CouponTemplate::cost_max() const {
    switch (kind) {
        case Kind::amount_off:
            return amount;
        case Kind::percent_off:
            return at_most;
        case Kind::free_shipping:
        case Kind::gift:
        case Kind::exchange:
        case Kind::trial:
            return std::nullopt;
        case Kind::partner:
        case Kind::invitation:
            return Money();
    }
    check_failed("a coupon has a kind");
}

const CouponTemplate* CouponPolicy::find(std::string_view name) const {
    return named(templates, name);
}

const CouponTemplate* CouponPolicy::find_code(std::string_view code) const {
    if (code.empty()) return nullptr;
    const auto found = std::find_if(templates.begin(), templates.end(), [&](const CouponTemplate& coupon) {
        return coupon.claim && is_code(coupon.claim->code, code);
    });
    return found == templates.end() ? nullptr : &*found;
}

const CouponPack* CouponPolicy::find_pack(std::string_view name) const {
    return named(packs, name);
}

}  // namespace regulars::programme
