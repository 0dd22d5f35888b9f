// What the tests of every store share: a store on a fresh database of each kind, and rows to put in.
#pragma once

#include "database.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace regulars::contract {

using service::Batch;
using service::StoreError;

inline engine::Member member_with(std::uint64_t id) {
    engine::Member member;
    member.id = {id};
    member.registered_at = Instant{1'700'000'000'000};
    member.profile.name = "\xe9\x99\x88\xe6\x99\xa8";
    member.event_sequence = 1;
    return member;
}

inline engine::Order order_with(std::string order_id) {
    engine::Order order;
    order.order_id = std::move(order_id);
    order.number = {1};
    order.status = engine::OrderStatus::paid;
    order.ordered_at = Instant{1'700'000'000'000};
    order.points = Points(42);
    order.cashback = Money(7);
    order.lines.resize(2);
    order.lines[0].amount = Money(1'000);
    order.lines[1].amount = Money(234);
    return order;
}

inline service::EventRow event_row(std::uint64_t member, std::uint64_t sequence) {
    return {.member = {member},
            .sequence = sequence,
            .at = {1'700'000'000'001},
            .applied_at = {1'700'000'000'002},
            .recorded_at = {1'700'000'000'003},
            .name = "order_created",
            .order_id = "2024-" + std::to_string(sequence),
            .programme_version = 3,
            .payload = R"({"order_id":"2024","note":"it's 100 % \"fine\" \\ {a,b} NULL"})"};
}

inline service::LedgerRow ledger_row(std::uint64_t member, std::uint64_t sequence) {
    return {.member = {member},
            .event_sequence = 1,
            .entry = {.sequence = sequence,
                      .at = {1'700'000'000'000},
                      .from = engine::Account::points_issued,
                      .to = engine::Account::points_available,
                      .amount = 42,
                      .cause = engine::Cause::settlement,
                      .order = {1},
                      .lot = {2},
                      .programme_version = 3}};
}

inline Batch batch_of(const engine::Member& member, std::uint64_t expected_version) {
    Batch batch;
    batch.members.push_back({&member, expected_version, "normal"});
    return batch;
}

class store_contract : public testing::TestWithParam<Backend> {
protected:
    store_contract() : database_(GetParam()), store_(database_.open()) {}

    void save(const engine::Member& member, std::uint64_t expected_version = 0) {
        ASSERT_TRUE(store_->commit(batch_of(member, expected_version)).has_value());
    }

    std::optional<service::StoredMember> load(std::uint64_t id) {
        const std::vector<MemberId> ids{{id}};
        return store_->load_members(ids).value().at(0);
    }

    void expect_refused(const Batch& batch, StoreError error) {
        const auto result = store_->commit(batch);
        ASSERT_FALSE(result.has_value());
        EXPECT_EQ(result.error().error, error) << result.error().detail;
    }

    Database database_;
    std::unique_ptr<service::Store> store_;
};

}  // namespace regulars::contract
