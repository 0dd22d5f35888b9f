#include "service/replay.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <random>

#include "programme/parse.hpp"
#include "service/event_json.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

class ReplayOn : public testing::TestWithParam<contract::Backend> {
protected:
    Shop shop{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(stores, ReplayOn, testing::ValuesIn(contract::backends_and_sealed()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

// A seeded stream of facts of all kinds about a few members: late, repeated, refused and parked ones among them.
class Workload {
public:
    explicit Workload(std::uint64_t seed) : random_(seed) {}

    Command next() {
        day_ += pick(3) == 0 ? static_cast<std::int64_t>(pick(6)) : 0;
        const std::string who = std::to_string(pick(12));
        const std::string at = text_of(Instant{day_ * ms_per_day - static_cast<std::int64_t>(pick(20)) * 3'600'000});
        const std::string order_id = "A-" + std::to_string(pick(25));
        const std::string reference = "r" + std::to_string(pick(40));
        const auto amount = static_cast<std::int64_t>(pick(900));
        switch (pick(13)) {
            case 0: return command(who, at, engine::OrderRefunded{order_id, reference, {}});
            case 1: return command(who, at, engine::OrderCancelled{order_id});
            case 2: return command(who, at, engine::PointsSpent{Points(amount * 5), reference, ""});
            case 3: return command(who, at, engine::PointsAdjusted{Points(amount - 300), reference, "gift"});
            case 4: return command(who, at, engine::TierGranted{pick(2) == 0 ? "vip" : "svip", std::nullopt, ""});
            case 5: return command(who, at, engine::BalanceToppedUp{Money(500), Money(50), reference});
            case 6: return command(who, at, engine::IdentityLinked{"card", std::to_string(pick(30))});
            case 7: return command(who, at, engine::OrderExchanged{order_id, reference, {{0, 0, Money(100)}}});
            case 8: return command(who, at, engine::ConsentChanged{"sms", "offers", pick(2) == 0, "till"});
            case 9: return command(who, at, engine::IdentityUnlinked{"card", std::to_string(pick(30))});
            default: return order(who, at, order_id, static_cast<std::int64_t>(pick(400'000)));
        }
    }
    [[nodiscard]] Instant now() const { return {day_ * ms_per_day}; }
    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }

private:
    std::mt19937_64 random_;
    std::int64_t day_ = 20'454;  // 2026-01-01
};

TEST_P(ReplayOn, a_random_history_is_rebuilt_byte_for_byte_whatever_the_scheduler_did) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const Shop own(GetParam());
        ServiceOptions options = own.options();
        options.scheduler = true;
        Workload workload(seed);
        std::atomic<std::int64_t> clock{workload.now().ms};
        options.clock = [&clock] { return Instant{clock.load()}; };
        options.cache_members_max = seed == 2 ? 4 : 1000;
        const auto service = own.start(std::move(options));
        std::uint64_t accepted = 0;
        for (int round = 0; round < 40; ++round) {
            std::vector<Command> commands;
            for (std::size_t i = workload.pick(30); i > 0; --i) commands.push_back(workload.next());
            const Answered answered = ask(*service, commands);
            for (const Reply& reply : answered.replies) accepted += reply && !reply->duplicate ? 1U : 0U;
            clock = workload.now().ms;
            if (round == 20) {
                const auto version = programme::parse(edited_programme(2), "edited");
                ASSERT_TRUE(service->activate(std::make_shared<const programme::Programme>(*version)).has_value());
            }
        }
        service->drain();
        EXPECT_GT(accepted, 150U);
        EXPECT_EQ(own.replay_differences(), "");
    }
}

// A canary: what replay is there to find, it finds.
TEST_P(ReplayOn, whatever_was_tampered_with_is_found) {
    {
        const auto service = shop.start();
        static_cast<void>(
            ask(*service, {order("1", "2026-01-05", "A-1", 10'000), order("2", "2026-01-05", "B-1", 10'000),
                           order("1", "2026-03-05", "A-2", 10'000), order("3", "2026-01-05", "C-1", 1)}));
    }
    EXPECT_EQ(shop.replay_differences(), "");
    const auto store = shop.open();
    const MemberId ids[] = {{1}, {2}, {3}};
    const auto members = must(store->load_members(ids));
    engine::Member changed = members[0]->member;
    changed.points_available += Points(1);
    changed.profile.name = "somebody";
    engine::Member early = members[1]->member;
    early.event_sequence += 1;
    engine::Member third = members[2]->member;
    engine::Order order = third.open_orders[0];
    order.order_id = "C-2";
    Batch batch;
    batch.members = {{&changed, members[0]->version, "normal"}, {&early, members[1]->version, "normal"}};
    batch.orders.push_back({MemberId{3}, &order, true});
    ASSERT_TRUE(store->commit(batch).has_value());
    const std::string found = shop.replay_differences();
    EXPECT_NE(found.find("member 1: profile"), std::string::npos) << found;
    EXPECT_NE(found.find("member 1: points_available"), std::string::npos) << found;
    EXPECT_NE(found.find("member 2: event 3: it is missing"), std::string::npos) << found;
    EXPECT_NE(found.find("member 3: order C-2: stored, but not replayed"), std::string::npos) << found;
}

TEST_P(ReplayOn, events_that_cannot_be_applied_again_are_told_without_stopping) {
    {
        const auto service = shop.start();
        static_cast<void>(
            ask(*service, {order("1", "2026-01-05", "A-1", 10'000), order("2", "2026-01-05", "B-1", 10'000)}));
    }
    const auto store = shop.open();
    const MemberId id{1};
    auto stored = *must(store->load_members(std::span(&id, 1)))[0];
    stored.member.event_sequence += 1;
    Batch batch;
    batch.members = {{&stored.member, stored.version, "normal"}};
    EventRow row;
    row.member = id;
    row.sequence = 3;
    row.name = "order_created";
    row.programme_version = 1;
    row.payload = R"({"type":"order_created","at":"2026-01-06T00:00:00.000Z","order_id":"X","lines":"none"})";
    batch.events.push_back(row);
    ASSERT_TRUE(store->commit(batch).has_value());
    EXPECT_EQ(shop.replay_differences(),
              "member 1: event 3: it cannot be read: /lines the field has the wrong type\n");
    ReplayOptions only_read;
    only_read.verify = false;
    std::uint64_t last_progress = 0;
    only_read.progress = [&](std::uint64_t members) { last_progress = members; };
    const auto report = replay(*store, only_read);
    ASSERT_TRUE(report.has_value());
    EXPECT_EQ(report->members, 2U);
    EXPECT_EQ(report->events, 4U);
    EXPECT_EQ(report->members_differing, 1U);
    EXPECT_EQ(last_progress, 2U);
}

}  // namespace
}  // namespace regulars::service
