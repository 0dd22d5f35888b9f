// The statements that read. Each is bounded by its keys or by a limit, and states its order; a text that looks rows up
// by their whole key gives them in any order, and the caller puts them in that of the keys.
#pragma once

#include "store/statement.hpp"

namespace regulars::store::sql {

inline constexpr Statement load_members{"load_members",
                                        "SELECT member_id, version, document FROM members WHERE member_id IN ({rows})",
                                        {{{"member_id", Type::integer}}},
                                        {Type::integer, Type::integer, Type::bytes}};

inline constexpr Statement find_identities{
    "find_identities",
    "SELECT kind, value, member_id FROM identities WHERE (kind, value) IN ({rows})",
    {{{"kind", Type::text}, {"value", Type::text}}},
    {Type::text, Type::text, Type::integer}};

inline constexpr Statement load_closed_orders{"load_closed_orders",
                                              "SELECT member_id, order_id, document FROM orders"
                                              " WHERE (member_id, order_id) IN ({rows}) AND document IS NOT NULL",
                                              {{{"member_id", Type::integer}, {"order_id", Type::text}}},
                                              {Type::integer, Type::text, Type::bytes}};

inline constexpr Statement find_answers{
    "find_answers",
    "SELECT key, input_hash, status, body, answered_at FROM answers WHERE key IN ({rows})",
    {{{"key", Type::text}}},
    {Type::text, Type::text, Type::integer, Type::text, Type::integer}};

inline constexpr Statement find_giver{
    "find_giver", "SELECT member_id FROM gifts WHERE gift = :gift", {{{"gift", Type::text}}}, {Type::integer}};

inline constexpr Statement load_snapshot{"load_snapshot",
                                         "SELECT event_sequence, document FROM snapshots WHERE member_id = :member_id",
                                         {{{"member_id", Type::integer}}},
                                         {Type::integer, Type::bytes}};

inline constexpr Statement last_member_id{
    "last_member_id", "SELECT member_id FROM members ORDER BY member_id DESC LIMIT 1", {}, {Type::integer}};

inline constexpr Statement list_members{
    "list_members",
    "SELECT member_id, tier, growth, points_available, points_pending, balance_minor, orders, spend_minor,"
    " last_order_at, registered_at"
    " FROM members WHERE member_id > :after ORDER BY member_id LIMIT :limit",
    {{{"after", Type::integer}, {"limit", Type::integer}}},
    {Type::integer, Type::text, Type::integer, Type::integer, Type::integer, Type::integer, Type::integer,
     Type::integer, Type::integer, Type::integer}};

inline constexpr Statement list_events{
    "list_events",
    "SELECT sequence, occurred_at, applied_at, recorded_at, name, order_id, programme_version, payload"
    " FROM events WHERE member_id = :member_id AND sequence > :after ORDER BY sequence LIMIT :limit",
    {{{"member_id", Type::integer}, {"after", Type::integer}, {"limit", Type::integer}}},
    {Type::integer, Type::integer, Type::integer, Type::integer, Type::text, Type::text, Type::integer, Type::text}};

inline constexpr Statement list_ledger{
    "list_ledger",
    "SELECT sequence, event_sequence, effective_at, from_account, to_account, amount, cause, order_number, lot_id,"
    " programme_version"
    " FROM ledger WHERE member_id = :member_id AND sequence > :after ORDER BY sequence LIMIT :limit",
    {{{"member_id", Type::integer}, {"after", Type::integer}, {"limit", Type::integer}}},
    {Type::integer, Type::integer, Type::integer, Type::text, Type::text, Type::integer, Type::text, Type::integer,
     Type::integer, Type::integer}};

inline constexpr Statement list_orders{
    "list_orders",
    "SELECT order_id, status, ordered_at, amount_minor, points, cashback_minor, settled_at"
    " FROM orders WHERE member_id = :member_id AND order_id > :after ORDER BY order_id LIMIT :limit",
    {{{"member_id", Type::integer}, {"after", Type::text}, {"limit", Type::integer}}},
    {Type::text, Type::text, Type::integer, Type::integer, Type::integer, Type::integer, Type::integer}};

inline constexpr Statement list_coupons{
    "list_coupons",
    "SELECT coupon_id, name, status, programme_version, granted_at, usable_from, expires_at, ended_at, order_number,"
    " amount_minor,"
    " (SELECT code FROM partner_codes"
    " WHERE partner_codes.member_id = coupons.member_id AND partner_codes.coupon_id = coupons.coupon_id)"
    " FROM coupons WHERE member_id = :member_id AND coupon_id > :after ORDER BY coupon_id LIMIT :limit",
    {{{"member_id", Type::integer}, {"after", Type::integer}, {"limit", Type::integer}}},
    {Type::integer, Type::text, Type::text, Type::integer, Type::integer, Type::integer, Type::integer, Type::integer,
     Type::integer, Type::integer, Type::text}};

inline constexpr Statement load_stocks{
    "load_stocks",
    "SELECT coupon, version, issued, day, issued_on_day, exposure_minor FROM coupon_stocks WHERE coupon IN ({rows})",
    {{{"coupon", Type::text}}},
    {Type::text, Type::integer, Type::integer, Type::integer, Type::integer, Type::integer}};

inline constexpr Statement due_members{
    "due_members",
    "SELECT member_id FROM members WHERE next_due_at <= :until"
    " ORDER BY next_due_at, due_noted_at, member_id LIMIT :limit",
    {{{"until", Type::integer}, {"limit", Type::integer}}},
    {Type::integer}};

/// Bounded by how many programmes a merchant ever activated.
inline constexpr Statement list_programmes{
    "list_programmes",
    "SELECT version, name, source, activated_at FROM programmes ORDER BY version",
    {},
    {Type::integer, Type::text, Type::text, Type::integer}};

inline constexpr Statement find_setting{
    "find_setting", "SELECT value FROM settings WHERE name = :name", {{{"name", Type::text}}}, {Type::text}};

/// Locks of the session on the schema that holds the tables; 0 when another holds what excludes it. Only PostgreSQL.
inline constexpr Statement lock_with_others{
    "lock_with_others",
    "SELECT CASE WHEN pg_try_advisory_lock_shared(1382377333, (SELECT CAST(oid AS integer) FROM pg_namespace"
    " WHERE nspname = current_schema())) IS FALSE THEN 0 ELSE 1 END",
    {},
    {Type::integer}};

inline constexpr Statement lock_alone{
    "lock_alone",
    "SELECT CASE WHEN pg_try_advisory_lock(1382377333, (SELECT CAST(oid AS integer) FROM pg_namespace"
    " WHERE nspname = current_schema())) IS FALSE THEN 0 ELSE 1 END",
    {},
    {Type::integer}};

inline constexpr Statement ping{"ping", "SELECT 1", {}, {Type::integer}};

inline constexpr Statement schema_version{"schema_version",
                                          "SELECT version, name FROM schema_migrations ORDER BY version DESC LIMIT 1",
                                          {},
                                          {Type::integer, Type::text}};

/// How many tables there are, and whether our list of migrations is among them.
inline constexpr Statement sqlite_tables{
    "sqlite_tables",
    "SELECT count(*), count(CASE WHEN name = 'schema_migrations' THEN 1 END) FROM sqlite_master WHERE type = 'table'",
    {},
    {Type::integer, Type::integer}};

inline constexpr Statement postgres_tables{
    "postgres_tables",
    "SELECT count(*), count(CASE WHEN table_name = 'schema_migrations' THEN 1 END) FROM information_schema.tables"
    " WHERE table_schema = current_schema()",
    {},
    {Type::integer, Type::integer}};

}  // namespace regulars::store::sql
