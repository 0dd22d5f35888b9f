#include "engine/orders/groups.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "engine/activities/rewards.hpp"
#include "engine/holdings/points.hpp"
#include "engine/orders/returns.hpp"
#include "engine/orders/settle.hpp"

namespace regulars::engine {

namespace {

using programme::Promotion;

constexpr std::int64_t ms_per_hour = 3'600 * ms_per_second;

const Promotion* group_promotion(const programme::Programme& programme, std::string_view name) {
    const Promotion* promotion = programme.promotions.find(name);
    return promotion == nullptr || promotion->kind != Promotion::Kind::group ? nullptr : promotion;
}

Group* find_group(Member& member, std::string_view name) {
    const auto found = std::find_if(member.groups.begin(), member.groups.end(),
                                    [&](const Group& group) { return group.group == name; });
    return found == member.groups.end() ? nullptr : &*found;
}

// The group without a name in which an order waits to be opened or to join.
Group* find_nameless(Member& member, std::string_view order_id) {
    const auto found = std::find_if(member.groups.begin(), member.groups.end(), [&](const Group& group) {
        return group.group.empty() && group.seats.front().order_id == order_id;
    });
    return found == member.groups.end() ? nullptr : &*found;
}

Group take_out(Member& member, const Group* group) {
    Group taken = *group;
    member.groups.erase(member.groups.begin() + (group - member.groups.data()));
    return taken;
}

void tell(Decision& decision, const Group& group) {
    if (!group.group.empty()) decision.outcome.groups.push_back({group, decision.now});
}

void notice(Decision& decision, NoticeKind kind, const std::string& subject, OrderNumber order) {
    decision.outcome.notices.push_back({decision.now, kind, subject, {}, order});
}

// What a paid order with this id waits in, if it may open or join a group of this promotion.
Group* group_to_use(Member& member, const std::string& order_id, const std::string& promotion) {
    const Order* order = find_open_order(member, order_id);
    if (order == nullptr || order->status != OrderStatus::paid) return nullptr;
    Group* group = find_nameless(member, order_id);
    return group != nullptr && group->promotion == promotion ? group : nullptr;
}

bool sits_in(Member& member, const std::string& order_id, const std::string& group) {
    const Order* order = find_open_order(member, order_id);
    return order != nullptr && order->group == group;
}

// The order counts by the programme's settlement, but not before the group has filled.
void go_on(Decision& decision, Order& order) {
    order.group_leader = MemberId();
    schedule_settlement(decision, order);
    order.settles_at = std::max(order.settles_at, decision.now);
    decision.outcome.changed_orders.push_back(order.number);
}

// An order of a group that has failed.
void give_up(Decision& decision, std::string_view order_id, const std::string& subject) {
    Member& member = decision.member;
    Order* order = find_open_order(member, order_id);
    if (order == nullptr) return;
    cancel_order(decision, *order);
    order->group_leader = MemberId();
    notice(decision, NoticeKind::group_failed, subject, order->number);
    decision.outcome.closed_orders.push_back(std::move(*order));
    member.open_orders.erase(member.open_orders.begin() + (order - member.open_orders.data()));
}

void tell_others(Decision& decision, const Group& group, bool filled) {
    for (std::size_t i = 1; i < group.seats.size(); ++i)
        decision.outcome.follow_ups.push_back({group.seats[i].member, decision.now,
                                               GroupEnded{group.group, group.seats[i].order_id, filled}});
}

// As the programme in force says. The order keeps that it was given, and under which version, among its costs.
void reward_leader(Decision& decision, Order& order, const std::string& name) {
    const Promotion* promotion = group_promotion(decision.programme, name);
    if (promotion == nullptr || promotion->leader_reward.empty()) return;
    const GivenReward given = give_reward(decision, promotion->leader_reward,
                                    {promotion->name, promotion->benefit, Cause::group, order.number});
    order.costs.push_back({promotion->benefit, false, given.cashback, Money(), decision.programme.version});
}

// The promotion whose leader's reward such a cost stands for; null: it is another cost.
const Promotion* rewarded_by(const Decision& decision, const OrderCost& cost) {
    const auto* made_by = decision.versions.find(cost.programme_version);
    if (cost.programme_version == 0 || cost.by_amount || made_by == nullptr) return nullptr;
    return group_promotion(*made_by, made_by->benefits[cost.benefit]);
}

void fill(Decision& decision, const Group* place) {
    Group group = take_out(decision.member, place);
    group.status = GroupStatus::filled;
    tell(decision, group);
    Order* order = find_open_order(decision.member, group.seats.front().order_id);
    check(order != nullptr, "a group ends with its leader's order");
    const OrderNumber number = order->number;
    go_on(decision, *order);
    notice(decision, NoticeKind::group_filled, group.group, number);
    reward_leader(decision, *order, group.promotion);
    tell_others(decision, group, true);
}

// The leader's own order has ended, or does now.
void fail(Decision& decision, const Group* place) {
    Group group = take_out(decision.member, place);
    group.status = GroupStatus::failed;
    tell(decision, group);
    const GroupSeat& own = group.seats.front();
    give_up(decision, own.order_id, group.group.empty() ? own.order_id : group.group);
    tell_others(decision, group, false);
}

expected<void, Rejection> duplicate(Decision& decision) {
    decision.outcome.duplicate = true;
    return {};
}

std::vector<GroupSeat>::iterator seat_of(Group& group, MemberId who) {
    return std::find_if(group.seats.begin(), group.seats.end(),
                        [&](const GroupSeat& seat) { return seat.member == who; });
}

expected<void, Rejection> give_up_seat(Decision& decision, Group& group, const GroupSeatTaken& fact) {
    const auto seat = seat_of(group, fact.who);
    if (seat == group.seats.end() || seat == group.seats.begin() || seat->order_id != fact.order_id)
        return unexpected(Rejection::group_not_found);
    group.seats.erase(seat);
    tell(decision, group);
    return {};
}

}  // namespace

expected<void, Rejection> on_fact(const OrderEvent& event, const GroupOpened& fact) {
    Decision& decision = event.decision;
    Member& member = decision.member;
    if (sits_in(member, fact.order_id, fact.group)) return duplicate(decision);
    const Promotion* promotion = group_promotion(decision.programme, fact.promotion);
    if (promotion == nullptr) return unexpected(Rejection::unknown_promotion);
    Group* group = group_to_use(member, fact.order_id, fact.promotion);
    if (group == nullptr || find_group(member, fact.group) != nullptr)
        return unexpected(Rejection::group_not_possible);

    Order& order = *find_open_order(member, fact.order_id);
    order.group = fact.group;
    decision.outcome.changed_orders.push_back(order.number);
    group->group = fact.group;
    group->programme_version = decision.programme.version;
    group->size = promotion->group_size;
    group->ends_at = Instant{decision.now.ms + promotion->group_hours * ms_per_hour};
    tell(decision, *group);
    return {};
}

expected<void, Rejection> on_fact(const OrderEvent& event, const GroupJoined& fact) {
    Decision& decision = event.decision;
    Member& member = decision.member;
    if (sits_in(member, fact.order_id, fact.group)) return duplicate(decision);
    if (group_promotion(decision.programme, fact.promotion) == nullptr)
        return unexpected(Rejection::unknown_promotion);
    Group* own = group_to_use(member, fact.order_id, fact.promotion);
    if (own == nullptr) return unexpected(Rejection::group_not_possible);
    if (fact.leader == member.id) return unexpected(Rejection::group_full);

    static_cast<void>(take_out(member, own));
    Order& order = *find_open_order(member, fact.order_id);
    order.group = fact.group;
    order.group_leader = fact.leader;
    decision.outcome.changed_orders.push_back(order.number);
    return {};
}

expected<void, Rejection> on_fact(const OrderEvent& event, const GroupSeatTaken& fact) {
    Decision& decision = event.decision;
    Group* group = find_group(decision.member, fact.group);
    if (group != nullptr && !fact.given_up && group->promotion != fact.promotion)
        return unexpected(Rejection::group_not_possible);
    if (group == nullptr) return unexpected(Rejection::group_not_found);
    if (fact.given_up) return give_up_seat(decision, *group, fact);
    const auto seat = seat_of(*group, fact.who);
    if (seat != group->seats.end() && seat->order_id == fact.order_id) return duplicate(decision);
    if (seat != group->seats.end()) return unexpected(Rejection::group_full);

    group->seats.push_back({fact.who, fact.order_id});
    if (static_cast<std::int64_t>(group->seats.size()) >= group->size) fill(decision, group);
    else tell(decision, *group);
    return {};
}

expected<void, Rejection> on_fact(const OrderEvent& event, const GroupEnded& fact) {
    Decision& decision = event.decision;
    Order* order = find_open_order(decision.member, fact.order_id);
    if (order == nullptr || order->group != fact.group || !is_waiting(*order))
        return unexpected(Rejection::group_not_found);
    if (!fact.filled) {
        give_up(decision, fact.order_id, fact.group);
        return {};
    }
    const OrderNumber number = order->number;
    go_on(decision, *order);
    notice(decision, NoticeKind::group_filled, fact.group, number);
    return {};
}

void wait_for_group(Decision& decision, Order& order) {
    const Promotion* promotion = nullptr;
    for (const OrderLine& line : order.lines)
        if (promotion == nullptr && !line.promotion.empty())
            promotion = group_promotion(decision.programme, line.promotion);
    if (promotion == nullptr) return;
    Member& member = decision.member;
    order.group_leader = member.id;
    Group& group = member.groups.emplace_back();
    group.promotion = promotion->name;
    group.programme_version = decision.programme.version;
    group.size = promotion->group_size;
    group.ends_at = Instant{decision.now.ms + promotion->group_hours * ms_per_hour};
    group.seats.push_back({member.id, order.order_id});
}

void leave_group(Decision& decision, const Order& order) {
    if (!is_waiting(order)) return;
    Member& member = decision.member;
    if (order.group_leader != member.id) {
        decision.outcome.follow_ups.push_back(
            {order.group_leader, decision.now, GroupSeatTaken{order.group, member.id, order.order_id, true, {}}});
        return;
    }
    const Group* place = order.group.empty() ? find_nameless(member, order.order_id) : find_group(member, order.group);
    if (place == nullptr) return;
    Group group = take_out(member, place);
    group.status = GroupStatus::failed;
    tell(decision, group);
    tell_others(decision, group, false);
}

void take_back_leader_reward(Decision& decision, const Order& order) {
    for (const OrderCost& cost : order.costs) {
        const Promotion* promotion = rewarded_by(decision, cost);
        if (promotion == nullptr) continue;
        const programme::Reward& reward = promotion->leader_reward;
        const auto& policy = decision.versions.find(cost.programme_version)->points;
        take_back_points(decision, policy, reward.points, Cause::group, order.number, {});
        Balance& balance = decision.member.balance;
        const Money taken = std::min(reward.cashback, balance.cashback);
        balance.cashback -= taken;
        book(decision, Account::balance_cashback, Account::programme_cost, taken.count(), Cause::group, order.number);
        decision.outcome.kept_from_refund += reward.cashback - taken;
    }
}

void end_groups(Decision& decision) {
    auto& groups = decision.member.groups;
    for (;;) {
        const auto due = std::find_if(groups.begin(), groups.end(),
                                      [&](const Group& group) { return group.ends_at <= decision.now; });
        if (due == groups.end()) return;
        fail(decision, &*due);
    }
}

}  // namespace regulars::engine
