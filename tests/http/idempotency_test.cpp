#include <gtest/gtest.h>

#include "client.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class IdempotencyTest : public ::testing::Test {
protected:
    Shop shop_;
    Client client_{shop_.port()};

    Told keyed(const std::string& target, const std::string& body, const std::string& key) {
        return client_.post(target, body, {"Idempotency-Key: " + key});
    }
};

TEST_F(IdempotencyTest, the_same_key_and_body_gives_the_stored_answer) {
    const Told first = keyed("/v1/orders", order_body("1", "A", 1000), "k1");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(first.header("idempotency-replayed"), "");
    const Told second = keyed("/v1/orders", order_body("1", "A", 1000), "k1");
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.header("idempotency-replayed"), "true");
    EXPECT_EQ(second.body, first.body);
}

TEST_F(IdempotencyTest, the_same_key_with_other_input_is_a_conflict) {
    static_cast<void>(keyed("/v1/orders", order_body("1", "A", 1000), "k1"));
    for (const Told& told : {keyed("/v1/orders", order_body("1", "B", 1000), "k1"),
                             keyed("/v1/orders?member=1", order_body("1", "A", 1000), "k1"),
                             keyed("/v1/members/1/points", R"({"points":1,"reference":"r"})", "k1")}) {
        EXPECT_TRUE(told.status == 409 || told.status == 422) << told.body;
        EXPECT_NE(told.header("idempotency-replayed"), "true");
    }
    EXPECT_EQ(keyed("/v1/orders", order_body("1", "B", 1000), "k1").code(), "key_conflict");
    EXPECT_EQ(client_.get("/v1/members/1/orders").json()["orders"].size(), 1U);
}

TEST_F(IdempotencyTest, a_refusal_by_the_rules_is_stored_too) {
    static_cast<void>(client_.post("/v1/orders", order_body("1", "A", 1000)));
    const std::string body = R"({"points":500,"reference":"s"})";
    const Told first = keyed("/v1/members/1/points/spend", body, "k2");
    EXPECT_EQ(first.code(), "not_enough_points");
    static_cast<void>(client_.post("/v1/members/1/points", R"({"points":1000,"reference":"r"})"));
    const Told second = keyed("/v1/members/1/points/spend", body, "k2");
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("idempotency-replayed"), "true");
    EXPECT_EQ(second.header("content-type"), "application/problem+json");
}

TEST_F(IdempotencyTest, a_request_that_was_never_understood_uses_no_key_up) {
    EXPECT_EQ(keyed("/v1/orders", "{", "k3").status, 400);
    EXPECT_EQ(keyed("/v1/orders", order_body("1", "A", 1000), "k3").status, 201);
}

TEST_F(IdempotencyTest, a_default_time_does_not_make_a_second_request_another) {
    const std::string body = R"({"identity":{"kind":"club","value":"1"},"create":true,"order_id":"A",
                                 "lines":[{"amount_minor":100}]})";
    const Told first = keyed("/v1/orders", body, "k4");
    shop_.set_clock("2026-07-01T12:00:00");
    EXPECT_EQ(keyed("/v1/orders", body, "k4").body, first.body);
}

TEST_F(IdempotencyTest, a_registration_told_twice_is_answered_once) {
    const std::string body = R"({"identities":[{"kind":"club","value":"1"}],"channel":"web"})";
    const Told first = keyed("/v1/members", body, "k5");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(keyed("/v1/members", body, "k5").body, first.body);
}

}  // namespace
}  // namespace regulars::api
