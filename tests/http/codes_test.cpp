// Codes that work once, partners' codes and notices, as clients see them.
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "api/keys.hpp"
#include "audit.hpp"
#include "client.hpp"
#include "service/code_batches.hpp"
#include "shape.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class CodesHttp : public ::testing::Test {
protected:
    NewApiKey write_ = make_api_key("till", Scope::write, {});
    NewApiKey read_ = make_api_key("sender", Scope::read, {});
    Shop shop_{{.open = false,
                .programme = "tests/engine/programmes/codes.yaml",
                .keys = {write_.key, read_.key}}};

    void SetUp() override {
        shop_.set_clock("2026-03-02T10:00:00");
        for (const char* number : {"1", "2"})
            ASSERT_EQ(post("/v1/members", std::string(R"({"identities":[{"kind":"customer:web","value":")") + number +
                                              R"("}]})")
                          .status,
                      201);
    }
    void TearDown() override { EXPECT_EQ(service::audit(shop_.store()), ""); }

    Told as(const std::string& bearer, const std::string& method, const std::string& target, const std::string& body) {
        return Client(shop_.port()).ask({method, target, body, {"Authorization: Bearer " + bearer}});
    }
    Told post(const std::string& target, const std::string& body) { return as(write_.text, "POST", target, body); }
    Told get(const std::string& target) { return as(read_.text, "GET", target, ""); }
    std::vector<std::string> make(const std::string& name, std::size_t count) {
        service::CodeBatch batch;
        batch.name = name;
        batch.coupon = "letter20";
        std::vector<std::string> codes;
        const auto take = [&](std::span<const std::string> part) {
            codes.insert(codes.end(), part.begin(), part.end());
            return true;
        };
        EXPECT_TRUE(service::make_codes(shop_.store(), batch, count, {take, [] { return true; }}).value());
        return codes;
    }
    Told claim(const std::string& member, const std::string& code, const std::string& reference) {
        const Told told = post("/v1/members/" + member + "/coupons/claims",
                               R"({"code":")" + code + R"(","reference":")" + reference + R"("})");
        if (told.status < 300) expect_declared(told, Method::post, "/v1/members/{id}/coupons/claims");
        return told;
    }
    Told ticket(const std::string& member, const std::string& reference) {
        return post("/v1/members/" + member + "/coupons/claims",
                    R"({"coupon":"ticket","reference":")" + reference + R"("})");
    }
    std::string token_of(const std::string& member) {
        return post("/v1/members/" + member + "/tokens", R"({"minutes":600})").json().value("token", "");
    }
};

TEST_F(CodesHttp, a_code_that_works_once_brings_its_coupon_once) {
    const auto codes = make("spring", 2);
    const Told first = claim("1", codes[0], "a");
    EXPECT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(first.json()["coupons"][0]["name"], "letter20");
    EXPECT_EQ(claim("1", codes[0], "a").status, 200) << "told again";
    EXPECT_EQ(claim("2", codes[1], "a").status, 201);
    const auto coupons = get("/v1/coupons").json()["coupons"];
    EXPECT_EQ(coupons[0]["name"], "letter20");
    EXPECT_EQ(coupons[0]["by_code"], true);
    const auto event = get("/v1/members/1/events?after=2").json()["events"][0];
    EXPECT_EQ(event["event"]["redeems"], "letter20") << "what a replay decides by";
}

// Byte for byte: nobody learns from an answer whether a code exists.
TEST_F(CodesHttp, taken_withdrawn_unfinished_mistyped_and_unknown_codes_have_one_answer) {
    const auto codes = make("spring", 2);
    const auto old = make("old", 1);
    EXPECT_EQ(claim("1", codes[0], "a").status, 201);
    EXPECT_TRUE(service::withdraw_codes(shop_.store(), "old").has_value());
    const Told unknown = claim("2", "0000000000012", "b");
    EXPECT_EQ(unknown.status, 422);
    EXPECT_EQ(unknown.code(), "code_not_valid");
    std::string mistyped = codes[1];
    mistyped[0] = mistyped[0] == '7' ? '8' : '7';
    for (const std::string& code : {codes[0], old[0], mistyped, std::string("SAVE20")}) {
        const Told told = claim("2", code, "b");
        EXPECT_EQ(told.status, 422);
        EXPECT_EQ(told.body, unknown.body) << code;
    }
    EXPECT_EQ(claim("1", codes[0], "other").body, unknown.body) << "their own, by another reference";
}

TEST_F(CodesHttp, members_cannot_find_codes_by_trying) {
    const auto codes = make("spring", 1);
    const std::string token = token_of("1");
    const auto mine = [&](const std::string& code) {
        return as(token, "POST", "/v1/me/coupons/claims", R"({"code":")" + code + R"(","reference":"a"})");
    };
    for (int i = 0; i < 10; ++i) EXPECT_EQ(mine("0000000000012").code(), "code_not_valid");
    EXPECT_EQ(mine(codes[0]).status, 429) << "even a right one has to wait";
    shop_.set_clock("2026-03-02T11:00:00");
    EXPECT_EQ(mine(codes[0]).status, 201);
}

TEST_F(CodesHttp, a_quote_says_that_the_code_is_to_be_taken_first) {
    const auto codes = make("spring", 1);
    const std::string body = R"({"member":"1","lines":[{"amount_minor":10000}],"code":")" + codes[0] + R"("})";
    const auto before = post("/v1/quotes", body).json();
    ASSERT_EQ(before["coupons"].size(), 1u) << before;
    EXPECT_EQ(before["coupons"][0]["why_not"]["code"], "to_be_taken_first");
    EXPECT_EQ(before["coupon_minor"], 0);
    EXPECT_EQ(claim("1", codes[0], "a").status, 201);
    EXPECT_EQ(post("/v1/quotes", R"({"member":"1","lines":[{"amount_minor":10000}]})").json()["coupon_minor"], 2000);
}

TEST_F(CodesHttp, a_partners_code_is_shown_with_its_coupon) {
    EXPECT_EQ(ticket("1", "a").code(), "coupon_sold_out");
    const std::vector<std::string> codes{"CINE-1", "CINE-2"};
    EXPECT_EQ(shop_.store().add_partner_codes("cinema", codes).value(), 2);
    EXPECT_EQ(ticket("1", "a").status, 201);
    const auto list = get("/v1/coupons").json()["coupons"];
    EXPECT_EQ(list[2]["kind"], "partner");
    EXPECT_EQ(list[2]["issued"], 1);
    EXPECT_EQ(list[2]["left"], 1);
    EXPECT_EQ(list.dump().find("CINE"), std::string::npos);
    const Told wallet = get("/v1/members/1/coupons");
    expect_declared(wallet, Method::get, "/v1/members/{id}/coupons");
    EXPECT_EQ(wallet.json()["coupons"][0]["partner_code"], "CINE-1");
    EXPECT_EQ(as(token_of("1"), "GET", "/v1/me/coupons", "").json()["coupons"][0]["partner_code"], "CINE-1");
    EXPECT_EQ(post("/v1/members/2/coupons", R"({"coupon":"ticket","reference":"sorry"})").status, 201);
    EXPECT_EQ(get("/v1/members/2/coupons").json()["coupons"][0]["partner_code"], "CINE-2");
    EXPECT_EQ(post("/v1/members/2/coupons", R"({"coupon":"evening","reference":"pack"})").code(), "coupon_sold_out");
}

TEST_F(CodesHttp, sixteen_connections_share_a_code_and_a_pool) {
    constexpr int connections = 16;
    const auto codes = make("spring", 5);
    std::vector<std::string> tickets;
    for (int number = 0; number < 10; ++number) tickets.push_back("T" + std::to_string(number));
    EXPECT_EQ(shop_.store().add_partner_codes("cinema", tickets).value(), 10);
    std::atomic<int> letters = 0;
    std::atomic<int> given = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < connections; ++number)
        threads.emplace_back([&, number] {
            const std::string member = std::to_string(1 + number % 2);
            for (const std::string& code : codes)
                letters += claim(member, code, code + std::to_string(number)).status == 201 ? 1 : 0;
            for (int i = 0; i < 2; ++i)
                given += ticket(member, std::to_string(number) + "-" + std::to_string(i)).status == 201 ? 1 : 0;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(letters, 5);
    EXPECT_EQ(given, 10);
    std::set<std::string> seen;
    for (const char* member : {"1", "2"}) {
        const auto wallet = get("/v1/members/" + std::string(member) + "/coupons").json();
        for (const auto& coupon : wallet["coupons"])
            if (coupon.contains("partner_code")) seen.insert(coupon["partner_code"].get<std::string>());
    }
    EXPECT_EQ(seen.size(), 10u);
}

TEST_F(CodesHttp, notices_are_polled_by_their_cursor) {
    const Told none = get("/v1/notices");
    expect_declared(none, Method::get, "/v1/notices");
    EXPECT_TRUE(none.json()["next"].is_null());
    for (const char* member : {"1", "2"})
        EXPECT_EQ(post("/v1/members/" + std::string(member) + "/coupons/claims",
                       R"({"coupon":"short","reference":"s"})")
                      .status,
                  201);
    shop_.set_clock("2026-03-03T11:00:00");
    for (const char* member : {"1", "2"})
        EXPECT_EQ(post("/v1/members/" + std::string(member) + "/points", R"({"points":1,"reference":"p"})").status,
                  201);
    EXPECT_EQ(get("/v1/notices").json()["notices"].size(), 0u) << "not before others could have come before them";
    shop_.set_clock("2026-03-03T11:00:10");
    const Told first = get("/v1/notices?limit=1");
    expect_declared(first, Method::get, "/v1/notices");
    ASSERT_EQ(first.json()["notices"].size(), 1u);
    const auto notice = first.json()["notices"][0];
    EXPECT_EQ(notice["member"], "1");
    EXPECT_EQ(notice["kind"], "coupon_lapses");
    EXPECT_EQ(notice["subject"], "short");
    EXPECT_EQ(notice["coupon"], "1");
    EXPECT_EQ(notice["at"], "2026-03-03T02:00:00.000Z");
    EXPECT_EQ(notice["recorded_at"], "2026-03-03T03:00:00.000Z");
    const std::string next = first.json()["next"];
    const Told second = get("/v1/notices?after=" + next);
    ASSERT_EQ(second.json()["notices"].size(), 1u);
    EXPECT_EQ(second.json()["notices"][0]["member"], "2");
    const std::string last = second.json()["next"];
    const Told end = get("/v1/notices?after=" + last);
    EXPECT_EQ(end.json()["notices"].size(), 0u);
    EXPECT_EQ(end.json()["next"], last) << "a job keeps asking from there";
    const Told own = get("/v1/members/2/notices");
    expect_declared(own, Method::get, "/v1/members/{id}/notices");
    EXPECT_EQ(own.json()["notices"].size(), 1u);
    EXPECT_TRUE(own.json()["next"].is_null());
    const std::string token = token_of("1");
    const Told mine = as(token, "GET", "/v1/me/notices", "");
    expect_declared(mine, Method::get, "/v1/me/notices");
    EXPECT_EQ(mine.json()["notices"].size(), 1u);
    EXPECT_EQ(mine.json()["notices"][0]["member"], "1");
    shop_.set_clock("2026-06-02T10:00:01");
    EXPECT_EQ(get("/v1/members/1/notices").json()["notices"].size(), 0u) << "90 days are over";
    EXPECT_EQ(get("/v1/notices").json()["notices"].size(), 2u);
}

TEST_F(CodesHttp, notices_are_refused_to_those_who_may_not_read_and_to_what_is_no_cursor) {
    EXPECT_EQ(as(token_of("1"), "GET", "/v1/notices", "").status, 401);
    EXPECT_EQ(Client(shop_.port()).get("/v1/notices").status, 401);
    for (const char* after : {"x", "1", "1.2.3.4", "1.2.3.4.5.6", "1.-2.3.4.5", "1.2.3.4.", "1.2.3.4.4294967296",
                              "99999999999999999999.1.1.1.1"}) {
        const Told told = get("/v1/notices?after=" + std::string(after));
        EXPECT_EQ(told.status, 422) << after;
        EXPECT_EQ(told.code(), "invalid_input") << after;
    }
    EXPECT_EQ(get("/v1/notices?limit=501").status, 422);
    EXPECT_EQ(get("/v1/members/9/notices").json()["notices"].size(), 0u);
}

}  // namespace
}  // namespace regulars::api
