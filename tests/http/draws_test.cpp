// Draws and collections through the API: what a turn brings, what is published of its chance, pieces for friends, and
// sixty-four connections that want the last prize.
#include <algorithm>
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "audit.hpp"
#include "client.hpp"
#include "service/draw_proof.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

constexpr std::string_view programme = "tests/engine/programmes/draws.yaml";
constexpr int connections = 64;

class DrawsTest : public ::testing::Test {
protected:
    NewApiKey write_ = make_api_key("till", Scope::write, {});
    Shop shop_{{.open = false, .programme = programme, .keys = {write_.key}}};

    void SetUp() override { shop_.set_clock("2026-06-01T12:00:00"); }
    void TearDown() override { EXPECT_EQ(service::audit(shop_.store()), ""); }
    Told as(const std::string& bearer, const std::string& method, const std::string& target,
            const std::string& body = "") {
        return Client(shop_.port()).ask({method, target, body, {"Authorization: Bearer " + bearer}});
    }
    Told post(const std::string& target, const std::string& body) { return as(write_.text, "POST", target, body); }
    Told get(const std::string& target) { return as(write_.text, "GET", target); }
    void add_members(int count) {
        for (int member = 1; member <= count; ++member)
            ASSERT_EQ(post("/v1/members", R"({"identities":[{"kind":"club","value":")" + std::to_string(member) +
                                              R"("}]})").status, 201);
    }
    std::string token_of(const std::string& member) {
        return post("/v1/members/" + member + "/tokens", "{}").json().value("token", "");
    }
};

TEST_F(DrawsTest, a_turn_tells_what_was_won_and_by_which_number) {
    add_members(1);
    const std::string me = token_of("1");
    const Told told = as(me, "POST", "/v1/me/activities/always/turns", R"({"reference":"a"})");
    ASSERT_EQ(told.status, 201) << told.body;
    const auto result = told.json()["activity_results"][0];
    EXPECT_EQ(result["activity"], "always");
    EXPECT_EQ(result["number"], 1);
    EXPECT_EQ(result["points_paid"], 0);
    EXPECT_EQ(result["chance"]["day"], "2026-06-01");
    EXPECT_EQ(result["chance"]["number"].get<std::string>().size(), 16U);
    const Told again = as(me, "POST", "/v1/me/activities/always/turns", R"({"reference":"a"})");
    EXPECT_EQ(again.status, 200);
    EXPECT_TRUE(again.json()["duplicate"]);
    EXPECT_EQ(as(me, "POST", "/v1/me/activities/always/turns", R"({"reference":"b"})").code(), "not_enough_points");
    EXPECT_EQ(as(me, "POST", "/v1/me/activities/nothing/turns", R"({"reference":"b"})").code(), "unknown_activity");
    EXPECT_EQ(as(me, "POST", "/v1/me/activities/always/turns", R"({"reference":"b","at":"2026-05-01"})").status, 422);
    EXPECT_EQ(as(me, "POST", "/v1/me/activities/always/turns", R"({"reference":"b","activity":"pieces"})").status, 422);
    EXPECT_EQ(as(me, "POST", "/v1/me/activities/always/turns", "{}").status, 422);
    EXPECT_EQ(as(me, "POST", "/v1/me/activities/always/turns",
                 R"({"reference":"b","chance":{"day":"2026-06-01","number":"0000000000000000"}})").status, 422);
    EXPECT_EQ(as(me, "POST", "/v1/me/activities/always/turns/grants", R"({"reference":"b"})").status, 404);
    // The shop does the same, and gives turns.
    EXPECT_EQ(post("/v1/members/1/activities/always/turns/grants", R"({"count":2,"reference":"g","reason":"sorry"})")
                  .status, 201);
    EXPECT_EQ(post("/v1/members/1/activities/always/turns/grants", R"({"count":9,"reference":"h"})").code(),
              "activity_limit_reached");
    EXPECT_EQ(post("/v1/members/1/activities/always/turns", R"({"reference":"c"})").status, 201);
    EXPECT_EQ(post("/v1/members/9/activities/always/turns", R"({"reference":"c"})").status, 404);
}

TEST_F(DrawsTest, what_was_drawn_verifies_on_the_day_after_and_a_forged_one_does_not) {
    add_members(1);
    const std::string me = token_of("1");
    const Told taken = as(me, "POST", "/v1/me/activities/always/turns", R"({"reference":"a"})");
    const std::string result = taken.json()["activity_results"][0].dump();
    const auto today = get("/v1/activities/always/chance").json();
    EXPECT_EQ(today["today"], "2026-06-01");
    EXPECT_TRUE(today["seeds"].empty()) << "today's seed is a secret";
    EXPECT_EQ(today["commitment"], today["chains"][0]["anchor"]);
    EXPECT_EQ(today["odds"].size(), 4U);

    shop_.set_clock("2026-06-02T12:00:00");
    const std::string token = token_of("1");
    const Told published = as(token, "GET", "/v1/me/activities/always/chance");
    ASSERT_EQ(published.status, 200) << published.body;
    EXPECT_EQ(published.json()["chains"], today["chains"]);
    ASSERT_EQ(published.json()["seeds"].size(), 1U);
    EXPECT_EQ(published.json()["commitment"], published.json()["seeds"][0]["seed"]);
    const auto file = [&](const std::string& member, const std::string& told) {
        return R"({"member":")" + member + R"(","result":)" + told + R"(,"chance":)" + published.body + "}";
    };
    const auto proof = service::read_draw_proof(file("1", result));
    ASSERT_TRUE(proof.has_value()) << proof.error().front().pointer << proof.error().front().message;
    EXPECT_EQ(service::forgery_of(*proof), std::nullopt);
    EXPECT_NE(service::forgery_of(*service::read_draw_proof(file("2", result))), std::nullopt);
    auto forged = nlohmann::json::parse(result);
    forged["won"] = forged["won"] == "umbrella" ? "television" : "umbrella";
    EXPECT_NE(service::forgery_of(*service::read_draw_proof(file("1", forged.dump()))), std::nullopt);
    forged = nlohmann::json::parse(result);
    forged["number"] = 2;
    EXPECT_NE(service::forgery_of(*service::read_draw_proof(file("1", forged.dump()))), std::nullopt);
}

TEST_F(DrawsTest, seeds_are_told_day_by_day_in_pages) {
    shop_.set_clock("2026-06-08T12:00:00");
    std::vector<std::string> days;
    std::string after;
    for (int page = 0; page < 4; ++page) {
        const auto told = get("/v1/activities/pieces/chance?limit=3" + after).json();
        for (const auto& seed : told["seeds"]) days.push_back(seed["day"]);
        if (told["next"].is_null()) break;
        after = "&after=" + told["next"].get<std::string>();
    }
    ASSERT_FALSE(days.empty());
    EXPECT_EQ(days.back(), "2026-06-07");
    EXPECT_TRUE(std::ranges::is_sorted(days));
    EXPECT_TRUE(std::ranges::adjacent_find(days) == days.end());
    EXPECT_EQ(get("/v1/activities/pieces/chance?after=yesterday").status, 422);
    EXPECT_EQ(get("/v1/activities/pieces/chance?limit=0").status, 422);
    EXPECT_EQ(get("/v1/activities/pieces/chance?version=x").status, 422);
    EXPECT_EQ(get("/v1/activities/pieces/chance?version=7").status, 422);
    EXPECT_EQ(get("/v1/activities/pieces/chance?version=1").status, 200);
    EXPECT_EQ(get("/v1/activities/nothing/chance").code(), "unknown_activity");
}

TEST_F(DrawsTest, a_piece_goes_to_a_friend_by_their_invitation_code) {
    add_members(2);
    const std::string me = token_of("1");
    const std::string other = token_of("2");
    const auto piece =
        as(me, "POST", "/v1/me/activities/pieces/turns", R"({"reference":"a"})").json()["activity_results"][0]["won"]
            .get<std::string>();
    const std::string code = as(other, "GET", "/v1/me/invitation").json().value("code", "");
    const std::string target = "/v1/me/activities/pieces/pieces/" + piece + "/pass";
    const std::string mine = as(me, "GET", "/v1/me/invitation").json().value("code", "");
    EXPECT_EQ(as(me, "POST", target, R"({"to":")" + mine + R"(","reference":"p"})").code(), "piece_not_held");
    EXPECT_EQ(as(me, "POST", target, R"({"to":"2","reference":"p"})").code(), "enrolment_code_not_found");
    const Told passed = as(me, "POST", target, R"({"to":")" + code + R"(","reference":"p"})");
    EXPECT_EQ(passed.status, 201) << passed.body;
    EXPECT_EQ(passed.json()["activity_results"][0]["what"], "piece_passed");
    EXPECT_EQ(as(me, "POST", target, R"({"to":")" + code + R"(","reference":"p"})").status, 200);
    EXPECT_EQ(as(me, "POST", target, R"({"to":")" + code + R"(","reference":"q"})").code(), "piece_not_held");
    // And back, by the shop.
    const std::string back = "/v1/members/2/activities/pieces/pieces/" + piece + "/pass";
    EXPECT_EQ(post(back, R"({"to":"1","reference":"p"})").status, 201);
    EXPECT_EQ(post(back, R"({"to":"9","reference":"q"})").status, 404);
    EXPECT_EQ(post(back, R"({"to":"x","reference":"q"})").status, 422);
}

TEST_F(DrawsTest, of_sixty_four_connections_one_gets_the_last_prize) {
    add_members(connections);
    std::atomic<int> televisions = 0;
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;
    for (int number = 1; number <= connections; ++number)
        threads.emplace_back([&, number] {
            const std::string member = std::to_string(number);
            for (int day = 0; day < 5; ++day) {
                const Told told = post("/v1/members/" + member + "/activities/always/turns/grants",
                                       R"({"reference":"g)" + std::to_string(day) + R"("})");
                if (told.status != 201) ADD_FAILURE() << told.body;
                const Told turn = post("/v1/members/" + member + "/activities/always/turns",
                                       R"({"reference":"t)" + std::to_string(day) + R"("})");
                if (turn.status != 201) ADD_FAILURE() << turn.body;
                ++taken;
                if (turn.json()["activity_results"][0]["won"] == "television") ++televisions;
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(taken, 5 * connections);
    EXPECT_EQ(televisions, 1) << "of 320 turns 32 would have hit it";
}

}  // namespace
}  // namespace regulars::api
