#include "engine/orders/tenders.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/fraction.hpp"
#include "base/limits.hpp"
#include "engine/holdings/coupons.hpp"
#include "engine/holdings/points.hpp"
#include "engine/holdings/stored_value.hpp"
#include "engine/orders/settle.hpp"

namespace regulars::engine {

namespace {

using programme::CheckoutPolicy;
using programme::CouponTemplate;

Points sum_of(const std::vector<SpentLot>& lots) {
    Points sum;
    for (const SpentLot& lot : lots) sum += lot.points;
    return sum;
}

// The most that points may pay for.
Money most_worth(const CheckoutPolicy& policy, const TenderBase& base) {
    const Money share(multiply(base.lines.count(), policy.points_share, Rounding::down));
    return std::min(share, base.lines - base.gift_card);
}

std::optional<Rejection> check_coupon(const Decision& decision, const CouponUse& use, Instant at) {
    const Coupon* coupon = find_coupon(decision.member, use.coupon);
    const CouponTemplate* terms = coupon == nullptr ? nullptr : terms_of(decision.versions, *coupon);
    if (terms == nullptr) return Rejection::coupon_not_found;
    if (terms->kind == CouponTemplate::Kind::invitation || terms->kind == CouponTemplate::Kind::partner)
        return Rejection::coupon_not_usable;
    if (use.amount < Money() || use.amount > terms->cost_max().value_or(Money(limits::amount_minor_max)))
        return Rejection::amount_out_of_range;
    if (std::max(at, coupon->granted_at) < coupon->usable_from || at >= coupon->expires_at)
        return Rejection::coupon_not_usable;
    return std::nullopt;
}

// As the coupons' own versions say which groups they are in, and the version in force how many an order takes.
bool stack(const Decision& decision, std::span<const CouponUse> uses) {
    if (uses.size() > static_cast<std::size_t>(decision.programme.coupons.per_order)) return false;
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const CouponTemplate& terms = *terms_of(decision.versions, *find_coupon(decision.member, uses[i].coupon));
        if (terms.alone && uses.size() > 1) return false;
        for (std::size_t j = 0; j < i; ++j) {
            const Coupon& other = *find_coupon(decision.member, uses[j].coupon);
            if (uses[j].coupon == uses[i].coupon) return false;
            if (!terms.group.empty() && terms_of(decision.versions, other)->group == terms.group) return false;
        }
    }
    return true;
}

std::optional<Rejection> check_coupons(const Decision& decision, std::span<const CouponUse> uses, Instant at) {
    if (uses.size() > limits::coupons_per_order_max) return Rejection::coupons_do_not_stack;
    for (const CouponUse& use : uses)
        if (const auto rejection = check_coupon(decision, use, at)) return rejection;
    if (!stack(decision, uses)) return Rejection::coupons_do_not_stack;
    return std::nullopt;
}

// What coupons free of the shipping fee.
Money freed(const Decision& decision, std::span<const CouponUse> uses) {
    Money sum;
    for (const CouponUse& use : uses) {
        const Coupon* coupon = find_coupon(decision.member, use.coupon);
        if (terms_of(decision.versions, *coupon)->kind == CouponTemplate::Kind::free_shipping) sum += use.amount;
    }
    return sum;
}

std::vector<UsedCoupon> take_coupons(Decision& decision, std::span<const CouponUse> uses) {
    std::vector<UsedCoupon> taken;
    for (const CouponUse& use : uses) taken.push_back({take_coupon(decision.member, use.coupon), use.amount});
    return taken;
}

void tell_used(Decision& decision, const Order& order) {
    for (const UsedCoupon& used : order.tenders.coupons) {
        const Money exposure = exposure_of(decision.versions, used.coupon);
        const CouponTemplate* terms = terms_of(decision.versions, used.coupon);
        const bool budgeted = terms != nullptr && terms->stock.budget.has_value();
        coupon_changed(decision, used.coupon, CouponStatus::used, budgeted ? used.amount - exposure : Money(),
                       order.number, used.amount);
        explain(decision, used.coupon.name,
                [&] { return std::to_string(used.amount.count()) + " minor units off by coupon"; });
    }
}

void book_points_cost(Decision& decision, const Order& order, Money amount) {
    if (amount.is_zero()) return;
    decision.outcome.costs.push_back({decision.now, programme::benefit_points_redeemed, amount,
                                      decision.member.tier.rank, order.number, decision.programme.version});
}

// --- giving back ---------------------------------------------------------------------------------------------------

/// How much of each comes back, or is still there to come back.
struct Split {
    Money cash;
    Money balance;
    Money points_worth;
};

// What of the lines' amount is still there to come back, by how it was paid. A balance that is larger than the lines
// has paid for shipping, which comes back with the last of the order only.
Split remaining(const Order& order, Money amount, Money earlier) {
    const Money worth = order.tenders.points_worth;
    const Money balance = std::min(order.tenders.balance.total(), amount - worth);
    Split left{{}, balance - std::min(balance, order.tender_balance_returned), worth - order.tender_worth_returned};
    left.cash = amount - earlier - left.balance - left.points_worth;
    return left;
}

// Each return is split over what is left, so that no part is negative and all of them together come to the whole.
Split split_of(const CheckoutPolicy& policy, const Split& left, Money returned) {
    if (policy.refund_first.empty()) {
        const std::int64_t weights[] = {left.cash.count(), left.balance.count(), left.points_worth.count()};
        if (returned.is_zero()) return {};
        const auto parts = split(returned.count(), weights);
        return {Money(parts[0]), Money(parts[1]), Money(parts[2])};
    }
    Split split;
    for (const CheckoutPolicy::Tender tender : policy.refund_first) {
        const auto take = [&](Money there, Money& part) {
            part = std::min(returned, there);
            returned -= part;
        };
        switch (tender) {
            case CheckoutPolicy::Tender::cash: take(left.cash, split.cash); break;
            case CheckoutPolicy::Tender::balance: take(left.balance, split.balance); break;
            case CheckoutPolicy::Tender::points: take(left.points_worth, split.points_worth); break;
        }
    }
    return split;
}

// Of what was taken, the parts after the first `skip` from the end: what was taken last comes back first.
std::vector<SpentLot> last_parts(const std::vector<SpentLot>& lots, Points skip, Points wanted) {
    std::vector<SpentLot> parts;
    for (auto lot = lots.rbegin(); lot != lots.rend() && !wanted.is_zero(); ++lot) {
        const Points skipped = std::min(skip, lot->points);
        skip -= skipped;
        const Points part = std::min(wanted, lot->points - skipped);
        if (part.is_zero()) continue;
        parts.push_back({part, lot->expires_at, lot->programme_version});
        wanted -= part;
    }
    return parts;
}

// So many of the order's points as paid for this and what came back earlier, less those that did.
void give_back_paid_points(Decision& decision, Order& order, Money worth_back, bool nothing_left) {
    const Points all = sum_of(order.tenders.points);
    const Money worth = order.tenders.points_worth;
    if (worth.is_zero()) return;
    const auto in_proportion = [](std::int64_t whole, std::int64_t part, std::int64_t of) {
        return divide(static_cast<Wide>(whole) * part, of, Rounding::down);
    };
    order.tender_worth_returned += worth_back;
    const Points upto =
        nothing_left ? all : Points(in_proportion(all.count(), order.tender_worth_returned.count(), worth.count()));
    const Points back = upto - order.tender_points_returned;
    if (back <= Points()) return;
    give_back_points(decision, last_parts(order.tenders.points, order.tender_points_returned, back), order.number);
    decision.outcome.refund->points = back;
    const auto cost_of = [&](Points points) { return in_proportion(worth.count(), points.count(), all.count()); };
    book_points_cost(decision, order, Money(cost_of(order.tender_points_returned) - cost_of(upto)));
    order.tender_points_returned = upto;
}

void give_back_paid_balance(Decision& decision, Order& order, Money back) {
    if (back.is_zero()) return;
    const Balance parts =
        last_parts(decision.programme.stored_value, order.tenders.balance, order.tender_balance_returned, back);
    put_balance(decision, parts, Account::money_spent, Cause::order_return, order.number);
    order.tender_balance_returned += back;
    decision.outcome.refund->balance = back;
}

void give_back_coupons(Decision& decision, Order& order, bool cancelled) {
    for (UsedCoupon& used : order.tenders.coupons) {
        const CouponTemplate* terms = terms_of(decision.versions, used.coupon);
        if (!cancelled && terms != nullptr && !terms->back_on_return) continue;
        const bool budgeted = terms != nullptr && terms->stock.budget.has_value();
        const Money exposure = exposure_of(decision.versions, used.coupon);
        coupon_changed(decision, used.coupon, CouponStatus::usable, budgeted ? exposure - used.amount : Money());
        put_coupon(decision, used.coupon);
    }
}

}  // namespace

Money worth_of(const programme::Programme& programme, Points points) {
    return Money(multiply(points.count(), programme.points.value, Rounding::down));
}

Points most_points(const programme::Programme& programme, const Member& member, const TenderBase& base) {
    const CheckoutPolicy& policy = programme.checkout;
    const Fraction value = programme.points.value;
    if (!policy.points_allowed || value.is_zero()) return {};
    const Money most = most_worth(policy, base);
    std::int64_t points =
        divide(static_cast<Wide>(most.count()) * value.denominator(), value.numerator(), Rounding::down);
    points = std::min(points, member.points_available.count());
    points -= points % policy.points_step.count();
    return points > 0 && points_fit(programme, Points(points), base) ? Points(points) : Points();
}

bool points_fit(const programme::Programme& programme, Points points, const TenderBase& base) {
    const CheckoutPolicy& policy = programme.checkout;
    if (!policy.points_allowed || points < policy.points_minimum) return false;
    if (points.count() % policy.points_step.count() != 0) return false;
    const Money worth = worth_of(programme, points);
    return !worth.is_zero() && worth <= most_worth(policy, base);
}

std::optional<Rejection> check_tenders(const Decision& decision, const TenderRequest& request, const TenderBase& base,
                                       Instant at) {
    const Member& member = decision.member;
    const auto in_range = [](std::int64_t amount) { return amount >= 0 && amount <= limits::amount_minor_max; };
    if (!in_range(request.points.count()) || !in_range(request.balance.count())) return Rejection::amount_out_of_range;
    if (request.points > member.points_available) return Rejection::not_enough_points;
    if (request.balance > member.balance.total()) return Rejection::not_enough_balance;
    if (const auto rejection = check_coupons(decision, request.coupons, at)) return rejection;
    if (!request.points.is_zero() && !points_fit(decision.programme, request.points, base))
        return Rejection::points_not_allowed;
    const Money worth = request.points.is_zero() ? Money() : worth_of(decision.programme, request.points);
    const Money to_pay = base.lines + base.shipping_fee - std::min(base.shipping_fee, freed(decision, request.coupons));
    if (worth + request.balance + base.gift_card > to_pay) return Rejection::tenders_over_amount;
    return std::nullopt;
}

Tenders hold_tenders(Decision& decision, const TenderRequest& request) {
    Tenders tenders;
    tenders.coupons = take_coupons(decision, request.coupons);
    for (const UsedCoupon& used : tenders.coupons)
        coupon_changed(decision, used.coupon, CouponStatus::held, Money(), {}, used.amount);
    take_points(decision, request.points, Account::points_held, Cause::hold, {}, {}, &tenders.points);
    if (!request.points.is_zero()) tenders.points_worth = worth_of(decision.programme, request.points);
    tenders.balance = take_balance(decision, request.balance, Account::balance_held, Cause::hold, {});
    return tenders;
}

void take_tenders(Decision& decision, const TenderRequest& request, Order& order) {
    Tenders& tenders = order.tenders;
    tenders.coupons = take_coupons(decision, request.coupons);
    tell_used(decision, order);
    take_points(decision, request.points, Account::points_redeemed, Cause::redemption, order.number, {},
                &tenders.points);
    if (!request.points.is_zero()) tenders.points_worth = worth_of(decision.programme, request.points);
    book_points_cost(decision, order, tenders.points_worth);
    tenders.balance = take_balance(decision, request.balance, Account::money_spent, Cause::spend, order.number);
}

void use_held(Decision& decision, Tenders tenders, Order& order) {
    order.tenders = std::move(tenders);
    tell_used(decision, order);
    book(decision, Account::points_held, Account::points_redeemed, sum_of(order.tenders.points).count(),
         Cause::redemption, order.number);
    book_points_cost(decision, order, order.tenders.points_worth);
    book(decision, Account::balance_held, Account::money_spent, order.tenders.balance.total().count(), Cause::spend,
         order.number);
}

void release_held(Decision& decision, const Tenders& tenders) {
    for (const UsedCoupon& used : tenders.coupons) {
        coupon_changed(decision, used.coupon, CouponStatus::usable, Money());
        put_coupon(decision, used.coupon);
    }
    give_back_points(decision, tenders.points, {}, Account::points_held, Cause::hold_release);
    put_balance(decision, tenders.balance, Account::balance_held, Cause::hold_release, {});
}

void book_coupon_costs(Decision& decision, Order& order) {
    for (const UsedCoupon& used : order.tenders.coupons) {
        const CouponTemplate* terms = terms_of(decision.versions, used.coupon);
        if (terms == nullptr || used.amount.is_zero()) continue;
        // Each under the version that gave the coupon: the one in force may not have such a coupon any more.
        const bool by_amount = terms->kind != CouponTemplate::Kind::free_shipping;
        order.costs.push_back({terms->benefit, by_amount, used.amount, Money(), used.coupon.programme_version});
    }
}

void give_back_tenders(Decision& decision, const CheckoutPolicy& policy, Order& order, const Returned& returned) {
    Money amount;
    for (const OrderLine& line : order.lines) amount += line.amount;
    const Split left = remaining(order, amount, returned.earlier);
    const Split back = returned.nothing_left ? left : split_of(policy, left, returned.upto - returned.earlier);
    Refund& refund = decision.outcome.refund.emplace();
    if (order.status != OrderStatus::created) refund.cash = back.cash;  // else nothing has been paid
    if (order.tenders.empty()) return;
    const Money balance = returned.nothing_left ? order.tenders.balance.total() - order.tender_balance_returned
                                                : back.balance;
    give_back_paid_points(decision, order, back.points_worth, returned.nothing_left);
    give_back_paid_balance(decision, order, balance);
    if (returned.nothing_left) give_back_coupons(decision, order, returned.cancelled);
}

}  // namespace regulars::engine
