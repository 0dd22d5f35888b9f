#include <fmt/format.h>

#include <array>
#include <iterator>

#include "base/check.hpp"
#include "programme/describe/parts.hpp"
#include "programme/money_text.hpp"

namespace regulars::programme {

namespace {

using Kind = CouponTemplate::Kind;

template <class Items, class Text>
std::string joined(const Items& items, std::string_view between, Text text_of_item) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : std::string(between)) + text_of_item(item);
    return text;
}

std::string stages_text(const Programme& programme, std::uint32_t stages) {
    std::string names;
    for (std::size_t i = 0; i < programme.stages.size(); ++i)
        if ((stages >> i & 1U) != 0) names += (names.empty() ? "" : ", ") + programme.stages[i].name;
    return names;
}

std::string piece_text(Money price, const Programme& programme) {
    if (price.is_zero()) return "one piece for nothing";
    return "one piece for " + money_text(price, programme.minor_digits);
}

std::string kind_text(const Programme& programme, const CouponTemplate& coupon) {
    const std::int32_t digits = programme.minor_digits;
    switch (coupon.kind) {
        case Kind::amount_off:
            return money_text(coupon.amount, digits) + " off";
        case Kind::percent_off:
            return percent(coupon.rate) + " off" +
                   (coupon.at_most ? ", at most " + money_text(*coupon.at_most, digits) : "");
        case Kind::free_shipping:
            return "free shipping";
        case Kind::gift:
            return "the gift " + coupon.product;
        case Kind::exchange:
            return piece_text(coupon.amount, programme);
        case Kind::trial:
            return "to try, " + piece_text(coupon.amount, programme);
        case Kind::partner:
            return "a code of the pool " + coupon.pool;
        case Kind::invitation:
            return "an invitation";
    }
    check_failed("a coupon has a kind");
}

std::string hours_text(std::int32_t hours) {
    if (hours % 24 == 0) return text_of(Span{Span::Unit::days, hours / 24});
    return fmt::format("{} hour{}", hours, hours == 1 ? "" : "s");
}

std::string text_of(const DateRange& dates) {
    return fmt::format("{} to {}", regulars::text_of(dates.first), regulars::text_of(dates.last));
}

std::string validity_text(const Validity& valid) {
    switch (valid.kind) {
        case Validity::Kind::forever:
            return "valid forever";
        case Validity::Kind::span:
            return "valid " + text_of(valid.span);
        case Validity::Kind::hours:
            return fmt::format("valid {} hour{}", valid.hours, valid.hours == 1 ? "" : "s");
        case Validity::Kind::dates:
            return "valid " + text_of(valid.dates);
    }
    check_failed("a validity has a kind");
}

std::string time_text(std::int32_t minutes) {
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string claim_text(const Claim& claim) {
    std::string text = claim.points.is_zero() ? "members take it for free"
                                              : fmt::format("members take it for {} points", claim.points.count());
    if (!claim.code.empty()) text += " with the code " + claim.code;
    if (claim.unique_codes) text += " with a code that works once";
    if (claim.dates) text += ", " + text_of(*claim.dates);
    return text;
}

std::string stock_text(const CouponStock& stock, std::int32_t minor_digits) {
    std::vector<std::string> parts;
    if (stock.total) parts.push_back(fmt::format("{} in all", *stock.total));
    if (stock.per_day) parts.push_back(fmt::format("{} a day", *stock.per_day));
    if (stock.per_member) parts.push_back(fmt::format("{} for each member", *stock.per_member));
    if (stock.per_member_day) parts.push_back(fmt::format("{} for each member on a day", *stock.per_member_day));
    if (stock.budget) parts.push_back("a budget of " + money_text(*stock.budget, minor_digits));
    return joined(parts, ", ", [](const std::string& part) { return part; });
}

std::string company_text(const CouponTemplate& coupon) {
    std::string text;
    if (!coupon.group.empty()) text += ", one of the group " + coupon.group;
    if (coupon.alone) text += ", with no other coupon";
    if (!coupon.with_tier_price) text += ", without the tier's discounts";
    if (!coupon.back_on_return) text += ", lost with a return";
    return text;
}

void describe_coupon(const Programme& programme, const CouponTemplate& coupon, std::string& text) {
    auto out = std::back_inserter(text);
    fmt::format_to(out, "  {} ({}): {}{}", coupon.name, coupon.title.en, kind_text(programme, coupon),
                   coupon.match.everything ? "" : ", on lines that match");
    if (!coupon.minimum.is_zero()) fmt::format_to(out, ", from {}", money_text(coupon.minimum, programme.minor_digits));
    if (coupon.times) fmt::format_to(out, ", {} to {}", time_text(coupon.times->first), time_text(coupon.times->last));
    if (coupon.stages != ~0U) fmt::format_to(out, " in {}", stages_text(programme, coupon.stages));
    fmt::format_to(out, "{}{}{}\n    {}", names_text(" for ", coupon.tiers, programme.tiers),
                   names_text(" with ", coupon.plans, programme.plans.plans),
                   coupon.when ? " when " + coupon.when->text() : "", validity_text(coupon.valid));
    if (coupon.remind_hours) fmt::format_to(out, ", with a reminder {} before", hours_text(*coupon.remind_hours));
    if (coupon.gift_hours) fmt::format_to(out, ", a friend may take it within {}", hours_text(*coupon.gift_hours));
    fmt::format_to(out, "{}; {}\n", company_text(coupon),
                   coupon.claim ? claim_text(*coupon.claim) : "it is only given");
    const std::string stock = stock_text(coupon.stock, programme.minor_digits);
    if (!stock.empty()) fmt::format_to(out, "    at most {}\n", stock);
}

std::string items_text(const Programme& programme, const std::vector<CouponPack::Item>& items) {
    return joined(items, ", ", [&](const CouponPack::Item& item) {
        const std::string count = item.count == 1 ? "" : std::to_string(item.count) + " x ";
        return count + programme.coupons.templates[item.coupon].name +
               (item.valid ? " " + validity_text(*item.valid) : "");
    });
}

std::string_view occasion_text(Grant::On on) {
    constexpr std::array<std::string_view, 11> words{"on registration",
                                                    "with the first order",
                                                    "with a tier reached",
                                                    "on the birthday",
                                                    "in the month of the birthday",
                                                    "every month",
                                                    "every quarter",
                                                    "every year",
                                                     "on the anniversary of registration",
                                                     "with a plan bought",
                                                     "with a complete profile"};
    return words[static_cast<std::size_t>(on)];
}

std::string_view text_of(CheckoutPolicy::Tender tender) {
    constexpr std::array<std::string_view, 3> words{"cash", "balance", "points"};
    return words[static_cast<std::size_t>(tender)];
}

}  // namespace

void describe_coupons(const Programme& programme, std::string& text) {
    const CouponPolicy& coupons = programme.coupons;
    if (coupons.templates.empty()) return;
    auto out = std::back_inserter(text);
    fmt::format_to(out, "Coupons, at most {} on an order\n", coupons.per_order);
    for (const CouponTemplate& coupon : coupons.templates) describe_coupon(programme, coupon, text);
    for (const CouponPack& pack : coupons.packs)
        fmt::format_to(out, "  {} ({}), a pack: {}\n", pack.name, pack.title.en, items_text(programme, pack.items));
}

void describe_grants(const Programme& programme, std::string& text) {
    if (!programme.grants.empty()) text += "Given by itself\n";
    for (const Grant& grant : programme.grants) {
        const std::string points = grant.points.is_zero() ? "" : std::to_string(grant.points.count()) + " points";
        std::string given = items_text(programme, grant.coupons);
        if (!points.empty()) given = points + (given.empty() ? "" : ", ") + given;
        if (grant.tier)
            given += fmt::format("{}tier {} for {}", given.empty() ? "" : ", ", programme.tiers[*grant.tier].name,
                                 text_of(grant.tier_for));
        fmt::format_to(std::back_inserter(text), "  {} {}{}{}{}: {}\n", grant.title.en, occasion_text(grant.on),
                       names_text(" for ", grant.tiers, programme.tiers),
                       names_text(" with ", grant.plans, programme.plans.plans),
                       grant.when ? " when " + grant.when->text() : "", given);
    }
}

void describe_checkout(const Programme& programme, std::string& text) {
    const CheckoutPolicy& checkout = programme.checkout;
    auto out = std::back_inserter(text);
    if (!checkout.points_allowed && checkout.refund_first.empty()) return;
    text += "Checkout\n";
    if (checkout.points_allowed)
        fmt::format_to(out, "  points pay at most {} of an order, from {}, in steps of {}\n",
                       percent(checkout.points_share), checkout.points_minimum.count(), checkout.points_step.count());
    if (!checkout.refund_first.empty())
        fmt::format_to(out, "  returns give back first {}\n", joined(checkout.refund_first, ", then ", [](auto tender) {
                           return std::string(text_of(tender));
                       }));
    fmt::format_to(out, "  what is reserved is held for {} minutes\n", checkout.hold_minutes);
}

}  // namespace regulars::programme
