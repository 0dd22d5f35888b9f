// The statements that write. Rows are written in the order given. A new row whose key exists is an error of the
// database, which the store tells as a conflict.
#pragma once

#include "store/statement.hpp"

namespace regulars::store::sql {

inline constexpr Statement insert_members{
    "insert_members",
    "INSERT INTO members (member_id, version, document, tier, growth, points_available, points_pending, balance_minor,"
    " orders, spend_minor, last_order_at, registered_at, next_due_at, due_noted_at) {rows}",
    {{{"member_id", Type::integer},
      {"version", Type::integer},
      {"document", Type::bytes},
      {"tier", Type::text},
      {"growth", Type::integer},
      {"points_available", Type::integer},
      {"points_pending", Type::integer},
      {"balance_minor", Type::integer},
      {"orders", Type::integer},
      {"spend_minor", Type::integer},
      {"last_order_at", Type::integer},
      {"registered_at", Type::integer},
      {"next_due_at", Type::integer},
      {"due_noted_at", Type::integer}}}};

/// Changes only members that still have the version before; the number of rows tells whether all had. When they fall
/// due stays: with that column an index would be written too, which most changes of a member do not need.
inline constexpr Statement update_members{
    "update_members",
    "WITH changed (member_id, version, document, tier, growth, points_available, points_pending, balance_minor, orders,"
    " spend_minor, last_order_at, registered_at) AS ({rows})"
    " UPDATE members SET version = changed.version, document = changed.document, tier = changed.tier,"
    " growth = changed.growth, points_available = changed.points_available, points_pending = changed.points_pending,"
    " balance_minor = changed.balance_minor, orders = changed.orders, spend_minor = changed.spend_minor,"
    " last_order_at = changed.last_order_at, registered_at = changed.registered_at"
    " FROM changed WHERE members.member_id = changed.member_id AND members.version = changed.version - 1",
    {{{"member_id", Type::integer},
      {"version", Type::integer},
      {"document", Type::bytes},
      {"tier", Type::text},
      {"growth", Type::integer},
      {"points_available", Type::integer},
      {"points_pending", Type::integer},
      {"balance_minor", Type::integer},
      {"orders", Type::integer},
      {"spend_minor", Type::integer},
      {"last_order_at", Type::integer},
      {"registered_at", Type::integer}}}};

/// The same for members who fall due at another time.
inline constexpr Statement reschedule_members{
    "reschedule_members",
    "WITH changed (member_id, version, document, tier, growth, points_available, points_pending, balance_minor, orders,"
    " spend_minor, last_order_at, registered_at, next_due_at, due_noted_at) AS ({rows})"
    " UPDATE members SET version = changed.version, document = changed.document, tier = changed.tier,"
    " growth = changed.growth, points_available = changed.points_available, points_pending = changed.points_pending,"
    " balance_minor = changed.balance_minor, orders = changed.orders, spend_minor = changed.spend_minor,"
    " last_order_at = changed.last_order_at, registered_at = changed.registered_at,"
    " next_due_at = changed.next_due_at, due_noted_at = changed.due_noted_at"
    " FROM changed WHERE members.member_id = changed.member_id AND members.version = changed.version - 1",
    insert_members.parameters};

inline constexpr Statement insert_identities{
    "insert_identities",
    "INSERT INTO identities (kind, value, member_id) {rows}",
    {{{"kind", Type::text}, {"value", Type::text}, {"member_id", Type::integer}}}};

/// Only of identities that are still whose they were thought to be; the number of rows tells whether all were.
inline constexpr Statement move_identities{
    "move_identities",
    "WITH moved (kind, value, from_id, to_id) AS ({rows})"
    " UPDATE identities SET member_id = moved.to_id FROM moved"
    " WHERE identities.kind = moved.kind AND identities.value = moved.value AND identities.member_id = moved.from_id",
    {{{"kind", Type::text}, {"value", Type::text}, {"from_id", Type::integer}, {"to_id", Type::integer}}}};

inline constexpr Statement delete_identities{
    "delete_identities",
    "DELETE FROM identities WHERE (kind, value, member_id) IN ({rows})",
    {{{"kind", Type::text}, {"value", Type::text}, {"member_id", Type::integer}}}};

inline constexpr Statement rewrite_events{
    "rewrite_events",
    "WITH rewritten (member_id, sequence, payload) AS ({rows})"
    " UPDATE events SET payload = rewritten.payload FROM rewritten"
    " WHERE events.member_id = rewritten.member_id AND events.sequence = rewritten.sequence",
    {{{"member_id", Type::integer}, {"sequence", Type::integer}, {"payload", Type::text}}}};

inline constexpr Statement save_snapshots{
    "save_snapshots",
    "INSERT INTO snapshots (member_id, event_sequence, document) {rows}"
    " ON CONFLICT (member_id) DO UPDATE SET event_sequence = excluded.event_sequence, document = excluded.document",
    {{{"member_id", Type::integer}, {"event_sequence", Type::integer}, {"document", Type::bytes}}}};

inline constexpr Statement insert_gifts{
    "insert_gifts",
    "INSERT INTO gifts (gift, member_id) {rows}",
    {{{"gift", Type::text}, {"member_id", Type::integer}}}};

inline constexpr Statement delete_orders{
    "delete_orders",
    "DELETE FROM orders WHERE (member_id, order_id) IN ({rows})",
    {{{"member_id", Type::integer}, {"order_id", Type::text}}}};

inline constexpr Statement insert_events{
    "insert_events",
    "INSERT INTO events (member_id, sequence, occurred_at, applied_at, recorded_at, name, order_id, programme_version,"
    " payload) {rows}",
    {{{"member_id", Type::integer},
      {"sequence", Type::integer},
      {"occurred_at", Type::integer},
      {"applied_at", Type::integer},
      {"recorded_at", Type::integer},
      {"name", Type::text},
      {"order_id", Type::text},
      {"programme_version", Type::integer},
      {"payload", Type::text}}}};

inline constexpr Statement insert_ledger{
    "insert_ledger",
    "INSERT INTO ledger (member_id, sequence, event_sequence, effective_at, from_account, to_account, amount, cause,"
    " order_number, lot_id, programme_version) {rows}",
    {{{"member_id", Type::integer},
      {"sequence", Type::integer},
      {"event_sequence", Type::integer},
      {"effective_at", Type::integer},
      {"from_account", Type::text},
      {"to_account", Type::text},
      {"amount", Type::integer},
      {"cause", Type::text},
      {"order_number", Type::integer},
      {"lot_id", Type::integer},
      {"programme_version", Type::integer}}}};

inline constexpr Statement save_orders{
    "save_orders",
    "INSERT INTO orders (member_id, order_id, order_number, status, programme_version, ordered_at, paid_at, shipped_at,"
    " delivered_at, settles_at, settled_at, tier, amount_minor, returned_minor, shipping_fee_minor, gift_card_minor,"
    " points, growth, cashback_minor, counted_minor, channel, store, document) {rows}"
    " ON CONFLICT (member_id, order_id) DO UPDATE SET status = excluded.status,"
    " programme_version = excluded.programme_version, ordered_at = excluded.ordered_at, paid_at = excluded.paid_at,"
    " shipped_at = excluded.shipped_at, delivered_at = excluded.delivered_at, settles_at = excluded.settles_at,"
    " settled_at = excluded.settled_at, tier = excluded.tier, amount_minor = excluded.amount_minor,"
    " returned_minor = excluded.returned_minor, shipping_fee_minor = excluded.shipping_fee_minor,"
    " gift_card_minor = excluded.gift_card_minor, points = excluded.points, growth = excluded.growth,"
    " cashback_minor = excluded.cashback_minor, counted_minor = excluded.counted_minor, channel = excluded.channel,"
    " store = excluded.store, document = excluded.document",
    {{{"member_id", Type::integer},
      {"order_id", Type::text},
      {"order_number", Type::integer},
      {"status", Type::text},
      {"programme_version", Type::integer},
      {"ordered_at", Type::integer},
      {"paid_at", Type::integer},
      {"shipped_at", Type::integer},
      {"delivered_at", Type::integer},
      {"settles_at", Type::integer},
      {"settled_at", Type::integer},
      {"tier", Type::integer},
      {"amount_minor", Type::integer},
      {"returned_minor", Type::integer},
      {"shipping_fee_minor", Type::integer},
      {"gift_card_minor", Type::integer},
      {"points", Type::integer},
      {"growth", Type::integer},
      {"cashback_minor", Type::integer},
      {"counted_minor", Type::integer},
      {"channel", Type::text},
      {"store", Type::text},
      {"document", Type::bytes}}}};

inline constexpr Statement insert_tier_changes{
    "insert_tier_changes",
    "INSERT INTO tier_changes (member_id, event_sequence, changed_at, position, from_tier, to_tier, from_rank, to_rank,"
    " reason) {rows}",
    {{{"member_id", Type::integer},
      {"event_sequence", Type::integer},
      {"changed_at", Type::integer},
      {"position", Type::integer},
      {"from_tier", Type::text},
      {"to_tier", Type::text},
      {"from_rank", Type::integer},
      {"to_rank", Type::integer},
      {"reason", Type::text}}}};

inline constexpr Statement insert_costs{
    "insert_costs",
    "INSERT INTO costs (member_id, event_sequence, booked_at, position, benefit, amount_minor, tier, order_number,"
    " programme_version) {rows}",
    {{{"member_id", Type::integer},
      {"event_sequence", Type::integer},
      {"booked_at", Type::integer},
      {"position", Type::integer},
      {"benefit", Type::text},
      {"amount_minor", Type::integer},
      {"tier", Type::integer},
      {"order_number", Type::integer},
      {"programme_version", Type::integer}}}};

inline constexpr Statement insert_plan_changes{
    "insert_plan_changes",
    "INSERT INTO plan_changes (member_id, event_sequence, changed_at, position, plan, kind, amount_minor, last_day,"
    " programme_version) {rows}",
    {{{"member_id", Type::integer},
      {"event_sequence", Type::integer},
      {"changed_at", Type::integer},
      {"position", Type::integer},
      {"plan", Type::text},
      {"kind", Type::text},
      {"amount_minor", Type::integer},
      {"last_day", Type::integer},
      {"programme_version", Type::integer}}}};

inline constexpr Statement save_coupons{
    "save_coupons",
    "INSERT INTO coupons (member_id, coupon_id, name, status, programme_version, granted_at, usable_from, expires_at,"
    " ended_at, order_number, amount_minor) {rows}"
    " ON CONFLICT (member_id, coupon_id) DO UPDATE SET name = excluded.name, status = excluded.status,"
    " programme_version = excluded.programme_version, granted_at = excluded.granted_at,"
    " usable_from = excluded.usable_from, expires_at = excluded.expires_at, ended_at = excluded.ended_at,"
    " order_number = excluded.order_number, amount_minor = excluded.amount_minor",
    {{{"member_id", Type::integer},
      {"coupon_id", Type::integer},
      {"name", Type::text},
      {"status", Type::text},
      {"programme_version", Type::integer},
      {"granted_at", Type::integer},
      {"usable_from", Type::integer},
      {"expires_at", Type::integer},
      {"ended_at", Type::integer},
      {"order_number", Type::integer},
      {"amount_minor", Type::integer}}}};

inline constexpr Statement insert_stocks{
    "insert_stocks",
    "INSERT INTO coupon_stocks (coupon, version, issued, day, issued_on_day, exposure_minor) {rows}",
    {{{"coupon", Type::text},
      {"version", Type::integer},
      {"issued", Type::integer},
      {"day", Type::integer},
      {"issued_on_day", Type::integer},
      {"exposure_minor", Type::integer}}}};

/// Changes only stocks that still have the version before; the number of rows tells whether all had.
inline constexpr Statement update_stocks{
    "update_stocks",
    "WITH changed (coupon, version, issued, day, issued_on_day, exposure_minor) AS ({rows})"
    " UPDATE coupon_stocks SET version = changed.version, issued = changed.issued, day = changed.day,"
    " issued_on_day = changed.issued_on_day, exposure_minor = changed.exposure_minor"
    " FROM changed WHERE coupon_stocks.coupon = changed.coupon AND coupon_stocks.version = changed.version - 1",
    insert_stocks.parameters};

inline constexpr Statement insert_answers{"insert_answers",
                                          "INSERT INTO answers (key, input_hash, status, body, answered_at) {rows}",
                                          {{{"key", Type::text},
                                            {"input_hash", Type::text},
                                            {"status", Type::integer},
                                            {"body", Type::text},
                                            {"answered_at", Type::integer}}}};

inline constexpr Statement insert_programme{
    "insert_programme",
    "INSERT INTO programmes (version, name, source, activated_at) {rows}",
    {{{"version", Type::integer}, {"name", Type::text}, {"source", Type::text}, {"activated_at", Type::integer}}}};

inline constexpr Statement save_setting{
    "save_setting",
    "INSERT INTO settings (name, value) {rows} ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    {{{"name", Type::text}, {"value", Type::text}}}};

inline constexpr Statement insert_schema_version{"insert_schema_version",
                                                 "INSERT INTO schema_migrations (version, name) {rows}",
                                                 {{{"version", Type::integer}, {"name", Type::text}}}};

}  // namespace regulars::store::sql
