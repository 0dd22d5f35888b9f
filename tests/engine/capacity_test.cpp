// Refusals that need more than a story has room for: the limits of one member, and a version that is gone.
#include "base/limits.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

namespace regulars::model {

namespace {

class CapacityTest : public testing::Test {
protected:
    CapacityTest() { versions_.add(load_programme("programmes/vancl.yaml", {})); }

    std::optional<engine::Rejection> tell(const engine::Fact& fact) {
        outcome_.clear();
        const auto decided = engine::decide(versions_, member_, {Instant{1'700'000'000'000}, fact}, {}, outcome_);
        return decided ? std::nullopt : std::optional(decided.error());
    }
    static engine::OrderCreated order(std::size_t number) {
        engine::OrderCreated created;
        created.order_id = "A" + std::to_string(number);
        created.lines.emplace_back().amount = Money(100);
        return created;
    }

    programme::Versions versions_;
    engine::Member member_ = engine::new_member(MemberId{1});
    engine::Outcome outcome_;
};

TEST_F(CapacityTest, a_member_has_so_many_open_orders_and_not_one_more) {
    for (std::size_t number = 0; number < limits::open_orders_max; ++number)
        ASSERT_EQ(tell(order(number)), std::nullopt) << number;
    EXPECT_EQ(tell(order(limits::open_orders_max)), engine::Rejection::too_many_open_orders);
    EXPECT_EQ(tell(order(3)), std::nullopt) << "one that is known is still only repeated";
    EXPECT_TRUE(outcome_.duplicate);
    EXPECT_EQ(tell(engine::OrderCancelled{"A7"}), std::nullopt);
    EXPECT_EQ(tell(order(limits::open_orders_max)), std::nullopt) << "an order that ended makes room";
}

TEST_F(CapacityTest, so_many_facts_wait_for_their_orders_and_not_one_more) {
    for (std::size_t number = 0; number < limits::parked_events_max; ++number)
        ASSERT_EQ(tell(engine::OrderShipped{"A" + std::to_string(number)}), std::nullopt);
    EXPECT_EQ(tell(engine::OrderShipped{"B"}), engine::Rejection::too_many_parked_events);
    EXPECT_EQ(tell(engine::OrderShipped{"A1"}), std::nullopt);
    EXPECT_TRUE(outcome_.duplicate);
    EXPECT_EQ(tell(order(1)), std::nullopt);
    EXPECT_EQ(tell(engine::OrderShipped{"B"}), std::nullopt) << "the order that came made room";
}

TEST_F(CapacityTest, an_order_of_a_version_that_is_gone_is_not_returned_by_guesswork) {
    engine::OrderCreated paid = order(1);
    paid.paid_at = Instant{1'700'000'000'000};
    ASSERT_EQ(tell(paid), std::nullopt);
    programme::Versions later;
    later.add(load_programme("programmes/vancl.yaml", {{"version: 1", "version: 2"}}));
    versions_ = later;
    const engine::Member before = member_;
    EXPECT_EQ(tell(engine::OrderRefunded{"A1", "R1", {}}), engine::Rejection::unknown_programme_version);
    EXPECT_TRUE(member_ == before);
}

TEST_F(CapacityTest, references_that_are_long_gone_may_be_used_again_but_recent_ones_not) {
    for (int number = 0; number < 50; ++number)
        ASSERT_EQ(tell(engine::PointsAdjusted{Points(1), "J" + std::to_string(number), ""}), std::nullopt);
    EXPECT_EQ(tell(engine::PointsAdjusted{Points(1), "J0", ""}), std::nullopt);
    EXPECT_TRUE(outcome_.duplicate);
    EXPECT_EQ(member_.points_available, Points(50));
}

}  // namespace

}  // namespace regulars::model
