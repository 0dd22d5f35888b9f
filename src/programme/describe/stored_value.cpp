#include <fmt/format.h>

#include "programme/describe/parts.hpp"
#include "programme/money_text.hpp"

namespace regulars::programme {

namespace {

std::string_view text_of(Purse purse) {
    switch (purse) {
        case Purse::topped_up: return "what was paid in";
        case Purse::bonus: return "the bonus";
        case Purse::cashback: return "cashback";
    }
    return {};
}

std::string lapsing_text(const StoredValuePolicy& policy) {
    std::string purses;
    for (const Purse purse : policy.use)
        if ((policy.lapsing >> static_cast<unsigned>(purse) & 1U) != 0)
            purses += (purses.empty() ? "" : " and ") + std::string(text_of(purse));
    return purses;
}

}  // namespace

void describe_stored_value(const Programme& programme, std::string& text) {
    const StoredValuePolicy& policy = programme.stored_value;
    const auto money = [&](Money amount) { return money_text(amount, programme.minor_digits); };
    const bool says_something = !policy.offers.empty() || !policy.top_up_least.is_zero() || policy.top_up_most ||
                                policy.limit || policy.refundable || policy.lapses_after;
    if (!says_something) return;
    auto out = std::back_inserter(text);
    text += "Stored value\n";
    for (const auto& offer : policy.offers)
        fmt::format_to(out, "  pay in {}, get {} on top\n", money(offer.pay), money(offer.get));
    if (!policy.top_up_least.is_zero()) fmt::format_to(out, "  a payment is at least {}\n", money(policy.top_up_least));
    if (policy.top_up_most) fmt::format_to(out, "  a payment is at most {}\n", money(*policy.top_up_most));
    if (policy.limit) fmt::format_to(out, "  an account holds at most {}\n", money(*policy.limit));
    fmt::format_to(out, "  used: first {}, then {}, then {}\n", text_of(policy.use[0]), text_of(policy.use[1]),
                   text_of(policy.use[2]));
    if (policy.refundable) text += "  what was paid in may be paid back\n";
    if (policy.lapses_after)
        fmt::format_to(out, "  {} without payment or use: {} lapses\n", text_of(*policy.lapses_after),
                       lapsing_text(policy));
}

}  // namespace regulars::programme
