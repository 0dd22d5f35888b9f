// Batches that are decided while the one before is committed come to what they come to one after another, and stay
// whole when that commit fails. A few members and small batches make sure that neighbours touch the same things.
#include <algorithm>

#include <gtest/gtest.h>

#include "faulty_store.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

constexpr int requests_count = 240;

class Ahead : public testing::TestWithParam<contract::Backend> {
protected:
    ~Ahead() override { Faults::none(); }
    static std::unique_ptr<Service> start(const Shop& shop, std::size_t commands_ahead_min) {
        ServiceOptions options = shop.options();
        options.open_store = &open_faulty;
        options.batch_commands_max = 4;
        options.commands_ahead_min = commands_ahead_min;
        return shop.start(std::move(options));
    }
    /// Orders of seven customers, refunds of what has settled long ago and of what has just been bought, cards that
    /// go from hand to hand, and every tenth request twice under its key.
    static std::vector<Command> commands_of(int number) {
        const std::string who = std::to_string(number % 7);
        const std::string day = "2026-0" + std::to_string(1 + number / 60) + "-" + std::to_string(10 + number % 18);
        if (number % 5 == 4) {
            const std::string order_id = "O" + std::to_string(number - 7 * (1 + number % 6));
            return {command(who, day, engine::OrderRefunded{order_id, "R" + std::to_string(number), {}})};
        }
        if (number % 9 == 8) return {command(who, day, engine::IdentityLinked{"card", std::to_string(number % 4)})};
        if (number % 9 == 7) return {command(who, day, engine::IdentityUnlinked{"card", std::to_string(number % 4)})};
        return {order(who, day, "O" + std::to_string(number), 100'00 + number * 100),
                order(who, day, "P" + std::to_string(number), 50'00)};
    }
    static std::string key_of(int number) { return "key" + std::to_string(number % 10 == 9 ? number - 1 : number); }
    static std::string hash_of(int number) { return std::to_string(number % 10 == 9 ? number - 1 : number); }
    static std::vector<Answered> ask_all(Service& service) {
        std::vector<std::future<Answered>> answers;
        for (int number = 0; number < requests_count; ++number) {
            const int same = number % 10 == 9 ? number - 1 : number;
            answers.push_back(submit(service, commands_of(same), key_of(number), hash_of(number)));
        }
        std::vector<Answered> answered;
        for (auto& answer : answers) answered.push_back(wait_for(std::move(answer)));
        return answered;
    }
    static bool kept(const Answered& answered) {
        return answered.body.find("store_failed") == std::string::npos &&
               answered.body.find("outcome_unknown") == std::string::npos;
    }
};

INSTANTIATE_TEST_SUITE_P(stores, Ahead, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

TEST_P(Ahead, comes_to_what_one_after_another_comes_to) {
    const Shop patient(GetParam());
    const Shop hurried(GetParam());
    std::vector<Answered> expected;
    {
        const auto service = start(patient, SIZE_MAX);
        expected = ask_all(*service);
    }
    const auto service = start(hurried, 1);
    const std::vector<Answered> found = ask_all(*service);
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(found[i].body, expected[i].body) << i;
    EXPECT_EQ(hurried.contents(), patient.contents());
    EXPECT_EQ(hurried.replay_differences(), "");
}

TEST_P(Ahead, conflicts_are_decided_again_with_all_that_came_after) {
    const Shop flawless(GetParam());
    {
        const auto service = start(flawless, 1);
        static_cast<void>(ask_all(*service));
    }
    const Shop shop(GetParam());
    const auto service = start(shop, 1);
    Faults::conflict(5);
    for (const Answered& answered : ask_all(*service)) EXPECT_TRUE(kept(answered)) << answered.body;
    Faults::none();
    EXPECT_EQ(shop.contents(), flawless.contents());
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST_P(Ahead, whichever_call_fails_what_was_answered_is_kept_and_nothing_is_half) {
    for (int call = 1; call < 60; call += 3) {
        const Shop shop(GetParam());
        const auto service = start(shop, 1);
        Faults::fail_call(call, call % 2 == 0 ? StoreError::locked : StoreError::unavailable);
        const std::vector<Answered> first = ask_all(*service);
        Faults::none();
        EXPECT_EQ(shop.replay_differences(), "") << "after a failure of call " << call;
        const std::vector<Answered> again = ask_all(*service);
        for (std::size_t i = 0; i < first.size(); ++i) {
            EXPECT_TRUE(kept(again[i])) << again[i].body;
            if (!kept(first[i])) continue;
            EXPECT_EQ(again[i].body, first[i].body) << "call " << call << ", request " << i;
        }
        EXPECT_EQ(shop.replay_differences(), "") << "after a failure of call " << call;
    }
}

TEST_P(Ahead, an_unknown_outcome_is_told_and_the_next_batches_stand_on_what_is_there) {
    const Shop shop(GetParam());
    const auto service = start(shop, 1);
    Faults::break_after_commit();
    const std::vector<Answered> first = ask_all(*service);
    Faults::none();
    EXPECT_TRUE(std::ranges::any_of(first, [](const Answered& one) { return !kept(one); }));
    EXPECT_EQ(shop.replay_differences(), "");
    for (const Answered& answered : ask_all(*service)) EXPECT_TRUE(answered.replayed) << answered.body;
    EXPECT_EQ(shop.replay_differences(), "");
}

/// Only its commits are durable later than they return.
class AheadOnSqlite : public Ahead {};

INSTANTIATE_TEST_SUITE_P(stores, AheadOnSqlite, testing::Values(contract::Backend::sqlite),
                         [](const auto& backend) { return contract::name_of(backend.param); });

TEST_P(AheadOnSqlite, after_a_sync_that_failed_nothing_more_is_promised_until_the_service_starts_again) {
    const Shop shop(GetParam());
    {
        const auto service = start(shop, 1);
        Faults::break_sync_once();
        const std::vector<Answered> first = ask_all(*service);
        EXPECT_TRUE(std::ranges::any_of(
            first, [](const Answered& one) { return one.body.find("outcome_unknown") != std::string::npos; }));
        for (const Answered& answered : ask_all(*service))
            EXPECT_NE(answered.body.find("store_failed"), std::string::npos) << answered.body;
        EXPECT_FALSE(service->ready().has_value());
        CodeRequest code;
        code.address = {"email", "a@example.com"};
        EXPECT_FALSE(service->ask_code(code).has_value()) << "nor by what is done between batches";
        EXPECT_EQ(shop.replay_differences(), "");
    }
    const auto service = start(shop, 1);
    EXPECT_TRUE(service->ready().has_value());
    for (const Answered& answered : ask_all(*service)) EXPECT_TRUE(kept(answered)) << answered.body;
    EXPECT_EQ(shop.replay_differences(), "");
}

}  // namespace
}  // namespace regulars::service
