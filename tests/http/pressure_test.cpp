// Too much to do, a database that fails, and a server that stops.
#include <thread>

#include <gtest/gtest.h>

#include "client.hpp"
#include "faulty_store.hpp"
#include "shop.hpp"
#include "writer_hold.hpp"

namespace regulars::api {
namespace {

TEST(Pressure, a_full_queue_answers_429_and_takes_orders_again_when_it_has_room) {
    ShopOptions options;
    options.queue_commands_max = 3;
    Shop shop(options);
    WriterHold hold(shop.service());
    std::vector<std::unique_ptr<Client>> clients;
    for (int number = 1; number <= 3; ++number) {
        clients.push_back(std::make_unique<Client>(shop.port()));
        clients.back()->write(bytes_of({"POST", "/v1/orders", order_body("1", "A" + std::to_string(number), 1000)}));
    }
    Told refused;
    Client late(shop.port());
    // The three before are on their way through other connections; the queue is full when they have arrived.
    for (int tries = 0; tries < 100 && refused.status != 429; ++tries) {
        Client client(shop.port());
        client.write(bytes_of({"POST", "/v1/orders?member=99", R"({"order_id":"L","lines":[{"amount_minor":1}]})"}));
        clients.push_back(nullptr);
        if (shop.service().statistics().queue_depth < 3) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            continue;
        }
        refused = late.post("/v1/orders", order_body("1", "LATE", 1000));
    }
    EXPECT_EQ(refused.status, 429) << refused.body;
    EXPECT_EQ(refused.code(), "queue_full");
    EXPECT_EQ(refused.header("retry-after"), "1");
    hold.release();
    EXPECT_EQ(late.post("/v1/orders", order_body("1", "LATE", 1000)).status, 201);
}

TEST(Pressure, reading_goes_on_while_the_writer_is_held) {
    Shop shop;
    Client client(shop.port());
    ASSERT_EQ(client.post("/v1/orders", order_body("1", "A", 1000)).status, 201);
    const WriterHold hold(shop.service());
    EXPECT_EQ(client.get("/v1/members/1").status, 200);
    EXPECT_EQ(client.post("/v1/quotes", R"({"member":"1","lines":[{"amount_minor":1}]})").status, 200);
    EXPECT_EQ(client.get("/v1/members/1/ledger").status, 200);
}

TEST(Failures, of_the_database_answer_503_and_keep_nothing) {
    ShopOptions options;
    options.open_store = service::open_faulty;
    service::Faults::none();
    Shop shop(options);
    Client client(shop.port());
    ASSERT_EQ(client.post("/v1/orders", order_body("1", "A", 1000)).status, 201);
    // Wherever the storage fails, the answer is 503 or the order is kept; then the same order goes through.
    for (int call = 1; call <= 6; ++call) {
        const std::string body = order_body("1", "B" + std::to_string(call), 1000);
        service::Faults::fail_call(call, service::StoreError::full);
        const Told told = client.post("/v1/orders", body);
        if (service::Faults::happened()) {
            EXPECT_EQ(told.status, 503);
            EXPECT_EQ(told.code(), "store_failed");
            EXPECT_EQ(told.header("retry-after"), "1");
        }
        service::Faults::none();
        const Told again = client.post("/v1/orders", body);
        EXPECT_EQ(again.status, told.status == 503 ? 201 : 200) << call << again.body;
    }
    EXPECT_EQ(client.get("/v1/members/1/orders").json()["orders"].size(), 7U);
}

TEST(Failures, while_reading_are_told_without_what_the_database_said) {
    ShopOptions options;
    options.open_store = service::open_faulty;
    service::Faults::none();
    Shop shop(options);
    Client client(shop.port());
    ASSERT_EQ(client.post("/v1/orders", order_body("1", "A", 1000)).status, 201);
    service::Faults::fail_call(1, service::StoreError::locked);
    const Told told = client.get("/v1/members/1/ledger");
    service::Faults::none();
    EXPECT_EQ(told.status, 503);
    EXPECT_EQ(told.code(), "store_locked");
    EXPECT_EQ(told.body.find("as the test wants it"), std::string::npos);
}

TEST(Stopping, answers_every_request_that_has_been_taken) {
    Shop shop;
    WriterHold hold(shop.service());
    std::vector<std::unique_ptr<Client>> clients;
    for (int number = 1; number <= 8; ++number) {
        clients.push_back(std::make_unique<Client>(shop.port()));
        clients.back()->write(bytes_of({"POST", "/v1/orders", order_body("1", "A" + std::to_string(number), 1000)}));
    }
    while (shop.service().statistics().queue_depth < 8) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    // One on each thread: when both have ended, every thread knows.
    Client idle(shop.port());
    Client beside(shop.port());
    ASSERT_EQ(idle.get("/healthz").status, 200);
    ASSERT_EQ(beside.get("/healthz").status, 200);
    std::thread stopper([&shop] { shop.server().stop(); });
    EXPECT_TRUE(idle.is_ended());
    EXPECT_TRUE(beside.is_ended());
    hold.release();
    for (const auto& client : clients) {
        const Told told = client->read();
        EXPECT_EQ(told.status, 201) << told.body;
        EXPECT_EQ(told.header("connection"), "close");
        EXPECT_TRUE(client->is_ended());
    }
    stopper.join();
    EXPECT_EQ(Client(shop.port()).get("/healthz").status, 0);
}

TEST(Stopping, ends_a_bulk_stream_with_what_was_done) {
    Shop shop;
    Client client(shop.port());
    client.write("POST /v1/bulk HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-ndjson\r\n"
                 "Content-Length: 1000000\r\n\r\n");
    std::string lines;
    for (int number = 1; number <= 500; ++number) {
        auto line = nlohmann::json::parse(order_body("1", "A" + std::to_string(number), 1000));
        line["type"] = "order_created";
        lines += line.dump() + "\n";
    }
    client.write(lines);
    while (shop.service().statistics().commands_applied < 500)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::thread stopper([&shop] { shop.server().stop(); });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    client.write("\n");
    const Told told = client.read();
    stopper.join();
    ASSERT_EQ(told.lines().size(), 501U);
    const auto summary = told.lines().back()["summary"];
    EXPECT_EQ(summary["applied"], 500);
    EXPECT_EQ(summary["complete"], false);
    EXPECT_EQ(summary["problem"]["code"], "stopping");
}

TEST(Starting, tells_what_is_wrong_with_the_place) {
    Shop shop;
    const auto refusal = [&shop](ServerOptions options) {
        options.load_keys = [] { return service::Stored<std::optional<std::string>>(std::nullopt); };
        const auto server = HttpServer::start(std::move(options), shop.service());
        return server ? std::string() : server.error();
    };
    ServerOptions taken;
    taken.port = shop.port();
    taken.open = true;
    EXPECT_NE(refusal(taken).find("is in use"), std::string::npos);
    ServerOptions open_to_all;
    open_to_all.host = "0.0.0.0";
    open_to_all.port = 0;
    open_to_all.open = true;
    EXPECT_NE(refusal(open_to_all).find("loopback only"), std::string::npos);
    ServerOptions without_keys;
    without_keys.port = 0;
    EXPECT_NE(refusal(without_keys).find("no API key"), std::string::npos);
    ServerOptions not_ours;
    not_ours.host = "203.0.113.1";
    not_ours.open = false;
    EXPECT_FALSE(refusal(not_ours).empty());
    ServerOptions a_name;
    a_name.host = "example";
    EXPECT_NE(refusal(a_name).find("not an address"), std::string::npos);
}

}  // namespace
}  // namespace regulars::api
