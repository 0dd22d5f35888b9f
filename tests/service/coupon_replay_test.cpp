// Members with coupons are rebuilt from their events byte for byte, whatever was claimed, reserved, used and returned,
// whenever the scheduler came by, and whichever process decided it.
#include <gtest/gtest.h>

#include <atomic>
#include <map>

#include "audit.hpp"
#include "coupon_workload.hpp"
#include "programme/parse.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

constexpr std::string_view programmes[] = {"programmes/mall.yaml", "programmes/newcomer.yaml", Shop::checkout};

class CouponReplay : public testing::TestWithParam<contract::Backend> {};

INSTANTIATE_TEST_SUITE_P(stores, CouponReplay, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

std::shared_ptr<const programme::Programme> edited(std::uint32_t version, std::string_view path) {
    return std::make_shared<const programme::Programme>(*programme::parse(edited_programme(version, path), "edited"));
}

struct Past {
    std::map<std::string, int> kept;     ///< by type of event
    std::map<std::string, int> refused;  ///< by reason
};

struct How {
    bool by_two = false;    ///< a second service on the same database takes every other request
    bool some_late = true;  ///< some events come after later ones
};

Past run(const Shop& shop, std::string_view path, std::uint64_t seed, ServiceOptions options, How how = {}) {
    std::atomic<std::int64_t> clock{local("2026-01-01T08:00").ms};
    options.clock = [&clock] { return Instant{clock.load()}; };
    const auto service = shop.start(options);
    const auto other = how.by_two ? shop.start(options) : nullptr;
    CouponWorkload workload(*service, seed, how.some_late);
    Past past;
    for (int round = 0; round < 60; ++round) {
        Service& asked = how.by_two && round % 2 == 1 ? *other : *service;
        const std::vector<Command> commands = workload.next(workload.pick(25));
        const Answered answered = ask(asked, commands);
        workload.heard(commands, answered.replies);
        for (std::size_t i = 0; i < answered.replies.size(); ++i) {
            const Reply& reply = answered.replies[i];
            if (reply && !reply->duplicate) ++past.kept[std::string(engine::name_of(commands[i].event.fact))];
            if (!reply) ++past.refused[told(reply)];
        }
        clock = workload.now().ms;
        if (round != 20) continue;
        EXPECT_TRUE(service->activate(edited(2, path)).has_value());
    }
    service->drain();
    if (other != nullptr) other->drain();
    return past;
}

// What is refused of late events depends on when the scheduler came by; whatever was accepted is rebuilt. So every
// third run has both, and is not counted.
TEST_P(CouponReplay, a_random_history_is_rebuilt_byte_for_byte_whatever_the_scheduler_did) {
    std::map<std::string, int> kept;
    const std::uint64_t seeds = GetParam() == contract::Backend::memory ? 12 : 3;
    for (const std::string_view path : programmes)
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            SCOPED_TRACE(std::string(path) + ", seed " + std::to_string(seed));
            const Shop shop(GetParam(), path);
            ServiceOptions options = shop.options();
            options.scheduler = seed % 3 != 1;
            options.cache_members_max = seed % 2 == 0 ? 4 : 1'000;
            options.commands_ahead_min = seed % 2 == 0 ? 1 : 200;
            const How how{.by_two = false, .some_late = seed % 3 != 2};
            const Past past = run(shop, path, seed, std::move(options), how);
            for (const auto& [type, count] : past.kept) kept[type] += seed % 3 != 0 ? count : 0;
            EXPECT_EQ(shop.replay_differences(), "");
            EXPECT_EQ(audit(*shop.open()), "");
        }
    for (const char* type : {"coupon_granted", "coupon_claimed", "coupon_revoked", "hold_placed", "hold_released",
                             "order_created", "order_refunded", "order_cancelled", "order_exchanged",
                             "goods_redeemed", "redemption_moved", "checked_in", "behaviour_shown", "turn_taken"})
        EXPECT_GT(kept[type], 5) << type << " happened often enough to tell something";
}

TEST_P(CouponReplay, who_lets_time_pass_and_when_changes_nothing) {
    for (const std::string_view path : programmes) {
        SCOPED_TRACE(path);
        const Shop watched(GetParam(), path);
        ServiceOptions options = watched.options();
        options.scheduler = true;
        const How how{.by_two = false, .some_late = false};
        const Past by_scheduler = run(watched, path, 7, std::move(options), how);
        const Shop alone(GetParam(), path);
        const Past without = run(alone, path, 7, alone.options(), how);
        EXPECT_EQ(by_scheduler.kept, without.kept);
        EXPECT_EQ(by_scheduler.refused, without.refused);
    }
}

TEST_P(CouponReplay, two_services_in_turn_are_rebuilt_too) {
    for (const std::string_view path : programmes) {
        SCOPED_TRACE(path);
        const Shop shop(GetParam(), path);
        ServiceOptions options = shop.options();
        options.cache_members_max = 0;
        static_cast<void>(run(shop, path, 5, std::move(options), {.by_two = true}));
        EXPECT_EQ(shop.replay_differences(), "");
        EXPECT_EQ(audit(*shop.open()), "");
    }
}

TEST_P(CouponReplay, an_event_keeps_what_was_left_when_it_was_decided) {
    const Shop shop(GetParam(), Shop::checkout);
    {
        const auto service = shop.start();
        const auto claim = [](const char* who) {
            return command(who, "2026-01-05", engine::CouponClaimed{"last", "", "c"});
        };
        EXPECT_EQ(ask(*service, {claim("1"), claim("2"), claim("3")}).body,
                  "member 1 event 1 normal 0+0\nmember 2 event 1 normal 0+0\ncoupon_sold_out\n");
        const std::string payload = must(service->list_events(MemberId{2}, {0, 1}))[0].payload;
        EXPECT_NE(payload.find(R"("stock":[{"coupon":"last","left":1},)"
                               R"({"coupon":"starter","left":59}])"),
                  std::string::npos)
            << payload;
        // Whoever has registered is told of stocks only when they ask for a coupon.
        static_cast<void>(tell(*service, order("2", "2026-01-06", "A", 100)));
        EXPECT_EQ(must(service->list_events(MemberId{2}, {2, 1}))[0].payload.find("stock"), std::string::npos);
        // What the sender says is left does not count.
        Command forged = claim("4");
        forged.event.stock = {{"last", 50}};
        EXPECT_EQ(tell(*service, forged), "coupon_sold_out");
    }
    EXPECT_EQ(shop.replay_differences(), "");
    EXPECT_EQ(audit(*shop.open()), "");
}

// What a first event was told of stocks is no part of what it says.
TEST_P(CouponReplay, an_event_that_waits_for_its_order_is_known_when_it_comes_again) {
    const Shop shop(GetParam(), Shop::checkout);
    const auto service = shop.start();
    const Command shipped = command("1", "2026-01-05", engine::OrderShipped{"A"});
    EXPECT_EQ(tell(*service, shipped), "member 1 parked 1 normal 0+0");
    EXPECT_EQ(tell(*service, shipped), "member 1 duplicate");
    EXPECT_EQ(shop.replay_differences(), "");
}

// What is reserved, or used on an order that is still open, is as much of a version as what is in the wallet.
TEST_P(CouponReplay, a_version_that_another_process_activated_is_noticed_by_the_coupon_of_a_hold_or_an_order) {
    for (const bool by_hold : {true, false}) {
        SCOPED_TRACE(by_hold);
        const Shop shop(GetParam(), Shop::checkout);
        ServiceOptions options = shop.options();
        options.cache_members_max = 0;
        const auto one = shop.start(options);
        const auto other = shop.start(options);
        static_cast<void>(tell(*other, command("1", "2026-01-02", engine::Registered{})));
        EXPECT_TRUE(one->activate(edited(2, Shop::checkout)).has_value());
        engine::HoldPlaced hold;
        hold.hold_id = "H";
        hold.lines.resize(1);
        hold.lines[0].amount = Money(12'00);
        hold.coupons = std::vector<CouponId>{{3}};
        engine::OrderCreated order;
        order.order_id = "A";
        order.lines.resize(1);
        order.hold_id = "H";
        EXPECT_EQ(ask(*one, {command("1", "2026-01-03", engine::CouponClaimed{"dear", "", "c"}),
                             command("1", "2026-01-03", hold)}).body,
                  "member 1 event 3 normal 0+0\nmember 1 event 4 normal 0+0\n");
        if (by_hold) {
            EXPECT_EQ(tell(*other, command("1", "2026-01-03", order)), "member 1 event 5 normal 0+0");
        } else {
            EXPECT_EQ(tell(*one, command("1", "2026-01-03", order)), "member 1 event 5 normal 0+0");
            EXPECT_EQ(tell(*other, command("1", "2026-01-03", engine::OrderCancelled{"A"})),
                      "member 1 event 6 normal 0+0");
        }
        EXPECT_EQ(other->programmes()->current().version, 2U);
        EXPECT_EQ(audit(*shop.open()), "");
        EXPECT_EQ(shop.replay_differences(), "");
    }
}

// A canary: a coupon that nobody was given is found.
TEST_P(CouponReplay, a_coupon_out_of_nothing_is_found) {
    const Shop shop(GetParam(), Shop::checkout);
    static_cast<void>(tell(*shop.start(), command("1", "2026-01-05", engine::Registered{})));
    const auto store = shop.open();
    const MemberId id{1};
    const auto stored = *must(store->load_members(std::span(&id, 1)))[0];
    engine::Member changed = stored.member;
    changed.coupons.push_back(changed.coupons.back());
    changed.coupons.back().id = {++changed.last_coupon_id};
    Batch batch;
    batch.members = {{&changed, stored.version, "normal", false}};
    ASSERT_TRUE(store->commit(batch).has_value());
    EXPECT_EQ(shop.replay_differences(), "member 1: coupons: stored and replayed differ\n"
                                         "member 1: last_coupon_id: stored and replayed differ\n");
    EXPECT_EQ(audit(*store), "member 1: coupons in the table 2, not 3\n");
}

}  // namespace
}  // namespace regulars::service
