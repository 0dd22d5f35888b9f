// What a member has done beside buying: part of engine/member.hpp, which is what others include.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/quantity.hpp"
#include "base/time.hpp"

namespace regulars::engine {

/// A part of a lot that was spent on an order or in the mall; it comes back as it was when that is undone.
struct SpentLot {
    Points points;
    Instant expires_at = instant_max;
    std::uint32_t programme_version = 0;
    friend bool operator==(const SpentLot&, const SpentLot&) = default;
};

/// So many of something: pieces of a kind, prizes of a name, pieces bought at a promotion's price.
struct NamedCount {
    std::string name;
    std::int64_t total = 0;
    LocalDate day;
    std::int64_t on_day = 0;             ///< of them on `day`
    friend bool operator==(const NamedCount&, const NamedCount&) = default;
};

enum class TrialStatus : std::uint8_t { none, applied, chosen, not_chosen, reported, overdue };

/// A member in one activity. Which parts are used depends on the kind of activity.
struct ActivityState {
    std::string name;
    std::int64_t total = 0;              ///< how often, ever
    LocalDate day;
    std::int64_t on_day = 0;             ///< of them on `day`
    // Check-ins.
    std::vector<LocalDate> days;         ///< those of the last check_in_days_max local days, ascending
    std::vector<LocalDate> kept;         ///< days between them that break no streak: frozen, or closed; ascending
    std::int64_t streak_before = 0;      ///< how long the streak was when it came to the first of `days`, less that one
    std::int64_t streak = 0;             ///< that ended with the last day
    std::int64_t best_streak = 0;
    std::int64_t freezes = 0;
    LocalDate make_up_month;             ///< its first day
    std::int64_t made_up = 0;            ///< in that month
    // Turns of draws and collections.
    std::int64_t turns = 0;              ///< given and not taken
    LocalDate free_day;
    std::int64_t free_taken = 0;         ///< of the free ones of that day
    std::int64_t turns_taken = 0;        ///< ever: the next turn's number
    std::int64_t since_rare = 0;         ///< turns since the last rare prize
    std::vector<NamedCount> had;         ///< prizes by name, or pieces that are held by kind
    std::vector<std::string> kinds_had;  ///< pieces' kinds ever held, sorted
    std::vector<std::string> steps;      ///< that were given, sorted
    // Behaviour: what was told on `day`. Questionnaires about orders: the orders, the latest last.
    std::vector<std::string> subjects;
    // Trials.
    TrialStatus trial = TrialStatus::none;
    std::uint64_t trial_number = 0;      ///< by which one who applied is chosen: the lowest are
    Instant report_until = instant_max;
    std::vector<SpentLot> trial_spent;   ///< points of an application that is not decided about, as they come back
    friend bool operator==(const ActivityState&, const ActivityState&) = default;
};

/// What became of a review of one product of an order.
enum class ReviewStatus : std::uint8_t { written, approved, refused, taken_back };

struct ProductReview {
    std::string product;
    ReviewStatus status = ReviewStatus::written;
    std::int64_t score = 0;
    bool pictures = false;
    std::int64_t length = 0;             ///< of its text, in characters
    Points points;                       ///< given for it
    Money cashback;
    std::uint32_t programme_version = 0; ///< that gave them
    std::uint64_t event_sequence = 0;    ///< of the event that tells its text
    friend bool operator==(const ProductReview&, const ProductReview&) = default;
};

/// Some days after settlement the member is invited to review what they bought.
struct ReviewInvitation {
    std::string order_id;
    Instant at;
    friend bool operator==(const ReviewInvitation&, const ReviewInvitation&) = default;
};

enum class FriendStatus : std::uint8_t { registered, suspicious, ordered, rewarded, refused, returned };

/// Somebody whom the member has brought.
struct Friend {
    MemberId member;
    Instant at;
    FriendStatus status = FriendStatus::registered;
    bool counted = false;                ///< their registration counts: nothing was suspicious, or people approved
    bool has_ordered = false;            ///< their first order has settled (also while people look at them)
    Points points;                       ///< given for them, for registering and ordering together
    Money cashback;
    Points order_points;                 ///< of these, for ordering: they go when the order comes back
    Money order_cashback;
    std::uint32_t programme_version = 0; ///< that gave them last
    std::vector<std::string> marks;      ///< of theirs, sorted
    friend bool operator==(const Friend&, const Friend&) = default;
};

/// Of a member whom somebody has brought.
struct Brought {
    MemberId by;                         ///< 0: nobody
    bool ordered = false;                ///< the first order has been told to them
    std::uint32_t order = 0;             ///< its number; 0: none, or it has come back
    MemberId known_as;                   ///< under which id they know the member; 0: the member's own
    bool registration_counts = false;    ///< they were told, and nothing stands against it: what the member gets for
    bool order_counts = false;           ///< registering, and for ordering, is given
    Points points;                       ///< given to the member for ordering: they go when the order comes back
    Money cashback;
    std::uint32_t programme_version = 0; ///< that gave them
    friend bool operator==(const Brought&, const Brought&) = default;
};

/// passed: to the member whom this one was merged into.
enum class RedemptionStatus : std::uint8_t { placed, shipped, delivered, cancelled, passed };

/// Goods that points have bought, until they are delivered.
struct Redemption {
    std::string redemption_id;
    std::string item;
    std::string window;                  ///< whose price it was; empty: none
    std::int64_t quantity = 1;
    Points points;
    Money money;
    std::string order_id;                ///< of the money part; empty: none
    std::uint32_t programme_version = 0;
    Instant at;
    RedemptionStatus status = RedemptionStatus::placed;
    std::string carrier;
    std::string tracking;
    std::vector<SpentLot> spent;         ///< the points, as they come back; an order that pays a part has them itself
    friend bool operator==(const Redemption&, const Redemption&) = default;
};

enum class GroupStatus : std::uint8_t { open, filled, failed };

struct GroupSeat {
    MemberId member;
    std::string order_id;
    friend bool operator==(const GroupSeat&, const GroupSeat&) = default;
};

/// A group that the member leads and that is open.
struct Group {
    std::string group;
    std::string promotion;
    std::uint32_t programme_version = 0;
    std::int64_t size = 0;
    Instant ends_at;
    GroupStatus status = GroupStatus::open;
    std::vector<GroupSeat> seats;        ///< the leader's first
    friend bool operator==(const Group&, const Group&) = default;
};

}  // namespace regulars::engine
