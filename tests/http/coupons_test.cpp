// Coupons as clients see them: what there is, what is left, what a member holds and how it comes and goes.
#include <gtest/gtest.h>

#include "audit.hpp"
#include "client.hpp"
#include "shape.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class CouponTest : public ::testing::Test {
protected:
    Shop shop_{{.programme = Shop::checkout}};
    Client client_{shop_.port()};

    void SetUp() override {
        for (const char* card : {"1", "2", "3"})
            ASSERT_EQ(client_.post("/v1/members", std::string(R"({"identities":[{"kind":"club","value":")") + card +
                                                      R"("}]})").status,
                      201);
    }
    void TearDown() override { EXPECT_EQ(service::audit(shop_.store()), ""); }

    Told claim(const std::string& member, const std::string& body, std::vector<std::string> headers = {}) {
        const Told told = client_.post("/v1/members/" + member + "/coupons/claims", body, std::move(headers));
        if (told.status < 300) expect_declared(told, Method::post, "/v1/members/{id}/coupons/claims");
        return told;
    }
    Told grant(const std::string& member, const std::string& body) {
        const Told told = client_.post("/v1/members/" + member + "/coupons", body);
        if (told.status < 300) expect_declared(told, Method::post, "/v1/members/{id}/coupons");
        return told;
    }
    nlohmann::json wallet(const std::string& member, const std::string& query = "") {
        const Told told = client_.get("/v1/members/" + member + "/coupons" + query);
        expect_declared(told, Method::get, "/v1/members/{id}/coupons");
        return told.json();
    }
    /// The status of each coupon, in order.
    std::string statuses(const std::string& member) {
        std::string text;
        const auto page = wallet(member);
        for (const auto& coupon : page["coupons"])
            text += (text.empty() ? "" : " ") + coupon["status"].get<std::string>();
        return text;
    }
    nlohmann::json stock(const std::string& name) {
        const Told told = client_.get("/v1/coupons");
        expect_declared(told, Method::get, "/v1/coupons");
        const auto list = told.json();
        for (const auto& coupon : list["coupons"])
            if (coupon["name"] == name) return coupon;
        ADD_FAILURE() << "there is no " << name;
        return {};
    }
};

TEST_F(CouponTest, the_list_tells_the_terms_and_what_is_left) {
    const auto coupons = client_.get("/v1/coupons").json()["coupons"];
    ASSERT_EQ(coupons.size(), 11U);
    EXPECT_EQ(coupons[0]["name"], "welcome10");
    EXPECT_EQ(coupons[0]["title"], "10 off");
    EXPECT_EQ(coupons[0]["kind"], "amount_off");
    EXPECT_EQ(coupons[0]["amount_minor"], 10'00);
    EXPECT_EQ(coupons[0]["claimable"], false);
    EXPECT_TRUE(coupons[0]["left"].is_null()) << "not limited";
    EXPECT_FALSE(coupons[0].contains("issued"));
    EXPECT_EQ(stock("starter")["issued"], 3) << "three have registered";
    EXPECT_EQ(stock("starter")["left"], 57);
    EXPECT_EQ(stock("save20")["by_code"], true);
    EXPECT_EQ(stock("save20").dump().find("SAVE20"), std::string::npos) << "the code is told by the shop alone";
    EXPECT_EQ(stock("ship")["points"], 100);
    EXPECT_EQ(stock("mug")["product"], "M-1");
    EXPECT_EQ(stock("tenth")["rate"], "1/10");
}

TEST_F(CouponTest, claims_count_the_stock_down_to_nothing) {
    EXPECT_EQ(stock("last")["left"], 2);
    EXPECT_EQ(claim("1", R"({"coupon":"last","reference":"a"})").status, 201);
    EXPECT_EQ(stock("last")["left"], 1);
    EXPECT_EQ(claim("1", R"({"coupon":"last","reference":"b"})").status, 201);
    EXPECT_EQ(stock("last")["left"], 0);
    EXPECT_EQ(stock("last")["issued"], 2);
    const Told sold_out = claim("2", R"({"coupon":"last","reference":"c"})");
    EXPECT_EQ(sold_out.status, 409);
    EXPECT_EQ(sold_out.code(), "coupon_sold_out");
    EXPECT_EQ(grant("2", R"({"coupon":"last","reference":"g"})").code(), "coupon_sold_out");
    // A day's stock is there again on the next.
    for (const char* member : {"1", "2", "3"})
        EXPECT_EQ(claim(member, R"({"coupon":"today","reference":"d"})").status, 201);
    EXPECT_EQ(stock("today")["left"], 0);
    EXPECT_EQ(claim("1", R"({"coupon":"today","reference":"e"})").code(), "coupon_sold_out");
    shop_.set_clock("2026-06-02T00:00:00");
    EXPECT_EQ(stock("today")["left"], 3);
    EXPECT_EQ(claim("1", R"({"coupon":"today","reference":"e"})").status, 201);
    EXPECT_EQ(stock("today")["left"], 2);
}

TEST_F(CouponTest, a_budget_is_free_again_when_coupons_lapse_or_are_taken_back) {
    for (int number = 1; number <= 5; ++number)
        EXPECT_EQ(claim("1", R"({"coupon":"dear","reference":")" + std::to_string(number) + R"("})").status, 201);
    EXPECT_EQ(stock("dear")["left"], 0);
    EXPECT_EQ(claim("2", R"({"coupon":"dear","reference":"6"})").code(), "coupon_sold_out");
    EXPECT_EQ(client_.post("/v1/members/1/coupons/revocations", R"({"coupon":"3"})").status, 201);
    EXPECT_EQ(stock("dear")["left"], 1);
    shop_.set_clock("2026-06-03T00:00:00");
    EXPECT_EQ(client_.post("/v1/members/1/points", R"({"points":1,"reference":"p"})").status, 201) << "time passes";
    EXPECT_EQ(stock("dear")["left"], 5);
}

TEST_F(CouponTest, a_coupon_is_claimed_by_name_or_code_and_once) {
    const Told first = claim("1", R"({"coupon":"rare","reference":"c"})");
    EXPECT_EQ(first.status, 201);
    const auto change = first.json()["coupons"][0];
    EXPECT_EQ(change["coupon"], "3");
    EXPECT_EQ(change["name"], "rare");
    EXPECT_EQ(change["status"], "usable");
    EXPECT_EQ(change["expires_at"], "2026-06-04T16:00:00.000Z");
    const Told again = claim("1", R"({"coupon":"rare","reference":"c"})");
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.json()["duplicate"], true);
    const Told another = claim("1", R"({"coupon":"rare","reference":"d"})");
    EXPECT_EQ(another.status, 409);
    EXPECT_EQ(another.code(), "coupon_limit_reached");
    EXPECT_EQ(claim("1", R"({"code":"save20","reference":"e"})").status, 201) << "however it is written";
    EXPECT_EQ(claim("2", R"({"coupon":"save20","code":"SAVE20","reference":"f"})").status, 201);
    EXPECT_EQ(statuses("1"), "usable usable usable usable");
    EXPECT_EQ(stock("rare")["issued"], 1);
}

struct Refused {
    const char* body;
    int status;
    const char* code;
    const char* pointer = "";
};

TEST_F(CouponTest, claims_that_cannot_be_are_refused_with_their_reason) {
    const Refused rows[] = {
        {R"({"code":"SAVE10","reference":"r"})", 422, "code_not_valid"},
        {R"({"coupon":"save20","reference":"r"})", 422, "code_not_valid"},
        {R"({"coupon":"save20","code":"SAVE10","reference":"r"})", 422, "code_not_valid"},
        {R"({"coupon":"nothing","reference":"r"})", 422, "unknown_coupon"},
        {R"({"coupon":"welcome10","reference":"r"})", 409, "coupon_not_claimable"},
        {R"({"coupon":"mug","reference":"r"})", 409, "coupon_not_for_member"},
        {R"({"coupon":"ship","reference":"r"})", 409, "not_enough_points"},
        {R"({"reference":"r"})", 422, "invalid_input", "/coupon"},
        {R"({"coupon":"","code":"","reference":"r"})", 422, "id_missing"},
        {R"({"coupon":"rare"})", 422, "invalid_input", "/reference"},
        {R"({"coupon":"rare","reference":""})", 422, "id_missing"},
        {R"({"coupon":7,"reference":"r"})", 422, "invalid_input", "/coupon"},
        {R"({"coupon":"rare","reference":"r","stock":[{"coupon":"rare","left":9}]})", 422, "invalid_input", "/stock"},
        {R"({"coupon":"rare","reference":"r","count":2})", 422, "invalid_input", "/count"},
        {R"({"coupon":"rare","reference":"r","member":"2"})", 422, "invalid_input", "/member"},
    };
    for (const Refused& row : rows) {
        const Told told = claim("1", row.body);
        EXPECT_EQ(told.status, row.status) << row.body << told.body;
        EXPECT_EQ(told.code(), row.code) << row.body;
        if (std::string(row.pointer).empty()) continue;
        EXPECT_EQ(told.json()["errors"][0]["pointer"], row.pointer) << row.body;
    }
    EXPECT_EQ(claim("99", R"({"coupon":"rare","reference":"r"})").code(), "member_not_found");
    EXPECT_EQ(statuses("1"), "usable usable");
}

TEST_F(CouponTest, grants_give_one_kind_or_a_pack_all_or_nothing) {
    const Told pack = grant("1", R"({"coupon":"pair","count":2,"reference":"g1","reason":"sorry"})");
    EXPECT_EQ(pack.status, 201);
    EXPECT_EQ(pack.json()["coupons"].size(), 4U);
    EXPECT_EQ(grant("1", R"({"coupon":"pair","count":2,"reference":"g1"})").status, 200);
    EXPECT_EQ(grant("1", R"({"coupon":"last","count":3,"reference":"g2"})").code(), "coupon_sold_out");
    EXPECT_EQ(stock("last")["left"], 2) << "not even a part of it";
    EXPECT_EQ(grant("1", R"({"coupon":"last","count":2,"reference":"g2"})").status, 201);
    const Refused rows[] = {
        {R"({"coupon":"nothing","reference":"r"})", 422, "unknown_coupon"},
        {R"({"coupon":"pair","count":51,"reference":"r"})", 409, "too_many_coupons"},
        {R"({"coupon":"rare","count":2,"reference":"r"})", 409, "coupon_limit_reached"},
        {R"({"coupon":"pair","count":0,"reference":"r"})", 422, "invalid_input", "/count"},
        {R"({"coupon":"pair","count":101,"reference":"r"})", 422, "invalid_input", "/count"},
        {R"({"reference":"r"})", 422, "invalid_input", "/coupon"},
        {R"({"coupon":"pair"})", 422, "invalid_input", "/reference"},
    };
    for (const Refused& row : rows) {
        const Told told = grant("1", row.body);
        EXPECT_EQ(told.status, row.status) << row.body << told.body;
        EXPECT_EQ(told.code(), row.code) << row.body;
        if (std::string(row.pointer).empty()) continue;
        EXPECT_EQ(told.json()["errors"][0]["pointer"], row.pointer) << row.body;
    }
    EXPECT_EQ(wallet("1")["coupons"].size(), 8U);
}

TEST_F(CouponTest, the_wallet_comes_in_pages_and_tells_what_became_of_each) {
    const auto revoke = [&](const std::string& body) {
        return client_.post("/v1/members/1/coupons/revocations", body);
    };
    EXPECT_EQ(grant("1", R"({"coupon":"tenth","count":3,"reference":"g"})").status, 201);  // 3, 4, 5
    EXPECT_EQ(claim("1", R"({"coupon":"rare","reference":"c"})").status, 201);             // 6
    EXPECT_EQ(revoke(R"({"coupon":"4","reason":"by mistake"})").status, 201);
    EXPECT_EQ(revoke(R"({"coupon":"4"})").code(), "coupon_not_found");
    for (const char* coupon : {R"("0")", R"("x")", R"("")", R"("-4")", "4"}) {
        const Told told = revoke(std::string(R"({"coupon":)") + coupon + "}");
        EXPECT_EQ(told.status, 422) << coupon;
        EXPECT_EQ(told.json()["errors"][0]["pointer"], "/coupon") << coupon;
    }
    EXPECT_EQ(client_.post("/v1/orders", R"({"member":"1","order_id":"A","lines":[{"amount_minor":9000}],
                                             "coupons":[{"coupon":"3","amount_minor":1000}]})").status, 201);
    EXPECT_EQ(client_.post("/v1/members/1/holds", R"({"hold_id":"H","lines":[{"amount_minor":9000}],
                                                      "coupons":["5"]})").status, 201);
    EXPECT_EQ(statuses("1"), "usable usable used revoked held usable");
    const auto used = wallet("1", "?limit=1&after=2")["coupons"][0];
    EXPECT_EQ(used["id"], "3");
    EXPECT_EQ(used["amount_minor"], 1000);
    EXPECT_EQ(used["ended_at"], "2026-06-01T04:00:00.000Z");
    EXPECT_TRUE(wallet("1")["coupons"][1]["ended_at"].is_null());
    shop_.set_clock("2026-06-20T12:00:00");
    EXPECT_EQ(client_.post("/v1/members/1/points", R"({"points":1,"reference":"p"})").status, 201) << "time passes";
    EXPECT_EQ(statuses("1"), "expired usable used revoked usable expired");
    const auto whole = wallet("1")["coupons"];
    EXPECT_TRUE(wallet("1")["next"].is_null());
    for (const std::size_t limit : {1U, 2U, 4U, 6U}) {
        auto joined = nlohmann::json::array();
        std::string after;
        do {
            const auto page = wallet("1", "?limit=" + std::to_string(limit) + after);
            EXPECT_LE(page["coupons"].size(), limit);
            for (const auto& coupon : page["coupons"]) joined.push_back(coupon);
            after = page["next"].is_null() ? "" : "&after=" + page["next"].get<std::string>();
        } while (!after.empty());
        EXPECT_EQ(joined, whole) << limit;
    }
    EXPECT_TRUE(wallet("1", "?after=9223372036854775807")["coupons"].empty());
    EXPECT_EQ(client_.get("/v1/members/1/coupons?limit=0").json()["errors"][0]["pointer"], "limit");
    EXPECT_EQ(client_.get("/v1/members/x/coupons").json()["errors"][0]["pointer"], "id");
}

TEST_F(CouponTest, a_key_gives_the_stored_answer_of_a_claim) {
    const std::string body = R"({"coupon":"last","reference":"c"})";
    const std::vector<std::string> key{"Idempotency-Key: claim-1"};
    const Told first = claim("1", body, key);
    EXPECT_EQ(first.status, 201);
    const Told again = claim("1", body, key);
    EXPECT_EQ(again.status, 201) << "not the 200 of a duplicate";
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("idempotency-replayed"), "true");
    EXPECT_EQ(claim("2", body, key).code(), "key_conflict");
    EXPECT_EQ(claim("1", R"({"coupon":"last","reference":"d"})", key).code(), "key_conflict");
    EXPECT_EQ(stock("last")["left"], 1);
    // A refusal is an answer too, also when there would be one by now.
    const std::vector<std::string> other_key{"Idempotency-Key: claim-2"};
    EXPECT_EQ(claim("1", R"({"coupon":"last","reference":"e"})").status, 201);
    EXPECT_EQ(claim("3", body, other_key).code(), "coupon_sold_out");
    EXPECT_EQ(claim("3", body, other_key).header("idempotency-replayed"), "true");
    EXPECT_EQ(statuses("3"), "usable usable");
}

TEST_F(CouponTest, any_door_takes_them_and_none_lets_the_sender_tell_the_stock) {
    EXPECT_EQ(client_.post("/v1/events", R"({"type":"coupon_claimed","member":"1","coupon":"last","reference":"a"})")
                  .status, 201);
    const std::string stocked = R"("coupon":"last","reference":"b","stock":[{"coupon":"last","left":9}]})";
    const Told forged = client_.post("/v1/events", R"({"type":"coupon_claimed","member":"1",)" + stocked);
    EXPECT_EQ(forged.json()["errors"][0]["pointer"], "/stock");
    const Told bulk = client_.ask({"POST", "/v1/bulk",
                                   R"({"type":"coupon_claimed","member":"2","coupon":"last","reference":"b"})"
                                   "\n"
                                   R"({"type":"coupon_claimed","member":"3","coupon":"last","reference":"c"})"
                                   "\n"
                                   R"({"type":"coupon_claimed","member":"3",)" +
                                       stocked + "\n",
                                   {}, "application/x-ndjson"});
    const auto lines = bulk.lines();
    ASSERT_EQ(lines.size(), 4U) << bulk.body;
    EXPECT_EQ(lines[0]["sequence"], "3") << lines[0];
    EXPECT_NE(lines[1].dump().find("coupon_sold_out"), std::string::npos) << lines[1];
    EXPECT_NE(lines[2].dump().find("/stock"), std::string::npos) << lines[2];
    EXPECT_EQ(stock("last")["issued"], 2);
    const auto events = client_.get("/v1/members/2/events").json()["events"];
    EXPECT_EQ(events.back()["event"]["stock"][0]["left"], 1) << "what it was told is kept with it";
}

}  // namespace
}  // namespace regulars::api
