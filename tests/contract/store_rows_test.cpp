// What every store promises of the rows beside members, told to each in turn.
#include "store_contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regulars::contract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// --- identities --------------------------------------------------------------------------------------------------

TEST_P(store_contract, finds_members_by_identity) {
    Batch batch;
    batch.identities = {{{"phone", "+8613800000000"}, {1}},
                        {{"email", "chen@example.com"}, {1}},
                        {{"customer:web", "o'Brien \"x\" \\ {1,2} \xe4\xbc\x9a"}, {2}},
                        {{"phone", ""}, {3}}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const std::vector<engine::Identity> keys{{"customer:web", "o'Brien \"x\" \\ {1,2} \xe4\xbc\x9a"},
                                             {"email", "+8613800000000"},
                                             {"phone", "+8613800000000"},
                                             {"phone", ""},
                                             {"phone", "+8613800000000"}};
    EXPECT_THAT(store_->find_identities(keys).value(),
                ElementsAre(MemberId{2}, std::nullopt, MemberId{1}, MemberId{3}, MemberId{1}));
}

TEST_P(store_contract, refuses_an_identity_that_somebody_has) {
    Batch batch;
    batch.identities = {{{"phone", "+8613800000000"}, {1}}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto member = member_with(2);
    batch = batch_of(member, 0);
    batch.identities = {{{"email", "new@example.com"}, {2}}, {{"phone", "+8613800000000"}, {2}}};
    expect_refused(batch, StoreError::conflict);
    EXPECT_FALSE(load(2).has_value());
    const std::vector<engine::Identity> keys{{"email", "new@example.com"}};
    EXPECT_THAT(store_->find_identities(keys).value(), ElementsAre(std::nullopt));
}

// --- events, ledger, orders --------------------------------------------------------------------------------------

TEST_P(store_contract, gives_events_back_in_order_and_by_page) {
    save(member_with(1));
    save(member_with(2));
    Batch batch;
    for (const std::uint64_t sequence : {3u, 1u, 2u}) batch.events.push_back(event_row(1, sequence));
    batch.events.push_back(event_row(2, 1));
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto events = store_->list_events({1}, {}).value();
    ASSERT_THAT(events, SizeIs(3));
    const auto expected = event_row(1, 2);
    const auto& second = events[1];
    EXPECT_EQ(second.member, expected.member);
    EXPECT_EQ(second.sequence, expected.sequence);
    EXPECT_EQ(second.at, expected.at);
    EXPECT_EQ(second.applied_at, expected.applied_at);
    EXPECT_EQ(second.recorded_at, expected.recorded_at);
    EXPECT_EQ(second.name, expected.name);
    EXPECT_EQ(second.order_id, expected.order_id);
    EXPECT_EQ(second.programme_version, expected.programme_version);
    EXPECT_EQ(second.payload, expected.payload);
    const auto rest = store_->list_events({1}, {.after = 1, .limit = 1}).value();
    ASSERT_THAT(rest, SizeIs(1));
    EXPECT_EQ(rest[0].sequence, 2u);
    EXPECT_THAT(store_->list_events({1}, {.after = 3}).value(), IsEmpty());
    EXPECT_THAT(store_->list_events({9}, {}).value(), IsEmpty());
    EXPECT_THAT(store_->list_events({1}, {.limit = 0}).value(), IsEmpty());
    EXPECT_THAT(store_->list_events({1}, {.limit = SIZE_MAX}).value(), SizeIs(3));
}

/// All rows of member 1 in pages of that size, by their sequences.
template <class List>
std::vector<std::uint64_t> sequences_by_page(std::size_t size, List list) {
    std::vector<std::uint64_t> sequences;
    for (std::uint64_t after = 0;;) {
        const std::vector<std::uint64_t> page = list(service::Page<std::uint64_t>{.after = after, .limit = size});
        EXPECT_LE(page.size(), size);
        sequences.insert(sequences.end(), page.begin(), page.end());
        if (page.size() < size) return sequences;
        after = page.back();
    }
}

TEST_P(store_contract, a_long_journal_is_read_by_page_however_it_grew) {
    save(member_with(1));
    save(member_with(2));
    std::uint64_t last = 0;
    std::vector<std::uint64_t> expected;
    for (const int added : {1, 2, 28, 1, 1, 31, 32, 33, 64, 1, 97, 1, 3}) {
        Batch batch;
        for (int i = 0; i < added; ++i) {
            expected.push_back(++last);
            batch.events.push_back(event_row(1, last));
            batch.events.push_back(event_row(2, last));
            batch.ledger.push_back(ledger_row(2, last));
            batch.ledger.push_back(ledger_row(1, last));
        }
        ASSERT_TRUE(store_->commit(batch).has_value());
    }
    for (const std::size_t size : {1U, 3U, 32U, 33U, 100U, 1'000U}) {
        SCOPED_TRACE(size);
        const auto events = sequences_by_page(size, [&](const auto& page) {
            std::vector<std::uint64_t> sequences;
            const auto rows = store_->list_events({1}, page);
            for (const auto& row : rows.value()) sequences.push_back(row.sequence);
            return sequences;
        });
        EXPECT_EQ(events, expected);
        const auto entries = sequences_by_page(size, [&](const auto& page) {
            std::vector<std::uint64_t> sequences;
            const auto rows = store_->list_ledger({1}, page);
            for (const auto& row : rows.value()) sequences.push_back(row.entry.sequence);
            return sequences;
        });
        EXPECT_EQ(entries, expected);
    }
    const auto one = store_->list_events({2}, {.after = 40, .limit = 1}).value();
    ASSERT_THAT(one, SizeIs(1));
    EXPECT_EQ(one[0].order_id, "2024-41");
}

TEST_P(store_contract, refuses_an_event_twice) {
    save(member_with(1));
    Batch batch;
    batch.events = {event_row(1, 1)};
    ASSERT_TRUE(store_->commit(batch).has_value());
    expect_refused(batch, StoreError::conflict);
    batch.events = {event_row(1, 2), event_row(1, 2)};
    expect_refused(batch, StoreError::conflict);
    EXPECT_THAT(store_->list_events({1}, {}).value(), SizeIs(1));
}

TEST_P(store_contract, gives_every_account_and_cause_back) {
    save(member_with(1));
    Batch batch;
    std::uint64_t sequence = 0;
    for (int account = 0; account <= static_cast<int>(engine::last_account); ++account) {
        auto row = ledger_row(1, ++sequence);
        row.entry.from = static_cast<engine::Account>(account);
        row.entry.to = static_cast<engine::Account>(static_cast<int>(engine::last_account) - account);
        batch.ledger.push_back(row);
    }
    for (int cause = 0; cause <= static_cast<int>(engine::last_cause); ++cause) {
        auto row = ledger_row(1, ++sequence);
        row.entry.cause = static_cast<engine::Cause>(cause);
        batch.ledger.push_back(row);
    }
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto rows = store_->list_ledger({1}, {}).value();
    ASSERT_THAT(rows, SizeIs(batch.ledger.size()));
    for (std::size_t index = 0; index < rows.size(); ++index) {
        EXPECT_EQ(rows[index].entry, batch.ledger[index].entry) << "entry " << index;
        EXPECT_EQ(rows[index].event_sequence, 1u);
        EXPECT_EQ(rows[index].member, MemberId{1});
    }
    EXPECT_THAT(store_->list_ledger({1}, {.after = 3, .limit = 4}).value(), SizeIs(4));
}

TEST_P(store_contract, refuses_a_ledger_entry_twice) {
    save(member_with(1));
    Batch batch;
    batch.ledger = {ledger_row(1, 1)};
    ASSERT_TRUE(store_->commit(batch).has_value());
    batch.ledger = {ledger_row(1, 2), ledger_row(1, 1)};
    expect_refused(batch, StoreError::conflict);
    EXPECT_THAT(store_->list_ledger({1}, {}).value(), SizeIs(1));
}

TEST_P(store_contract, keeps_the_last_state_of_an_order) {
    auto order = order_with("2024-1");
    Batch batch;
    batch.orders = {{{1}, &order, false}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const std::vector<service::OrderKey> keys{{{1}, "2024-1"}, {{2}, "2024-1"}};
    EXPECT_EQ(store_->load_closed_orders(keys).value(), (std::vector<std::optional<engine::Order>>(2)));
    order.status = engine::OrderStatus::settled;
    order.settled_at = Instant{1'700'000'000'100};
    batch.orders = {{{1}, &order, true}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto found = store_->load_closed_orders(keys).value();
    ASSERT_TRUE(found[0].has_value());
    EXPECT_EQ(*found[0], order);
    EXPECT_FALSE(found[1].has_value());
    const auto rows = store_->list_orders({1}, {}).value();
    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows[0].order_id, "2024-1");
    EXPECT_EQ(rows[0].status, "settled");
    EXPECT_EQ(rows[0].ordered_at, order.ordered_at);
    EXPECT_EQ(rows[0].amount_minor, 1'234);
    EXPECT_EQ(rows[0].points, 42);
    EXPECT_EQ(rows[0].cashback_minor, 7);
    EXPECT_EQ(rows[0].settled_at, Instant{1'700'000'000'100});
}

TEST_P(store_contract, lists_orders_by_the_bytes_of_their_ids) {
    std::vector<engine::Order> orders;
    for (const auto* id : {"b", "a-2", "A", "\xe4\xbc\x9a", "a 1", "10", "9"}) orders.push_back(order_with(id));
    Batch batch;
    for (const auto& order : orders) batch.orders.push_back({{1}, &order, false});
    ASSERT_TRUE(store_->commit(batch).has_value());
    std::vector<std::string> seen;
    service::Page<std::string> page{.after = {}, .limit = 3};
    for (auto rows = store_->list_orders({1}, page).value(); !rows.empty();
         rows = store_->list_orders({1}, page).value()) {
        for (const auto& row : rows) seen.push_back(row.order_id);
        page.after = rows.back().order_id;
    }
    EXPECT_THAT(seen, ElementsAre("10", "9", "A", "a 1", "a-2", "b", "\xe4\xbc\x9a"));
    EXPECT_FALSE(store_->list_orders({1}, {}).value().at(0).settled_at.has_value());
}

TEST_P(store_contract, takes_tier_changes_and_costs_at_several_instants_after_one_event) {
    Batch batch;
    batch.tier_changes = {{{1}, 1, 0, {{100}, 0, 1, engine::TierChangeReason::qualified}, "normal", "vip"},
                          {{1}, 1, 0, {{200}, 1, 0, engine::TierChangeReason::period_end}, "vip", "normal"}};
    batch.costs = {{{1}, 1, 0, {{100}, 0, Money(-50), 1, {1}, 1}, "vip_discount"},
                   {{1}, 1, 1, {{100}, 1, Money(60), 1, {1}, 1}, "free_shipping"}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    auto again = batch;
    again.costs.clear();
    expect_refused(again, StoreError::conflict);
    again = batch;
    again.tier_changes.clear();
    expect_refused(again, StoreError::conflict);
    if (database_.backend() == Backend::memory) return;
    EXPECT_EQ(database_.run("SELECT count(*) FROM tier_changes WHERE from_tier = 'vip' AND reason = 'period_end'"),
              "1");
    EXPECT_EQ(database_.run("SELECT sum(amount_minor) FROM costs"), "10");
}

TEST_P(store_contract, takes_changes_of_plans_at_several_instants_after_one_event) {
    Batch batch;
    batch.plan_changes = {
        {{1}, 1, 0, {{100}, "plus", engine::PlanChangeKind::bought, Money(9800), {20'000}, 2}},
        {{1}, 1, 1, {{100}, "plus", engine::PlanChangeKind::cancelled, Money(500), {19'700}, 2}},
        {{1}, 1, 0, {{200}, "plus", engine::PlanChangeKind::ended, Money(), {19'700}, 2}}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    expect_refused(batch, StoreError::conflict);
    if (database_.backend() == Backend::memory) return;
    EXPECT_EQ(database_.run("SELECT sum(amount_minor) FROM plan_changes WHERE kind = 'bought' AND last_day = 20000"),
              "9800");
}

// --- answers, programmes, settings -------------------------------------------------------------------------------

TEST_P(store_contract, gives_a_stored_answer_again) {
    Batch batch;
    batch.answers = {{"key-2", "beef", 201, R"({"id":"1"})", {5}}, {"key-1", "cafe", 404, "", {6}}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const std::vector<std::string> keys{"key-1", "none", "key-2"};
    const auto found = store_->find_answers(keys).value();
    ASSERT_TRUE(found[0].has_value());
    EXPECT_FALSE(found[1].has_value());
    ASSERT_TRUE(found[2].has_value());
    EXPECT_EQ(found[2]->key, "key-2");
    EXPECT_EQ(found[2]->input_hash, "beef");
    EXPECT_EQ(found[2]->status, 201);
    EXPECT_EQ(found[2]->body, R"({"id":"1"})");
    EXPECT_EQ(found[2]->at, Instant{5});
    EXPECT_EQ(found[0]->body, "");
    expect_refused(batch, StoreError::conflict);
}

TEST_P(store_contract, keeps_programmes_by_version) {
    const service::ProgrammeRow first{1, "vancl", "currency: CNY\n# \xe4\xbc\x9a\xe5\x91\x98\n", {10}};
    ASSERT_TRUE(store_->add_programme({2, "vancl", "second", {20}}).has_value());
    ASSERT_TRUE(store_->add_programme(first).has_value());
    const auto again = store_->add_programme(first);
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().error, StoreError::conflict);
    const auto all = store_->programmes().value();
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[0].version, 1u);
    EXPECT_EQ(all[0].name, first.name);
    EXPECT_EQ(all[0].source, first.source);
    EXPECT_EQ(all[0].activated_at, first.activated_at);
    EXPECT_EQ(all[1].version, 2u);
}

TEST_P(store_contract, keeps_the_last_value_of_a_setting) {
    ASSERT_TRUE(store_->set_setting("clock_start", "1").has_value());
    ASSERT_TRUE(store_->set_setting("clock_start", "2").has_value());
    EXPECT_EQ(store_->setting("clock_start").value(), "2");
    EXPECT_EQ(store_->setting("CLOCK_START").value(), std::nullopt);
}

}  // namespace
}  // namespace regulars::contract
