// What a member's phone reaches with its token: itself, and nothing else.
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "client.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class MeTest : public ::testing::Test {
protected:
    NewApiKey write_ = make_api_key("till", Scope::write, {});
    NewApiKey admin_ = make_api_key("owner", Scope::admin, {});
    Shop shop_{{.open = false, .programme = "programmes/newcomer.yaml", .keys = {write_.key, admin_.key}}};

    void SetUp() override {
        shop_.set_clock("2026-03-02T10:00:00");
        for (const char* phone : {"+8613800138000", "+8613800138001"})
            ASSERT_EQ(as_shop("POST", "/v1/members",
                              std::string(R"({"identities":[{"kind":"phone","value":")") + phone + R"("}]})")
                          .status,
                      201);
    }
    Told as(const std::string& bearer, const std::string& method, const std::string& target, const std::string& body,
            std::vector<std::string> headers = {}) {
        headers.push_back("Authorization: Bearer " + bearer);
        return Client(shop_.port()).ask({method, target, body, std::move(headers)});
    }
    Told as_shop(const std::string& method, const std::string& target, const std::string& body) {
        return as(write_.text, method, target, body);
    }
    std::string token_of(const std::string& member, const std::string& body = "{}") {
        const Told told = as_shop("POST", "/v1/members/" + member + "/tokens", body);
        EXPECT_EQ(told.status, 201) << told.body;
        return told.json().value("token", "");
    }
};

TEST_F(MeTest, a_token_reaches_its_member_whatever_the_request_says) {
    const std::string first = token_of("1");
    const std::string second = token_of("2");
    EXPECT_EQ(as(first, "GET", "/v1/me", "").json()["id"], "1");
    EXPECT_EQ(as(second, "GET", "/v1/me", "").json()["id"], "2");
    for (const char* target : {"/v1/me/entitlements", "/v1/me/benefits", "/v1/me/coupons", "/v1/me/coupons/available",
                               "/v1/me/orders", "/v1/me/ledger"})
        EXPECT_EQ(as(first, "GET", target, "").status, 200) << target;
    const std::string lines = R"("lines":[{"amount_minor":30000}])";
    EXPECT_EQ(as(first, "POST", "/v1/me/quotes", "{" + lines + "}").json()["coupon_minor"], 5000);
    EXPECT_EQ(as(first, "POST", "/v1/me/quotes", R"({"member":"2",)" + lines + "}").status, 422);
    EXPECT_EQ(as(first, "POST", "/v1/me/quotes?member=2", "{" + lines + "}").status, 422);
    const std::string claim = R"("code":"SAVE20","reference":"r")";
    EXPECT_EQ(as(first, "POST", "/v1/me/coupons/claims", R"({"member":"2",)" + claim + "}").status, 422);
    EXPECT_EQ(as(first, "POST", "/v1/me/coupons/claims",
                 R"({"identity":{"kind":"phone","value":"+8613800138001"},)" + claim + "}").status, 422);
    EXPECT_EQ(as(first, "POST", "/v1/me/coupons/claims", R"({"at":"2026-01-01",)" + claim + "}").status, 422)
        << "a member does not say when it was";
    EXPECT_EQ(as(first, "POST", "/v1/me/coupons/claims", "{" + claim + "}").status, 201);
    EXPECT_EQ(as(first, "GET", "/v1/me/coupons", "").json()["coupons"].size(), 5u);
    EXPECT_EQ(as(second, "GET", "/v1/me/coupons", "").json()["coupons"].size(), 4u);
    for (const char* target : {"/v1/me/benefits", "/v1/me/entitlements"}) {
        const auto benefits = as(first, "GET", target, "").json()["benefits"];
        ASSERT_EQ(benefits.size(), 5u) << target;
        EXPECT_EQ(benefits[0]["code"], "newcomer_2h") << "the first to lapse";
        EXPECT_EQ(benefits[0]["kind"], "coupon");
        EXPECT_EQ(benefits[0]["until"], "2026-03-02T04:00:00.000Z");
        EXPECT_EQ(benefits[0]["reason"], "The member holds the coupon since 2026-03-02T02:00:00.000Z.");
    }
}

TEST_F(MeTest, a_token_is_no_key_and_a_key_no_token) {
    const std::string token = token_of("1");
    for (const char* target : {"/v1/members/1", "/v1/members", "/v1/coupons", "/metrics"})
        EXPECT_EQ(as(token, "GET", target, "").status, 401) << target;
    EXPECT_EQ(as(token, "POST", "/v1/members/1/tokens", "{}").status, 401);
    EXPECT_EQ(as_shop("GET", "/v1/me", "").status, 401);
    EXPECT_EQ(Client(shop_.port()).get("/v1/me").status, 401);
}

TEST_F(MeTest, a_token_ends_with_its_time_and_with_its_key) {
    const std::string token = token_of("1", R"({"minutes":5})");
    const std::string longer = token_of("1", R"({"minutes":50})");
    shop_.set_clock("2026-03-02T10:04:59");
    EXPECT_EQ(as(token, "GET", "/v1/me", "").status, 200);
    shop_.set_clock("2026-03-02T10:05:00");
    EXPECT_EQ(as(token, "GET", "/v1/me", "").status, 401);
    EXPECT_EQ(as(longer, "GET", "/v1/me", "").status, 200);
    shop_.set_keys({admin_.key});
    int seen = 0;
    for (int tries = 0; tries < 200 && seen != 401; ++tries) {
        seen = as(longer, "GET", "/v1/me", "").status;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    EXPECT_EQ(seen, 401);
}

TEST_F(MeTest, a_forged_token_is_refused_like_any_other) {
    const std::string token = token_of("1");
    std::string of_another = token;
    of_another.replace(of_another.find("_1_"), 3, "_2_");
    for (const std::string& wrong : {of_another, token + "A", token.substr(0, token.size() - 1), std::string("rm_"),
                                     "rm_" + write_.key.id + "_1_99999999999_" + std::string(43, 'A')}) {
        const Told told = as(wrong, "GET", "/v1/me", "");
        EXPECT_EQ(told.status, 401) << wrong;
        EXPECT_EQ(told.json()["detail"], "The member's token is not valid.");
    }
}

TEST_F(MeTest, codes_are_not_found_by_trying) {
    const std::string token = token_of("1", R"({"minutes":120})");
    const auto claim = [&](const std::string& code) {
        return as(token, "POST", "/v1/me/coupons/claims",
                  R"({"code":")" + code + R"(","reference":")" + code + R"("})");
    };
    const auto quote = [&](const std::string& code) {
        return as(token, "POST", "/v1/me/quotes", R"({"lines":[{"amount_minor":30000}],"code":")" + code + R"("})");
    };
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(claim("WRONG" + std::to_string(i)).code(), "code_not_valid");
        EXPECT_EQ(quote("WRONG" + std::to_string(i)).status, 200);
    }
    EXPECT_EQ(claim("SAVE20").status, 429) << "ten were wrong: even a right one has to wait";
    EXPECT_EQ(quote("SAVE20").status, 429);
    const std::string other = token_of("2");
    EXPECT_EQ(as(other, "POST", "/v1/me/coupons/claims", R"({"code":"SAVE20","reference":"r"})").status, 201);
    shop_.set_clock("2026-03-02T10:59:59");
    EXPECT_EQ(claim("SAVE20").status, 429);
    shop_.set_clock("2026-03-02T11:00:00");
    EXPECT_EQ(claim("SAVE20").status, 201);
}

TEST_F(MeTest, one_members_idempotency_key_is_not_anothers) {
    const std::string body = R"({"code":"SAVE20","reference":"r"})";
    const std::vector<std::string> key{"Idempotency-Key: same"};
    EXPECT_EQ(as(token_of("1"), "POST", "/v1/me/coupons/claims", body, key).json()["member"], "1");
    EXPECT_EQ(as(token_of("2"), "POST", "/v1/me/coupons/claims", body, key).json()["member"], "2");
    const Told again = as(token_of("1"), "POST", "/v1/me/coupons/claims", body, key);
    EXPECT_EQ(again.json()["member"], "1");
    EXPECT_EQ(again.header("idempotency-replayed"), "true");
}

TEST_F(MeTest, tokens_are_for_members_that_exist_and_for_some_minutes) {
    EXPECT_EQ(as_shop("POST", "/v1/members/99/tokens", "{}").status, 404);
    EXPECT_EQ(as_shop("POST", "/v1/members/x/tokens", "{}").status, 422);
    for (const char* minutes : {"0", "43201", "-1", "\"60\"", "1.5"})
        EXPECT_EQ(as_shop("POST", "/v1/members/1/tokens", std::string(R"({"minutes":)") + minutes + "}").status, 422)
            << minutes;
}

}  // namespace
}  // namespace regulars::api
