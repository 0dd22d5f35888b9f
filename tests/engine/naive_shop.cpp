#include "naive_shop.hpp"

#include <algorithm>

namespace regulars::model {

// --- time ------------------------------------------------------------------------------------------------------------

Instant NaiveShop::days_later(Instant instant, int days) const {
    LocalTime time = zone_.local(instant);
    time.date = add_days(time.date, days);
    return zone_.instant(time);
}

Instant NaiveShop::nominal_settlement(const NaiveOrder& order) const {
    return order.settled_by_shop_at ? *order.settled_by_shop_at : settles_at(order);
}

Instant NaiveShop::due_of(const NaiveOrder& order) const {
    if (order.settled || order.over || !order.paid_at) return instant_max;
    const Instant at = nominal_settlement(order);
    return at == instant_max ? at : std::max(at, now_);
}

void NaiveShop::advance(Instant to) {
    for (;;) {
        NaiveOrder* next_order = nullptr;
        for (NaiveOrder& order : orders_)
            if (due_of(order) != instant_max && (next_order == nullptr || due_of(order) < due_of(*next_order)))
                next_order = &order;
        const Instant settlement = next_order != nullptr ? due_of(*next_order) : instant_max;
        const Instant next = std::min({tier_due(), expiry(), settlement});
        if (next == instant_max || next > to) break;
        now_ = std::max(now_, next);
        if (next == tier_due()) do_tier_due();
        else if (next == expiry()) lapse();
        else settle(*next_order);
    }
    now_ = std::max(now_, to);
}

bool NaiveShop::apply(const engine::Event& event) {
    advance(event.at);
    const bool accepted = apply_fact(event);
    if (!accepted && !registered_at_) {  // a refused first fact leaves nobody behind
        now_ = instant_min;
        return false;
    }
    if (!registered_at_) registered_at_ = now_;
    advance(now_);
    return accepted;
}

// --- facts -----------------------------------------------------------------------------------------------------------

bool NaiveShop::apply_fact(const engine::Event& event) {
    const engine::Fact& fact = event.fact;
    if (const auto* created = std::get_if<engine::OrderCreated>(&fact)) return create(*created, event.at);
    if (const auto* adjusted = std::get_if<engine::PointsAdjusted>(&fact)) return adjust(*adjusted);
    if (const auto* spent = std::get_if<engine::PointsSpent>(&fact)) return spend(*spent);
    if (const auto* topped_up = std::get_if<engine::BalanceToppedUp>(&fact)) return top_up(*topped_up);
    if (const auto* balance_spent = std::get_if<engine::BalanceSpent>(&fact)) return pay_by_balance(*balance_spent);
    if (const auto* thresholds = std::get_if<engine::TiersReviewed>(&fact)) return reviewed(*thresholds);
    if (const auto* tier = std::get_if<engine::TierGranted>(&fact)) {
        granted(*tier);
        return true;
    }
    if (const auto* profile = std::get_if<engine::ProfileChanged>(&fact)) return rename(*profile);
    const std::string order_id(engine::order_id_of(fact));
    if (order_id.empty()) return true;
    if (NaiveOrder* order = find(order_id)) return apply_order_fact(event, *order);
    if (std::find(parked_.begin(), parked_.end(), event) != parked_.end()) return false;
    parked_.push_back(event);
    return true;
}

bool NaiveShop::apply_order_fact(const engine::Event& event, NaiveOrder& order) {
    const engine::Fact& fact = event.fact;
    if (const auto* refunded = std::get_if<engine::OrderRefunded>(&fact))
        return give_back(order, refunded->refund_id, refunded->lines);
    if (const auto* exchanged = std::get_if<engine::OrderExchanged>(&fact))
        return give_back(order, exchanged->exchange_id, exchanged->lines);
    if (order.over || order.settled) return false;
    if (std::holds_alternative<engine::OrderSettled>(fact)) {
        if (!order.paid_at) return false;
        order.settled_by_shop_at = std::max(event.at, *order.paid_at);
        return true;
    }
    if (std::holds_alternative<engine::OrderCancelled>(fact)) {
        end_order(order);
        return true;
    }
    if (event.at < order.ordered_at) return false;
    if (const auto* paid = std::get_if<engine::OrderPaid>(&fact))
        return !order.paid_at && pay(order, paid->gift_card.count(), event.at);
    if (std::holds_alternative<engine::OrderShipped>(fact)) {
        if (order.shipped_at) return false;
        order.shipped_at = event.at;
        return true;
    }
    return true;
}

bool NaiveShop::create(const engine::OrderCreated& fact, Instant at) {
    if (find(fact.order_id) != nullptr) return false;
    orders_.push_back(order_from(fact, at));
    if (fact.paid_at) pay(orders_.back(), fact.gift_card.count(), *fact.paid_at);
    std::vector<engine::Event> waiting;
    std::erase_if(parked_, [&](const engine::Event& event) {
        const bool about_it = engine::order_id_of(event.fact) == fact.order_id;
        if (about_it) waiting.push_back(event);
        return about_it;
    });
    for (const engine::Event& event : waiting) apply_fact(event);
    return true;
}

bool NaiveShop::pay(NaiveOrder& order, std::int64_t gift_card, Instant at) {
    order.paid_at = at;
    order.gift_card = gift_card;
    order.tier_at_payment = tier_;
    spread_gift_card(order);
    order.cashback = cashback_of(order);
    return true;
}

bool NaiveShop::give_back(NaiveOrder& order, const std::string& refund_id,
                          const std::vector<engine::ReturnedLine>& lines) {
    const auto known = std::find(order.refund_ids.begin(), order.refund_ids.end(), refund_id);
    if (order.over || !order.paid_at || known != order.refund_ids.end()) return false;
    if (!model::take_back(order, lines)) return false;
    order.refund_ids.push_back(refund_id);
    if (nothing_left(order)) {
        end_order(order);
        return true;
    }
    if (!order.settled) return true;
    const std::int64_t points = order.granted - points_of(order);
    order.granted -= points;
    take_back(points, order.lot);
    if (points > 0 && partial_return_renews()) renew(order.id);
    take_cashback(order);
    return true;
}

bool NaiveShop::rename(const engine::ProfileChanged& fact) {
    if (registered_at_ && name_ == fact.name.value_or(name_)) return false;
    name_ = fact.name.value_or(name_);
    return true;
}

bool NaiveShop::adjust(const engine::PointsAdjusted& fact) {
    const std::int64_t points = fact.points.count();
    if (used("J" + fact.reference) || points == 0 || -points > available()) return false;
    references_.push_back("J" + fact.reference);
    if (points > 0) grant(points, "");
    else take(-points, 0, nullptr);
    return true;
}

bool NaiveShop::spend(const engine::PointsSpent& fact) {
    NaiveOrder* order = find(fact.order_id);
    const bool open = order != nullptr && !order->over && !order->settled;
    if (used("S" + fact.reference) || (!fact.order_id.empty() && !open) || fact.points.count() > available())
        return false;
    references_.push_back("S" + fact.reference);
    take(fact.points.count(), 0, order != nullptr ? &order->points_spent : nullptr);
    return true;
}

bool NaiveShop::top_up(const engine::BalanceToppedUp& fact) {
    if (used("T" + fact.reference)) return false;
    references_.push_back("T" + fact.reference);
    purse_topped_up_ += fact.amount.count();
    purse_bonus_ += fact.bonus.count();
    return true;
}

bool NaiveShop::pay_by_balance(const engine::BalanceSpent& fact) {
    std::int64_t amount = fact.amount.count();
    if (used("B" + fact.reference) || amount > purse_topped_up_ + purse_bonus_ + purse_cashback_) return false;
    references_.push_back("B" + fact.reference);
    for (std::int64_t* purse : {&purse_cashback_, &purse_bonus_, &purse_topped_up_}) {
        const std::int64_t part = std::min(*purse, amount);
        *purse -= part;
        amount -= part;
    }
    return true;
}

bool NaiveShop::used(const std::string& reference) {
    return std::find(references_.begin(), references_.end(), reference) != references_.end();
}

NaiveOrder* NaiveShop::find(const std::string& order_id) {
    for (NaiveOrder& order : orders_)
        if (order.id == order_id) return &order;
    return nullptr;
}

// --- orders ----------------------------------------------------------------------------------------------------------

void NaiveShop::settle(NaiveOrder& order) {
    order.settled = true;
    order.settled_on = zone_.date(nominal_settlement(order));
    order.counting = counting_;
    order.granted = points_of(order);
    order.lot = grant(order.granted, order.id);
    purse_cashback_ += cashback_left(order);
    order.cashback_back = order.cashback - cashback_left(order);
    climb();
}

void NaiveShop::end_order(NaiveOrder& order) {
    order.over = true;
    for (NaiveLine& line : order.lines) line.amount_left = line.quantity_left = 0;
    if (order.settled) {
        take_back(order.granted, order.lot);
        order.granted = 0;
        take_cashback(order);
    }
    return_spent(order);
    std::erase_if(renewals_, [&](const Renewal& renewal) { return renewal.order_id == order.id; });
    if (rolls() && (renewals_.empty() || expiry() <= now_)) lapse();
}

/// The share of the order's cashback that belongs to what is left of it, rounded down.
std::int64_t NaiveShop::cashback_left(const NaiveOrder& order) const {
    if (order.over || order.cashback == 0) return 0;
    ExactSum share;
    share.add(static_cast<Wide>(order.cashback) * amount_left(order), amount_ordered(order));
    return share.rounded_down();
}

/// What was spent of it already stays spent: the shop keeps that from the refund.
void NaiveShop::take_cashback(NaiveOrder& order) {
    const std::int64_t back = order.cashback - order.cashback_back - cashback_left(order);
    order.cashback_back += back;
    purse_cashback_ -= std::min(back, purse_cashback_);
}

std::int64_t NaiveShop::spend_between(LocalDate first, LocalDate last) const {
    std::int64_t sum = 0;
    for (const NaiveOrder& order : orders_)
        if (order.settled && order.settled_on >= first && order.settled_on <= last) sum += amount_left(order);
    return sum;
}

std::int64_t NaiveShop::orders_between(LocalDate first, LocalDate last) const {
    std::int64_t count = 0;
    for (const NaiveOrder& order : orders_)
        if (order.settled && !order.over && order.settled_on >= first && order.settled_on <= last) ++count;
    return count;
}

// --- points ----------------------------------------------------------------------------------------------------------

int NaiveShop::grant(std::int64_t points, const std::string& order_id) {
    if (points == 0) return 0;
    const std::int64_t repaid = std::min(points, owed_);
    owed_ -= repaid;
    const auto last_day = last_day_of_points(today());
    const int lot = put(points - repaid, last_day ? zone_.end_of(*last_day) : instant_max);
    if (rolls()) renew(order_id);
    return lot;
}

int NaiveShop::put(std::int64_t points, Instant expires_at) {
    if (points == 0) return 0;
    for (Lot& lot : lots_) {
        if (lot.expires_at != expires_at) continue;
        lot.left += points;
        return lot.id;
    }
    lots_.push_back({++last_lot_, points, expires_at});
    std::sort(lots_.begin(), lots_.end(), [](const Lot& a, const Lot& b) { return a.expires_at < b.expires_at; });
    return last_lot_;
}

void NaiveShop::take(std::int64_t points, int preferred_lot, std::vector<NaiveSpent>* spent) {
    const auto take_from = [&](Lot& lot) {
        const std::int64_t part = std::min(points, lot.left);
        lot.left -= part;
        points -= part;
        if (spent != nullptr && part > 0) spent->push_back({part, lot.expires_at});
    };
    for (Lot& lot : lots_)
        if (lot.id == preferred_lot) take_from(lot);
    for (Lot& lot : lots_) take_from(lot);
    std::erase_if(lots_, [](const Lot& lot) { return lot.left == 0; });
}

void NaiveShop::take_back(std::int64_t points, int preferred_lot) {
    const std::int64_t taken = std::min(points, available());
    take(taken, preferred_lot, nullptr);
    owed_ += points - taken;
}

void NaiveShop::return_spent(NaiveOrder& order) {
    for (const NaiveSpent& spent : order.points_spent) {
        const std::int64_t repaid = std::min(spent.points, owed_);
        owed_ -= repaid;
        put(spent.points - repaid, spent.expires_at);
    }
    order.points_spent.clear();
}

void NaiveShop::renew(const std::string& order_id) {
    renewals_.push_back({order_id, zone_.end_of(renewed_until(today()))});
}

Instant NaiveShop::expiry() const {
    if (!rolls()) return lots_.empty() ? instant_max : lots_.front().expires_at;
    return renewals_.empty() ? instant_max : renewals_.back().expires_at;
}

void NaiveShop::lapse() {
    std::erase_if(lots_, [&](const Lot& lot) { return rolls() || lot.expires_at <= now_; });
    renewals_.clear();
}

std::int64_t NaiveShop::available() const {
    std::int64_t sum = 0;
    for (const Lot& lot : lots_) sum += lot.left;
    return sum;
}

Standing NaiveShop::standing() const {
    Standing standing;
    standing.tier = tier_;
    standing.period_last_day = period_last_day_;
    standing.points = available();
    for (const Lot& lot : lots_) standing.lots[rolls() ? expiry().ms : lot.expires_at.ms] += lot.left;
    standing.owed = owed_;
    standing.cashback = purse_cashback_;
    for (const NaiveOrder& order : orders_) {
        if (order.paid_at && !order.settled && !order.over) standing.pending += points_of(order);
        if (!order.settled || order.over) continue;
        standing.spend += amount_left(order);
        standing.growth += growth_of(order);
        ++standing.orders;
    }
    standing.counted = counted();
    return standing;
}

}  // namespace regulars::model
