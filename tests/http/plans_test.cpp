// Paid plans as clients see them: what is sold, buying, what is saved, giving up; and what a member's phone may do.
#include <gtest/gtest.h>

#include "audit.hpp"
#include "client.hpp"
#include "shape.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class PlanTest : public ::testing::Test {
protected:
    Shop shop_{{.programme = "programmes/plus.yaml"}};
    Client client_{shop_.port()};

    void SetUp() override {
        shop_.set_clock("2026-01-10T10:00:00");
        ASSERT_EQ(client_.post("/v1/members", R"({"identities":[{"kind":"club","value":"1"}]})").status, 201);
    }
    void TearDown() override { EXPECT_EQ(service::audit(shop_.store()), ""); }

    Told buy(const std::string& body) {
        const Told told = client_.post("/v1/members/1/plans", body);
        if (told.status < 300) expect_declared(told, Method::post, "/v1/members/{id}/plans");
        return told;
    }
    Told cancel(const std::string& plan, const std::string& body) {
        const Told told = client_.post("/v1/members/1/plans/" + plan + "/cancel", body);
        if (told.status < 300) expect_declared(told, Method::post, "/v1/members/{id}/plans/{plan}/cancel");
        return told;
    }
    nlohmann::json held() {
        const Told told = client_.get("/v1/members/1/plans");
        expect_declared(told, Method::get, "/v1/members/{id}/plans");
        return told.json()["plans"];
    }
};

TEST_F(PlanTest, what_is_sold_is_listed_with_its_terms_and_benefits) {
    const Told told = client_.get("/v1/plans");
    expect_declared(told, Method::get, "/v1/plans");
    const auto plans = told.json()["plans"];
    ASSERT_EQ(plans.size(), 3U);
    EXPECT_EQ(plans[0]["name"], "plus");
    EXPECT_EQ(plans[0]["price_minor"], 98'00);
    EXPECT_EQ(plans[0]["period"], "P1Y");
    EXPECT_EQ(plans[0]["trial"], nlohmann::json::parse(R"({"period":"P14D","price_minor":100})"));
    EXPECT_EQ(plans[0]["refund"], "less_saved");
    EXPECT_EQ(plans[0]["benefits"].size(), 4U);
    EXPECT_EQ(plans[1]["period"], "P1M");
    EXPECT_TRUE(plans[1]["trial"].is_null());
    EXPECT_EQ(plans[2]["tier"], "gold");
}

TEST_F(PlanTest, a_plan_is_bought_once_and_shows_what_it_saves) {
    const auto bought = buy(R"({"plan":"plus","paid_minor":9800,"reference":"P-1"})");
    EXPECT_EQ(bought.status, 201);
    EXPECT_EQ(bought.json()["plan_changes"][0]["kind"], "bought");
    EXPECT_EQ(bought.json()["plan_changes"][0]["last_day"], "2027-01-10");
    EXPECT_EQ(bought.json()["ledger"][0]["to"], "plans_sold");
    EXPECT_EQ(buy(R"({"plan":"plus","paid_minor":9800,"reference":"P-1"})").json()["duplicate"], true);
    ASSERT_EQ(client_.post("/v1/orders", R"({"member":"1","order_id":"A","paid_at":"2026-01-10T10:00:00",
        "lines":[{"price_kind":"member","amount_minor":10000}],"shipping_fee_minor":600})").status, 201);
    const auto plans = held();
    ASSERT_EQ(plans.size(), 1U);
    EXPECT_EQ(plans[0]["plan"], "plus");
    EXPECT_EQ(plans[0]["paid_minor"], 98'00);
    EXPECT_EQ(plans[0]["saved_minor"], 11'00);
    EXPECT_EQ(plans[0]["saved_ever_minor"], 11'00);
    EXPECT_EQ(plans[0]["comes_back_minor"], 87'00);
    const auto benefits = client_.get("/v1/members/1/benefits").json()["benefits"];
    EXPECT_EQ(benefits[0]["code"], "plus_price");
    EXPECT_EQ(benefits[0]["reason"], "The member holds the plan plus.");
    EXPECT_EQ(benefits[0]["until"], "2027-01-10T16:00:00.000Z");
}

TEST_F(PlanTest, given_up_at_once_the_answer_tells_what_is_to_be_paid_back) {
    ASSERT_EQ(buy(R"({"plan":"gold_card","reference":"P-1"})").json()["tier"], "gold");
    ASSERT_EQ(buy(R"({"plan":"plus","reference":"P-2"})").status, 201);
    const auto over = cancel("plus", R"({"reference":"C-1","at_once":true})").json();
    EXPECT_EQ(over["refund"]["cash_minor"], 98'00);
    EXPECT_EQ(over["plan_changes"].size(), 2U);
    EXPECT_EQ(cancel("gold_card", R"({"reference":"C-2"})").json()["tier"], "gold");
    EXPECT_EQ(held()[0]["cancelled"], true);
    EXPECT_EQ(cancel("gold_card", R"({"reference":"C-3","at_once":true})").json()["tier"], "normal");
    EXPECT_TRUE(held().empty());
}

TEST_F(PlanTest, refusals_say_what_is_wrong) {
    EXPECT_EQ(buy(R"({"plan":"plus","paid_minor":9700,"reference":"P-1"})").code(), "plan_price_differs");
    EXPECT_EQ(buy(R"({"plan":"minus","reference":"P-1"})").code(), "unknown_plan");
    EXPECT_EQ(buy(R"({"plan":"gold_card","trial":true,"reference":"P-1"})").code(), "trial_not_possible");
    EXPECT_EQ(buy(R"({"plan":"plus"})").code(), "invalid_input");
    EXPECT_EQ(cancel("plus", R"({"reference":"C-1"})").code(), "plan_not_held");
    EXPECT_EQ(cancel("minus", R"({"reference":"C-1"})").code(), "unknown_plan");
    EXPECT_EQ(cancel("plus", R"({"plan":"plus","reference":"C-1"})").code(), "invalid_input");
    EXPECT_EQ(client_.post("/v1/members/7/plans", R"({"plan":"plus","reference":"P-1"})").code(), "member_not_found");
}

TEST_F(PlanTest, a_members_phone_shows_plans_and_lets_them_run_out_only) {
    ASSERT_EQ(buy(R"({"plan":"plus","reference":"P-1"})").status, 201);
    const auto token = client_.post("/v1/members/1/tokens", "{}").json()["token"].get<std::string>();
    const std::vector<std::string> mine{"Authorization: Bearer " + token};
    const Told plans = client_.ask({"GET", "/v1/me/plans", "", mine});
    expect_declared(plans, Method::get, "/v1/me/plans");
    EXPECT_EQ(plans.json()["plans"][0]["plan"], "plus");
    expect_declared(client_.ask({"GET", "/v1/me/plans/available", "", mine}), Method::get, "/v1/me/plans/available");
    EXPECT_EQ(client_.post("/v1/me/plans/plus/cancel", R"({"reference":"C-1","at_once":true})", mine).code(),
              "invalid_input");
    const Told cancelled = client_.post("/v1/me/plans/plus/cancel", R"({"reference":"C-2"})", mine);
    EXPECT_EQ(cancelled.status, 201);
    expect_declared(cancelled, Method::post, "/v1/me/plans/{plan}/cancel");
    EXPECT_EQ(held()[0]["cancelled"], true);
}

}  // namespace
}  // namespace regulars::api
