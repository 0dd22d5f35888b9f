#include "store/rows_activities.hpp"

#include <charconv>

#include <fmt/format.h>

#include "store/failure.hpp"
#include "store/lookup.hpp"
#include "store/member_document.hpp"
#include "store/sealed_columns.hpp"
#include "store/sql/activities.hpp"

namespace regulars::store {

namespace {

using service::StoreError;

/// The enumerator with that name; the last of `Enumeration` is given.
template <class Enumeration>
Enumeration named(std::string_view name, Enumeration last) {
    for (int value = 0; value <= static_cast<int>(last); ++value)
        if (engine::name_of(static_cast<Enumeration>(value)) == name) return static_cast<Enumeration>(value);
    fail(StoreError::corrupt, "a table holds a name that this version of Regulars does not know");
}

// Numbers of all 64 bits are kept as 16 hexadecimal digits, which sort as the numbers do.
std::string hex_of(std::uint64_t number) { return fmt::format("{:016x}", number); }

std::uint64_t number_of(const std::string& hex) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), number, 16);
    if (hex.size() != 16 || error != std::errc() || end != hex.data() + hex.size())
        fail(StoreError::corrupt, "a table holds a number by chance that is none");
    return number;
}

template <class Value>
Value opened(service::Stored<Value> value) {
    if (!value) fail(value.error().error, value.error().detail);
    return std::move(*value);
}

service::ActivityResultRow result_of(const Row& row, MemberId member) {
    service::ActivityResultRow found{member, row.number(0), row.small_number(1), {}};
    engine::ActivityResult& result = found.result;
    result.at = row.instant(2);
    result.activity = row.text(3);
    result.what = row.text(4);
    result.won = row.text(5);
    result.number = row.integer(6);
    const std::string chance = row.text(8);
    if (!chance.empty())
        result.chance = engine::Chance{{static_cast<std::int32_t>(row.integer(7))}, number_of(chance)};
    result.points = Points(row.integer(9));
    result.paid = Points(row.integer(10));
    result.cost = Money(row.integer(11));
    result.goods = row.text(12);
    return found;
}

service::RedemptionRow redemption_of(const Row& row, const Seal* seal) {
    const MemberId member{row.number(0)};
    return {member, opened(decode_redemption(opened_bytes(seal, redemption_place(member), row.bytes(1))))};
}

service::GroupRow group_of(const Row& row) {
    return {{row.number(0)}, {opened(decode_group(row.bytes(2))), row.instant(1)}};
}

service::FriendRow friend_of(const Row& row, const Seal* seal) {
    const MemberId member{row.number(0)};
    return {member, {opened(decode_friend(opened_bytes(seal, friend_place(member), row.bytes(2)))), row.instant(1)}};
}

service::ReviewRow review_of(const Row& row) {
    engine::ProductReview review{.product = row.text(2),
                                 .status = named(row.text(5), engine::ReviewStatus::taken_back),
                                 .score = row.integer(6),
                                 .pictures = row.integer(7) != 0,
                                 .length = row.integer(8),
                                 .points = Points(row.integer(9)),
                                 .cashback = Money(row.integer(10)),
                                 .programme_version = row.small_number(11),
                                 .event_sequence = row.number(3)};
    return {{row.number(0)}, row.number(3), {row.text(1), std::move(review), row.instant(4)}};
}

void write_results(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::insert_results);
    for (const auto& [member, event_sequence, index, result] : batch.activity_results)
        rows.number(member.value)
            .number(event_sequence)
            .integer(index)
            .instant(result.at)
            .text(result.activity)
            .text(result.what)
            .text(result.won)
            .integer(result.number)
            .integer(result.chance ? result.chance->day.days : 0)
            .text(result.chance ? hex_of(result.chance->number) : "")
            .integer(result.points.count())
            .integer(result.paid.count())
            .integer(result.cost.count())
            .text(result.goods);
    connection.write(sql::insert_results);
}

void write_redemptions(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::save_redemptions);
    for (const auto& [member, redemption] : batch.redemptions)
        rows.number(member.value)
            .text(redemption.redemption_id)
            .text(engine::name_of(redemption.status))
            .text(redemption.item)
            .integer(redemption.quantity)
            .integer(redemption.points.count())
            .integer(redemption.money.count())
            .text(redemption.order_id)
            .instant(redemption.at)
            .bytes(kept_bytes(connection.seal(), redemption_place(member), encode(redemption)));
    connection.write(sql::save_redemptions);
}

void write_groups(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::save_groups);
    for (const auto& [leader, change] : batch.groups)
        rows.text(change.group.group)
            .number(leader.value)
            .text(change.group.promotion)
            .text(engine::name_of(change.group.status))
            .instant(change.group.ends_at)
            .instant(change.at)
            .bytes(encode(change.group));
    if (connection.write(sql::save_groups) != static_cast<std::int64_t>(batch.groups.size()))
        fail(StoreError::conflict, "a group of that id has another leader");
}

void write_reviews(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::save_reviews);
    for (const auto& [member, event_sequence, change] : batch.reviews)
        rows.number(member.value)
            .text(change.order_id)
            .text(change.review.product)
            .number(event_sequence)
            .instant(change.at)
            .text(engine::name_of(change.review.status))
            .integer(change.review.score)
            .integer(change.review.pictures ? 1 : 0)
            .integer(change.review.length)
            .integer(change.review.points.count())
            .integer(change.review.cashback.count())
            .integer(change.review.programme_version);
    connection.write(sql::save_reviews);
}

void write_friends(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::save_friends);
    for (const auto& [member, change] : batch.friends)
        rows.number(member.value)
            .text(std::to_string(change.who.member.value))
            .text(engine::name_of(change.who.status))
            .instant(change.who.at)
            .instant(change.at)
            .integer(change.who.points.count())
            .integer(change.who.cashback.count())
            .bytes(kept_bytes(connection.seal(), friend_place(member), encode(change.who)));
    connection.write(sql::save_friends);
}

void write_trials(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::save_trials);
    for (const auto& [member, change] : batch.trials)
        rows.number(member.value)
            .text(change.activity)
            .text(engine::name_of(change.status))
            .text(hex_of(change.number))
            .instant(change.at);
    connection.write(sql::save_trials);
}

void write_given_answers(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::insert_given_answers);
    for (const auto& row : batch.given_answers)
        rows.number(row.member.value)
            .number(row.event_sequence)
            .text(row.question)
            .text(row.activity)
            .text(row.order_id)
            .instant(row.at)
            .text(kept_text(connection.seal(), given_answer_place(row.member, row.event_sequence, row.question),
                            row.answer));
    connection.write(sql::insert_given_answers);
    auto gone = connection.rows(sql::delete_given_answers);
    for (const MemberId member : batch.forgotten_answers) gone.number(member.value);
    connection.write(sql::delete_given_answers);
}

// In one order for every process, so that two that answer the same questionnaire cannot wait for each other.
void write_answer_counts(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::add_answer_counts);
    for (const auto& row : batch.answer_counts)
        rows.text(row.activity)
            .text(row.question)
            .text(row.answer)
            .integer(row.times)
            .integer(row.left_out)
            .integer(row.members);
    connection.write(sql::add_answer_counts);
}

}  // namespace

std::vector<service::ActivityResultRow> read_results(Connection& connection, MemberId member,
                                                     const std::string& activity,
                                                     const service::Page<service::ResultKey>& page) {
    std::vector<service::ActivityResultRow> results;
    connection.rows(sql::list_results)
        .number(member.value)
        .number(page.after.event_sequence)
        .integer(page.after.index)
        .text(activity)
        .integer(activity.empty() ? 1 : 0)
        .integer(limit_of(page.limit));
    connection.read(sql::list_results, [&](const Row& row) { results.push_back(result_of(row, member)); });
    return results;
}

std::vector<service::RedemptionRow> read_redemptions(Connection& connection, MemberId member,
                                                     const service::Page<std::string>& page) {
    std::vector<service::RedemptionRow> found;
    connection.rows(sql::list_redemptions).number(member.value).text(page.after).integer(limit_of(page.limit));
    const auto add = [&](const Row& row) { found.push_back(redemption_of(row, connection.seal())); };
    connection.read(sql::list_redemptions, add);
    return found;
}

std::vector<service::RedemptionRow> read_all_redemptions(Connection& connection, engine::RedemptionStatus status,
                                                         const service::Page<service::MemberTextKey>& page) {
    std::vector<service::RedemptionRow> found;
    connection.rows(sql::list_all_redemptions)
        .text(engine::name_of(status))
        .number(page.after.member.value)
        .text(page.after.text)
        .integer(limit_of(page.limit));
    const auto add = [&](const Row& row) { found.push_back(redemption_of(row, connection.seal())); };
    connection.read(sql::list_all_redemptions, add);
    return found;
}

std::optional<service::GroupRow> read_group(Connection& connection, const std::string& group) {
    std::optional<service::GroupRow> found;
    connection.rows(sql::find_group).text(group);
    connection.read(sql::find_group, [&](const Row& row) { found = group_of(row); });
    return found;
}

std::vector<service::GroupRow> read_open_groups(Connection& connection, const std::string& promotion,
                                                const service::Page<std::string>& page) {
    std::vector<service::GroupRow> found;
    connection.rows(sql::list_open_groups).text(promotion).text(page.after).integer(limit_of(page.limit));
    connection.read(sql::list_open_groups, [&](const Row& row) { found.push_back(group_of(row)); });
    return found;
}

std::vector<service::ReviewRow> read_reviews(Connection& connection, engine::ReviewStatus status,
                                             const service::Page<service::MemberTextKey>& page) {
    std::vector<service::ReviewRow> found;
    const std::string& after = page.after.text;
    const std::size_t cut = std::min(after.find('\n'), after.size());
    connection.rows(sql::list_reviews)
        .text(engine::name_of(status))
        .number(page.after.member.value)
        .text(after.substr(0, cut))
        .text(cut < after.size() ? after.substr(cut + 1) : "")
        .integer(limit_of(page.limit));
    connection.read(sql::list_reviews, [&](const Row& row) { found.push_back(review_of(row)); });
    return found;
}

std::vector<service::FriendRow> read_friends(Connection& connection, engine::FriendStatus status,
                                             const service::Page<service::MemberTextKey>& page) {
    std::vector<service::FriendRow> found;
    connection.rows(sql::list_friends)
        .text(engine::name_of(status))
        .number(page.after.member.value)
        .text(page.after.text)
        .integer(limit_of(page.limit));
    connection.read(sql::list_friends,
                    [&](const Row& row) { found.push_back(friend_of(row, connection.seal())); });
    return found;
}

std::vector<service::TrialRow> read_applicants(Connection& connection, const std::string& activity, bool by_number,
                                               std::size_t limit) {
    std::vector<service::TrialRow> found;
    const Statement& statement = by_number ? sql::list_applicants_by_number : sql::list_applicants_by_time;
    connection.rows(statement).text(activity).integer(limit_of(limit));
    connection.read(statement, [&](const Row& row) {
        found.push_back({{row.number(0)},
                         {activity, engine::TrialStatus::applied, number_of(row.text(1)), row.instant(2)}});
    });
    return found;
}

std::int64_t read_trial_count(Connection& connection, const std::string& activity, engine::TrialStatus status) {
    std::int64_t count = 0;
    connection.rows(sql::count_trials).text(activity).text(engine::name_of(status));
    connection.read(sql::count_trials, [&](const Row& row) { count = row.integer(0); });
    return count;
}

std::vector<service::GivenAnswerRow> read_given_answers(Connection& connection, const std::string& activity,
                                                        const std::string& question,
                                                        const service::Page<service::GivenAnswerKey>& page) {
    std::vector<service::GivenAnswerRow> found;
    connection.rows(sql::list_given_answers)
        .text(activity)
        .text(question)
        .instant(page.after.at)
        .number(page.after.member.value)
        .number(page.after.event_sequence)
        .integer(limit_of(page.limit));
    connection.read(sql::list_given_answers, [&](const Row& row) {
        const MemberId member{row.number(0)};
        const std::uint64_t sequence = row.number(1);
        found.push_back({.member = member,
                         .event_sequence = sequence,
                         .question = question,
                         .activity = activity,
                         .order_id = row.text(2),
                         .at = row.instant(3),
                         .answer = opened_text(connection.seal(), given_answer_place(member, sequence, question),
                                               row.text(4))});
    });
    return found;
}

std::vector<service::AnswerCountRow> read_answer_counts(Connection& connection, const std::string& activity) {
    std::vector<service::AnswerCountRow> found;
    connection.rows(sql::list_answer_counts).text(activity);
    connection.read(sql::list_answer_counts, [&](const Row& row) {
        found.push_back({activity, row.text(0), row.text(1), row.integer(2), row.integer(3), row.integer(4)});
    });
    return found;
}

std::vector<service::SeedChain> read_seed_chains(Connection& connection) {
    std::vector<service::SeedChain> chains;
    connection.rows(sql::list_seed_chains);
    connection.read(sql::list_seed_chains, [&](const Row& row) {
        const std::string activity = row.text(0);
        chains.push_back({.activity = activity,
                          .root = opened_text(connection.seal(), seed_place(activity), row.text(1)),
                          .anchor = row.text(2),
                          .first_day = {static_cast<std::int32_t>(row.integer(3))},
                          .days = row.integer(4),
                          .made_at = row.instant(5)});
    });
    return chains;
}

void write_activities(Connection& connection, const service::Batch& batch) {
    write_results(connection, batch);
    write_redemptions(connection, batch);
    write_groups(connection, batch);
    write_reviews(connection, batch);
    write_friends(connection, batch);
    write_trials(connection, batch);
    write_given_answers(connection, batch);
    write_answer_counts(connection, batch);
}

void write_seed_chain(Connection& connection, const service::SeedChain& chain) {
    connection.rows(sql::insert_seed_chain)
        .text(chain.activity)
        .text(kept_text(connection.seal(), seed_place(chain.activity), chain.root))
        .text(chain.anchor)
        .integer(chain.first_day.days)
        .integer(chain.days)
        .instant(chain.made_at);
    connection.write(sql::insert_seed_chain);
}

}  // namespace regulars::store
