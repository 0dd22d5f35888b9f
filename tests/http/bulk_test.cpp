// Bulk: lines in, results out.
#include <gtest/gtest.h>

#include "api/bulk.hpp"
#include "api/limits.hpp"
#include "client.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

std::string order_line(const std::string& customer, const std::string& order_id, std::int64_t amount_minor = 1000) {
    auto line = nlohmann::json::parse(order_body(customer, order_id, amount_minor));
    line["type"] = "order_created";
    return line.dump() + "\n";
}

Ask bulk(std::string body, std::vector<std::string> headers = {}, const std::string& query = "") {
    return {"POST", "/v1/bulk" + query, std::move(body), std::move(headers), "application/x-ndjson"};
}

class BulkTest : public ::testing::Test {
protected:
    Shop shop_;

    Told send(const Ask& ask) { return Client(shop_.port()).ask(ask); }
};

TEST_F(BulkTest, each_line_gets_its_result_in_order_and_the_last_line_sums_up) {
    const Told told =
        send(bulk(order_line("1", "A") + "not json\n" + "\n" + order_line("1", "A") +
                  R"({"type":"order_shipped","member":"1","order_id":"LATE"})" + "\n" +
                  R"({"type":"order_created","member":"1","order_id":"B","lines":[{"amount_minor":"1"}]})" + "\n" +
                  R"({"type":"points_spent","member":"1","points":5000,"reference":"x"})"));
    EXPECT_EQ(told.status, 200);
    EXPECT_EQ(told.header("content-type"), "application/x-ndjson");
    const auto lines = told.lines();
    ASSERT_EQ(lines.size(), 7U);
    const auto row = [&](std::size_t index) {
        return std::to_string(lines[index]["line"].get<int>()) + " " +
               std::to_string(lines[index]["status"].get<int>()) + " " + lines[index].value("code", std::string("-"));
    };
    EXPECT_EQ(row(0), "1 200 -");
    EXPECT_EQ(lines[0]["created_member"], true);
    EXPECT_EQ(row(1), "2 400 malformed_json");
    EXPECT_EQ(row(2), "4 200 -");
    EXPECT_EQ(lines[2]["duplicate"], true);
    EXPECT_EQ(lines[3]["parked"], true);
    EXPECT_EQ(row(4), "6 422 invalid_input");
    EXPECT_EQ(lines[4]["errors"][0]["pointer"], "/lines/0/amount_minor");
    EXPECT_EQ(row(5), "7 409 not_enough_points");
    EXPECT_EQ(lines[6]["summary"],
              nlohmann::json::parse(R"({"lines":6,"applied":1,"duplicates":1,"parked":1,"refused":3,
                                                             "complete":true})"));
}

TEST_F(BulkTest, failures_alone_are_told_when_only_they_are_wanted) {
    const auto lines = send(bulk(order_line("1", "A") + "x\n" + order_line("1", "B"), {}, "?results=failures")).lines();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0]["line"], 2);
    EXPECT_EQ(lines[1]["summary"]["applied"], 2);
    EXPECT_EQ(send(bulk("", {}, "?results=some")).code(), "invalid_input");
}

TEST_F(BulkTest, thousands_of_lines_go_through_in_chunks) {
    std::string body;
    constexpr int count = 3'210;
    for (int number = 0; number < count; ++number)
        body += order_line(std::to_string(number % 97), "A" + std::to_string(number));
    const Told told = send(bulk(body));
    const auto lines = told.lines();
    ASSERT_EQ(lines.size(), count + 1U);
    for (int number = 0; number < count; ++number) {
        ASSERT_EQ(lines[static_cast<std::size_t>(number)]["line"], number + 1);
        ASSERT_EQ(lines[static_cast<std::size_t>(number)]["status"], 200);
    }
    EXPECT_EQ(lines.back()["summary"]["applied"], count);
    EXPECT_EQ(Client(shop_.port()).get("/v1/members?limit=500").json()["members"].size(), 97U);
}

TEST_F(BulkTest, the_same_body_with_the_same_key_gets_the_same_results) {
    std::string body;
    for (int number = 0; number < 1'200; ++number) body += order_line("1", "A" + std::to_string(number));
    body += "nonsense\n";
    const Told first = send(bulk(body, {"Idempotency-Key: import-1"}));
    const Told second = send(bulk(body, {"Idempotency-Key: import-1"}));
    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(first.lines().back()["summary"]["applied"], 1'200);
    const Told without_key = send(bulk(body));
    EXPECT_EQ(without_key.lines().back()["summary"]["duplicates"], 1'200);
}

TEST_F(BulkTest, another_body_with_the_same_key_is_refused_line_by_line) {
    static_cast<void>(send(bulk(order_line("1", "A"), {"Idempotency-Key: k"})));
    const auto lines = send(bulk(order_line("1", "B"), {"Idempotency-Key: k"})).lines();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0]["status"], 409);
    EXPECT_EQ(lines[0]["code"], "key_conflict");
    EXPECT_EQ(lines[1]["summary"]["refused"], 1);
}

TEST_F(BulkTest, a_stream_that_breaks_off_keeps_whole_chunks_only_and_says_so) {
    std::string body;
    for (std::size_t number = 0; number < limits::bulk_chunk_lines + 20; ++number)
        body += order_line("1", "A" + std::to_string(number));
    Client client(shop_.port());
    const std::string bytes = bytes_of(bulk(body + order_line("1", "NEVER")));
    client.write(std::string_view(bytes).substr(0, bytes.size() - 40));
    client.finish_writing();
    const Told told = client.read();
    const auto summary = told.lines().back()["summary"];
    EXPECT_EQ(summary["complete"], false);
    EXPECT_EQ(summary["applied"], limits::bulk_chunk_lines);
    EXPECT_FALSE(summary["problem"]["detail"].get<std::string>().empty());
}

TEST_F(BulkTest, an_endless_line_is_refused_before_it_fills_the_memory) {
    const std::string body = order_line("1", "A") + std::string(limits::bulk_line_size_max + 10, ' ') + "\n";
    const auto summary = send(bulk(body)).lines().back()["summary"];
    EXPECT_EQ(summary["complete"], false);
    EXPECT_EQ(summary["problem"]["code"], "body_too_large");
}

TEST_F(BulkTest, a_body_over_the_limit_is_refused_at_once) {
    Client client(shop_.port());
    client.write("POST /v1/bulk HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-ndjson\r\nContent-Length: " +
                 std::to_string(limits::bulk_size_max + 1) + "\r\n\r\n");
    EXPECT_EQ(client.read().status, 413);
}

TEST_F(BulkTest, an_empty_body_is_nothing_done) {
    const auto lines = send(bulk("\n \n")).lines();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0]["summary"]["lines"], 0);
    EXPECT_EQ(lines[0]["summary"]["complete"], true);
}

TEST_F(BulkTest, chunks_are_cut_by_lines_alone_however_the_bytes_arrive) {
    std::string body;
    for (std::size_t number = 0; number < 2 * limits::bulk_chunk_lines + 7; ++number)
        body += order_line("1", "A" + std::to_string(number));
    const auto cut = [&](std::size_t step) {
        BulkReader reader(shop_.service(), {false, "key"});
        std::vector<std::string> hashes;
        for (std::size_t at = 0; at < body.size(); at += step) {
            EXPECT_TRUE(reader.feed(std::string_view(body).substr(at, step)));
            while (const auto chunk = reader.next(at + step >= body.size()))
                hashes.push_back(chunk->request.key + " " + chunk->request.input_hash);
        }
        return hashes;
    };
    const auto whole = cut(body.size());
    EXPECT_EQ(whole.size(), 3U);
    for (const std::size_t step : {1UL, 100UL, 4'097UL, 65'536UL}) EXPECT_EQ(cut(step), whole) << step;
}

}  // namespace
}  // namespace regulars::api
