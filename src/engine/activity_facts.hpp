// Facts about what members do beside buying: part of engine/event.hpp, which is what others include.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/quantity.hpp"
#include "base/time.hpp"

namespace regulars::engine {

/// The member checks in, for the local day of the event.
struct CheckedIn {
    std::string activity;
    friend bool operator==(const CheckedIn&, const CheckedIn&) = default;
};

/// A missed day counts as checked in, for points or a coupon.
struct CheckInMadeUp {
    std::string activity;
    LocalDate day;
    CouponId coupon;                     ///< that pays for it; 0: points do
    friend bool operator==(const CheckInMadeUp&, const CheckInMadeUp&) = default;
};

/// The member buys a freeze, which keeps the streak over one missed day.
struct FreezeBought {
    std::string activity;
    std::string reference;
    friend bool operator==(const FreezeBought&, const FreezeBought&) = default;
};

/// One turn of a draw or a collection; the event carries its chance.
struct TurnTaken {
    std::string activity;
    std::string reference;
    friend bool operator==(const TurnTaken&, const TurnTaken&) = default;
};

/// More turns, given by hand or by another system.
struct TurnsGranted {
    std::string activity;
    std::int64_t count = 1;
    std::string reference;
    std::string reason;
    friend bool operator==(const TurnsGranted&, const TurnsGranted&) = default;
};

/// A piece of a collection goes to another member: this side's half.
struct PiecePassed {
    std::string activity;
    std::string piece;
    MemberId to;
    std::string reference;
    friend bool operator==(const PiecePassed&, const PiecePassed&) = default;
};

/// The other half, in the same transaction.
struct PieceReceived {
    std::string activity;
    std::string piece;
    MemberId giver;
    std::string reference;
    friend bool operator==(const PieceReceived&, const PieceReceived&) = default;
};

/// Answers by question; a choice by its name, several separated by line ends.
struct QuestionnaireAnswered {
    std::string activity;
    std::map<std::string, std::string> answers;
    std::string order_id;                ///< that it is about, where the questionnaire is about orders
    friend bool operator==(const QuestionnaireAnswered&, const QuestionnaireAnswered&) = default;
};

/// The member has shared, visited, viewed or liked something.
struct BehaviourShown {
    std::string activity;
    std::string subject;                 ///< a product, a page; may be empty
    std::string reference;
    friend bool operator==(const BehaviourShown&, const BehaviourShown&) = default;
};

struct StoreVisited {
    std::string activity;
    std::string store;
    std::string code;                    ///< that hangs there
    friend bool operator==(const StoreVisited&, const StoreVisited&) = default;
};

struct TrialApplied {
    std::string activity;
    friend bool operator==(const TrialApplied&, const TrialApplied&) = default;
};

/// The choice among those who applied.
struct TrialDecided {
    std::string activity;
    bool chosen = false;
    friend bool operator==(const TrialDecided&, const TrialDecided&) = default;
};

struct TrialReported {
    std::string activity;
    std::string text;
    std::vector<std::string> pictures;   ///< links
    friend bool operator==(const TrialReported&, const TrialReported&) = default;
};

/// What a member thinks of a product that they bought. Told again before it was looked at, it takes the other's place.
struct ProductReviewed {
    std::string order_id;
    std::string product;
    std::int64_t score = 0;              ///< 1 to 5
    std::string text;
    std::vector<std::string> pictures;   ///< links
    friend bool operator==(const ProductReviewed&, const ProductReviewed&) = default;
};

/// The shop has looked at a review.
struct ReviewModerated {
    std::string order_id;
    std::string product;
    bool approved = false;
    std::string reason;
    friend bool operator==(const ReviewModerated&, const ReviewModerated&) = default;
};

/// Follows from another member's event, in the same transaction. To who brought a friend: the friend has registered,
/// their first order has settled or has come back, or they are erased. To the friend: nothing stands against what they
/// get for registering, or for ordering.
struct FriendActed {
    enum class What : std::uint8_t { registered, ordered, returned, erased, registration_counts, order_counts };
    MemberId who;                        ///< the other of the two
    What what = What::registered;
    std::vector<std::string> marks;      ///< of the friend's devices, addresses and means of payment, sorted
    Money amount;                        ///< of the order
    friend bool operator==(const FriendActed&, const FriendActed&) = default;
};

/// People have looked at a friend that seemed suspicious.
struct ReferralDecided {
    MemberId who;
    bool approved = false;
    std::string reason;
    friend bool operator==(const ReferralDecided&, const ReferralDecided&) = default;
};

/// What tells one person from another beside their word: hashes that the shop makes of devices, addresses and means of
/// payment. Compared with those of friends; never shown.
struct MarksTold {
    std::vector<std::string> marks;
    friend bool operator==(const MarksTold&, const MarksTold&) = default;
};

/// Points (and perhaps money) buy something in the points mall. Money is paid with an order of that id.
struct GoodsRedeemed {
    std::string redemption_id;
    std::string item;
    std::int64_t quantity = 1;
    std::string order_id;                ///< of the order that the money part is; where there is one it must be told
    std::optional<Points> points;        ///< what the member was shown, for all pieces: refused when it is another
    std::optional<Money> money;          ///< the same
    friend bool operator==(const GoodsRedeemed&, const GoodsRedeemed&) = default;
};

/// How a redemption goes on.
struct RedemptionMoved {
    enum class To : std::uint8_t { shipped, delivered, cancelled };
    std::string redemption_id;
    To to = To::shipped;
    std::string carrier;
    std::string tracking;
    std::string reason;
    friend bool operator==(const RedemptionMoved&, const RedemptionMoved&) = default;
};

/// The member opens a group for a promotion with an order that they have paid, and leads it.
struct GroupOpened {
    std::string group;                   ///< its id, unique among all
    std::string promotion;
    std::string order_id;
    friend bool operator==(const GroupOpened&, const GroupOpened&) = default;
};

/// The member joins a group with an order that they have paid: this side's half.
struct GroupJoined {
    std::string group;
    MemberId leader;
    std::string order_id;
    std::string promotion;               ///< the group's
    friend bool operator==(const GroupJoined&, const GroupJoined&) = default;
};

/// The leader's half, in the same transaction: a seat is taken, or given up because its order was cancelled.
struct GroupSeatTaken {
    std::string group;
    MemberId who;
    std::string order_id;
    bool given_up = false;
    std::string promotion{};             ///< at whose price the order is; empty where the seat is given up
    friend bool operator==(const GroupSeatTaken&, const GroupSeatTaken&) = default;
};

/// To who joined: the group has filled, or has failed and the order is cancelled. It follows from what happened to the
/// leader, in the same transaction.
struct GroupEnded {
    std::string group;
    std::string order_id;
    bool filled = false;
    friend bool operator==(const GroupEnded&, const GroupEnded&) = default;
};

/// The member has come to the event that an invitation was for.
struct InvitationAttended {
    CouponId coupon;
    friend bool operator==(const InvitationAttended&, const InvitationAttended&) = default;
};

}  // namespace regulars::engine
