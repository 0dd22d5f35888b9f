// What the sections identity and profile become, and how they are told in words.
#include <gtest/gtest.h>

#include "programme/parse.hpp"
#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

Programme shop(const std::string& yaml) {
    const std::string head =
        "name: shop\nversion: 1\ncurrency: CNY\ntime_zone: Asia/Shanghai\ntiers: {ladder: [{name: member}]}\n";
    auto programme = parse(head + yaml, "shop.yaml");
    EXPECT_TRUE(programme) << (programme ? "" : text_of(programme.error()));
    return programme ? *programme : Programme{};
}

constexpr std::string_view everything = R"(
identity:
  country: CN
  cards: {prefix: 0088, digits: 16}
  invitations:
    - code: night
      title: {en: At night, zh: 夜间}
      at_least: 12.50
      channels: [web, app]
      from: 2026-03-01
      until: 2026-03-31
      times: {from: 22:00, until: 06:30}
      when: order.lines >= 2
profile:
  birthday_changes: 2
  attributes:
    - {name: occupation, kind: choice, choices: [teacher, doctor]}
    - {name: children, kind: integer, at_least: 1, at_most: 20}
    - {name: nickname}
grants:
  - {code: complete, on: profile_complete, fields: [name, attributes.children, phone], points: 5}
)";

TEST(ParseIdentity, ReadsEveryKey) {
    const Programme programme = shop(std::string(everything));
    const IdentityPolicy& identity = programme.identity;
    EXPECT_EQ(identity.country, "CN");
    ASSERT_TRUE(identity.cards);
    EXPECT_EQ(identity.cards->prefix, "0088");
    EXPECT_EQ(identity.cards->digits, 16);
    ASSERT_EQ(identity.invitations.size(), 1U);
    const CardInvitation& invitation = identity.invitations[0];
    EXPECT_EQ(invitation.code, "night");
    EXPECT_EQ(invitation.title.zh, "夜间");
    EXPECT_EQ(invitation.at_least, Money(1250));
    EXPECT_EQ(invitation.channels, (std::vector<std::string>{"app", "web"})) << "sorted";
    EXPECT_EQ(invitation.dates->last, date_of(2026, 3, 31));
    EXPECT_EQ(invitation.times->first, 22 * 60);
    EXPECT_EQ(invitation.times->last, 6 * 60 + 30);
    EXPECT_EQ(invitation.when->text(), "order.lines >= 2");
    const ProfilePolicy& profile = programme.profile;
    EXPECT_EQ(profile.birthday_changes, 2);
    ASSERT_EQ(profile.attributes.size(), 3U);
    EXPECT_EQ(profile.find("occupation")->choices, (std::vector<std::string>{"teacher", "doctor"}));
    EXPECT_EQ(profile.find("children")->least, 1);
    EXPECT_EQ(profile.find("children")->most, 20);
    EXPECT_EQ(profile.find("nickname")->kind, Attribute::Kind::text);
    EXPECT_EQ(profile.find("none"), nullptr);
    EXPECT_EQ(programme.grants[0].fields, (std::vector<std::string>{"name", "attributes.children", "phone"}));
}

TEST(ParseIdentity, SaysNothingWhereTheProgrammeSaysNothing) {
    const Programme programme = shop("");
    EXPECT_EQ(programme.identity.country, "");
    EXPECT_FALSE(programme.identity.cards);
    EXPECT_TRUE(programme.identity.invitations.empty());
    EXPECT_FALSE(programme.profile.birthday_changes);
    const std::string text = describe(programme);
    EXPECT_EQ(text.find("Identities"), std::string::npos);
    EXPECT_EQ(text.find("Profile"), std::string::npos);
}

TEST(ParseIdentity, IsToldInWords) {
    const std::string text = describe(shop(std::string(everything)));
    EXPECT_NE(text.find("Identities\n"
                        "  phones without a country code: CN\n"
                        "  cards: 16 digits, beginning with 0088\n"
                        "  first payment of 12.50 or more in app, web, 2026-03-01 to 2026-03-31, 22:00 to 06:30, "
                        "when order.lines >= 2: asked to claim a card (At night)\n"
                        "Profile\n"
                        "  the birthday may be changed 2 times\n"
                        "  occupation: teacher, doctor\n"
                        "  children: a whole number from 1 to 20\n"
                        "  nickname: a text\n"),
              std::string::npos)
        << text;
}

}  // namespace

}  // namespace regulars::programme
