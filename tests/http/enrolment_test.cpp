// Enrolment by a one-time code, seen from outside: who asks learns nothing, and who tries is stopped.
#include <mutex>

#include <gtest/gtest.h>

#include "client.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

/// What was sent, instead of sending it.
struct Outbox {
    std::mutex mutex;
    std::vector<CodeMessage> messages;

    SendCode send() {
        return [this](CodeMessage message) {
            const std::lock_guard lock(mutex);
            messages.push_back(std::move(message));
        };
    }
    std::string last_code() {
        const std::lock_guard lock(mutex);
        return messages.empty() ? "" : messages.back().code;
    }
    std::size_t count() {
        const std::lock_guard lock(mutex);
        return messages.size();
    }
};

class EnrolmentTest : public ::testing::Test {
protected:
    Outbox outbox_;
    NewApiKey enrol_ = make_api_key("mini-program", Scope::enrol, {});
    NewApiKey write_ = make_api_key("till", Scope::write, {});
    Shop shop_{{.open = false,
                .programme = "tests/engine/programmes/enrolment.yaml",
                .keys = {enrol_.key, write_.key},
                .send_code = outbox_.send(),
                .trust_forwarded_for = true}};

    void SetUp() override { shop_.set_clock("2026-03-02T10:00:00"); }

    Told ask(const NewApiKey& key, const std::string& method, const std::string& target, const std::string& body = "",
             const std::string& from = "203.0.113.1") {
        return Client(shop_.port())
            .ask({method, target, body, {"Authorization: Bearer " + key.text, "X-Forwarded-For: 10.0.0.1, " + from}});
    }
    Told ask_code(const std::string& body, const std::string& from = "203.0.113.1") {
        return ask(enrol_, "POST", "/v1/enrolment/one-time-codes", body, from);
    }
    Told enrol(const std::string& phone, const std::string& code, const std::string& more = "",
               const std::string& from = "203.0.113.1") {
        return ask(enrol_, "POST", "/v1/enrolment",
                   R"({"phone":")" + phone + R"(","code":")" + code + "\"" + more + "}", from);
    }
    Told as_member(const Told& enrolled, const std::string& method, const std::string& target,
                   const std::string& body = "") {
        return Client(shop_.port())
            .ask({method, target, body, {"Authorization: Bearer " + enrolled.json().value("token", "")}});
    }
    std::string wrong_code() {
        const std::string right = outbox_.last_code();
        return right == "123456" ? "654321" : "123456";
    }
};

TEST_F(EnrolmentTest, a_code_makes_a_member_of_whoever_tells_it) {
    const Told asked = ask_code(R"({"phone":"138 0013 8000"})");
    ASSERT_EQ(asked.status, 202) << asked.body;
    ASSERT_EQ(outbox_.count(), 1U);
    EXPECT_EQ(outbox_.messages[0].kind, "phone");
    EXPECT_EQ(outbox_.messages[0].address, "+8613800138000");
    EXPECT_EQ(outbox_.messages[0].purpose, "enrol");
    EXPECT_EQ(outbox_.messages[0].code.size(), 6U);
    const Told done = enrol("+86 13800138000", outbox_.last_code(),
                            R"(,"channel":"mini_program","source":"banner","store":"S1","staff":"E1","name":"Li Lei")");
    ASSERT_EQ(done.status, 201) << done.body;
    EXPECT_EQ(done.json()["created_member"], true);
    const auto me = as_member(done, "GET", "/v1/me").json();
    EXPECT_EQ(me["id"], done.json()["member"]);
    EXPECT_EQ(me["profile"]["name"], "Li Lei");
    EXPECT_EQ(me["identities"], nlohmann::json::parse(R"([{"kind":"phone","value":"+8613800138000"}])"));
    EXPECT_EQ(me["acquisition"],
              nlohmann::json::parse(R"({"channel":"mini_program","source":"banner","store":"S1","staff":"E1"})"));

    EXPECT_EQ(enrol("13800138000", outbox_.last_code()).code(), "one_time_code_not_valid") << "it works once";
    shop_.set_clock("2026-03-02T10:01:00");
    ASSERT_EQ(ask_code(R"({"phone":"13800138000"})").status, 202);
    const Told again = enrol("13800138000", outbox_.last_code(), R"(,"channel":"web")");
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(again.json()["member"], done.json()["member"]);
    EXPECT_EQ(as_member(again, "GET", "/v1/me").json()["acquisition"]["channel"], "mini_program");
}

TEST_F(EnrolmentTest, a_member_whom_the_shop_registers_comes_from_whose_code_was_scanned) {
    const Told made = ask(write_, "POST", "/v1/enrolment-codes",
                          R"({"kind":"guide","name":"Han Meimei","staff":"S-17","store":"Shanghai-1"})");
    const std::string code = made.json().value("code", "");
    const auto registering = [&](const std::string& phone, const std::string& scanned) {
        return ask(write_, "POST", "/v1/members",
                   R"({"identities":[{"kind":"phone","value":")" + phone + R"("}],"channel":"web","store":"told",)" +
                       R"("code":")" + scanned + "\"}");
    };
    const Told unknown = registering("13800138000", "0000-0000-0000-0");
    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(unknown.code(), "enrolment_code_not_found");
    EXPECT_NE(unknown.body.find("/code"), std::string::npos);
    EXPECT_EQ(ask(write_, "GET", "/v1/members?identity=phone:13800138000", "").status, 404) << "nothing was done";

    const Told done = registering("13800138000", code);
    ASSERT_EQ(done.status, 201) << done.body;
    const auto member = ask(write_, "GET", "/v1/members/" + done.json().value("member", ""), "").json();
    const std::string came_from = R"({"channel":"web","source":"guide","store":"Shanghai-1","staff":"S-17","code":")";
    EXPECT_EQ(member["acquisition"], nlohmann::json::parse(came_from + code + "\"}"));
}

TEST_F(EnrolmentTest, the_answer_is_the_same_whether_or_not_there_is_a_member) {
    ASSERT_EQ(ask(write_, "POST", "/v1/members", R"({"identities":[{"kind":"phone","value":"13800138000"}]})").status,
              201);
    const Told known = ask_code(R"({"phone":"13800138000"})");
    const Told unknown = ask_code(R"({"phone":"13800138001"})");
    EXPECT_EQ(known.status, 202);
    EXPECT_EQ(known.status, unknown.status);
    EXPECT_EQ(known.body, unknown.body);
    const std::string wrong = wrong_code();
    const Told known_wrong = enrol("13800138000", wrong);
    const Told unknown_wrong = enrol("13800138001", wrong);
    const Told never_asked = enrol("13800138002", wrong);
    EXPECT_EQ(known_wrong.status, 422);
    EXPECT_EQ(known_wrong.body, unknown_wrong.body);
    EXPECT_EQ(known_wrong.body, never_asked.body);
    const Told known_soon = ask_code(R"({"phone":"13800138000"})");
    const Told unknown_soon = ask_code(R"({"phone":"13800138001"})");
    EXPECT_EQ(known_soon.status, 429);
    EXPECT_EQ(known_soon.body, unknown_soon.body);
    EXPECT_EQ(known_soon.header("retry-after"), "60");
}

TEST_F(EnrolmentTest, trying_stops_at_five) {
    ASSERT_EQ(ask_code(R"({"phone":"13800138000"})").status, 202);
    const std::string right = outbox_.last_code();
    for (int i = 0; i < 4; ++i) EXPECT_EQ(enrol("13800138000", wrong_code()).code(), "one_time_code_not_valid");
    EXPECT_EQ(enrol("13800138000", right).status, 201) << "the fifth is the last";

    ASSERT_EQ(ask_code(R"({"phone":"13800138001"})").status, 202);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(enrol("13800138001", wrong_code()).code(), "one_time_code_not_valid");
    EXPECT_EQ(enrol("13800138001", outbox_.last_code()).code(), "one_time_code_not_valid");
}

TEST_F(EnrolmentTest, a_code_works_for_five_minutes_and_for_its_purpose) {
    ASSERT_EQ(ask_code(R"({"phone":"13800138000","purpose":"sign_in"})").status, 202);
    EXPECT_EQ(enrol("13800138000", outbox_.last_code()).code(), "one_time_code_not_valid") << "asked for signing in";
    EXPECT_EQ(enrol("13800138000", outbox_.last_code(), R"(,"purpose":"sign_in")").code(), "member_not_found")
        << "whoever reads the phone may know that it stands for nobody";
    shop_.set_clock("2026-03-02T10:01:00");
    ASSERT_EQ(ask_code(R"({"phone":"13800138000"})").status, 202);
    shop_.set_clock("2026-03-02T10:06:00");
    EXPECT_EQ(enrol("13800138000", outbox_.last_code()).code(), "one_time_code_not_valid") << "five minutes are over";
    ASSERT_EQ(ask_code(R"({"email":"Li@Example.com"})").status, 202);
    EXPECT_EQ(outbox_.messages.back().address, "li@example.com");
    shop_.set_clock("2026-03-02T10:10:59");
    const std::string body = R"({"email":"li@example.com","code":")" + outbox_.last_code() + "\"}";
    EXPECT_EQ(ask(enrol_, "POST", "/v1/enrolment", body).status, 201);
}

TEST_F(EnrolmentTest, so_many_codes_go_to_one_address_and_come_from_one_place) {
    int sent = 0;
    for (int minute = 0; minute < 59; ++minute) {
        shop_.set_clock("2026-03-02T10:" + std::string(minute < 10 ? "0" : "") + std::to_string(minute) + ":00");
        sent += ask_code(R"({"phone":"13800138000"})", "203.0.113." + std::to_string(minute)).status == 202 ? 1 : 0;
    }
    EXPECT_EQ(sent, 5) << "an hour";
    for (int hour = 11; hour < 24; ++hour)
        for (int minute = 10; minute < 40; ++minute) {
            shop_.set_clock("2026-03-02T" + std::to_string(hour) + ":" + std::to_string(minute) + ":00");
            sent += ask_code(R"({"phone":"13800138000"})", "203.0.113." + std::to_string(minute)).status == 202 ? 1 : 0;
        }
    EXPECT_EQ(sent, 10) << "a day";

    int from_one_place = 0;
    for (int i = 100; i < 200; ++i)
        from_one_place += ask_code(R"({"phone":"13800138)" + std::to_string(i) + "\"}", "198.51.100.7").status == 202;
    EXPECT_EQ(from_one_place, 60);
    EXPECT_EQ(ask_code(R"({"phone":"13800138999"})", "198.51.100.8").status, 202);
    int wrong = 0;
    for (int i = 100; i < 200; ++i)
        wrong += enrol("13800138" + std::to_string(i), "000000", "", "198.51.100.9").status == 422;
    EXPECT_EQ(wrong, 60) << "nor are codes found by trying one for each of many";
}

TEST_F(EnrolmentTest, what_a_client_writes_of_its_address_does_not_count) {
    int sent = 0;
    for (int i = 100; i < 200; ++i) {
        const std::string own = "X-Forwarded-For: 192.0.2." + std::to_string(i);
        const std::string body = R"({"phone":"13800138)" + std::to_string(i) + "\"}";
        const std::vector<std::string> headers{"Authorization: Bearer " + enrol_.text, own,
                                               "X-Forwarded-For: 198.51.100.7"};
        const Told told = Client(shop_.port()).ask({"POST", "/v1/enrolment/one-time-codes", body, headers});
        sent += told.status == 202 ? 1 : 0;
    }
    EXPECT_EQ(sent, 60) << "the proxy's word is the last";
}

TEST_F(EnrolmentTest, a_key_for_enrolment_reaches_nothing_else_and_signs_nothing) {
    for (const char* target : {"/v1/members/1", "/v1/members", "/v1/enrolment-codes", "/v1/notices", "/metrics"})
        EXPECT_EQ(ask(enrol_, "GET", target).status, 403) << target;
    EXPECT_EQ(ask(enrol_, "POST", "/v1/members/1/tokens", "{}").status, 403);
    EXPECT_EQ(Client(shop_.port()).post("/v1/enrolment/one-time-codes", R"({"phone":"13800138000"})").status, 401);
    EXPECT_FALSE(enrol_.key.token_secret.empty());
    EXPECT_NE(enrol_.key.token_secret, enrol_.key.hash) << "whoever has the key knows its hash";
    EXPECT_TRUE(write_.key.token_secret.empty());
}

TEST_F(EnrolmentTest, what_is_no_address_is_refused_with_its_place) {
    const Told phone = ask_code(R"({"phone":"1380013800"})");
    EXPECT_EQ(phone.code(), "invalid_input");
    EXPECT_EQ(phone.json()["errors"][0]["pointer"], "/phone");
    EXPECT_EQ(ask_code("{}").json()["errors"][0]["pointer"], "/phone");
    EXPECT_EQ(ask_code(R"({"phone":"13800138000","email":"a@b.cn"})").json()["errors"][0]["pointer"], "/email");
    EXPECT_EQ(ask_code(R"({"phone":"13800138000","purpose":"other"})").json()["errors"][0]["pointer"], "/purpose");
    EXPECT_EQ(outbox_.count(), 0U);
}

TEST_F(EnrolmentTest, whose_code_was_scanned_is_where_the_member_came_from) {
    const Told made = ask(write_, "POST", "/v1/enrolment-codes",
                          R"({"kind":"guide","name":"Han Meimei","staff":"E17","store":"S1","channel":"store"})");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string code = made.json()["code"];
    EXPECT_EQ(ask(write_, "GET", "/v1/enrolment-codes/" + code).json(), made.json());
    EXPECT_EQ(ask(write_, "GET", "/v1/enrolment-codes").json()["codes"].size(), 1U);
    const Told drawing = ask(write_, "GET", "/v1/enrolment-codes/" + code + "/qr.svg?link=https://shop.example/join/");
    EXPECT_EQ(drawing.status, 200);
    EXPECT_TRUE(drawing.body.starts_with("<svg"));
    EXPECT_EQ(ask(write_, "GET", "/v1/enrolment-codes/0000-0000-0000-1").code(), "enrolment_code_not_found");
    EXPECT_EQ(ask(write_, "POST", "/v1/enrolment-codes", R"({"kind":"friend"})").code(), "invalid_input");

    ASSERT_EQ(ask_code(R"({"phone":"13800138000"})").status, 202);
    const Told first = enrol("13800138000", outbox_.last_code(), R"(,"channel":"web","scan":")" + code + "\"");
    ASSERT_EQ(first.status, 201) << first.body;
    const auto came = as_member(first, "GET", "/v1/me").json()["acquisition"];
    EXPECT_EQ(came["source"], "guide");
    EXPECT_EQ(came["staff"], "E17");
    EXPECT_EQ(came["store"], "S1");
    EXPECT_EQ(came["channel"], "store");
    EXPECT_EQ(came["code"], code);

    const Told mine = as_member(first, "GET", "/v1/me/invitation");
    ASSERT_EQ(mine.status, 200) << mine.body;
    EXPECT_EQ(as_member(first, "GET", "/v1/me/invitation").body, mine.body);
    EXPECT_EQ(ask(write_, "GET", "/v1/enrolment-codes").json()["codes"].size(), 1U) << "friends' are not listed";
    ASSERT_EQ(ask_code(R"({"phone":"13800138001"})").status, 202);
    const Told friend_came =
        enrol("13800138001", outbox_.last_code(), R"(,"scan":")" + mine.json()["code"].get<std::string>() + "\"");
    const auto invited = as_member(friend_came, "GET", "/v1/me").json()["acquisition"];
    EXPECT_EQ(invited["source"], "friend");
    EXPECT_EQ(invited["inviter"], first.json()["member"]);
}

TEST_F(EnrolmentTest, a_scanned_code_that_nobody_knows_changes_nothing) {
    ASSERT_EQ(ask_code(R"({"phone":"13800138000"})").status, 202);
    const Told done = enrol("13800138000", outbox_.last_code(), R"(,"source":"banner","scan":"NOBODY-KNOWS-THIS")");
    ASSERT_EQ(done.status, 201) << done.body;
    EXPECT_EQ(as_member(done, "GET", "/v1/me").json()["acquisition"], nlohmann::json::parse(R"({"source":"banner"})"));
}

TEST_F(EnrolmentTest, a_member_gets_one_card_that_can_be_drawn) {
    ASSERT_EQ(ask_code(R"({"phone":"13800138000"})").status, 202);
    const Told me = enrol("13800138000", outbox_.last_code());
    EXPECT_EQ(as_member(me, "GET", "/v1/me/card").code(), "card_not_found");
    EXPECT_EQ(as_member(me, "GET", "/v1/me/card.svg").code(), "card_not_found");
    const Told made = as_member(me, "POST", "/v1/me/card");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string card = made.json()["card"];
    EXPECT_EQ(card.size(), 13U);
    EXPECT_TRUE(card.starts_with("88"));
    EXPECT_EQ(as_member(me, "POST", "/v1/me/card").status, 200);
    const std::string path = "/v1/members/" + me.json()["member"].get<std::string>() + "/card";
    EXPECT_EQ(ask(write_, "GET", path).json()["card"], card);
    for (const char* form : {"?form=qr", "?form=barcode", ""}) {
        const Told drawing = ask(write_, "GET", path + ".svg" + form);
        EXPECT_EQ(drawing.status, 200);
        EXPECT_EQ(drawing.header("content-type"), "image/svg+xml");
        EXPECT_TRUE(drawing.body.starts_with("<svg")) << drawing.body.substr(0, 100);
    }
    EXPECT_EQ(ask(write_, "GET", path + ".svg?form=pdf").code(), "invalid_input");
    EXPECT_EQ(ask(write_, "GET", "/v1/members?identity=card:" + card.substr(0, 4) + "-" + card.substr(4)).json()["id"],
              me.json()["member"]);
    EXPECT_EQ(ask(write_, "POST", "/v1/members/99/card").code(), "member_not_found");
}

TEST_F(EnrolmentTest, members_tell_of_themselves_but_not_what_is_the_shops) {
    ASSERT_EQ(ask_code(R"({"phone":"13800138000"})").status, 202);
    const Told me = enrol("13800138000", outbox_.last_code());
    EXPECT_EQ(as_member(me, "POST", "/v1/me/profile",
                        R"({"name":"Li","birthday":"1990-02-28","attributes":{"occupation":"doctor"}})").status, 201);
    const auto profile = as_member(me, "GET", "/v1/me").json()["profile"];
    EXPECT_EQ(profile["attributes"]["occupation"], "doctor");
    EXPECT_EQ(as_member(me, "GET", "/v1/me").json()["points"]["available"], 50) << "the profile is complete";
    EXPECT_EQ(as_member(me, "POST", "/v1/me/profile", R"({"attributes":{"occupation":"pilot"}})").code(),
              "attribute_not_valid");
    EXPECT_EQ(as_member(me, "POST", "/v1/me/profile", R"({"tags":["vip"]})").code(), "invalid_input");
    EXPECT_EQ(as_member(me, "POST", "/v1/me/profile", R"({"member":"2","name":"Han"})").code(), "invalid_input");
    EXPECT_EQ(as_member(me, "POST", "/v1/me/profile", R"({"at":"2026-01-01","name":"Han"})").code(), "invalid_input");
    EXPECT_EQ(as_member(me, "POST", "/v1/me/consents",
                        R"({"channel":"sms","purpose":"marketing","granted":true,"source":"app"})").status, 201);
    const auto consent = as_member(me, "GET", "/v1/me").json()["consents"][0];
    EXPECT_EQ(consent["at"], "2026-03-02T02:00:00.000Z");
    EXPECT_EQ(consent["source"], "app");
    EXPECT_EQ(ask(enrol_, "POST", "/v1/me/profile", R"({"name":"Han"})").status, 401) << "a key is no token";
}

TEST_F(EnrolmentTest, a_registration_that_cannot_be_leaves_nothing_behind) {
    const Told refused = ask(write_, "POST", "/v1/members",
                             R"({"identities":[{"kind":"phone","value":"13800138000"}],)"
                             R"("profile":{"attributes":{"shoe_size":"44"}}})");
    EXPECT_EQ(refused.code(), "attribute_not_valid");
    EXPECT_EQ(ask(write_, "GET", "/v1/members?identity=phone:13800138000").code(), "member_not_found");
}

TEST(EnrolmentWithoutChannel, says_that_no_codes_are_sent) {
    Shop shop;
    const Told told = Client(shop.port()).post("/v1/enrolment/one-time-codes", R"({"phone":"+8613800138000"})");
    EXPECT_EQ(told.status, 503);
    EXPECT_EQ(told.code(), "codes_not_sent");
}

// --- identities as they are typed ----------------------------------------------------------------------------------

TEST_F(EnrolmentTest, however_a_phone_is_typed_it_is_one_member) {
    const Told made =
        ask(write_, "POST", "/v1/members", R"({"identities":[{"kind":"phone","value":"138 0013 8000"}]})");
    ASSERT_EQ(made.status, 201) << made.body;
    for (const char* typed : {"phone:13800138000", "phone:%2B86%20138%200013%208000", "phone:0086-138-0013-8000"})
        EXPECT_EQ(ask(write_, "GET", std::string("/v1/members?identity=") + typed).json()["id"], made.json()["member"])
            << typed;
    EXPECT_EQ(ask(write_, "GET", "/v1/members?identity=phone:1380013800").code(), "invalid_input");
    const Told order = ask(write_, "POST", "/v1/orders",
                           R"({"identity":{"kind":"phone","value":"+8613800138000"},"create":true,"order_id":"A",)"
                           R"("lines":[{"amount_minor":100}]})");
    EXPECT_EQ(order.json()["member"], made.json()["member"]) << order.body;
    EXPECT_EQ(order.json()["created_member"], false);
    const Told quote = ask(write_, "POST", "/v1/quotes",
                           R"({"identity":{"kind":"phone","value":"(138) 0013-8000"},"lines":[{"amount_minor":100}]})");
    EXPECT_EQ(quote.status, 200) << quote.body;
    const Told wrong = ask(write_, "POST", "/v1/members",
                           R"({"identities":[{"kind":"unionid","value":"u"},{"kind":"phone","value":"12"}]})");
    EXPECT_EQ(wrong.code(), "invalid_input");
    EXPECT_EQ(wrong.json()["errors"][0]["pointer"], "/identities/1/value");
    const Told lines =
        Client(shop_.port())
            .ask({"POST", "/v1/bulk",
                  R"({"type":"points_adjusted","identity":{"kind":"phone","value":"138-0013-8000"},"points":1,)"
                  R"("reference":"b"})" "\n"
                  R"({"type":"points_adjusted","identity":{"kind":"phone","value":"1380013"},"points":1,)"
                  R"("reference":"c"})" "\n",
                  {"Authorization: Bearer " + write_.text}, "application/x-ndjson"});
    ASSERT_EQ(lines.status, 200) << lines.body;
    EXPECT_EQ(lines.lines()[0].value("member", ""), made.json()["member"]);
    EXPECT_EQ(lines.lines()[1].value("code", ""), "invalid_input");
}

TEST_F(EnrolmentTest, an_identity_that_is_unlinked_is_free_for_another) {
    const std::string body =
        R"({"identities":[{"kind":"unionid","value":"u1"},{"kind":"phone","value":"13800138000"}]})";
    const std::string first = ask(write_, "POST", "/v1/members", body).json()["member"];
    const std::string second =
        ask(write_, "POST", "/v1/members", R"({"identities":[{"kind":"unionid","value":"u2"}]})").json()["member"];
    const std::string phone = R"({"kind":"phone","value":"+8613800138000"})";
    EXPECT_EQ(ask(write_, "POST", "/v1/members/" + second + "/identities", phone).code(), "identity_taken");
    EXPECT_EQ(ask(write_, "POST", "/v1/members/" + second + "/identities/unlink", phone).code(), "identity_not_found");
    EXPECT_EQ(ask(write_, "POST", "/v1/members/" + first + "/identities/unlink", phone).status, 201);
    EXPECT_EQ(ask(write_, "GET", "/v1/members?identity=phone:13800138000").code(), "member_not_found");
    EXPECT_EQ(ask(write_, "POST", "/v1/members/" + second + "/identities", phone).status, 201);
    EXPECT_EQ(ask(write_, "GET", "/v1/members?identity=phone:13800138000").json()["id"], second);
    EXPECT_EQ(ask(write_, "GET", "/v1/members/" + first).json()["identities"].size(), 1U);
    EXPECT_EQ(ask(write_, "POST", "/v1/members/" + first + "/identities/unlink",
                  R"({"kind":"unionid","value":"u1"})").status, 201) << "the last one too: the id stays";
}

}  // namespace
}  // namespace regulars::api
