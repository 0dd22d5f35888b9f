// Draws by their laws: what is won follows the stated odds, something rare comes in time, and however the members of a
// shop take their turns and pass their pieces on, nothing is given out twice and nobody gets more than one may.
#include <algorithm>
#include <array>
#include <map>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/activities/common.hpp"
#include "engine/activities/draws.hpp"
#include "engine/engine.hpp"
#include "programme/parse.hpp"

namespace regulars::engine {

namespace {

constexpr std::int64_t turns = 200'000;

constexpr std::string_view head = R"(name: draws
version: 1
currency: EUR
time_zone: Europe/Berlin
settlement: at_payment
tiers: {ladder: [{name: member}]}
points: {rules: [{code: spend, rate: 1, per: 1.00}]}
)";

std::shared_ptr<const programme::Programme> made(const std::string& activities) {
    auto parsed = programme::parse(std::string(head) + "activities:\n" + activities, "draws");
    EXPECT_TRUE(parsed.has_value()) << (parsed ? std::string() : text_of(parsed.error().front()));
    return std::make_shared<const programme::Programme>(std::move(*parsed));
}

/// One member who takes turns.
class Player {
public:
    explicit Player(std::shared_ptr<const programme::Programme> programme, MemberId id = {1})
        : member_(new_member(id)) {
        versions_.add(std::move(programme));
    }

    std::optional<Rejection> tell(Fact fact, Instant at, std::optional<Chance> chance = {},
                                  std::vector<StockLeft> stock = {}) {
        outcome_.clear();
        Member copy = member_;
        const Event event{at, std::move(fact), std::move(stock), {}, chance};
        const auto decided = decide(versions_, copy, event, {}, outcome_);
        if (!decided) return decided.error();
        member_ = std::move(copy);
        return std::nullopt;
    }
    std::string turn(const std::string& activity, std::uint64_t number, std::vector<StockLeft> stock = {}) {
        const auto rejection = tell(TurnTaken{activity, std::to_string(++turns_)}, at_,
                                    Chance{{}, number}, std::move(stock));
        return rejection ? std::string(code_of(*rejection)) : outcome_.activity_results.front().won;
    }
    [[nodiscard]] const Member& member() const { return member_; }
    [[nodiscard]] const Outcome& outcome() const { return outcome_; }
    [[nodiscard]] ActivityState state(std::string_view activity) const {
        const ActivityState* state = find_state(member_, activity);
        return state != nullptr ? *state : ActivityState();
    }

private:
    programme::Versions versions_;
    Member member_;
    Outcome outcome_;
    Instant at_ = *parse_instant("2026-03-01T10:00Z", *Zone::find("Europe/Berlin"));
    std::int64_t turns_ = 0;
};

// Pearson's statistic of what was won against the weights.
double chi_square(const std::map<std::string, std::int64_t>& won,
                  const std::map<std::string, std::int64_t>& weights) {
    std::int64_t sum = 0;
    for (const auto& [name, weight] : weights) sum += weight;
    double statistic = 0;
    for (const auto& [name, weight] : weights) {
        const double expected = static_cast<double>(turns) * static_cast<double>(weight) / static_cast<double>(sum);
        const auto found = won.find(name);
        const double difference = static_cast<double>(found == won.end() ? 0 : found->second) - expected;
        statistic += difference * difference / expected;
    }
    return statistic;
}

std::map<std::string, std::int64_t> play(const std::shared_ptr<const programme::Programme>& programme,
                                         const std::string& activity) {
    std::mt19937_64 random(20260301);
    Player player(programme);
    std::map<std::string, std::int64_t> won;
    for (std::int64_t i = 0; i < turns; ++i) ++won[player.turn(activity, random())];
    return won;
}

// Chi-square with 3 degrees of freedom is above 16.27 once in a thousand times; the seed is fixed.
TEST(draws, prizes_come_as_often_as_their_weights_say) {
    const auto programme = made(R"(  - name: wheel
    draw:
      free_per_day: 1000000
      prizes: [{name: a, weight: 1}, {name: b, weight: 20}, {name: c, weight: 300}, {name: d, weight: 679}]
)");
    const std::map<std::string, std::int64_t> weights{{"a", 1}, {"b", 20}, {"c", 300}, {"d", 679}};
    EXPECT_LT(chi_square(play(programme, "wheel"), weights), 16.27);
    // A canary: other odds than the stated ones are found.
    EXPECT_GT(chi_square(play(programme, "wheel"), {{"a", 1}, {"b", 22}, {"c", 300}, {"d", 677}}), 16.27);
}

TEST(draws, kinds_of_pieces_come_as_often_as_their_weights_say) {
    const auto programme = made(R"(  - name: flags
    collection:
      free_per_day: 1000000
      kinds: [{name: a}, {name: b}, {name: c, weight: 3}, {name: d, weight: 5}]
      steps: [{name: all, kinds: 4, reward: {points: 1}}]
)");
    EXPECT_LT(chi_square(play(programme, "flags"), {{"a", 1}, {"b", 1}, {"c", 3}, {"d", 5}}), 16.27);
}

TEST(draws, a_number_picks_by_weight_to_its_last_bit) {
    const std::array<std::int64_t, 3> weights{1, 0, 1};
    EXPECT_EQ(pick(weights, 0), 0U);
    EXPECT_EQ(pick(weights, (std::uint64_t{1} << 63U) - 1), 0U);
    EXPECT_EQ(pick(weights, std::uint64_t{1} << 63U), 2U);
    EXPECT_EQ(pick(weights, UINT64_MAX), 2U);
    const std::array<std::int64_t, 2> great{std::int64_t{1} << 61U, std::int64_t{1} << 61U};
    EXPECT_EQ(pick(great, UINT64_MAX), 1U);
    EXPECT_EQ(pick(great, (std::uint64_t{1} << 63U) - 1), 0U);
}

RC_GTEST_PROP(draws, something_rare_comes_after_so_many_turns_at_the_latest, ()) {
    const auto pity = *rc::gen::inRange(1, 12);
    const auto programme = made("  - name: wheel\n    draw:\n      free_per_day: 1000000\n      pity: " +
                                std::to_string(pity) +
                                "\n      prizes: [{name: gold, weight: 1, rare: true}, {name: silver, weight: 2, rare: "
                                "true}, {name: thanks, weight: 97}]\n");
    Player player(programme);
    std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
    int without = 0;
    for (int i = 0; i < 300; ++i) {
        const std::string won = player.turn("wheel", random());
        without = won == "thanks" ? without + 1 : 0;
        RC_ASSERT(without <= pity);
        RC_ASSERT(player.state("wheel").since_rare == without);
    }
}

/// A shop of some members who share what there is, as the service tells them.
struct World {
    explicit World(const std::shared_ptr<const programme::Programme>& programme) {
        for (std::uint64_t id = 1; id <= 4; ++id) players.emplace_back(programme, MemberId{id});
    }
    std::vector<StockLeft> left() const {
        std::vector<StockLeft> all;
        for (const auto& [name, count] : stock) all.push_back({name, count});
        return all;
    }
    void take(const Outcome& outcome) {
        for (const StockTaken& taken : outcome.stock_taken) {
            stock[taken.name] -= taken.count;
            RC_ASSERT(stock[taken.name] >= 0);
        }
        for (const ActivityResult& result : outcome.activity_results)
            if (result.activity == "flags" && result.chance) ++pieces_drawn;
    }
    void turn(Player& player, const std::string& activity, std::uint64_t number, Instant at) {
        const auto rejection = player.tell(TurnTaken{activity, std::to_string(++references)}, at,
                                           Chance{{}, number}, left());
        if (!rejection) take(player.outcome());
    }
    void pass(Player& giver, Player& receiver, const std::string& piece, Instant at) {
        if (&giver == &receiver) return;
        Player trial = giver;
        const std::string reference = std::to_string(++references);
        if (trial.tell(PiecePassed{"flags", piece, receiver.member().id, reference}, at)) return;
        if (receiver.tell(PieceReceived{"flags", piece, giver.member().id, reference}, at, {}, left())) return;
        giver = trial;
        take(receiver.outcome());
    }
    std::vector<Player> players;
    std::map<std::string, std::int64_t> stock{{"prize:wheel:one", 1}, {"prize:wheel:three", 3},
                                              {"prize:flags:white", 2}, {"prize:flags:all", 1}};
    std::int64_t pieces_drawn = 0;
    int references = 0;
};

constexpr std::string_view shared_activities = R"(  - name: wheel
    limit: {per_day: 6, total: 20}
    draw:
      free_per_day: 4
      prizes:
        - {name: one, stock: {total: 1}}
        - {name: three, weight: 3, stock: {total: 3}, rare: true}
        - {name: twice, weight: 5, per_member: 2, reward: {points: 1}}
        - {name: thanks}
      pity: 3
  - name: flags
    limit: {per_day: 5}
    collection:
      free_per_day: 5
      passable: true
      kinds: [{name: blue}, {name: red}, {name: white, weight: 2, stock: {total: 2}}]
      steps:
        - {name: two, kinds: 2, reward: {points: 5}}
        - {name: all, kinds: 3, reward: {points: 50, turns: {of: wheel, count: 1}}, stock: {total: 1}}
)";

void hold_for(const Player& player, std::int64_t& pieces) {
    const ActivityState wheel = player.state("wheel");
    RC_ASSERT(total_of(wheel.had, "twice") <= 2);
    RC_ASSERT(wheel.total <= 20 && wheel.on_day <= 6);
    RC_ASSERT(wheel.turns_taken == wheel.total);
    const ActivityState flags = player.state("flags");
    RC_ASSERT(flags.on_day <= 5);
    for (const NamedCount& count : flags.had) {
        RC_ASSERT(count.total > 0);
        pieces += count.total;
    }
    // Each step once: the points say so, with those of the prize.
    const bool two = std::ranges::find(flags.steps, "two") != flags.steps.end();
    const bool all = std::ranges::find(flags.steps, "all") != flags.steps.end();
    RC_ASSERT(player.member().points_available.count() ==
              (two ? 5 : 0) + (all ? 50 : 0) + total_of(wheel.had, "twice"));
    // A step that was given stands on pieces that are still there.
    RC_ASSERT(flags.had.size() >= (all ? 3U : two ? 2U : 0U));
}

RC_GTEST_PROP(draws, nothing_is_given_twice_and_nobody_gets_more_than_one_may, ()) {
    const auto programme = made(std::string(shared_activities));
    World world(programme);
    std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
    Instant at = *parse_instant("2026-10-24T10:00Z", programme->zone);
    const std::array<std::string, 3> kinds{"blue", "red", "white"};
    for (int i = 0; i < 200; ++i) {
        at.ms += static_cast<std::int64_t>(random() % 4'000'000);
        Player& player = world.players[random() % world.players.size()];
        switch (random() % 3) {
            case 0: world.turn(player, "wheel", random(), at); break;
            case 1: world.turn(player, "flags", random(), at); break;
            default:
                world.pass(player, world.players[random() % world.players.size()], kinds[random() % 3], at);
        }
    }
    std::int64_t pieces = 0;
    for (const Player& one : world.players) hold_for(one, pieces);
    RC_ASSERT(pieces == world.pieces_drawn);
}

}  // namespace

}  // namespace regulars::engine
