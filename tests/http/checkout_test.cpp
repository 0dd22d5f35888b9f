// A checkout over HTTP: quotes, holds, orders that are paid with coupons, points and balance, and what comes back.
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "audit.hpp"
#include "client.hpp"
#include "shape.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

/// A member with 1000 points, a balance of 55.00, and coupons: 1 welcome10, 2 starter, 3 tenth, 4 ship.
class CheckoutTest : public ::testing::Test {
protected:
    Shop shop_{{.programme = Shop::checkout}};
    Client client_{shop_.port()};

    void SetUp() override {
        prepare(client_);
        ASSERT_FALSE(HasFailure());
    }
    void TearDown() override { EXPECT_EQ(service::audit(shop_.store()), ""); }

    static void prepare(Client& client) {
        EXPECT_EQ(client.post("/v1/members", R"({"identities":[{"kind":"club","value":"1"}]})").status, 201);
        for (const auto& [target, body] :
             {std::pair{"/points", R"({"points":1000,"reference":"p"})"},
              std::pair{"/balance/top-up", R"({"amount_minor":5000,"bonus_minor":500,"reference":"b"})"},
              std::pair{"/coupons", R"({"coupon":"pair","reference":"g"})"}})
            EXPECT_EQ(client.post(std::string("/v1/members/1") + target, body).status, 201) << target;
    }
    Told post(const std::string& path, const std::string& body) {
        std::string target = path;
        if (const auto at = target.find("{id}"); at != std::string::npos) target.replace(at, 4, "1");
        if (const auto at = target.find("{order_id}"); at != std::string::npos) target.replace(at, 10, "A");
        const Told told = client_.post(target, body);
        if (told.status < 300) expect_declared(told, Method::post, path);
        return told;
    }
    nlohmann::json quote(const std::string& rest) {
        return post("/v1/quotes", R"({"member":"1",)" + rest + "}").json();
    }
    Told hold(const std::string& rest) { return post("/v1/members/{id}/holds", R"({"hold_id":"H",)" + rest + "}"); }
    Told order(const std::string& rest) { return post("/v1/orders", R"({"member":"1","order_id":"A",)" + rest + "}"); }
    nlohmann::json member() {
        const Told told = client_.get("/v1/members/1");
        expect_declared(told, Method::get, "/v1/members/{id}");
        return told.json();
    }
    /// "points balance coupons holds"
    std::string has() {
        const auto view = member();
        return std::to_string(view["points"]["available"].get<int>()) + " " +
               std::to_string(view["balance"]["total_minor"].get<int>()) + " " +
               std::to_string(view["coupons"].get<int>()) + " " + std::to_string(view["holds"].size());
    }
    std::string status_of(std::size_t index) {
        return client_.get("/v1/members/1/coupons").json()["coupons"][index]["status"];
    }
    static std::string used(const nlohmann::json& quote) {
        std::string text;
        for (const auto& coupon : quote["coupons"])
            if (coupon["used"]) text += (text.empty() ? "" : " ") + coupon["name"].get<std::string>();
        return text;
    }
    static std::string why_not(const nlohmann::json& quote, const std::string& name) {
        for (const auto& coupon : quote["coupons"])
            if (coupon["name"] == name && !coupon["used"]) return coupon["why_not"]["code"];
        return "";
    }
};

constexpr const char* basket = R"("lines":[{"amount_minor":20000}],"shipping_fee_minor":800)";

TEST_F(CheckoutTest, a_quote_takes_the_best_that_the_wallet_has) {
    const auto best = quote(basket);
    EXPECT_EQ(used(best), "welcome10 tenth");
    EXPECT_EQ(why_not(best, "starter"), "not_the_best");
    EXPECT_EQ(best["coupon_minor"], 3000);
    EXPECT_EQ(best["lines"][0]["coupon_minor"], 3000);
    EXPECT_EQ(best["payable_minor"], 17'800);
    EXPECT_EQ(best["to_pay_minor"], 17'800);
    EXPECT_EQ(best["exact"], true);
    EXPECT_EQ(quote(basket), best) << "and changes nothing";
    EXPECT_EQ(has(), "1000 5500 4 0");
}

TEST_F(CheckoutTest, a_quote_with_named_coupons_says_why_one_of_them_is_not_used) {
    const auto named = quote(std::string(basket) + R"(,"coupons":["2","4"])");
    EXPECT_EQ(used(named), "starter ship");
    EXPECT_EQ(named["payable_minor"], 19'500);
    EXPECT_EQ(named["free_shipping"], true);
    const auto three = quote(std::string(basket) + R"(,"coupons":["1","2","3"])");
    EXPECT_EQ(used(three), "welcome10 starter");
    EXPECT_FALSE(why_not(three, "tenth").empty());
    const auto strange = quote(std::string(basket) + R"(,"coupons":["9","1"])");
    EXPECT_EQ(used(strange), "welcome10");
    EXPECT_EQ(why_not(strange, ""), "coupon_not_found");
    EXPECT_EQ(quote(std::string(basket) + R"(,"coupons":[])")["payable_minor"], 20'800) << "none at all";
}

TEST_F(CheckoutTest, a_quote_reckons_with_a_code_that_was_not_claimed_yet) {
    const auto with_code = quote(std::string(basket) + R"(,"code":"save20")");
    EXPECT_EQ(used(with_code), "save20 welcome10");
    EXPECT_TRUE(with_code["coupons"][0]["coupon"].is_null()) << "it has no number yet";
    EXPECT_EQ(with_code["coupon_minor"], 3000);
    EXPECT_EQ(why_not(with_code, "tenth"), "not_the_best");
    const auto wrong = quote(std::string(basket) + R"(,"code":"SAVE99")");
    EXPECT_EQ(why_not(wrong, ""), "code_not_valid");
    EXPECT_EQ(wrong["coupon_minor"], 3000) << "the rest is priced all the same";
    const auto small = quote(R"("lines":[{"amount_minor":9999}],"code":"SAVE20")");
    EXPECT_EQ(why_not(small, "save20"), "minimum_not_reached");
    EXPECT_EQ(client_.get("/v1/members/1/coupons").json()["coupons"].size(), 4U) << "a quote takes nothing";
    EXPECT_EQ(client_.post("/v1/members/1/coupons/claims", R"({"code":"SAVE20","reference":"c"})").status, 201);
    EXPECT_EQ(why_not(quote(std::string(basket) + R"(,"code":"SAVE20")"), ""), "coupon_limit_reached");
}

TEST_F(CheckoutTest, a_quote_pays_as_much_as_may_be_paid_with_points_and_balance) {
    const std::string plain = std::string(R"("lines":[{"amount_minor":1950}],"coupons":[])");
    const auto points = quote(plain + R"(,"most_points":true)");
    EXPECT_EQ(points["points_used"], 900) << "half of it, in hundreds";
    EXPECT_EQ(points["by_points_minor"], 900);
    EXPECT_EQ(points["to_pay_minor"], 1050);
    const auto both = quote(plain + R"(,"most_points":true,"most_balance":true)");
    EXPECT_EQ(both["balance_used_minor"], 1050);
    EXPECT_EQ(both["to_pay_minor"], 0);
    const auto all = quote(std::string(basket) + R"(,"coupons":[],"most_balance":true)");
    EXPECT_EQ(all["balance_used_minor"], 5500);
    EXPECT_EQ(all["to_pay_minor"], 15'300);
    EXPECT_EQ(quote(plain + R"(,"points":150)")["code"], "points_not_allowed");
    EXPECT_EQ(quote(plain + R"(,"points":1000)")["code"], "points_not_allowed");
    EXPECT_EQ(quote(plain + R"(,"points":1100)")["code"], "not_enough_points");
    EXPECT_EQ(quote(plain + R"(,"balance_minor":5501)")["code"], "not_enough_balance");
    EXPECT_EQ(quote(plain + R"(,"balance_minor":1951)")["code"], "tenders_over_amount");
}

TEST_F(CheckoutTest, what_is_held_becomes_an_order_and_comes_back_as_it_was_paid) {
    const Told held = hold(std::string(basket) + R"(,"points":500,"balance_minor":3000)");
    EXPECT_EQ(held.status, 201) << held.body;
    EXPECT_EQ(used(held.json()["quote"]), "welcome10 tenth");
    EXPECT_EQ(held.json()["quote"]["to_pay_minor"], 17'000 + 800 - 500 - 3000);
    EXPECT_EQ(has(), "500 2500 2 1");
    EXPECT_EQ(status_of(0), "held");
    const auto again = hold(std::string(basket) + R"(,"points":500,"balance_minor":3000)").json();
    EXPECT_EQ(again["duplicate"], true);
    EXPECT_EQ(again["quote"], held.json()["quote"]) << "whoever lost the answer asks again";
    EXPECT_EQ(has(), "500 2500 2 1");
    const std::string lines = R"("lines":[{"amount_minor":17000}],"shipping_fee_minor":800,"hold_id":"H")";
    EXPECT_EQ(order(R"("lines":[{"amount_minor":17001}],"hold_id":"H")").code(), "hold_conflict");
    EXPECT_EQ(order(lines + R"(,"points":500)").code(), "hold_conflict") << "the hold says what pays";
    const Told ordered = order(lines + R"(,"paid_at":"2026-06-01T12:00:00")");
    EXPECT_EQ(ordered.status, 201) << ordered.body;
    EXPECT_EQ(ordered.json()["coupons"][0]["status"], "used");
    EXPECT_EQ(has(), "500 2500 2 0");
    EXPECT_EQ(order(lines + R"(,"paid_at":"2026-06-01T12:00:00")").status, 200);
    const auto kept = client_.get("/v1/members/1/orders/A");
    expect_declared(kept, Method::get, "/v1/members/{id}/orders/{order_id}");
    EXPECT_EQ(kept.json()["coupons"].size(), 2U);
    EXPECT_EQ(kept.json()["by_points_minor"], 500);
    EXPECT_EQ(kept.json()["balance_minor"], 3000);
    // Money before balance, balance before points.
    const auto refund = [&](const std::string& rest) {
        return post("/v1/orders/{order_id}/refunds", R"({"member":"1",)" + rest + "}").json();
    };
    const auto part = refund(R"("refund_id":"R1","lines":[{"line":0,"amount_minor":14000}])")["refund"];
    EXPECT_EQ(part["cash_minor"], 13'500);
    EXPECT_EQ(part["balance_minor"], 500);
    EXPECT_EQ(part["points"], 0);
    const auto rest = refund(R"("refund_id":"R2")");
    EXPECT_EQ(rest["refund"]["cash_minor"], 0);
    EXPECT_EQ(rest["refund"]["balance_minor"], 2500);
    EXPECT_EQ(rest["refund"]["points"], 500);
    EXPECT_EQ(rest["coupons"].size(), 2U) << "the coupons are back";
    EXPECT_EQ(has(), "1000 5500 4 0");
    EXPECT_EQ(refund(R"("refund_id":"R2")")["duplicate"], true);
}

TEST_F(CheckoutTest, an_order_may_name_what_it_uses_without_a_hold) {
    EXPECT_EQ(order(R"("lines":[{"amount_minor":9000}],"coupons":[{"coupon":"1","amount_minor":1000}],"points":200,
                      "balance_minor":1000)").status, 201);
    EXPECT_EQ(has(), "800 4500 3 0");
    EXPECT_EQ(status_of(0), "used");
    const Told cancelled = post("/v1/orders/{order_id}/cancelled", R"({"member":"1"})");
    EXPECT_EQ(cancelled.json()["refund"]["points"], 200);
    EXPECT_EQ(cancelled.json()["refund"]["balance_minor"], 1000);
    EXPECT_EQ(has(), "1000 5500 4 0");
}

TEST_F(CheckoutTest, a_hold_is_given_up_or_times_out) {
    EXPECT_EQ(hold(std::string(basket) + R"(,"balance_minor":500)").status, 201);
    const auto release = [&](const std::string& hold_id) {
        return post("/v1/members/{id}/holds/releases", R"({"hold_id":")" + hold_id + R"("})");
    };
    EXPECT_EQ(has(), "1000 5000 2 1");
    EXPECT_EQ(release("H").json()["coupons"].size(), 2U);
    EXPECT_EQ(has(), "1000 5500 4 0");
    EXPECT_EQ(release("H").status, 200);
    EXPECT_EQ(release("X").code(), "hold_not_found");
    EXPECT_EQ(post("/v1/members/{id}/holds", R"({"hold_id":"H2","minutes":10,)" + std::string(basket) + "}").status,
              201);
    shop_.set_clock("2026-06-01T12:09:59");
    EXPECT_EQ(has(), "1000 5500 2 1");
    shop_.set_clock("2026-06-01T12:10:00");
    EXPECT_EQ(has(), "1000 5500 4 0") << "reading shows it at once";
    EXPECT_EQ(status_of(0), "held") << "the row changes when the scheduler or an event comes by";
    EXPECT_EQ(order(R"("lines":[{"amount_minor":17000}],"shipping_fee_minor":800,"hold_id":"H2")").code(),
              "hold_not_found");
    EXPECT_EQ(release("H2").status, 200);
    EXPECT_EQ(client_.post("/v1/members/1/points", R"({"points":1,"reference":"later"})").status, 201);
    EXPECT_EQ(status_of(0), "usable");
}

TEST(CheckoutScheduler, releases_what_has_timed_out) {
    Shop shop({.programme = Shop::checkout, .scheduler = true});
    Client client(shop.port());
    EXPECT_EQ(client.post("/v1/members", R"({"identities":[{"kind":"club","value":"1"}]})").status, 201);
    EXPECT_EQ(client.post("/v1/members/1/holds", R"({"hold_id":"H","lines":[{"amount_minor":9000}]})").status, 201);
    const auto status = [&] {
        return client.get("/v1/members/1/coupons").json()["coupons"][0]["status"].get<std::string>();
    };
    EXPECT_EQ(status(), "held");
    shop.set_clock("2026-06-01T12:30:00");
    for (int tries = 0; tries < 1'000 && status() == "held"; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(status(), "usable");
    EXPECT_EQ(service::audit(shop.store()), "");
}

struct Row {
    const char* path;
    const char* body;
    int status;
    const char* code;
    const char* pointer = "";
};

TEST_F(CheckoutTest, what_cannot_be_is_refused_with_its_place_or_reason) {
    const char* const holds = "/v1/members/{id}/holds";
    const Row rows[] = {
        {holds, R"({"lines":[{"amount_minor":1}]})", 422, "invalid_input", "/hold_id"},
        {holds, R"({"hold_id":"H"})", 422, "invalid_input", "/lines"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":1}],"minutes":0})", 422, "invalid_input", "/minutes"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":1}],"minutes":10081})", 422, "invalid_input", "/minutes"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":1}],"coupons":["0"]})", 422, "invalid_input", "/coupons"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":1}],"coupons":["1","2","3","4","5","6"]})", 422,
         "invalid_input", "/coupons"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":1}],"code":"SAVE20"})", 422, "invalid_input", "/code"},
        {holds, R"({"hold_id":"H","lines":[{}]})", 422, "invalid_input", "/lines/0/amount_minor"},
        {holds, R"({"hold_id":"","lines":[{"amount_minor":1}]})", 422, "id_missing"},
        {holds, R"({"hold_id":"H","lines":[]})", 422, "no_lines"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":-1}]})", 422, "amount_out_of_range"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":1000}],"points":-100})", 422, "amount_out_of_range"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":1000}],"balance_minor":-1})", 422, "amount_out_of_range"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":1000}],"coupons":["9"]})", 409, "coupon_not_found"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":1000}],"coupons":["4"]})", 409, "coupon_not_usable"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":9000}],"coupons":["1","2","3"]})", 409,
         "coupons_do_not_stack"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":9000}],"points":150})", 409, "points_not_allowed"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":9000}],"points":1100})", 409, "not_enough_points"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":9000}],"balance_minor":5501})", 409, "not_enough_balance"},
        {holds, R"({"hold_id":"H","lines":[{"amount_minor":2000}],"balance_minor":2000})", 422, "tenders_over_amount"},
        {"/v1/orders", R"({"member":"1","order_id":"X","lines":[{"amount_minor":1}],
                           "coupons":[{"coupon":"x","amount_minor":1}]})", 422, "invalid_input", "/coupons/0/coupon"},
        {"/v1/orders", R"({"member":"1","order_id":"X","lines":[{"amount_minor":1}],"coupons":["1"]})", 422,
         "invalid_input", "/coupons/0"},
        {"/v1/orders", R"({"member":"1","order_id":"X","lines":[{"amount_minor":1}],"hold_id":"H"})", 409,
         "hold_not_found"},
        {"/v1/orders", R"({"member":"1","order_id":"X","lines":[{"amount_minor":1}],
                           "coupons":[{"coupon":"1","amount_minor":1001}]})", 422, "amount_out_of_range"},
        {"/v1/orders", R"({"member":"1","order_id":"X","lines":[{"amount_minor":1}],
                           "coupons":[{"coupon":"9","amount_minor":1}]})", 409, "coupon_not_found"},
        {"/v1/quotes", R"({"member":"1","lines":[{"amount_minor":1}],"coupons":["x"]})", 422, "invalid_input",
         "/coupons"},
        {"/v1/quotes", R"({"member":"1","lines":[{"amount_minor":1}],"most_points":1})", 422, "invalid_input",
         "/most_points"},
        {"/v1/quotes", R"({"member":"1","lines":[{"amount_minor":1}],"balance_minor":-1})", 422,
         "amount_out_of_range"},
        {"/v1/members/{id}/holds/releases", "{}", 422, "invalid_input", "/hold_id"},
        {"/v1/members/{id}/holds/releases", R"({"hold_id":""})", 422, "id_missing"},
    };
    for (const Row& row : rows) {
        const Told told = post(row.path, row.body);
        EXPECT_EQ(told.status, row.status) << row.body << told.body;
        EXPECT_EQ(told.code(), row.code) << row.body << told.body;
        if (std::string(row.pointer).empty()) continue;
        EXPECT_EQ(told.json()["errors"][0]["pointer"], row.pointer) << row.body;
    }
    EXPECT_EQ(has(), "1000 5500 4 0") << "and nothing has changed";
}

TEST_F(CheckoutTest, a_member_has_twenty_checkouts_at_most) {
    const auto place = [&](int number) {
        return post("/v1/members/{id}/holds", R"({"hold_id":"H)" + std::to_string(number) +
                                                  R"(","lines":[{"amount_minor":100}],"coupons":[]})");
    };
    for (int number = 1; number <= 20; ++number) EXPECT_EQ(place(number).status, 201) << number;
    EXPECT_EQ(place(21).code(), "too_many_holds");
    EXPECT_EQ(place(20).status, 200);
}

}  // namespace
}  // namespace regulars::api
