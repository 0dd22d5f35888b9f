// The statements of journals on SQLite: rows found through the places that are noted with their member
// (store/journals.hpp). PostgreSQL has an index for that, and statements of its own (sql/reading.hpp, sql/writing.hpp).
#pragma once

#include "store/statement.hpp"

namespace regulars::store::sql {

inline constexpr Statement last_event_place{
    "last_event_place", "SELECT coalesce(max(place), 0) FROM events", {}, {Type::integer}};
inline constexpr Statement last_ledger_place{
    "last_ledger_place", "SELECT coalesce(max(place), 0) FROM ledger", {}, {Type::integer}};

/// update_members of sql/writing.hpp, and notes places in one with it: a second change of the row would take a quarter
/// of the time of a commit.
inline constexpr Statement update_members_with_places{
    "update_members_with_places",
    "UPDATE members SET version = :version, document = CAST(:document AS BLOB), tier = :tier, growth = :growth,"
    " points_available = :points_available, points_pending = :points_pending, balance_minor = :balance_minor,"
    " orders = :orders, spend_minor = :spend_minor, last_order_at = :last_order_at, registered_at = :registered_at,"
    " event_places = coalesce(event_places, '') || :event_places, last_event = coalesce(last_event, 0) + :events,"
    " ledger_places = coalesce(ledger_places, '') || :ledger_places, last_entry = coalesce(last_entry, 0) + :entries"
    " WHERE member_id = :member_id AND version = :version - 1"
    " AND (:events = 0 OR coalesce(last_event, 0) = :events_before)"
    " AND (:entries = 0 OR coalesce(last_entry, 0) = :entries_before)",
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
      {"event_places", Type::text},
      {"events", Type::integer},
      {"events_before", Type::integer},
      {"ledger_places", Type::text},
      {"entries", Type::integer},
      {"entries_before", Type::integer}}}};

/// Only with a member whose rows end just before; the number of rows tells whether all did.
inline constexpr Statement note_event_places{
    "note_event_places",
    "UPDATE members SET event_places = coalesce(event_places, '') || :places, last_event = :last_sequence"
    " WHERE member_id = :member_id AND coalesce(last_event, 0) = :before",
    {{{"places", Type::text},
      {"last_sequence", Type::integer},
      {"member_id", Type::integer},
      {"before", Type::integer}}}};
inline constexpr Statement note_ledger_places{
    "note_ledger_places",
    "UPDATE members SET ledger_places = coalesce(ledger_places, '') || :places, last_entry = :last_sequence"
    " WHERE member_id = :member_id AND coalesce(last_entry, 0) = :before",
    note_event_places.parameters};

/// What is noted with the member goes to journal_places. Two statements, the second of which forgets it there.
inline constexpr Statement keep_event_places{
    "keep_event_places",
    "INSERT INTO journal_places (member_id, journal, last_sequence, places)"
    " SELECT member_id, 'events', last_event, event_places FROM members WHERE member_id = :member_id",
    {{{"member_id", Type::integer}}}};
inline constexpr Statement forget_event_places{"forget_event_places",
                                               "UPDATE members SET event_places = NULL WHERE member_id = :member_id",
                                               {{{"member_id", Type::integer}}}};
inline constexpr Statement keep_ledger_places{
    "keep_ledger_places",
    "INSERT INTO journal_places (member_id, journal, last_sequence, places)"
    " SELECT member_id, 'ledger', last_entry, ledger_places FROM members WHERE member_id = :member_id",
    {{{"member_id", Type::integer}}}};
inline constexpr Statement forget_ledger_places{"forget_ledger_places",
                                                "UPDATE members SET ledger_places = NULL WHERE member_id = :member_id",
                                                {{{"member_id", Type::integer}}}};

inline constexpr Statement older_places{
    "older_places",
    "SELECT last_sequence, places FROM journal_places WHERE member_id = :member_id AND journal = :journal"
    " AND last_sequence > :after ORDER BY last_sequence LIMIT :limit",
    {{{"member_id", Type::integer}, {"journal", Type::text}, {"after", Type::integer}, {"limit", Type::integer}}},
    {Type::integer, Type::text}};
inline constexpr Statement latest_event_places{
    "latest_event_places",
    "SELECT last_event, event_places FROM members WHERE member_id = :member_id AND event_places IS NOT NULL",
    {{{"member_id", Type::integer}}},
    {Type::integer, Type::text}};
inline constexpr Statement latest_ledger_places{
    "latest_ledger_places",
    "SELECT last_entry, ledger_places FROM members WHERE member_id = :member_id AND ledger_places IS NOT NULL",
    {{{"member_id", Type::integer}}},
    {Type::integer, Type::text}};

/// The results of list_events and list_ledger.
inline constexpr Statement events_at{
    "events_at",
    "SELECT sequence, occurred_at, applied_at, recorded_at, name, order_id, programme_version, payload"
    " FROM events WHERE place = :place AND member_id = :member_id AND sequence = :sequence",
    {{{"place", Type::integer}, {"member_id", Type::integer}, {"sequence", Type::integer}}},
    {Type::integer, Type::integer, Type::integer, Type::integer, Type::text, Type::text, Type::integer, Type::text}};
inline constexpr Statement ledger_at{
    "ledger_at",
    "SELECT sequence, event_sequence, effective_at, from_account, to_account, amount, cause, order_number, lot_id,"
    " programme_version"
    " FROM ledger WHERE place = :place AND member_id = :member_id AND sequence = :sequence",
    {{{"place", Type::integer}, {"member_id", Type::integer}, {"sequence", Type::integer}}},
    {Type::integer, Type::integer, Type::integer, Type::text, Type::text, Type::integer, Type::text, Type::integer,
     Type::integer, Type::integer}};

inline constexpr Statement rewrite_event_at{
    "rewrite_event_at",
    "UPDATE events SET payload = :payload"
    " WHERE place = :place AND member_id = :member_id AND sequence = :sequence",
    {{{"payload", Type::text}, {"place", Type::integer}, {"member_id", Type::integer}, {"sequence", Type::integer}}}};

/// All events, for the seal: in the order of their places.
inline constexpr Statement walk_event_places{
    "walk_event_places",
    "SELECT place, member_id, sequence, name, payload FROM events WHERE place > :after ORDER BY place LIMIT :limit",
    {{{"after", Type::integer}, {"limit", Type::integer}}},
    {Type::integer, Type::integer, Type::integer, Type::text, Type::text}};

}  // namespace regulars::store::sql
