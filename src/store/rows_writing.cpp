#include "store/rows_writing.hpp"

#include "store/failure.hpp"
#include "store/journals.hpp"
#include "store/member_document.hpp"
#include "store/rows_activities.hpp"
#include "store/rows_codes.hpp"
#include "store/sealed_columns.hpp"
#include "store/sql/journals.hpp"
#include "store/sql/writing.hpp"
#include "store/summary.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace regulars::store {

namespace {

template <class Item, class Key>
std::vector<const Item*> sorted(const std::vector<Item>& items, Key key) {
    std::vector<const Item*> pointers;
    pointers.reserve(items.size());
    for (const auto& item : items) pointers.push_back(&item);
    std::ranges::sort(pointers, [&](const Item* a, const Item* b) { return key(*a) < key(*b); });
    return pointers;
}

void add_member(const Seal* seal, Rows& rows, const service::MemberWrite& write, bool with_due) {
    const auto summary = summary_of(write);
    rows.number(summary.member.value)
        .number(write.expected_version + 1)
        .bytes(kept_bytes(seal, document_place(summary.member), encode(*write.member)))
        .text(summary.tier)
        .integer(summary.growth)
        .integer(summary.points_available)
        .integer(summary.points_pending)
        .integer(summary.balance_minor)
        .integer(summary.orders)
        .integer(summary.spend_minor)
        .instant_or_null(summary.last_order_at, instant_min)
        .instant_or_null(summary.registered_at, instant_min);
    if (with_due) rows.instant_or_null(engine::next_due(*write.member), instant_max).instant(write.now);
}

void add_places(Rows& rows, const NewPlaces::OfMember* added) {
    if (added == nullptr)
        rows.text("").integer(0).integer(0);
    else
        rows.text(added->places).number(added->last - added->before).number(added->before);
}

std::vector<JournalKey> keys_of(const std::vector<service::EventRow>& rows) {
    std::vector<JournalKey> keys;
    keys.reserve(rows.size());
    for (const auto& row : rows) keys.push_back({row.member, row.sequence});
    return keys;
}

std::vector<JournalKey> keys_of(const std::vector<service::LedgerRow>& rows) {
    std::vector<JournalKey> keys;
    keys.reserve(rows.size());
    for (const auto& row : rows) keys.push_back({row.member, row.entry.sequence});
    return keys;
}

/// The journals to which a transaction adds.
struct Added {
    NewPlaces events;
    NewPlaces ledger;
};

void write_members(Connection& connection, const service::Batch& batch, Added& added) {
    const bool with_places = connection.dialect() == Dialect::sqlite;
    const Statement& update = with_places ? sql::update_members_with_places : sql::update_members;
    auto created = connection.rows(sql::insert_members);
    auto rescheduled = connection.rows(sql::reschedule_members);
    auto changed = connection.rows(update);
    std::int64_t known = 0;
    for (const auto* write : sorted(batch.members, [](const auto& item) { return item.member->id; })) {
        const bool fresh = write->expected_version == 0;
        const bool with_due = fresh || !write->same_due;
        add_member(connection.seal(), fresh ? created : with_due ? rescheduled : changed, *write, with_due);
        if (!with_due && with_places) {
            add_places(changed, added.events.take(write->member->id));
            add_places(changed, added.ledger.take(write->member->id));
        }
        known += fresh ? 0 : 1;
    }
    connection.write(sql::insert_members);
    if (connection.write(sql::reschedule_members) + connection.write(update) != known)
        fail(service::StoreError::conflict, "a member was changed by somebody else");
}

void write_identities(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::insert_identities);
    for (const auto* row : sorted(batch.identities, [](const auto& item) { return item.identity; }))
        rows.text(row->identity.kind).text(kept_identity(connection.seal(), row->identity)).number(row->member.value);
    connection.write(sql::insert_identities);
}

void move_identities(Connection& connection, const service::Batch& batch) {
    auto moved = connection.rows(sql::move_identities);
    auto gone = connection.rows(sql::delete_identities);
    for (const auto* move : sorted(batch.identity_moves, [](const auto& item) { return item.identity; })) {
        auto& rows = move->to == MemberId() ? gone : moved;
        rows.text(move->identity.kind).text(kept_identity(connection.seal(), move->identity)).number(move->from.value);
        if (move->to != MemberId()) rows.number(move->to.value);
    }
    const auto changed = connection.write(sql::move_identities) + connection.write(sql::delete_identities);
    if (changed != static_cast<std::int64_t>(batch.identity_moves.size()))
        fail(service::StoreError::conflict, "an identity was changed by somebody else");
}

void rewrite_events(Connection& connection, const service::Batch& batch) {
    const bool in_place = connection.dialect() == Dialect::sqlite;
    const Statement& statement = in_place ? sql::rewrite_event_at : sql::rewrite_events;
    auto rows = connection.rows(statement);
    for (const auto& row : batch.rewritten_events) {
        const auto payload = kept_text(connection.seal(), payload_place(row.member, row.sequence), row.payload);
        if (in_place)
            for (const auto& [sequence, place] :
                 places_after(connection, Journal::events, row.member, row.sequence - 1, 1))
                rows.text(payload).integer(place).number(row.member.value).number(row.sequence);
        else
            rows.number(row.member.value).number(row.sequence).text(payload);
    }
    connection.write(statement);
}

void write_snapshots(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::save_snapshots);
    for (const auto& snapshot : batch.snapshots)
        rows.number(snapshot.member.id.value)
            .number(snapshot.member.event_sequence)
            .bytes(kept_bytes(connection.seal(), snapshot_place(snapshot.member.id, snapshot.member.event_sequence),
                              encode(snapshot)));
    connection.write(sql::save_snapshots);
}

void write_gifts(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::insert_gifts);
    for (const auto& gift : batch.gifts) rows.text(gift.gift).number(gift.giver.value);
    connection.write(sql::insert_gifts);
}

void remove_orders(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::delete_orders);
    for (const auto& [member, order_id] : batch.removed_orders) rows.number(member.value).text(order_id);
    connection.write(sql::delete_orders);
}

void write_events(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::insert_events);
    for (const auto& row : batch.events)
        rows.number(row.member.value)
            .number(row.sequence)
            .instant(row.at)
            .instant(row.applied_at)
            .instant(row.recorded_at)
            .text(row.name)
            .text(row.order_id)
            .integer(row.programme_version)
            .text(kept_payload(connection.seal(), payload_place(row.member, row.sequence), row.name, row.payload));
    connection.write(sql::insert_events);
}

void write_ledger(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::insert_ledger);
    for (const auto& [member, event_sequence, entry] : batch.ledger)
        rows.number(member.value)
            .number(entry.sequence)
            .number(event_sequence)
            .instant(entry.at)
            .text(engine::name_of(entry.from))
            .text(engine::name_of(entry.to))
            .integer(entry.amount)
            .text(engine::name_of(entry.cause))
            .integer(entry.order.value)
            .integer(entry.lot.value)
            .integer(entry.programme_version);
    connection.write(sql::insert_ledger);
}

void write_orders(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::save_orders);
    for (const auto& [member, order, closed] : batch.orders)
        rows.number(member.value)
            .text(order->order_id)
            .integer(order->number.value)
            .text(engine::name_of(order->status))
            .integer(order->programme_version)
            .instant(order->ordered_at)
            .instant_or_null(order->paid_at)
            .instant_or_null(order->shipped_at)
            .instant_or_null(order->delivered_at)
            .instant_or_null(order->settles_at, instant_max)
            .instant_or_null(order->settled_at)
            .integer(order->tier)
            .integer(amount_of(*order).count())
            .integer(amount_returned_of(*order).count())
            .integer(order->shipping_fee.count())
            .integer(order->gift_card.count())
            .integer(order->points.count())
            .integer(order->growth.count())
            .integer(order->cashback.count())
            .integer(order->counted.count())
            .text(order->channel)
            .text(order->store)
            .bytes(closed ? encode(*order) : std::string());
    connection.write(sql::save_orders);
}

void write_tier_changes(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::insert_tier_changes);
    for (const auto& row : batch.tier_changes)
        rows.number(row.member.value)
            .number(row.event_sequence)
            .instant(row.change.at)
            .integer(row.index)
            .text(row.from)
            .text(row.to)
            .integer(row.change.from)
            .integer(row.change.to)
            .text(engine::name_of(row.change.reason));
    connection.write(sql::insert_tier_changes);
}

void write_costs(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::insert_costs);
    for (const auto& row : batch.costs)
        rows.number(row.member.value)
            .number(row.event_sequence)
            .instant(row.cost.at)
            .integer(row.index)
            .text(row.benefit)
            .integer(row.cost.amount.count())
            .integer(row.cost.tier)
            .integer(row.cost.order.value)
            .integer(row.cost.programme_version);
    connection.write(sql::insert_costs);
}

void write_plan_changes(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::insert_plan_changes);
    for (const auto& row : batch.plan_changes)
        rows.number(row.member.value)
            .number(row.event_sequence)
            .instant(row.change.at)
            .integer(row.index)
            .text(row.change.plan)
            .text(engine::name_of(row.change.kind))
            .integer(row.change.amount.count())
            .integer(row.change.last_day.days)
            .integer(row.change.programme_version);
    connection.write(sql::insert_plan_changes);
}

void write_coupons(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::save_coupons);
    for (const auto& row : batch.coupons) {
        const auto summary = summary_of(row.change);
        rows.number(row.member.value)
            .integer(summary.coupon.value)
            .text(summary.name)
            .text(summary.status)
            .integer(summary.programme_version)
            .instant(summary.granted_at)
            .instant(summary.usable_from)
            .instant_or_null(summary.expires_at)
            .instant_or_null(summary.ended_at)
            .integer(summary.order.value)
            .integer(summary.amount_minor);
    }
    connection.write(sql::save_coupons);
}

void write_stocks(Connection& connection, const service::Batch& batch) {
    auto created = connection.rows(sql::insert_stocks);
    auto changed = connection.rows(sql::update_stocks);
    std::int64_t known = 0;
    for (const auto* stock : sorted(batch.stocks, [](const auto& item) -> const std::string& { return item.coupon; })) {
        const bool fresh = stock->version == 0;
        (fresh ? created : changed)
            .text(stock->coupon)
            .number(stock->version + 1)
            .integer(stock->issued)
            .integer(stock->day.days)
            .integer(stock->issued_on_day)
            .integer(stock->exposure.count());
        known += fresh ? 0 : 1;
    }
    connection.write(sql::insert_stocks);
    if (connection.write(sql::update_stocks) != known)
        fail(service::StoreError::conflict, "a stock of coupons was changed by somebody else");
}

void write_answers(Connection& connection, const service::Batch& batch) {
    const auto* seal = connection.seal();
    auto rows = connection.rows(sql::insert_answers);
    for (const auto* row : sorted(batch.answers, [](const auto& item) -> const std::string& { return item.key; }))
        rows.text(row->key)
            .text(kept_text(seal, input_hash_place(row->key), row->input_hash))
            .integer(row->status)
            .text(kept_text(seal, body_place(row->key), row->body))
            .instant(row->at);
    connection.write(sql::insert_answers);
}

}  // namespace

void write_batch(Connection& connection, const service::Batch& batch) {
    Added added{{connection, Journal::events, keys_of(batch.events)},
                {connection, Journal::ledger, keys_of(batch.ledger)}};
    write_members(connection, batch, added);
    write_identities(connection, batch);
    move_identities(connection, batch);
    write_events(connection, batch);
    added.events.note();
    rewrite_events(connection, batch);
    write_snapshots(connection, batch);
    write_gifts(connection, batch);
    remove_orders(connection, batch);
    write_ledger(connection, batch);
    added.ledger.note();
    write_orders(connection, batch);
    write_tier_changes(connection, batch);
    write_costs(connection, batch);
    write_plan_changes(connection, batch);
    write_coupons(connection, batch);
    write_stocks(connection, batch);
    write_code_uses(connection, batch);
    write_partner_uses(connection, batch);
    write_notices(connection, batch);
    write_activities(connection, batch);
    write_answers(connection, batch);
}

}  // namespace regulars::store
