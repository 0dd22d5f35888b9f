#include "engine/event.hpp"

#include <array>

namespace regulars::engine {

std::string_view name_of(const Fact& fact) {
    static constexpr std::array<std::string_view, std::variant_size_v<Fact>> names{
        "registered",     "profile_changed",   "identity_linked", "consent_changed", "order_created",
        "order_paid",     "order_shipped",     "order_delivered", "order_settled",   "order_cancelled",
        "order_refunded", "order_exchanged",   "points_adjusted", "points_spent",    "tier_granted",
        "tiers_reviewed", "balance_topped_up", "balance_spent",   "coupon_granted",  "coupon_claimed",
        "coupon_revoked", "hold_placed",       "hold_released",   "balance_refunded", "identity_unlinked",
        "coupon_offered", "offer_withdrawn",   "coupon_passed",   "coupon_received", "plan_bought",
        "plan_cancelled", "benefit_used",      "manager_assigned", "members_merged", "merged_into",
        "merge_undone",   "member_erased",     "checked_in",      "check_in_made_up", "freeze_bought",
        "turn_taken",     "turns_granted",     "piece_passed",    "piece_received",  "questionnaire_answered",
        "behaviour_shown", "store_visited",    "trial_applied",   "trial_decided",   "trial_reported",
        "product_reviewed", "review_moderated", "friend_acted",   "referral_decided", "marks_told",
        "goods_redeemed", "redemption_moved",  "group_opened",    "group_joined",    "group_seat_taken",
        "group_ended",    "invitation_attended"};
    return names[fact.index()];
}

std::string_view order_id_of(const Fact& fact) {
    return std::visit(
        [](const auto& value) -> std::string_view {
            if constexpr (requires { value.order_id; }) return value.order_id;
            return {};
        },
        fact);
}

}  // namespace regulars::engine
