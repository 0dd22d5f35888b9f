#include "backtest/returns.hpp"

#include <algorithm>

namespace regulars::backtest {

namespace {

using engine::Order;
using engine::OrderLine;
using engine::OrderStatus;
using engine::ReturnedLine;

bool has_key(const OrderLine& line, const ReturnedRow& row) {
    if (!row.product.empty()) return line.product == row.product;
    if (!row.sku.empty()) return line.sku == row.sku;
    return line.product.empty() && line.sku.empty();
}

// What this return has already taken from a line; nothing yet if it is not there.
ReturnedLine* find_taken(MatchedOrder* matched, std::uint32_t line) {
    if (matched == nullptr) return nullptr;
    const auto found = std::find_if(matched->lines.begin(), matched->lines.end(),
                                    [&](const ReturnedLine& taken) { return taken.line == line; });
    return found == matched->lines.end() ? nullptr : &*found;
}

// How much more can come back of a line, in the row's measure. A line that this return has touched in the other measure
// is left alone: what remains of it would depend on rounding.
std::int64_t available(const OrderLine& line, bool by_quantity, const ReturnedLine* taken) {
    if (taken != nullptr && by_quantity == taken->amount.has_value()) return 0;
    if (by_quantity) return line.quantity - line.quantity_returned - (taken == nullptr ? 0 : taken->quantity);
    return (line.amount - line.amount_returned).count() - (taken == nullptr ? 0 : taken->amount->count());
}

// Adds to what is taken of a line, in the measure of the row.
void take(MatchedOrder& matched, std::uint32_t line, bool by_quantity, std::int64_t part) {
    ReturnedLine* taken = find_taken(&matched, line);
    if (taken == nullptr) {
        taken = &matched.lines.emplace_back();
        taken->line = line;
        if (!by_quantity) taken->amount = Money();
    }
    if (by_quantity)
        taken->quantity += part;
    else
        *taken->amount += Money(part);
}

MatchedOrder* find_matched(MatchedReturn& result, OrderNumber number) {
    const auto found = std::find_if(result.orders.begin(), result.orders.end(),
                                    [&](const MatchedOrder& matched) { return matched.order == number; });
    return found == result.orders.end() ? nullptr : &*found;
}

// Takes as much of the row from the order as it has; returns what is left of the row.
std::int64_t match_in_order(const ReturnedRow& row, std::int64_t wanted, const Order& order, MatchedReturn& result) {
    const bool by_quantity = row.quantity > 0;
    MatchedOrder* matched = find_matched(result, order.number);
    for (std::uint32_t line = 0; line < order.lines.size() && wanted > 0; ++line) {
        if (!has_key(order.lines[line], row)) continue;
        const std::int64_t part =
            std::min(wanted, available(order.lines[line], by_quantity, find_taken(matched, line)));
        if (part <= 0) continue;
        if (matched == nullptr) matched = &result.orders.emplace_back(MatchedOrder{order.number, {}});
        take(*matched, line, by_quantity, part);
        wanted -= part;
    }
    return wanted;
}

}  // namespace

MatchedReturn match_return(std::span<const ReturnedRow> rows, std::span<const Order* const> orders) {
    MatchedReturn result;
    for (const ReturnedRow& row : rows) {
        std::int64_t wanted = row.quantity > 0 ? row.quantity : row.amount_minor;
        for (const Order* order : orders) {
            if (wanted == 0) break;
            if (order->status == OrderStatus::cancelled || order->status == OrderStatus::returned) continue;
            wanted = match_in_order(row, wanted, *order, result);
        }
        result.left.push_back(wanted);
    }
    std::sort(result.orders.begin(), result.orders.end(),
              [](const MatchedOrder& a, const MatchedOrder& b) { return a.order > b.order; });
    return result;
}

}  // namespace regulars::backtest
