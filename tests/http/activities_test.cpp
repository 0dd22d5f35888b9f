// Check-ins, questionnaires, visits and behaviour through a server, for operators and for a member's phone.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "audit.hpp"
#include "client.hpp"
#include "shape.hpp"
#include "shop.hpp"

namespace regulars::api {
namespace {

class Activities : public ::testing::Test {
protected:
    Activities() {
        shop_.set_clock("2026-06-03T12:00:00");
        EXPECT_EQ(client_.post("/v1/members", R"({"identities":[{"kind":"club","value":"1"}]})").status, 201);
        it_is("2026-06-03T12:00:00");
    }
    /// At another time the phone needs another token.
    void it_is(const std::string& time) {
        shop_.set_clock(time);
        const Told token = client_.post("/v1/members/1/tokens", "{}");
        EXPECT_EQ(token.status, 201) << token.body;
        member_ = {"Authorization: Bearer " + token.json().value("token", "")};
    }
    void TearDown() override { EXPECT_EQ(service::audit(shop_.store()), ""); }

    // Each on a connection of its own: what is refused before it is looked at ends one.
    Told mine(const std::string& target) { return Client(shop_.port()).ask({"GET", "/v1/me" + target, "", member_}); }
    Told do_mine(const std::string& target, const std::string& body = "{}") {
        return Client(shop_.port()).post("/v1/me/activities/" + target, body, member_);
    }
    Told do_hers(const std::string& target, const std::string& body = "{}") {
        return client_.post("/v1/members/1/activities/" + target, body);
    }
    static std::string answers(const std::vector<std::pair<std::string, std::string>>& given) {
        nlohmann::json list = nlohmann::json::array();
        for (const auto& [question, answer] : given) list.push_back({{"question", question}, {"answer", answer}});
        return nlohmann::json{{"answers", list}}.dump();
    }
    nlohmann::json standing(const std::string& name) {
        const nlohmann::json all = mine("/activities").json();
        for (const auto& activity : all["activities"])
            if (activity["name"] == name) return activity;
        ADD_FAILURE() << "no activity " << name;
        return {};
    }

    Shop shop_{{.programme = "tests/engine/programmes/check_ins.yaml"}};
    Client client_{shop_.port()};
    std::vector<std::string> member_;
};

TEST_F(Activities, are_listed_with_their_terms_and_how_one_stands) {
    const Told all = client_.get("/v1/activities");
    expect_declared(all, Method::get, "/v1/activities");
    expect_declared(mine("/activities"), Method::get, "/v1/me/activities");
    expect_declared(client_.get("/v1/members/1/activities"), Method::get, "/v1/members/{id}/activities");
    ASSERT_EQ(all.json()["activities"].size(), 8U);
    const auto daily = all.json()["activities"][0];
    EXPECT_EQ(daily["kind"], "check_in");
    EXPECT_EQ(daily["check_in"]["cycle"], 7);
    EXPECT_EQ(daily["check_in"]["steps"][1]["reward"]["goods"], "mug");
    EXPECT_EQ(all.body.find("K7Q2M"), std::string::npos) << "codes hang in the stores and nowhere else";
    EXPECT_EQ(all.body.find("standing"), std::string::npos);
    EXPECT_TRUE(standing("daily")["open_now"].get<bool>());
    EXPECT_EQ(standing("silver_daily")["why_not"], "activity_not_for_member");
    EXPECT_EQ(client_.get("/v1/members/1/activities").json()["activities"].size(), 8U);
    EXPECT_EQ(client_.get("/v1/members/99/activities").status, 404);
}

TEST_F(Activities, a_day_has_one_check_in_and_a_missed_one_is_made_up_for) {
    const Told first = do_mine("daily/check-in");
    expect_declared(first, Method::post, "/v1/me/activities/{name}/check-in");
    EXPECT_EQ(first.json()["activity_results"][0]["what"], "checked_in");
    EXPECT_EQ(first.json()["points_available"], 1);
    EXPECT_EQ(do_mine("daily/check-in").code(), "already_checked_in");
    EXPECT_EQ(do_hers("daily/check-in").code(), "already_checked_in");
    EXPECT_EQ(do_mine("nothing/check-in").code(), "unknown_activity");
    EXPECT_EQ(client_.post("/v1/members/1/points", R"({"points":20,"reference":"p"})").status, 201);
    EXPECT_EQ(do_mine("daily/freezes", R"({"reference":"f"})").status, 201);
    EXPECT_EQ(do_mine("daily/freezes", R"({"reference":"f"})").status, 200);
    it_is("2026-06-05T12:00:00");
    EXPECT_EQ(standing("daily")["standing"]["streak"], 1) << "a freeze can still save it";
    EXPECT_EQ(do_hers("daily/check-in").status, 201);
    EXPECT_EQ(standing("daily")["standing"]["streak"], 2);
    EXPECT_EQ(standing("daily")["standing"]["kept"][0], "2026-06-04");
    it_is("2026-06-07T12:00:00");
    EXPECT_EQ(standing("daily")["standing"]["streak"], 0);
    const Told made_up = do_mine("daily/make-up", R"({"day":"2026-06-06"})");
    ASSERT_EQ(made_up.status, 201) << made_up.body;
    EXPECT_EQ(made_up.json()["activity_results"][0]["points_paid"], 4);
    EXPECT_EQ(standing("daily")["standing"]["streak"], 3);
    EXPECT_EQ(standing("daily")["standing"]["made_up_this_month"], 1);
    EXPECT_EQ(do_mine("daily/make-up", R"({"day":"2026-06-06"})").code(), "day_not_to_be_made_up");
    EXPECT_EQ(do_mine("daily/make-up", R"({"day":"6 June"})").status, 422);
    EXPECT_EQ(do_mine("daily/check-in", R"({"at":"2026-06-01T00:00:00"})").status, 422) << "a phone says not when";
}

TEST_F(Activities, results_are_listed_page_by_page) {
    for (const char* day : {"03", "04", "05"}) {
        it_is(std::string("2026-06-") + day + "T12:00:00");
        EXPECT_EQ(do_mine("daily/check-in").status, 201);
    }
    EXPECT_EQ(do_hers("share/behaviour", R"({"subject":"mug","reference":"s"})").status, 201);
    expect_declared(mine("/activity-results"), Method::get, "/v1/me/activity-results");
    const auto all = mine("/activity-results").json();
    ASSERT_EQ(all["results"].size(), 5U) << all;
    EXPECT_EQ(all["results"][3]["what"], "step");
    EXPECT_EQ(all["next"], nullptr);
    const auto page = mine("/activity-results?limit=2").json();
    ASSERT_EQ(page["results"].size(), 2U);
    const auto rest = mine("/activity-results?limit=10&after=" + page["next"].get<std::string>()).json();
    EXPECT_EQ(rest["results"].size(), 3U);
    EXPECT_EQ(rest["results"][0], all["results"][2]);
    EXPECT_EQ(client_.get("/v1/members/1/activity-results?activity=share").json()["results"].size(), 1U);
    EXPECT_EQ(mine("/activity-results?after=x").status, 422);
    EXPECT_EQ(mine("/activity-results?after=1").status, 422);
    // A place beyond what any database counts to is none.
    EXPECT_EQ(mine("/activity-results?after=18446744073709551615.0").status, 422);
    EXPECT_EQ(mine("/activity-results?after=1.4294967296").status, 422);
}

TEST_F(Activities, answers_are_checked_and_given_once) {
    EXPECT_EQ(do_mine("about_you/answers", answers({{"sport", "row"}})).code(), "answers_not_valid");
    EXPECT_EQ(do_mine("about_you/answers", answers({{"sport", "run"}, {"colours", "red\nblue"}})).status, 201);
    EXPECT_EQ(do_mine("about_you/answers", answers({{"sport", "run"}})).code(), "already_answered");
    EXPECT_EQ(mine("").json()["profile"]["attributes"]["sport"], "run");
    EXPECT_EQ(do_mine("feedback/answers", R"({"answers":[{"question":"score","answer":"3"}],"order_id":"A"})").code(),
              "order_not_to_be_answered");
}

TEST_F(Activities, answers_are_counted_for_operators_and_read_one_by_one) {
    const Told none = client_.get("/v1/activities/about_you/answers");
    expect_declared(none, Method::get, "/v1/activities/{name}/answers");
    EXPECT_EQ(none.json()["answered"], 0);
    EXPECT_EQ(none.json()["questions"][0]["counts"], nlohmann::json::parse(
        R"([{"answer":"run","times":0},{"answer":"swim","times":0}])"));
    for (const char* member : {"2", "3"})
        EXPECT_EQ(client_.post("/v1/members", R"({"identities":[{"kind":"club","value":")" + std::string(member) +
                                              R"("}]})").status, 201);
    EXPECT_EQ(do_mine("about_you/answers", answers({{"sport", "run"}, {"colours", "red\nblue"}, {"shoe", "40"},
                                                    {"wish", "laces"}, {"since", "2020-02-29"}})).status, 201);
    EXPECT_EQ(do_mine("about_you/answers", answers({{"sport", "swim"}})).status, 409) << "what is refused counts not";
    shop_.set_clock("2026-06-03T13:00:00");
    EXPECT_EQ(client_.post("/v1/members/2/activities/about_you/answers",
                           answers({{"sport", "run"}, {"shoe", "45"}, {"wish", "socks"}, {"colours", "blue"}})).status,
              201);
    EXPECT_EQ(client_.post("/v1/members/3/activities/about_you/answers",
                           answers({{"sport", "swim"}, {"shoe", "40"}})).status, 201);

    const nlohmann::json all = client_.get("/v1/activities/about_you/answers").json();
    EXPECT_EQ(all["answered"], 3);
    EXPECT_EQ(all["members"], 3);
    std::vector<std::string> told;
    for (const auto& question : all["questions"]) {
        std::string line = question["name"].get<std::string>() + " " + question["answered"].dump() + "+" +
                           question["left_out"].dump() + " " + question["average"].dump();
        for (const auto& count : question["counts"])
            line += " " + count["answer"].get<std::string>() + ":" + count["times"].dump();
        told.push_back(line);
    }
    EXPECT_EQ(told, (std::vector<std::string>{"sport 3+0 null run:2 swim:1", "shoe 3+0 41.67 40:2 45:1",
                                              "colours 2+1 null red:1 green:0 blue:2", "since 1+2 null",
                                              "wish 2+1 null"}));

    const std::string wishes = "/v1/activities/about_you/answers/wish";
    const Told newest = client_.get(wishes + "?limit=1");
    expect_declared(newest, Method::get, "/v1/activities/{name}/answers/{question}");
    EXPECT_EQ(newest.json()["answers"][0], nlohmann::json::parse(
        R"({"member":"2","at":"2026-06-03T05:00:00.000Z","answer":"socks"})"));
    const auto rest = client_.get(wishes + "?after=" + newest.json()["next"].get<std::string>()).json();
    ASSERT_EQ(rest["answers"].size(), 1U);
    EXPECT_EQ(rest["answers"][0]["answer"], "laces");
    EXPECT_EQ(rest["next"], nullptr);
    EXPECT_EQ(client_.get("/v1/activities/about_you/answers/colours").json()["answers"][1]["answer"], "red\nblue");
}

TEST_F(Activities, answers_of_what_was_never_asked_are_refused) {
    EXPECT_EQ(client_.get("/v1/activities/nothing/answers").code(), "unknown_activity");
    EXPECT_EQ(client_.get("/v1/activities/daily/answers").code(), "unknown_activity");
    EXPECT_EQ(client_.get("/v1/activities/nothing/answers/why").code(), "unknown_activity");
    const Told unknown = client_.get("/v1/activities/feedback/answers/who");
    EXPECT_EQ(unknown.status, 422);
    EXPECT_EQ(unknown.json()["errors"][0]["expected"], "score, why");
    for (const char* after : {"x", "1", "1.2", "1.2.3.4", "1.-2.3", "1.2.3x", "99999999999999999999.1.1"})
        EXPECT_EQ(client_.get(std::string("/v1/activities/feedback/answers/why?after=") + after).status, 422) << after;
    EXPECT_EQ(mine("/activities/feedback/answers").status, 405) << "members see nobody's answers";
}

TEST_F(Activities, a_question_that_is_asked_no_more_is_told_after_the_others) {
    EXPECT_EQ(do_mine("about_you/answers", answers({{"sport", "run"}, {"wish", "laces"}})).status, 201);
    std::string next(read_programme("tests/engine/programmes/check_ins.yaml"));
    const auto edit = [&](const std::string& from, const std::string& to) {
        const auto at = next.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        next.replace(at, from.size(), to);
    };
    edit("version: 1", "version: 2");
    edit("choices: [run, swim], attribute: sport", "choices: [swim, row], attribute: sport");
    edit("        - {name: wish, kind: text, attribute: wish, required: false}\n", "");
    edit("about_orders: {within: 10 days}\n      questions: [{name: score, kind: score}, {name: why,",
         "about_orders: {within: 10 days}\n      questions: [{name: why,");
    EXPECT_EQ(client_.ask({"POST", "/v1/programme", next, {}, "application/yaml"}).status, 201);
    const auto questions = client_.get("/v1/activities/about_you/answers").json()["questions"];
    EXPECT_EQ(questions[0]["counts"], nlohmann::json::parse(
        R"([{"answer":"swim","times":0},{"answer":"row","times":0},{"answer":"run","times":1}])"));
    EXPECT_EQ(questions.back()["name"], "wish");
    EXPECT_EQ(questions.back()["asked"], false);
    EXPECT_EQ(questions.back()["answered"], 1);
    EXPECT_EQ(client_.get("/v1/activities/about_you/answers/wish").json()["answers"].size(), 1U);
    EXPECT_EQ(client_.get("/v1/activities/feedback/answers").json()["questions"][1]["name"], "score");
}

TEST_F(Activities, behaviour_is_told_by_the_shop_alone) {
    const std::string body = R"({"subject":"mug","reference":"s-1"})";
    EXPECT_EQ(do_mine("share/behaviour", body).status, 404);
    EXPECT_EQ(do_hers("share/behaviour", body).status, 201);
    EXPECT_EQ(do_hers("share/behaviour", body).status, 200);
    EXPECT_EQ(do_hers("share/behaviour", R"({"subject":"mug","reference":"s-2"})").code(), "activity_limit_reached");
}

TEST_F(Activities, codes_of_stores_are_not_found_by_trying) {
    EXPECT_EQ(do_mine("stores/visits", R"({"store":"harbour","code":"K7Q2M"})").status, 201);
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(do_mine("stores/visits", R"({"store":"market","code":")" + std::to_string(i) + R"("})").code(),
                  "store_code_wrong");
    EXPECT_EQ(do_mine("stores/visits", R"({"store":"market","code":"9XW4T"})").status, 429);
    it_is("2026-06-03T13:00:01");
    EXPECT_EQ(do_mine("stores/visits", R"({"store":"market","code":"9XW4T"})").status, 201);
}

TEST_F(Activities, sixty_four_connections_check_in_once) {
    constexpr int connections = 64;
    std::atomic<int> done = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < connections; ++i)
        threads.emplace_back([&, i] {
            Client client(shop_.port());
            const std::string path = i % 2 == 0 ? "/v1/me" : "/v1/members/1";
            const Told told = client.post(path + "/activities/daily/check-in", "{}",
                                          i % 2 == 0 ? member_ : std::vector<std::string>());
            if (told.status == 201) ++done;
            else if (told.code() == "already_checked_in") ++refused;
            else ADD_FAILURE() << told.status << told.body;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(done, 1);
    EXPECT_EQ(refused, connections - 1);
    EXPECT_EQ(mine("").json()["points"]["available"], 1);
    EXPECT_EQ(standing("daily")["standing"]["done"], 1);
}

}  // namespace
}  // namespace regulars::api
