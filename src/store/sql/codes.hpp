// The statements about unique codes and about partners' codes.
#pragma once

#include "store/statement.hpp"

namespace regulars::store::sql {

inline constexpr Statement load_codes{
    "load_codes",
    "SELECT coupon_codes.hash, coupon_codes.coupon, coupon_codes.batch, code_batches.status, coupon_codes.member_id,"
    " coupon_codes.coupon_id"
    " FROM coupon_codes JOIN code_batches ON code_batches.batch = coupon_codes.batch"
    " WHERE coupon_codes.hash IN ({rows})",
    {{{"hash", Type::bytes}}},
    {Type::bytes, Type::text, Type::text, Type::text, Type::integer, Type::integer}};

/// Takes only codes that work; the number of rows tells whether all did.
inline constexpr Statement use_codes{
    "use_codes",
    "WITH used (hash, member_id, coupon_id, taken_at) AS ({rows})"
    " UPDATE coupon_codes SET member_id = used.member_id, coupon_id = used.coupon_id, taken_at = used.taken_at"
    " FROM used WHERE coupon_codes.hash = used.hash AND coupon_codes.member_id IS NULL"
    " AND EXISTS (SELECT 1 FROM code_batches WHERE code_batches.batch = coupon_codes.batch"
    " AND code_batches.status = 'ready')",
    {{{"hash", Type::bytes}, {"member_id", Type::integer}, {"coupon_id", Type::integer}, {"taken_at", Type::integer}}}};

inline constexpr Statement insert_codes{
    "insert_codes",
    "INSERT INTO coupon_codes (hash, coupon, batch, made_at) {rows}",
    {{{"hash", Type::bytes}, {"coupon", Type::text}, {"batch", Type::text}, {"made_at", Type::integer}}}};

/// Bounded by how many batches a merchant ever made.
inline constexpr Statement list_code_batches{
    "list_code_batches",
    "SELECT batch, coupon, status, made_at, made,"
    " (SELECT count(*) FROM coupon_codes"
    " WHERE coupon_codes.batch = code_batches.batch AND coupon_codes.member_id IS NOT NULL)"
    " FROM code_batches ORDER BY made_at, batch",
    {},
    {Type::text, Type::text, Type::text, Type::integer, Type::integer, Type::integer}};

inline constexpr Statement insert_code_batch{"insert_code_batch",
                                             "INSERT INTO code_batches (batch, coupon, status, made_at, made) {rows}",
                                             {{{"batch", Type::text},
                                               {"coupon", Type::text},
                                               {"status", Type::text},
                                               {"made_at", Type::integer},
                                               {"made", Type::integer}}}};

inline constexpr Statement update_code_batch{
    "update_code_batch",
    "WITH changed (batch, status, made) AS ({rows})"
    " UPDATE code_batches SET status = changed.status, made = changed.made"
    " FROM changed WHERE code_batches.batch = changed.batch",
    {{{"batch", Type::text}, {"status", Type::text}, {"made", Type::integer}}}};

inline constexpr Statement load_pools{"load_pools",
                                      "SELECT pool, version, imported, given FROM partner_pools WHERE pool IN ({rows})",
                                      {{{"pool", Type::text}}},
                                      {Type::text, Type::integer, Type::integer, Type::integer}};

/// Bounded by how many pools a merchant ever imported.
inline constexpr Statement list_pools{"list_pools",
                                      "SELECT pool, version, imported, given FROM partner_pools ORDER BY pool",
                                      {},
                                      {Type::text, Type::integer, Type::integer, Type::integer}};

inline constexpr Statement insert_pools{"insert_pools",
                                        "INSERT INTO partner_pools (pool, version, imported, given) {rows}",
                                        {{{"pool", Type::text},
                                          {"version", Type::integer},
                                          {"imported", Type::integer},
                                          {"given", Type::integer}}}};

/// Changes only pools that still have the version before; the number of rows tells whether all had.
inline constexpr Statement update_pools{
    "update_pools",
    "WITH changed (pool, version, imported, given) AS ({rows})"
    " UPDATE partner_pools SET version = changed.version, imported = changed.imported, given = changed.given"
    " FROM changed WHERE partner_pools.pool = changed.pool AND partner_pools.version = changed.version - 1",
    insert_pools.parameters};

inline constexpr Statement find_partner_codes{
    "find_partner_codes",
    "SELECT code FROM partner_codes WHERE (pool, code) IN ({rows})",
    {{{"pool", Type::text}, {"code", Type::text}}},
    {Type::text}};

inline constexpr Statement insert_partner_codes{
    "insert_partner_codes",
    "INSERT INTO partner_codes (pool, position, code) {rows}",
    {{{"pool", Type::text}, {"position", Type::integer}, {"code", Type::text}}}};

/// Gives only codes that nobody has; the number of rows tells whether all were free.
inline constexpr Statement give_partner_codes{
    "give_partner_codes",
    "WITH given (pool, position, member_id, coupon_id, given_at) AS ({rows})"
    " UPDATE partner_codes SET member_id = given.member_id, coupon_id = given.coupon_id, given_at = given.given_at"
    " FROM given WHERE partner_codes.pool = given.pool AND partner_codes.position = given.position"
    " AND partner_codes.member_id IS NULL",
    {{{"pool", Type::text},
      {"position", Type::integer},
      {"member_id", Type::integer},
      {"coupon_id", Type::integer},
      {"given_at", Type::integer}}}};

inline constexpr Statement move_partner_codes{
    "move_partner_codes",
    "WITH moved (from_member, from_coupon, to_member, to_coupon) AS ({rows})"
    " UPDATE partner_codes SET member_id = moved.to_member, coupon_id = moved.to_coupon"
    " FROM moved WHERE partner_codes.member_id = moved.from_member AND partner_codes.coupon_id = moved.from_coupon",
    {{{"from_member", Type::integer},
      {"from_coupon", Type::integer},
      {"to_member", Type::integer},
      {"to_coupon", Type::integer}}}};

}  // namespace regulars::store::sql
