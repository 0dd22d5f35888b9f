#include "engine/validate.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/limits.hpp"

namespace regulars::engine {

namespace {

// The years that dates may be of, in whatever zone: a day before the first in UTC, and a day after the last.
constexpr Instant first_instant{-2'209'075'200'000};  // 1899-12-31T00:00:00Z
constexpr Instant last_instant{7'289'740'800'000};    // 2201-01-02T00:00:00Z
constexpr LocalDate first_date{-25'567};              // 1900-01-01
constexpr LocalDate last_date{84'370};                // 2200-12-31

bool in_range(const std::optional<Instant>& instant) { return !instant || is_in_range(*instant); }
bool in_range(const std::optional<LocalDate>& date) { return !date || (*date >= first_date && *date <= last_date); }

bool ids_fit(std::initializer_list<std::string_view> ids) {
    return std::all_of(ids.begin(), ids.end(), [](std::string_view id) { return id.size() <= limits::id_size_max; });
}
bool texts_fit(std::initializer_list<std::string_view> texts) {
    return std::all_of(texts.begin(), texts.end(),
                       [](std::string_view text) { return text.size() <= limits::text_size_max; });
}

bool times_fit(const Fact& fact) {
    if (const auto* order = std::get_if<OrderCreated>(&fact))
        return in_range(order->paid_at) && in_range(order->shipped_at) && in_range(order->delivered_at);
    if (const auto* profile = std::get_if<ProfileChanged>(&fact)) return in_range(profile->birthday);
    if (const auto* tier = std::get_if<TierGranted>(&fact)) return in_range(tier->until);
    if (const auto* made_up = std::get_if<CheckInMadeUp>(&fact)) return in_range(std::optional(made_up->day));
    if (const auto* coupon = std::get_if<CouponReceived>(&fact)) return in_range(std::optional(coupon->usable_from));
    return true;
}

bool line_fits(const Line& line) {
    return ids_fit({line.sku, line.product, line.category, line.price_kind, line.promotion});
}

bool all_fit(const std::vector<std::string>& texts, std::size_t count_max, std::size_t size_max) {
    return texts.size() <= count_max &&
           std::all_of(texts.begin(), texts.end(), [&](const auto& text) { return text.size() <= size_max; });
}

bool answers_fit(const std::map<std::string, std::string>& answers) {
    return answers.size() <= limits::questions_max &&
           std::all_of(answers.begin(), answers.end(),
                       [](const auto& answer) { return ids_fit({answer.first}) && texts_fit({answer.second}); });
}

bool fits(const ProfileChanged& fact) {
    if (fact.attributes.size() > limits::attributes_max || (fact.tags && fact.tags->size() > limits::attributes_max))
        return false;
    for (const auto& [key, value] : fact.attributes)
        if (!ids_fit({key}) || !texts_fit({value})) return false;
    if (fact.tags && !std::all_of(fact.tags->begin(), fact.tags->end(), [](const auto& tag) { return ids_fit({tag}); }))
        return false;
    return texts_fit({fact.name.value_or(""), fact.gender.value_or(""), fact.region.value_or("")});
}
bool fits(const OrderCreated& fact) {
    return ids_fit({fact.order_id, fact.channel, fact.store, fact.hold_id}) &&
           (fact.lines.size() > limits::order_lines_max ||
            std::all_of(fact.lines.begin(), fact.lines.end(), line_fits));
}
bool fits(const Registered& fact) {
    return ids_fit({fact.channel, fact.source, fact.store, fact.staff, fact.code, fact.inviter});
}
bool fits(const IdentityLinked& fact) { return ids_fit({fact.kind, fact.value}); }
bool fits(const ConsentChanged& fact) { return ids_fit({fact.channel, fact.purpose, fact.source}); }
bool fits(const OrderPaid& fact) { return ids_fit({fact.order_id}); }
bool fits(const OrderShipped& fact) { return ids_fit({fact.order_id}); }
bool fits(const OrderDelivered& fact) { return ids_fit({fact.order_id}); }
bool fits(const OrderSettled& fact) { return ids_fit({fact.order_id}); }
bool fits(const OrderCancelled& fact) { return ids_fit({fact.order_id}); }
bool fits(const OrderRefunded& fact) { return ids_fit({fact.order_id, fact.refund_id}); }
bool fits(const OrderExchanged& fact) { return ids_fit({fact.order_id, fact.exchange_id}); }
bool fits(const PointsAdjusted& fact) { return ids_fit({fact.reference}) && texts_fit({fact.reason}); }
bool fits(const PointsSpent& fact) { return ids_fit({fact.reference, fact.order_id}); }
bool fits(const TierGranted& fact) { return ids_fit({fact.tier}) && texts_fit({fact.reason}); }
bool fits(const TiersReviewed&) { return true; }
bool fits(const BalanceToppedUp& fact) { return ids_fit({fact.reference}); }
bool fits(const BalanceSpent& fact) { return ids_fit({fact.reference, fact.order_id}); }
bool fits(const BalanceRefunded& fact) { return ids_fit({fact.reference}); }
bool fits(const CouponGranted& fact) { return ids_fit({fact.coupon, fact.reference}) && texts_fit({fact.reason}); }
bool fits(const CouponClaimed& fact) { return ids_fit({fact.coupon, fact.code, fact.reference}); }
bool fits(const CouponRevoked& fact) { return texts_fit({fact.reason}); }
bool fits(const HoldPlaced& fact) {
    return ids_fit({fact.hold_id, fact.channel, fact.store}) &&
           (fact.lines.size() > limits::order_lines_max ||
            std::all_of(fact.lines.begin(), fact.lines.end(), line_fits));
}
bool fits(const HoldReleased& fact) { return ids_fit({fact.hold_id}); }
bool fits(const IdentityUnlinked& fact) { return ids_fit({fact.kind, fact.value}); }
bool fits(const CouponOffered& fact) { return ids_fit({fact.gift}); }
bool fits(const OfferWithdrawn& fact) { return ids_fit({fact.gift}); }
bool fits(const CouponPassed& fact) { return ids_fit({fact.gift}); }
bool fits(const CouponReceived& fact) { return ids_fit({fact.gift, fact.coupon}); }
bool fits(const PlanBought& fact) { return ids_fit({fact.plan, fact.reference}); }
bool fits(const PlanCancelled& fact) { return ids_fit({fact.plan, fact.reference}) && texts_fit({fact.reason}); }
bool fits(const BenefitUsed& fact) { return ids_fit({fact.benefit, fact.reference, fact.order_id}); }
bool fits(const ManagerAssigned& fact) { return ids_fit({fact.staff}) && texts_fit({fact.reason}); }
bool fits(const MembersMerged& fact) { return texts_fit({fact.reason}); }
bool fits(const MergedInto&) { return true; }
bool fits(const MergeUndone& fact) { return texts_fit({fact.reason}); }
bool fits(const MemberErased& fact) { return texts_fit({fact.reason}); }
bool fits(const CheckedIn& fact) { return ids_fit({fact.activity}); }
bool fits(const CheckInMadeUp& fact) { return ids_fit({fact.activity}); }
bool fits(const FreezeBought& fact) { return ids_fit({fact.activity, fact.reference}); }
bool fits(const TurnTaken& fact) { return ids_fit({fact.activity, fact.reference}); }
bool fits(const TurnsGranted& fact) { return ids_fit({fact.activity, fact.reference}) && texts_fit({fact.reason}); }
bool fits(const PiecePassed& fact) { return ids_fit({fact.activity, fact.piece, fact.reference}); }
bool fits(const PieceReceived& fact) { return ids_fit({fact.activity, fact.piece, fact.reference}); }
bool fits(const QuestionnaireAnswered& fact) {
    return ids_fit({fact.activity, fact.order_id}) &&
           answers_fit(fact.answers);
}
bool fits(const BehaviourShown& fact) { return ids_fit({fact.activity, fact.subject, fact.reference}); }
bool fits(const StoreVisited& fact) { return ids_fit({fact.activity, fact.store, fact.code}); }
bool fits(const TrialApplied& fact) { return ids_fit({fact.activity}); }
bool fits(const TrialDecided& fact) { return ids_fit({fact.activity}); }
bool fits(const TrialReported& fact) {
    return ids_fit({fact.activity}) &&
           texts_fit({fact.text}) &&
           all_fit(fact.pictures, limits::pictures_max, limits::text_size_max);
}
bool fits(const ProductReviewed& fact) {
    return ids_fit({fact.order_id, fact.product}) &&
           texts_fit({fact.text}) &&
           all_fit(fact.pictures, limits::pictures_max, limits::text_size_max);
}
bool fits(const ReviewModerated& fact) { return ids_fit({fact.order_id, fact.product}) && texts_fit({fact.reason}); }
bool fits(const FriendActed& fact) { return all_fit(fact.marks, limits::marks_max, limits::id_size_max); }
bool fits(const ReferralDecided& fact) { return texts_fit({fact.reason}); }
bool fits(const MarksTold& fact) { return all_fit(fact.marks, limits::marks_max, limits::id_size_max); }
bool fits(const GoodsRedeemed& fact) { return ids_fit({fact.redemption_id, fact.item, fact.order_id}); }
bool fits(const RedemptionMoved& fact) {
    return ids_fit({fact.redemption_id, fact.carrier, fact.tracking}) &&
           texts_fit({fact.reason});
}
bool fits(const GroupOpened& fact) { return ids_fit({fact.group, fact.promotion, fact.order_id}); }
bool fits(const GroupJoined& fact) { return ids_fit({fact.group, fact.order_id, fact.promotion}); }
bool fits(const GroupSeatTaken& fact) { return ids_fit({fact.group, fact.order_id, fact.promotion}); }
bool fits(const GroupEnded& fact) { return ids_fit({fact.group, fact.order_id}); }
bool fits(const InvitationAttended&) { return true; }

bool activity_ids(const GoodsRedeemed& fact) { return !fact.redemption_id.empty() && !fact.item.empty(); }
bool activity_ids(const RedemptionMoved& fact) { return !fact.redemption_id.empty(); }
template <class Value>
bool activity_ids(const Value& fact) {
    return !fact.group.empty() && !fact.order_id.empty();
}

// Facts that must happen once carry an id of their own.
template <class Value>
bool has_ids(const Value& fact) {
    if constexpr (requires { fact.activity; })
        if (fact.activity.empty()) return false;
    if constexpr (requires { fact.group; } || requires { fact.redemption_id; }) return activity_ids(fact);
    if constexpr (requires { fact.answers; }) return true;
    if constexpr (requires { fact.code; fact.reference; })
        return !fact.reference.empty() && !(fact.coupon + fact.code).empty();
    if constexpr (requires { fact.reference; }) return !fact.reference.empty();
    if constexpr (requires { fact.hold_id; } && !requires { fact.order_id; }) return !fact.hold_id.empty();
    if constexpr (requires { fact.gift; }) return !fact.gift.empty();
    if constexpr (requires { fact.refund_id; }) return !fact.order_id.empty() && !fact.refund_id.empty();
    if constexpr (requires { fact.exchange_id; }) return !fact.order_id.empty() && !fact.exchange_id.empty();
    if constexpr (requires { fact.kind; }) return !fact.kind.empty() && !fact.value.empty();
    if constexpr (requires { fact.order_id; } && !requires { fact.reference; }) return !fact.order_id.empty();
    return true;
}

}  // namespace

bool is_in_range(Instant instant) { return instant >= first_instant && instant < last_instant; }

std::optional<Rejection> check_form(const Event& event) {
    if (!is_in_range(event.at) || !times_fit(event.fact)) return Rejection::time_out_of_range;
    if (!std::visit([](const auto& fact) { return fits(fact); }, event.fact)) return Rejection::text_too_long;
    if (!std::visit([](const auto& fact) { return has_ids(fact); }, event.fact)) return Rejection::id_missing;
    return std::nullopt;
}

}  // namespace regulars::engine
