// What a decision or the passing of time brought: values for the shells to store, show and sum up.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/quantity.hpp"
#include "base/time.hpp"
#include "engine/event.hpp"
#include "engine/member.hpp"

namespace regulars::engine {

/// Where points and money stand. Every ledger entry moves an amount from one account to another, so the ledger sums to
/// zero; the member's accounts hold exactly what the aggregate says. `owed` is what the member owes the shop.
enum class Account : std::uint8_t {
    points_issued,     ///< the shop's: where granted points come from
    points_available,  ///< the member's
    points_owed,       ///< the member's debt: goes negative as points are taken that were already spent
    points_redeemed,
    points_expired,
    points_reversed,   ///< taken back with a return, or given back from it
    points_adjusted,   ///< by hand
    points_written_off,
    balance_topped_up,
    balance_bonus,
    balance_cashback,
    money_received,    ///< paid in
    money_spent,       ///< paid with
    programme_cost,    ///< bonus and cashback given
    points_held,       ///< the member's, reserved for a checkout
    balance_held,      ///< the member's, reserved for a checkout
    balance_expired,
    plans_sold,        ///< the shop's: what plans were paid with
    points_merged,     ///< on their way from one member to the one that they turn out to be
    balance_merged,    ///< the same
};
inline constexpr Account last_account = Account::balance_merged;

/// Why an entry was made; unique together with the order or reference it belongs to.
enum class Cause : std::uint8_t {
    registration, settlement, order_return, exchange, expiry, adjustment, redemption, redemption_return, top_up, spend,
    debt_repaid, write_off, grant, claim, hold, hold_release, balance_refund, plan,
    plan_refund, merge, merge_undone, activity, product_review, referral, goods, group
};
inline constexpr Cause last_cause = Cause::group;

struct LedgerEntry {
    std::uint64_t sequence = 0;   ///< within the member, without gaps
    Instant at;                   ///< when it takes effect
    Account from;
    Account to;
    std::int64_t amount = 0;      ///< points or minor units, positive
    Cause cause;
    OrderNumber order;            ///< 0: none
    LotId lot;                    ///< 0: none or several
    std::uint32_t programme_version = 0;
    friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
};

enum class TierChangeReason : std::uint8_t { qualified, period_end, review, granted, renewed };

/// A change of tier, or (renewed) a new period of the same one.
struct TierChange {
    Instant at;
    programme::TierRank from = 0;
    programme::TierRank to = 0;
    TierChangeReason reason;
    friend bool operator==(const TierChange&, const TierChange&) = default;
};

/// What a benefit cost the merchant. `benefit` is the code in the programme, for points as money "points_redeemed".
struct Cost {
    Instant at;
    std::uint32_t benefit = 0;    ///< index into the benefit codes of `programme_version`
    Money amount;                 ///< negative when a return undoes it
    programme::TierRank tier = 0; ///< of the member then
    OrderNumber order;
    std::uint32_t programme_version = 0;
    friend bool operator==(const Cost&, const Cost&) = default;
};

/// offered: to a friend, who has not taken it yet. passed: the friend has, or the member was merged into another.
enum class CouponStatus : std::uint8_t { usable, held, used, expired, revoked, offered, passed };

/// A coupon as it stands now: the last change of each counts.
struct CouponChange {
    Coupon coupon;
    CouponStatus status = CouponStatus::usable;
    Instant at;
    OrderNumber order;       ///< that uses it; 0: none
    Money amount;            ///< that it takes off there
    bool issued = false;     ///< it is new: takes one from the template's stock
    bool freed = false;      ///< its place in the template's stock is free again
    Money exposure;          ///< by how much this changes what the template may cost (CouponStock::budget)
    friend bool operator==(const CouponChange&, const CouponChange&) = default;
};

enum class NoticeKind : std::uint8_t {
    coupon_lapses,     ///< soon; subject: its name
    plan_ends,         ///< soon, and is to be renewed or not; subject: the plan
    plan_ended,        ///< subject: the plan
    card_invitation,   ///< a member-to-be has paid for the first time; subject: the invitation's code
    manager_wanted,    ///< a benefit promises one and nobody is assigned; subject: the benefit
    gift_returned,     ///< nobody took the offered coupon; subject: its name
    review_invited,    ///< to tell what they think of an order's products; subject: the order's id
    trial_chosen,      ///< subject: the activity
    trial_overdue,     ///< no report has come; subject: the activity
    goods_ordered,     ///< points have bought goods, or a prize is goods: to be sent; subject: item or product
    goods_shipped,     ///< subject: the item
    friend_rewarded,   ///< for bringing somebody; subject: "registered" or "ordered"
    friend_suspicious, ///< people should look at it (referral_decided); subject: the friend's member id
    group_filled,      ///< subject: the group
    group_failed,      ///< nobody else came in time: the order is cancelled, to be paid back; subject: the group
};
inline constexpr NoticeKind last_notice = NoticeKind::group_failed;

/// Somebody should be told something: the shop's systems read these in order and see to it.
struct Notice {
    Instant at;
    NoticeKind kind = NoticeKind::coupon_lapses;
    std::string subject;
    CouponId coupon;         ///< 0: none
    OrderNumber order;       ///< 0: none
    friend bool operator==(const Notice&, const Notice&) = default;
};

enum class PlanChangeKind : std::uint8_t { bought, trial, renewed, cancelled, ended };

struct PlanChange {
    Instant at;
    std::string plan;
    PlanChangeKind kind = PlanChangeKind::bought;
    Money amount;            ///< paid for it, or (cancelled) to be paid back
    LocalDate last_day;      ///< of all that is paid, after the change
    std::uint32_t programme_version = 0;
    friend bool operator==(const PlanChange&, const PlanChange&) = default;
};

/// What goes back to the member on a return, by how it was paid.
struct Refund {
    Money cash;              ///< to be paid back by the shop, gift cards included
    Money balance;           ///< has been put back
    Points points;           ///< that had paid for the lines; they have been put back
    friend bool operator==(const Refund&, const Refund&) = default;
};

/// So many were taken from a stock that members share (negative: given back), beside coupons, which tell it themselves.
struct StockTaken {
    std::string name;                     ///< programme::stock_of_prize ...
    std::int64_t count = 1;
    Instant at;
    friend bool operator==(const StockTaken&, const StockTaken&) = default;
};

/// What doing something in an activity has brought, for lists and for who asks what came of it.
struct ActivityResult {
    Instant at;
    std::string activity;
    std::string what;                     ///< "checked_in", "turn_taken", "step", "answered" ...
    std::string won;                      ///< the prize, piece or step; empty: none
    std::int64_t number = 0;              ///< of the turn; the streak's length of a check-in; else 0
    std::optional<Chance> chance;         ///< that decided it
    Points points;                        ///< given
    Points paid;                          ///< for it
    Money cost;                           ///< of what was given beside points and coupons
    std::string goods;                    ///< to be handed over; empty: none
    friend bool operator==(const ActivityResult&, const ActivityResult&) = default;
};

/// A group as it stands now, for lists.
struct GroupChange {
    Group group;
    Instant at;
    friend bool operator==(const GroupChange&, const GroupChange&) = default;
};

/// A review as it stands now, for those who look at it. Its text is in its event.
struct ReviewChange {
    std::string order_id;
    ProductReview review;
    Instant at;
    friend bool operator==(const ReviewChange&, const ReviewChange&) = default;
};

/// How a member stands who has applied for a trial, for those who choose.
struct TrialChange {
    std::string activity;
    TrialStatus status = TrialStatus::applied;
    std::uint64_t number = 0;             ///< ActivityState::trial_number
    Instant at;
    friend bool operator==(const TrialChange&, const TrialChange&) = default;
};

/// A friend as it stands now, for those who look at it.
struct FriendChange {
    Friend who;
    Instant at;
    friend bool operator==(const FriendChange&, const FriendChange&) = default;
};

/// What happens to another member because of this: an event of theirs, at the same instant and in the same transaction.
/// One that they refuse is dropped.
struct FollowUp {
    MemberId member;
    Instant at;
    Fact fact;
    friend bool operator==(const FollowUp&, const FollowUp&) = default;
};

struct Quote;

/// Why something came out as it did, for people. Made only when asked for.
struct Reason {
    std::string code;   ///< of the rule or benefit
    std::string text;   ///< one sentence in English
    friend bool operator==(const Reason&, const Reason&) = default;
};

/// Cleared by the caller between decisions; the engine only appends.
struct Outcome {
    std::vector<LedgerEntry> ledger;
    std::vector<TierChange> tier_changes;
    std::vector<Cost> costs;
    std::vector<OrderNumber> changed_orders;  ///< still open: look them up in the member
    std::vector<Order> closed_orders;         ///< left the aggregate, or changed after they had
    std::vector<Event> applied_parked;        ///< parked events that were applied now
    std::vector<CouponChange> coupon_changes; ///< in order
    std::vector<Notice> notices;
    std::vector<PlanChange> plan_changes;
    std::vector<StockTaken> stock_taken;
    std::vector<ActivityResult> activity_results;
    std::vector<Redemption> redemptions;      ///< as they stand now: the last change of each counts
    std::vector<GroupChange> groups;          ///< the same
    std::vector<ReviewChange> reviews;        ///< the same
    std::vector<FriendChange> friends;        ///< the same
    std::vector<TrialChange> trials;          ///< the same
    std::vector<FollowUp> follow_ups;         ///< in order
    std::optional<Refund> refund;             ///< of the return that was decided
    std::shared_ptr<const Quote> quote;       ///< of the hold that was placed
    std::vector<Reason> explanation;
    Money kept_from_refund;                   ///< worth of spent points that the shop keeps from the refund
    bool explain = false;                     ///< set by the caller
    bool parked = false;                      ///< the event waits for its order
    bool duplicate = false;                   ///< known already: nothing changed

    void clear();
};

[[nodiscard]] std::string_view name_of(Account account);
[[nodiscard]] std::string_view name_of(Cause cause);
[[nodiscard]] std::string_view name_of(TierChangeReason reason);
[[nodiscard]] std::string_view name_of(OrderStatus status);
[[nodiscard]] std::string_view name_of(CouponStatus status);
[[nodiscard]] std::string_view name_of(NoticeKind kind);
[[nodiscard]] std::string_view name_of(PlanChangeKind kind);
[[nodiscard]] std::string_view name_of(RedemptionStatus status);
[[nodiscard]] std::string_view name_of(GroupStatus status);
[[nodiscard]] std::string_view name_of(ReviewStatus status);
[[nodiscard]] std::string_view name_of(FriendStatus status);
[[nodiscard]] std::string_view name_of(TrialStatus status);

/// The codes that Cost::benefit points into: Programme::benefits.
[[nodiscard]] const std::vector<std::string>& benefit_codes(const programme::Programme& programme);

}  // namespace regulars::engine
