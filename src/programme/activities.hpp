// What members can do beside buying, and what it brings them: check-ins, draws, collections, questionnaires, behaviour,
// visits, trials; reviews of products; friends who are brought. See docs/activities.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/fraction.hpp"
#include "base/quantity.hpp"
#include "programme/coupons.hpp"
#include "programme/terms.hpp"

namespace regulars::programme {

/// Who may: all parts must hold.
struct Who {
    std::uint32_t tiers = ~0U;           ///< a bit per TierRank
    std::uint32_t plans = 0;             ///< a bit per plan: only who holds one of them; 0: everybody
    std::uint32_t stages = ~0U;          ///< a bit per Stage
    bool registered = false;             ///< only who has told a phone number
    std::optional<rule::Rule> when;      ///< reads the member
};

/// When: all parts must hold, in the programme's zone.
struct Opening {
    /// Of the member: on the day itself, or in its month. 29 February falls back to 28.
    enum class Birthday : std::uint8_t { any, day, month };
    std::vector<DateRange> dates;        ///< one of them; empty: always
    std::uint8_t weekdays = 0x7f;        ///< bit 0 is Monday
    std::vector<MonthDay> member_days;   ///< one of them; empty: every day
    std::optional<DayTimes> times;
    Birthday birthday = Birthday::any;
};

/// How many there are for all members together.
struct Stock {
    std::optional<std::int64_t> total;
    std::optional<std::int64_t> per_day; ///< local days
    [[nodiscard]] bool limited() const { return total || per_day; }
};

/// How often one member may.
struct MemberLimit {
    std::optional<std::int64_t> per_day; ///< local days
    std::optional<std::int64_t> total;
};

/// What is given for doing something; parts that are not there are not given. A coupon that cannot be given (sold out,
/// limit reached, wallet full) is left out, and that is explained.
struct Reward {
    Points points;
    Money cashback;                      ///< into the account; not withdrawable
    std::vector<CouponPack::Item> coupons;
    std::optional<TierRank> tier;        ///< a tier card: this tier, where the member's own is lower,
    Span tier_for;                       ///< to the end of the local day so much later
    std::string goods;                   ///< a product that is handed over or sent; the shop sees to it
    Money cost;                          ///< of the goods
    std::string turns_of;                ///< an activity of which it gives
    std::int64_t turns = 0;              ///< so many more turns
    [[nodiscard]] bool empty() const {
        return points.is_zero() && cashback.is_zero() && coupons.empty() && !tier && goods.empty() && turns == 0;
    }
};

/// Points for each local day on which the member checks in. A streak is days one after another.
struct CheckIn {
    struct Step {
        std::int64_t days = 0;           ///< the streak has come to this
        Reward reward;
    };
    Reward daily;
    std::vector<Step> steps;             ///< by days, ascending
    std::int64_t cycle = 0;              ///< after so many days the streak begins anew; 0: never
    std::int32_t make_up_days = 0;       ///< how far back a missed day can be made up for; 0: not at all
    std::int64_t make_ups_per_month = 0;
    Points make_up_points;               ///< what it costs; or
    std::string make_up_coupon;          ///< a coupon template, one of which is used up; empty: none
    std::int64_t freezes_max = 0;        ///< that a member can hold: one keeps the streak over a missed day
    Points freeze_points;                ///< what one costs; 0: they are only given
    std::int64_t freezes_per_step = 0;   ///< given with every step
};

/// One thing that a draw can bring.
struct Prize {
    std::string name;
    Title title;
    Reward reward;                       ///< empty: thanks
    std::int64_t weight = 1;             ///< its share of the sum of all weights
    Stock stock;
    std::optional<std::int64_t> per_member;
    bool rare = false;                   ///< what `Draw::pity` is about
};

/// A wheel or a scratch card. A prize that is used up, or that the member has had as often as may be, is replaced by
/// the first prize that has no stock and no limit and is not rare, so that nobody's odds for the others change.
struct Draw {
    std::vector<Prize> prizes;
    Points price;                        ///< of a turn beyond the free ones; 0: there are none to be bought
    std::int64_t free_per_day = 0;
    std::int64_t turns_max = 100;        ///< given turns that a member can hold
    std::int64_t turns_per_order = 0;    ///< given at settlement
    Money turn_order_at_least;
    std::optional<std::int64_t> pity;    ///< so many turns without a rare prize: the next one brings one
};

/// N kinds of pieces, drawn one at a time; distinct kinds lead up the steps, each of which is given once.
struct Collection {
    struct Kind {
        std::string name;
        Title title;
        std::int64_t weight = 1;
        Stock stock;
    };
    struct Step {
        std::string name;
        Title title;
        std::int64_t kinds = 0;          ///< so many different ones
        Reward reward;
        Stock stock;
    };
    std::vector<Kind> kinds;
    std::vector<Step> steps;             ///< by kinds, ascending
    std::int64_t free_per_day = 0;
    std::int64_t turns_max = 100;
    std::int64_t turns_per_friend = 0;   ///< given when a friend whom the member brought registers
    bool passable = false;               ///< a piece may be given to another member
};

struct Question {
    /// - choice: one of `choices`. - choices: up to `most` of them. - score: a number from `least` to `most`.
    /// - text: up to 1000 bytes. - date.
    enum class Kind : std::uint8_t { choice, choices, score, text, date };
    std::string name;
    Title title;
    Kind kind = Kind::choice;
    std::vector<std::string> choices;
    std::int64_t least = 0;
    std::int64_t most = 10;
    bool required = true;
    std::string attribute;               ///< of the profile, that the answer becomes; empty: none
};

/// Answered once per member; where it is about orders, once for each order.
struct Questionnaire {
    std::vector<Question> questions;
    bool about_orders = false;
    std::int32_t within_days = 30;       ///< of the settlement, where it is about orders
    Reward reward;
};

/// Sharing, visiting, viewing, putting among the favourites; told by the shop's pages.
struct Behaviour {
    Reward reward;
    bool distinct = true;                ///< the same subject counts once a day
};

/// The member tells the code that hangs in the store.
struct StoreVisit {
    std::map<std::string, std::string> codes;  ///< by store
    Reward reward;
};

/// Trying a product out: members apply, some are chosen, those report.
struct Trial {
    /// - first: who comes first. - draw: the lowest chance numbers, when applying is over. - by_hand: the shop chooses.
    enum class Choose : std::uint8_t { first, draw, by_hand };
    std::string product;
    Money cost;                          ///< of one piece
    Points price;                        ///< of an application; comes back to who is not chosen
    std::int64_t seats = 1;
    Choose choose = Choose::draw;
    std::int32_t report_days = 30;       ///< after being chosen
    Reward reward;                       ///< for the report
};

using ActivityTerms = std::variant<CheckIn, Draw, Collection, Questionnaire, Behaviour, StoreVisit, Trial>;

struct Activity {
    std::string name;
    Title title;
    std::uint32_t benefit = 0;           ///< index into Programme::benefits
    Who who;
    Opening opening;
    MemberLimit limit;
    ActivityTerms terms;

    template <class Terms>
    [[nodiscard]] const Terms* as() const { return std::get_if<Terms>(&terms); }
};

/// Members tell what they think of what they bought. What is rewarded has been looked at before.
struct ReviewPolicy {
    std::int32_t invite_days = 7;        ///< after settlement
    std::int32_t open_days = 90;         ///< after settlement
    std::int32_t text_min = 0;           ///< characters, for the reward
    Reward reward;                       ///< points and cashback, for one product of one order
    Points points_with_picture;          ///< on top
    std::int64_t rewards_per_order = 1;
    std::uint32_t benefit = 0;           ///< index into Programme::benefits
    bool on = false;
};

/// Members bring friends.
struct ReferralPolicy {
    struct Step {
        std::int64_t friends = 0;        ///< whose first order has settled
        Reward reward;
    };
    Reward friend_registers;             ///< for who brought them
    Reward newcomer_registers;           ///< for the friend
    Reward friend_orders;                ///< for who brought them, when the friend's first order settles
    Reward newcomer_orders;              ///< for the friend
    Money order_at_least;
    std::int32_t within_days = 90;       ///< of registering: later orders bring nothing
    std::vector<Step> steps;             ///< by friends, ascending
    std::optional<std::int64_t> friends_max;    ///< rewarded, ever
    std::optional<std::int64_t> friends_per_day;  ///< more on a local day are looked at by people first
    bool review_same_device = true;      ///< a friend with a device, address or means of payment that the member or
                                         ///< another friend has is looked at by people first
    std::uint32_t benefit = 0;           ///< index into Programme::benefits
    bool on = false;
};

struct ActivityPolicy {
    std::vector<Activity> activities;
    ReviewPolicy reviews;
    ReferralPolicy referral;
    [[nodiscard]] const Activity* find(std::string_view name) const;
};

/// Under these names stocks are kept (service::CouponStock) and told to the engine (engine::StockLeft).
[[nodiscard]] std::string stock_of_prize(std::string_view activity, std::string_view prize);
[[nodiscard]] std::string stock_of_goods(std::string_view goods);
[[nodiscard]] std::string stock_of_promotion(std::string_view promotion);

}  // namespace regulars::programme
