// Databases under a seal: what lies in the files, which key opens them, sealing one that exists, and changing its key.
#include "store_contract.hpp"

#include "store/failure.hpp"
#include "store/open.hpp"
#include "store/sealing.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

namespace regulars::contract {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> personal_texts{"+8613800138000", "ann@example.org", "Ann Example",  "12 Long Lane",
                                              "the till says",  "wrote to Ann",    "for Ann's sake", "signs tokens",
                                              "what will be",   "parcel to Ann",   "Ann's mark",
                                              "Ann's opinion"};

engine::Member ann(std::uint64_t id) {
    engine::Member member = member_with(id);
    member.profile.name = "Ann Example";
    member.profile.attributes = {{"address", "12 Long Lane"}};
    member.identities = {{"email", "ann@example.org"}, {"phone", "+8613800138000"}};
    member.consents = {{"sms", "offers", true, {5}, "the till says"}};
    member.points_available = Points(30);
    return member;
}

service::EventRow event_of(std::uint64_t member, std::uint64_t sequence, std::string name, std::string payload) {
    auto row = event_row(member, sequence);
    row.name = std::move(name);
    row.payload = std::move(payload);
    return row;
}

/// Everything about Ann, member 1, in every table that has something about her; and a neighbour.
Batch everything_about(const engine::Member& member, const engine::Member& neighbour) {
    Batch batch = batch_of(member, 0);
    batch.members.push_back({&neighbour, 0, "normal"});
    for (const auto& identity : member.identities) batch.identities.push_back({identity, member.id});
    batch.events = {event_of(1, 1, "registered", R"({"note":"Ann Example"})"),
                    event_of(1, 2, "identity_linked", R"({"value":"+8613800138000"})"),
                    event_of(1, 3, "points_adjusted", R"({"reason":"for Ann's sake"})"),
                    event_of(1, 4, "order_created", R"({"order_id":"in the open"})"),
                    event_of(1, 5, "profile_changed", R"({"name":"Ann Example"})"),
                    event_of(2, 1, "registered", "{}")};
    batch.rewritten_events = {{{1}, 5, R"({"reason":"wrote to Ann"})"}};
    batch.snapshots = {{member, {}, 1}};
    engine::Friend friend_of_ann;
    friend_of_ann.member = {2};
    friend_of_ann.marks = {"Ann's mark"};
    batch.friends = {{{1}, {friend_of_ann, {5}}}};
    engine::Redemption redemption;
    redemption.redemption_id = "R";
    redemption.tracking = "parcel to Ann";
    batch.redemptions = {{{1}, redemption}};
    batch.given_answers = {{{1}, 5, "why", "feedback", "", {5}, "Ann's opinion"}};
    batch.answers = {{"key", "12 Long Lane", 200, R"({"name":"Ann Example"})", {5}}};
    return batch;
}

class sealed_store : public testing::TestWithParam<Backend> {
protected:
    /// A database that was filled without a seal.
    void fill(service::Store& store) {
        ASSERT_TRUE(store.commit(everything_about(ann(1), member_with(2))).has_value());
        std::vector<service::OneTimeCode> codes(1);
        codes[0].subject = "to:someone";
        codes[0].hash = "abc";
        ASSERT_TRUE(store.save_one_time_codes(codes).has_value());
        ASSERT_TRUE(store.set_setting("api_keys", "signs tokens").has_value());
        ASSERT_TRUE(store.add_seed_chain({"wheel", "what will be", "anchor", {5}, 9, {5}}).has_value());
    }
    void expect_everything(service::Store& store) {
        const std::vector<MemberId> ids{{1}, {2}};
        const auto members = store.load_members(ids).value();
        ASSERT_TRUE(members[0] && members[1]);
        EXPECT_EQ(members[0]->member, ann(1));
        EXPECT_EQ(members[1]->member, member_with(2));
        const std::vector<engine::Identity> identities{
            {"phone", "+8613800138000"}, {"email", "+8613800138000"}, {"email", "ann@example.org"}};
        EXPECT_THAT(store.find_identities(identities).value(),
                    testing::ElementsAre(MemberId{1}, std::nullopt, MemberId{1}));
        const auto events = store.list_events({1}, {}).value();
        ASSERT_EQ(events.size(), 5U);
        EXPECT_EQ(events[0].payload, R"({"note":"Ann Example"})");
        EXPECT_EQ(events[3].payload, R"({"order_id":"in the open"})");
        EXPECT_EQ(events[4].payload, R"({"reason":"wrote to Ann"})");
        EXPECT_EQ(store.load_snapshot({1}).value().value().member, ann(1));
        const std::vector<std::string> keys{"key"};
        const auto answer = store.find_answers(keys).value().at(0).value();
        EXPECT_EQ(answer.body, R"({"name":"Ann Example"})");
        EXPECT_EQ(answer.input_hash, "12 Long Lane");
        EXPECT_EQ(store.setting("api_keys").value(), "signs tokens");
        EXPECT_EQ(store.seed_chains().value().at(0).root, "what will be");
        EXPECT_EQ(store.list_redemptions({1}, {}).value().at(0).redemption.tracking, "parcel to Ann");
        EXPECT_EQ(store.list_given_answers("feedback", "why", {}).value().at(0).answer, "Ann's opinion");
        EXPECT_EQ(store.list_friends({}, {}).value().at(0).change.who.marks.at(0), "Ann's mark");
    }
    service::Stored<store::SealReport> seal_it(std::uint8_t number) {
        return store::change_seal(database_.url(), {.from = nullptr, .to = test_seal(number).get()});
    }
    service::Stored<store::SealReport> rotate(std::uint8_t from, std::uint8_t to) {
        return store::change_seal(database_.url(), {.from = test_seal(from).get(), .to = test_seal(to).get()});
    }
    service::Stored<std::unique_ptr<service::Store>> open_with(std::uint8_t number) {
        return store::open_sealed_store(database_.url(), number == 0 ? nullptr : test_seal(number));
    }
    void expect_refused(std::uint8_t number, StoreError error, const std::string& part) {
        const auto opened = open_with(number);
        ASSERT_FALSE(opened.has_value()) << part;
        EXPECT_EQ(opened.error().error, error);
        EXPECT_THAT(opened.error().detail, HasSubstr(part));
    }
    /// All that lies on the disk; for PostgreSQL all that its tables say.
    std::string at_rest() {
        if (GetParam() == Backend::postgres) return rows_of_tables();
        std::stringstream text;
        for (const auto& entry : std::filesystem::directory_iterator(database_.folder()))
            text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        return text.str();
    }
    std::string rows_of_tables() {
        std::string text;
        for (const char* table : {"members", "identities", "events", "snapshots", "answers", "one_time_codes",
                                  "settings", "seed_chains", "questionnaire_answers"})
            text += database_.run(std::string("SELECT string_agg(t::text, ' ') FROM ") + table + " t");
        for (const char* table : {"members", "snapshots", "friends", "redemptions"})
            text += database_.run(std::string("SELECT string_agg(encode(document, 'escape'), ' ') FROM ") + table);
        return text;
    }
    void expect_nothing_personal() {
        const std::string text = at_rest();
        ASSERT_GT(text.size(), 100U);
        for (const auto& personal : personal_texts) EXPECT_THAT(text, Not(HasSubstr(personal)));
        EXPECT_THAT(text, HasSubstr("in the open")) << "the canary: what is not sealed is seen";
    }

    Database database_{GetParam()};
};

std::vector<Backend> at_rest_backends() {
    auto all = backends();
    std::erase(all, Backend::memory);
    return all;
}

INSTANTIATE_TEST_SUITE_P(stores, sealed_store, testing::ValuesIn(at_rest_backends()),
                         [](const auto& backend) { return name_of(backend.param); });

TEST_P(sealed_store, without_a_seal_everything_can_be_read_at_rest) {
    const auto store = open_with(0).value();
    fill(*store);
    const std::string text = at_rest();
    for (const auto& personal : personal_texts) EXPECT_THAT(text, HasSubstr(personal));
}

TEST_P(sealed_store, an_empty_database_is_sealed_from_the_start) {
    {
        const auto store = open_with(1).value();
        fill(*store);
        expect_everything(*store);
        expect_nothing_personal();
    }
    expect_nothing_personal();
    expect_everything(*open_with(1).value());
    EXPECT_EQ(database_.run("SELECT points_available FROM members WHERE member_id = 1"), "30")
        << "what reports read is open";
}

TEST_P(sealed_store, only_its_own_key_opens_it) {
    static_cast<void>(open_with(1).value());
    expect_refused(0, StoreError::sealed, "--seal-key-file");
    expect_refused(2, StoreError::sealed, "and the key given is " + test_seal(2)->name());
    EXPECT_TRUE(open_with(1).has_value());
}

TEST_P(sealed_store, a_key_for_members_that_are_not_sealed_is_refused) {
    fill(*open_with(0).value());
    expect_refused(1, StoreError::sealed, "regulars seal database");
    expect_everything(*open_with(0).value());
}

TEST_P(sealed_store, one_that_exists_is_sealed_and_its_key_changed) {
    fill(*open_with(0).value());
    const auto report = seal_it(1).value();
    EXPECT_FALSE(report.was_done);
    EXPECT_EQ(report.members, 2U);
    EXPECT_EQ(report.identities, 2U);
    EXPECT_EQ(report.events, 5U);
    EXPECT_EQ(report.answers, 1U);
    expect_nothing_personal();
    expect_everything(*open_with(1).value());
    EXPECT_TRUE(seal_it(1).value().was_done);
    EXPECT_EQ(seal_it(2).error().error, StoreError::sealed);
    EXPECT_EQ(rotate(3, 2).error().error, StoreError::sealed);

    EXPECT_EQ(rotate(1, 2).value().identities, 2U);
    expect_nothing_personal();
    expect_refused(1, StoreError::sealed, test_seal(2)->name());
    expect_everything(*open_with(2).value());
    EXPECT_TRUE(rotate(1, 2).value().was_done);
    EXPECT_EQ(database_.run("SELECT count(*) FROM one_time_codes"), "0") << "they could not be found any more";
}

TEST_P(sealed_store, whoever_has_it_open_keeps_it_from_being_sealed) {
    const auto store = open_with(0).value();
    fill(*store);
    const auto refused = seal_it(1);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().error, StoreError::locked) << refused.error().detail;
    expect_everything(*store);
}

TEST_P(sealed_store, one_that_is_half_sealed_is_refused_until_it_is_finished) {
    fill(*open_with(0).value());
    database_.run("INSERT INTO answers VALUES ('zz', 'x', 200, 'sealed:not really', 5)");
    ASSERT_TRUE(seal_it(1).has_value()) << "a text is taken as it is where there is no seal";
    database_.run("UPDATE members SET document = " + std::string(GetParam() == Backend::sqlite ? "x'00'" : "'\\x00'") +
                  " WHERE member_id = 2");
    const auto broken_off = rotate(1, 2);
    ASSERT_FALSE(broken_off.has_value());
    EXPECT_EQ(broken_off.error().error, StoreError::corrupt);
    for (std::uint8_t number = 0; number <= 2; ++number)
        expect_refused(number, StoreError::sealed, "regulars seal rotate");
    EXPECT_EQ(rotate(1, 3).error().error, StoreError::sealed);
    EXPECT_EQ(seal_it(2).error().error, StoreError::sealed);
    database_.run("DELETE FROM members WHERE member_id = 2");
    EXPECT_TRUE(rotate(1, 2).has_value());
    EXPECT_TRUE(open_with(2).has_value());
}

TEST_P(sealed_store, a_document_put_at_another_member_does_not_open) {
    const auto store = open_with(1).value();
    fill(*store);
    database_.run("UPDATE members SET document = (SELECT document FROM members WHERE member_id = 1)"
                  " WHERE member_id = 2");
    const std::vector<MemberId> ids{{2}};
    const auto loaded = store->load_members(ids);
    ASSERT_FALSE(loaded.has_value());
    EXPECT_EQ(loaded.error().error, StoreError::corrupt);
}

}  // namespace
}  // namespace regulars::contract
