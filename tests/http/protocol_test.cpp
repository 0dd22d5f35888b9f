// HTTP itself: what is malformed, too large, cut off, pipelined or unusual.
#include <gtest/gtest.h>

#include "api/limits.hpp"
#include "client.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class ProtocolTest : public ::testing::Test {
protected:
    Shop shop_;

    Told raw(std::string_view bytes) {
        Client client(shop_.port());
        client.write(bytes);
        return client.read();
    }
};

TEST_F(ProtocolTest, malformed_requests_are_refused_and_the_connection_ends) {
    for (const char* bytes :
         {"GARBAGE\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
          "POST /v1/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
          "POST /v1/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"}) {
        Client client(shop_.port());
        client.write(bytes);
        const Told told = client.read();
        EXPECT_EQ(told.status, 400) << bytes;
        EXPECT_EQ(told.code(), "malformed_http") << bytes;
        EXPECT_EQ(told.header("connection"), "close") << bytes;
        EXPECT_TRUE(client.is_ended()) << bytes;
    }
}

TEST_F(ProtocolTest, versions_that_are_not_spoken_are_refused) {
    EXPECT_EQ(raw("GET / HTTP/2.0\r\nHost: a\r\n\r\n").status, 505);
    EXPECT_EQ(raw("GET /healthz HTTP/1.0\r\n\r\n").status, 200);
}

TEST_F(ProtocolTest, a_header_and_an_address_may_only_be_so_large) {
    EXPECT_EQ(
        raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Large: " + std::string(20'000, 'x') + "\r\n\r\n").status,
        431);
    EXPECT_EQ(
        raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Large: " + std::string(10'000, 'x') + "\r\n\r\n").status,
        200);
    EXPECT_EQ(raw("GET /" + std::string(5'000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 414);
    EXPECT_EQ(raw("GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 414);
    EXPECT_EQ(raw("GET /" + std::string(100'000, 'x')).status, 414);
}

TEST_F(ProtocolTest, an_empty_body_is_told_as_such) {
    EXPECT_EQ(Client(shop_.port()).post("/v1/orders", "").code(), "malformed_json");
    EXPECT_EQ(Client(shop_.port()).post("/v1/orders/A/paid?member=1", "").code(), "member_not_found");
}

TEST_F(ProtocolTest, a_body_may_only_be_so_large) {
    const std::string head = "POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
    const Told declared = raw(head + "Content-Length: " + std::to_string(limits::body_size_max + 1) + "\r\n\r\n");
    EXPECT_EQ(declared.status, 413);
    Client client(shop_.port());
    client.write(head + "Transfer-Encoding: chunked\r\n\r\n");
    const std::string part = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
    for (int count = 0; count < 20; ++count) client.write(part);
    EXPECT_EQ(client.read().status, 413);
    const std::string fits(limits::body_size_max, ' ');
    EXPECT_EQ(Client(shop_.port()).post("/v1/orders", fits).status, 400);
}

TEST_F(ProtocolTest, a_chunked_body_is_taken) {
    const std::string body = order_body("1", "A", 1000);
    Client client(shop_.port());
    client.write("POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                 "Transfer-Encoding: chunked\r\n\r\n5\r\n" + body.substr(0, 5) + "\r\n");
    std::string rest = "0000\r\n";
    rest = std::string("") + [&] {
        std::string size;
        for (std::size_t left = body.size() - 5; left > 0; left /= 16) size.insert(0, 1, "0123456789abcdef"[left % 16]);
        return size;
    }() + "\r\n" + body.substr(5) + "\r\n0\r\n\r\n";
    client.write(rest);
    EXPECT_EQ(client.read().status, 201);
}

TEST_F(ProtocolTest, a_client_that_waits_for_leave_gets_it) {
    const std::string body = order_body("1", "A", 1000);
    Client client(shop_.port());
    client.write(
        "POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
        "Content-Length: " +
        std::to_string(body.size()) + "\r\n\r\n");
    EXPECT_EQ(client.read(true).status, 100);
    client.write(body);
    EXPECT_EQ(client.read().status, 201);
}

TEST_F(ProtocolTest, many_requests_go_over_one_connection) {
    Client client(shop_.port());
    for (int number = 1; number <= 50; ++number) {
        const Told told = client.post("/v1/orders", order_body("1", "A" + std::to_string(number), 1000));
        EXPECT_EQ(told.status, 201);
        EXPECT_EQ(told.header("connection"), "");
    }
    EXPECT_EQ(client.get("/v1/members/1/orders?limit=500").json()["orders"].size(), 50U);
}

TEST_F(ProtocolTest, requests_sent_ahead_are_answered_in_order) {
    Client client(shop_.port());
    std::string bytes;
    for (int number = 1; number <= 20; ++number)
        bytes += bytes_of({"POST", "/v1/orders", order_body("1", "A" + std::to_string(number), 1000)});
    bytes += bytes_of({"GET", "/v1/members/1/orders?limit=500"});
    client.write(bytes);
    for (int number = 1; number <= 20; ++number)
        EXPECT_EQ(client.read().json()["sequence"], std::to_string(number == 1 ? 1 : number + 1));
    EXPECT_EQ(client.read().json()["orders"].size(), 20U);
}

TEST_F(ProtocolTest, bytes_may_come_one_by_one) {
    Client client(shop_.port());
    for (const char byte : bytes_of({"POST", "/v1/quotes", R"({"member":"1","lines":[{"amount_minor":1}]})"}))
        client.write(std::string_view(&byte, 1));
    EXPECT_EQ(client.read().code(), "member_not_found");
}

TEST_F(ProtocolTest, head_tells_what_get_would_without_the_body) {
    Client client(shop_.port());
    const Told got = client.get("/healthz");
    const Told head = client.ask({"HEAD", "/healthz"});
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-length"), got.header("content-length"));
    EXPECT_EQ(client.get("/healthz").status, 200);
}

TEST_F(ProtocolTest, options_tells_the_methods) {
    Client client(shop_.port());
    const Told told = client.ask({"OPTIONS", "/v1/members"});
    EXPECT_EQ(told.status, 204);
    EXPECT_EQ(told.header("content-length"), "");
    EXPECT_EQ(told.header("content-type"), "");
    EXPECT_EQ(told.header("allow"), "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(client.ask({"DELETE", "/v1/members"}).header("allow"), "GET, HEAD, POST, OPTIONS");
}

TEST_F(ProtocolTest, a_request_id_is_kept_when_it_is_one_and_made_when_not) {
    Client client(shop_.port());
    EXPECT_EQ(client.ask({"GET", "/healthz", "", {"X-Request-Id: till-7.42"}}).header("x-request-id"), "till-7.42");
    const std::string made = client.ask({"GET", "/healthz", "", {"X-Request-Id: <script>"}}).header("x-request-id");
    EXPECT_FALSE(made.empty());
    EXPECT_EQ(made.find('<'), std::string::npos);
}

TEST_F(ProtocolTest, a_client_that_leaves_in_the_middle_harms_nobody) {
    for (int count = 0; count < 20; ++count) {
        Client client(shop_.port());
        client.write(
            "POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 50"
            "\r\n\r\n{");
    }
    EXPECT_EQ(Client(shop_.port()).get("/healthz").status, 200);
}

TEST_F(ProtocolTest, only_loopback_names_reach_an_open_server) {
    for (const char* host : {"evil.example", "127.evil.example", "localhost.evil.example", "10.0.0.1"})
        EXPECT_EQ(raw(std::string("GET /v1/programme HTTP/1.1\r\nHost: ") + host + "\r\n\r\n").status, 403) << host;
    for (const char* host : {"localhost", "localhost:8080", "127.0.0.1:80", "[::1]:8080"})
        EXPECT_EQ(raw(std::string("GET /v1/programme HTTP/1.1\r\nHost: ") + host + "\r\n\r\n").status, 200) << host;
}

}  // namespace
}  // namespace regulars::api
