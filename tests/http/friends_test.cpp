// Reviews, friends and trials through the API.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>
#include <vector>

#include "api/endpoints/registry.hpp"
#include "client.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class FriendsTest : public ::testing::Test {
protected:
    NewApiKey write_ = make_api_key("till", Scope::write, {});
    Shop shop_{{.open = false, .programme = "tests/engine/programmes/friends.yaml", .keys = {write_.key}}};

    void SetUp() override {
        shop_.set_clock("2026-01-10T10:00:00");
        register_member("+4930100001", "");
        register_member("+4930100002", R"(,"source":"friend","inviter":"1")");
        first_ = token_of("1");
        second_ = token_of("2");
    }
    Told as(const std::string& bearer, const std::string& method, const std::string& target,
            const std::string& body = {}) {
        return Client(shop_.port()).ask({method, target, body, {"Authorization: Bearer " + bearer}});
    }
    Told shop(const std::string& method, const std::string& target, const std::string& body = {}) {
        return as(write_.text, method, target, body);
    }
    void register_member(const std::string& phone, const std::string& more) {
        const Told told = shop("POST", "/v1/members",
                               R"({"identities":[{"kind":"phone","value":")" + phone + R"("}],"channel":"web")" + more +
                                   "}");
        ASSERT_EQ(told.status, 201) << told.body;
    }
    std::string token_of(const std::string& member) {
        return shop("POST", "/v1/members/" + member + "/tokens", "{}").json().value("token", "");
    }
    void buy(const std::string& member, const std::string& order_id) {
        const Told told = shop("POST", "/v1/orders",
                               R"({"member":")" + member + R"(","order_id":")" + order_id +
                                   R"(","at":"2026-01-09T10:00:00","paid_at":"2026-01-09T10:00:00",)" +
                                   R"("lines":[{"product":"MUG-1","amount_minor":3000}]})");
        ASSERT_EQ(told.status, 201) << told.body;
    }
    std::int64_t points_of(const std::string& member) {
        return shop("GET", "/v1/members/" + member).json()["points"].value("available", std::int64_t{-1});
    }

    std::string first_;
    std::string second_;
};

TEST_F(FriendsTest, a_review_is_written_looked_at_and_rewarded) {
    buy("1", "A");
    const Told open = as(first_, "GET", "/v1/me/reviews/open");
    ASSERT_EQ(open.status, 200) << open.body;
    EXPECT_EQ(open.json()["orders"][0]["order_id"], "A");
    EXPECT_EQ(open.json()["orders"][0]["products"], nlohmann::json({"MUG-1"}));
    const std::string body =
        R"({"product":"MUG-1","score":5,"text":"Keeps tea warm.","pictures":["https://example.com/1.jpg"]})";
    EXPECT_EQ(as(first_, "POST", "/v1/me/orders/A/reviews", body).status, 201);
    EXPECT_EQ(as(second_, "POST", "/v1/me/orders/A/reviews", body).json()["code"], "review_not_possible")
        << "of one's own orders only";
    const Told waiting = shop("GET", "/v1/reviews?status=written");
    ASSERT_EQ(waiting.json()["reviews"].size(), 1U) << waiting.body;
    EXPECT_EQ(waiting.json()["reviews"][0]["text"], "Keeps tea warm.");
    EXPECT_EQ(waiting.json()["reviews"][0]["pictures"][0], "https://example.com/1.jpg");
    const std::int64_t before = points_of("1");
    EXPECT_EQ(shop("POST", "/v1/members/1/orders/A/reviews/MUG-1/approve").status, 201);
    EXPECT_EQ(points_of("1"), before + 30);
    EXPECT_TRUE(shop("GET", "/v1/reviews").json()["reviews"].empty());
    const Told approved = shop("GET", "/v1/reviews?status=approved");
    EXPECT_EQ(approved.json()["reviews"][0]["text"], "Keeps tea warm.");
    EXPECT_TRUE(as(first_, "GET", "/v1/me/reviews/open").json()["orders"].empty());
    EXPECT_EQ(shop("POST", "/v1/members/1/orders/A/reviews/MUG-1/refuse", R"({"reason":"rude"})").json()["code"],
              "review_not_found");
}

TEST_F(FriendsTest, reviews_that_say_something_else_are_told_what_is_wrong) {
    buy("1", "A");
    const std::string path = "/v1/me/orders/A/reviews";
    EXPECT_EQ(as(first_, "POST", path, R"({"product":"MUG-1","score":6})").status, 422);
    EXPECT_EQ(as(first_, "POST", path, R"({"product":"MUG-1"})").status, 422);
    const std::string insecure = R"({"product":"MUG-1","score":5,"pictures":["http://example.com/1.jpg"]})";
    EXPECT_EQ(as(first_, "POST", path, insecure).status, 422);
    EXPECT_EQ(as(first_, "POST", path, R"({"order_id":"B","product":"MUG-1","score":5})").status, 422);
    EXPECT_EQ(as(first_, "POST", path, R"({"product":"MUG-1","score":5,"at":"2026-01-01T00:00:00Z"})").status, 422);
    EXPECT_EQ(shop("GET", "/v1/reviews?status=new").status, 422);
    EXPECT_EQ(shop("GET", "/v1/reviews?after=x").status, 422);
    EXPECT_EQ(shop("GET", "/v1/reviews?after=18446744073709551615.A").status, 422) << "no database counts so far";
    EXPECT_EQ(as(first_, "GET", "/v1/reviews").status, 401);
}

TEST_F(FriendsTest, friends_are_counted_for_members_and_named_for_the_shop) {
    EXPECT_EQ(points_of("1"), 10);
    EXPECT_EQ(points_of("2"), 15);
    const Told mine = as(first_, "GET", "/v1/me/friends");
    ASSERT_EQ(mine.status, 200) << mine.body;
    EXPECT_EQ(mine.json()["registered"], 1);
    EXPECT_EQ(mine.json()["ordered"], 0);
    EXPECT_FALSE(mine.json().contains("friends")) << "never who";
    buy("2", "A");
    EXPECT_EQ(points_of("1"), 117);
    EXPECT_EQ(as(first_, "GET", "/v1/me/friends").json()["steps"][0]["given"], true);
    const Told named = shop("GET", "/v1/members/1/friends");
    EXPECT_EQ(named.json()["friends"][0]["friend"], "2");
    EXPECT_EQ(named.json()["friends"][0]["status"], "rewarded");
    EXPECT_EQ(shop("GET", "/v1/members/2/friends").json()["brought_by"], "1");
    EXPECT_EQ(shop("POST", "/v1/members/1/friends/2/approve").json()["code"], "friend_not_found");
    EXPECT_EQ(shop("POST", "/v1/members/1/friends/x/approve").status, 422);
}

TEST_F(FriendsTest, a_suspicious_friend_waits_for_people) {
    const std::string marks = R"({"marks":["9f86d081884c7d659a2feaa0c55ad015"]})";
    EXPECT_EQ(shop("POST", "/v1/members/1/marks", marks).status, 201);
    EXPECT_EQ(shop("POST", "/v1/members/2/marks", marks).status, 201);
    EXPECT_EQ(shop("POST", "/v1/members/2/marks", marks).status, 200) << "nothing new";
    EXPECT_EQ(shop("POST", "/v1/members/2/marks", R"({"marks":["Berlin, Hauptstr. 1"]})").status, 422);
    buy("2", "A");
    EXPECT_EQ(points_of("1"), 10);
    const Told waiting = shop("GET", "/v1/referrals");
    ASSERT_EQ(waiting.json()["referrals"].size(), 1U) << waiting.body;
    EXPECT_EQ(waiting.json()["referrals"][0]["member"], "1");
    EXPECT_EQ(waiting.json()["referrals"][0]["friend"], "2");
    EXPECT_EQ(waiting.body.find("9f86d0"), std::string::npos) << "marks are never shown";
    const nlohmann::json told = as(first_, "GET", "/v1/me/notices").json();
    for (const auto& notice : told["notices"])
        EXPECT_NE(notice["kind"], "friend_suspicious") << "is not the member's business";
    EXPECT_EQ(shop("POST", "/v1/members/1/friends/2/approve", R"({"reason":"sisters"})").status, 201);
    EXPECT_EQ(points_of("1"), 117);
    EXPECT_EQ(points_of("2"), 15 + 30 + 40);
    EXPECT_TRUE(shop("GET", "/v1/referrals").json()["referrals"].empty());
    EXPECT_EQ(shop("GET", "/v1/referrals?status=odd").status, 422);
}

TEST_F(FriendsTest, a_trial_is_applied_for_drawn_and_reported_on) {
    for (const char* member : {"1", "2"})
        EXPECT_EQ(shop("POST", std::string("/v1/members/") + member + "/points",
                       R"({"points":100,"reference":"gift","reason":"x"})")
                      .status,
                  201);
    register_member("+4930100003", "");
    shop("POST", "/v1/members/3/points", R"({"points":100,"reference":"gift","reason":"x"})");
    EXPECT_EQ(as(first_, "POST", "/v1/me/activities/kettle/apply").status, 201);
    EXPECT_EQ(as(first_, "POST", "/v1/me/activities/kettle/apply").status, 200) << "once is enough";
    EXPECT_EQ(as(second_, "POST", "/v1/me/activities/kettle/apply").status, 201);
    EXPECT_EQ(shop("POST", "/v1/members/3/activities/kettle/apply", "{}").status, 201);
    EXPECT_EQ(shop("POST", "/v1/members/3/activities/teapot/apply", "{}").json()["code"], "unknown_activity");
    EXPECT_EQ(shop("POST", "/v1/activities/kettle/choose", "{}").json()["code"], "trial_not_open")
        << "others may still apply";
    shop_.set_clock("2026-02-01T10:00:00");
    const Told waiting = shop("GET", "/v1/activities/kettle/applicants");
    ASSERT_EQ(waiting.status, 200) << waiting.body;
    EXPECT_EQ(waiting.json()["waiting"], 3);
    EXPECT_EQ(waiting.json()["seats_left"], 2);
    const Told chosen = shop("POST", "/v1/activities/kettle/choose", R"({"close":true})");
    ASSERT_EQ(chosen.status, 200) << chosen.body;
    EXPECT_EQ(chosen.json()["chosen"].size(), 2U);
    EXPECT_EQ(chosen.json()["not_chosen"].size(), 1U);
    EXPECT_EQ(chosen.json()["chosen"][0], waiting.json()["applicants"][0]["member"]);
    EXPECT_EQ(shop("POST", "/v1/activities/kettle/choose", "{}").json()["chosen"].size(), 0U);
    const std::string lucky = chosen.json()["chosen"][0];
    const std::string unlucky = chosen.json()["not_chosen"][0];
    EXPECT_GE(points_of(unlucky), 100) << "the price has come back";
    const std::string report = R"({"text":"It boils water in two minutes.","pictures":["https://example.com/k.jpg"]})";
    EXPECT_EQ(as(token_of(lucky), "POST", "/v1/me/activities/kettle/report", report).status, 201);
    EXPECT_EQ(as(token_of(lucky), "POST", "/v1/me/activities/kettle/report", report).json()["code"], "trial_not_open");
    EXPECT_EQ(shop("POST", "/v1/members/" + unlucky + "/activities/kettle/report", report).json()["code"],
              "trial_not_open");
}

TEST_F(FriendsTest, a_trial_by_hand_is_decided_one_by_one) {
    EXPECT_EQ(as(first_, "POST", "/v1/me/activities/pan/apply").status, 201);
    EXPECT_EQ(as(second_, "POST", "/v1/me/activities/pan/apply").status, 201);
    EXPECT_EQ(shop("POST", "/v1/activities/pan/choose", "{}").json()["code"], "trial_not_open");
    const std::string chosen = R"({"chosen":true})";
    EXPECT_EQ(shop("POST", "/v1/members/1/activities/pan/decide", chosen).status, 201);
    EXPECT_EQ(shop("POST", "/v1/members/2/activities/pan/decide", chosen).json()["code"], "trial_full");
    EXPECT_EQ(shop("POST", "/v1/members/2/activities/pan/decide", R"({"chosen":false})").status, 201);
    EXPECT_EQ(shop("POST", "/v1/members/2/activities/pan/decide", "{}").status, 422);
    EXPECT_EQ(shop("POST", "/v1/activities/flags/choose", "{}").json()["code"], "unknown_activity");
}

// So many at once, each on a connection of its own.
template <class Ask>
void at_once(int count, Ask ask) {
    std::vector<std::thread> threads;
    for (int number = 0; number < count; ++number) threads.emplace_back([&ask, number] { ask(number); });
    for (std::thread& thread : threads) thread.join();
}

TEST_F(FriendsTest, the_last_piece_of_a_trial_goes_to_one) {
    constexpr int members = 24;
    for (int number = 3; number <= members; ++number) register_member("+49301000" + std::to_string(10 + number), "");
    for (int number = 1; number <= members; ++number)
        EXPECT_EQ(shop("POST", "/v1/members/" + std::to_string(number) + "/activities/pan/apply").status, 201);
    std::atomic<int> chosen = 0;
    std::atomic<int> full = 0;
    at_once(members, [&](int number) {
        const std::string path = "/v1/members/" + std::to_string(number + 1) + "/activities/pan/decide";
        const Told told = shop("POST", path, R"({"chosen":true})");
        chosen += told.status == 201 ? 1 : 0;
        full += told.code() == "trial_full" ? 1 : 0;
    });
    EXPECT_EQ(chosen, 1);
    EXPECT_EQ(full, members - 1);
    EXPECT_EQ(shop("GET", "/v1/activities/pan/applicants").json()["seats_left"], 0);
}

TEST_F(FriendsTest, friends_who_come_at_once_are_counted_one_after_another) {
    constexpr int friends = 30;
    at_once(friends, [&](int number) {
        register_member("+49301000" + std::to_string(10 + number), R"(,"source":"friend","inviter":"1")");
    });
    // Two a day count; one was there before.
    EXPECT_EQ(points_of("1"), 20);
    const Told told = as(first_, "GET", "/v1/me/friends");
    EXPECT_EQ(told.json()["registered"], friends + 1);
    EXPECT_EQ(told.json()["looked_at"], friends - 1);
    EXPECT_EQ(shop("GET", "/v1/referrals?limit=100").json()["referrals"].size(), friends - 1U);
}

using Parts = std::map<std::string, std::string>;

// As openapi_test.cpp does for the others, whose world has no reviews, friends and trials.
TEST_F(FriendsTest, the_examples_in_the_description_are_accepted) {
    const auto endpoints = all_endpoints();
    const auto shown = [&](std::string_view path, const Parts& parts, const std::string& bearer = {}) {
        const auto found = std::ranges::find_if(
            endpoints, [&](const Endpoint& one) { return one.path == path && one.method == Method::post; });
        ASSERT_NE(found, endpoints.end()) << path;
        std::string target(path);
        for (const auto& [part, value] : parts) target.replace(target.find(part), part.size(), value);
        const Told told =
            as(bearer.empty() ? write_.text : bearer, "POST", target, std::string(found->input_example));
        EXPECT_NE(std::ranges::find(found->statuses, told.status), found->statuses.end()) << target << told.body;
    };
    for (const char* order : {"A", "B", "C"}) buy("1", order);
    const std::string review = "/v1/members/{id}/orders/{order}/reviews";
    shown(review, {{"{id}", "1"}, {"{order}", "A"}});
    shown(review + "/{product}/approve", {{"{id}", "1"}, {"{order}", "A"}, {"{product}", "MUG-1"}});
    shown(review, {{"{id}", "1"}, {"{order}", "B"}});
    shown(review + "/{product}/refuse", {{"{id}", "1"}, {"{order}", "B"}, {"{product}", "MUG-1"}});
    shown("/v1/me/orders/{order}/reviews", {{"{order}", "C"}}, first_);

    shown("/v1/members/{id}/marks", {{"{id}", "1"}});
    shown("/v1/members/{id}/marks", {{"{id}", "2"}});
    buy("2", "D");
    shown("/v1/members/{id}/friends/{friend}/approve", {{"{id}", "1"}, {"{friend}", "2"}});
    register_member("+4930100003", R"(,"source":"friend","inviter":"1")");
    shown("/v1/members/{id}/marks", {{"{id}", "3"}});
    buy("3", "E");
    EXPECT_EQ(shop("GET", "/v1/referrals").json()["referrals"].size(), 1U);
    shown("/v1/members/{id}/friends/{friend}/refuse", {{"{id}", "1"}, {"{friend}", "3"}});

    const std::string activity = "/v1/members/{id}/activities/{name}";
    shown(activity + "/apply", {{"{id}", "1"}, {"{name}", "kettle"}});
    shown("/v1/me/activities/{name}/apply", {{"{name}", "pan"}}, second_);
    shown(activity + "/decide", {{"{id}", "2"}, {"{name}", "pan"}});
    shop_.set_clock("2026-02-02T10:00:00");
    shown("/v1/activities/{name}/choose", {{"{name}", "kettle"}});
    shown(activity + "/report", {{"{id}", "1"}, {"{name}", "kettle"}});
    shown("/v1/me/activities/{name}/report", {{"{name}", "pan"}}, token_of("2"));
}

}  // namespace
}  // namespace regulars::api
