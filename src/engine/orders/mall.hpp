// The points mall: goods and coupons for points, or points and money; delivery.
#pragma once

#include <optional>

#include "base/expected.hpp"
#include "base/limits.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// Pieces at once. The service tells what is left of a stock when it is less than this (Event::stock).
inline constexpr auto redeemed_at_once_max = static_cast<std::int64_t>(limits::coupons_per_event_max);

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const GoodsRedeemed& fact);
[[nodiscard]] expected<void, Rejection> on_fact(const OrderEvent& event, const RedemptionMoved& fact);

/// What a piece costs the member now, by the window that is open for them; nothing when it is not on sale.
struct MallOffer {
    const programme::MallWindow* window = nullptr;  ///< null: the item's own price
    programme::MallPrice price;
};
[[nodiscard]] std::optional<MallOffer> mall_offer(const Decision& decision, const programme::MallItem& item);

/// The order of a redemption's money part has been cancelled or has come back altogether, and has given the points
/// back: goods that are not delivered yet are cancelled with it. Nothing for other orders.
void end_redemption_of(Decision& decision, const Order& order);

/// Redemptions under way go over to the member whom theirs is merged into: this is what they are told as.
void pass_redemptions(Decision& decision, const std::vector<Redemption>& redemptions);
void take_redemptions(Decision& decision, const std::vector<Redemption>& redemptions);
/// After a merge is undone: those that came with it go back.
void pass_redemptions_back(Decision& decision, const Member& before);

}  // namespace regulars::engine
