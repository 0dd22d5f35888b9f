// Fair chance: a drawn number follows from a seed that was fixed beforehand, what verifies is what was drawn, and
// whatever is changed about it is found.
#include "service/fair_chance.hpp"

#include <functional>
#include <map>

#include <gtest/gtest.h>

#include "engine/activities/draws.hpp"
#include "service/draw_proof.hpp"

namespace regulars::service {

namespace {

Seed last_seed() {
    Seed seed{};
    for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<unsigned char>(i);
    return seed;
}

constexpr LocalDate first_day{20'500};

Seeds seeds(std::int64_t days = 100) {
    return *Seeds::from(make_chain("wheel", first_day, days, last_seed(), Instant{0}));
}

TEST(fair_chance, each_seed_hashes_to_the_one_before_and_the_first_to_the_anchor) {
    for (const std::int64_t days : {1, 31, 32, 33, 100}) {
        const Seeds chain = seeds(days);
        EXPECT_EQ(chain.of_day(chain.last_day()), last_seed());
        EXPECT_EQ(hex_of(hash_of(chain.of_day(first_day))), chain.chain().anchor);
        for (LocalDate day = add_days(first_day, 1); day <= chain.last_day(); day = add_days(day, 1)) {
            EXPECT_EQ(hash_of(chain.of_day(day)), chain.of_day(add_days(day, -1)));
            EXPECT_EQ(chain.commitment_of(day), chain.of_day(add_days(day, -1)));
        }
    }
}

TEST(fair_chance, what_is_stored_and_is_no_chain_is_noticed) {
    SeedChain chain = make_chain("wheel", first_day, 10, last_seed(), Instant{0});
    EXPECT_TRUE(Seeds::from(chain).has_value());
    SeedChain other = chain;
    other.days = 11;
    EXPECT_FALSE(Seeds::from(other).has_value());
    other = chain;
    other.root[0] = other.root[0] == 'a' ? 'b' : 'a';
    EXPECT_FALSE(Seeds::from(other).has_value());
    other = chain;
    other.root = "no seed";
    EXPECT_FALSE(Seeds::from(other).has_value());
    EXPECT_FALSE(seed_of(std::string(64, 'x')).has_value());
    EXPECT_FALSE(seed_of(std::string(63, 'a')).has_value());
}

// Worked out with `openssl dgst -sha256 -mac HMAC`, as docs/activities.md tells.
TEST(fair_chance, the_number_is_what_openssl_works_out) {
    EXPECT_EQ(chance_number(last_seed(), "wheel", MemberId{42}, "7"), 0x13ecff01be9b7473U);
    EXPECT_EQ(hex_of(hash_of(last_seed())), "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
}

TEST(fair_chance, turns_of_many_members_come_out_as_the_weights_say) {
    constexpr std::int64_t turns = 200'000;
    const std::vector<std::int64_t> weights{1, 20, 300, 679};
    const Seeds chain = seeds();
    std::vector<std::int64_t> won(weights.size());
    for (std::int64_t turn = 0; turn < turns; ++turn) {
        const Seed seed = chain.of_day(add_days(first_day, static_cast<std::int32_t>(turn % 100)));
        const MemberId member{static_cast<std::uint64_t>(turn / 100 % 50 + 1)};
        ++won[engine::pick(weights, chance_number(seed, "wheel", member, std::to_string(turn)))];
    }
    double statistic = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double expected = static_cast<double>(turns * weights[i]) / 1000.0;
        const double difference = static_cast<double>(won[i]) - expected;
        statistic += difference * difference / expected;
    }
    EXPECT_LT(statistic, 16.27) << "once in a thousand times with 3 degrees of freedom, and the seed is fixed";
}

DrawProof proof() {
    const Seeds chain = seeds();
    DrawProof proof;
    proof.activity = "wheel";
    proof.member = MemberId{42};
    proof.turn = "7";
    proof.day = add_days(first_day, 12);
    proof.seed = chain.of_day(proof.day);
    proof.number = chance_number(proof.seed, "wheel", proof.member, "7");
    proof.first_day = first_day;
    proof.anchor = *seed_of(chain.chain().anchor);
    proof.what = "turn_taken";
    proof.odds = {{"tv", 1, true, true}, {"ring", 1, true, true}, {"umbrella", 300, true, false},
                  {"thanks", 300, false, false}};
    const std::vector<std::int64_t> weights{1, 1, 300, 300};
    proof.won = proof.odds[engine::pick(weights, proof.number)].name;
    return proof;
}

TEST(draw_proof, what_was_drawn_verifies) { EXPECT_EQ(forgery_of(proof()), std::nullopt); }

TEST(draw_proof, whatever_is_forged_is_found) {
    const std::map<std::string, std::function<void(DrawProof&)>> forgeries{
        {"number", [](DrawProof& one) { ++one.number; }},
        {"prize", [](DrawProof& one) { one.won = one.won == "thanks" ? "umbrella" : "thanks"; }},
        {"seed", [](DrawProof& one) { one.seed[3] ^= 1U; }},
        {"seed of another day", [](DrawProof& one) { one.seed = seeds().of_day(add_days(one.day, 1)); }},
        {"day", [](DrawProof& one) { one.day = add_days(one.day, 1); }},
        {"day and its seed",
         [](DrawProof& one) {
             one.day = add_days(one.day, 1);
             one.seed = seeds().of_day(one.day);
         }},
        {"day before the chain", [](DrawProof& one) { one.day = add_days(one.first_day, -1); }},
        {"member", [](DrawProof& one) { one.member = MemberId{43}; }},
        {"turn", [](DrawProof& one) { one.turn = "8"; }},
        {"activity", [](DrawProof& one) { one.activity = "flags"; }},
        {"anchor", [](DrawProof& one) { one.anchor[0] ^= 1U; }},
        {"what", [](DrawProof& one) { one.what = "step"; }},
        {"pity that there is not", [](DrawProof& one) { one.what = "turn_rare_due"; }},
    };
    for (const auto& [name, forge] : forgeries) {
        DrawProof forged = proof();
        forge(forged);
        EXPECT_NE(forgery_of(forged), std::nullopt) << name;
    }
}

TEST(draw_proof, a_prize_is_replaced_only_by_what_never_ends_and_only_where_it_can_be_used_up) {
    DrawProof one = proof();
    one.odds = {{"umbrella", 1, true, false}, {"thanks", 1, false, false}, {"cup", 1, false, false}};
    one.what = "turn_replaced";
    one.won = "thanks";
    const bool hits_umbrella = one.number < UINT64_MAX / 3;
    one.odds[0].weight = hits_umbrella ? 1 : 1'000'000'000;
    EXPECT_EQ(forgery_of(one), std::nullopt);
    one.won = "cup";
    EXPECT_NE(forgery_of(one), std::nullopt);
    one.won = "thanks";
    one.odds[0].limited = false;
    EXPECT_NE(forgery_of(one), std::nullopt);
}

TEST(draw_proof, something_rare_that_was_due_is_one_that_can_have_been_left) {
    DrawProof one = proof();
    one.what = "turn_rare_due";
    one.pity = 5;
    for (const char* name : {"tv", "ring"}) {
        one.won = name;
        EXPECT_EQ(forgery_of(one), std::nullopt) << "the other may have been used up";
    }
    one.won = "thanks";
    EXPECT_NE(forgery_of(one), std::nullopt);
    // Neither can be: then the number tells which.
    one.odds[0].limited = one.odds[1].limited = false;
    one.won = "tv";
    const bool is_tv = forgery_of(one) == std::nullopt;
    one.won = "ring";
    EXPECT_NE(forgery_of(one) == std::nullopt, is_tv);
}

TEST(draw_proof, a_file_is_read_as_the_api_tells_it) {
    const DrawProof known = proof();
    const std::string json = R"({"member":"42","result":{"at":"2026-02-28T10:00:00.000Z","activity":"wheel",)"
                             R"("what":"turn_taken","won":")" + known.won +
                             R"(","number":7,"chance":{"day":")" + text_of(known.day) + R"(","number":"NUMBER"},)"
                             R"("points":0,"points_paid":0},"chance":{"activity":"wheel","programme_version":1,)"
                             R"("time_zone":"Europe/Berlin",)"
                             R"("odds":[{"name":"tv","weight":1,"limited":true,"rare":true},)"
                             R"({"name":"ring","weight":1,"limited":true,"rare":true},)"
                             R"({"name":"umbrella","weight":300,"limited":true,"rare":false},)"
                             R"({"name":"thanks","weight":300,"limited":false,"rare":false}],"pity":null,)"
                             R"("chains":[{"anchor":")" + hex_of(known.anchor) + R"(","first_day":")" +
                             text_of(first_day) + R"(","last_day":"2036-01-01","made_at":"2026-02-01T00:00:00.000Z"}],)"
                             R"("today":"2026-03-10","commitment":"aa","seeds":[{"day":")" + text_of(known.day) +
                             R"(","seed":")" + hex_of(known.seed) + R"("}],"next":null}})";
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = json;
        text.replace(text.find("NUMBER"), 6, "0000000000000000" + std::string());
        const auto place = text.find(from);
        EXPECT_NE(place, std::string::npos) << from;
        text.replace(place, from.size(), to);
        return text;
    };
    std::string digits(16, '0');
    for (std::size_t i = 0; i < 16; ++i) digits[15 - i] = "0123456789abcdef"[known.number >> (4 * i) & 15U];
    const auto read = read_draw_proof(with("0000000000000000", digits));
    ASSERT_TRUE(read.has_value()) << read.error().front().message;
    EXPECT_EQ(forgery_of(*read), std::nullopt);
    EXPECT_NE(forgery_of(*read_draw_proof(with("0000000000000000", "0000000000000001"))), std::nullopt);
    for (const auto& [from, to] : std::map<std::string, std::string>{
             {R"("member":"42")", R"("member":"x")"},
             {"0000000000000000", "12"},
             {R"("seeds":[{"day":")" + text_of(known.day), R"("seeds":[{"day":"2020-01-01)"},
             {R"("first_day":")" + text_of(first_day), R"("first_day":"2035-01-01)"},
             {R"("chance":{"activity":"wheel")", R"("chance":{"activity":"other")"},
             {hex_of(known.seed), "aa"}})
        EXPECT_FALSE(read_draw_proof(with(from, to)).has_value()) << to;
    EXPECT_FALSE(read_draw_proof("{}").has_value());
    EXPECT_FALSE(read_draw_proof("nothing").has_value());
}

}  // namespace

}  // namespace regulars::service
