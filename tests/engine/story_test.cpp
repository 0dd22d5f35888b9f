// Every story holds as written, holds when every event is delivered twice, and the same facts told at once give the
// same member; together the stories show every kind of fact and every refusal.
#include "story.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regulars::model {

namespace {

std::string test_name(const testing::TestParamInfo<Story>& info) {
    std::string name = info.param.file.substr(0, info.param.file.find('.')) + "__";
    for (const char letter : info.param.title)
        name += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
    return name;
}

class StoryTest : public testing::TestWithParam<Story> {};

TEST_P(StoryTest, holds_as_written) { EXPECT_THAT(tell(GetParam(), 1).failures, testing::IsEmpty()); }

TEST_P(StoryTest, holds_when_every_event_comes_twice) { EXPECT_THAT(tell(GetParam(), 2).failures, testing::IsEmpty()); }

TEST_P(StoryTest, ends_the_same_without_its_waits) {
    Story hurried = GetParam();
    const auto programme = load_programme(hurried.programme, hurried.replacements);
    // A wait before an event that is told late matters: it is what makes it late.
    const auto can_go = [&](const Row& wait) {
        return std::all_of(hurried.rows.begin(), hurried.rows.end(), [&](const Row& row) {
            return row.line <= wait.line || instant_of(row, *programme) >= instant_of(wait, *programme);
        });
    };
    std::vector<Row> rows;
    for (const Row& row : hurried.rows)
        if ((!row.fact.empty() && row.fact != "other:") || !can_go(row)) rows.push_back(row);
    hurried.rows = rows;
    for (Row& row : hurried.rows) row.expected.clear();
    engine::Member hurried_member = tell(hurried, 1).member;
    const Telling slow = tell(GetParam(), 1);
    // The last wait is caught up in one step.
    programme::Versions versions;
    versions.add(load_programme(GetParam().programme, GetParam().replacements));
    for (const Edition& edition : GetParam().editions) {
        std::vector<Replacement> all = GetParam().replacements;
        all.insert(all.end(), edition.replacements.begin(), edition.replacements.end());
        versions.add(load_programme(GetParam().programme, all));
    }
    engine::Outcome outcome;
    engine::advance(versions, hurried_member, slow.member.advanced_to, outcome);
    EXPECT_TRUE(hurried_member == slow.member);
}

INSTANTIATE_TEST_SUITE_P(stories, StoryTest, testing::ValuesIn(load_stories()), test_name);

TEST(stories, show_every_kind_of_fact_and_every_refusal) {
    std::set<std::size_t> facts_accepted;
    std::set<std::string_view> refusals;
    for (const Story& story : load_stories())
        for (const auto& [event, answer] : tell(story, 1).told) {
            if (answer.accepted()) facts_accepted.insert(event.fact.index());
            if (answer.rejection) refusals.insert(engine::code_of(*answer.rejection));
        }
    for (std::size_t kind = 0; kind < std::variant_size_v<engine::Fact>; ++kind)
        EXPECT_TRUE(facts_accepted.contains(kind)) << "no story shows fact number " << kind;
    // These need thousands of facts or a version that is gone: capacity_test.cpp shows them.
    const std::set<engine::Rejection> shown_elsewhere{
        engine::Rejection::unknown_programme_version, engine::Rejection::too_many_open_orders,
        engine::Rejection::too_many_parked_events};
    for (int i = 0; i <= static_cast<int>(engine::last_rejection); ++i) {
        const auto rejection = static_cast<engine::Rejection>(i);
        EXPECT_EQ(refusals.contains(engine::code_of(rejection)), !shown_elsewhere.contains(rejection))
            << engine::code_of(rejection);
    }
}

}  // namespace

}  // namespace regulars::model
