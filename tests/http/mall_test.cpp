// The points mall as clients see it: prices and windows, buying, the shipping desk, calling off, and who may what.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "audit.hpp"
#include "client.hpp"
#include "shape.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class MallTest : public ::testing::Test {
protected:
    Shop shop_{{.programme = "tests/engine/programmes/points_mall.yaml"}};
    Client client_{shop_.port()};
    std::string token_;

    void SetUp() override {
        shop_.set_clock("2026-01-05T09:00:00");
        add_member("1", 5'000);
        renew_token();
    }
    void renew_token() {
        const Told token = client_.post("/v1/members/1/tokens", "{}");
        ASSERT_EQ(token.status, 201) << token.body;
        token_ = "Authorization: Bearer " + token.json().value("token", "");
    }
    void TearDown() override { EXPECT_EQ(service::audit(shop_.store()), ""); }

    void add_member(const std::string& card, int points) {
        ASSERT_EQ(client_.post("/v1/members", R"({"identities":[{"kind":"club","value":")" + card + R"("}]})").status,
                  201);
        ASSERT_EQ(client_.post("/v1/members/" + card + "/points",
                               R"({"points":)" + std::to_string(points) + R"(,"reference":"p"})").status,
                  201);
    }
    Told redeem(const std::string& body) {
        const Told told = client_.post("/v1/members/1/redemptions", body);
        if (told.status < 300) expect_declared(told, Method::post, "/v1/members/{id}/redemptions");
        return told;
    }
    Told redeem_mine(const std::string& item, const std::string& body) {
        return client_.post("/v1/me/mall/" + item + "/redemptions", body, {token_});
    }
    Told move(const std::string& redemption, const std::string& step, const std::string& body = "{}") {
        const Told told = client_.post("/v1/members/1/redemptions/" + redemption + "/" + step, body);
        if (told.status < 300)
            expect_declared(told, Method::post, "/v1/members/{id}/redemptions/{redemption}/" + step);
        return told;
    }
    std::int64_t points() { return client_.get("/v1/members/1").json()["points"]["available"].get<std::int64_t>(); }
    /// "R1 placed, R2 shipped"
    std::string redemptions() {
        const Told told = client_.get("/v1/members/1/redemptions");
        expect_declared(told, Method::get, "/v1/members/{id}/redemptions");
        std::string text;
        const auto list = told.json();
        for (const auto& one : list["redemptions"])
            text += (text.empty() ? "" : ", ") + one["redemption_id"].get<std::string>() + " " +
                    one["status"].get<std::string>();
        return text;
    }
    nlohmann::json item(const std::string& name) {
        const Told told = client_.get("/v1/mall");
        expect_declared(told, Method::get, "/v1/mall");
        const auto list = told.json();
        for (const auto& one : list["items"])
            if (one["name"] == name) return one;
        ADD_FAILURE() << "there is no " << name;
        return {};
    }
    nlohmann::json offer(const std::string& name) {
        const Told told = client_.ask({"GET", "/v1/me/mall", "", {token_}});
        expect_declared(told, Method::get, "/v1/me/mall");
        const auto list = told.json();
        for (const auto& one : list["items"])
            if (one["name"] == name) return one;
        ADD_FAILURE() << "there is no " << name;
        return {};
    }
};

TEST_F(MallTest, the_list_tells_prices_windows_and_what_is_left) {
    const auto kettle = item("kettle");
    EXPECT_EQ(kettle["product"], "K-1");
    EXPECT_EQ(kettle["price"], nlohmann::json::parse(R"({"points":2000,"money_minor":990})"));
    ASSERT_EQ(kettle["windows"].size(), 6U);
    EXPECT_EQ(kettle["windows"][0]["name"], "flash");
    EXPECT_EQ(kettle["windows"][0]["open"]["from"], "10:00");
    EXPECT_EQ(kettle["windows"][0]["left"], 20);
    EXPECT_EQ(kettle["windows"][1]["open"]["dates"][0]["last"], "2026-10-07");
    EXPECT_EQ(kettle["windows"][2]["open"]["member_days"][0], "18");
    EXPECT_EQ(kettle["windows"][3]["open"]["birthday"], "month");
    EXPECT_EQ(kettle["windows"][4]["open"]["weekdays"], nlohmann::json::parse(R"(["friday"])"));
    EXPECT_EQ(kettle["windows"][5]["who"]["tiers"], nlohmann::json::parse(R"(["vip"])"));
    EXPECT_TRUE(kettle["left"].is_null());
    EXPECT_EQ(item("mug")["left"], 50);
    EXPECT_TRUE(item("umbrella")["price"].is_null());
    EXPECT_EQ(item("ten_off")["coupon"], "ten");
}

TEST_F(MallTest, a_member_sees_the_price_that_holds_now) {
    EXPECT_EQ(offer("kettle")["price"]["money_minor"], 990);
    EXPECT_EQ(offer("mug")["allowed"], 2);
    EXPECT_EQ(offer("umbrella")["on_sale"], false);
    EXPECT_TRUE(offer("umbrella")["price"].is_null());
    EXPECT_EQ(offer("vip_gift")["on_sale"], false);
    shop_.set_clock("2026-01-05T10:00:00");
    renew_token();
    EXPECT_EQ(offer("kettle")["price"], nlohmann::json::parse(R"({"points":500,"money_minor":0})"));
    EXPECT_EQ(offer("kettle")["window"], "flash");
    EXPECT_EQ(offer("kettle")["left"], 20);
    const Told told = redeem_mine("kettle", R"({"redemption_id":"R1","points":500})");
    EXPECT_EQ(told.status, 201) << told.body;
    EXPECT_EQ(offer("kettle")["left"], 19);
    shop_.set_clock("2026-01-05T10:30:00");
    EXPECT_EQ(redeem_mine("kettle", R"({"redemption_id":"R2","points":500})").code(), "goods_price_differs");
}

TEST_F(MallTest, goods_go_over_the_shipping_desk) {
    EXPECT_EQ(redeem(R"({"redemption_id":"R1","item":"mug","quantity":2})").status, 201);
    EXPECT_EQ(redeem(R"({"redemption_id":"R1","item":"mug","quantity":2})").json()["duplicate"], true);
    EXPECT_EQ(points(), 4'400);
    EXPECT_EQ(item("mug")["left"], 48);
    const Told desk = client_.get("/v1/redemptions?status=placed");
    expect_declared(desk, Method::get, "/v1/redemptions");
    const auto waiting = desk.json()["redemptions"];
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0]["member"], "1");
    EXPECT_EQ(waiting[0]["product"], "M-1");
    EXPECT_EQ(waiting[0]["quantity"], 2);
    EXPECT_EQ(move("R1", "ship", R"({"carrier":"SF","tracking":"SF1"})").status, 201);
    EXPECT_EQ(client_.get("/v1/redemptions").json()["redemptions"].size(), 0U);
    EXPECT_EQ(client_.get("/v1/redemptions?status=shipped").json()["redemptions"][0]["tracking"], "SF1");
    EXPECT_EQ(move("R1", "cancel").code(), "redemption_not_movable");
    EXPECT_EQ(move("R1", "deliver").status, 201);
    EXPECT_EQ(move("R1", "deliver").json()["duplicate"], true);
    EXPECT_EQ(redemptions(), "R1 delivered");
    EXPECT_EQ(client_.get("/v1/redemptions?status=lost").status, 422);
    EXPECT_EQ(client_.get("/v1/redemptions?after=nowhere").status, 422);
}

TEST_F(MallTest, the_shipping_desk_reads_page_by_page) {
    add_member("2", 1'000);
    EXPECT_EQ(redeem(R"({"redemption_id":"R1","item":"mug"})").status, 201);
    EXPECT_EQ(redeem(R"({"redemption_id":"R.2","item":"mug"})").status, 201);
    EXPECT_EQ(client_.post("/v1/members/2/redemptions", R"({"redemption_id":"R1","item":"mug"})").status, 201);
    std::string seen;
    std::string after;
    for (int page = 0; page < 4; ++page) {
        const auto list = client_.get("/v1/redemptions?limit=1" + (after.empty() ? "" : "&after=" + after)).json();
        for (const auto& one : list["redemptions"])
            seen += one["member"].get<std::string>() + ":" + one["redemption_id"].get<std::string>() + " ";
        if (list["next"].is_null()) break;
        after = list["next"];
    }
    EXPECT_EQ(seen, "1:R.2 1:R1 2:R1 ");
}

TEST_F(MallTest, what_is_called_off_is_free_again) {
    EXPECT_EQ(redeem(R"({"redemption_id":"R1","item":"mug"})").status, 201);
    EXPECT_EQ(item("mug")["left"], 49);
    EXPECT_EQ(client_.post("/v1/me/redemptions/R1/cancel", R"({"reason":"mine"})", {token_}).status, 422);
    const Told told = client_.post("/v1/me/redemptions/R1/cancel", "", {token_});
    EXPECT_EQ(told.status, 201) << told.body;
    EXPECT_EQ(points(), 5'000);
    EXPECT_EQ(item("mug")["left"], 50);
    const Told mine = client_.ask({"GET", "/v1/me/redemptions", "", {token_}});
    expect_declared(mine, Method::get, "/v1/me/redemptions");
    EXPECT_EQ(mine.json()["redemptions"][0]["status"], "cancelled");
    shop_.set_clock("2026-01-10T09:00:00");
    renew_token();
    EXPECT_EQ(redeem(R"({"redemption_id":"R2","item":"umbrella"})").status, 201);
    EXPECT_EQ(client_.post("/v1/me/redemptions/R2/cancel", "{}", {token_}).code(), "redemption_not_movable");
    EXPECT_EQ(move("R2", "cancel", R"({"reason":"broken"})").status, 201);
}

TEST_F(MallTest, the_money_part_is_an_order) {
    EXPECT_EQ(redeem(R"({"redemption_id":"R1","item":"kettle"})").code(), "order_id_needed");
    const Told bought =
        redeem(R"({"redemption_id":"R1","item":"kettle","order_id":"M-1","points":2000,"money_minor":990})");
    EXPECT_EQ(bought.status, 201) << bought.body;
    const auto order = client_.get("/v1/members/1/orders/M-1").json();
    EXPECT_EQ(order["status"], "paid");
    EXPECT_EQ(points(), 3'000);
    const Told cancelled = move("R1", "cancel");
    EXPECT_EQ(cancelled.status, 201);
    EXPECT_EQ(cancelled.json()["refund"]["cash_minor"], 990);
    EXPECT_EQ(points(), 5'000);
    EXPECT_EQ(redemptions(), "R1 cancelled");
}

TEST_F(MallTest, a_phone_cannot_say_that_money_was_paid) {
    EXPECT_EQ(redeem_mine("kettle", R"({"redemption_id":"R1"})").code(), "order_id_needed");
    EXPECT_EQ(redeem_mine("kettle", R"({"redemption_id":"R1","order_id":"M-1"})").status, 422);
    EXPECT_EQ(redeem_mine("mug", R"({"redemption_id":"R1","at":"2026-01-01"})").status, 422);
    EXPECT_EQ(redeem_mine("hat", R"({"redemption_id":"R1"})").code(), "unknown_goods");
    EXPECT_EQ(redeem_mine("mug", R"({})").status, 422);
    EXPECT_EQ(redeem_mine("mug", R"({"redemption_id":"R1","quantity":101})").status, 422);
    EXPECT_EQ(redemptions(), "");
    EXPECT_EQ(points(), 5'000);
}

TEST_F(MallTest, coupons_come_at_once_while_there_are_any) {
    const Told told = redeem(R"({"redemption_id":"R1","item":"ten_off"})");
    EXPECT_EQ(told.status, 201);
    EXPECT_EQ(told.json()["coupons"][0]["name"], "ten");
    EXPECT_EQ(redemptions(), "R1 delivered");
    EXPECT_EQ(redeem(R"({"redemption_id":"R2","item":"film"})").code(), "coupon_sold_out") << "no code was imported";
}

TEST_F(MallTest, who_has_come_is_counted) {
    ASSERT_EQ(client_.post("/v1/members/1/coupons", R"({"coupon":"tasting","reference":"g"})").status, 201);
    const Told told = client_.post("/v1/members/1/coupons/1/attend", "");
    expect_declared(told, Method::post, "/v1/members/{id}/coupons/{coupon}/attend");
    EXPECT_EQ(told.json()["coupons"][0]["status"], "used");
    EXPECT_EQ(client_.post("/v1/members/1/coupons/1/attend", "").code(), "coupon_not_found");
    const auto list = client_.get("/v1/coupons").json();
    for (const auto& coupon : list["coupons"])
        if (coupon["name"] == "tasting") {
            EXPECT_EQ(coupon["attended"], 1);
        }
}

TEST_F(MallTest, the_last_pieces_of_a_flash_exchange_are_sold_once_and_nobody_gets_too_many) {
    constexpr int connections = 64;
    constexpr int members = 32;
    for (int member = 2; member <= members; ++member) add_member(std::to_string(member), 20'000);
    shop_.set_clock("2026-01-05T10:05:00");
    std::atomic<int> kettles = 0;
    std::atomic<int> mugs = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < connections; ++number)
        threads.emplace_back([&, number] {
            Client client(shop_.port());
            const std::string member = std::to_string(1 + number % members);
            for (int i = 0; i < 4; ++i) {
                const std::string id = "F" + std::to_string(number) + "." + std::to_string(i);
                const bool mug = i % 2 == 1;
                const Told told = client.post("/v1/members/" + member + "/redemptions",
                                              R"({"redemption_id":")" + id + R"(","item":")" +
                                                  (mug ? "mug" : "kettle") + R"("})");
                if (told.status == 201) ++(mug ? mugs : kettles);
                else if (told.code() != "goods_sold_out" && told.code() != "goods_limit_reached")
                    ADD_FAILURE() << told.status << told.body;
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(kettles, 20);
    EXPECT_EQ(mugs, 50) << "so many a day, of which no member has more than two";
    EXPECT_EQ(item("kettle")["windows"][0]["left"], 0);
    EXPECT_EQ(item("mug")["left"], 0);
    for (int member = 1; member <= members; ++member) {
        int own = 0;
        const auto list = client_.get("/v1/members/" + std::to_string(member) + "/redemptions").json();
        for (const auto& one : list["redemptions"]) own += one["item"] == "mug" ? one["quantity"].get<int>() : 0;
        EXPECT_LE(own, 2);
    }
}

}  // namespace
}  // namespace regulars::api
