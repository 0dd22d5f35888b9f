#include "engine/holdings/points.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/fraction.hpp"
#include "base/limits.hpp"

namespace regulars::engine {

namespace {

using programme::Expiry;

std::int32_t months_of(CalendarUnit unit) {
    switch (unit) {
        case CalendarUnit::month: return 1;
        case CalendarUnit::quarter: return 3;
        case CalendarUnit::half_year: return 6;
        case CalendarUnit::year: return 12;
        case CalendarUnit::day:
        case CalendarUnit::week: break;
    }
    check_failed("points expire at the end of a month or longer unit");
}

LocalDate next_month_day(programme::MonthDay month_day, LocalDate today, std::int32_t years_ahead) {
    const auto in_year = [&](std::int32_t year) {
        const auto date = date_of(year, month_day.month, month_day.day);
        return date ? *date : *date_of(year, month_day.month, month_day.day - 1);  // 29 February falls back to 28
    };
    const std::int32_t year = parts_of(today).year + years_ahead;
    const LocalDate date = in_year(year);
    return date >= today ? date : in_year(year + 1);
}

// The last day on which points granted today can be used; nothing when they never lapse or the balance rolls.
std::optional<LocalDate> last_day(const Expiry& expiry, LocalDate today) {
    switch (expiry.kind) {
        case Expiry::Kind::never:
        case Expiry::Kind::rolling: return std::nullopt;
        case Expiry::Kind::after: return programme::add(today, expiry.span);
        case Expiry::Kind::end_of:
            return last_of(expiry.unit,
                           add_months(first_of(expiry.unit, today), expiry.count * months_of(expiry.unit)));
        case Expiry::Kind::fixed_date:
            return expiry.date ? *expiry.date : next_month_day(expiry.month_day, today, expiry.count);
    }
    check_failed("an expiry has a kind");
}

// Points that lapse together and were made by one version lie in one lot.
LotId put(Decision& decision, Points points, Instant expires_at, std::uint32_t version, OrderNumber order) {
    auto& lots = decision.member.lots;
    auto place = std::upper_bound(lots.begin(), lots.end(), expires_at,
                                  [](Instant at, const Lot& lot) { return at < lot.expires_at; });
    decision.member.points_available += points;
    for (auto lot = place; lot != lots.begin() && std::prev(lot)->expires_at == expires_at; --lot) {
        Lot& same = *std::prev(lot);
        if (same.programme_version != version) continue;
        same.left += points;
        if (same.order != order) same.order = {};
        return same.id;
    }
    const LotId id{++decision.member.last_lot_id};
    lots.insert(place, Lot{id, points, decision.now, expires_at, version, order});
    return id;
}

Points take_from(Decision& decision, Lot& lot, Points wanted, Account to, Cause cause, OrderNumber order,
                 std::vector<SpentLot>* taken) {
    const Points part = std::min(wanted, lot.left);
    lot.left -= part;
    decision.member.points_available -= part;
    book(decision, Account::points_available, to, part.count(), cause, order, lot.id);
    if (taken != nullptr) taken->push_back({part, lot.expires_at, lot.programme_version});
    return part;
}

void drop_empty_lots(Member& member) {
    std::erase_if(member.lots, [](const Lot& lot) { return lot.left.is_zero(); });
}

// Expiry of lots in rolling mode is that of the whole balance; the renewals say when.
void refresh_rolling(Member& member) {
    member.rolling_expires_at = instant_min;
    for (const Renewal& renewal : member.renewals)
        member.rolling_expires_at = std::max(member.rolling_expires_at, renewal.expires_at);
    if (member.renewals.empty() && member.lots.empty()) member.rolling_expires_at = instant_max;
}

void repay_debt(Decision& decision, Points& points, OrderNumber order) {
    const Points repaid = std::min(points, decision.member.points_owed);
    if (repaid.is_zero()) return;
    decision.member.points_owed -= repaid;
    points -= repaid;
    book(decision, Account::points_available, Account::points_owed, repaid.count(), Cause::debt_repaid, order);
}

}  // namespace

LotId grant_points(Decision& decision, Points points, Cause cause, OrderNumber order) {
    if (points <= Points()) return {};
    const Expiry& expiry = decision.programme.points.expiry;
    const Account from = cause == Cause::adjustment ? Account::points_adjusted : Account::points_issued;
    const std::size_t entry = decision.outcome.ledger.size();
    book(decision, from, Account::points_available, points.count(), cause, order);
    repay_debt(decision, points, order);
    LotId id;
    if (!points.is_zero()) {
        Instant expires_at = instant_max;
        if (const auto day = last_day(expiry, decision.today())) expires_at = decision.programme.zone.end_of(*day);
        id = put(decision, points, expires_at, decision.programme.version, order);
        decision.outcome.ledger[entry].lot = id;
    }
    if (expiry.kind == Expiry::Kind::rolling) renew_balance(decision, order);
    return id;
}

Points take_points(Decision& decision, Points points, Account to, Cause cause, OrderNumber order, LotId preferred,
                   std::vector<SpentLot>* taken) {
    Points left = points;
    if (preferred.value != 0)
        for (Lot& lot : decision.member.lots)
            if (lot.id == preferred) left -= take_from(decision, lot, left, to, cause, order, taken);
    for (Lot& lot : decision.member.lots) {
        if (left.is_zero()) break;
        if (!lot.left.is_zero()) left -= take_from(decision, lot, left, to, cause, order, taken);
    }
    drop_empty_lots(decision.member);
    return points - left;
}

void give_back_points(Decision& decision, const std::vector<SpentLot>& spent, OrderNumber order, Account from,
                      Cause cause) {
    for (const SpentLot& part : spent) {
        Points points = part.points;
        book(decision, from, Account::points_available, points.count(), cause, order);
        repay_debt(decision, points, order);
        if (!points.is_zero()) put(decision, points, part.expires_at, part.programme_version, order);
    }
    // Points that come back share the balance's expiry; where it has passed they lapse now.
    if (decision.programme.points.expiry.kind == Expiry::Kind::rolling) refresh_rolling(decision.member);
}

void take_back_points(Decision& decision, const programme::PointsPolicy& policy, Points points, Cause cause,
                      OrderNumber order, LotId lot) {
    if (points <= Points()) return;
    const Points short_by =
        points - take_points(decision, points, Account::points_reversed, cause, order, lot, nullptr);
    if (short_by.is_zero()) return;
    switch (policy.shortfall) {
        case programme::Shortfall::negative_balance:
            decision.member.points_owed += short_by;
            book(decision, Account::points_owed, Account::points_reversed, short_by.count(), cause, order);
            return;
        case programme::Shortfall::from_refund:
            decision.outcome.kept_from_refund += Money(multiply(short_by.count(), policy.value, Rounding::half_up));
            [[fallthrough]];
        case programme::Shortfall::write_off:
            book(decision, Account::points_written_off, Account::points_reversed, short_by.count(), Cause::write_off,
                 order);
            return;
    }
    check_failed("a shortfall policy is one of three");
}

void expire_points(Decision& decision) {
    Member& member = decision.member;
    const bool all = member.rolling_expires_at <= decision.now;
    for (Lot& lot : member.lots) {
        if (!all && lot.expires_at > decision.now) continue;
        take_from(decision, lot, lot.left, Account::points_expired, Cause::expiry, lot.order, nullptr);
    }
    drop_empty_lots(member);
    if (!all) return;
    member.renewals.clear();
    member.rolling_expires_at = instant_max;
}

void renew_balance(Decision& decision, OrderNumber order) {
    Member& member = decision.member;
    const LocalDate day = programme::add(decision.today(), decision.programme.points.expiry.span);
    std::erase_if(member.renewals, [&](const Renewal& renewal) { return renewal.expires_at <= decision.now; });
    if (member.renewals.size() >= limits::lots_max) member.renewals.erase(member.renewals.begin());
    member.renewals.push_back({order, decision.programme.zone.end_of(day)});
    refresh_rolling(member);
}

void undo_renewals(Decision& decision, OrderNumber order) {
    Member& member = decision.member;
    const auto removed = std::erase_if(member.renewals, [&](const Renewal& renewal) { return renewal.order == order; });
    if (removed > 0) refresh_rolling(member);
}

}  // namespace regulars::engine
