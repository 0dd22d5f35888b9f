// Draws through the service: the numbers come from the day's seed and from nowhere else, a prize is won once, both
// halves of a piece go together, and replay gives the same members.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <thread>

#include "audit.hpp"
#include "engine/activities/common.hpp"
#include "faulty_store.hpp"
#include "programme/parse.hpp"
#include "service/fair_chance.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

constexpr std::string_view programme_path = "tests/engine/programmes/draws.yaml";
constexpr std::string_view noon = "2026-03-02T12:00";

class Draws : public testing::TestWithParam<contract::Backend> {
protected:
    Shop shop_{GetParam(), programme_path};

    ~Draws() override { Faults::none(); }
    void SetUp() override { shop_.set_clock(noon); }
    void TearDown() override {
        EXPECT_EQ(shop_.replay_differences(), "");
        EXPECT_EQ(audit(*shop_.open()), "");
    }
    [[nodiscard]] engine::ActivityState state_of(std::uint64_t number, std::string_view activity) const {
        const MemberId id{number};
        const auto member = must(shop_.open()->load_members(std::span(&id, 1)))[0]->member;
        const auto* state = engine::find_state(member, activity);
        return state != nullptr ? *state : engine::ActivityState();
    }
};

INSTANTIATE_TEST_SUITE_P(stores, Draws, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

Command turn(std::string_view who, std::string_view reference, std::string_view activity = "wheel",
             std::string_view at = noon) {
    return command(who, at, engine::TurnTaken{std::string(activity), std::string(reference)});
}

std::vector<Command> passing(std::uint64_t giver, std::uint64_t to, const std::string& piece,
                             const std::string& reference) {
    return {{MemberId{giver}, {local(noon), engine::PiecePassed{"flags", piece, {to}, reference}}},
            {MemberId{to}, {local(noon), engine::PieceReceived{"flags", piece, {giver}, reference}}}};
}

engine::ActivityResult result_of(const Reply& reply) {
    EXPECT_TRUE(reply.has_value());
    if (!reply || reply->activity_results.empty()) return {};
    return reply->activity_results.front();
}

TEST_P(Draws, a_number_is_that_of_the_seed_of_the_day_whatever_the_sender_says) {
    const auto service = shop_.start();
    Command forged = turn("1", "a", "flags");
    forged.event.chance = engine::Chance{{1}, 0};
    const auto first = result_of(ask(*service, {forged}).replies.front());
    // A day that is told late is none whose seed is known already.
    shop_.set_clock("2026-03-03T12:00");
    const auto second = result_of(ask(*service, {turn("1", "b", "flags", noon)}).replies.front());
    const auto chains = must(service->seeds_of("flags"));
    ASSERT_EQ(chains.size(), 1U);
    const LocalDate today = *parse_date("2026-03-02");
    ASSERT_TRUE(first.chance.has_value() && second.chance.has_value());
    EXPECT_EQ(first.chance->day, today);
    EXPECT_EQ(first.chance->number, chance_number(chains[0]->of_day(today), "flags", MemberId{1}, "1"));
    EXPECT_EQ(second.chance->day, add_days(today, 1));
    EXPECT_EQ(second.chance->number,
              chance_number(chains[0]->of_day(add_days(today, 1)), "flags", MemberId{1}, "2"));
    // What is no turn carries no chance.
    Command other = command("1", noon, engine::PointsAdjusted{Points(1), "p", ""});
    other.event.chance = engine::Chance{{1}, 7};
    static_cast<void>(ask(*service, {other}));
    EXPECT_EQ(must(service->list_events(MemberId{1}, {3, 1}))[0].payload.find("chance"), std::string::npos);
}

TEST_P(Draws, a_refused_turn_has_the_same_number_when_it_is_taken_later) {
    const auto service = shop_.start();
    static_cast<void>(ask(*service, {turn("1", "a", "always")}));
    EXPECT_EQ(tell(*service, turn("1", "b", "always")), "not_enough_points");
    EXPECT_EQ(tell(*service, turn("1", "b", "always")), "not_enough_points");
    static_cast<void>(ask(*service, {command("1", noon, engine::TurnsGranted{"always", 1, "g", ""})}));
    const auto taken = result_of(ask(*service, {turn("1", "b", "always")}).replies.front());
    EXPECT_EQ(taken.number, 2);
    const auto seed = must(service->seeds_of("always"))[0]->of_day(*parse_date("2026-03-02"));
    EXPECT_EQ(taken.chance->number, chance_number(seed, "always", MemberId{1}, "2"));
    EXPECT_EQ(tell(*service, turn("1", "b", "always")).substr(0, 18), "member 1 duplicate");
}

TEST_P(Draws, every_process_and_every_start_uses_one_chain) {
    std::string anchor;
    {
        const auto one = shop_.start();
        const auto other = shop_.start();
        anchor = must(one->seeds_of("wheel"))[0]->chain().anchor;
        EXPECT_EQ(must(other->seeds_of("wheel"))[0]->chain().anchor, anchor);
    }
    shop_.set_clock("2026-05-02T12:00");
    const auto again = shop_.start();
    EXPECT_EQ(must(again->seeds_of("wheel"))[0]->chain().anchor, anchor);
    EXPECT_EQ(must(again->seeds_of("wheel"))[0]->chain().first_day, *parse_date("2026-03-02"));
    EXPECT_EQ(must(shop_.open()->seed_chains()).size(), 7U) << "one for each draw and collection";
    EXPECT_TRUE(must(again->seeds_of("nothing")).empty());
}

TEST_P(Draws, a_chain_that_comes_to_its_end_gets_one_that_comes_after_it) {
    { const auto first = shop_.start(); }
    shop_.set_clock("2035-12-01T12:00");
    const auto service = shop_.start();
    const auto chains = must(service->seeds_of("lucky"));
    ASSERT_EQ(chains.size(), 2U);
    EXPECT_EQ(chains[1]->chain().first_day, add_days(chains[0]->last_day(), 1));
    static_cast<void>(ask(*service, {command("1", "2035-12-01T12:00", engine::TierGranted{"silver", {}, ""})}));
    const auto before = result_of(
        ask(*service, {turn("1", "a", "lucky", "2035-12-01T12:00")}).replies.front());
    EXPECT_EQ(before.chance->number,
              chance_number(chains[0]->of_day(before.chance->day), "lucky", MemberId{1}, "1"));
    shop_.set_clock("2036-06-01T12:00");
    const auto after = result_of(
        ask(*service, {turn("1", "b", "lucky", "2036-06-01T12:00")}).replies.front());
    EXPECT_EQ(after.chance->number,
              chance_number(chains[1]->of_day(*parse_date("2036-06-01")), "lucky", MemberId{1}, "2"));
}

TEST_P(Draws, a_prize_of_which_there_is_one_is_won_once) {
    const auto service = shop_.start();
    std::vector<Command> commands;
    for (int member = 1; member <= 400; ++member) commands.push_back(turn(std::to_string(member), "a"));
    std::int64_t televisions = 0;
    for (const Reply& reply : ask(*service, std::move(commands)).replies) {
        const auto result = result_of(reply);
        televisions += result.won == "television" ? 1 : 0;
    }
    EXPECT_EQ(televisions, 1) << "of 400 turns 40 would have hit it";
    const auto stocks = must(service->stocks());
    const auto stock = std::ranges::find(stocks, "prize:wheel:television", &CouponStock::coupon);
    ASSERT_NE(stock, stocks.end());
    EXPECT_EQ(stock->issued, 1);
}

TEST_P(Draws, a_prize_of_which_a_day_has_one_is_won_once_a_day) {
    const auto service = shop_.start();
    for (const std::string_view at : {"2026-03-02T12:00", "2026-03-02T22:30", "2026-03-03T12:00"}) {
        shop_.set_clock(at);
        std::vector<Command> commands;
        for (int member = 1; member <= 60; ++member) {
            const std::string who = std::to_string(member);
            commands.push_back(command(who, at, engine::TurnsGranted{"always", 1, std::string(at), ""}));
            commands.push_back(turn(who, at, "always", at));
        }
        std::int64_t mugs = 0;
        for (const Reply& reply : ask(*service, std::move(commands)).replies)
            mugs += result_of(reply).won == "mug" ? 1 : 0;
        EXPECT_EQ(mugs, at == "2026-03-02T22:30" ? 0 : 1) << at;
    }
}

TEST_P(Draws, services_that_start_at_the_same_time_use_one_chain) {
    std::vector<std::string> anchors(4);
    std::vector<std::thread> threads;
    for (std::string& anchor : anchors)
        threads.emplace_back([&] {
            const auto service = shop_.start();
            anchor = must(service->seeds_of("wheel"))[0]->chain().anchor;
        });
    for (std::thread& thread : threads) thread.join();
    for (const std::string& anchor : anchors) EXPECT_EQ(anchor, anchors[0]);
    EXPECT_EQ(must(shop_.open()->seed_chains()).size(), 7U);
}

TEST_P(Draws, both_halves_of_a_piece_go_together) {
    const auto service = shop_.start();
    for (const char* who : {"1", "2", "3"}) static_cast<void>(ask(*service, {turn(who, "a", "flags")}));
    const std::string piece = state_of(1, "flags").had.front().name;
    EXPECT_EQ(tell(*service, passing(1, 2, piece, "p")[0]), "piece_not_held") << "a half alone is refused";
    const std::string both = "member 1 event 3 member 0+0\nmember 2 event 3 member ";
    EXPECT_EQ(ask_together(*service, passing(1, 2, piece, "p")).body.substr(0, both.size()), both);
    EXPECT_TRUE(state_of(1, "flags").had.empty());
    // Again, and to somebody else under the same reference: nothing happens a second time.
    const auto before = shop_.contents();
    EXPECT_EQ(ask_together(*service, passing(1, 2, piece, "p")).body.substr(0, 18), "member 1 duplicate");
    EXPECT_EQ(ask_together(*service, passing(1, 3, piece, "p")).body.substr(0, 18), "member 1 duplicate");
    EXPECT_EQ(shop_.contents(), before);
    EXPECT_EQ(ask_together(*service, passing(1, 2, piece, "q")).body, "piece_not_held\npiece_not_held\n");
    EXPECT_EQ(ask_together(*service, passing(1, 9, piece, "q")).body, "member_not_found\nmember_not_found\n");
    EXPECT_EQ(shop_.contents(), before);
    std::int64_t pieces = 0;
    for (const std::uint64_t id : {1U, 2U, 3U})
        for (const auto& count : state_of(id, "flags").had) pieces += count.total;
    EXPECT_EQ(pieces, 3);
}

// Starting, which makes the seeds; a turn, which takes from a stock; and a piece that goes from one to the other.
TEST_P(Draws, whatever_call_of_the_database_fails_nothing_is_lost_and_nothing_happens_by_halves) {
    ServiceOptions options = shop_.options();
    options.open_store = &open_faulty;
    options.cache_members_max = 0;
    const auto error_of = [](int call) { return call % 2 == 0 ? StoreError::locked : StoreError::unavailable; };
    std::unique_ptr<Service> service;
    for (int call = 1; service == nullptr; ++call) {
        ASSERT_LT(call, 60);
        Faults::fail_call(call, error_of(call));
        auto started = Service::start(options);
        Faults::none();
        if (started) service = std::move(*started);
    }
    const auto again_until_kept = [&](const auto& asked) {
        for (int call = 1;; ++call) {
            if (call > 60) return ADD_FAILURE() << "never kept", Answered();
            const std::string before = shop_.contents();
            Faults::fail_call(call, error_of(call));
            Answered answered = asked();
            Faults::none();
            if (answered.body.find("store_failed") == std::string::npos) return answered;
            EXPECT_EQ(shop_.contents(), before) << call;
        }
    };
    std::vector<std::string> pieces;
    for (const char* who : {"1", "2"}) {
        const Answered taken = again_until_kept([&] { return ask(*service, {turn(who, "a", "pieces")}); });
        pieces.push_back(result_of(taken.replies.front()).won);
    }
    const auto passed = again_until_kept([&] {
        return ask_together(*service, {{MemberId{1}, {local(noon), engine::PiecePassed{"pieces", pieces[0], {2}, "p"}}},
                                   {MemberId{2}, {local(noon), engine::PieceReceived{"pieces", pieces[0], {1}, "p"}}}});
    });
    EXPECT_EQ(passed.body.find("member 1 event 3"), 0U) << passed.body;
    EXPECT_TRUE(state_of(1, "pieces").had.empty());
    EXPECT_EQ(engine::total_of(state_of(2, "pieces").had, pieces[0]), pieces[0] == pieces[1] ? 2 : 1);
}

// With seeds that are the same each time, so that what happens is.
TEST_P(Draws, a_random_history_is_rebuilt_byte_for_byte) {
    std::mt19937_64 random(20260302);
    for (const char* activity : {"wheel", "lucky", "flags"}) {
        Seed last{};
        last[0] = static_cast<unsigned char>(activity[0]);
        const auto chain = make_chain(activity, *parse_date("2026-03-01"), chain_days, last, local(noon));
        ASSERT_TRUE(shop_.open()->add_seed_chain(chain).has_value());
    }
    ServiceOptions options = shop_.options();
    options.commands_ahead_min = 1;
    options.cache_members_max = 3;
    const auto service = shop_.start(options);
    for (int day = 1; day <= 9; ++day) {
        const std::string at = "2026-03-0" + std::to_string(day) + "T12:00";
        shop_.set_clock(at);
        std::vector<Command> commands;
        for (int i = 0; i < 60; ++i) {
            const std::string who = std::to_string(1 + random() % 8);
            const std::string reference = std::to_string(day * 1000 + i);
            switch (random() % 5) {
                case 0: commands.push_back(command(who, at, engine::PointsAdjusted{Points(25), reference, ""})); break;
                case 1: commands.push_back(command(who, at, engine::TierGranted{"silver", {}, ""})); break;
                case 2: commands.push_back(turn(who, reference, "flags", at)); break;
                case 3: commands.push_back(turn(who, reference, "lucky", at)); break;
                default: commands.push_back(turn(who, reference, "wheel", at));
            }
        }
        static_cast<void>(ask(*service, std::move(commands)));
    }
    if (GetParam() == contract::Backend::memory) {
        std::set<std::string> done;
        for (std::uint64_t id = 1; id <= 8; ++id)
            for (const auto& row : must(shop_.open()->list_results(MemberId{id}, "", {{}, 500})))
                done.insert(row.result.what);
        for (const char* what : {"turn_taken", "turn_replaced", "turn_rare_due", "step"})
            EXPECT_TRUE(done.contains(what)) << what << " happened";
    }
}

// What another process put in force brings its seeds along.
TEST_P(Draws, a_programme_that_another_process_activated_has_its_chance) {
    const Shop shop(GetParam());
    ServiceOptions options = shop.options();
    options.cache_members_max = 0;
    const auto one = shop.start(options);
    const auto other = shop.start(options);
    EXPECT_TRUE(must(one->seeds_of("wheel")).empty());
    static_cast<void>(tell(*other, command("1", "2026-01-01", engine::Registered{})));
    std::string text = edited_programme(2);
    text += "\nactivities:\n  - {name: wheel, draw: {free_per_day: 1, prizes: [{name: thanks}]}}\n";
    auto parsed = programme::parse(text, "edited");
    ASSERT_TRUE(parsed.has_value()) << text_of(parsed.error().front());
    ASSERT_TRUE(one->activate(std::make_shared<const programme::Programme>(std::move(*parsed))).has_value());
    EXPECT_EQ(must(one->seeds_of("wheel")).size(), 1U);
    EXPECT_EQ(tell(*one, turn("1", "a", "wheel", "2026-01-01")), "member 1 event 3 normal 0+0");
    EXPECT_EQ(must(other->seeds_of("wheel"))[0]->chain().anchor, must(one->seeds_of("wheel"))[0]->chain().anchor);
    EXPECT_EQ(shop.replay_differences(), "");
}

}  // namespace
}  // namespace regulars::service
