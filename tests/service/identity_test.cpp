// Identities that come and go: each has one owner at a time, whatever is decided ahead or fails.
#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "faulty_store.hpp"
#include "service/one_time_codes.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

class Identities : public testing::TestWithParam<contract::Backend> {
protected:
    ~Identities() override { Faults::none(); }
    Shop shop_{GetParam()};

    std::unique_ptr<Service> start_faulty() {
        ServiceOptions options = shop_.options();
        options.open_store = faulty(options.open_store);
        options.batch_commands_max = 4;
        options.commands_ahead_min = 1;
        return shop_.start(std::move(options));
    }
    /// What the members list is what lookups find, and nothing else.
    void expect_one_owner_each(Service& service, int cards) {
        for (int card = 0; card < cards; ++card) {
            const engine::Identity identity{"card", std::to_string(card)};
            std::vector<MemberId> listed;
            for (const MemberSummary& summary : must(service.list_members({{}, 100}))) {
                const auto view = must(service.find(summary.member));
                const auto& own = view->member.identities;
                if (std::find(own.begin(), own.end(), identity) != own.end()) listed.push_back(summary.member);
            }
            ASSERT_LE(listed.size(), 1U);
            const auto found = must(service.find(identity));
            EXPECT_EQ(found ? found->member.id : MemberId(), listed.empty() ? MemberId() : listed.front()) << card;
        }
    }
};

INSTANTIATE_TEST_SUITE_P(stores, Identities, testing::ValuesIn(contract::backends_and_sealed()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

TEST_P(Identities, go_from_hand_to_hand_in_one_request) {
    const auto service = shop_.start();
    const engine::IdentityLinked linked{"card", "1"};
    const engine::IdentityUnlinked unlinked{"card", "1"};
    const auto at = "2026-03-01T10:00";
    EXPECT_EQ(tell(*service, command("a", at, engine::Registered{})).substr(0, 8), "member 1");
    EXPECT_EQ(tell(*service, command("b", at, engine::Registered{})).substr(0, 8), "member 2");
    const Answered there_and_back =
        ask(*service, {command("a", at, linked), command("b", at, linked), command("a", at, unlinked),
                       command("b", at, linked), command("b", at, unlinked), command("a", at, linked)});
    EXPECT_EQ(told(there_and_back.replies[1]), "identity_taken");
    for (const std::size_t i : {0U, 2U, 3U, 4U, 5U}) EXPECT_TRUE(there_and_back.replies[i]) << i;
    expect_one_owner_each(*service, 2);
    const Answered away = ask(*service, {command("a", at, unlinked), command("b", at, linked)});
    for (const Reply& reply : away.replies) EXPECT_TRUE(reply);
    EXPECT_EQ(must(service->find(engine::Identity{"card", "1"}))->member.id, MemberId{2});
    EXPECT_EQ(tell(*service, command("a", at, unlinked)), "identity_not_found");
    EXPECT_EQ(shop_.replay_differences(), "");
}

TEST_P(Identities, have_one_owner_each_whatever_is_decided_ahead_and_whatever_fails) {
    const auto service = start_faulty();
    std::mt19937_64 random(7);
    const auto pick = [&](std::uint64_t below) { return std::to_string(random() % below); };
    for (int round = 0; round < 40; ++round) {
        if (round % 4 == 3) Faults::fail_call(1 + round % 9, StoreError::locked);
        std::vector<std::future<Answered>> answers;
        for (int i = 0; i < 12; ++i) {
            const std::string who = pick(5);
            engine::Fact fact = engine::IdentityLinked{"card", pick(4)};
            if (random() % 2 == 0) fact = engine::IdentityUnlinked{"card", pick(4)};
            answers.push_back(submit(*service, {command(who, "2026-03-01T10:00", std::move(fact))}));
        }
        for (auto& answer : answers) static_cast<void>(wait_for(std::move(answer)));
        Faults::none();
        expect_one_owner_each(*service, 4);
    }
    EXPECT_EQ(shop_.replay_differences(), "");
}

// --- one-time codes ------------------------------------------------------------------------------------------------

TEST_P(Identities, a_code_is_told_right_once_even_to_two_processes_at_once) {
    const auto first = shop_.start();
    const auto second = shop_.start();
    const engine::Identity phone{"phone", "+8613800138000"};
    ASSERT_EQ(must(first->ask_code({phone, "enrol", "here", "012345", "aa"})), CodeVerdict::granted);
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (Service* const service : {first.get(), second.get(), first.get(), second.get()})
        threads.emplace_back([&, service] {
            const auto verdict = service->try_code({phone, "enrol", "here", "012345"});
            if (verdict && *verdict == CodeVerdict::granted) ++right;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(right, 1);
}

TEST_P(Identities, a_code_whose_save_fails_is_not_used_up) {
    const auto service = start_faulty();
    const engine::Identity phone{"phone", "+8613800138000"};
    for (int call = 1; call <= 3; ++call) {
        Faults::fail_call(call, StoreError::locked);
        const auto asked = service->ask_code({phone, "enrol", "here", "012345", "aa"});
        EXPECT_TRUE(!Faults::happened() || !asked) << call;
        Faults::none();
        shop_.set_clock("2026-03-0" + std::to_string(call + 1) + "T10:00");
    }
    ASSERT_EQ(must(service->ask_code({phone, "enrol", "here", "012345", "aa"})), CodeVerdict::granted);
    for (int call = 1; call <= 2; ++call) {
        Faults::fail_call(call, StoreError::locked);
        EXPECT_FALSE(service->try_code({phone, "enrol", "here", "012345"})) << call;
        Faults::none();
    }
    EXPECT_EQ(must(service->try_code({phone, "enrol", "here", "012345"})), CodeVerdict::granted);
    EXPECT_EQ(must(service->try_code({phone, "enrol", "here", "012345"})), CodeVerdict::wrong);
}

TEST(OneTimeCodes, windows_begin_with_the_first_and_end_after_their_length) {
    OneTimeCode state;
    const Pace pace{60'000, 2, 3};
    const auto at = [](std::int64_t minutes) { return Instant{1'700'000'000'000 + minutes * 60'000}; };
    EXPECT_TRUE(may_happen(state, pace, at(0)));
    count_one(state, at(0));
    EXPECT_FALSE(may_happen(state, pace, Instant{at(1).ms - 1})) << "one a minute";
    EXPECT_TRUE(may_happen(state, pace, at(1)));
    count_one(state, at(1));
    EXPECT_FALSE(may_happen(state, pace, at(59))) << "two an hour";
    EXPECT_TRUE(may_happen(state, pace, at(60)));
    count_one(state, at(60));
    EXPECT_FALSE(may_happen(state, pace, at(180))) << "three a day";
    EXPECT_FALSE(may_happen(state, pace, Instant{at(24 * 60).ms - 1}));
    EXPECT_TRUE(may_happen(state, pace, at(24 * 60)));
}

TEST(OneTimeCodes, are_six_digits_of_chance) {
    std::set<std::string> codes;
    for (int i = 0; i < 2'000; ++i) {
        const std::string code = random_digits();
        EXPECT_EQ(code.size(), 6U);
        EXPECT_EQ(code.find_first_not_of("0123456789"), std::string::npos);
        codes.insert(code);
    }
    EXPECT_GT(codes.size(), 1'950U);
    EXPECT_NE(random_salt(), random_salt());
}

}  // namespace
}  // namespace regulars::service
