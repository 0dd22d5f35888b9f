#include "naive_coupons.hpp"

#include <algorithm>
#include <numeric>

namespace regulars::model {

namespace {

bool is_for(const NaiveTemplate& coupon, const NaiveCouponLine& line) {
    if (!coupon.category.empty() && coupon.category != line.category) return false;
    return coupon.price_kind.empty() || coupon.price_kind == line.price_kind;
}

bool go_together(const NaiveRules& rules, const std::vector<NaiveTemplate>& wallet,
                 const std::vector<std::size_t>& chosen) {
    if (chosen.size() > rules.per_order) return false;
    for (const std::size_t a : chosen)
        for (const std::size_t b : chosen) {
            if (a == b) continue;
            if (wallet[a].alone) return false;
            if (!wallet[a].group.empty() && wallet[a].group == wallet[b].group) return false;
        }
    return true;
}

std::int64_t half_up(std::int64_t amount, std::int64_t percent) { return (amount * percent + 50) / 100; }

/// Takes `amount` off the lines in proportion: whole units first, then one each where most was cut off.
void take_off(const std::vector<std::size_t>& lines, std::int64_t amount, std::vector<std::int64_t>& left) {
    std::int64_t base = 0;
    for (const std::size_t line : lines) base += left[line];
    std::vector<std::int64_t> before;
    std::int64_t open = amount;
    for (const std::size_t line : lines) {
        before.push_back(left[line]);
        left[line] -= amount * before.back() / base;
        open -= amount * before.back() / base;
    }
    std::vector<bool> served(lines.size(), false);
    for (; open > 0; --open) {
        std::size_t most = lines.size();
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (served[i]) continue;
            if (most == lines.size() || amount * before[i] % base > amount * before[most] % base) most = i;
        }
        served[most] = true;
        --left[lines[most]];
    }
}

std::int64_t apply(const NaiveTemplate& coupon, const NaiveBasket& basket, const std::vector<std::size_t>& lines,
                   std::vector<std::int64_t>& left, std::int64_t& shipping_fee) {
    if (coupon.kind == "free_shipping") {
        const std::int64_t fee = shipping_fee;
        shipping_fee = 0;
        return fee;
    }
    if (coupon.kind == "gift") return 0;
    if (coupon.kind == "exchange" || coupon.kind == "trial") {
        std::size_t dearest = lines.front();
        const auto piece = [&](std::size_t line) { return left[line] / basket.lines[line].quantity; };
        for (const std::size_t line : lines)
            if (piece(line) > piece(dearest)) dearest = line;
        const std::int64_t off = std::max<std::int64_t>(0, piece(dearest) - coupon.amount);
        left[dearest] -= off;
        return off;
    }
    std::int64_t base = 0;
    for (const std::size_t line : lines) base += left[line];
    std::int64_t off = coupon.amount;
    if (coupon.kind == "percent_off") off = std::min(half_up(base, coupon.percent), coupon.at_most.value_or(base));
    off = std::min(off, base);
    if (off > 0) take_off(lines, off, left);
    return off;
}

/// In this order, whatever it is.
std::optional<NaivePrice> price_in_order(const NaiveBasket& basket, const std::vector<NaiveTemplate>& wallet,
                                         const std::vector<std::size_t>& order) {
    bool with_tier_price = true;
    for (const std::size_t index : order) with_tier_price = with_tier_price && wallet[index].with_tier_price;
    std::vector<std::int64_t> before;
    for (const NaiveCouponLine& line : basket.lines)
        before.push_back(line.amount - (with_tier_price ? line.tier_discount : 0));
    NaivePrice price{order, {}, before, 0};
    std::int64_t shipping_fee = basket.shipping_fee;
    for (const std::size_t index : order) {
        std::vector<std::size_t> lines;
        std::int64_t worth = 0;
        for (std::size_t i = 0; i < basket.lines.size(); ++i)
            if (is_for(wallet[index], basket.lines[i])) {
                lines.push_back(i);
                worth += before[i];
            }
        if (lines.empty() || worth < wallet[index].minimum) return std::nullopt;
        const std::int64_t off = apply(wallet[index], basket, lines, price.lines, shipping_fee);
        if (off == 0 && wallet[index].kind != "gift") return std::nullopt;
        price.amounts[index] = off;
    }
    price.total = std::accumulate(price.lines.begin(), price.lines.end(), shipping_fee);
    return price;
}

void try_all(const NaiveRules& rules, const NaiveBasket& basket, const std::vector<NaiveTemplate>& wallet,
             std::size_t from, std::vector<std::size_t>& chosen, NaivePrice& best) {
    if (const auto price = naive_price(rules, basket, wallet, chosen)) {
        const bool better = price->total < best.total ||
                            (price->total == best.total && price->used.size() < best.used.size());
        if (better) best = *price;
    }
    if (chosen.size() == rules.per_order) return;
    for (std::size_t i = from; i < wallet.size(); ++i) {
        if (wallet[i].kind == "gift") continue;
        chosen.push_back(i);
        try_all(rules, basket, wallet, i + 1, chosen, best);
        chosen.pop_back();
    }
}

}  // namespace

std::optional<NaivePrice> naive_price(const NaiveRules& rules, const NaiveBasket& basket,
                                      const std::vector<NaiveTemplate>& wallet,
                                      const std::vector<std::size_t>& chosen) {
    if (!go_together(rules, wallet, chosen)) return std::nullopt;
    std::vector<std::size_t> order = chosen;
    const auto kind_of = [&](std::size_t index) {
        return std::find(rules.order.begin(), rules.order.end(), wallet[index].kind) - rules.order.begin();
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (kind_of(a) != kind_of(b)) return kind_of(a) < kind_of(b);
        if (wallet[a].place != wallet[b].place) return wallet[a].place < wallet[b].place;
        return a < b;
    });
    return price_in_order(basket, wallet, order);
}

NaivePrice naive_best(const NaiveRules& rules, const NaiveBasket& basket, const std::vector<NaiveTemplate>& wallet) {
    NaivePrice best = *naive_price(rules, basket, wallet, {});
    std::vector<std::size_t> chosen;
    try_all(rules, basket, wallet, 0, chosen, best);
    return best;
}

}  // namespace regulars::model
