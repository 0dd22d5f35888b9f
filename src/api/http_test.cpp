#include "api/http.hpp"

#include <gtest/gtest.h>

#include "api/http_server.hpp"
#include "api/limits.hpp"
#include "api/wire.hpp"

namespace regulars::api {
namespace {

struct AcceptRow {
    const char* accept;
    const char* type;
    bool taken;
};

class Accept : public ::testing::TestWithParam<AcceptRow> {};

TEST_P(Accept, is_read_as_the_standard_says) {
    EXPECT_EQ(accepts(GetParam().accept, GetParam().type), GetParam().taken) << GetParam().accept;
}

INSTANTIATE_TEST_SUITE_P(headers, Accept,
                         ::testing::Values(AcceptRow{"", "application/json", true}, AcceptRow{"*/*", "text/html", true},
                                           AcceptRow{"application/*", "application/json", true},
                                           AcceptRow{"text/*", "application/json", false},
                                           AcceptRow{"text/html, application/JSON;q=0.5", "application/json", true},
                                           AcceptRow{"application/json;q=0", "application/json", false},
                                           AcceptRow{"application/json; q=0.0, */*", "text/html", true},
                                           AcceptRow{"image/png", "application/json", false},
                                           AcceptRow{" , ,", "application/json", false}));

TEST(MediaType, is_taken_without_parameters_and_in_lower_case) {
    EXPECT_EQ(media_type_of("Application/JSON; charset=utf-8"), "application/json");
    EXPECT_EQ(media_type_of(" text/yaml "), "text/yaml");
    EXPECT_EQ(media_type_of(""), "");
}

TEST(Query, is_read_into_decoded_pairs) {
    const auto pairs = parse_query("identity=phone%3A%2B86&limit=5&&flag");
    ASSERT_TRUE(pairs);
    ASSERT_EQ(pairs->size(), 3U);
    EXPECT_EQ((*pairs)[0].second, "phone:+86");
    EXPECT_EQ((*pairs)[2].first, "flag");
    EXPECT_EQ((*pairs)[2].second, "");
}

TEST(Query, is_refused_when_broken_or_too_long) {
    EXPECT_FALSE(parse_query("a=%f"));
    EXPECT_FALSE(parse_query("%ff=a"));
    std::string many;
    for (std::size_t count = 0; count <= limits::query_parameters_max; ++count) many += "a=1&";
    EXPECT_FALSE(parse_query(many));
}

TEST(HostPort, is_read_in_every_usual_form) {
    EXPECT_EQ(parse_host_port("127.0.0.1:8080"), (HostPort{"127.0.0.1", 8080}));
    EXPECT_EQ(parse_host_port("[::1]:80"), (HostPort{"::1", 80}));
    EXPECT_EQ(parse_host_port(":9000"), (HostPort{"127.0.0.1", 9000}));
    EXPECT_EQ(parse_host_port("9000"), (HostPort{"127.0.0.1", 9000}));
    for (const char* bad : {"", "host:", "1.2.3.4:99999", "::1:80", "[::1:80", "a:b", "80 "})
        EXPECT_FALSE(parse_host_port(bad)) << bad;
}

TEST(HttpDate, is_an_imf_fixdate) {
    EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
    EXPECT_EQ(http_date(951827696), "Tue, 29 Feb 2000 12:34:56 GMT");
}

TEST(ResponseHead, says_how_the_body_travels) {
    std::string out;
    append_head(out, {200, "application/json", "", {{"Allow", "GET"}}}, {12, true}, "id-1", "now");
    EXPECT_TRUE(out.starts_with("HTTP/1.1 200 OK\r\nDate: now\r\nContent-Type: application/json\r\n"));
    EXPECT_NE(out.find("Content-Length: 12\r\n"), std::string::npos);
    EXPECT_NE(out.find("Allow: GET\r\n"), std::string::npos);
    EXPECT_EQ(out.find("Connection"), std::string::npos);
    out.clear();
    append_head(out, {200, "application/x-ndjson", "", {}}, {std::nullopt, false}, "id-1", "now");
    EXPECT_NE(out.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
    EXPECT_NE(out.find("Connection: close\r\n"), std::string::npos);
}

TEST(Chunk, is_framed_and_never_ends_the_body_by_accident) {
    std::string out;
    append_chunk(out, "");
    EXPECT_EQ(out, "");
    append_chunk(out, "0123456789abcdef");
    EXPECT_EQ(out, "10\r\n0123456789abcdef\r\n");
}

}  // namespace
}  // namespace regulars::api
