// Promotions and groups as clients see them: prices for one member, groups that fill and fail, and sixty-four
// connections that want the last piece or the last seat.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "audit.hpp"
#include "client.hpp"
#include "shape.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

constexpr int connections = 64;

class Promotions : public ::testing::Test {
protected:
    Shop shop_{{.programme = "tests/engine/programmes/promotions.yaml"}};
    Client client_{shop_.port()};

    void SetUp() override { shop_.set_clock("2026-03-01T20:00:00"); }
    void TearDown() override { EXPECT_EQ(service::audit(shop_.store()), ""); }

    void add_members(int count) {
        for (int card = 1; card <= count; ++card)
            ASSERT_EQ(client_.post("/v1/members", R"({"identities":[{"kind":"club","value":")" + std::to_string(card) +
                                                      R"("}]})")
                          .status,
                      201);
    }
    std::string token_of(const std::string& member) {
        const Told token = client_.post("/v1/members/" + member + "/tokens", "{}");
        return "Authorization: Bearer " + token.json().value("token", "");
    }
    static std::string order(const std::string& member, const std::string& order_id, const std::string& promotion,
                             int amount) {
        return R"({"member":")" + member + R"(","order_id":")" + order_id + R"(","at":"2026-03-01T20:00:00",)" +
               R"("paid_at":"2026-03-01T20:00:00","lines":[{"product":"crab","amount_minor":)" +
               std::to_string(amount) + R"(,"list_amount_minor":5000,"promotion":")" + promotion + R"("}]})";
    }
    void buy(Client& client, const std::string& member, const std::string& promotion = "three",
             int amount = 2'500) {
        const Told told = client.post("/v1/orders", order(member, "O" + member, promotion, amount));
        EXPECT_EQ(told.status, 201) << told.body;
    }
    std::string open(const std::string& member, const std::string& promotion = "three") {
        const Told told = client_.post("/v1/members/" + member + "/groups",
                                       R"({"order_id":"O)" + member + R"(","promotion":")" + promotion + R"("})");
        EXPECT_EQ(told.status, 201) << told.body;
        expect_declared(told, Method::post, "/v1/members/{id}/groups");
        return told.json().value("group", "");
    }
    static Told join(Client& client, const std::string& member, const std::string& group) {
        return client.post("/v1/members/" + member + "/groups/" + group + "/join",
                           R"({"order_id":"O)" + member + R"("})");
    }
    template <class Work>
    void on_connections(Work work) {
        std::vector<std::thread> threads;
        for (int number = 0; number < connections; ++number)
            threads.emplace_back([&, number] {
                Client client(shop_.port());
                work(client, number);
            });
        for (std::thread& thread : threads) thread.join();
    }
    nlohmann::json listed(const std::string& name) {
        const Told told = client_.get("/v1/promotions");
        expect_declared(told, Method::get, "/v1/promotions");
        const auto list = told.json();
        for (const auto& one : list["promotions"])
            if (one["name"] == name) return one;
        ADD_FAILURE() << "there is no " << name;
        return {};
    }
};

TEST_F(Promotions, the_list_tells_prices_times_and_what_is_left) {
    const auto rice = listed("flash");
    EXPECT_EQ(rice["kind"], "flash");
    EXPECT_EQ(rice["price_minor"], 1990);
    EXPECT_EQ(rice["left"], 4);
    EXPECT_EQ(rice["per_member_day"], 2);
    EXPECT_EQ(rice["open"]["from"], "20:00");
    EXPECT_EQ(rice["products"], nlohmann::json::parse(R"(["rice"])"));
    EXPECT_EQ(listed("silver_oil")["off"], "1/5");
    EXPECT_TRUE(listed("week")["left"].is_null());
    EXPECT_EQ(listed("three")["group_size"], 3);
}

TEST_F(Promotions, a_member_sees_what_holds_and_the_quote_says_why_not) {
    add_members(1);
    const Told mine = client_.ask({"GET", "/v1/me/promotions", "", {token_of("1")}});
    expect_declared(mine, Method::get, "/v1/me/promotions");
    const auto list = mine.json()["promotions"];
    EXPECT_EQ(list[0]["holds"], true);
    EXPECT_EQ(list[0]["allowed"], 1);
    EXPECT_EQ(list[2]["holds"], false);
    EXPECT_EQ(list[2]["why_not"], "promotion_not_valid");
    const Told quote = client_.post(
        "/v1/quotes", R"({"member":"1","lines":[{"product":"rice","amount_minor":6000,"quantity":2},)"
                      R"({"product":"rice","amount_minor":3000}]})");
    expect_declared(quote, Method::post, "/v1/quotes");
    EXPECT_EQ(quote.json()["lines"][0]["promotion"], "flash");
    EXPECT_EQ(quote.json()["lines"][0]["by_promotion_minor"], 2020);
    EXPECT_FALSE(quote.json()["lines"][1].contains("promotion"));
    EXPECT_NE(quote.body.find("the member may have 0 more pieces at that price"), std::string::npos) << quote.body;
    EXPECT_EQ(client_.post("/v1/quotes", R"({"member":"1","lines":[{"amount_minor":1,"promotion":"no"}]})").code(),
              "unknown_promotion");
}

TEST_F(Promotions, a_quote_knows_what_others_have_taken) {
    add_members(3);
    for (const std::string member : {"1", "2"})
        EXPECT_EQ(client_.post("/v1/members/" + member + "/holds",
                               R"({"hold_id":"H","lines":[{"product":"rice","amount_minor":6000,"quantity":2}]})")
                      .status,
                  201);
    EXPECT_EQ(listed("flash")["left"], 0);
    const Told quote =
        client_.post("/v1/quotes", R"({"member":"3","lines":[{"product":"rice","amount_minor":3000}]})");
    EXPECT_EQ(quote.json()["payable_minor"], 3000);
    EXPECT_NE(quote.body.find("0 pieces are left at that price"), std::string::npos) << quote.body;
    EXPECT_EQ(client_.post("/v1/members/2/holds/releases", R"({"hold_id":"H"})").status, 201);
    EXPECT_EQ(listed("flash")["left"], 2);
}

TEST_F(Promotions, three_buy_together) {
    add_members(3);
    for (const std::string member : {"1", "2", "3"}) buy(client_, member);
    const std::string token = token_of("1");
    const Told before = client_.ask({"GET", "/v1/me/groups", "", {token}});
    expect_declared(before, Method::get, "/v1/me/groups");
    EXPECT_EQ(before.json()["groups"][0]["waits"], true);
    EXPECT_EQ(before.json()["groups"][0]["to_open_until"], "2026-03-02T12:00:00.000Z");
    const std::string group = open("1");
    EXPECT_EQ(client_.post("/v1/members/1/groups", R"({"order_id":"O1","promotion":"three"})").json()["group"],
              group);
    const Told all = client_.get("/v1/groups?promotion=three");
    expect_declared(all, Method::get, "/v1/groups");
    EXPECT_EQ(all.json()["groups"][0]["seats_left"], 2);
    EXPECT_EQ(client_.get("/v1/groups?promotion=week").status, 422);
    EXPECT_EQ(join(client_, "1", group).code(), "group_full");
    EXPECT_EQ(join(client_, "2", "nothing").code(), "group_not_found");
    EXPECT_EQ(client_.get("/v1/groups/nothing").status, 404);
    const Told joined = join(client_, "2", group);
    EXPECT_EQ(joined.status, 201) << joined.body;
    expect_declared(joined, Method::post, "/v1/members/{id}/groups/{group}/join");
    EXPECT_EQ(join(client_, "2", group).status, 200);
    EXPECT_EQ(join(client_, "3", group).status, 201);
    const Told filled = client_.ask({"GET", "/v1/me/groups/" + group, "", {token}});
    expect_declared(filled, Method::get, "/v1/me/groups/{group}");
    EXPECT_EQ(filled.json()["status"], "filled");
    EXPECT_EQ(filled.json()["seats_left"], 0);
    const Told mine = client_.get("/v1/members/2/groups");
    expect_declared(mine, Method::get, "/v1/members/{id}/groups");
    EXPECT_EQ(mine.json()["groups"][0]["waits"], false);
    EXPECT_EQ(client_.get("/v1/groups?promotion=three").json()["groups"].size(), 0U);
    EXPECT_EQ(client_.get("/v1/members/3/orders/O3").json()["group"], group);
}

TEST_F(Promotions, halves_are_not_told_alone) {
    add_members(2);
    buy(client_, "1");
    const std::string group = open("1");
    for (const std::string type : {"group_opened", "group_joined", "group_seat_taken", "group_ended"}) {
        const Told told = client_.post("/v1/events", R"({"type":")" + type + R"(","member":"2","group":")" + group +
                                                         R"(","order_id":"O2","leader":"1","who":"2","filled":true,)"
                                                         R"("promotion":"three"})");
        EXPECT_GE(told.status, 400) << told.body;
        EXPECT_LT(told.status, 500) << told.body;
    }
    EXPECT_EQ(client_.get("/v1/groups/" + group).json()["seats_left"], 2);
}

TEST_F(Promotions, the_last_seat_is_taken_once) {
    constexpr int members = connections + 2;
    add_members(members);
    for (int member = 1; member <= members; ++member) buy(client_, std::to_string(member));
    const std::string group = open("1");
    ASSERT_EQ(join(client_, "2", group).status, 201);
    std::atomic<int> seated = 0;
    std::atomic<int> refused = 0;
    on_connections([&](Client& client, int number) {
        const Told told = join(client, std::to_string(number + 3), group);
        if (told.status == 201) ++seated;
        else if (told.code() == "group_not_found" || told.code() == "group_full") ++refused;
        else ADD_FAILURE() << told.status << told.body;
    });
    EXPECT_EQ(seated, 1);
    EXPECT_EQ(refused, connections - 1);
    EXPECT_EQ(client_.get("/v1/groups/" + group).json()["status"], "filled");
    int waiting = 0;
    int bought = 0;
    for (int member = 1; member <= members; ++member) {
        const auto list = client_.get("/v1/members/" + std::to_string(member) + "/groups").json()["groups"];
        ASSERT_EQ(list.size(), 1U);
        if (list[0]["waits"] == true) ++waiting;
        else ++bought;
    }
    EXPECT_EQ(bought, 3);
    EXPECT_EQ(waiting, connections - 1);
}

TEST_F(Promotions, the_last_pieces_of_a_flash_sale_are_held_once) {
    add_members(connections);
    std::atomic<int> held = 0;
    std::atomic<int> refused = 0;
    on_connections([&](Client& client, int number) {
        const Told told = client.post("/v1/members/" + std::to_string(number + 1) + "/holds",
                                      R"({"hold_id":"H","lines":[{"product":"rice","amount_minor":3000,)"
                                      R"("promotion":"flash"}]})");
        if (told.status == 201) ++held;
        else if (told.code() == "promotion_sold_out") ++refused;
        else ADD_FAILURE() << told.status << told.body;
    });
    EXPECT_EQ(held, 4);
    EXPECT_EQ(refused, connections - 4);
    EXPECT_EQ(listed("flash")["left"], 0);
}

TEST_F(Promotions, one_member_is_not_over_the_limit_on_many_connections) {
    add_members(1);
    std::atomic<int> bought = 0;
    on_connections([&](Client& client, int number) {
        const Told told = client.post("/v1/orders", order("1", "O" + std::to_string(number), "together", 3'000));
        if (told.status == 201) ++bought;
        else EXPECT_EQ(told.code(), "promotion_limit_reached") << told.body;
    });
    EXPECT_EQ(bought, 4);
    EXPECT_EQ(listed("together")["left"], 16);
}

}  // namespace
}  // namespace regulars::api
