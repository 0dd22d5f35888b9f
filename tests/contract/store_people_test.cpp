// What every store promises of identities that move, gifts, snapshots, events that are rewritten and orders that go to
// another member.
#include "store_contract.hpp"

#include <gtest/gtest.h>

namespace regulars::contract {
namespace {

const engine::Identity phone{"phone", "+8613800138000"};

MemberId owner_of(service::Store& store, const engine::Identity& identity) {
    return store.find_identities(std::span(&identity, 1)).value().at(0).value_or(MemberId());
}

TEST_P(store_contract, an_identity_moves_from_one_member_to_another_and_goes) {
    Batch batch;
    batch.identities = {{phone, {1}}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    batch = {};
    batch.identity_moves = {{phone, {1}, {2}}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    EXPECT_EQ(owner_of(*store_, phone), MemberId{2});
    expect_refused(batch, StoreError::conflict);
    EXPECT_EQ(owner_of(*store_, phone), MemberId{2}) << "it is no longer whose it was thought to be";
    batch.identity_moves = {{phone, {2}, {}}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    EXPECT_EQ(owner_of(*store_, phone), MemberId{});
    expect_refused(batch, StoreError::conflict);
    batch = {};
    batch.identities = {{phone, {3}}};
    EXPECT_TRUE(store_->commit(batch).has_value()) << "somebody else may have it then";
}

TEST_P(store_contract, a_gift_leads_to_its_giver) {
    Batch batch;
    batch.gifts = {{"abc", {7}}, {"def", {8}}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    EXPECT_EQ(store_->find_giver("abc").value(), MemberId{7});
    EXPECT_EQ(store_->find_giver("ab").value(), std::nullopt);
    expect_refused(batch, StoreError::conflict);
}

TEST_P(store_contract, the_latest_snapshot_of_a_member_is_kept) {
    EXPECT_FALSE(store_->load_snapshot({1}).value().has_value());
    service::Snapshot snapshot{member_with(1), {order_with("A"), order_with("B")}, 3};
    Batch batch;
    batch.snapshots = {snapshot};
    ASSERT_TRUE(store_->commit(batch).has_value());
    snapshot.member.event_sequence = 9;
    batch.snapshots = {snapshot};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto kept = store_->load_snapshot({1}).value();
    ASSERT_TRUE(kept.has_value());
    EXPECT_TRUE(kept->member == snapshot.member);
    EXPECT_TRUE(kept->closed_orders == snapshot.closed_orders);
    EXPECT_EQ(kept->programme_version, 3U);
}

TEST_P(store_contract, an_event_is_rewritten_and_its_neighbours_are_not) {
    save(member_with(1));
    save(member_with(2));
    Batch batch;
    batch.events = {event_row(1, 1), event_row(1, 2), event_row(2, 1)};
    ASSERT_TRUE(store_->commit(batch).has_value());
    batch = {};
    batch.rewritten_events = {{{1}, 2, "{}"}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto events = store_->list_events({1}, {}).value();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].payload, event_row(1, 1).payload);
    EXPECT_EQ(events[1].payload, "{}");
    EXPECT_EQ(events[1].name, "order_created");
    EXPECT_EQ(store_->list_events({2}, {}).value().at(0).payload, event_row(2, 1).payload);
}

TEST_P(store_contract, an_order_goes_to_another_member) {
    const engine::Order order = order_with("A");
    Batch batch;
    batch.orders = {{{1}, &order, true}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    batch.removed_orders = {{{1}, "A"}};
    batch.orders = {{{2}, &order, true}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    EXPECT_TRUE(store_->list_orders({1}, {}).value().empty());
    EXPECT_EQ(store_->list_orders({2}, {}).value().size(), 1U);
    const std::vector<service::OrderKey> keys{{{1}, "A"}, {{2}, "A"}};
    const auto found = store_->load_closed_orders(keys).value();
    EXPECT_FALSE(found[0].has_value());
    EXPECT_TRUE(found[1] == order);
}

}  // namespace
}  // namespace regulars::contract
