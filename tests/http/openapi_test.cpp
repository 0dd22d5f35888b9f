// The description of the API is true: every endpoint is in it, and what it says is accepted is accepted.
#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "api/endpoints/registry.hpp"
#include "api/openapi.hpp"
#include "client.hpp"
#include "service/event_json.hpp"
#include "shape.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

nlohmann::json document(bool chinese = false) {
    return nlohmann::json::parse(openapi_document(all_endpoints(), chinese));
}

void collect_references(const nlohmann::json& node, std::set<std::string>& references) {
    if (node.is_object())
        for (const auto& [name, value] : node.items()) {
            if (name == "$ref") references.insert(value.get<std::string>());
            collect_references(value, references);
        }
    if (node.is_array())
        for (const auto& value : node) collect_references(value, references);
}

TEST(OpenApi, describes_every_endpoint) {
    const auto openapi = document();
    EXPECT_EQ(openapi["openapi"], "3.1.0");
    std::set<std::string> operations;
    for (const Endpoint& endpoint : all_endpoints()) {
        const auto& operation =
            openapi["paths"][std::string(endpoint.path)][endpoint.method == Method::post ? "post" : "get"];
        ASSERT_TRUE(operation.is_object()) << endpoint.path;
        EXPECT_TRUE(operations.insert(operation["operationId"].get<std::string>()).second) << endpoint.path;
        EXPECT_EQ(operation.contains("security"), endpoint.scope != Scope::none) << endpoint.path;
        EXPECT_EQ(operation.contains("requestBody"), !endpoint.input_type.empty()) << endpoint.path;
        for (const int status : endpoint.statuses)
            EXPECT_TRUE(operation["responses"].contains(std::to_string(status))) << endpoint.path;
    }
}

TEST(OpenApi, names_every_open_part_of_a_path) {
    for (const Endpoint& endpoint : all_endpoints()) {
        const std::string path(endpoint.path);
        static const std::regex open_part(R"(\{([a-z_]+)\})");
        std::vector<std::string> names;
        for (std::sregex_iterator it(path.begin(), path.end(), open_part), end; it != end; ++it)
            names.push_back((*it)[1]);
        ASSERT_EQ(names.size(), endpoint.path_parameters.size()) << path;
        for (std::size_t index = 0; index < names.size(); ++index)
            EXPECT_EQ(names[index], endpoint.path_parameters[index].name) << path;
    }
}

TEST(OpenApi, has_everything_that_it_refers_to) {
    const auto openapi = document();
    std::set<std::string> references;
    collect_references(openapi, references);
    EXPECT_GT(references.size(), 20U);
    for (const std::string& reference : references)
        EXPECT_TRUE(openapi.contains(nlohmann::json::json_pointer(reference.substr(1)))) << reference;
}

TEST(OpenApi, is_told_in_both_languages) {
    const std::string english = document().dump();
    const std::string chinese = document(true).dump();
    EXPECT_EQ(english.find("会员"), std::string::npos);
    EXPECT_NE(chinese.find("会员"), std::string::npos);
    for (const Endpoint& endpoint : all_endpoints()) {
        EXPECT_FALSE(endpoint.summary.en.empty()) << endpoint.path;
        EXPECT_FALSE(endpoint.summary.zh.empty()) << endpoint.path;
    }
}

// The activity of tests/service/checkout.yaml that the endpoint is about.
const char* activity_of(std::string_view path) {
    if (path.ends_with("/answers")) return "about_you";
    if (path.ends_with("/visits")) return "stores";
    if (path.ends_with("/behaviour")) return "share";
    if (path.ends_with("/check-in") || path.ends_with("/make-up") || path.ends_with("/freezes")) return "daily";
    return "wheel";
}

// What stands in the examples has happened before: the member, the order, the points, the coupon and the hold that they
// speak of.
class ExampleWorld {
public:
    ExampleWorld() {
        auto order = nlohmann::json::parse(order_body("17850", "W-1", 39'800, "2026-05-30"));
        order["shipped_at"] = order["paid_at"];
        order["lines"][0]["quantity"] = 2;
        EXPECT_EQ(client_.post("/v1/orders", order.dump()).status, 201);
        for (const auto& [target, body] :
             {std::pair{"/points", R"({"points":1000,"reference":"before"})"},
              std::pair{"/balance/top-up", R"({"amount_minor":100000,"reference":"before"})"}})
            EXPECT_EQ(client_.post(std::string("/v1/members/1") + target, body).status, 201) << target;
        EXPECT_EQ(client_.get("/v1/members/1/coupons").json()["coupons"][0]["id"], "1") << "the welcome";
        EXPECT_EQ(client_.post("/v1/orders", order_body("17851", "W-2", 100, "2026-05-30")).status, 201);
        const Told token = client_.post("/v1/members/1/tokens", "{}");
        EXPECT_EQ(token.status, 201) << token.body;
        member_ = "Authorization: Bearer " + token.json().value("token", "");
    }
    Told ask(const Endpoint& endpoint) {
        std::string target(endpoint.path);
        for (const auto& [part, value] : {std::pair{"{id}", "1"}, std::pair{"{order_id}", "W-1"},
                                         std::pair{"{plan}", "plus"}, std::pair{"{benefit}", "instant_refund"},
                                         std::pair{"{item}", "teapot"}, std::pair{"{redemption}", "R-7c1e"},
                                         std::pair{"{coupon}", "3"}, std::pair{"{name}", activity_of(endpoint.path)}})
            if (const auto at = target.find(part); at != std::string::npos)
                target.replace(at, std::string_view(part).size(), value);
        std::vector<std::string> headers;
        if (endpoint.scope == Scope::member) headers.push_back(member_);
        std::string body(endpoint.input_example);
        if (const auto at = body.find("123456"); at != std::string::npos && !sent_code_.empty())
            body.replace(at, sent_code_.size(), sent_code_);
        return client_.ask({"POST", target, body, headers, std::string(endpoint.input_type)});
    }

    /// The member's third coupon, after those that came with registration.
    void invite() {
        EXPECT_EQ(client_.post("/v1/members/1/coupons", R"({"coupon":"tasting","reference":"before"})").status, 201);
    }

private:
    std::string sent_code_;  ///< the last that went to somebody
    Shop shop_{{.programme = Shop::checkout, .send_code = [this](const CodeMessage& sent) { sent_code_ = sent.code; }}};
    Client client_{shop_.port()};
    std::string member_;
};

// The examples of reviews, friends and trials, whose world is another.
bool is_shown_by_friends_test(std::string_view path) {
    const auto ends = [&](std::string_view end) { return path.ends_with(end); };
    return path.find("/reviews") != std::string_view::npos || path.find("/friends/") != std::string_view::npos ||
           ends("/marks") || ends("/apply") || ends("/report") || ends("/decide") || ends("/choose");
}

TEST(OpenApi, shows_examples_that_are_accepted) {
    for (const Endpoint& endpoint : all_endpoints()) {
        // A gift's secret is another each time: two_members_test.cpp shows that one is accepted.
        if (endpoint.input == nullptr || endpoint.path == "/v1/me/gifts") continue;
        // Which piece a member has is left to chance: draws_test.cpp passes one on.
        if (endpoint.path.ends_with("/pass")) continue;
        if (is_shown_by_friends_test(endpoint.path)) continue;
        // Groups need orders at their price: promotions_test.cpp opens one and joins it.
        if (endpoint.path.find("/groups") != std::string_view::npos) continue;
        SCOPED_TRACE(endpoint.path);
        ASSERT_FALSE(endpoint.input_example.empty());
        ExampleWorld world;
        // What is given up has begun, by the example that begins it; so has what is told with a code.
        if (endpoint.path == "/v1/members/{id}/identities/unlink") {
            ASSERT_EQ(world.ask(endpoint_of(Method::post, "/v1/members/{id}/identities")).status, 201);
        }
        if (endpoint.path.ends_with("/merge/undo")) {
            ASSERT_EQ(world.ask(endpoint_of(Method::post, "/v1/members/{id}/merge")).status, 201);
        }
        if (endpoint.path == "/v1/enrolment") {
            ASSERT_EQ(world.ask(endpoint_of(Method::post, "/v1/enrolment/one-time-codes")).status, 202);
        }
        if (endpoint.path == "/v1/members/{id}/holds/releases") {
            ASSERT_EQ(world.ask(endpoint_of(Method::post, "/v1/members/{id}/holds")).status, 201);
        }
        if (endpoint.path.ends_with("/plans/{plan}/cancel")) {
            ASSERT_EQ(world.ask(endpoint_of(Method::post, "/v1/members/{id}/plans")).status, 201);
        }
        if (endpoint.path.ends_with("/attend")) world.invite();
        if (endpoint.path.find("/redemptions/{redemption}/") != std::string_view::npos) {
            const bool mine = endpoint.scope == Scope::member;
            ASSERT_EQ(world.ask(endpoint_of(Method::post, mine ? "/v1/me/mall/{item}/redemptions"
                                                               : "/v1/members/{id}/redemptions")).status, 201);
        }
        const Told told = world.ask(endpoint);
        EXPECT_NE(std::ranges::find(endpoint.statuses, told.status), endpoint.statuses.end())
            << told.status << " " << told.body;
    }
}

TEST(OpenApi, in_the_repository_is_the_one_that_is_served) {
    std::ifstream file("api/openapi.yaml");
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_TRUE(text.str() == openapi_yaml(all_endpoints())) << "run: regulars openapi > api/openapi.yaml";
}

}  // namespace
}  // namespace regulars::api
