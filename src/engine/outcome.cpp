#include "engine/outcome.hpp"

#include <array>

namespace regulars::engine {

void Outcome::clear() {
    ledger.clear();
    tier_changes.clear();
    costs.clear();
    changed_orders.clear();
    closed_orders.clear();
    applied_parked.clear();
    coupon_changes.clear();
    notices.clear();
    plan_changes.clear();
    stock_taken.clear();
    activity_results.clear();
    redemptions.clear();
    groups.clear();
    reviews.clear();
    friends.clear();
    trials.clear();
    follow_ups.clear();
    refund.reset();
    quote.reset();
    explanation.clear();
    kept_from_refund = Money();
    parked = false;
    duplicate = false;
}

std::string_view name_of(Account account) {
    static constexpr std::array<std::string_view, static_cast<std::size_t>(last_account) + 1> names{
        "points_issued",     "points_available",  "points_owed",   "points_redeemed",  "points_expired",
        "points_reversed",   "points_adjusted",   "points_written_off", "balance_topped_up", "balance_bonus",
        "balance_cashback",  "money_received",    "money_spent",   "programme_cost",
        "points_held",       "balance_held",      "balance_expired", "plans_sold",
        "points_merged",     "balance_merged"};
    return names[static_cast<std::size_t>(account)];
}

std::string_view name_of(Cause cause) {
    static constexpr std::array<std::string_view, static_cast<std::size_t>(last_cause) + 1> names{
        "registration", "settlement", "order_return", "exchange", "expiry",      "adjustment",
        "redemption",   "redemption_return", "top_up", "spend",   "debt_repaid", "write_off",
        "grant",        "claim",             "hold",         "hold_release", "balance_refund",
        "plan",         "plan_refund",       "merge",        "merge_undone", "activity",
        "product_review", "referral",        "goods",        "group"};
    return names[static_cast<std::size_t>(cause)];
}

std::string_view name_of(TierChangeReason reason) {
    static constexpr std::array<std::string_view, 5> names{"qualified", "period_end", "review", "granted", "renewed"};
    return names[static_cast<std::size_t>(reason)];
}

std::string_view name_of(OrderStatus status) {
    static constexpr std::array<std::string_view, 5> names{"created", "paid", "settled", "cancelled", "returned"};
    return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(CouponStatus status) {
    static constexpr std::array<std::string_view, 7> names{"usable",  "held",    "used",  "expired",
                                                           "revoked", "offered", "passed"};
    return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(NoticeKind kind) {
    static constexpr std::array<std::string_view, static_cast<std::size_t>(last_notice) + 1> names{
        "coupon_lapses", "plan_ends", "plan_ended", "card_invitation", "manager_wanted", "gift_returned",
        "review_invited", "trial_chosen", "trial_overdue", "goods_ordered", "goods_shipped", "friend_rewarded",
        "friend_suspicious", "group_filled", "group_failed"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(PlanChangeKind kind) {
    static constexpr std::array<std::string_view, 5> names{"bought", "trial", "renewed", "cancelled", "ended"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(RedemptionStatus status) {
    static constexpr std::array<std::string_view, 5> names{"placed", "shipped", "delivered", "cancelled",
                                                               "passed"};
    return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(GroupStatus status) {
    static constexpr std::array<std::string_view, 3> names{"open", "filled", "failed"};
    return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(ReviewStatus status) {
    static constexpr std::array<std::string_view, 4> names{"written", "approved", "refused", "taken_back"};
    return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(FriendStatus status) {
    static constexpr std::array<std::string_view, 6> names{"registered", "suspicious", "ordered",
                                                           "rewarded",   "refused",    "returned"};
    return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(TrialStatus status) {
    static constexpr std::array<std::string_view, 6> names{"none",       "applied",  "chosen",
                                                           "not_chosen", "reported", "overdue"};
    return names[static_cast<std::size_t>(status)];
}

const std::vector<std::string>& benefit_codes(const programme::Programme& programme) { return programme.benefits; }

}  // namespace regulars::engine
