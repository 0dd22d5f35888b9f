#include "service/programme_history.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "programme/parse.hpp"

namespace regulars::service {
namespace {

std::string source_of(std::uint32_t version) {
    std::stringstream text;
    text << std::ifstream("programmes/vancl.yaml").rdbuf();
    std::string source = text.str();
    const std::string first = "version: 1";
    return source.replace(source.find(first), first.size(), "version: " + std::to_string(version));
}

ProgrammeRow row(std::uint32_t version, std::int64_t activated_at_ms) {
    return {version, "vancl", source_of(version), Instant{activated_at_ms}};
}

TEST(programme_history, rows_in_any_order_become_ascending_versions) {
    const auto history = ProgrammeHistory::from_rows({row(4, 400), row(1, 100), row(2, 200)});
    ASSERT_TRUE(history.has_value());
    EXPECT_EQ((*history)->current_version(), 4U);
    EXPECT_TRUE((*history)->knows(2));
    EXPECT_FALSE((*history)->knows(3));
    const struct {
        std::int64_t at;
        std::uint32_t version_min;
        std::uint32_t version;
    } rows[] = {{0, 0, 1}, {100, 0, 1}, {199, 0, 1}, {200, 0, 2}, {399, 1, 2}, {399, 4, 4}, {400, 0, 4}, {9999, 0, 4}};
    for (const auto& one : rows) EXPECT_EQ((*history)->version_at(Instant{one.at}, one.version_min), one.version);
}

TEST(programme_history, rows_that_make_no_history_are_refused) {
    EXPECT_EQ(ProgrammeHistory::from_rows({}).error().error, StoreError::not_found);
    ProgrammeRow damaged = row(1, 0);
    damaged.source = "name: [";
    EXPECT_EQ(ProgrammeHistory::from_rows({damaged}).error().error, StoreError::corrupt);
    ProgrammeRow other = row(1, 0);
    other.version = 2;
    EXPECT_EQ(ProgrammeHistory::from_rows({other}).error().error, StoreError::corrupt);
    EXPECT_EQ(ProgrammeHistory::from_rows({row(1, 0), row(1, 0)}).error().error, StoreError::corrupt);
}

TEST(programme_history, only_members_behind_the_newest_activation_need_their_last_version) {
    const auto one = ProgrammeHistory::from_rows({row(1, 100)});
    const auto two = ProgrammeHistory::from_rows({row(1, 100), row(2, 200)});
    engine::Member member = engine::new_member(MemberId{1});
    EXPECT_FALSE((*two)->needs_last_version(member)) << "no event, no version";
    member.event_sequence = 1;
    member.advanced_to = Instant{150};
    EXPECT_TRUE((*two)->needs_last_version(member));
    EXPECT_FALSE((*one)->needs_last_version(member));
    member.advanced_to = Instant{200};
    EXPECT_FALSE((*two)->needs_last_version(member));
}

TEST(programme_history, time_up_to_an_activation_passes_under_the_version_before_it) {
    const Zone zone = *Zone::find("Asia/Shanghai");
    const auto at = [&](std::string_view text) { return *parse_instant(text, zone); };
    const auto history = ProgrammeHistory::from_rows({row(1, 0), row(2, at("2026-03-01").ms)});
    ASSERT_TRUE(history.has_value());
    engine::OrderCreated order;
    order.order_id = "A-1";
    order.lines.resize(1);
    order.lines[0].amount = Money(10'000);
    const struct {
        std::string_view ordered_at;   ///< paid and shipped then; counts 30 days later
        std::uint32_t granted_under;
    } rows[] = {{"2026-01-05", 1}, {"2026-01-30", 1}, {"2026-01-31", 2}};  // the second: at the very instant
    for (const auto& one : rows) {
        engine::Member member = engine::new_member(MemberId{1});
        engine::Outcome outcome;
        order.paid_at = order.shipped_at = at(one.ordered_at);
        const engine::Event event{at(one.ordered_at), order};
        ASSERT_TRUE((*history)->decide({member, 0, 1}, event, {}, outcome).has_value());
        outcome.clear();
        (*history)->advance({member, 1, 2}, at("2026-06-01"), outcome);
        ASSERT_EQ(outcome.ledger.size(), 1U);
        EXPECT_EQ(outcome.ledger[0].programme_version, one.granted_under) << one.ordered_at;
        EXPECT_EQ(member.advanced_to, at("2026-06-01"));
    }
}

TEST(programme_history, names_are_found_and_never_fail) {
    const auto history = ProgrammeHistory::from_rows({row(1, 0)});
    EXPECT_EQ((*history)->tier_name(1), "vip");
    EXPECT_EQ((*history)->tier_name(200), "normal");
    engine::Cost cost{};
    cost.programme_version = 1;
    EXPECT_EQ((*history)->benefit_of(cost), "points_redeemed");
    cost.benefit = 10'000;
    EXPECT_EQ((*history)->benefit_of(cost), "unknown");
    cost.programme_version = 9;
    EXPECT_EQ((*history)->benefit_of(cost), "unknown");
}

}  // namespace
}  // namespace regulars::service
