// Every endpoint answers as its declaration says.
#include <gtest/gtest.h>

#include "client.hpp"
#include "shape.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class EndpointTest : public ::testing::Test {
protected:
    Shop shop_;
    Client client_{shop_.port()};

    nlohmann::json post(std::string_view path, const std::string& target, const std::string& body) {
        const Told told = client_.post(target, body);
        expect_declared(told, Method::post, path);
        return told.json();
    }
    nlohmann::json get(std::string_view path, const std::string& target) {
        const Told told = client_.get(target);
        expect_declared(told, Method::get, path);
        return told.json();
    }
};

TEST_F(EndpointTest, a_member_is_registered_found_and_completed) {
    const std::string body = R"({"identities":[{"kind":"phone","value":"+8613800138000"},{"kind":"club","value":"77"}],
                                 "profile":{"name":"Li Lei","birthday":"1990-02-28"},"channel":"web"})";
    const Told first = client_.post("/v1/members", body);
    expect_declared(first, Method::post, "/v1/members");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(first.json()["created_member"], true);
    EXPECT_EQ(first.json()["member"], "1");
    const Told again = client_.post("/v1/members", body);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.json()["created_member"], false);
    EXPECT_EQ(again.json()["duplicate"], true);
    const Told more = client_.post("/v1/members",
                                   R"({"identities":[{"kind":"club","value":"77"}],"profile":{"region":"Beijing"}})");
    EXPECT_EQ(more.status, 200);
    EXPECT_EQ(more.json()["duplicate"], false);
    const auto member = get("/v1/members/{id}", "/v1/members/1");
    EXPECT_EQ(member["profile"]["name"], "Li Lei");
    EXPECT_EQ(member["profile"]["region"], "Beijing");
    EXPECT_EQ(member["identities"].size(), 2U);
    EXPECT_EQ(client_.get("/v1/members?identity=phone:%2B8613800138000").json()["id"], "1");
    EXPECT_EQ(client_.get("/v1/members?identity=club:78").code(), "member_not_found");
}

TEST_F(EndpointTest, a_registration_that_cannot_be_whole_leaves_nothing) {
    client_.post("/v1/members", R"({"identities":[{"kind":"club","value":"1"}]})");
    const Told taken =
        client_.post("/v1/members", R"({"identities":[{"kind":"club","value":"2"},{"kind":"club","value":"1"}],
                                                       "profile":{"name":"Han Meimei"}})");
    EXPECT_EQ(taken.status, 409);
    EXPECT_EQ(taken.code(), "identity_taken");
    EXPECT_EQ(client_.get("/v1/members?identity=club:2").status, 404);
    EXPECT_EQ(client_.get("/v1/members").json()["members"].size(), 1U);
    const Told long_name =
        client_.post("/v1/members", R"({"identities":[{"kind":"club","value":"3"}],"profile":{"name":")" +
                                        std::string(1'001, 'x') + R"("}})");
    EXPECT_EQ(long_name.status, 422);
    EXPECT_EQ(client_.get("/v1/members?identity=club:3").status, 404);
}

TEST_F(EndpointTest, a_member_changes_profile_identities_and_consents) {
    post("/v1/members", "/v1/members", R"({"identities":[{"kind":"club","value":"1"}]})");
    post("/v1/members/{id}/profile", "/v1/members/1/profile", R"({"region":"Shanghai","tags":["b","a"]})");
    post("/v1/members/{id}/identities", "/v1/members/1/identities", R"({"kind":"openid:shop","value":"a:b"})");
    post("/v1/members/{id}/consents", "/v1/members/1/consents",
         R"({"channel":"sms","purpose":"marketing","granted":true})");
    const auto member = get("/v1/members/{id}", "/v1/members/1");
    EXPECT_EQ(member["profile"]["tags"], nlohmann::json::parse(R"(["a","b"])"));
    EXPECT_EQ(member["consents"][0]["granted"], true);
    EXPECT_EQ(client_.get("/v1/members?identity=openid:shop:a:b").json()["id"], "1");
}

TEST_F(EndpointTest, an_order_lives_from_creation_to_settlement) {
    const auto created = post("/v1/orders", "/v1/orders",
                              R"({"identity":{"kind":"customer:web","value":"9"},"create":true,"order_id":"W/1",
                                  "at":"2026-03-01T10:00:00","lines":[{"sku":"A","amount_minor":250000}]})");
    EXPECT_EQ(created["created_member"], true);
    const auto order = [&] { return get("/v1/members/{id}/orders/{order_id}", "/v1/members/1/orders/W%2F1"); };
    EXPECT_EQ(order()["status"], "created");
    const auto step = [&](const std::string& name, const std::string& at) {
        return post("/v1/orders/{order_id}/" + name, "/v1/orders/W%2F1/" + name,
                    R"({"member":"1","at":")" + at + R"("})");
    };
    EXPECT_EQ(step("paid", "2026-03-01T10:05:00")["points_pending"], 5000);
    EXPECT_EQ(order()["status"], "paid");
    step("shipped", "2026-03-02T09:00:00");
    step("delivered", "2026-03-04");
    EXPECT_EQ(step("delivered", "2026-03-04")["duplicate"], true);
    shop_.set_clock("2026-04-01T08:59:59");
    EXPECT_EQ(get("/v1/members/{id}", "/v1/members/1")["points"]["pending"], 5000);
    // 30 days after shipping. Reading shows it; the row of the order changes when the scheduler or an event comes by.
    shop_.set_clock("2026-04-01T09:00:00");
    const auto member = get("/v1/members/{id}", "/v1/members/1");
    EXPECT_EQ(member["points"]["available"], 5000);
    EXPECT_EQ(member["tier"]["name"], "vip");
    const auto refunded = post("/v1/orders/{order_id}/refunds", "/v1/orders/W%2F1/refunds",
                               R"({"member":"1","refund_id":"R1","at":"2026-04-02"})");
    EXPECT_EQ(refunded["points_available"], 0);
    EXPECT_EQ(order()["status"], "returned");
}

TEST_F(EndpointTest, a_basket_is_quoted_with_reasons_and_changes_nothing) {
    client_.post("/v1/orders", order_body("1", "A", 1000));
    client_.post("/v1/members/1/tier", R"({"tier":"vip","at":"2026-05-01"})");
    const std::string basket = R"({"member":"1","lines":[{"sku":"A","quantity":2,"amount_minor":20000},
                                   {"sku":"B","price_kind":"special","amount_minor":10000}],"shipping_fee_minor":500})";
    const auto quote = post("/v1/quotes", "/v1/quotes", basket);
    EXPECT_EQ(quote["tier"], "vip");
    EXPECT_EQ(quote["lines"][0]["discount_minor"], 400);
    EXPECT_EQ(quote["lines"][1]["discount_minor"], 0);
    EXPECT_EQ(quote["payable_minor"], 30'100);
    EXPECT_FALSE(quote["reasons"].empty());
    EXPECT_EQ(post("/v1/quotes", "/v1/quotes", basket), quote);
    EXPECT_EQ(client_.get("/v1/members/1/events").json()["events"].size(), 3U);
}

TEST_F(EndpointTest, an_order_that_is_told_again_without_a_time_is_the_same_order) {
    shop_.set_clock("2026-03-01T10:00:00");
    const std::string body =
        R"({"identity":{"kind":"customer:web","value":"9"},"create":true,"order_id":"A","lines":[{"amount_minor":5}]})";
    EXPECT_EQ(client_.post("/v1/orders", body).status, 201);
    shop_.set_clock("2026-03-01T10:00:05");
    EXPECT_EQ(client_.post("/v1/orders", body).status, 200);
    std::string other = body;
    other.replace(other.find(":5}"), 3, ":6}");
    EXPECT_EQ(client_.post("/v1/orders", other).code(), "order_conflict");
    std::string timed = body;
    timed.insert(1, R"("at":"2026-03-01T10:00:05",)");
    EXPECT_EQ(client_.post("/v1/orders", timed).code(), "order_conflict");
    client_.post("/v1/orders/A/paid", R"({"member":"1"})");
    client_.post("/v1/orders/A/settled", R"({"member":"1"})");
    EXPECT_EQ(client_.post("/v1/orders", body).status, 200);
    EXPECT_EQ(client_.get("/v1/members/1/orders").json()["orders"].size(), 1U);
}

TEST_F(EndpointTest, an_order_is_settled_or_cancelled_by_hand) {
    for (const char* id : {"A", "B"}) client_.post("/v1/orders", order_body("1", id, 1000));
    EXPECT_EQ(post("/v1/orders/{order_id}/settled", "/v1/orders/A/settled", R"({"member":"1"})")["points_available"],
              20);
    post("/v1/orders", "/v1/orders",
         R"({"member":"1","order_id":"C","lines":[{"amount_minor":1000}],"at":"2026-05-30"})");
    post("/v1/orders/{order_id}/cancelled", "/v1/orders/C/cancelled", R"({"member":"1"})");
    EXPECT_EQ(get("/v1/members/{id}/orders/{order_id}", "/v1/members/1/orders/C")["status"], "cancelled");
}

TEST_F(EndpointTest, a_step_waits_for_its_order) {
    client_.post("/v1/orders", order_body("1", "A", 1000));
    const Told early = client_.post("/v1/orders/LATE/shipped", R"({"member":"1","at":"2026-05-02"})");
    EXPECT_EQ(early.status, 202);
    EXPECT_EQ(early.json()["parked"], true);
    EXPECT_EQ(get("/v1/members/{id}", "/v1/members/1")["parked_events"], 1);
    client_.post("/v1/orders", order_body("1", "LATE", 1000, "2026-05-01"));
    EXPECT_EQ(get("/v1/members/{id}", "/v1/members/1")["parked_events"], 0);
    EXPECT_FALSE(get("/v1/members/{id}/orders/{order_id}", "/v1/members/1/orders/LATE")["shipped_at"].is_null());
}

TEST_F(EndpointTest, a_step_that_waited_in_vain_is_told_when_the_order_comes) {
    client_.post("/v1/orders", order_body("1", "A", 1000));
    client_.post("/v1/orders/LATE/paid", R"({"member":"1","at":"2026-05-02T10:00:00"})");
    const auto done = post("/v1/orders", "/v1/orders",
                           R"({"member":"1","order_id":"LATE","at":"2026-05-02T10:00:05",
                               "lines":[{"amount_minor":1000}]})");
    ASSERT_EQ(done["reasons"].size(), 1U);
    EXPECT_EQ(done["reasons"][0]["code"], "times_out_of_order");
    EXPECT_TRUE(done["reasons"][0]["text"].get<std::string>().starts_with("waiting order_paid refused"));
}

TEST_F(EndpointTest, points_tiers_and_balance_are_moved_by_hand) {
    client_.post("/v1/orders", order_body("1", "A", 1000));
    EXPECT_EQ(post("/v1/members/{id}/points", "/v1/members/1/points",
                   R"({"points":100,"reference":"p1","reason":"thank you"})")["points_available"], 100);
    EXPECT_EQ(post("/v1/members/{id}/points/spend", "/v1/members/1/points/spend",
                   R"({"points":30,"reference":"p2"})")["points_available"], 70);
    EXPECT_EQ(post("/v1/members/{id}/tier", "/v1/members/1/tier", R"({"tier":"svip"})")["tier"], "svip");
    post("/v1/members/{id}/balance/top-up", "/v1/members/1/balance/top-up",
         R"({"amount_minor":10000,"bonus_minor":1000,"reference":"b1"})");
    post("/v1/members/{id}/balance/spend", "/v1/members/1/balance/spend",
         R"({"amount_minor":2500,"reference":"b2"})");
    const auto member = get("/v1/members/{id}", "/v1/members/1");
    EXPECT_EQ(member["balance"]["total_minor"], 8500);
    EXPECT_EQ(member["balance"]["bonus_minor"], 0);
    const auto rights = get("/v1/members/{id}/entitlements", "/v1/members/1/entitlements");
    EXPECT_EQ(rights["tier"]["name"], "svip");
    EXPECT_FALSE(rights["benefits"].empty());
    EXPECT_TRUE(rights["next_tier"].is_null());
}

TEST_F(EndpointTest, history_and_lists_come_in_pages) {
    for (int number = 1; number <= 5; ++number) {
        const std::string text = std::to_string(number);
        client_.post("/v1/orders", order_body("1", "A" + text, 1000, "2026-01-0" + text));
        client_.post("/v1/members", R"({"identities":[{"kind":"club","value":")" + text + R"("}]})");
        client_.post("/v1/members/1/points", R"({"points":1,"reference":"r)" + text + R"("})");
    }
    struct List {
        const char* path;
        const char* target;
        const char* items;
    };
    for (const List& list : {List{"/v1/members", "/v1/members", "members"},
                             List{"/v1/members/{id}/orders", "/v1/members/1/orders", "orders"},
                             List{"/v1/members/{id}/ledger", "/v1/members/1/ledger", "entries"},
                             List{"/v1/members/{id}/events", "/v1/members/1/events", "events"}}) {
        const auto whole = get(list.path, list.target)[list.items];
        EXPECT_GE(whole.size(), 5U) << list.path;
        auto joined = nlohmann::json::array();
        std::string after;
        do {
            const auto page = get(list.path, std::string(list.target) + "?limit=2" + after);
            EXPECT_LE(page[list.items].size(), 2U);
            for (const auto& item : page[list.items]) joined.push_back(item);
            after = page["next"].is_null() ? "" : "&after=" + page["next"].get<std::string>();
        } while (!after.empty());
        EXPECT_EQ(joined, whole) << list.path;
    }
}

TEST_F(EndpointTest, any_event_is_taken_in_its_stored_form) {
    const auto done = post("/v1/events", "/v1/events",
                           R"({"type":"registered","identity":{"kind":"club","value":"1"},"create":true,
                               "at":"2026-01-01T00:00:00Z","channel":"till"})");
    EXPECT_EQ(done["created_member"], true);
    const auto events = get("/v1/members/{id}/events", "/v1/members/1/events")["events"];
    EXPECT_EQ(events[0]["event"]["channel"], "till");
}

TEST_F(EndpointTest, reasons_come_when_they_are_asked_for) {
    client_.post("/v1/orders", order_body("1", "A", 1000));
    auto body = nlohmann::json::parse(order_body("1", "B", 1000));
    EXPECT_FALSE(client_.post("/v1/orders", order_body("1", "C", 1000)).json().contains("reasons"));
    body["explain"] = true;
    const auto done = post("/v1/orders", "/v1/orders", body.dump());
    EXPECT_FALSE(done["reasons"].empty());
}

TEST_F(EndpointTest, the_programme_is_told_checked_and_put_in_force) {
    EXPECT_EQ(get("/v1/programme", "/v1/programme")["currency"], "CNY");
    std::string next = read_programme(Shop::vancl);
    const auto version = next.find("version: 1");
    ASSERT_NE(version, std::string::npos);
    next.replace(version, 10, "version: 2");
    const auto send = [&](const char* target, const std::string& text) {
        return client_.ask({"POST", target, text, {}, "application/yaml"});
    };
    const Told checked = send("/v1/programme/check", next);
    expect_declared(checked, Method::post, "/v1/programme/check");
    EXPECT_EQ(checked.json()["version"], 2);
    EXPECT_EQ(get("/v1/programme", "/v1/programme")["version"], 1);
    const Told activated = send("/v1/programme", next);
    expect_declared(activated, Method::post, "/v1/programme");
    EXPECT_EQ(activated.status, 201);
    EXPECT_EQ(get("/v1/programme", "/v1/programme")["version"], 2);
    EXPECT_EQ(send("/v1/programme", next).status, 200);
    EXPECT_EQ(send("/v1/programme", read_programme(Shop::vancl)).code(), "programme_version_not_higher");
    next.replace(version, 10, "version: 3");
    next.replace(next.find("Asia/Shanghai"), 13, "Asia/Taipei");
    const Told elsewhere = send("/v1/programme", next);
    EXPECT_EQ(elsewhere.code(), "programme_cannot_follow");
    EXPECT_EQ(elsewhere.json()["detail"], "the time zone stays Asia/Shanghai: periods and expiries end with its days");
}

TEST_F(EndpointTest, the_server_tells_about_itself) {
    EXPECT_EQ(get("/healthz", "/healthz")["status"], "up");
    EXPECT_EQ(get("/readyz", "/readyz")["status"], "ready");
    client_.post("/v1/orders", order_body("1", "A", 1000));
    const Told metrics = client_.get("/metrics");
    expect_declared(metrics, Method::get, "/metrics");
    EXPECT_NE(metrics.body.find("regulars_commands_applied_total 1"), std::string::npos);
    EXPECT_NE(metrics.body.find(R"(regulars_http_requests_total{method="POST",path="/v1/orders",status="2xx"} 1)"),
              std::string::npos);
    for (const char* page : {"/", "/docs", "/docs/swagger-ui.js", "/docs/swagger-ui.css", "/problems", "/openapi.json"})
        expect_declared(client_.get(page), Method::get, page);
    EXPECT_NE(client_.get("/?language=zh").body.find("会员"), std::string::npos);
}

TEST_F(EndpointTest, pages_ask_nothing_of_other_servers) {
    for (const char* page : {"/", "/docs", "/problems", "/?language=zh"}) {
        const std::string body = client_.get(page).body;
        EXPECT_EQ(body.find("https://"), std::string::npos) << page;
        EXPECT_EQ(body.find("src=\"//"), std::string::npos) << page;
    }
}

}  // namespace
}  // namespace regulars::api
