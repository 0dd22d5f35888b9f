#include "api/keys.hpp"

#include <gtest/gtest.h>

namespace regulars::api {
namespace {

TEST(ApiKeys, are_found_by_their_text_and_by_nothing_else) {
    const NewApiKey first = make_api_key("till", Scope::write, Instant{0});
    const NewApiKey second = make_api_key("web", Scope::read, Instant{0});
    const KeyRing ring({first.key, second.key});
    ASSERT_NE(ring.find(first.text), nullptr);
    EXPECT_EQ(ring.find(first.text)->name, "till");
    EXPECT_EQ(ring.find(second.text)->scope, Scope::read);
    std::string forged = first.text;
    forged.back() = forged.back() == 'A' ? 'B' : 'A';
    for (const std::string& wrong : {forged, first.text + "x", first.text.substr(0, 20), first.key.id, first.key.hash,
                                     std::string(), "rg_" + std::string(200, 'a')})
        EXPECT_EQ(ring.find(wrong), nullptr) << wrong;
}

TEST(ApiKeys, are_stored_without_their_text_and_read_back) {
    const NewApiKey made = make_api_key("收银 \"1\"", Scope::admin, Instant{1234567});
    KeyRing ring;
    ring.add(made.key);
    EXPECT_EQ(ring.text().find(made.text), std::string::npos);
    const auto read = KeyRing::parse(ring.text());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->keys(), ring.keys());
    EXPECT_NE(read->find(made.text), nullptr);
}

TEST(ApiKeys, are_never_twice_the_same) {
    EXPECT_NE(make_api_key("a", Scope::read, {}).text, make_api_key("a", Scope::read, {}).text);
}

TEST(ApiKeys, can_be_taken_back) {
    const NewApiKey made = make_api_key("till", Scope::write, {});
    KeyRing ring({made.key});
    EXPECT_FALSE(ring.remove("no such id"));
    EXPECT_TRUE(ring.remove(made.key.id));
    EXPECT_EQ(ring.find(made.text), nullptr);
}

TEST(ApiKeys, that_are_damaged_are_refused_as_a_whole) {
    const std::string good = KeyRing({make_api_key("a", Scope::read, {}).key}).text();
    EXPECT_TRUE(KeyRing::parse(good));
    EXPECT_TRUE(KeyRing::parse("[]"));
    for (const std::string& bad : {std::string(), std::string("{}"), std::string("[1]"), std::string("[{}]"),
                                   good.substr(0, good.size() - 1)})
        EXPECT_FALSE(KeyRing::parse(bad)) << bad;
    std::string wrong_scope = good;
    wrong_scope.replace(wrong_scope.find("\"read\""), 6, "\"root\"");
    EXPECT_FALSE(KeyRing::parse(wrong_scope));
}

}  // namespace
}  // namespace regulars::api
