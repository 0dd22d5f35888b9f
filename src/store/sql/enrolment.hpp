// The statements about one-time codes and the codes that people scan to enrol.
#pragma once

#include "store/statement.hpp"

namespace regulars::store::sql {

inline constexpr Statement load_one_time_codes{
    "load_one_time_codes",
    "SELECT subject, version, purpose, salt, code_hash, ends_at, tries, asked_at, hour_began_at, in_hour, day_began_at,"
    " in_day FROM one_time_codes WHERE subject IN ({rows})",
    {{{"subject", Type::text}}},
    {Type::text, Type::integer, Type::text, Type::text, Type::text, Type::integer, Type::integer, Type::integer,
     Type::integer, Type::integer, Type::integer, Type::integer}};

inline constexpr Statement insert_one_time_codes{
    "insert_one_time_codes",
    "INSERT INTO one_time_codes (subject, version, purpose, salt, code_hash, ends_at, tries, asked_at, hour_began_at,"
    " in_hour, day_began_at, in_day) {rows}",
    {{{"subject", Type::text},
      {"version", Type::integer},
      {"purpose", Type::text},
      {"salt", Type::text},
      {"code_hash", Type::text},
      {"ends_at", Type::integer},
      {"tries", Type::integer},
      {"asked_at", Type::integer},
      {"hour_began_at", Type::integer},
      {"in_hour", Type::integer},
      {"day_began_at", Type::integer},
      {"in_day", Type::integer}}}};

/// Changes only those that still have the version before; the number of rows tells whether all had.
inline constexpr Statement update_one_time_codes{
    "update_one_time_codes",
    "WITH changed (subject, version, purpose, salt, code_hash, ends_at, tries, asked_at, hour_began_at, in_hour,"
    " day_began_at, in_day) AS ({rows})"
    " UPDATE one_time_codes SET version = changed.version, purpose = changed.purpose, salt = changed.salt,"
    " code_hash = changed.code_hash, ends_at = changed.ends_at, tries = changed.tries, asked_at = changed.asked_at,"
    " hour_began_at = changed.hour_began_at, in_hour = changed.in_hour, day_began_at = changed.day_began_at,"
    " in_day = changed.in_day"
    " FROM changed WHERE one_time_codes.subject = changed.subject AND one_time_codes.version = changed.version - 1",
    insert_one_time_codes.parameters};

inline constexpr Statement forget_one_time_codes{
    "forget_one_time_codes",
    "WITH given (asked_before) AS ({rows})"
    " DELETE FROM one_time_codes WHERE asked_at < (SELECT asked_before FROM given)",
    {{{"asked_before", Type::integer}}}};

inline constexpr Statement clear_one_time_codes{"clear_one_time_codes", "DELETE FROM one_time_codes"};

inline constexpr Statement insert_enrolment_code{
    "insert_enrolment_code",
    "INSERT INTO enrolment_codes (code, kind, name, staff, store, channel, member_id, made_at) {rows}",
    {{{"code", Type::text},
      {"kind", Type::text},
      {"name", Type::text},
      {"staff", Type::text},
      {"store", Type::text},
      {"channel", Type::text},
      {"member_id", Type::integer},
      {"made_at", Type::integer}}}};

inline constexpr Statement find_enrolment_code{
    "find_enrolment_code",
    "SELECT code, kind, name, staff, store, channel, member_id, made_at FROM enrolment_codes WHERE code = :code",
    {{{"code", Type::text}}},
    {Type::text, Type::text, Type::text, Type::text, Type::text, Type::text, Type::integer, Type::integer}};

inline constexpr Statement find_invitation{
    "find_invitation",
    "SELECT code, kind, name, staff, store, channel, member_id, made_at FROM enrolment_codes"
    " WHERE member_id = :member_id ORDER BY made_at, code LIMIT 1",
    {{{"member_id", Type::integer}}},
    find_enrolment_code.results};

inline constexpr Statement list_enrolment_codes{
    "list_enrolment_codes",
    "SELECT code, kind, name, staff, store, channel, member_id, made_at FROM enrolment_codes"
    " WHERE member_id IS NULL AND code > :after ORDER BY code LIMIT :limit",
    {{{"after", Type::text}, {"limit", Type::integer}}},
    find_enrolment_code.results};

}  // namespace regulars::store::sql
