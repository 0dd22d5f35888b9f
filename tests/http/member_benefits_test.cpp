// What the shop does beside prices, as the warehouse, customer service and the member's phone see it.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "audit.hpp"
#include "client.hpp"
#include "shape.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class MemberBenefitTest : public ::testing::Test {
protected:
    Shop shop_{{.programme = "tests/engine/programmes/benefits.yaml"}};
    Client client_{shop_.port()};

    void SetUp() override { shop_.set_clock("2026-03-02T10:00"); }
    void TearDown() override { EXPECT_EQ(service::audit(shop_.store()), ""); }

    void add_member(Client& client, const std::string& id, const std::string& tier = "") {
        const std::string body = R"({"identities":[{"kind":"club","value":")" + id + R"("}]})";
        ASSERT_EQ(client.post("/v1/members", body).status, 201);
        if (tier.empty()) return;
        ASSERT_EQ(client.post("/v1/members/" + id + "/tier", R"({"tier":")" + tier + R"("})").status, 201);
    }
    Told use(const std::string& member, const std::string& benefit, const std::string& body) {
        const Told told = client_.post("/v1/members/" + member + "/benefits/" + benefit + "/use", body);
        if (told.status < 300) expect_declared(told, Method::post, "/v1/members/{id}/benefits/{benefit}/use");
        return told;
    }
    nlohmann::json benefit(const std::string& member, const std::string& code) {
        const Told told = client_.get("/v1/members/" + member + "/benefits");
        expect_declared(told, Method::get, "/v1/members/{id}/benefits");
        const auto list = told.json();
        for (const auto& one : list["benefits"])
            if (one["code"] == code) return one;
        return {};
    }
    nlohmann::json member(const std::string& id) {
        const Told told = client_.get("/v1/members/" + id);
        expect_declared(told, Method::get, "/v1/members/{id}");
        return told.json();
    }
    Told assign(const std::string& id, const std::string& body) {
        const Told told = client_.post("/v1/members/" + id + "/manager", body);
        if (told.status < 300) expect_declared(told, Method::post, "/v1/members/{id}/manager");
        return told;
    }
    /// "amy 1, ben 0"
    std::string loads() {
        const Told told = client_.get("/v1/managers");
        expect_declared(told, Method::get, "/v1/managers");
        std::string text;
        const auto list = told.json();
        for (const auto& one : list["managers"])
            text += (text.empty() ? "" : ", ") + one["staff"].get<std::string>() + ' ' +
                    std::to_string(one["members"].get<int>());
        return text;
    }
};

TEST_F(MemberBenefitTest, the_list_tells_why_until_when_and_what_is_left) {
    add_member(client_, "1", "gold");
    const auto wrap = benefit("1", "gift_wrap");
    EXPECT_EQ(wrap["kind"], "service");
    EXPECT_EQ(wrap["reason"], "Every member has it.");
    EXPECT_TRUE(wrap["until"].is_null());
    EXPECT_EQ(wrap["limit"], (nlohmann::json{{"count", 2}, {"per", "month"}}));
    EXPECT_EQ(wrap["used"], 0);
    EXPECT_EQ(wrap["left"], 2);
    EXPECT_EQ(wrap["renews_at"], "2026-03-31T22:00:00.000Z");
    const auto money = benefit("1", "fast_money");
    EXPECT_EQ(money["reason"], "The member holds the tier gold.");
    EXPECT_EQ(money["until"], "2027-03-02T23:00:00.000Z");
    EXPECT_EQ(money["at_most_minor"], 5000);
    EXPECT_FALSE(money.contains("limit"));
    EXPECT_FALSE(benefit("1", "once_in_a_life").contains("renews_at"));
    EXPECT_EQ(benefit("1", "first_look")["until"], "2026-03-07T23:00:00.000Z");
    EXPECT_TRUE(benefit("1", "birthday_box").is_null()) << "the birthday is not known";
}

TEST_F(MemberBenefitTest, a_use_is_counted_once_and_costs) {
    add_member(client_, "1", "silver");
    EXPECT_EQ(use("1", "gift_wrap", R"({"reference":"w1"})").status, 201);
    EXPECT_EQ(use("1", "gift_wrap", R"({"reference":"w1"})").status, 200);
    EXPECT_EQ(benefit("1", "gift_wrap")["left"], 1);
    EXPECT_EQ(use("1", "gift_wrap", R"({"reference":"w2","cost_minor":200})").status, 201);
    EXPECT_EQ(use("1", "gift_wrap", R"({"reference":"w3"})").code(), "benefit_used_up");
    EXPECT_EQ(use("1", "spa", R"({"reference":"s"})").code(), "unknown_benefit");
    EXPECT_EQ(use("1", "fast_money", R"({"reference":"s","amount_minor":1})").code(), "benefit_not_held");
    EXPECT_EQ(use("1", "hotline", R"({"reference":"s","amount_minor":1})").code(), "benefit_out_of_bounds");
    EXPECT_EQ(use("1", "hotline", "{}").status, 422) << "a use needs a reference";
    EXPECT_EQ(use("1", "hotline", R"({"benefit":"gift_wrap","reference":"x"})").status, 422) << "the path names it";
    EXPECT_EQ(use("1", "hotline", R"([])").status, 422);
    EXPECT_EQ(use("9", "gift_wrap", R"({"reference":"w1"})").status, 404);
    shop_.set_clock("2026-04-01T12:00");
    EXPECT_EQ(benefit("1", "gift_wrap")["left"], 2);
}

TEST_F(MemberBenefitTest, a_quote_marks_goods_for_others_and_tells_when_shipping_is_used_up) {
    add_member(client_, "1", "silver");
    const std::string basket = R"({"member":"1","shipping_fee_minor":500,"lines":[{"amount_minor":100},)"
                               R"({"category":"vintage","amount_minor":200}]})";
    const Told told = client_.post("/v1/quotes", basket);
    expect_declared(told, Method::post, "/v1/quotes");
    EXPECT_EQ(told.json()["lines"][0]["not_for_member"], false);
    EXPECT_EQ(told.json()["lines"][1]["not_for_member"], true);
    EXPECT_NE(told.body.find("line 1 is only for those who have cellar"), std::string::npos);
    EXPECT_EQ(told.json()["free_shipping"], true);
    const std::string checkout = R"({"hold_id":"h","lines":[{"category":"vintage","amount_minor":1}]})";
    EXPECT_EQ(client_.post("/v1/members/1/holds", checkout).code(), "goods_not_for_member");
    for (const char* order : {"A", "B"})
        EXPECT_EQ(client_.post("/v1/orders", std::string(R"({"member":"1","order_id":")") + order +
                                                 R"(","shipping_fee_minor":500,"paid_at":"2026-03-02T10:00",)"
                                                 R"("at":"2026-03-02T10:00","lines":[{"amount_minor":100}]})")
                      .status,
                  201);
    const Told after = client_.post("/v1/quotes", basket);
    EXPECT_EQ(after.json()["shipping_fee_minor"], 500);
    EXPECT_NE(after.body.find("free shipping is used up for this month"), std::string::npos);
    EXPECT_EQ(benefit("1", "free_shipping")["left"], 0);
}

TEST_F(MemberBenefitTest, the_least_loaded_manager_is_chosen) {
    for (const char* id : {"1", "2", "3"}) add_member(client_, id, "gold");
    add_member(client_, "4");
    EXPECT_EQ(loads(), "amy 0, ben 0");
    EXPECT_EQ(assign("1", "{}").status, 201);
    EXPECT_EQ(loads(), "amy 1, ben 0");
    const Told kept = assign("1", "");
    EXPECT_EQ(kept.status, 200) << "who has one keeps them";
    EXPECT_EQ(kept.json()["manager"], "amy");
    EXPECT_EQ(assign("2", "{}").json()["manager"], "ben");
    EXPECT_EQ(loads(), "amy 1, ben 1");
    EXPECT_EQ(assign("3", R"({"staff":"ben","reason":"they know each other"})").status, 201);
    EXPECT_EQ(loads(), "amy 1, ben 2");
    EXPECT_EQ(assign("3", R"({"staff":"zoe"})").code(), "unknown_staff");
    EXPECT_EQ(assign("4", "{}").code(), "benefit_not_held");
    EXPECT_EQ(member("3")["manager"], "ben");
    EXPECT_EQ(benefit("3", "guide")["manager"], "ben");
    EXPECT_FALSE(assign("3", R"({"staff":""})").json().contains("manager"));
    EXPECT_EQ(loads(), "amy 1, ben 1");
    EXPECT_FALSE(member("3").contains("manager"));
}

TEST_F(MemberBenefitTest, many_at_once_do_not_pile_up_on_one_manager) {
    constexpr int members = 40;
    for (int id = 1; id <= members; ++id) add_member(client_, std::to_string(id), "gold");
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&, thread] {
            Client client(shop_.port());
            for (int id = 1 + thread; id <= members; id += 8)
                EXPECT_EQ(client.post("/v1/members/" + std::to_string(id) + "/manager", "{}").status, 201);
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(loads(), "amy 20, ben 20");
}

TEST_F(MemberBenefitTest, a_seat_that_is_declined_is_free_for_another) {
    std::vector<std::string> tokens;
    for (const char* id : {"1", "2", "3", "4"}) {
        add_member(client_, id, "silver");
        tokens.push_back(client_.post("/v1/members/" + std::string(id) + "/tokens", "").json()["token"]);
    }
    const auto ask_as = [&](std::size_t who, const std::string& path, const std::string& body) {
        return client_.post(path, body, {"Authorization: Bearer " + tokens[who]});
    };
    const auto claim = [&](std::size_t who, const std::string& reference) {
        return ask_as(who, "/v1/me/coupons/claims", R"({"coupon":"party","reference":")" + reference + R"("})");
    };
    for (std::size_t who = 0; who < 3; ++who) EXPECT_EQ(claim(who, "a").status, 201) << who;
    EXPECT_EQ(claim(3, "a").code(), "coupon_sold_out");
    const Told declined = ask_as(1, "/v1/me/coupons/1/decline", "");
    EXPECT_EQ(declined.status, 201) << declined.body;
    expect_declared(declined, Method::post, "/v1/me/coupons/{id}/decline");
    EXPECT_EQ(ask_as(1, "/v1/me/coupons/1/decline", "").code(), "coupon_not_found");
    EXPECT_EQ(ask_as(1, "/v1/me/coupons/x/decline", "").code(), "coupon_not_found");
    EXPECT_EQ(claim(3, "b").status, 201);
    EXPECT_EQ(claim(1, "b").code(), "coupon_sold_out");
    // The shop takes a seat away as it does a coupon.
    EXPECT_EQ(client_.post("/v1/members/3/coupons/revocations", R"({"coupon":"1","reason":"ill"})").status, 201);
    EXPECT_EQ(claim(1, "c").status, 201);
    shop_.set_clock("2026-08-02T10:00");
    EXPECT_EQ(member("2")["stage"], "prospect");
    EXPECT_EQ(client_.post("/v1/members/2/coupons", R"({"coupon":"come_back","reference":"g"})").status, 201);
    EXPECT_EQ(ask_as(1, "/v1/me/coupons/3/decline", "").status, 401) << "the token is over";
}

}  // namespace
}  // namespace regulars::api
