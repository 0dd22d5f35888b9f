// The statements about what members do beside buying.
#pragma once

#include "store/statement.hpp"

namespace regulars::store::sql {

inline constexpr Statement insert_results{
    "insert_results",
    "INSERT INTO activity_results (member_id, event_sequence, position, happened_at, activity, what, won, number,"
    " chance_day, chance_number, points, paid, cost_minor, goods) {rows}",
    {{{"member_id", Type::integer},
      {"event_sequence", Type::integer},
      {"position", Type::integer},
      {"happened_at", Type::integer},
      {"activity", Type::text},
      {"what", Type::text},
      {"won", Type::text},
      {"number", Type::integer},
      {"chance_day", Type::integer},
      {"chance_number", Type::text},
      {"points", Type::integer},
      {"paid", Type::integer},
      {"cost_minor", Type::integer},
      {"goods", Type::text}}}};

/// Of one activity where one is named.
inline constexpr Statement list_results{
    "list_results",
    "SELECT event_sequence, position, happened_at, activity, what, won, number, chance_day, chance_number, points,"
    " paid, cost_minor, goods FROM activity_results"
    " WHERE member_id = :member_id AND (event_sequence, position) > (:event_sequence, :position)"
    " AND (activity = :activity OR :all = 1) ORDER BY event_sequence, position LIMIT :limit",
    {{{"member_id", Type::integer},
      {"event_sequence", Type::integer},
      {"position", Type::integer},
      {"activity", Type::text},
      {"all", Type::integer},
      {"limit", Type::integer}}},
    {Type::integer, Type::integer, Type::integer, Type::text, Type::text, Type::text, Type::integer,
     Type::integer, Type::text, Type::integer, Type::integer, Type::integer, Type::text}};

inline constexpr Statement save_redemptions{
    "save_redemptions",
    "INSERT INTO redemptions (member_id, redemption_id, status, item, quantity, points, money_minor, order_id,"
    " placed_at, document) {rows}"
    " ON CONFLICT (member_id, redemption_id) DO UPDATE SET status = excluded.status, item = excluded.item,"
    " quantity = excluded.quantity, points = excluded.points, money_minor = excluded.money_minor, order_id ="
    " excluded.order_id, placed_at = excluded.placed_at, document = excluded.document",
    {{{"member_id", Type::integer},
      {"redemption_id", Type::text},
      {"status", Type::text},
      {"item", Type::text},
      {"quantity", Type::integer},
      {"points", Type::integer},
      {"money_minor", Type::integer},
      {"order_id", Type::text},
      {"placed_at", Type::integer},
      {"document", Type::bytes}}}};

inline constexpr Statement list_redemptions{
    "list_redemptions",
    "SELECT member_id, document FROM redemptions WHERE member_id = :member_id AND redemption_id > :after"
    " ORDER BY redemption_id LIMIT :limit",
    {{{"member_id", Type::integer}, {"after", Type::text}, {"limit", Type::integer}}},
    {Type::integer, Type::bytes}};

inline constexpr Statement list_all_redemptions{
    "list_all_redemptions",
    "SELECT member_id, document FROM redemptions WHERE status = :status"
    " AND (member_id, redemption_id) > (:member_id, :after) ORDER BY member_id, redemption_id LIMIT :limit",
    {{{"status", Type::text}, {"member_id", Type::integer}, {"after", Type::text}, {"limit", Type::integer}}},
    {Type::integer, Type::bytes}};

inline constexpr Statement save_groups{
    "save_groups",
    "INSERT INTO buying_groups (group_id, leader_id, promotion, status, ends_at, changed_at, document) {rows}"
    " ON CONFLICT (group_id) DO UPDATE SET leader_id = excluded.leader_id, promotion = excluded.promotion,"
    " status = excluded.status, ends_at = excluded.ends_at, changed_at = excluded.changed_at, document ="
    " excluded.document WHERE buying_groups.leader_id = excluded.leader_id",
    {{{"group_id", Type::text},
      {"leader_id", Type::integer},
      {"promotion", Type::text},
      {"status", Type::text},
      {"ends_at", Type::integer},
      {"changed_at", Type::integer},
      {"document", Type::bytes}}}};

inline constexpr Statement find_group{
    "find_group",
    "SELECT leader_id, changed_at, document FROM buying_groups WHERE group_id = :group_id",
    {{{"group_id", Type::text}}},
    {Type::integer, Type::integer, Type::bytes}};

inline constexpr Statement list_open_groups{
    "list_open_groups",
    "SELECT leader_id, changed_at, document FROM buying_groups"
    " WHERE promotion = :promotion AND status = 'open' AND group_id > :after ORDER BY group_id LIMIT :limit",
    {{{"promotion", Type::text}, {"after", Type::text}, {"limit", Type::integer}}},
    {Type::integer, Type::integer, Type::bytes}};

inline constexpr Statement save_reviews{
    "save_reviews",
    "INSERT INTO product_reviews (member_id, order_id, product, event_sequence, changed_at, status, score,"
    " pictures, length, points, cashback_minor, programme_version) {rows}"
    " ON CONFLICT (member_id, order_id, product) DO UPDATE SET event_sequence = excluded.event_sequence,"
    " changed_at = excluded.changed_at, status = excluded.status, score = excluded.score, pictures ="
    " excluded.pictures, length = excluded.length, points = excluded.points, cashback_minor ="
    " excluded.cashback_minor, programme_version = excluded.programme_version",
    {{{"member_id", Type::integer},
      {"order_id", Type::text},
      {"product", Type::text},
      {"event_sequence", Type::integer},
      {"changed_at", Type::integer},
      {"status", Type::text},
      {"score", Type::integer},
      {"pictures", Type::integer},
      {"length", Type::integer},
      {"points", Type::integer},
      {"cashback_minor", Type::integer},
      {"programme_version", Type::integer}}}};

inline constexpr Statement list_reviews{
    "list_reviews",
    "SELECT member_id, order_id, product, event_sequence, changed_at, status, score, pictures, length, points,"
    " cashback_minor, programme_version FROM product_reviews WHERE status = :status"
    " AND (member_id, order_id, product) > (:member_id, :order_id, :product)"
    " ORDER BY member_id, order_id, product LIMIT :limit",
    {{{"status", Type::text},
      {"member_id", Type::integer},
      {"order_id", Type::text},
      {"product", Type::text},
      {"limit", Type::integer}}},
    {Type::integer, Type::text, Type::text, Type::integer, Type::integer, Type::text, Type::integer,
     Type::integer, Type::integer, Type::integer, Type::integer, Type::integer}};

inline constexpr Statement save_friends{
    "save_friends",
    "INSERT INTO friends (member_id, friend_id, status, joined_at, changed_at, points, cashback_minor,"
    " document) {rows}"
    " ON CONFLICT (member_id, friend_id) DO UPDATE SET status = excluded.status, joined_at = excluded.joined_at,"
    " changed_at = excluded.changed_at, points = excluded.points, cashback_minor = excluded.cashback_minor,"
    " document = excluded.document",
    {{{"member_id", Type::integer},
      {"friend_id", Type::text},
      {"status", Type::text},
      {"joined_at", Type::integer},
      {"changed_at", Type::integer},
      {"points", Type::integer},
      {"cashback_minor", Type::integer},
      {"document", Type::bytes}}}};

inline constexpr Statement list_friends{
    "list_friends",
    "SELECT member_id, changed_at, document FROM friends WHERE status = :status"
    " AND (member_id, friend_id) > (:member_id, :after) ORDER BY member_id, friend_id LIMIT :limit",
    {{{"status", Type::text}, {"member_id", Type::integer}, {"after", Type::text}, {"limit", Type::integer}}},
    {Type::integer, Type::integer, Type::bytes}};

inline constexpr Statement save_trials{
    "save_trials",
    "INSERT INTO trials (member_id, activity, status, number, changed_at) {rows}"
    " ON CONFLICT (member_id, activity) DO UPDATE SET status = excluded.status, number = excluded.number,"
    " changed_at = excluded.changed_at",
    {{{"member_id", Type::integer},
      {"activity", Type::text},
      {"status", Type::text},
      {"number", Type::text},
      {"changed_at", Type::integer}}}};

inline constexpr Statement list_applicants_by_number{
    "list_applicants_by_number",
    "SELECT member_id, number, changed_at FROM trials WHERE activity = :activity AND status = 'applied'"
    " ORDER BY number, changed_at, member_id LIMIT :limit",
    {{{"activity", Type::text}, {"limit", Type::integer}}},
    {Type::integer, Type::text, Type::integer}};

inline constexpr Statement list_applicants_by_time{
    "list_applicants_by_time",
    "SELECT member_id, number, changed_at FROM trials WHERE activity = :activity AND status = 'applied'"
    " ORDER BY changed_at, member_id LIMIT :limit",
    {{{"activity", Type::text}, {"limit", Type::integer}}},
    {Type::integer, Type::text, Type::integer}};

inline constexpr Statement count_trials{
    "count_trials",
    "SELECT count(*) FROM trials WHERE activity = :activity AND status = :status",
    {{{"activity", Type::text}, {"status", Type::text}}},
    {Type::integer}};

inline constexpr Statement insert_given_answers{
    "insert_given_answers",
    "INSERT INTO questionnaire_answers (member_id, event_sequence, question, activity, order_id, answered_at, answer)"
    " {rows}",
    {{{"member_id", Type::integer},
      {"event_sequence", Type::integer},
      {"question", Type::text},
      {"activity", Type::text},
      {"order_id", Type::text},
      {"answered_at", Type::integer},
      {"answer", Type::text}}}};

inline constexpr Statement add_answer_counts{
    "add_answer_counts",
    "INSERT INTO questionnaire_counts (activity, question, answer, times, left_out, members) {rows}"
    " ON CONFLICT (activity, question, answer) DO UPDATE SET times = questionnaire_counts.times + excluded.times,"
    " left_out = questionnaire_counts.left_out + excluded.left_out,"
    " members = questionnaire_counts.members + excluded.members",
    {{{"activity", Type::text},
      {"question", Type::text},
      {"answer", Type::text},
      {"times", Type::integer},
      {"left_out", Type::integer},
      {"members", Type::integer}}}};

inline constexpr Statement delete_given_answers{
    "delete_given_answers",
    "DELETE FROM questionnaire_answers WHERE member_id IN ({rows})",
    {{{"member_id", Type::integer}}}};

inline constexpr Statement list_given_answers{
    "list_given_answers",
    "SELECT member_id, event_sequence, order_id, answered_at, answer FROM questionnaire_answers"
    " WHERE activity = :activity AND question = :question"
    " AND (answered_at, member_id, event_sequence) < (:answered_at, :member_id, :event_sequence)"
    " ORDER BY answered_at DESC, member_id DESC, event_sequence DESC LIMIT :limit",
    {{{"activity", Type::text},
      {"question", Type::text},
      {"answered_at", Type::integer},
      {"member_id", Type::integer},
      {"event_sequence", Type::integer},
      {"limit", Type::integer}}},
    {Type::integer, Type::integer, Type::text, Type::integer, Type::text}};

/// Bounded by the choices and scores that a merchant's programmes ever had there.
inline constexpr Statement list_answer_counts{
    "list_answer_counts",
    "SELECT question, answer, times, left_out, members FROM questionnaire_counts WHERE activity = :activity"
    " ORDER BY question, answer",
    {{{"activity", Type::text}}},
    {Type::text, Type::text, Type::integer, Type::integer, Type::integer}};

inline constexpr Statement insert_seed_chain{
    "insert_seed_chain",
    "INSERT INTO seed_chains (activity, root, anchor, first_day, days, made_at) {rows}",
    {{{"activity", Type::text},
      {"root", Type::text},
      {"anchor", Type::text},
      {"first_day", Type::integer},
      {"days", Type::integer},
      {"made_at", Type::integer}}}};

inline constexpr Statement list_seed_chains{
    "list_seed_chains",
    "SELECT activity, root, anchor, first_day, days, made_at FROM seed_chains ORDER BY activity",
    {},
    {Type::text, Type::text, Type::text, Type::integer, Type::integer, Type::integer}};

}  // namespace regulars::store::sql
