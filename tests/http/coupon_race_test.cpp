// Sixty-four connections at once want the same hundred coupons, or spend one wallet.
#include <atomic>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "audit.hpp"
#include "client.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

constexpr int connections = 64;

class CouponPressure : public ::testing::Test {
protected:
    Shop shop_{{.programme = Shop::checkout}};

    void TearDown() override { EXPECT_EQ(service::audit(shop_.store()), ""); }
    /// `work` through so many connections at once, each with its number.
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
};

TEST_F(CouponPressure, a_hundred_coupons_are_given_a_hundred_times) {
    constexpr int members = 1'000;
    std::atomic<int> registered = 0;
    on_connections([&](Client& client, int number) {
        for (int card = number; card < members; card += connections) {
            const std::string body =
                R"({"identities":[{"kind":"club","value":")" + std::to_string(card) + R"("}]})";
            registered += client.post("/v1/members", body).status == 201 ? 1 : 0;
        }
    });
    ASSERT_EQ(registered, members);
    std::atomic<int> given = 0;
    std::atomic<int> repeated = 0;
    std::atomic<int> refused = 0;
    on_connections([&](Client& client, int number) {
        std::mt19937_64 random(static_cast<std::uint64_t>(number));
        for (int i = 0; i < 2 * members / connections; ++i) {
            const std::string member = std::to_string(1 + random() % members);
            const std::string reference = random() % 2 == 0 ? "once" : std::to_string(i);
            const Told told = client.post("/v1/members/" + member + "/coupons/claims",
                                          R"({"coupon":"rare","reference":")" + reference + R"("})");
            if (told.status == 201) ++given;
            else if (told.status == 200) ++repeated;
            else if (told.code() == "coupon_sold_out" || told.code() == "coupon_limit_reached") ++refused;
            else ADD_FAILURE() << told.status << told.body;
        }
    });
    EXPECT_EQ(given, 100);
    EXPECT_EQ(given + repeated + refused, 2 * members / connections * connections);
    Client client(shop_.port());
    const auto list = client.get("/v1/coupons").json();
    for (const auto& coupon : list["coupons"]) {
        if (coupon["name"] == "rare") {
            EXPECT_EQ(coupon["issued"], 100);
            EXPECT_EQ(coupon["left"], 0);
        }
        if (coupon["name"] == "starter") {
            EXPECT_EQ(coupon["issued"], 60);
        }
    }
}

TEST_F(CouponPressure, a_wallet_is_spent_once) {
    Client first(shop_.port());
    EXPECT_EQ(first.post("/v1/members", R"({"identities":[{"kind":"club","value":"1"}]})").status, 201);
    EXPECT_EQ(first.post("/v1/members/1/points", R"({"points":500,"reference":"p"})").status, 201);
    EXPECT_EQ(first.post("/v1/members/1/balance/top-up", R"({"amount_minor":3000,"reference":"b"})").status, 201);
    std::atomic<int> points_spent = 0;
    std::atomic<int> balance_spent = 0;
    std::atomic<int> coupons_used = 0;
    on_connections([&](Client& client, int number) {
        const std::string id = std::to_string(number);
        const std::string pays = R"(,"points":500,"balance_minor":2000)";
        int status = 0;
        if (number % 2 == 0) {
            status = client.post("/v1/orders", R"({"member":"1","order_id":"A)" + id +
                                                   R"(","lines":[{"amount_minor":9000}],)"
                                                   R"("coupons":[{"coupon":"1","amount_minor":1000}])" + pays + "}")
                         .status;
        } else {
            const Told held = client.post("/v1/members/1/holds", R"({"hold_id":"H)" + id +
                                                                     R"(","lines":[{"amount_minor":10000}],)"
                                                                     R"("coupons":["1"])" + pays + "}");
            if (held.status == 201)
                status = client.post("/v1/orders", R"({"member":"1","order_id":"A)" + id +
                                                       R"(","lines":[{"amount_minor":9000}],"hold_id":"H)" + id +
                                                       R"("})").status;
        }
        if (status != 201) return;
        points_spent += 500;
        balance_spent += 2000;
        ++coupons_used;
    });
    EXPECT_EQ(points_spent, 500);
    EXPECT_EQ(balance_spent, 2000);
    EXPECT_EQ(coupons_used, 1);
    const auto member = first.get("/v1/members/1").json();
    EXPECT_EQ(member["points"]["available"], 0);
    EXPECT_EQ(member["balance"]["total_minor"], 1000);
    EXPECT_EQ(member["open_orders"].size(), 1U);
}

}  // namespace
}  // namespace regulars::api
