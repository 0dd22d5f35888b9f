#include "api/router.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "api/endpoints/registry.hpp"

namespace regulars::api {
namespace {

Endpoint endpoint(Method method, std::string_view path) {
    Endpoint made{};
    made.method = method;
    made.path = path;
    return made;
}

class RouterTest : public ::testing::Test {
protected:
    std::vector<Endpoint> endpoints_{endpoint(Method::get, "/"), endpoint(Method::get, "/v1/members"),
                                     endpoint(Method::post, "/v1/members"), endpoint(Method::get, "/v1/members/{id}"),
                                     endpoint(Method::get, "/v1/members/self"),
                                     endpoint(Method::post, "/v1/orders/{order_id}/paid")};
    Router router_{endpoints_};

    std::string_view path_of(Method method, std::string_view path) {
        const auto found = router_.find(method, path);
        return found.endpoint == nullptr ? std::string_view() : found.endpoint->path;
    }
};

TEST_F(RouterTest, finds_the_endpoint_of_a_method_and_path) {
    EXPECT_EQ(path_of(Method::get, "/"), "/");
    EXPECT_EQ(path_of(Method::get, "/v1/members"), "/v1/members");
    EXPECT_EQ(path_of(Method::head, "/v1/members"), "/v1/members");
    EXPECT_EQ(path_of(Method::get, "/v1/members/17"), "/v1/members/{id}");
    EXPECT_EQ(path_of(Method::post, "/v1/orders/W-1/paid"), "/v1/orders/{order_id}/paid");
}

TEST_F(RouterTest, prefers_a_literal_segment) {
    EXPECT_EQ(path_of(Method::get, "/v1/members/self"), "/v1/members/self");
}

TEST_F(RouterTest, finds_nothing_where_nothing_is) {
    for (const char* path : {"", "x", "/v1", "/v1/", "/v1/members/", "/v1/members/1/2", "/v1/orders/1", "//"}) {
        EXPECT_EQ(path_of(Method::get, path), "") << path;
        EXPECT_TRUE(router_.find(Method::get, path).allow.empty()) << path;
    }
}

TEST_F(RouterTest, tells_the_methods_that_a_path_takes) {
    const auto found = router_.find(Method::other, "/v1/members");
    EXPECT_EQ(found.endpoint, nullptr);
    EXPECT_EQ(found.allow, "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(router_.find(Method::get, "/v1/orders/1/paid").allow, "POST, OPTIONS");
}

TEST_F(RouterTest, decodes_what_a_path_leaves_open) {
    const auto found = router_.find(Method::post, "/v1/orders/A%2FB%20%E4%BC%9A/paid");
    ASSERT_NE(found.endpoint, nullptr);
    ASSERT_EQ(found.path_values.size(), 1U);
    EXPECT_EQ(found.path_values[0], "A/B 会");
    EXPECT_TRUE(router_.find(Method::post, "/v1/orders/%zz/paid").malformed);
    EXPECT_TRUE(router_.find(Method::post, "/v1/orders/%ff/paid").malformed);
}

RC_GTEST_PROP(RouterProperty, finds_every_declared_endpoint_whatever_its_open_parts_are, ()) {
    const auto part = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127)));
    static const std::vector<Endpoint> endpoints = all_endpoints();
    static const Router router(endpoints);
    // Encoded in full, so that it cannot be taken for a literal segment.
    std::string encoded;
    for (const char c : part) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    for (const Endpoint& declared : endpoints) {
        std::string path;
        for (std::size_t at = 0; at < declared.path.size(); ++at) {
            if (declared.path[at] != '{') {
                path += declared.path[at];
                continue;
            }
            path += encoded;
            at = declared.path.find('}', at);
        }
        const auto found = router.find(declared.method, path);
        RC_ASSERT(found.endpoint == &declared);
        for (const std::string& value : found.path_values) RC_ASSERT(value == part);
    }
}

}  // namespace
}  // namespace regulars::api
