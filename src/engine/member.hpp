// The member aggregate: everything that a decision about one member needs, and nothing else. It is a plain value; the
// engine alone changes it, storage keeps it as one document, and two histories are the same when two of these are.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/quantity.hpp"
#include "base/time.hpp"
#include "engine/activity_state.hpp"
#include "engine/event.hpp"
#include "programme/programme.hpp"

namespace regulars::engine {

/// Points that came together and lapse together. Spent first-to-expire first.
struct Lot {
    LotId id;
    Points left;
    Instant earned_at;
    Instant expires_at = instant_max;   ///< exclusive; instant_max: never
    std::uint32_t programme_version = 0;
    OrderNumber order;                  ///< 0: not from an order
    friend bool operator==(const Lot&, const Lot&) = default;
};

/// An order line as the engine keeps it, with what it will earn.
struct OrderLine {
    std::string sku;
    std::string product;
    std::string category;
    programme::PriceKind price_kind = 0;
    std::int64_t quantity = 1;             ///< ordered
    std::int64_t quantity_returned = 0;
    Money amount;                          ///< paid for the line when it was ordered
    std::optional<Money> list_amount;
    std::optional<Money> cost;
    Money amount_returned;
    std::int64_t points_scaled = 0;        ///< of the whole line, in 1/points_scale, before rounding
    std::int64_t growth_scaled = 0;
    bool earns_cashback = false;
    std::string promotion{};               ///< at whose price it was sold; empty: none
    friend bool operator==(const OrderLine&, const OrderLine&) = default;
};

/// A coupon in the wallet. Its terms are those of the programme version that gave it.
struct Coupon {
    CouponId id;
    std::string name{};                  ///< of the template
    std::uint32_t programme_version = 0;
    Instant granted_at{};
    Instant usable_from{};
    Instant expires_at = instant_max;    ///< exclusive; instant_max: never
    Instant remind_at = instant_max;     ///< instant_max: no reminder, or it has been given
    friend bool operator==(const Coupon&, const Coupon&) = default;
};

/// A coupon that is used on an order, or reserved for one, and what it takes off there.
struct UsedCoupon {
    Coupon coupon;
    Money amount;
    friend bool operator==(const UsedCoupon&, const UsedCoupon&) = default;
};

/// How many coupons of a template a member has had; kept only where the template limits it.
struct CouponCount {
    std::string name;
    std::int64_t total = 0;
    LocalDate day;
    std::int64_t on_day = 0;             ///< had on `day`
    friend bool operator==(const CouponCount&, const CouponCount&) = default;
};

/// What a benefit cost on an order, and how much of that returns have undone. `benefit` is an index into the benefits
/// of a programme version: the one that the order was paid under, for a coupon the one that gave it.
struct OrderCost {
    std::uint32_t benefit = 0;
    bool by_amount = true;   ///< undone in proportion to what is returned; else only with the whole order
    Money amount{};
    Money undone{};
    std::uint32_t programme_version = 0;  ///< whose benefits; 0: those of the order's version
    std::uint32_t plan = 0;               ///< the plan that gave it: 1 + its place in the order's version; 0: none
    Instant plan_period{};                ///< HeldPlan::period_began of that plan when it was booked
    friend bool operator==(const OrderCost&, const OrderCost&) = default;
};

enum class OrderStatus : std::uint8_t { created, paid, settled, cancelled, returned };

/// Money in the account, by purse.
struct Balance {
    Money topped_up;
    Money bonus;
    Money cashback;
    [[nodiscard]] Money total() const { return topped_up + bonus + cashback; }
    friend bool operator==(const Balance&, const Balance&) = default;
};

/// What an order, or a hold on its behalf, takes besides money.
struct Tenders {
    std::vector<UsedCoupon> coupons;
    std::vector<SpentLot> points;        ///< in the order in which they were taken
    Money points_worth;                  ///< what the points pay for
    Balance balance;
    [[nodiscard]] bool empty() const { return coupons.empty() && points.empty() && balance == Balance(); }
    friend bool operator==(const Tenders&, const Tenders&) = default;
};

/// A coupon that is offered to a friend and not taken yet.
struct Offer {
    std::string gift;
    Coupon coupon;
    Instant expires_at;                  ///< when it comes back
    friend bool operator==(const Offer&, const Offer&) = default;
};

/// A period of a plan that is paid for and has not begun.
struct PaidPeriod {
    std::uint32_t programme_version = 0;
    Instant bought_at;
    LocalDate last_day;
    Money paid;
    friend bool operator==(const PaidPeriod&, const PaidPeriod&) = default;
};

/// A paid plan that is held. Its price, grace and refund are those of the version that the running period was bought
/// under; what it gives is what the current version says.
struct HeldPlan {
    std::string plan;
    std::uint32_t programme_version = 0; ///< that the running period was bought under
    Instant since;                       ///< without a break
    Instant bought_at;                   ///< when the running period was
    Instant period_began;                ///< the running period
    LocalDate last_day;                  ///< of all that is paid
    Instant ends_at;                     ///< of the running period
    Instant remind_at = instant_max;     ///< instant_max: no reminder, or it has been given
    bool trial = false;                  ///< the running period is one
    bool cancelled = false;              ///< it is not to be renewed
    bool in_grace = false;               ///< the period is over; ends_at is the end of the grace
    Money paid;                          ///< for what runs and is to come
    Money saved;                         ///< by its benefits since period_began
    Money saved_ever;                    ///< since `since`
    std::vector<PaidPeriod> to_come;     ///< one after another
    friend bool operator==(const HeldPlan&, const HeldPlan&) = default;
};

/// How often a benefit was used in the running unit; kept only where it is limited.
struct BenefitCount {
    std::string name;                    ///< of a member's benefit, or the code of a free shipping
    LocalDate unit;                      ///< its first day; the first of all days: ever
    std::int64_t used = 0;
    friend bool operator==(const BenefitCount&, const BenefitCount&) = default;
};

/// A merge that took another member in; undone only while nothing has happened since.
struct Merge {
    MemberId from;
    std::uint64_t event_sequence = 0;    ///< of the merge
    std::uint64_t ledger_sequence = 0;   ///< after the merge
    std::uint32_t last_coupon_id = 0;    ///< of those that came with it
    friend bool operator==(const Merge&, const Merge&) = default;
};

/// Where a member came from.
struct Acquisition {
    std::string channel;
    std::string source;
    std::string store;
    std::string staff;
    std::string code;
    std::string inviter;
    friend bool operator==(const Acquisition&, const Acquisition&) = default;
};

/// A checkout on its way: what it has reserved is out of the wallet until it becomes an order, is released or times
/// out.
struct Hold {
    std::string hold_id;
    Instant expires_at;
    Money amount;                        ///< of the lines after discounts and coupons: the order's lines come to this
    Money shipping_fee;                  ///< to be paid
    Tenders tenders;
    std::vector<NamedCount> pieces{};    ///< reserved at promotions' prices, by promotion; `day`: that they count on
    friend bool operator==(const Hold&, const Hold&) = default;
};

/// An order: inside the aggregate until it settles or ends, then on its own (Outcome::closed_orders), from where it is
/// handed back to the engine with an event that refers to it.
struct Order {
    std::string order_id;
    OrderNumber number;
    OrderStatus status = OrderStatus::created;
    std::uint32_t programme_version = 0;  ///< whose rules it was paid under
    Instant ordered_at;
    std::optional<Instant> paid_at;
    std::optional<Instant> shipped_at;
    std::optional<Instant> delivered_at;
    Instant settles_at = instant_max;     ///< instant_max: not known yet
    std::optional<Instant> settled_at;
    programme::TierRank tier = 0;         ///< held when it was paid
    std::uint32_t plans = 0;              ///< held when it was paid: a bit per plan of that version
    std::vector<OrderLine> lines;
    Money shipping_fee;
    Money gift_card;
    std::string channel;
    std::string store;
    std::int64_t points_scale = 1;
    std::int64_t growth_scale = 1;
    Points points;                        ///< pending until settlement, then granted; less what went back
    Growth growth;
    Money cashback;                       ///< to be credited, then credited, at settlement
    Money cashback_returned;              ///< of it, what returns have undone
    Money counted;                        ///< spend counted at settlement, less what went back
    std::uint32_t counting_epoch = 0;     ///< Member::counting_epoch at settlement
    LotId lot;                            ///< into which the points were granted
    std::vector<SpentLot> points_spent;   ///< on this order, by events of their own
    Tenders tenders;                      ///< that came with the order
    Points tender_points_returned;        ///< of its points, what returns have given back
    Money tender_worth_returned;          ///< what those had paid for
    Money tender_balance_returned;        ///< the same of its balance
    std::vector<OrderCost> costs;
    std::vector<OrderCost> cashback_costs;  ///< who gives the cashback, where plans do; booked at settlement
    std::vector<std::string> refund_ids;
    std::vector<std::string> flags;
    std::vector<ProductReview> reviews;   ///< by product
    std::string group;                    ///< that it was bought in; empty: none
    MemberId group_leader;                ///< while it waits for others, who opened the group (or may); 0: it does not
    friend bool operator==(const Order&, const Order&) = default;
};

/// Rolling expiry: a grant (or a partial return) that renewed the whole balance. A whole-order return removes its own.
struct Renewal {
    OrderNumber order;  ///< 0: not from an order
    Instant expires_at;
    friend bool operator==(const Renewal&, const Renewal&) = default;
};

/// What settled orders brought: a total, or that of one local day.
struct Totals {
    Money spend;
    Growth growth;
    Points points;
    std::int64_t orders = 0;
    friend bool operator==(const Totals&, const Totals&) = default;
};

struct DayTotals {
    LocalDate day;
    Totals totals;
    friend bool operator==(const DayTotals&, const DayTotals&) = default;
};

struct TierState {
    programme::TierRank rank = 0;
    Instant since;
    LocalDate period_last_day;             ///< meaningful when period_ends_at is not instant_max
    Instant period_ends_at = instant_max;  ///< instant_max: no period runs
    bool in_grace = false;                 ///< the period is over and failed; period_ends_at is the end of the grace
    Instant next_review_at = instant_max;
    friend bool operator==(const TierState&, const TierState&) = default;
};

/// Holds a member on a higher tier than their own: a paid plan or a tier card.
struct TierLift {
    programme::TierRank rank = 0;
    Instant ends_at = instant_max;         ///< instant_max: as long as the plan is held
    std::string plan;                      ///< empty: a card
    friend bool operator==(const TierLift&, const TierLift&) = default;
};

struct Profile {
    std::string name;
    std::string gender;
    std::string region;
    std::optional<LocalDate> birthday;
    std::map<std::string, std::string> attributes;
    std::vector<std::string> tags;  ///< sorted, no repeats
    friend bool operator==(const Profile&, const Profile&) = default;
};

struct Consent {
    std::string channel;
    std::string purpose;
    bool granted = false;
    Instant at;
    std::string source;
    friend bool operator==(const Consent&, const Consent&) = default;
};

struct Identity {
    std::string kind;
    std::string value;
    friend auto operator<=>(const Identity&, const Identity&) = default;
};

struct Member {
    MemberId id;
    Instant registered_at = instant_min;  ///< instant_min: not registered by an event; the first event registers
    Instant advanced_to = instant_min;    ///< every due time up to here has been done
    std::uint64_t event_sequence = 0;     ///< of the last event applied
    std::uint64_t ledger_sequence = 0;    ///< of the last ledger entry made
    std::uint32_t last_order_number = 0;
    std::uint32_t last_lot_id = 0;

    Profile profile;
    std::vector<Identity> identities;     ///< sorted
    std::vector<Consent> consents;
    Acquisition acquisition;
    std::int32_t birthday_changes = 0;    ///< after it was first told
    Instant invited_at = instant_min;     ///< to claim a card, after a payment; instant_min: never
    std::string manager;                  ///< who looks after the member; empty: nobody
    MemberId merged_into;                 ///< 0: nobody; else this member is over
    std::optional<Merge> last_merge;
    bool erased = false;                  ///< nothing personal is kept any more

    TierState tier;                       ///< what holds: their own, or what lifts them above it
    TierState own_tier;                   ///< where there are lifts: as it stands without them
    std::vector<TierLift> lifts;          ///< in order of arrival, one for each plan and rank
    Totals lifetime;
    Totals period;                        ///< since the last restart of period counters
    std::uint32_t counting_epoch = 0;     ///< how often period counters restarted
    std::vector<DayTotals> history;       ///< by day, ascending, only if some counter needs it
    Instant last_order_at = instant_min;

    std::vector<Lot> lots;                ///< by (expires_at, id), none empty
    Points points_available;              ///< the sum of the lots
    Points points_owed;                   ///< taken from the next grants
    std::vector<Renewal> renewals;        ///< rolling expiry: those that still run, in order of time
    Instant rolling_expires_at = instant_max;  ///< rolling expiry of the whole balance: the latest renewal
    LocalDate cap_day;                    ///< the day and month that the caps' counts are of
    Points cap_day_points;
    Points cap_month_points;
    Balance balance;
    Instant balance_expires_at = instant_max;  ///< when the purses that lapse do

    std::vector<Coupon> coupons;          ///< the wallet, by (expires_at, id)
    std::vector<CouponCount> coupon_counts;  ///< by name
    std::uint32_t last_coupon_id = 0;
    std::vector<Hold> holds;              ///< in order of arrival
    Instant next_grants_at = instant_max; ///< monthly, quarterly and yearly grants: the next beginning of such a unit
    Instant next_birthday_at = instant_max;  ///< birthday grants: the next one
    std::int32_t birthday_year = 0;       ///< the last year whose birthday grants were given
    std::int32_t birthday_month_year = 0; ///< the same for grants for the month
    bool had_first_order = false;         ///< grants for the first order were given
    std::int32_t anniversary_year = 0;    ///< the last year whose anniversary grants were given
    Instant next_anniversary_at = instant_max;
    std::vector<std::string> given_once;  ///< codes of the grants that are given once, sorted
    std::vector<Offer> offers;            ///< in order of arrival
    std::vector<HeldPlan> plans;          ///< by name
    std::vector<std::string> tried_plans; ///< whose trial was used, sorted
    std::vector<BenefitCount> benefit_counts;  ///< by name

    std::vector<ActivityState> activities;  ///< by name
    std::vector<std::string> reviewed_products;  ///< that reviews were rewarded for, sorted
    std::vector<ReviewInvitation> review_invitations;  ///< in order of time
    std::vector<std::string> marks;       ///< of devices, addresses and means of payment, sorted
    std::vector<Friend> friends;          ///< in order of arrival
    std::int64_t friends_ordered = 0;     ///< rewarded for their first order, less those that came back
    Brought brought;
    std::vector<NamedCount> mall_counts;  ///< by item; where it is limited per member
    std::vector<Redemption> redemptions;  ///< not delivered yet, in order of arrival
    std::vector<NamedCount> promotion_counts;  ///< by promotion; where it is limited per member
    std::vector<Group> groups;            ///< that the member leads and that are open, in order of arrival

    std::vector<Order> open_orders;       ///< created or paid, in order of arrival
    std::vector<Event> parked;            ///< about orders that are not known yet, in order of arrival
    std::vector<std::string> references;  ///< of the last adjustments, spends, top-ups and grants

    friend bool operator==(const Member&, const Member&) = default;
};

/// The open order with this id, or nullptr.
[[nodiscard]] Order* find_open_order(Member& member, std::string_view order_id);

/// Points that will be granted when the open orders settle.
[[nodiscard]] Points points_pending(const Member& member);

/// When something falls due next; instant_max when nothing does.
[[nodiscard]] Instant next_due(const Member& member);

}  // namespace regulars::engine
