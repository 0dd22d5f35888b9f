// Gifts, merges, export and erasure through the API.
#include <gtest/gtest.h>

#include "client.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class TwoMembersTest : public ::testing::Test {
protected:
    NewApiKey write_ = make_api_key("till", Scope::write, {});
    NewApiKey admin_ = make_api_key("owner", Scope::admin, {});
    Shop shop_{{.open = false,
                .programme = "tests/engine/programmes/two_members.yaml",
                .keys = {write_.key, admin_.key}}};

    void SetUp() override {
        shop_.set_clock("2026-03-02T10:00:00");
        for (const char* phone : {"+8613800138000", "+8613800138001"})
            ASSERT_EQ(as(write_.text, "POST", "/v1/members",
                         std::string(R"({"identities":[{"kind":"phone","value":")") + phone +
                             R"("}],"channel":"web","profile":{"name":"Somebody"}})")
                          .status,
                      201);
        first_ = token_of("1");
        second_ = token_of("2");
    }
    Told as(const std::string& bearer, const std::string& method, const std::string& target,
            const std::string& body = {}) {
        return Client(shop_.port()).ask({method, target, body, {"Authorization: Bearer " + bearer}});
    }
    std::string token_of(const std::string& member) {
        return as(write_.text, "POST", "/v1/members/" + member + "/tokens", "{}").json().value("token", "");
    }
    std::string claim(const std::string& token, const std::string& coupon) {
        const Told told = as(token, "POST", "/v1/me/coupons/claims",
                             R"({"coupon":")" + coupon + R"(","reference":")" + coupon + R"("})");
        EXPECT_EQ(told.status, 201) << told.body;
        return told.json()["coupons"][0].value("coupon", "");
    }
    std::string merge(const std::string& path, const std::string& reason = "same person") {
        const Told told = as(admin_.text, "POST", path, R"({"from":"2","reason":")" + reason + R"("})");
        return told.status == 201 ? "done" : told.json().value("code", "");
    }

    std::string first_;
    std::string second_;
};

TEST_F(TwoMembersTest, a_coupon_goes_to_who_tells_the_secret_first) {
    const std::string coupon = claim(first_, "treat");
    const Told offered = as(first_, "POST", "/v1/me/coupons/" + coupon + "/gift");
    ASSERT_EQ(offered.status, 201) << offered.body;
    const std::string secret = offered.json().value("secret", "");
    EXPECT_EQ(offered.json()["ends_at"], "2026-03-04T02:00:00.000Z");
    EXPECT_EQ(as(first_, "GET", "/v1/me/coupons").json()["coupons"][0]["status"], "offered");
    EXPECT_EQ(as(first_, "POST", "/v1/me/coupons/" + coupon + "/gift").json()["code"], "coupon_not_found");
    const std::string body = R"({"secret":")" + secret + R"("})";
    EXPECT_EQ(as(first_, "POST", "/v1/me/gifts", body).json()["code"], "coupon_not_giftable") << "to oneself";
    EXPECT_EQ(as(second_, "POST", "/v1/me/gifts", body).status, 201);
    EXPECT_EQ(as(second_, "POST", "/v1/me/gifts", body).json()["code"], "gift_not_found");
    EXPECT_EQ(as(second_, "GET", "/v1/me/coupons").json()["coupons"][0]["status"], "usable");
    EXPECT_EQ(as(first_, "GET", "/v1/me/coupons").json()["coupons"][0]["status"], "passed");
}

TEST_F(TwoMembersTest, an_offer_is_taken_back_and_wrong_requests_are_told_what_is_wrong) {
    const std::string coupon = claim(first_, "treat");
    const std::string path = "/v1/me/coupons/" + coupon + "/gift";
    EXPECT_EQ(as(first_, "POST", path + "/withdrawal").json()["code"], "coupon_not_found");
    const std::string secret = as(first_, "POST", path).json().value("secret", "");
    EXPECT_EQ(as(second_, "POST", path + "/withdrawal").json()["code"], "coupon_not_found");
    EXPECT_EQ(as(first_, "POST", path + "/withdrawal").status, 201);
    EXPECT_EQ(as(second_, "POST", "/v1/me/gifts", R"({"secret":")" + secret + R"("})").json()["code"],
              "gift_not_found");
    EXPECT_EQ(as(first_, "POST", "/v1/me/coupons/x/gift").status, 422);
    EXPECT_EQ(as(first_, "POST", "/v1/me/gifts", "{}").status, 422);
    EXPECT_EQ(as(first_, "POST", "/v1/me/gifts", R"({"secret":"a","more":1})").status, 422);
    claim(first_, "own");
    EXPECT_EQ(as(first_, "POST", "/v1/me/coupons/2/gift").json()["code"], "coupon_not_giftable");
}

TEST_F(TwoMembersTest, secrets_are_not_found_by_trying) {
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(as(second_, "POST", "/v1/me/gifts", R"({"secret":"guess"})").status, 409);
    EXPECT_EQ(as(second_, "POST", "/v1/me/gifts", R"({"secret":"guess"})").status, 429);
    EXPECT_EQ(as(first_, "POST", "/v1/me/gifts", R"({"secret":"guess"})").status, 409) << "others are not in the way";
}

TEST_F(TwoMembersTest, a_merge_is_looked_at_done_and_undone) {
    claim(second_, "own");
    const Told preview = as(write_.text, "GET", "/v1/members/1/merge/preview?from=2");
    ASSERT_EQ(preview.status, 200) << preview.body;
    EXPECT_EQ(preview.json()["possible"], true);
    EXPECT_EQ(preview.json()["coupons_brought"], 1);
    EXPECT_EQ(preview.json()["member"]["identities"].size(), 2U);
    EXPECT_EQ(as(write_.text, "GET", "/v1/members/1").json()["identities"].size(), 1U) << "nothing has changed";
    EXPECT_EQ(as(write_.text, "GET", "/v1/members/1/merge/preview").status, 422);
    EXPECT_EQ(as(write_.text, "GET", "/v1/members/1/merge/preview?from=9").status, 404);
    EXPECT_EQ(as(write_.text, "GET", "/v1/members/1/merge/preview?from=1").json()["possible"], false);
    EXPECT_EQ(as(write_.text, "POST", "/v1/members/1/merge", R"({"from":"2","reason":"x"})").status, 403);
    EXPECT_EQ(as(admin_.text, "POST", "/v1/members/1/merge", R"({"from":"2"})").status, 422) << "without a reason";
    EXPECT_EQ(as(admin_.text, "POST", "/v1/members/1/merge", R"({"from":"1","reason":"x"})").json()["code"],
              "merge_not_possible");
    EXPECT_EQ(merge("/v1/members/1/merge"), "done");
    EXPECT_EQ(merge("/v1/members/1/merge"), "merge_not_possible") << "the other is over";
    const Told over = as(write_.text, "GET", "/v1/members/2");
    EXPECT_EQ(over.json()["merged_into"], "1");
    EXPECT_TRUE(over.json()["tier"].is_null()) << over.body;
    EXPECT_EQ(as(write_.text, "GET", "/v1/members?identity=phone:%2B8613800138001").json()["id"], "1");
    EXPECT_EQ(as(second_, "POST", "/v1/me/coupons/claims", R"({"coupon":"own","reference":"x"})").json()["code"],
              "member_merged");
    EXPECT_EQ(merge("/v1/members/1/merge/undo", "by mistake"), "done");
    EXPECT_EQ(merge("/v1/members/1/merge/undo", "by mistake"), "merge_not_undoable");
    EXPECT_EQ(as(write_.text, "GET", "/v1/members?identity=phone:%2B8613800138001").json()["id"], "2");
    const auto events = as(write_.text, "GET", "/v1/members/1/events").json()["events"];
    EXPECT_EQ(events.back()["event"]["reason"], "by mistake") << "who did it and why is told by the events";
}

TEST_F(TwoMembersTest, a_person_gets_their_data_and_may_have_it_erased) {
    claim(first_, "own");
    const Told exported = as(first_, "GET", "/v1/me/export");
    ASSERT_EQ(exported.status, 200);
    EXPECT_EQ(exported.json()["member"]["profile"]["name"], "Somebody");
    EXPECT_EQ(exported.json()["acquisition"]["channel"], "web");
    EXPECT_EQ(exported.json()["coupons"]["coupons"].size(), 1U);
    EXPECT_EQ(exported.json()["events"]["events"].size(), 4U);
    EXPECT_EQ(as(write_.text, "GET", "/v1/members/1/export").json()["member"]["id"], "1");
    EXPECT_EQ(as(write_.text, "GET", "/v1/members/9/export").status, 404);

    EXPECT_EQ(as(write_.text, "POST", "/v1/members/1/erase", R"({"reason":"letter"})").status, 403);
    EXPECT_EQ(as(admin_.text, "POST", "/v1/members/1/erase", "{}").status, 422);
    EXPECT_EQ(as(admin_.text, "POST", "/v1/members/1/erase", R"({"reason":"letter"})").status, 201);
    EXPECT_EQ(as(admin_.text, "POST", "/v1/members/1/erase", R"({"reason":"letter"})").status, 200);
    const Told after = as(write_.text, "GET", "/v1/members/1/export");
    EXPECT_EQ(after.body.find("Somebody"), std::string::npos);
    EXPECT_EQ(after.body.find("+8613800138000"), std::string::npos);
    EXPECT_EQ(after.json()["member"]["erased"], true);
    EXPECT_EQ(as(write_.text, "POST", "/v1/members/1/profile", R"({"name":"Again"})").json()["code"],
              "member_erased");
    EXPECT_EQ(as(write_.text, "GET", "/v1/members?identity=phone:%2B8613800138000").status, 404);
}

}  // namespace
}  // namespace regulars::api
