// The part of the naive models that all programmes share: an order, what comes back of it, and what is left. Plain
// structs, everything kept, nothing summed up ahead.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fraction.hpp"
#include "base/time.hpp"
#include "engine/event.hpp"

namespace regulars::model {

struct NaiveLine {
    std::string price_kind;
    std::string product;
    std::string category;
    std::int64_t quantity = 1;
    std::int64_t amount = 0;
    std::int64_t by_gift_card = 0;  ///< of `amount`
    std::int64_t quantity_left = 1;
    std::int64_t amount_left = 0;
};

/// Points that were spent on an order, with the expiry they had.
struct NaiveSpent {
    std::int64_t points = 0;
    Instant expires_at;
};

struct NaiveOrder {
    std::string id;
    std::vector<NaiveLine> lines;
    std::int64_t gift_card = 0;
    Instant ordered_at;
    std::optional<Instant> paid_at;
    std::optional<Instant> shipped_at;
    std::optional<Instant> settled_by_shop_at;
    bool settled = false;
    bool over = false;              ///< cancelled or wholly returned
    std::string tier_at_payment;
    LocalDate settled_on;
    std::int64_t granted = 0;       ///< points from it that have not been taken back
    int lot = 0;                    ///< into which they went
    std::int64_t cashback = 0;      ///< promised at payment
    std::int64_t cashback_back = 0; ///< of that, taken back
    std::vector<NaiveSpent> points_spent;
    int counting = 0;               ///< which counting it was counted in
    std::vector<std::string> refund_ids;
};

/// What all lines together still cost the member.
[[nodiscard]] std::int64_t amount_left(const NaiveOrder& order);
[[nodiscard]] std::int64_t amount_ordered(const NaiveOrder& order);
/// Whether there is nothing more that could come back.
[[nodiscard]] bool nothing_left(const NaiveOrder& order);

[[nodiscard]] NaiveOrder order_from(const engine::OrderCreated& fact, Instant at);

/// Spreads the gift card over the lines by their amounts, the largest remainders getting the odd units.
void spread_gift_card(NaiveOrder& order);

/// Takes lines back (no lines: everything). False, and nothing is changed, when the order has no such line or more
/// comes back than is left.
[[nodiscard]] bool take_back(NaiveOrder& order, const std::vector<engine::ReturnedLine>& returned);

/// The exact sum of fractions, rounded down at the end: how points are made from lines.
class ExactSum {
public:
    /// Adds numerator / denominator; the denominator is positive.
    void add(Wide numerator, Wide denominator);
    [[nodiscard]] std::int64_t rounded_down() const;
    [[nodiscard]] std::int64_t rounded_half_up() const;

private:
    Wide numerator_ = 0;
    Wide denominator_ = 1;
};

}  // namespace regulars::model
