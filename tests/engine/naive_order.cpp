#include "naive_order.hpp"

#include <algorithm>

namespace regulars::model {

namespace {

Wide common_divisor(Wide a, Wide b) {
    if (a < 0) a = -a;
    while (b != 0) {
        const Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/// The amount of the first `quantity` pieces of a line: its share, rounded down.
std::int64_t amount_of_pieces(const NaiveLine& line, std::int64_t quantity) {
    return static_cast<std::int64_t>(static_cast<Wide>(line.amount) * quantity / line.quantity);
}

bool take_back_line(NaiveLine& line, const engine::ReturnedLine& returned) {
    if (returned.quantity == 0 && !returned.amount) {
        if (line.amount_left == 0 && line.quantity_left == 0) return false;
        line.amount_left = 0;
        line.quantity_left = 0;
        return true;
    }
    if (returned.quantity < 0 || returned.quantity > line.quantity_left) return false;
    std::int64_t amount = 0;
    if (returned.amount) {
        amount = returned.amount->count();
    } else {
        // All pieces that came back are worth their share of the line, less what came back already.
        const std::int64_t worth = amount_of_pieces(line, line.quantity - line.quantity_left + returned.quantity);
        amount = std::max<std::int64_t>(0, worth - (line.amount - line.amount_left));
    }
    if (amount < 0 || amount > line.amount_left) return false;
    const bool all_money = returned.amount && returned.quantity == 0 && amount == line.amount_left;
    line.amount_left -= amount;
    line.quantity_left -= all_money ? line.quantity_left : returned.quantity;
    return true;
}

}  // namespace

std::int64_t amount_left(const NaiveOrder& order) {
    std::int64_t sum = 0;
    for (const NaiveLine& line : order.lines) sum += line.amount_left;
    return sum;
}

std::int64_t amount_ordered(const NaiveOrder& order) {
    std::int64_t sum = 0;
    for (const NaiveLine& line : order.lines) sum += line.amount;
    return sum;
}

bool nothing_left(const NaiveOrder& order) {
    for (const NaiveLine& line : order.lines)
        if (line.amount_left > 0 || line.quantity_left > 0) return false;
    return true;
}

NaiveOrder order_from(const engine::OrderCreated& fact, Instant at) {
    NaiveOrder order;
    order.id = fact.order_id;
    for (const engine::Line& line : fact.lines)
        order.lines.push_back({line.price_kind.empty() ? "regular" : line.price_kind, line.product, line.category,
                               line.quantity, line.amount.count(), 0, line.quantity, line.amount.count()});
    order.gift_card = fact.gift_card.count();
    order.ordered_at = at;
    order.shipped_at = fact.shipped_at;
    return order;
}

void spread_gift_card(NaiveOrder& order) {
    std::int64_t total = 0;
    for (const NaiveLine& line : order.lines) total += line.amount;
    if (total == 0) return;
    std::int64_t unspread = order.gift_card;
    for (NaiveLine& line : order.lines) {
        line.by_gift_card = static_cast<std::int64_t>(static_cast<Wide>(order.gift_card) * line.amount / total);
        unspread -= line.by_gift_card;
    }
    std::vector<bool> has_one(order.lines.size(), false);
    for (; unspread > 0; --unspread) {
        std::size_t best = order.lines.size();
        Wide best_rest = -1;
        for (std::size_t i = 0; i < order.lines.size(); ++i) {
            const Wide rest = static_cast<Wide>(order.gift_card) * order.lines[i].amount % total;
            if (!has_one[i] && rest > best_rest) {
                best = i;
                best_rest = rest;
            }
        }
        has_one[best] = true;
        ++order.lines[best].by_gift_card;
    }
}

bool take_back(NaiveOrder& order, const std::vector<engine::ReturnedLine>& returned) {
    NaiveOrder after = order;
    if (returned.empty())
        for (NaiveLine& line : after.lines) line.amount_left = line.quantity_left = 0;
    for (const engine::ReturnedLine& one : returned)
        if (one.line >= after.lines.size() || !take_back_line(after.lines[one.line], one)) return false;
    order = after;
    return true;
}

void ExactSum::add(Wide numerator, Wide denominator) {
    const Wide shared = common_divisor(denominator_, denominator);
    numerator_ = numerator_ * (denominator / shared) + numerator * (denominator_ / shared);
    denominator_ = denominator_ / shared * denominator;
    const Wide reduce = common_divisor(numerator_, denominator_);
    if (reduce > 1) {
        numerator_ /= reduce;
        denominator_ /= reduce;
    }
}

std::int64_t ExactSum::rounded_down() const { return static_cast<std::int64_t>(numerator_ / denominator_); }

std::int64_t ExactSum::rounded_half_up() const {
    return static_cast<std::int64_t>((numerator_ * 2 + denominator_) / (denominator_ * 2));
}

}  // namespace regulars::model
