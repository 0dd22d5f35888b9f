// What bad input gets: the right status, a stable code, the place, and nothing kept.
#include <gtest/gtest.h>

#include "client.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

struct Row {
    const char* name;
    Ask ask;
    int status;
    const char* code;
    const char* pointer = "";  ///< of the first error
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class Refusal : public ::testing::TestWithParam<Row> {
protected:
    static void SetUpTestSuite() {
        shop_ = std::make_unique<Shop>();
        Client client(shop_->port());
        static_cast<void>(client.post("/v1/orders", order_body("1", "A", 1000)));
        static_cast<void>(client.post("/v1/orders", order_body("2", "B", 1000)));
    }
    static void TearDownTestSuite() { shop_.reset(); }
    static inline std::unique_ptr<Shop> shop_;
};

TEST_P(Refusal, is_told_with_status_code_and_place_and_changes_nothing) {
    const Row& row = GetParam();
    Client client(shop_->port());
    const std::string before = client.get("/v1/members").body;
    const Told told = client.ask(row.ask);
    EXPECT_EQ(told.status, row.status) << told.body;
    EXPECT_EQ(told.code(), row.code) << told.body;
    EXPECT_EQ(told.header("content-type"), "application/problem+json");
    const auto problem = told.json();
    EXPECT_EQ(problem["status"], row.status);
    for (const char* part : {"type", "title", "detail", "what_to_do"})
        EXPECT_FALSE(problem.value(part, std::string()).empty()) << part;
    const std::string pointer = row.pointer;
    if (!pointer.empty()) {
        EXPECT_EQ(problem["errors"][0]["pointer"], pointer) << told.body;
    }
    EXPECT_EQ(Client(shop_->port()).get("/v1/members").body, before);
}

Ask order(const std::string& body) {
    return {"POST", "/v1/orders", body};
}

Ask get(const std::string& target) {
    return {"GET", target};
}

Ask post(const std::string& target, const std::string& body) {
    return {"POST", target, body};
}

Ask yaml(const std::string& target, const std::string& body) {
    return {"POST", target, body, {}, "application/yaml"};
}

const std::string deep = "{\"member\":\"1\",\"lines\":" + std::string(40, '[') + std::string(40, ']') + "}";

INSTANTIATE_TEST_SUITE_P(
    addresses, Refusal,
    ::testing::Values(Row{"unknown path", get("/v1/nothing"), 404, "route_not_found"},
                      Row{"unknown member", get("/v1/members/99"), 404, "member_not_found"},
                      Row{"ledger of nobody", get("/v1/members/99/ledger"), 404, "member_not_found"},
                      Row{"events of nobody", get("/v1/members/99/events"), 404, "member_not_found"},
                      Row{"orders of nobody", get("/v1/members/99/orders"), 404, "member_not_found"},
                      Row{"coupons of nobody", get("/v1/members/99/coupons"), 404, "member_not_found"},
                      Row{"notices of nobody", get("/v1/members/99/notices"), 404, "member_not_found"},
                      Row{"results of nobody", get("/v1/members/99/activity-results"), 404, "member_not_found"},
                      Row{"redemptions of nobody", get("/v1/members/99/redemptions"), 404, "member_not_found"},
                      Row{"reviews of nobody", get("/v1/members/99/reviews/open"), 404, "member_not_found"},
                      Row{"parameter twice", get("/v1/members?limit=5&limit=6"), 422, "invalid_input", "limit"},
                      Row{"no member id", get("/v1/members/abc"), 422, "invalid_input", "id"},
                      Row{"member id zero", get("/v1/members/0"), 422, "invalid_input", "id"},
                      Row{"member id too large", get("/v1/members/99999999999999999999"), 422, "invalid_input", "id"},
                      Row{"member id no database counts to", get("/v1/members/9223372036854775808"), 422,
                          "invalid_input", "id"},
                      Row{"the same of an event",
                          post("/v1/events", R"({"type":"points_adjusted","member":"9223372036854775808","points":5,)"
                                             R"("reference":"a"})"),
                          422, "invalid_input", "/member"},
                      Row{"the same of a friend", post("/v1/members/1/friends/9223372036854775808/approve", "{}"), 422,
                          "invalid_input", "/who"},
                      Row{"the same of a place", get("/v1/reviews?after=9223372036854775808.A"), 422, "invalid_input",
                          "after"},
                      Row{"unknown identity", get("/v1/members?identity=club:9"), 404, "member_not_found"},
                      Row{"half an identity", get("/v1/members?identity=card"), 422, "invalid_input", "identity"},
                      Row{"an empty identity", get("/v1/members?identity=club:"), 422, "invalid_input", "identity"},
                      Row{"unknown order", get("/v1/members/1/orders/NONE"), 404, "order_not_found"},
                      Row{"page too large", get("/v1/members?limit=501"), 422, "invalid_input", "limit"},
                      Row{"page of nothing", get("/v1/members?limit=0"), 422, "invalid_input", "limit"},
                      Row{"no place in the list", get("/v1/members?after=x"), 422, "invalid_input", "after"},
                      Row{"unknown parameter", get("/v1/members?limt=5"), 422, "invalid_input", "limt"},
                      Row{"broken escape", get("/v1/members/%zz"), 400, "malformed_target"},
                      Row{"broken query", get("/v1/members?limit=%f"), 400, "malformed_target"},
                      Row{"wrong method", {"POST", "/v1/members/1", "{}"}, 405, "method_not_allowed"},
                      Row{"unknown method", {"DELETE", "/v1/members/1"}, 405, "method_not_allowed"},
                      Row{"wrong accept", {"GET", "/v1/members/1", "", {"Accept: image/png"}}, 406, "not_acceptable"},
                      Row{"wrong type", {"POST", "/v1/orders", "a=1", {}, "text/plain"}, 415, "unsupported_media_type"},
                      Row{"no type", {"POST", "/v1/orders", "{}", {}, ""}, 415, "unsupported_media_type"},
                      Row{"compressed", {"POST", "/v1/orders", "x", {"Content-Encoding: gzip"}}, 415,
                          "unsupported_media_type"},
                      Row{"long key", {"POST", "/v1/orders", "{}", {"Idempotency-Key: " + std::string(256, 'k')}}, 422,
                          "invalid_input", "Idempotency-Key"}));

INSTANTIATE_TEST_SUITE_P(
    bodies, Refusal,
    ::testing::Values(
        Row{"not JSON", order("{"), 400, "malformed_json"},
        Row{"no object", order("[]"), 422, "invalid_input"},
        Row{"not UTF-8", order("{\"order_id\":\"\xff\"}"), 400, "malformed_json"},
        Row{"too deep", post("/v1/quotes", deep), 422, "invalid_input"},
        Row{"nobody", order(R"({"order_id":"X","lines":[{"amount_minor":1}]})"), 422, "invalid_input", "/member"},
        Row{"unknown field", order(R"({"member":"1","order_id":"X","lines":[{"amount_minor":1}],"chanel":"w"})"), 422,
            "invalid_input", "/chanel"},
        Row{"field twice", order(R"({"member":"1","member":"1","order_id":"X","lines":[{"amount_minor":1}]})"), 422,
            "invalid_input", "/member"},
        Row{"text for a number", order(R"({"member":"1","order_id":"X","lines":[{"amount_minor":"1"}]})"), 422,
            "invalid_input", "/lines/0/amount_minor"},
        Row{"broken number", order(R"({"member":"1","order_id":"X","lines":[{"amount_minor":1.5}]})"), 422,
            "invalid_input", "/lines/0/amount_minor"},
        Row{"absurd amount", order(R"({"member":"1","order_id":"X","lines":[{"amount_minor":9223372036854775807}]})"),
            422, "invalid_input", "/lines/0/amount_minor"},
        Row{"absurd date",
            order(R"({"member":"1","order_id":"X","at":"2026-02-30","lines":[{"amount_minor":1}]})"), 422,
            "invalid_input", "/at"},
        Row{"other order in the address", post("/v1/orders/A/paid", R"({"member":"1","order_id":"B"})"), 422,
            "invalid_input", "/order_id"},
        Row{"other member in the query", post("/v1/orders/A/paid?member=2", R"({"member":"1"})"), 422, "invalid_input",
            "/member"},
        Row{"two members in the query", post("/v1/orders/A/paid?member=2&identity=club:1", "{}"), 422, "invalid_input",
            "identity"},
        Row{"unknown type", post("/v1/events", R"({"type":"order_creatd","member":"1"})"), 422, "invalid_input",
            "/type"}));

INSTANTIATE_TEST_SUITE_P(
    rules, Refusal,
    ::testing::Values(
        Row{"unknown member", order(R"({"member":"99","order_id":"X","lines":[{"amount_minor":1}]})"), 404,
            "member_not_found"},
        Row{"other content",
            order(R"({"member":"1","order_id":"A","at":"2026-03-01T10:00:00","lines":[{"amount_minor":7}]})"), 409,
            "order_conflict"},
        Row{"unknown price kind",
            order(R"({"member":"1","order_id":"X","lines":[{"amount_minor":1,"price_kind":"odd"}]})"), 422,
            "unknown_price_kind"},
        Row{"paid before ordered",
            order(R"({"member":"1","order_id":"X","paid_at":"2020-01-01","lines":[{"amount_minor":1}]})"), 422,
            "times_out_of_order"},
        Row{"refund over the order",
            post("/v1/orders/A/refunds",
                 R"({"member":"1","refund_id":"R","lines":[{"line":0,"amount_minor":1001}]})"), 422,
            "refund_over_order"},
        Row{"line that is not there",
            post("/v1/orders/A/refunds", R"({"member":"1","refund_id":"R","lines":[{"line":7}]})"), 422,
            "line_out_of_range"},
        Row{"points that are not there",
            post("/v1/members/1/points/spend", R"({"points":1000000,"reference":"s"})"), 409, "not_enough_points"},
        Row{"balance that is not there",
            post("/v1/members/1/balance/spend", R"({"amount_minor":1,"reference":"s"})"), 409, "not_enough_balance"},
        Row{"unknown tier", post("/v1/members/1/tier", R"({"tier":"gold"})"), 422, "unknown_tier"},
        Row{"identity of another", post("/v1/members/1/identities", R"({"kind":"customer:web","value":"2"})"), 409,
            "identity_taken"},
        Row{"quote for nobody", post("/v1/quotes", R"({"member":"99","lines":[{"amount_minor":1}]})"), 404,
            "member_not_found"}));

INSTANTIATE_TEST_SUITE_P(
    registration, Refusal,
    ::testing::Values(
        Row{"misspelt identities", post("/v1/members", R"({"identitys":[]})"), 422, "invalid_input", "/identitys"},
        Row{"no identities", post("/v1/members", "{}"), 422, "invalid_input", "/identities"},
        Row{"no list", post("/v1/members", R"({"identities":1})"), 422, "invalid_input", "/identities"},
        Row{"empty list", post("/v1/members", R"({"identities":[]})"), 422, "invalid_input", "/identities"},
        Row{"half an identity", post("/v1/members", R"({"identities":[{"kind":"club"}]})"), 422, "invalid_input",
            "/identities/0/value"},
        Row{"broken birthday",
            post("/v1/members", R"({"identities":[{"kind":"club","value":"8"}],"profile":{"birthday":"1990-13-01"}})"),
            422, "invalid_input", "/profile/birthday"},
        Row{"unknown field", post("/v1/members", R"({"identities":[{"kind":"club","value":"8"}],"nmae":"x"})"), 422,
            "invalid_input", "/nmae"},
        Row{"field twice",
            post("/v1/members", R"({"identities":[{"kind":"club","value":"8"}],"channel":"a","channel":"b"})"), 422,
            "invalid_input", "/channel"},
        Row{"not JSON", post("/v1/members", "identities"), 400, "malformed_json"},
        Row{"programme is not YAML", yaml("/v1/programme/check", "a: [1"), 422, "invalid_programme"},
        Row{"programme is empty", yaml("/v1/programme", ""), 422, "invalid_programme"}));

TEST(JsonErrors, tell_the_place) {
    Shop shop;
    Client client(shop.port());
    for (const char* path : {"/v1/orders", "/v1/members"})
        EXPECT_EQ(client.post(path, "{\n  \"a\": 1,\n}").json()["detail"], "this is not JSON: line 3, column 1.");
    const auto unknown = client.post("/v1/orders", R"({"membr":"1"})").json();
    const std::string expected = unknown["errors"].back()["expected"];
    EXPECT_EQ(expected.find("member"), expected.rfind("member")) << expected;
}

TEST(ProgrammeErrors, are_all_told_each_with_its_line) {
    Shop shop;
    Client client(shop.port());
    std::string text = read_programme(Shop::vancl);
    text.replace(text.find("currency: CNY"), 13, "currency: CNX");
    text += "\ncolour: red\n";
    const Told told = client.ask({"POST", "/v1/programme/check", text, {}, "application/yaml"});
    EXPECT_EQ(told.status, 422);
    const auto errors = told.json()["errors"];
    ASSERT_GE(errors.size(), 2U);
    for (const auto& error : errors)
        EXPECT_TRUE(error["detail"].get<std::string>().starts_with("line ")) << error;
}

}  // namespace
}  // namespace regulars::api
