#include "programme/programme.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace regulars::programme {

LocalDate add(LocalDate date, Span span) {
    switch (span.unit) {
        case Span::Unit::days: return add_days(date, span.count);
        case Span::Unit::months: return add_months(date, span.count);
        case Span::Unit::years: return add_years(date, span.count);
    }
    check_failed("a span has a unit");
}

std::optional<PriceKind> Programme::price_kind(std::string_view kind_name) const {
    const auto found = std::find(price_kinds.begin(), price_kinds.end(), kind_name);
    if (found == price_kinds.end()) return std::nullopt;
    return static_cast<PriceKind>(found - price_kinds.begin());
}

const MemberBenefit* Programme::find_benefit(std::string_view benefit_name) const {
    const auto found = std::find_if(member_benefits.begin(), member_benefits.end(),
                                    [&](const MemberBenefit& it) { return it.name == benefit_name; });
    return found == member_benefits.end() ? nullptr : &*found;
}

std::optional<TierRank> Programme::tier(std::string_view tier_name) const {
    const auto found = std::find_if(tiers.begin(), tiers.end(), [&](const Tier& it) { return it.name == tier_name; });
    if (found == tiers.end()) return std::nullopt;
    return static_cast<TierRank>(found - tiers.begin());
}

void number_benefits(Programme& programme) {
    programme.benefits = {"points_redeemed", "bonus"};
    const auto number = [&](const std::string& code) {
        auto& codes = programme.benefits;
        const auto found = std::find(codes.begin(), codes.end(), code);
        const auto index = static_cast<std::uint32_t>(found - codes.begin());
        if (found == codes.end()) codes.push_back(code);
        return index;
    };
    const auto number_all = [&](Privileges& privileges) {
        for (Discount& discount : privileges.discounts) discount.benefit = number(discount.code);
        if (privileges.free_shipping) privileges.free_shipping->benefit = number(privileges.free_shipping->code);
        for (Cashback& cashback : privileges.cashbacks) cashback.benefit = number(cashback.code);
    };
    for (Tier& tier : programme.tiers) number_all(tier);
    for (CouponTemplate& coupon : programme.coupons.templates) coupon.benefit = number(coupon.name);
    for (Plan& plan : programme.plans.plans) number_all(plan.privileges);
    for (MemberBenefit& benefit : programme.member_benefits) benefit.benefit = number(benefit.name);
    for (Activity& activity : programme.activities.activities) activity.benefit = number(activity.name);
    if (programme.activities.reviews.on) programme.activities.reviews.benefit = number("reviews");
    if (programme.activities.referral.on) programme.activities.referral.benefit = number("referral");
    for (MallItem& item : programme.mall.items) item.benefit = number(item.name);
    for (Promotion& promotion : programme.promotions.promotions) promotion.benefit = number(promotion.name);
}

void Versions::add(std::shared_ptr<const Programme> programme) {
    check(programmes_.empty() || programmes_.back()->version < programme->version, "versions ascend");
    programmes_.push_back(std::move(programme));
}

const Programme& Versions::current() const {
    check(!programmes_.empty(), "there is a programme");
    return *programmes_.back();
}

const Programme* Versions::find(std::uint32_t version) const {
    const auto found = std::find_if(programmes_.begin(), programmes_.end(),
                                    [&](const auto& programme) { return programme->version == version; });
    return found == programmes_.end() ? nullptr : found->get();
}

}  // namespace regulars::programme
