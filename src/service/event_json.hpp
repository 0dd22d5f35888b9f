// The one JSON form of an event: what the API takes, what a bulk line holds, and what the events table keeps for ever.
//
//   event      = {"type": TYPE, "at": INSTANT, and the fields of its type}
//   command    = event with  "member": "123"                            the member's id
//                       or   "identity": {"kind": TEXT, "value": TEXT}
//                and         "create": BOOL?                            an identity that nobody has gets a new member
//                            "explain": BOOL?                           the answer carries the reasons
//
//   registered         channel?, source?, store?, staff?, code?, inviter? ID
//   profile_changed    name?, gender?, birthday? DATE, region?, attributes? {NAME: TEXT}, tags? [TEXT]
//   identity_linked    kind, value
//   consent_changed    channel, purpose, granted BOOL, source?
//   order_created      order_id, lines [LINE], shipping_fee_minor?, gift_card_minor?, channel?, store?,
//                      paid_at? INSTANT, shipped_at? INSTANT, delivered_at? INSTANT, coupons? [USE], points?,
//                      balance_minor?, hold_id?
//   order_paid         order_id, gift_card_minor?
//   order_shipped, order_delivered, order_settled, order_cancelled
//                      order_id
//   order_refunded     order_id, refund_id, lines? [RETURNED]
//   order_exchanged    order_id, exchange_id, lines? [RETURNED]
//   points_adjusted    points, reference, reason?
//   points_spent       points, reference, order_id?
//   tier_granted       tier, until? DATE, reason?
//   tiers_reviewed     thresholds [INTEGER]
//   balance_topped_up  amount_minor, bonus_minor?, reference
//   balance_spent      amount_minor, reference, order_id?
//   coupon_granted     coupon NAME, count?, reference, reason?
//   coupon_claimed     coupon? NAME, code?, reference (a name or a code)
//   coupon_revoked     coupon ID, reason?
//   hold_placed        hold_id, lines [LINE], shipping_fee_minor?, channel?, store?, coupons? [ID], points?,
//                      balance_minor?, minutes?
//   hold_released      hold_id
//   balance_refunded   amount_minor, reference
//   identity_unlinked  kind, value
//   coupon_offered     coupon ID, gift
//   offer_withdrawn, coupon_passed
//                      gift
//   coupon_received    gift, coupon NAME, programme_version, usable_from INSTANT, expires_at? INSTANT, giver ID
//   plan_bought        plan, trial? BOOL, paid_minor?, reference
//   plan_cancelled     plan, at_once? BOOL, reference, reason?
//   benefit_used       benefit, reference, order_id?, amount_minor?, cost_minor?
//   manager_assigned   staff?, reason?
//   members_merged     from ID, from_sequence, reason?
//   merged_into        into ID
//   merge_undone       other ID, reason?
//   member_erased      reason?
//   checked_in         activity
//   check_in_made_up   activity, day DATE, coupon? ID
//   freeze_bought      activity, reference
//   turn_taken         activity, reference
//   turns_granted      activity, count?, reference, reason?
//   piece_passed       activity, piece, to ID, reference
//   piece_received     activity, piece, giver ID, reference
//   questionnaire_answered activity, answers [{question, answer}], order_id?
//   behaviour_shown    activity, subject?, reference
//   store_visited      activity, store, code
//   trial_applied      activity
//   trial_decided      activity, chosen BOOL
//   trial_reported     activity, text, pictures? [TEXT]
//   product_reviewed   order_id, product, score, text?, pictures? [TEXT]
//   review_moderated   order_id, product, approved BOOL, reason?
//   friend_acted       who ID, what registered | ordered | returned, marks? [TEXT], amount_minor?
//   referral_decided   who ID, approved BOOL, reason?
//   marks_told         marks [TEXT]
//   goods_redeemed     redemption_id, item, quantity?, order_id?, points?, money_minor?
//   redemption_moved   redemption_id, to shipped | delivered | cancelled, carrier?, tracking?, reason?
//   group_opened       group, promotion, order_id
//   group_joined       group, leader ID, order_id, promotion
//   group_seat_taken   group, who ID, order_id, given_up? BOOL, promotion?
//   group_ended        group, order_id, filled BOOL
//   invitation_attended coupon ID
//
//   LINE     = {amount_minor, quantity?, sku?, product?, category?, price_kind?, list_amount_minor?, cost_minor?,
//               promotion?}
//   RETURNED = {line, quantity?, amount_minor?}
//   USE      = {coupon ID, amount_minor}
//
// A stored event may carry "stock": [{coupon NAME, left}], what it was told of scarce coupons, and "redeems": NAME, the
// coupon that its unique code is for, and "chance": {day DATE, number HEX}, by which chance decided; commands may not.
//
// Names ending in _minor are integers in minor units of the programme's currency. INSTANT is RFC 3339 text, or local
// text in the programme's zone ("2026-11-22T13:03", "2026-11-22"); it is written back in UTC with milliseconds. DATE is
// "YYYY-MM-DD". A field that is not listed, is there twice, or has another JSON type is refused, never skipped. Texts
// are UTF-8 without U+0000. Fields are written in the order above, and those with their default value are left out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "base/time.hpp"
#include "engine/event.hpp"
#include "engine/orders/quote.hpp"
#include "service/service.hpp"

namespace regulars::service {

/// One thing that is wrong with a JSON text. `pointer` is a JSON Pointer (RFC 6901), empty for the text as a whole.
struct JsonProblem {
    enum class Code : std::uint8_t {
        malformed,        ///< not JSON, or not UTF-8
        too_large,        ///< more bytes, elements, characters or nesting than allowed
        wrong_type,
        missing_field,
        unknown_field,
        repeated_field,
        out_of_range,     ///< a number beyond its limits
        invalid_value,    ///< a text that is not what it should be: an instant, a date, a type
    };
    Code code = Code::malformed;
    std::string pointer;
    std::string message;
    std::string found;
    std::string allowed;
    std::string suggestion;
    friend bool operator==(const JsonProblem&, const JsonProblem&) = default;
};

/// All that is wrong, at most `json_problems_max`; never empty where it stands for a failure.
using JsonProblems = std::vector<JsonProblem>;

inline constexpr std::size_t json_problems_max = 20;
/// Largest event or command as JSON.
inline constexpr std::size_t event_json_size_max = 1 << 20;

/// "wrong_type".
[[nodiscard]] std::string_view name_of(JsonProblem::Code code);

/// What the caller knows beside the text, from a path or a header. A type, order id or target that is given need not
/// be in the text, and must be the same if it is; `at` counts where the text has none.
struct Given {
    std::string_view type;
    std::string_view order_id;
    std::optional<Instant> at;
    std::optional<Target> target;
    /// The sender may not say when it happened: `at` is when.
    bool now_only = false;
    /// By which identities that come from outside are written (service/identities.hpp); null for what is stored. Those
    /// to be unlinked are taken as they are, for there may be some from before they were written so.
    const programme::IdentityPolicy* identities = nullptr;
};

/// Appends the event's JSON.
void append_json(std::string& out, const engine::Event& event);
[[nodiscard]] std::string to_json(const engine::Event& event);

/// `zone` is the programme's: local texts are read in it.
[[nodiscard]] expected<engine::Event, JsonProblems> parse_event(std::string_view json, const Zone& zone,
                                                                const Given& given = {});
[[nodiscard]] expected<Command, JsonProblems> parse_command(std::string_view json, const Zone& zone,
                                                            const Given& given = {});

/// {"minutes": N}, from 1 to `most`; `otherwise` when it says nothing.
[[nodiscard]] expected<std::int64_t, JsonProblems> parse_minutes(std::string_view json, std::int64_t otherwise,
                                                                 std::int64_t most);

/// A basket to be quoted, and for whom: {"member" or "identity", lines [LINE], shipping_fee_minor?, gift_card_minor?,
/// channel?, store?, coupons? [ID], code?, points?, most_points?, balance_minor?, most_balance?}. Of `given` only the
/// target counts.
struct BasketFor {
    Target target;
    engine::Basket basket;
};
[[nodiscard]] expected<BasketFor, JsonProblems> parse_basket(std::string_view json, const Given& given = {});

}  // namespace regulars::service
