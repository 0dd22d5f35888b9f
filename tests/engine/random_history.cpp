#include "random_history.hpp"

#include <algorithm>
#include <ostream>

namespace regulars::model {

std::ostream& operator<<(std::ostream& out, const Step& step) {
    return out << '{' << step.kind << ',' << step.pause << ',' << step.length << ',' << step.target << ','
               << step.size << ',' << step.detail << '}';
}

rc::Gen<std::vector<Step>> lives() {
    const auto number = rc::gen::inRange(0, 1000);
    const auto step = rc::gen::construct<Step>(number, number, number, number, number, number);
    return rc::gen::container<std::vector<Step>>(step);
}

LifeReader::LifeReader(const Habits& habits)
    : habits_(habits), zone_(*Zone::find(habits.zone)), now_(zone_.instant({*date_of(2023, 6, 1), 10 * 3'600'000})) {}

engine::Event LifeReader::read(const Step& step) {
    const Instant at = pass(step);
    return {at, fact_of(step)};
}

Instant LifeReader::pass(const Step& step) {
    if (step.pause % 10 == 9) at_ = Instant{now_.ms - (step.length % 60) * ms_per_day - step.size};
    else at_ = now_ = later(step);
    return at_;
}

Instant LifeReader::pass_minutes(int minutes) { return at_ = now_ = Instant{now_.ms + minutes * std::int64_t{60'000}}; }

std::string LifeReader::next_reference(std::string_view kind) {
    return std::string(kind) + std::to_string(++references_);
}

Instant LifeReader::later(const Step& step) const {
    LocalTime local = zone_.local(now_);
    switch (step.pause % 10) {
        case 0: return now_;
        case 1: return {now_.ms + step.length * 60'000 + 1};
        case 2: return zone_.end_of(local.date);
        case 3: return {zone_.end_of(local.date).ms - 1};
        case 4: local.date = add_days(local.date, 30); return zone_.instant(local);
        case 5: local.date = add_months(local.date, 1 + step.length % 12); return zone_.instant(local);
        case 6: local.date = add_years(local.date, 1); return zone_.end_of(local.date);
        case 7: return zone_.start_of(add_days(last_of(CalendarUnit::month, local.date), 1));
        default: return {now_.ms + (step.length % 60) * ms_per_day + step.length * 1000};
    }
}

engine::Line LifeReader::line_of(int size, int detail) const {
    engine::Line line;
    const auto& amounts = habits_.amounts;
    const std::int64_t near = amounts[static_cast<std::size_t>(size) % amounts.size()];
    line.amount = Money(std::max<std::int64_t>(0, near + detail % 5 - 2));
    line.quantity = 1 + detail % 4;
    if (detail % 3 == 0) {
        const auto kind = static_cast<std::size_t>(detail / 3) % habits_.price_kinds.size();
        line.price_kind = habits_.price_kinds[kind];
    }
    line.product = "product " + std::to_string(detail % 7);
    line.sku = "sku " + std::to_string(detail % 11);
    return line;
}

engine::OrderCreated LifeReader::order_of(const Step& step) {
    engine::OrderCreated order;
    order.order_id = "A" + std::to_string(++orders_);
    std::int64_t amount = 0;
    for (int i = 0; i <= step.target % 3; ++i) {
        order.lines.push_back(line_of(step.size + i * 7, step.detail + i * 5));
        amount += order.lines.back().amount.count();
    }
    const bool paid = step.detail % 8 != 0;
    if (paid) order.paid_at = at_;
    if (paid && habits_.ships && step.detail % 8 != 1)
        order.shipped_at = Instant{at_.ms + (step.length % 4) * 11 * 3'600'000};
    if (paid && habits_.gift_cards && step.size % 5 == 0) order.gift_card = Money(amount / (1 + step.size % 4));
    return order;
}

std::string LifeReader::some_order(int target) const {
    // Sometimes one that does not exist yet: its return is parked.
    return "A" + std::to_string(1 + target % (orders_ + 1));
}

std::vector<engine::ReturnedLine> LifeReader::returned_of(const Step& step) const {
    std::vector<engine::ReturnedLine> lines;
    if (step.detail % 3 == 0) return lines;
    engine::ReturnedLine line;
    line.line = static_cast<std::uint32_t>(step.size % 3);
    if (step.detail % 3 == 1) line.quantity = 1 + step.size % 3;
    if (step.detail % 9 == 2) line.amount = Money(step.length * 100);
    lines.push_back(line);
    return lines;
}

engine::Fact LifeReader::money_fact(const Step& step) {
    std::string reference = next_reference("B");
    if (step.size % 2 == 0) return engine::BalanceToppedUp{Money(step.size + 1), Money(step.length), reference};
    return engine::BalanceSpent{Money(1 + step.length), reference, ""};
}

engine::Fact LifeReader::fact_of(const Step& step) {
    switch (step.kind % 20) {
        case 0: case 1: case 2: case 3: case 4: case 5: case 6: case 7: return order_of(step);
        case 8: return engine::OrderPaid{some_order(step.target), Money(0)};
        case 9: return engine::OrderShipped{some_order(step.target)};
        case 10: case 11: case 12: {
            std::string refund = "R" + std::to_string(step.detail % 50);
            return engine::OrderRefunded{some_order(step.target), std::move(refund), returned_of(step)};
        }
        case 13: {
            std::string exchange = "X" + std::to_string(step.detail % 50);
            return engine::OrderExchanged{some_order(step.target), std::move(exchange), returned_of(step)};
        }
        case 14: return engine::OrderCancelled{some_order(step.target)};
        case 15: {
            const std::int64_t points = step.detail % 2 == 0 ? step.size : -step.size;
            return engine::PointsAdjusted{Points(points), next_reference("J"), "correction"};
        }
        case 16: case 17: {
            std::string order_id = step.detail % 2 == 0 || orders_ == 0 ? "" : some_order(step.target % orders_);
            return engine::PointsSpent{Points(1 + step.size * (1 + step.detail % 5)),
                                       next_reference("S"), std::move(order_id)};
        }
        case 18:
            if (step.detail % 3 == 0) return engine::OrderSettled{some_order(step.target)};
            if (step.detail % 3 == 1) return money_fact(step);
            if (!habits_.tiers.empty()) {
                const auto tier = static_cast<std::size_t>(step.target) % habits_.tiers.size();
                return engine::TierGranted{habits_.tiers[tier], std::nullopt, "reward"};
            }
            [[fallthrough]];
        default:
            if (!habits_.thresholds.empty() && step.kind % 20 == 19)
                return engine::TiersReviewed{habits_.thresholds};
            return engine::ProfileChanged{"Name " + std::to_string(step.size), {}, {}, {}, {}, {}};
    }
}

std::vector<engine::Event> events_of(const std::vector<Step>& steps, const Habits& habits) {
    LifeReader reader(habits);
    std::vector<engine::Event> events;
    for (const Step& step : steps) events.push_back(reader.read(step));
    return events;
}

}  // namespace regulars::model
