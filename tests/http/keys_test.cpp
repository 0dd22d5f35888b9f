#include <thread>

#include <gtest/gtest.h>

#include "client.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

struct Keys {
    NewApiKey read = make_api_key("reader", Scope::read, {});
    NewApiKey write = make_api_key("till", Scope::write, {});
    NewApiKey admin = make_api_key("owner", Scope::admin, {});

    [[nodiscard]] ShopOptions options() const { return {.open = false, .keys = {read.key, write.key, admin.key}}; }
};

class KeysTest : public ::testing::Test {
protected:
    Keys keys_;
    Shop shop_{keys_.options()};

    Told ask(Ask request, const std::string& authorization) {
        if (!authorization.empty()) request.headers.push_back("Authorization: " + authorization);
        return Client(shop_.port()).ask(request);
    }
    int status(const Ask& request, const NewApiKey& key) { return ask(request, "Bearer " + key.text).status; }
};

TEST_F(KeysTest, each_scope_reaches_as_far_as_it_says) {
    const Ask order{"POST", "/v1/orders", order_body("1", "A", 1000)};
    const Ask look{"GET", "/v1/members/1"};
    const Ask activate{"POST", "/v1/programme", read_programme(Shop::vancl), {}, "application/yaml"};
    EXPECT_EQ(status(order, keys_.read), 403);
    EXPECT_EQ(status(order, keys_.write), 201);
    EXPECT_EQ(status(look, keys_.read), 200);
    EXPECT_EQ(status(look, keys_.write), 200);
    EXPECT_EQ(status(activate, keys_.write), 403);
    EXPECT_EQ(status(activate, keys_.admin), 200);
    EXPECT_EQ(status({"POST", "/v1/quotes", R"({"member":"1","lines":[{"amount_minor":1}]})"}, keys_.read), 200);
}

TEST_F(KeysTest, without_a_right_key_nothing_is_told) {
    for (const std::string& authorization :
         {std::string(), std::string("Bearer"), std::string("Bearer "), std::string("Basic dTpw"), keys_.read.text,
          "Bearer " + keys_.read.text + "x", "Bearer rg_000000000000_" + std::string(43, 'A')}) {
        const Told told = ask({"GET", "/v1/members/1"}, authorization);
        EXPECT_EQ(told.status, 401) << authorization;
        EXPECT_EQ(told.code(), "unauthorised");
        EXPECT_TRUE(told.header("www-authenticate").starts_with("Bearer"));
        EXPECT_EQ(told.body.find("rg_"), std::string::npos) << "the key is echoed";
    }
    EXPECT_EQ(ask({"GET", "/v1/members/1"}, "bearer " + keys_.read.text).status, 404);
}

TEST_F(KeysTest, what_needs_no_key_is_open_and_nothing_else) {
    for (const char* target : {"/healthz", "/readyz", "/", "/docs", "/openapi.json", "/problems"})
        EXPECT_EQ(ask({"GET", target}, "").status, 200) << target;
    for (const char* target : {"/metrics", "/v1/members", "/v1/programme"})
        EXPECT_EQ(ask({"GET", target}, "").status, 401) << target;
    EXPECT_EQ(ask({"POST", "/v1/bulk", "{}\n", {}, "application/x-ndjson"}, "").status, 401);
}

TEST_F(KeysTest, a_key_that_was_taken_back_is_noticed_while_the_server_runs) {
    shop_.set_keys({keys_.write.key});
    int seen = 0;
    for (int tries = 0; tries < 200 && seen != 401; ++tries) {
        seen = status({"GET", "/v1/programme"}, keys_.read);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    EXPECT_EQ(seen, 401);
    EXPECT_EQ(status({"GET", "/v1/programme"}, keys_.write), 200);
}

}  // namespace
}  // namespace regulars::api
