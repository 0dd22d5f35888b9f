// The statements that walk through what is sealed. Each gives one page in the order of the primary key.
#pragma once

#include "store/statement.hpp"

namespace regulars::store::sql {

inline constexpr Statement walk_members{
    "walk_members",
    "SELECT member_id, document FROM members WHERE member_id > :after ORDER BY member_id LIMIT :limit",
    {{{"after", Type::integer}, {"limit", Type::integer}}},
    {Type::integer, Type::bytes}};

/// The version goes up, so that nobody who still holds the member as it was can save it.
inline constexpr Statement reseal_members{
    "reseal_members",
    "WITH changed (member_id, document) AS ({rows})"
    " UPDATE members SET document = changed.document, version = members.version + 1"
    " FROM changed WHERE members.member_id = changed.member_id",
    {{{"member_id", Type::integer}, {"document", Type::bytes}}}};

inline constexpr Statement reseal_identities{
    "reseal_identities",
    "WITH changed (kind, value, member_id, becomes) AS ({rows})"
    " UPDATE identities SET value = changed.becomes FROM changed"
    " WHERE identities.kind = changed.kind AND identities.value = changed.value"
    " AND identities.member_id = changed.member_id",
    {{{"kind", Type::text}, {"value", Type::text}, {"member_id", Type::integer}, {"becomes", Type::text}}}};

inline constexpr Statement walk_events{
    "walk_events",
    "SELECT member_id, sequence, name, payload FROM events WHERE (member_id, sequence) > (:member_id, :sequence)"
    " ORDER BY member_id, sequence LIMIT :limit",
    {{{"member_id", Type::integer}, {"sequence", Type::integer}, {"limit", Type::integer}}},
    {Type::integer, Type::integer, Type::text, Type::text}};

inline constexpr Statement walk_snapshots{
    "walk_snapshots",
    "SELECT member_id, event_sequence, document FROM snapshots WHERE member_id > :after"
    " ORDER BY member_id LIMIT :limit",
    {{{"after", Type::integer}, {"limit", Type::integer}}},
    {Type::integer, Type::integer, Type::bytes}};

inline constexpr Statement walk_friends{
    "walk_friends",
    "SELECT member_id, friend_id, document FROM friends WHERE (member_id, friend_id) > (:member_id, :key)"
    " ORDER BY member_id, friend_id LIMIT :limit",
    {{{"member_id", Type::integer}, {"key", Type::text}, {"limit", Type::integer}}},
    {Type::integer, Type::text, Type::bytes}};

inline constexpr Statement reseal_friends{
    "reseal_friends",
    "WITH changed (member_id, key, document) AS ({rows})"
    " UPDATE friends SET document = changed.document FROM changed"
    " WHERE friends.member_id = changed.member_id AND friends.friend_id = changed.key",
    {{{"member_id", Type::integer}, {"key", Type::text}, {"document", Type::bytes}}}};

inline constexpr Statement walk_redemptions{
    "walk_redemptions",
    "SELECT member_id, redemption_id, document FROM redemptions WHERE (member_id, redemption_id) > (:member_id, :key)"
    " ORDER BY member_id, redemption_id LIMIT :limit",
    walk_friends.parameters,
    walk_friends.results};

inline constexpr Statement reseal_redemptions{
    "reseal_redemptions",
    "WITH changed (member_id, key, document) AS ({rows})"
    " UPDATE redemptions SET document = changed.document FROM changed"
    " WHERE redemptions.member_id = changed.member_id AND redemptions.redemption_id = changed.key",
    reseal_friends.parameters};

inline constexpr Statement walk_given_answers{
    "walk_given_answers",
    "SELECT member_id, event_sequence, question, answer FROM questionnaire_answers"
    " WHERE (member_id, event_sequence, question) > (:member_id, :event_sequence, :question)"
    " ORDER BY member_id, event_sequence, question LIMIT :limit",
    {{{"member_id", Type::integer}, {"event_sequence", Type::integer}, {"question", Type::text},
      {"limit", Type::integer}}},
    {Type::integer, Type::integer, Type::text, Type::text}};

inline constexpr Statement reseal_given_answers{
    "reseal_given_answers",
    "WITH changed (member_id, event_sequence, question, answer) AS ({rows})"
    " UPDATE questionnaire_answers SET answer = changed.answer FROM changed"
    " WHERE questionnaire_answers.member_id = changed.member_id"
    " AND questionnaire_answers.event_sequence = changed.event_sequence"
    " AND questionnaire_answers.question = changed.question",
    {{{"member_id", Type::integer}, {"event_sequence", Type::integer}, {"question", Type::text},
      {"answer", Type::text}}}};

/// Bounded by how many activities a merchant ever ran.
inline constexpr Statement walk_seeds{
    "walk_seeds", "SELECT activity, root FROM seed_chains ORDER BY activity", {}, {Type::text, Type::text}};

inline constexpr Statement reseal_seeds{
    "reseal_seeds",
    "WITH changed (activity, root) AS ({rows})"
    " UPDATE seed_chains SET root = changed.root FROM changed WHERE seed_chains.activity = changed.activity",
    {{{"activity", Type::text}, {"root", Type::text}}}};

inline constexpr Statement walk_answers{
    "walk_answers",
    "SELECT key, input_hash, body FROM answers WHERE key > :after ORDER BY key LIMIT :limit",
    {{{"after", Type::text}, {"limit", Type::integer}}},
    {Type::text, Type::text, Type::text}};

inline constexpr Statement reseal_answers{
    "reseal_answers",
    "WITH changed (key, input_hash, body) AS ({rows})"
    " UPDATE answers SET input_hash = changed.input_hash, body = changed.body"
    " FROM changed WHERE answers.key = changed.key",
    {{{"key", Type::text}, {"input_hash", Type::text}, {"body", Type::text}}}};

}  // namespace regulars::store::sql
