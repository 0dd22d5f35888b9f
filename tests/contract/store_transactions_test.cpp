// What every store promises of transactions, told to each in turn.
#include "store/open.hpp"
#include "store_contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace regulars::contract {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST_P(store_contract, keeps_nothing_of_a_batch_with_one_bad_row) {
    Batch first;
    first.answers = {{"taken", "beef", 200, "", {1}}};
    ASSERT_TRUE(store_->commit(first).has_value());
    const auto member = member_with(1);
    const auto order = order_with("2024-1");
    auto batch = batch_of(member, 0);
    batch.identities = {{{"phone", "+86"}, {1}}};
    batch.events = {event_row(1, 1)};
    batch.ledger = {ledger_row(1, 1)};
    batch.orders = {{{1}, &order, true}};
    batch.tier_changes = {{{1}, 1, 0, {{100}, 0, 1, engine::TierChangeReason::qualified}, "normal", "vip"}};
    batch.costs = {{{1}, 1, 0, {{100}, 0, Money(5), 1, {1}, 1}, "vip_discount"}};
    batch.answers = {{"fresh", "beef", 200, "", {1}}, {"taken", "beef", 200, "", {1}}};
    expect_refused(batch, StoreError::conflict);
    EXPECT_FALSE(load(1).has_value());
    const std::vector<engine::Identity> identities{{"phone", "+86"}};
    EXPECT_EQ(store_->find_identities(identities).value().at(0), std::nullopt);
    EXPECT_THAT(store_->list_events({1}, {}).value(), IsEmpty());
    EXPECT_THAT(store_->list_ledger({1}, {}).value(), IsEmpty());
    EXPECT_THAT(store_->list_orders({1}, {}).value(), IsEmpty());
    const std::vector<std::string> keys{"fresh"};
    EXPECT_FALSE(store_->find_answers(keys).value().at(0).has_value());
    batch.answers.pop_back();
    EXPECT_TRUE(store_->commit(batch).has_value()) << "and the store goes on";
}

TEST_P(store_contract, shows_what_another_handle_committed) {
    const auto other = database_.open();
    save(member_with(1));
    const std::vector<MemberId> ids{{1}};
    ASSERT_TRUE(other->load_members(ids).value().at(0).has_value());
    const auto member = member_with(1);
    ASSERT_TRUE(other->commit(batch_of(member, 1)).has_value());
    expect_refused(batch_of(member, 1), StoreError::conflict);
    EXPECT_EQ(load(1)->version, 2u);
}

TEST_P(store_contract, lets_exactly_one_of_two_writers_win_each_version) {
    save(member_with(1));
    std::atomic<std::uint64_t> won = 0;
    std::atomic<int> odd = 0;
    const auto contend = [&] {
        const auto store = database_.open();
        const auto member = member_with(1);
        for (std::uint64_t version = 1; version <= 25;) {
            const auto result = store->commit(batch_of(member, version));
            if (result) {
                ++won;
                ++version;
            } else if (result.error().error == StoreError::conflict) {
                const std::vector<MemberId> ids{{1}};
                version = store->load_members(ids).value().at(0)->version;
            } else if (result.error().error != StoreError::locked) {
                ++odd;
                break;
            }
        }
    };
    std::thread first(contend);
    std::thread second(contend);
    first.join();
    second.join();
    EXPECT_EQ(odd, 0);
    EXPECT_EQ(load(1)->version, won + 1);
    EXPECT_GE(won, 25u);
}

TEST_P(store_contract, what_is_committed_ahead_is_seen_and_made_durable) {
    const auto other = database_.open();
    ASSERT_TRUE(other->make_durable().has_value()) << "nothing to do yet";
    const auto member = member_with(1);
    const auto batch = batch_of(member, 0);
    const auto later = store_->commit_ahead(batch);
    ASSERT_TRUE(later.has_value());
    EXPECT_EQ(*later, GetParam() == Backend::sqlite || GetParam() == Backend::sealed_sqlite);
    const std::vector<MemberId> ids{{1}};
    EXPECT_TRUE(other->load_members(ids).value().at(0).has_value());
    EXPECT_TRUE(other->make_durable().has_value());
    EXPECT_EQ(store_->commit_ahead(batch).error().error, StoreError::conflict);
    EXPECT_TRUE(store_->commit(batch_of(member, 1)).has_value());
    EXPECT_EQ(load(1)->version, 2u);
}

TEST_P(store_contract, keeps_everything_when_it_is_opened_again) {
    if (GetParam() == Backend::memory) {
        const std::string url = database_.url();
        save(member_with(1));
        store_.reset();
        store_ = database_.open();
        EXPECT_FALSE(load(1).has_value()) << "memory is gone with the last handle";
        return;
    }
    auto member = member_with(1);
    auto batch = batch_of(member, 0);
    batch.events = {event_row(1, 1)};
    ASSERT_TRUE(store_->commit(batch).has_value());
    store_.reset();
    store_ = database_.open();
    EXPECT_EQ(load(1)->member, member);
    EXPECT_THAT(store_->list_events({1}, {}).value(), SizeIs(1));
}

TEST_P(store_contract, opens_for_many_at_once) {
    Database fresh(GetParam());
    std::vector<std::string> refused(4);
    std::vector<std::thread> threads;
    for (auto& detail : refused)
        threads.emplace_back([&] {
            if (const auto store = fresh.opener()(fresh.url()); !store) detail = store.error().detail;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_THAT(refused, testing::Each(""));
}

}  // namespace
}  // namespace regulars::contract
