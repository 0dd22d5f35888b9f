// The statements about notices.
#pragma once

#include "store/statement.hpp"

namespace regulars::store::sql {

inline constexpr Statement insert_notices{
    "insert_notices",
    "INSERT INTO notices (member_id, event_sequence, happened_at, position, recorded_at, kind, subject, coupon_id,"
    " order_number) {rows}",
    {{{"member_id", Type::integer},
      {"event_sequence", Type::integer},
      {"happened_at", Type::integer},
      {"position", Type::integer},
      {"recorded_at", Type::integer},
      {"kind", Type::text},
      {"subject", Type::text},
      {"coupon_id", Type::integer},
      {"order_number", Type::integer}}}};

inline constexpr Statement list_notices{
    "list_notices",
    "SELECT member_id, event_sequence, happened_at, position, recorded_at, kind, subject, coupon_id, order_number"
    " FROM notices WHERE (recorded_at, member_id, event_sequence, happened_at, position) >"
    " (:recorded_at, :member_id, :event_sequence, :happened_at, :position) AND recorded_at <= :until"
    " ORDER BY recorded_at, member_id, event_sequence, happened_at, position LIMIT :limit",
    {{{"recorded_at", Type::integer},
      {"member_id", Type::integer},
      {"event_sequence", Type::integer},
      {"happened_at", Type::integer},
      {"position", Type::integer},
      {"until", Type::integer},
      {"limit", Type::integer}}},
    {Type::integer, Type::integer, Type::integer, Type::integer, Type::integer, Type::text, Type::text, Type::integer,
     Type::integer}};

inline constexpr Statement list_member_notices{
    "list_member_notices",
    "SELECT member_id, event_sequence, happened_at, position, recorded_at, kind, subject, coupon_id, order_number"
    " FROM notices WHERE member_id = :member_id AND (event_sequence, happened_at, position) >"
    " (:event_sequence, :after_at, :position) AND happened_at >= :since"
    " ORDER BY event_sequence, happened_at, position LIMIT :limit",
    {{{"member_id", Type::integer},
      {"event_sequence", Type::integer},
      {"after_at", Type::integer},
      {"position", Type::integer},
      {"since", Type::integer},
      {"limit", Type::integer}}},
    list_notices.results};

/// The oldest first, and so many at most.
inline constexpr Statement forget_notices{
    "forget_notices",
    "WITH given (recorded_before, most) AS ({rows})"
    " DELETE FROM notices WHERE (member_id, event_sequence, happened_at, position) IN"
    " (SELECT member_id, event_sequence, happened_at, position FROM notices"
    " WHERE recorded_at < (SELECT recorded_before FROM given)"
    " ORDER BY recorded_at, member_id, event_sequence, happened_at, position LIMIT (SELECT most FROM given))",
    {{{"recorded_before", Type::integer}, {"most", Type::integer}}}};

}  // namespace regulars::store::sql
