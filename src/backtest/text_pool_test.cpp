#include "backtest/text_pool.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace regulars::backtest {
namespace {

TEST(text_pool, numbers_follow_the_order_of_first_sight) {
    TextPool pool;
    EXPECT_EQ(pool.add("b"), 0u);
    EXPECT_EQ(pool.add("a"), 1u);
    EXPECT_EQ(pool.add("b"), 0u);
    EXPECT_EQ(pool.find("a"), 1u);
    EXPECT_EQ(pool.find("c"), TextPool::none);
    EXPECT_EQ(pool.text(1), "a");
    EXPECT_EQ(pool.size(), 2u);
}

TEST(text_pool, a_hundred_thousand_texts_are_told_apart) {
    TextPool pool;
    for (std::uint32_t i = 0; i < 100'000; ++i) ASSERT_EQ(pool.add("customer " + std::to_string(i)), i);
    for (std::uint32_t i = 0; i < 100'000; ++i) ASSERT_EQ(pool.find("customer " + std::to_string(i)), i);
}

TEST(text_pool, texts_stay_where_they_are_while_others_come) {
    TextPool pool;
    const std::string_view first = pool.text(pool.add("the very first text, longer than a slot"));
    for (int i = 0; i < 200'000; ++i) (void)pool.add(std::to_string(i));
    EXPECT_EQ(first, "the very first text, longer than a slot");
}

RC_GTEST_PROP(text_pool, behaves_like_a_map, (const std::vector<std::string>& texts)) {
    TextPool pool;
    std::map<std::string, std::uint32_t> model;
    for (const std::string& text : texts) {
        const auto [place, is_new] = model.emplace(text, static_cast<std::uint32_t>(model.size()));
        RC_ASSERT(pool.add(text) == place->second);
    }
    for (const auto& [text, number] : model) {
        RC_ASSERT(pool.find(text) == number);
        RC_ASSERT(pool.text(number) == text);
    }
}

TEST(text_arena, keeps_texts_across_its_blocks) {
    TextArena arena;
    std::vector<std::uint64_t> handles;
    const std::string large(60'000, 'x');
    for (int i = 0; i < 100; ++i) handles.push_back(arena.add(large.substr(0, static_cast<std::size_t>(i) * 600)));
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(arena.text(handles[static_cast<std::size_t>(i)]).size(), static_cast<std::size_t>(i) * 600);
}

}  // namespace
}  // namespace regulars::backtest
