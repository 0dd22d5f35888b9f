// What the databases do to us, and what becomes of it: locks, full disks, other versions, servers that go away.
#include "database.hpp"
#include "store/connection.hpp"
#include "store/failure.hpp"
#include "store/migrations.hpp"
#include "store/open.hpp"
#include "store/sql_store.hpp"
#include "store/testing_first_version.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

namespace regulars::contract {
namespace {

using service::StoreError;
using testing::HasSubstr;

/// Commits one member; the versions stand in a row.
service::Stored<void> save(service::Store& store, std::uint64_t id, std::uint64_t expected_version = 0,
                           std::size_t size = 0) {
    engine::Member member;
    member.id = {id};
    // SQLite does not write a page that stays the same.
    member.profile.name.assign(size, static_cast<char>('a' + expected_version % 26));
    service::Batch batch;
    batch.members.push_back({&member, expected_version, "normal"});
    return store.commit(batch);
}

service::EventRow event_of(std::uint64_t member, std::uint64_t sequence) {
    service::EventRow row;
    row.member = {member};
    row.sequence = sequence;
    row.name = "registered";
    return row;
}

std::size_t count_of_members(service::Store& store) {
    return store.list_members({.after = {}, .limit = 1'000'000}).value().size();
}

/// SQLite with a connection that a test can set up.
struct OwnConnection {
    explicit OwnConnection(const Database& database) {
        auto made = std::make_unique<store::Connection>(store::Dialect::sqlite, database.path().string(),
                                                        store::ConnectionOptions{.busy_timeout_ms = 50});
        connection = made.get();
        store::migrate(*connection, store::migrations());
        store = std::make_unique<store::SqlStore>(std::move(made), database.path().string());
    }
    store::Connection* connection;
    std::unique_ptr<service::Store> store;
};

TEST(sqlite_failure, of_a_full_disk_keeps_what_was_there) {
    const Database database(Backend::sqlite);
    OwnConnection own(database);
    ASSERT_TRUE(save(*own.store, 1).has_value());
    own.connection->run("PRAGMA max_page_count = 40");
    const auto result = save(*own.store, 2, 0, 1'000'000);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().error, StoreError::full) << result.error().detail;
    EXPECT_EQ(count_of_members(*own.store), 1u);
    EXPECT_TRUE(save(*own.store, 3).has_value()) << "what fits is still taken";
    own.connection->run("PRAGMA max_page_count = 100000");
    EXPECT_TRUE(save(*own.store, 2, 0, 1'000'000).has_value());
}

TEST(sqlite_failure, of_a_read_only_database_lets_reading_go_on) {
    const Database database(Backend::sqlite);
    OwnConnection own(database);
    ASSERT_TRUE(save(*own.store, 1).has_value());
    own.connection->run("PRAGMA query_only = 1");
    const auto result = save(*own.store, 2);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().error, StoreError::read_only) << result.error().detail;
    EXPECT_EQ(count_of_members(*own.store), 1u);
}

TEST(sqlite_failure, of_a_locked_database_passes) {
    const Database database(Backend::sqlite);
    OwnConnection own(database);
    OwnConnection other(database);
    other.connection->run("BEGIN EXCLUSIVE");
    const auto result = save(*own.store, 1);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().error, StoreError::locked) << result.error().detail;
    EXPECT_EQ(count_of_members(*own.store), 0u) << "a reader is not in the way";
    other.connection->run("ROLLBACK");
    EXPECT_TRUE(save(*own.store, 1).has_value());
}

TEST(sqlite_failure, of_a_file_that_was_moved_away_is_told_before_anything_is_written_to_it) {
    const Database database(Backend::sqlite);
    const auto store = database.open();
    ASSERT_TRUE(save(*store, 1).has_value());
    const auto elsewhere = database.path().string() + ".elsewhere";
    std::filesystem::rename(database.path(), elsewhere);
    const auto result = save(*store, 2);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().error, StoreError::corrupt);
    EXPECT_THAT(result.error().detail, HasSubstr("moved or deleted"));
    EXPECT_FALSE(store->ping().has_value());
    std::filesystem::rename(elsewhere, database.path());
    EXPECT_TRUE(store->ping().has_value());
    EXPECT_TRUE(save(*store, 2).has_value());
}

TEST(sqlite_failure, one_process_serves_a_file_and_others_use_it) {
    const Database database(Backend::sqlite);
    auto held = store::serve_alone(database.url());
    ASSERT_FALSE(held.has_value()) << "there is no file yet";
    const auto store = database.open();
    held = store::serve_alone(database.url());
    ASSERT_TRUE(held.has_value());
    const auto second = store::serve_alone(database.url());
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().error, StoreError::locked);
    EXPECT_TRUE(save(*store, 1).has_value()) << "the lock is none of SQLite's";
    EXPECT_TRUE(database.open()->ping().has_value());
}

TEST(sqlite_failure, of_a_file_that_is_no_database_names_it_so) {
    const Database database(Backend::sqlite);
    std::ofstream(database.path()) << std::string(10'000, 'x');
    const auto opened = store::open_store(database.url());
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().error, StoreError::corrupt) << opened.error().detail;
}

TEST(sqlite_failure, of_another_applications_database_leaves_it_alone) {
    const Database database(Backend::sqlite);
    database.run("CREATE TABLE notes (text TEXT)");
    const auto opened = store::open_store(database.url());
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().error, StoreError::corrupt);
    EXPECT_THAT(opened.error().detail, HasSubstr("another application"));
    EXPECT_EQ(database.run("SELECT count(*) FROM sqlite_master"), "1");
}

TEST(sqlite_failure, of_a_damaged_document_is_told_and_touches_no_other_member) {
    const Database database(Backend::sqlite);
    const auto store = database.open();
    ASSERT_TRUE(save(*store, 1).has_value());
    ASSERT_TRUE(save(*store, 2).has_value());
    database.run("UPDATE members SET document = x'ff' WHERE member_id = 1");
    const std::vector<MemberId> damaged{{1}};
    const auto loaded = store->load_members(damaged);
    ASSERT_FALSE(loaded.has_value());
    EXPECT_EQ(loaded.error().error, StoreError::corrupt);
    const std::vector<MemberId> sound{{2}};
    EXPECT_TRUE(store->load_members(sound).value().at(0).has_value());
    EXPECT_TRUE(save(*store, 2, 1).has_value()) << "no half-read statement is in the way of a commit";
}

// --- both databases ----------------------------------------------------------------------------------------------

class database_failure : public testing::TestWithParam<Backend> {
protected:
    [[nodiscard]] std::unique_ptr<store::Connection> connect() const {
        const bool sqlite = GetParam() == Backend::sqlite;
        return std::make_unique<store::Connection>(
            sqlite ? store::Dialect::sqlite : store::Dialect::postgres,
            sqlite ? database_.path().string() : database_.url().substr(std::string("postgres:").size()),
            store::ConnectionOptions{});
    }

    Database database_{GetParam()};
};

std::vector<Backend> databases() {
    auto all = backends();
    std::erase(all, Backend::memory);
    return all;
}

INSTANTIATE_TEST_SUITE_P(databases, database_failure, testing::ValuesIn(databases()),
                         [](const auto& backend) { return name_of(backend.param); });

TEST_P(database_failure, of_an_unknown_name_in_the_ledger_is_refused) {
    const auto store = database_.open();
    engine::Member member;
    member.id = {1};
    service::Batch batch;
    batch.members.push_back({&member, 0, "normal"});
    batch.ledger = {{{1},
                     1,
                     {1,
                      {1},
                      engine::Account::points_issued,
                      engine::Account::points_available,
                      1,
                      engine::Cause::settlement,
                      {1},
                      {1},
                      1}}};
    ASSERT_TRUE(store->commit(batch).has_value());
    database_.run("UPDATE ledger SET cause = 'benevolence'");
    const auto rows = store->list_ledger({1}, {});
    ASSERT_FALSE(rows.has_value());
    EXPECT_EQ(rows.error().error, StoreError::corrupt);
}

TEST_P(database_failure, details_hold_no_personal_data) {
    const auto store = database_.open();
    service::Batch batch;
    batch.identities = {{{"phone", "+8613800000000"}, {1}}};
    ASSERT_TRUE(store->commit(batch).has_value());
    const auto again = store->commit(batch);
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().error, StoreError::conflict);
    EXPECT_THAT(again.error().detail, HasSubstr("insert_identities"));
    EXPECT_THAT(again.error().detail, testing::Not(HasSubstr("13800000000")));
}

TEST_P(database_failure, of_a_newer_schema_names_both_versions) {
    const auto latest = store::migrations().back().version;
    ASSERT_TRUE(store::migrate_database(database_.url()).has_value());
    database_.run("INSERT INTO schema_migrations (version, name) VALUES (999, 'far_future')");
    const auto opened = store::open_store(database_.url());
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().error, StoreError::newer_schema);
    EXPECT_THAT(opened.error().detail, HasSubstr("999 (far_future)"));
    EXPECT_THAT(opened.error().detail, HasSubstr("up to " + std::to_string(latest)));
}

TEST_P(database_failure, migrating_brings_a_fresh_database_up_to_date_once) {
    const auto latest = store::migrations().back().version;
    const auto first = store::migrate_database(database_.url()).value();
    EXPECT_EQ(first.before, 0u);
    EXPECT_EQ(first.after, latest);
    const auto second = store::migrate_database(database_.url()).value();
    EXPECT_EQ(second.before, latest);
    EXPECT_EQ(second.after, latest);
    EXPECT_EQ(database_.run("SELECT count(*) FROM schema_migrations"), std::to_string(latest));
}

TEST_P(database_failure, migrating_adds_only_what_is_missing) {
    const std::vector<store::Migration> older{{1, "first", "CREATE TABLE a (x {int64});\n"}};
    auto newer = older;
    newer.push_back({2, "second", "-- Adds b.\nCREATE TABLE b (\n    y {text}\n);\n\nALTER TABLE a ADD z {int64};\n"});
    const auto connection = connect();
    EXPECT_EQ(store::migrate(*connection, older).after, 1u);
    const auto report = store::migrate(*connection, newer);
    EXPECT_EQ(report.before, 1u);
    EXPECT_EQ(report.after, 2u);
    connection->run("INSERT INTO a (x, z) VALUES (1, 2)");
    connection->run("INSERT INTO b (y) VALUES ('z')");
    EXPECT_THROW(store::migrate(*connection, older), store::Failed) << "and the older version refuses it";
}

/// Rows as the first version wrote them, in its schema.
std::vector<std::string> rows_of_first_version(Backend backend) {
    const auto bytes = [&](std::string_view digits) {
        return (backend == Backend::sqlite ? "x'" : "'\\x") + std::string(digits) + "'";
    };
    return {"INSERT INTO members VALUES (7, 12, " + bytes(store::member_document_of_first_version) +
                ", 'vip', 500, 30, 99, 123, 2, 50000, 1700000000000, 1690000000000, 1700600000000)",
            "INSERT INTO orders VALUES (7, '2024-1', 3, 'paid', 2, 1700000000000, 1700000000001, NULL, NULL,"
            " 1700600000000, NULL, 1, 19900, 9950, 800, 100, 99, 1, 50, 9950, 'web', 'S1', " +
                bytes(store::order_document_of_first_version) + ")",
            "INSERT INTO ledger VALUES (7, 1, 1, 1700000000000, 'points_issued', 'points_available', 30, 'settlement',"
            " 3, 4, 2)",
            // Events of two members by turns, more than are noted with one.
            "INSERT INTO events WITH RECURSIVE numbers (n) AS"
            " (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 70)"
            " SELECT 7 + m, n, 1, 1, 1, 'registered', '', 1, '{\"n\":' || n || '}' FROM numbers,"
            " (SELECT 0 AS m UNION ALL SELECT 1) AS members ORDER BY n, m",
            "INSERT INTO settings VALUES ('clock_start', '5')"};
}

TEST_P(database_failure, opening_a_database_of_the_first_version_brings_it_up_to_date) {
    store::migrate(*connect(), store::migrations().first(1));
    for (const auto& row : rows_of_first_version(GetParam())) database_.run(row);
    const auto store = database_.open();
    EXPECT_EQ(store::migrate_database(database_.url()).value().before, store::migrations().back().version);
    const std::vector<MemberId> ids{{7}};
    const auto found = store->load_members(ids).value().at(0);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->version, 12u);
    EXPECT_EQ(found->member, store::member_of_first_version());
    const std::vector<service::OrderKey> orders{{{7}, "2024-1"}};
    EXPECT_EQ(store->load_closed_orders(orders).value().at(0), store::order_of_first_version());
    EXPECT_EQ(store->list_ledger({7}, {}).value().at(0).entry.amount, 30);
    const auto events = store->list_events({7}, {.limit = 100}).value();
    ASSERT_EQ(events.size(), 70u);
    EXPECT_EQ(events[69].payload, R"({"n":70})");
    EXPECT_EQ(events[69].sequence, 70u);
    EXPECT_EQ(store->due_members(instant_max, 10).value(), ids);
    EXPECT_TRUE(store->list_coupons({7}, {}).value().empty());
    const std::vector<std::string> coupons{"welcome"};
    EXPECT_FALSE(store->load_stocks(coupons).value().at(0).has_value());

    auto member = found->member;
    member.coupons = {{{1}, "welcome", 2, {1}, {1}, instant_max, instant_max}};
    service::Batch batch;
    batch.members.push_back({&member, 12, "vip"});
    batch.coupons = {{{7}, {member.coupons[0], engine::CouponStatus::usable, {1}, {}, {}, true, false, Money(2'000)}}};
    batch.stocks = {{"welcome", 1, {19'700}, 1, Money(2'000), 0}};
    batch.events = {event_of(7, 71)};
    ASSERT_TRUE(store->commit(batch).has_value());
    EXPECT_EQ(store->load_members(ids).value().at(0)->member, member);
    EXPECT_EQ(store->list_events({7}, {.after = 69}).value().size(), 2u);
    EXPECT_EQ(store->list_coupons({7}, {}).value().size(), 1u);
}

TEST_P(database_failure, a_migration_that_breaks_half_way_leaves_nothing) {
    const std::vector<store::Migration> broken{
        {1, "first", "CREATE TABLE a (x {int64});\n"},
        {2, "second", "CREATE TABLE b (y {int64});\nCREATE TABLE b_copy AS SELECT nothing FROM nowhere;\n"}};
    auto mended = broken;
    mended[1].text = "CREATE TABLE b (y {int64});\n";
    const auto connection = connect();
    EXPECT_THROW(store::migrate(*connection, broken), store::Failed);
    EXPECT_EQ(database_.run("SELECT max(version) FROM schema_migrations"), "1");
    EXPECT_EQ(store::migrate(*connection, mended).after, 2u) << "b is not there yet";
}

// --- PostgreSQL alone --------------------------------------------------------------------------------------------

class postgres_failure : public database_failure {};

std::vector<Backend> postgres_only() {
    auto all = databases();
    std::erase(all, Backend::sqlite);
    return all;
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(postgres_failure);
INSTANTIATE_TEST_SUITE_P(databases, postgres_failure, testing::ValuesIn(postgres_only()),
                         [](const auto& backend) { return name_of(backend.param); });

TEST_P(postgres_failure, of_a_server_that_went_away_is_mended_by_the_next_call) {
    const auto store = database_.open();
    ASSERT_TRUE(save(*store, 1).has_value());
    const std::string name = "gone_" + std::to_string(getpid());
    const auto named = store::open_store(database_.url() + " application_name=" + name).value();
    ASSERT_TRUE(named->ping().has_value());
    EXPECT_EQ(database_.run("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '" +
                            name + "'"),
              "1");
    const auto result = save(*named, 2);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().error, StoreError::unavailable) << result.error().detail;
    EXPECT_TRUE(save(*named, 2).has_value());
    EXPECT_EQ(count_of_members(*store), 2u);
}

TEST_P(postgres_failure, of_a_server_that_takes_no_writes_is_read_only) {
    ASSERT_TRUE(store::migrate_database(database_.url()).has_value());
    auto url = database_.url();
    url.insert(url.size() - 1, " -cdefault_transaction_read_only=on");
    const auto store = store::open_store(url).value();
    const auto result = save(*store, 1);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().error, StoreError::read_only) << result.error().detail;
    EXPECT_EQ(count_of_members(*store), 0u);
}

TEST_P(postgres_failure, of_a_lock_that_takes_too_long_passes) {
    const auto holder = connect();
    const auto store = database_.open();
    ASSERT_TRUE(save(*store, 1).has_value());
    auto url = database_.url();
    url.insert(url.size() - 1, " -clock_timeout=50ms");
    const auto other = store::open_store(url).value();
    holder->begin_writing(store::Sync::at_commit);
    holder->run("UPDATE members SET tier = 'vip'");
    const auto result = save(*other, 1, 1);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().error, StoreError::locked) << result.error().detail;
    holder->roll_back();
    EXPECT_TRUE(save(*other, 1, 1).has_value());
}

TEST_P(postgres_failure, a_text_that_the_server_cannot_keep_stops_its_batch_alone) {
    const auto store = database_.open();
    service::Batch batch;
    batch.identities = {{{"phone", "\xff\xfe"}, {1}}};
    const auto result = store->commit(batch);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().error, StoreError::corrupt) << result.error().detail;
    EXPECT_TRUE(save(*store, 1).has_value());
}

TEST_P(postgres_failure, backup_points_to_the_servers_own_tools) {
    const auto result = database_.open()->backup((database_.folder() / "copy.db").string());
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().error, StoreError::not_found);
    EXPECT_THAT(result.error().detail, HasSubstr("pg_dump"));
}

// --- backup ------------------------------------------------------------------------------------------------------

TEST(sqlite_backup, is_whole_while_others_write) {
    const Database database(Backend::sqlite);
    const auto store = database.open();
    for (std::uint64_t id = 1; id <= 20; ++id) ASSERT_TRUE(save(*store, id, 0, 100'000).has_value());
    std::atomic<bool> stop = false;
    std::atomic<int> written = 0;
    std::thread writer([&] {
        const auto own = database.open();
        // Two members in step: a copy that holds one of them at another version than the other is torn.
        for (std::uint64_t version = 1; !stop; ++version) {
            engine::Member first;
            engine::Member second;
            first.id = {1};
            second.id = {20};
            first.event_sequence = second.event_sequence = version;
            service::Batch batch;
            batch.members = {{&first, version, "normal"}, {&second, version, "normal"}};
            if (!own->commit(batch)) break;
            ++written;
        }
    });
    while (written < 3) std::this_thread::yield();
    const std::vector<MemberId> ids{{1}, {20}};
    for (int number = 0; number < 5; ++number) {
        const auto path = (database.folder() / ("copy_" + std::to_string(number) + ".db")).string();
        const auto copied = store->backup(path);
        ASSERT_TRUE(copied.has_value()) << copied.error().detail;
        const auto copy = store::open_store("sqlite:" + path).value();
        EXPECT_EQ(count_of_members(*copy), 20u);
        const auto members = copy->load_members(ids).value();
        EXPECT_EQ(members[0]->version, members[1]->version);
        EXPECT_TRUE(save(*copy, 21).has_value()) << "a copy is a database like any other";
    }
    stop = true;
    writer.join();
    EXPECT_EQ(count_of_members(*store), 20u);
}

TEST(sqlite_backup, never_overwrites_a_file_and_leaves_no_half_one) {
    const Database database(Backend::sqlite);
    const auto store = database.open();
    const auto path = database.folder() / "copy.db";
    std::ofstream(path) << "precious";
    const auto onto = store->backup(path.string());
    ASSERT_FALSE(onto.has_value());
    EXPECT_EQ(onto.error().error, StoreError::conflict);
    const auto nowhere = store->backup((database.folder() / "missing" / "copy.db").string());
    ASSERT_FALSE(nowhere.has_value());
    EXPECT_EQ(nowhere.error().error, StoreError::unavailable) << nowhere.error().detail;
    std::string kept;
    std::ifstream(path) >> kept;
    EXPECT_EQ(kept, "precious");
    for (const auto& entry : std::filesystem::directory_iterator(database.folder()))
        EXPECT_NE(entry.path().extension(), ".unfinished");
}

// --- the log ------------------------------------------------------------------------------------------------------

// Enough that the log is worth a checkpoint, which is then made by another thread while this one goes on.
TEST(sqlite_log, is_moved_into_the_database_beside_the_writers) {
    const Database database(Backend::sqlite);
    const auto store = database.open();
    const auto enough = [&] { return std::filesystem::file_size(database.path()) >= 500'000; };
    for (std::uint64_t version = 0; version < 400 && !enough(); ++version) {
        ASSERT_TRUE(save(*store, 1, version, 1'000'000).has_value());
        if (version > 40) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_TRUE(enough());
}

}  // namespace
}  // namespace regulars::contract
