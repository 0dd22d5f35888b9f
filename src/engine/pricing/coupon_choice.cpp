#include "engine/pricing/coupon_choice.hpp"

#include <algorithm>
#include <numeric>

#include "base/expected.hpp"
#include "base/fraction.hpp"
#include "engine/holdings/plans.hpp"
#include "engine/match.hpp"

namespace regulars::engine {

namespace {

using programme::CouponTemplate;
using Kind = CouponTemplate::Kind;

/// Combinations that are priced at most. An order takes up to five coupons: with three it is exact for wallets of about
/// fifty different usable ones.
constexpr std::size_t combinations_max = 20'000;

Reason reason(std::string_view code, std::string text) { return {std::string(code), std::move(text)}; }

std::string minor(Money amount) { return std::to_string(amount.count()) + " minor units"; }

std::optional<Reason> obstacle_in_time(const CouponCandidate& candidate, const Zone& zone, Instant at) {
    if (at < candidate.coupon.usable_from)
        return reason("not_yet", "it can be used from " + text_of(candidate.coupon.usable_from));
    if (at >= candidate.coupon.expires_at)
        return reason("lapsed", "it lapsed at " + text_of(candidate.coupon.expires_at));
    if (candidate.terms->times && !is_at_time(*candidate.terms->times, zone, at))
        return reason("not_at_this_hour", "it cannot be used at this time of day");
    return std::nullopt;
}

// Prices on their way down.
struct Prices {
    std::vector<Money> tier;   ///< per line, before any coupon
    std::vector<Money> left;   ///< per line, now
    Money shipping_fee;
};

Money sum_over(const std::vector<std::uint32_t>& lines, const std::vector<Money>& amounts) {
    Money sum;
    for (const std::uint32_t line : lines) sum += amounts[line];
    return sum;
}

void take_from_lines(const CouponCandidate& candidate, Money amount, Prices& prices) {
    std::vector<std::int64_t> weights;
    for (const std::uint32_t line : candidate.lines) weights.push_back(prices.left[line].count());
    const auto parts = split(amount.count(), weights);
    for (std::size_t i = 0; i < parts.size(); ++i) prices.left[candidate.lines[i]] -= Money(parts[i]);
}

// One piece of the dearest line costs what the coupon says.
Money exchange(const CouponBasket& basket, const CouponCandidate& candidate, Prices& prices) {
    Money most;
    std::uint32_t dearest = 0;
    for (const std::uint32_t line : candidate.lines) {
        const Money piece(divide(prices.left[line].count(), basket.lines[line].quantity, Rounding::down));
        if (piece <= most) continue;
        most = piece;
        dearest = line;
    }
    if (most <= candidate.terms->amount) return {};
    const Money off = most - candidate.terms->amount;
    prices.left[dearest] -= off;
    return off;
}

Money take_off(const CouponBasket& basket, const CouponCandidate& candidate, Prices& prices) {
    const CouponTemplate& terms = *candidate.terms;
    const Money base = sum_over(candidate.lines, prices.left);
    Money amount;
    switch (terms.kind) {
        case Kind::amount_off: amount = std::min(terms.amount, base); break;
        case Kind::percent_off:
            amount = Money(multiply(base.count(), terms.rate, Rounding::half_up));
            amount = std::min(amount, terms.at_most.value_or(amount));
            break;
        case Kind::exchange:
        case Kind::trial: return exchange(basket, candidate, prices);
        case Kind::free_shipping: return std::exchange(prices.shipping_fee, Money());
        case Kind::gift:
        case Kind::partner:
        case Kind::invitation: return {};
    }
    if (!amount.is_zero()) take_from_lines(candidate, amount, prices);
    return amount;
}

std::optional<Reason> obstacle_of_stacking(const programme::CouponPolicy& policy,
                                           std::span<const CouponCandidate> candidates,
                                           std::span<const std::size_t> wanted) {
    if (wanted.size() > static_cast<std::size_t>(policy.per_order))
        return reason("too_many", "an order takes at most " + std::to_string(policy.per_order) + " coupons");
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const CouponTemplate& terms = *candidates[wanted[i]].terms;
        if (terms.alone && wanted.size() > 1)
            return reason("stands_alone", terms.name + " goes with no other coupon");
        for (std::size_t j = 0; j < i; ++j)
            if (!terms.group.empty() && candidates[wanted[j]].terms->group == terms.group)
                return reason("same_group", "an order takes one coupon of the group " + terms.group);
    }
    return std::nullopt;
}

std::vector<std::size_t> in_order_of_application(const programme::CouponPolicy& policy,
                                                 std::span<const CouponCandidate> candidates,
                                                 std::span<const std::size_t> wanted) {
    std::vector<std::size_t> ordered(wanted.begin(), wanted.end());
    // A template that the version in force does not have any more comes after those that it has.
    const auto place = [&](std::size_t index) {
        const CouponTemplate& terms = *candidates[index].terms;
        const auto kind = std::find(policy.order.begin(), policy.order.end(), terms.kind) - policy.order.begin();
        const CouponTemplate* now = policy.find(terms.name);
        const auto within = now == nullptr ? std::ptrdiff_t{PTRDIFF_MAX} : now - policy.templates.data();
        return std::pair(kind, within);
    };
    std::sort(ordered.begin(), ordered.end(), [&](std::size_t a, std::size_t b) {
        const auto place_a = place(a);
        const auto place_b = place(b);
        return place_a != place_b ? place_a < place_b : a < b;
    });
    return ordered;
}

Prices starting_prices(const CouponBasket& basket, bool with_tier_price) {
    Prices prices;
    for (std::size_t i = 0; i < basket.lines.size(); ++i)
        prices.tier.push_back(basket.lines[i].amount - (with_tier_price ? basket.tier_discounts[i] : Money()));
    prices.left = prices.tier;
    prices.shipping_fee = basket.shipping_fee;
    return prices;
}

Money total_of(const Prices& prices) {
    return std::accumulate(prices.left.begin(), prices.left.end(), prices.shipping_fee);
}

// Walks through all combinations, the promising ones first.
class Search {
public:
    Search(const programme::CouponPolicy& policy, const CouponBasket& basket,
           std::span<const CouponCandidate> candidates)
        : policy_(policy), basket_(basket), candidates_(candidates) {
        best_ = *apply_coupons(policy, basket, candidates, {});
        rank_candidates();
    }

    CouponChoice run() {
        extend(0);
        return std::move(best_);
    }
    [[nodiscard]] bool exact() const { return tried_ < combinations_max; }

private:
    void rank_candidates() {
        std::vector<std::pair<Money, std::size_t>> alone;
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            if (candidates_[i].obstacle || candidates_[i].terms->kind == Kind::gift) continue;
            const std::size_t only[] = {i};
            const auto choice = apply_coupons(policy_, basket_, candidates_, only);
            if (choice) alone.emplace_back(choice->total, i);
            else if (prices_may_rise()) alone.emplace_back(Money(INT64_MAX), i);
        }
        // Candidates stand in the order in which they lapse, which the sort keeps among equals.
        std::stable_sort(alone.begin(), alone.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [total, index] : alone) ranked_.push_back(index);
    }

    // Beside a coupon that goes without tier prices, others may reach a minimum that they do not reach alone.
    [[nodiscard]] bool prices_may_rise() const {
        return std::any_of(candidates_.begin(), candidates_.end(), [](const CouponCandidate& candidate) {
            return !candidate.obstacle && !candidate.terms->with_tier_price;
        });
    }

    [[nodiscard]] bool are_alike(std::size_t a, std::size_t b) const {
        return candidates_[a].terms == candidates_[b].terms;
    }

    void extend(std::size_t from) {
        if (chosen_.size() >= static_cast<std::size_t>(policy_.per_order)) return;
        for (std::size_t i = from; i < ranked_.size() && tried_ < combinations_max; ++i) {
            // Of coupons that are alike the one that lapses first goes first.
            if (i > from && are_alike(ranked_[i], ranked_[i - 1])) continue;
            chosen_.push_back(ranked_[i]);
            if (obstacle_of_stacking(policy_, candidates_, chosen_)) {
                chosen_.pop_back();
                continue;
            }
            ++tried_;
            auto choice = apply_coupons(policy_, basket_, candidates_, chosen_);
            if (choice && is_better(*choice)) best_ = std::move(*choice);
            extend(i + 1);
            chosen_.pop_back();
        }
    }

    [[nodiscard]] bool is_better(const CouponChoice& choice) const {
        if (choice.total != best_.total) return choice.total < best_.total;
        return choice.used.size() < best_.used.size();
    }

    const programme::CouponPolicy& policy_;
    const CouponBasket& basket_;
    std::span<const CouponCandidate> candidates_;
    std::vector<std::size_t> ranked_;
    std::vector<std::size_t> chosen_;
    std::size_t tried_ = 0;
    CouponChoice best_;
};

}  // namespace

CouponCandidate examine_coupon(const CouponBasket& basket, const programme::Programme& made_by, const Member& member,
                               Coupon coupon, Facts& facts) {
    const CouponTemplate& terms = *made_by.coupons.find(coupon.name);
    CouponCandidate candidate{std::move(coupon), &terms, {}, {}};
    if (terms.kind == Kind::invitation || terms.kind == Kind::partner)
        candidate.obstacle = reason("not_for_orders", "it is not used on an order");
    if (!candidate.obstacle) candidate.obstacle = obstacle_in_time(candidate, made_by.zone, basket.at);
    if (!candidate.obstacle && (terms.tiers >> member.tier.rank & 1U) == 0)
        candidate.obstacle = reason("not_for_tier", "it is not for the member's tier");
    if (!candidate.obstacle && terms.plans != 0 && (terms.plans & held_plans(made_by, member)) == 0)
        candidate.obstacle = reason("not_for_plan", "it is for members with a plan that this one does not hold");
    if (candidate.obstacle) return candidate;
    for (std::uint32_t i = 0; i < basket.lines.size(); ++i) {
        if (!basket.closed.empty() && basket.closed[i]) continue;
        facts.set_line(basket.lines[i], basket.price_kinds[i]);
        facts.set_tender(programme::Tender::other);
        if (matches(terms.match, basket.lines[i], basket.price_kinds[i], programme::Tender::other, basket.purchase,
                    facts))
            candidate.lines.push_back(i);
    }
    if (candidate.lines.empty()) candidate.obstacle = reason("not_for_these", "it is for none of these lines");
    return candidate;
}

expected<CouponChoice, Reason> apply_coupons(const programme::CouponPolicy& policy, const CouponBasket& basket,
                                             std::span<const CouponCandidate> candidates,
                                             std::span<const std::size_t> wanted) {
    if (auto obstacle = obstacle_of_stacking(policy, candidates, wanted)) return unexpected(std::move(*obstacle));
    CouponChoice choice;
    choice.used = in_order_of_application(policy, candidates, wanted);
    choice.with_tier_price = std::all_of(wanted.begin(), wanted.end(), [&](std::size_t index) {
        return candidates[index].terms->with_tier_price;
    });
    Prices prices = starting_prices(basket, choice.with_tier_price);
    for (const std::size_t index : choice.used) {
        const CouponCandidate& candidate = candidates[index];
        const Money missing = candidate.terms->minimum - sum_over(candidate.lines, prices.tier);
        if (missing > Money())
            return unexpected(reason("minimum_not_reached", minor(missing) + " are missing to its minimum"));
        const Money amount = take_off(basket, candidate, prices);
        if (amount.is_zero() && candidate.terms->kind != Kind::gift)
            return unexpected(reason("nothing_to_take_off", "there is nothing left that it could take off"));
        choice.amounts.push_back(amount);
        choice.frees_shipping = choice.frees_shipping || candidate.terms->kind == Kind::free_shipping;
    }
    for (std::size_t i = 0; i < prices.left.size(); ++i) choice.line_amounts.push_back(prices.tier[i] - prices.left[i]);
    choice.total = total_of(prices);
    return choice;
}

CouponChoice best_coupons(const programme::CouponPolicy& policy, const CouponBasket& basket,
                          std::span<const CouponCandidate> candidates, bool& exact) {
    Search search(policy, basket, candidates);
    CouponChoice best = search.run();
    exact = search.exact();
    return best;
}

}  // namespace regulars::engine
