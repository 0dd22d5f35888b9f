// What has been committed ahead is told in order, and not at all after a sync that failed.
#include "service/confirmer.hpp"

#include <gtest/gtest.h>

#include "faulty_store.hpp"

namespace regulars::service {
namespace {

TEST(Confirmer, after_a_sync_that_failed_nothing_is_confirmed_that_may_stand_on_it) {
    std::vector<bool> told;
    const auto tell = [&](const Stored<void>& durable) { told.push_back(durable.has_value()); };
    Faults::none();
    {
        Confirmer confirmer(Connection(&open_faulty, "memory:confirmer"));
        confirmer.add(tell, true);
        confirmer.wait();
        EXPECT_FALSE(confirmer.failure().has_value());
        Faults::break_sync_once();
        confirmer.add(tell, true);
        confirmer.wait();
        EXPECT_TRUE(confirmer.failure().has_value());
        confirmer.add(tell, false);
        confirmer.add(tell, true);
    }
    Faults::none();
    EXPECT_EQ(told, (std::vector<bool>{true, false, false, false}));
}

}  // namespace
}  // namespace regulars::service
