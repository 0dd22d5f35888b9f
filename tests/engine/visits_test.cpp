// Whatever comes in whatever order: nobody gets more for behaviour and visits than the programme allows.
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "engine/activities/common.hpp"
#include "world.hpp"

namespace regulars::model {

namespace {

/// What was accepted, by local day.
struct Accepted {
    std::map<LocalDate, int> shares;
    std::set<std::pair<LocalDate, std::string>> shared;
    std::map<LocalDate, int> visits;
    std::set<std::pair<LocalDate, std::string>> visited;
    std::set<std::string> references;
    int shares_ever = 0;
    std::int64_t points = 0;
};

void share(World& world, Accepted& accepted, Instant at, const std::string& subject, const std::string& reference) {
    const LocalDate today = world.programme().zone.date(at);
    if (!world.tell({at, engine::BehaviourShown{"share", subject, reference}}).accepted()) return;
    accepted.points += 2;
    EXPECT_LE(++accepted.shares[today], 2);
    EXPECT_LE(++accepted.shares_ever, 4);
    EXPECT_TRUE(accepted.shared.emplace(today, subject).second) << "a subject twice a day";
    EXPECT_TRUE(accepted.references.insert(reference).second) << "a reference twice";
}

void visit(World& world, Accepted& accepted, Instant at, const std::string& store, const std::string& code) {
    const LocalDate today = world.programme().zone.date(at);
    if (!world.tell({at, engine::StoreVisited{"stores", store, code}}).accepted()) return;
    accepted.points += 5;
    EXPECT_LE(++accepted.visits[today], 2);
    EXPECT_TRUE(accepted.visited.emplace(today, store).second) << "a store twice a day";
    EXPECT_EQ(code, store == "harbour" ? "K7Q2M" : store == "market" ? "9XW4T" : "3HJ8P");
}

TEST(visits, nobody_gets_more_than_the_limits_allow) {
    const auto programme = load_programme("tests/engine/programmes/check_ins.yaml", {});
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        const auto pick = [&](std::size_t below) {
            return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
        };
        constexpr const char* words[] = {"harbour", "market", "castle"};
        constexpr const char* codes[] = {"K7Q2M", "9XW4T", "3HJ8P"};
        World world(programme);
        Accepted accepted;
        Instant now = programme->zone.start_of(*date_of(2026, 3, 25));
        for (int i = 0; i < 120; ++i) {
            now.ms += static_cast<std::int64_t>(pick(5)) * 3'600'000;
            const std::string word = words[pick(3)];
            if (pick(2) == 0) share(world, accepted, now, word, std::to_string(pick(40)));
            else visit(world, accepted, now, word, codes[pick(3)]);
            ASSERT_EQ(world.member().points_available, Points(accepted.points));
            ASSERT_TRUE(world.broken_laws().empty());
        }
        EXPECT_EQ(accepted.shares_ever, 4);
    }
}

}  // namespace

}  // namespace regulars::model
