#include "engine/orders/returns.hpp"

#include <algorithm>

#include "base/fraction.hpp"
#include "base/limits.hpp"
#include "engine/activities/product_reviews.hpp"
#include "engine/counters.hpp"
#include "engine/friends/referrals.hpp"
#include "engine/holdings/benefits.hpp"
#include "engine/holdings/points.hpp"
#include "engine/orders/groups.hpp"
#include "engine/orders/mall.hpp"
#include "engine/orders/settle.hpp"
#include "engine/orders/tenders.hpp"
#include "engine/pricing/promotions.hpp"

namespace regulars::engine {

namespace {

// What a returned line takes from its order line: all that is left, or by quantity in proportion (so that the last
// piece takes the rest), or by amount.
struct Taken {
    std::int64_t quantity = 0;
    Money amount;
};

Taken taken_from(const OrderLine& line, const ReturnedLine& returned) {
    const std::int64_t quantity_left = line.quantity - line.quantity_returned;
    const Money amount_left = line.amount - line.amount_returned;
    if (returned.quantity == 0 && !returned.amount) return {quantity_left, amount_left};
    if (returned.amount) {
        const bool all =
            *returned.amount == amount_left && (returned.quantity == 0 || returned.quantity == quantity_left);
        return {all ? quantity_left : returned.quantity, *returned.amount};
    }
    const std::int64_t quantity = line.quantity_returned + returned.quantity;
    const Money upto(divide(static_cast<Wide>(line.amount.count()) * quantity, line.quantity, Rounding::down));
    return {returned.quantity, std::max(Money(), upto - line.amount_returned)};
}

bool fits(const OrderLine& line, const ReturnedLine& returned, const Taken& taken) {
    const bool nothing_left = line.quantity_returned == line.quantity && line.amount_returned == line.amount;
    if (nothing_left && returned.quantity == 0 && !returned.amount) return false;
    return taken.quantity <= line.quantity - line.quantity_returned &&
           taken.amount <= line.amount - line.amount_returned;
}

void take(OrderLine& line, const ReturnedLine& returned) {
    const Taken taken = taken_from(line, returned);
    line.quantity_returned += taken.quantity;
    line.amount_returned += taken.amount;
}

std::optional<Rejection> check_lines(const Order& order, const Return& returned) {
    for (const ReturnedLine& line : returned.lines) {
        if (line.quantity < 0 || line.quantity > limits::quantity_max) return Rejection::quantity_out_of_range;
        if (line.amount && (*line.amount < Money() || *line.amount > Money(limits::amount_minor_max)))
            return Rejection::amount_out_of_range;
        if (line.line >= order.lines.size()) return Rejection::line_out_of_range;
    }
    // Several returned lines may name the same order line: they are tried one after another on a copy.
    std::vector<OrderLine> lines = order.lines;
    for (const ReturnedLine& line : returned.lines) {
        if (!fits(lines[line.line], line, taken_from(lines[line.line], line))) return Rejection::refund_over_order;
        take(lines[line.line], line);
    }
    return std::nullopt;
}

void take_lines(Order& order, const Return& returned) {
    for (const ReturnedLine& line : returned.lines) take(order.lines[line.line], line);
    if (!returned.lines.empty()) return;
    for (OrderLine& line : order.lines) take(line, ReturnedLine{});
}

Money amount_returned(const Order& order) {
    Money sum;
    for (const OrderLine& line : order.lines) sum += line.amount_returned;
    return sum;
}

// Costs are undone in proportion to the amount that came back, so that the parts of several returns sum to the whole.
void undo_costs(Decision& decision, Order& order, const OrderShare& share) {
    Money ordered;
    for (const OrderLine& line : order.lines) ordered += line.amount;
    for (OrderCost& cost : order.costs) {
        Money undone = cost.undone;
        if (share.nothing_left)
            undone = cost.amount;
        else if (cost.by_amount && !ordered.is_zero())
            undone = Money(divide(static_cast<Wide>(cost.amount.count()) * (ordered - share.amount).count(),
                                  ordered.count(), Rounding::half_up));
        book_cost(decision, order, cost, cost.undone - undone);
        cost.undone = undone;
    }
}

// Cashback that was spent already cannot be taken back from the purse: the shop keeps it from the refund.
void take_back_cashback(Decision& decision, Order& order, Money cashback_left) {
    const Money back = order.cashback - order.cashback_returned - cashback_left;
    if (back <= Money()) return;
    order.cashback_returned += back;
    Balance& balance = decision.member.balance;
    const Money taken = std::min(back, balance.cashback);
    balance.cashback -= taken;
    book(decision, Account::balance_cashback, Account::programme_cost, taken.count(), Cause::order_return,
         order.number);
    decision.outcome.kept_from_refund += back - taken;
    book_cashback(decision, order, -back);
}

void undo_settled(Decision& decision, const programme::Programme& made_by, Order& order, const OrderShare& share,
                  bool exchange) {
    const Cause cause = exchange ? Cause::exchange : Cause::order_return;
    const Points points_back = order.points - share.points;
    const Totals change{share.amount - order.counted, share.growth - order.growth, -points_back,
                        share.nothing_left ? -1 : 0};
    take_back_points(decision, made_by.points, points_back, cause, order.number, order.lot);
    if (share.nothing_left) {
        give_back_points(decision, order.points_spent, order.number);
        order.points_spent.clear();
        undo_renewals(decision, order.number);
    } else if (points_back > Points() && made_by.points.partial_return_renews &&
               decision.programme.points.expiry.kind == programme::Expiry::Kind::rolling) {
        renew_balance(decision, order.number);
    }
    take_back_cashback(decision, order, share.cashback);
    const LocalDate day = decision.programme.zone.date(order.settles_at);
    count(decision.programme, decision.member, day, change, order.counting_epoch == decision.member.counting_epoch);
    order.counted = share.amount;
}

}  // namespace

std::optional<Rejection> check_return(const programme::Versions& versions, const Order& order, const Return& returned) {
    if (returned.id.empty()) return Rejection::id_missing;
    if (returned.lines.size() > limits::order_lines_max) return Rejection::too_many_lines;
    if (order.status == OrderStatus::cancelled || order.status == OrderStatus::returned) return Rejection::order_closed;
    if (order.status == OrderStatus::created) return Rejection::order_not_paid;
    if (const auto rejection = check_lines(order, returned)) return rejection;
    if (versions.find(order.programme_version) == nullptr) return Rejection::unknown_programme_version;
    return std::nullopt;
}

void apply_return(Decision& decision, Order& order, const Return& returned) {
    const auto& made_by = *decision.versions.find(order.programme_version);
    order.refund_ids.push_back(returned.id);
    const Money earlier = amount_returned(order);
    take_lines(order, returned);
    const OrderShare share = remaining_share(made_by, order);
    if (order.status == OrderStatus::settled) {
        undo_settled(decision, made_by, order, share, returned.exchange);
        take_back_reviews(decision, order);
        if (share.nothing_left) tell_of_return(decision, order);
    } else {
        order.cashback_returned = order.cashback - share.cashback;
        if (share.nothing_left) give_back_points(decision, order.points_spent, order.number);
    }
    order.points = share.points;
    order.growth = share.growth;
    undo_costs(decision, order, share);
    give_back_tenders(decision, made_by.checkout, order,
                      {amount_returned(order), earlier, share.nothing_left, false});
    if (share.nothing_left) {
        order.status = OrderStatus::returned;
        give_back_free_shipping(decision, order);
        give_back_pieces(decision, order);
        take_back_leader_reward(decision, order);
        end_redemption_of(decision, order);
    }
    explain(decision, "return", [&] {
        return "order " + order.order_id + ": " + std::to_string(order.points.count()) + " points remain of it";
    });
}

void cancel_order(Decision& decision, Order& order) {
    give_back_points(decision, order.points_spent, order.number);
    order.points_spent.clear();
    order.points = Points();
    order.growth = Growth();
    order.cashback_returned = order.cashback;
    for (OrderCost& cost : order.costs) {
        book_cost(decision, order, cost, cost.undone - cost.amount);
        cost.undone = cost.amount;
    }
    Money amount;
    for (const OrderLine& line : order.lines) amount += line.amount;
    const Money earlier = amount_returned(order);
    give_back_tenders(decision, decision.programme.checkout, order, {amount, earlier, true, true});
    if (order.status != OrderStatus::created) give_back_free_shipping(decision, order);
    give_back_pieces(decision, order);
    take_back_leader_reward(decision, order);
    order.status = OrderStatus::cancelled;
    end_redemption_of(decision, order);
}

}  // namespace regulars::engine
