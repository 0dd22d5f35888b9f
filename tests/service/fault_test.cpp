// A store that fails at any of its calls: everybody in the batch hears of it, nothing is half kept, and asking again
// with the same keys comes to where a store without faults comes to.
#include <gtest/gtest.h>

#include "faulty_store.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

class FaultsOn : public testing::TestWithParam<contract::Backend> {
protected:
    ~FaultsOn() override { Faults::none(); }
    static std::unique_ptr<Service> start(const Shop& shop) {
        ServiceOptions options = shop.options();
        options.open_store = &open_faulty;
        options.cache_members_max = 0;  // so that every step loads
        return shop.start(std::move(options));
    }
    // A story of several batches that load, create, link, settle, refund and store answers.
    static std::vector<std::vector<Command>> story() {
        return {
            {order("1", "2026-01-05", "A-1", 300'000), order("2", "2026-01-05", "B-1", 200)},
            {command("1", "2026-02-10", engine::IdentityLinked{"card", "c1"}), order("2", "2026-02-11", "B-2", 500)},
            {command("1", "2026-02-12", engine::OrderRefunded{"A-1", "r", {}}), order("3", "2026-02-12", "C-1", 10)},
        };
    }
    static bool kept(const Answered& answered) {
        return answered.body.find("store_failed") == std::string::npos &&
               answered.body.find("outcome_unknown") == std::string::npos;
    }
};

INSTANTIATE_TEST_SUITE_P(stores, FaultsOn, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

TEST_P(FaultsOn, whichever_call_fails_nothing_is_half_kept_and_asking_again_gets_there) {
    const Shop flawless(GetParam());
    {
        Faults::none();
        const auto service = start(flawless);
        int number = 0;
        for (const auto& commands : story())
            EXPECT_TRUE(kept(ask(*service, commands, "key" + std::to_string(++number), "h")));
    }
    const std::string goal = flawless.contents();
    bool failed = true;
    int call = 0;
    for (call = 1; failed; ++call) {
        ASSERT_LT(call, 100) << "the story has an end";
        const Shop shop(GetParam());
        const auto service = start(shop);
        Faults::fail_call(call, call % 2 == 0 ? StoreError::locked : StoreError::unavailable);
        int number = 0;
        for (const auto& commands : story()) {
            const std::string key = "key" + std::to_string(++number);
            const std::string before = shop.contents();
            const Answered first = ask(*service, commands, key, "h");
            if (kept(first)) continue;
            EXPECT_EQ(first.replies[0].error().store->detail, "as the test wants it");
            EXPECT_EQ(shop.contents(), before);
            EXPECT_EQ(shop.replay_differences(), "");
            const Answered again = ask(*service, commands, key, "h");
            EXPECT_TRUE(kept(again)) << again.body;
            EXPECT_FALSE(again.replayed);
        }
        failed = Faults::happened();
        Faults::none();
        EXPECT_EQ(shop.contents(), goal) << "after a failure of call " << call;
    }
    EXPECT_GT(call, 8) << "the story makes several calls";
}

TEST_P(FaultsOn, after_a_break_at_commit_the_key_tells_what_became_of_it) {
    const Shop shop(GetParam());
    const auto service = start(shop);
    Faults::break_after_commit();
    EXPECT_EQ(ask(*service, {order("1", "2026-01-05", "A-1", 100)}, "key", "h").body, "outcome_unknown\n");
    const Answered again = ask(*service, {order("1", "2026-01-05", "A-1", 100)}, "key", "h");
    EXPECT_EQ(again.body, "member 1 event 1 normal 0+2\n");
    EXPECT_TRUE(again.replayed);
    EXPECT_EQ(service->list_events(MemberId{1}, {0, 10})->size(), 2U);
    EXPECT_EQ(tell(*service, order("1", "2026-01-06", "A-2", 100)), "member 1 event 3 normal 0+4");
}

TEST_P(FaultsOn, conflicts_are_tried_again_but_not_for_ever) {
    const Shop shop(GetParam());
    const auto service = start(shop);
    Faults::conflict(3);
    EXPECT_EQ(tell(*service, order("1", "2026-01-05", "A-1", 100)), "member 1 event 1 normal 0+2");
    Faults::conflict(1'000);
    EXPECT_EQ(tell(*service, order("1", "2026-01-06", "A-2", 100)), "store_failed");
    Faults::none();
    EXPECT_EQ(tell(*service, order("1", "2026-01-06", "A-2", 100)), "member 1 event 3 normal 0+4");
    EXPECT_EQ(service->statistics().store_failures, 1U);
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(FaultsOn, a_failed_activation_leaves_the_old_version_in_force) {
    const Shop shop(GetParam());
    const auto service = start(shop);
    auto programme = std::make_shared<programme::Programme>(service->programmes()->current());
    programme->version = 2;
    programme->source = edited_programme(2);
    Faults::fail_call(1, StoreError::full);
    EXPECT_EQ(service->activate(programme).error().error, StoreError::full);
    EXPECT_EQ(service->programmes()->current().version, 1U);
    EXPECT_TRUE(service->activate(programme).has_value());
    EXPECT_EQ(service->programmes()->current().version, 2U);
}

}  // namespace
}  // namespace regulars::service
