// Prices for a time or for some: which promotion a line gets, what it takes of stocks and limits, what comes back.
//
// A promotion's price is for all pieces of a line or for none: a line that wants more than the stock or the member's
// limit allows is sold at the usual price, and the quote says how many there are. Of the usual price with the tier's
// discount and the promotions the lowest counts; of equal ones the usual price, then the first promotion of the file.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/decision.hpp"
#include "engine/pricing/earn.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// For whom, and when, promotions are looked at.
struct PromotionView {
    const programme::Programme& programme;
    const Member& member;
    Instant now;                                        ///< the member's present
    Instant at;                                         ///< when the order is placed
    const std::vector<StockLeft>* stock = nullptr;      ///< what is scarce; null: nothing is known of that
    const std::vector<StockTaken>* taken = nullptr;     ///< of it, since that was told; null: nothing
};

/// Why not one piece can be had now; nothing when it can. Looks at no line.
[[nodiscard]] std::optional<Rejection> obstacle_of(const PromotionView& view, const programme::Promotion& promotion);
/// How many more pieces the member may have; nothing when that is not limited.
[[nodiscard]] std::optional<std::int64_t> allowed_of(const PromotionView& view, const programme::Promotion& promotion);

/// How a line of a basket is sold.
struct PromotedLine {
    const programme::Promotion* promotion = nullptr;    ///< null: at the usual price
    Money amount;                                       ///< before the tier's discount
    std::optional<Rejection> obstacle;                  ///< why the promotion that the line names is not used
};

/// What the pieces of a line cost at the promotion's price; nothing when that cannot be worked out.
[[nodiscard]] std::optional<Money> amount_at(const programme::Promotion& promotion, std::int64_t quantity,
                                             std::optional<Money> list_amount);

/// The best for each line of a basket, whose amounts are before every discount. A group's price only where the line
/// names it; where a line names a promotion only that one is looked at.
[[nodiscard]] std::vector<PromotedLine> choose_promotions(const PromotionView& view, const Valuation& basket,
                                                          Facts& facts, std::vector<Reason>& reasons);

/// Why the lines of an order cannot be sold at the prices that they name; nothing when they can.
[[nodiscard]] std::optional<Rejection> check_promotions(const OrderEvent& event, const OrderCreated& fact);
/// Whether an order names just what the hold has reserved for it.
[[nodiscard]] bool same_pieces(const Hold& hold, std::span<const Line> lines);

/// Takes the pieces of these lines from stocks and counts them for the member; what was taken.
std::vector<NamedCount> take_pieces(Decision& decision, std::span<const Line> lines);
/// They were not bought after all.
void give_back_pieces(Decision& decision, const Hold& hold);
void give_back_pieces(Decision& decision, const Order& order);

/// What promotions cost on an order that is being paid: the list price less theirs.
[[nodiscard]] std::vector<Given> promotion_costs(const programme::Programme& programme, const Order& order);

}  // namespace regulars::engine
