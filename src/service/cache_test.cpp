#include "service/cache.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace regulars::service {
namespace {

using TestCache = Cache<std::uint64_t, std::shared_ptr<const std::string>, std::hash<std::uint64_t>>;

std::shared_ptr<const std::string> text(std::uint64_t value) {
    return std::make_shared<const std::string>(std::to_string(value));
}

TEST(cache, what_was_put_is_found_until_it_is_erased) {
    TestCache cache(1000);
    EXPECT_FALSE(cache.find(1).has_value());
    cache.put(1, text(1));
    cache.put(2, text(2));
    EXPECT_EQ(**cache.find(1), "1");
    cache.put(1, text(10));
    EXPECT_EQ(**cache.find(1), "10");
    EXPECT_EQ(cache.size(), 2U);
    cache.erase(1);
    cache.erase(1);
    EXPECT_FALSE(cache.find(1).has_value());
    EXPECT_EQ(**cache.find(2), "2");
    EXPECT_EQ(cache.size(), 1U);
}

TEST(cache, what_is_there_stays_when_the_caller_says_so) {
    TestCache cache(1000);
    cache.put(1, text(1));
    cache.put(1, text(2), [](const auto& present) { return *present == "1"; });
    EXPECT_EQ(**cache.find(1), "1");
    cache.put(1, text(3), [](const auto&) { return false; });
    EXPECT_EQ(**cache.find(1), "3");
}

TEST(cache, it_never_holds_more_than_its_bound_and_keeps_what_is_read) {
    constexpr std::uint64_t bound = 160;
    TestCache cache(bound);
    for (std::uint64_t i = 0; i < bound; ++i) {
        static_cast<void>(cache.find(7));
        cache.put(i, text(i));
    }
    for (std::uint64_t i = 1000; i < 3000; ++i) {
        static_cast<void>(cache.find(7));
        cache.put(i, text(i));
        EXPECT_LE(cache.size(), bound);
    }
    EXPECT_TRUE(cache.find(7).has_value());
    std::size_t old = 0;
    for (std::uint64_t i = 0; i < bound; ++i) old += cache.find(i) ? 1U : 0U;
    EXPECT_EQ(old, 1U);
}

TEST(cache, erasing_and_evicting_in_any_order_loses_nothing_else) {
    TestCache cache(64);
    std::uint64_t next = 0;
    for (int round = 0; round < 200; ++round) {
        for (int i = 0; i < 5; ++i, ++next) cache.put(next, text(next));
        cache.erase(next - 3);
        EXPECT_FALSE(cache.find(next - 3).has_value());
        EXPECT_EQ(**cache.find(next - 1), std::to_string(next - 1));
        EXPECT_LE(cache.size(), 64U);
    }
}

TEST(cache, a_cache_without_room_holds_nothing) {
    TestCache cache(0);
    cache.put(1, text(1));
    EXPECT_FALSE(cache.find(1).has_value());
}

TEST(cache, threads_that_read_write_and_erase_at_once_see_whole_values) {
    TestCache cache(64);
    std::vector<std::thread> threads;
    for (std::uint64_t seed = 1; seed <= 4; ++seed)
        threads.emplace_back([&cache, seed] {
            std::uint64_t state = seed;
            for (int i = 0; i < 5000; ++i) {
                state = state * 6364136223846793005U + 1442695040888963407U;
                const std::uint64_t key = (state >> 33U) % 200;
                if (i % 7 == 0) {
                    cache.erase(key);
                } else if (i % 2 == 0) {
                    cache.put(key, text(key));
                } else if (const auto found = cache.find(key)) {
                    EXPECT_EQ(**found, std::to_string(key));
                }
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_LE(cache.size(), 64U);
}

}  // namespace
}  // namespace regulars::service
