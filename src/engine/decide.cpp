#include <algorithm>

#include "base/limits.hpp"
#include "engine/activities/behaviours.hpp"
#include "engine/activities/check_ins.hpp"
#include "engine/activities/draws.hpp"
#include "engine/activities/product_reviews.hpp"
#include "engine/activities/questionnaires.hpp"
#include "engine/activities/trials.hpp"
#include "engine/engine.hpp"
#include "engine/friends/referrals.hpp"
#include "engine/holdings/account.hpp"
#include "engine/holdings/benefits.hpp"
#include "engine/holdings/coupons.hpp"
#include "engine/holdings/grants.hpp"
#include "engine/holdings/offers.hpp"
#include "engine/holdings/plans.hpp"
#include "engine/holdings/stored_value.hpp"
#include "engine/orders/groups.hpp"
#include "engine/orders/holds.hpp"
#include "engine/orders/mall.hpp"
#include "engine/orders/orders.hpp"
#include "engine/people/merge.hpp"
#include "engine/people/personal.hpp"
#include "engine/validate.hpp"

namespace regulars::engine {

namespace {

// Facts about an order wait in the aggregate until the order is known.
bool waits_for_order(const Member& member, const Event& event, const Context& context, const Outcome& outcome) {
    const bool about_order = std::holds_alternative<OrderPaid>(event.fact) ||
                             std::holds_alternative<OrderShipped>(event.fact) ||
                             std::holds_alternative<OrderDelivered>(event.fact) ||
                             std::holds_alternative<OrderSettled>(event.fact) ||
                             std::holds_alternative<OrderCancelled>(event.fact) ||
                             std::holds_alternative<OrderRefunded>(event.fact) ||
                             std::holds_alternative<OrderExchanged>(event.fact);
    if (!about_order || context.closed_order != nullptr) return false;
    const auto is_it = [order_id = order_id_of(event.fact)](const Order& order) { return order.order_id == order_id; };
    // It may have settled just now, while time passed up to the event.
    return std::none_of(member.open_orders.begin(), member.open_orders.end(), is_it) &&
           std::none_of(outcome.closed_orders.begin(), outcome.closed_orders.end(), is_it);
}

expected<void, Rejection> park(Decision& decision, const Event& event) {
    auto& parked = decision.member.parked;
    // What the event was told of stocks is no part of what it says.
    const auto is_it = [&](const Event& waiting) { return waiting.at == event.at && waiting.fact == event.fact; };
    if (std::any_of(parked.begin(), parked.end(), is_it)) {
        decision.outcome.duplicate = true;
        return {};
    }
    if (parked.size() >= limits::parked_events_max) return unexpected(Rejection::too_many_parked_events);
    parked.push_back({event.at, event.fact, {}, {}, {}});
    decision.outcome.parked = true;
    explain(decision, "parked", [] { return std::string("the order is not known yet; this waits until it is"); });
    return {};
}

expected<void, Rejection> apply(Decision& decision, const Event& event, const Context& context) {
    return std::visit(
        [&](const auto& fact) -> expected<void, Rejection> {
            if constexpr (requires(OrderEvent order_event) { on_fact(order_event, fact); })
                return on_fact(OrderEvent{decision, event.at, context}, fact);
            else if constexpr (requires(MergeEvent merge_event) { on_fact(merge_event, fact); })
                return on_fact(MergeEvent{decision, context.other}, fact);
            else
                return on_fact(decision, fact);
        },
        event.fact);
}

// What waited for this order happens now, in order of arrival. One that does not fit is dropped, and that is said even
// to those who did not ask for reasons: whoever sent it was told that it would wait.
void apply_parked(Decision& decision, const std::string& order_id, const Context& context) {
    std::vector<Event> waiting;
    std::erase_if(decision.member.parked, [&](Event& event) {
        if (order_id_of(event.fact) != order_id) return false;
        waiting.push_back(std::move(event));
        return true;
    });
    for (Event& event : waiting) {
        const auto applied = apply(decision, event, context);
        if (!applied)
            decision.outcome.explanation.push_back({std::string(code_of(applied.error())),
                                                    "waiting " + std::string(name_of(event.fact)) + " refused: " +
                                                        std::string(text_of(applied.error()).sentence)});
        decision.outcome.applied_parked.push_back(std::move(event));
    }
    decision.outcome.duplicate = false;
}

bool tells_of_person(const Fact& fact) {
    return std::holds_alternative<Registered>(fact) || std::holds_alternative<ProfileChanged>(fact) ||
           std::holds_alternative<IdentityLinked>(fact) || std::holds_alternative<ConsentChanged>(fact) ||
           std::holds_alternative<ProductReviewed>(fact) || std::holds_alternative<MarksTold>(fact) ||
           std::holds_alternative<QuestionnaireAnswered>(fact) || std::holds_alternative<TrialReported>(fact);
}

// Of two members who are merged, one may have been told of the order and the other of its payment.
void apply_parked_of_open_orders(Decision& decision, const Context& context) {
    if (decision.member.parked.empty()) return;
    std::vector<std::string> order_ids;
    for (const Order& order : decision.member.open_orders) order_ids.push_back(order.order_id);
    for (const std::string& order_id : order_ids) apply_parked(decision, order_id, context);
}

}  // namespace

expected<void, Rejection> decide(const programme::Versions& versions, Member& member, const Event& event,
                                 const Context& context, Outcome& outcome) {
    if (const auto rejection = check_form(event)) return unexpected(*rejection);
    const bool is_new = member.registered_at == instant_min;
    advance(versions, member, event.at, outcome);
    const Instant now = std::max(member.advanced_to, event.at);
    Decision decision{versions, versions.current(), member, outcome, now, &event.stock, event.redeems,
                      event.chance ? &*event.chance : nullptr};
    if (is_new) register_member(decision);

    if (member.merged_into != MemberId() && !std::holds_alternative<MergeUndone>(event.fact))
        return unexpected(Rejection::member_merged);
    if (member.erased && tells_of_person(event.fact)) return unexpected(Rejection::member_erased);
    const auto applied =
        waits_for_order(member, event, context, outcome) ? park(decision, event) : apply(decision, event, context);
    if (!applied) {
        if (is_new) {
            member = new_member(member.id);
            outcome.clear();
        }
        return unexpected(applied.error());
    }
    if (outcome.duplicate) return {};
    ++member.event_sequence;
    // A member who is over gets nothing more; one whose merge is undone has the time since then before them.
    const bool is_over = member.merged_into != MemberId();
    if (!is_over && !std::holds_alternative<MergeUndone>(event.fact)) schedule_grants(decision);
    if (std::holds_alternative<MembersMerged>(event.fact)) apply_parked_of_open_orders(decision, context);
    if (const auto* created = std::get_if<OrderCreated>(&event.fact))
        if (!member.parked.empty()) apply_parked(decision, created->order_id, context);
    if (const auto* redeemed = std::get_if<GoodsRedeemed>(&event.fact))
        if (!member.parked.empty() && !redeemed->order_id.empty()) apply_parked(decision, redeemed->order_id, context);
    advance(versions, member, now, outcome);
    return {};
}

}  // namespace regulars::engine
