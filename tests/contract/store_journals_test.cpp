// Journals on SQLite, which are found through what is noted with their members: what is wrong there is told, and what
// is erased is nowhere in the file.
#include "database.hpp"
#include "store/connection.hpp"
#include "store/migrations.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace regulars::contract {
namespace {

using service::StoreError;

service::EventRow event_of(std::uint64_t member, std::uint64_t sequence) {
    service::EventRow row;
    row.member = {member};
    row.sequence = sequence;
    row.name = "registered";
    return row;
}

TEST(sqlite_journals, what_a_migrated_journal_held_can_be_erased_from_the_file) {
    const Database database(Backend::sqlite);
    {
        store::Connection connection(store::Dialect::sqlite, database.path().string(), {});
        store::migrate(connection, store::migrations().first(9));
    }
    database.run("INSERT INTO members (member_id, version, document, tier, growth, points_available, points_pending,"
                 " balance_minor, orders, spend_minor) VALUES (1, 1, x'', 'normal', 0, 0, 0, 0, 0, 0)");
    for (int sequence = 1; sequence <= 200; ++sequence)
        database.run("INSERT INTO events VALUES (1, " + std::to_string(sequence) +
                     ", 1, 1, 1, 'registered', '', 1, 'Ann Example')");
    const auto is_in_the_file = [&] {
        std::ifstream file(database.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        return bytes.find("Ann Example") != std::string::npos;
    };
    EXPECT_TRUE(is_in_the_file());
    {
        store::Connection connection(store::Dialect::sqlite, database.path().string(), {});
        connection.run("PRAGMA secure_delete = OFF");  // some builds of SQLite begin with it on
        store::migrate(connection, store::migrations());
    }
    {
        const auto store = database.open();
        service::Batch batch;
        for (std::uint64_t sequence = 1; sequence <= 200; ++sequence)
            batch.rewritten_events.push_back({{1}, sequence, "{}"});
        ASSERT_TRUE(store->commit(batch).has_value());
        EXPECT_EQ(store->list_events({1}, {.after = 199}).value().at(0).payload, "{}");
    }
    EXPECT_FALSE(is_in_the_file()) << "nor in what the migration left behind";
}

TEST(sqlite_journals, one_that_is_not_where_it_was_noted_is_told) {
    const Database database(Backend::sqlite);
    const auto store = database.open();
    engine::Member member;
    member.id = {1};
    service::Batch batch;
    batch.members.push_back({&member, 0, "normal"});
    batch.events = {event_of(1, 1), event_of(1, 2)};
    ASSERT_TRUE(store->commit(batch).has_value());
    batch = {};
    batch.events = {event_of(1, 4)};
    EXPECT_EQ(store->commit(batch).error().error, StoreError::conflict) << "one would be left out";
    batch.events = {event_of(9, 1)};
    EXPECT_EQ(store->commit(batch).error().error, StoreError::conflict) << "there is no such member";
    database.run("UPDATE events SET place = 12 WHERE place = 2");
    EXPECT_EQ(store->list_events({1}, {.limit = 1}).value().size(), 1u);
    EXPECT_EQ(store->list_events({1}, {}).error().error, StoreError::corrupt);
    database.run("UPDATE members SET event_places = ',1,two'");
    EXPECT_EQ(store->list_events({1}, {}).error().error, StoreError::corrupt);
}

}  // namespace
}  // namespace regulars::contract
