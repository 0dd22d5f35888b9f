// Events: facts about one member, each with its time. They come from the API, from a file of orders or from storage,
// and are validated into these values before the engine sees them. Texts that are unknown are empty.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "base/quantity.hpp"
#include "base/time.hpp"
#include "engine/activity_facts.hpp"

namespace regulars::engine {

/// One line of an order. Amounts are for the whole line, after every reduction but before tenders.
struct Line {
    std::string sku;
    std::string product;
    std::string category;
    std::string price_kind;  ///< empty: the programme's default
    std::int64_t quantity = 1;
    Money amount;                   ///< what is paid for the line
    std::optional<Money> list_amount;  ///< before reductions; `amount` when unknown
    std::optional<Money> cost;         ///< what the line cost the shop
    std::string promotion{};           ///< at whose price it is sold; empty: none

    friend bool operator==(const Line&, const Line&) = default;
};

/// A coupon that is used on an order, and what it took off there.
struct CouponUse {
    CouponId coupon;
    Money amount;
    friend bool operator==(const CouponUse&, const CouponUse&) = default;
};

/// Where a member came from is recorded with the first of these and never overwritten.
struct Registered {
    std::string channel;
    std::string source;   ///< "guide", "leader", "store", "poster", "friend", "mini_program" or the shop's own word
    std::string store{};
    std::string staff{};    ///< whose code was scanned
    std::string code{};     ///< that was scanned
    std::string inviter{};  ///< the id of the member whose code it was
    friend bool operator==(const Registered&, const Registered&) = default;
};

/// Parts that are not given stay as they are; an attribute set to the empty text is removed.
struct ProfileChanged {
    std::optional<std::string> name;
    std::optional<std::string> gender;
    std::optional<LocalDate> birthday;
    std::optional<std::string> region;
    std::map<std::string, std::string> attributes;
    std::optional<std::vector<std::string>> tags;
    friend bool operator==(const ProfileChanged&, const ProfileChanged&) = default;
};

/// kind: "phone", "email", "card", "unionid", "openid:<app>", "customer:<channel>" ...; value normalised.
struct IdentityLinked {
    std::string kind;
    std::string value;
    friend bool operator==(const IdentityLinked&, const IdentityLinked&) = default;
};

/// The member is no longer known by this.
struct IdentityUnlinked {
    std::string kind;
    std::string value;
    friend bool operator==(const IdentityUnlinked&, const IdentityUnlinked&) = default;
};

struct ConsentChanged {
    std::string channel;
    std::string purpose;
    bool granted = false;
    std::string source;
    friend bool operator==(const ConsentChanged&, const ConsentChanged&) = default;
};

/// An order. The life-cycle instants may come with it (an import knows them) or later as events of their own. Coupons,
/// points and balance that it uses are taken with it, all or none: named one by one, or as a hold has reserved them.
struct OrderCreated {
    std::string order_id;
    std::vector<Line> lines;
    Money shipping_fee;
    std::string channel;
    std::string store;
    Money gift_card;  ///< how much of the lines is paid by gift card
    std::optional<Instant> paid_at;
    std::optional<Instant> shipped_at;
    std::optional<Instant> delivered_at;
    std::vector<CouponUse> coupons;
    Points points;            ///< that pay for a part of the lines, at what the programme says they are worth
    Money balance;            ///< that pays for a part of the order
    std::string hold_id;      ///< instead of the three above
    friend bool operator==(const OrderCreated&, const OrderCreated&) = default;
};

struct OrderPaid {
    std::string order_id;
    Money gift_card;
    friend bool operator==(const OrderPaid&, const OrderPaid&) = default;
};
struct OrderShipped {
    std::string order_id;
    friend bool operator==(const OrderShipped&, const OrderShipped&) = default;
};
struct OrderDelivered {
    std::string order_id;
    friend bool operator==(const OrderDelivered&, const OrderDelivered&) = default;
};
struct OrderSettled {
    std::string order_id;
    friend bool operator==(const OrderSettled&, const OrderSettled&) = default;
};
struct OrderCancelled {
    std::string order_id;
    friend bool operator==(const OrderCancelled&, const OrderCancelled&) = default;
};

/// What comes back of one line: by quantity, by amount, or (neither given) all that is left of it.
struct ReturnedLine {
    std::uint32_t line = 0;  ///< index in the order, from 0
    std::int64_t quantity = 0;
    std::optional<Money> amount;
    friend bool operator==(const ReturnedLine&, const ReturnedLine&) = default;
};

/// A return. No lines: everything that is left of the order.
struct OrderRefunded {
    std::string order_id;
    std::string refund_id;  ///< tells two refunds of one order apart
    std::vector<ReturnedLine> lines;
    friend bool operator==(const OrderRefunded&, const OrderRefunded&) = default;
};

/// Lines go back and others come instead; the replacement is an order of its own.
struct OrderExchanged {
    std::string order_id;
    std::string exchange_id;
    std::vector<ReturnedLine> lines;
    friend bool operator==(const OrderExchanged&, const OrderExchanged&) = default;
};

/// Points given (positive) or taken (negative) by hand. `reference` makes it happen once, among facts of its kind.
struct PointsAdjusted {
    Points points;
    std::string reference;
    std::string reason;
    friend bool operator==(const PointsAdjusted&, const PointsAdjusted&) = default;
};

/// Points that the member spends. With an order id they come back when that whole order is returned.
struct PointsSpent {
    Points points;
    std::string reference;
    std::string order_id;
    friend bool operator==(const PointsSpent&, const PointsSpent&) = default;
};

/// A tier given by hand, as a reward or for payment. Without an end it runs for the tier's own period.
struct TierGranted {
    std::string tier;
    std::optional<LocalDate> until;  ///< last day
    std::string reason;
    friend bool operator==(const TierGranted&, const TierGranted&) = default;
};

/// A review over all members has set these thresholds, one for each tier above the base, in the policy's counter.
struct TiersReviewed {
    std::vector<std::int64_t> thresholds;
    friend bool operator==(const TiersReviewed&, const TiersReviewed&) = default;
};

/// What the programme's offers give comes by itself; `bonus` adds to that.
struct BalanceToppedUp {
    Money amount;
    Money bonus;
    std::string reference;
    friend bool operator==(const BalanceToppedUp&, const BalanceToppedUp&) = default;
};

/// Taken from the purses in the programme's order.
struct BalanceSpent {
    Money amount;
    std::string reference;
    std::string order_id;
    friend bool operator==(const BalanceSpent&, const BalanceSpent&) = default;
};

/// What was paid in is paid back, and the bonus that came with it is taken back in proportion.
struct BalanceRefunded {
    Money amount;
    std::string reference;
    friend bool operator==(const BalanceRefunded&, const BalanceRefunded&) = default;
};

/// Coupons given by hand or by another system: a template's or a pack's name. With a shared stock it takes from that.
struct CouponGranted {
    std::string coupon;
    std::int64_t count = 1;
    std::string reference;
    std::string reason;
    friend bool operator==(const CouponGranted&, const CouponGranted&) = default;
};

/// The member takes a coupon: by its name or, where the template asks for one, by its public code.
struct CouponClaimed {
    std::string coupon;
    std::string code;
    std::string reference;
    friend bool operator==(const CouponClaimed&, const CouponClaimed&) = default;
};

struct CouponRevoked {
    CouponId coupon;
    std::string reason;
    friend bool operator==(const CouponRevoked&, const CouponRevoked&) = default;
};

/// A checkout has begun: coupons, points and balance are reserved for this basket for some minutes. Lines are as in a
/// quote, before any discount.
struct HoldPlaced {
    std::string hold_id;
    std::vector<Line> lines;
    Money shipping_fee;
    std::string channel;
    std::string store;
    std::optional<std::vector<CouponId>> coupons;  ///< nothing: the best that the wallet allows
    Points points;
    Money balance;
    std::optional<std::int32_t> minutes;           ///< nothing: as the programme says
    friend bool operator==(const HoldPlaced&, const HoldPlaced&) = default;
};

struct HoldReleased {
    std::string hold_id;
    friend bool operator==(const HoldReleased&, const HoldReleased&) = default;
};

/// A coupon is offered to a friend, who takes it by a secret; `gift` is what the secret hashes to. It is out of the
/// wallet until it is taken, withdrawn, or nobody has come in time.
struct CouponOffered {
    CouponId coupon;
    std::string gift;
    friend bool operator==(const CouponOffered&, const CouponOffered&) = default;
};

struct OfferWithdrawn {
    std::string gift;
    friend bool operator==(const OfferWithdrawn&, const OfferWithdrawn&) = default;
};

/// The friend has taken it: this side's half.
struct CouponPassed {
    std::string gift;
    friend bool operator==(const CouponPassed&, const CouponPassed&) = default;
};

/// The friend's half, in the same transaction: the coupon as it was.
struct CouponReceived {
    std::string gift;
    std::string coupon;  ///< the template's name
    std::uint32_t programme_version = 0;
    Instant usable_from;
    Instant expires_at;
    MemberId giver;
    friend bool operator==(const CouponReceived&, const CouponReceived&) = default;
};

/// A paid plan is bought; one that runs is renewed.
struct PlanBought {
    std::string plan;
    bool trial = false;
    std::optional<Money> paid;  ///< nothing: its price
    std::string reference;
    friend bool operator==(const PlanBought&, const PlanBought&) = default;
};

/// At the end of what is paid it is over; at once, with what the plan says comes back.
struct PlanCancelled {
    std::string plan;
    bool at_once = false;
    std::string reference;
    std::string reason;
    friend bool operator==(const PlanCancelled&, const PlanCancelled&) = default;
};

/// The shop has done what a benefit promises.
struct BenefitUsed {
    std::string benefit;
    std::string reference;
    std::string order_id;       ///< that it was about; empty: none
    Money amount;               ///< for instant_refund: how much was paid back
    std::optional<Money> cost;  ///< nothing: as the programme says
    friend bool operator==(const BenefitUsed&, const BenefitUsed&) = default;
};

struct ManagerAssigned {
    std::string staff;   ///< empty: nobody any more
    std::string reason;
    friend bool operator==(const ManagerAssigned&, const ManagerAssigned&) = default;
};

/// Another member turns out to be the same person: this one takes over all that is theirs, as it stands after their
/// event `from_sequence`. The other's half is MergedInto, in the same transaction.
struct MembersMerged {
    MemberId from;
    std::uint64_t from_sequence = 0;
    std::string reason;
    friend bool operator==(const MembersMerged&, const MembersMerged&) = default;
};

struct MergedInto {
    MemberId into;
    friend bool operator==(const MergedInto&, const MergedInto&) = default;
};

/// The merge was a mistake: both are as they were before it. Each of the two gets this event, naming the other.
struct MergeUndone {
    MemberId other;
    std::string reason;
    friend bool operator==(const MergeUndone&, const MergeUndone&) = default;
};

/// Personal data goes, at the member's wish; the ledger stays.
struct MemberErased {
    std::string reason;
    friend bool operator==(const MemberErased&, const MemberErased&) = default;
};

using Fact = std::variant<Registered, ProfileChanged, IdentityLinked, ConsentChanged, OrderCreated, OrderPaid,
                          OrderShipped, OrderDelivered, OrderSettled, OrderCancelled, OrderRefunded, OrderExchanged,
                          PointsAdjusted, PointsSpent, TierGranted, TiersReviewed, BalanceToppedUp, BalanceSpent,
                          CouponGranted, CouponClaimed, CouponRevoked, HoldPlaced, HoldReleased,
                          BalanceRefunded, IdentityUnlinked, CouponOffered, OfferWithdrawn, CouponPassed,
                          CouponReceived, PlanBought, PlanCancelled, BenefitUsed, ManagerAssigned, MembersMerged,
                          MergedInto, MergeUndone, MemberErased, CheckedIn, CheckInMadeUp, FreezeBought, TurnTaken,
                          TurnsGranted, PiecePassed, PieceReceived, QuestionnaireAnswered, BehaviourShown,
                          StoreVisited, TrialApplied, TrialDecided, TrialReported, ProductReviewed, ReviewModerated,
                          FriendActed, ReferralDecided, MarksTold, GoodsRedeemed, RedemptionMoved, GroupOpened,
                          GroupJoined, GroupSeatTaken, GroupEnded, InvitationAttended>;

/// What is left of a coupon, prize, item or price that members share, when it is little. The engine knows one member
/// only, so the service tells it with the event, which keeps it: replay decides by what was known then.
struct StockLeft {
    std::string coupon;                  ///< its name, or that of another stock (programme::stock_of_prize ...)
    std::int64_t left = 0;
    friend bool operator==(const StockLeft&, const StockLeft&) = default;
};

/// A number by chance, as it comes with the event: evenly spread over all 64 bits. The seed of its day was committed to
/// before and is told after, so that anybody can work the number out (service/fair_chance.hpp).
struct Chance {
    LocalDate day;                       ///< whose seed it comes from
    std::uint64_t number = 0;
    friend bool operator==(const Chance&, const Chance&) = default;
};

struct Event {
    Instant at;  ///< when it happened, by the shop's account
    Fact fact;
    std::vector<StockLeft> stock{};  ///< by name; a coupon that is not here is not scarce (over coupons_per_event_max)
    std::string redeems{};           ///< the coupon whose unique code is told and unused; only the service knows
    std::optional<Chance> chance{};  ///< for what is decided by chance; only the service knows
    friend bool operator==(const Event&, const Event&) = default;
};

/// The fact's name as the API and the events table write it: "order_created".
[[nodiscard]] std::string_view name_of(const Fact& fact);
/// The order that the fact is about; empty for facts that are not about an order.
[[nodiscard]] std::string_view order_id_of(const Fact& fact);

}  // namespace regulars::engine
