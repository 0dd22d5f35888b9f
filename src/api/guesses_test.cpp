#include "api/guesses.hpp"

#include <gtest/gtest.h>

namespace regulars::api {

namespace {

TEST(Guesses, end_after_ten_wrong_ones_for_an_hour) {
    Guesses guesses;
    for (int i = 0; i < wrong_codes_per_hour; ++i) {
        EXPECT_TRUE(guesses.may_try({1}, Instant{1000}));
        guesses.was_wrong({1}, Instant{1000});
    }
    EXPECT_FALSE(guesses.may_try({1}, Instant{1000}));
    EXPECT_TRUE(guesses.may_try({2}, Instant{1000})) << "others are not in the way";
    EXPECT_FALSE(guesses.may_try({1}, Instant{3'600'999}));
    EXPECT_TRUE(guesses.may_try({1}, Instant{3'601'000}));
    guesses.was_wrong({1}, Instant{3'601'000});
    EXPECT_TRUE(guesses.may_try({1}, Instant{3'601'001})) << "a new hour begins anew";
}

}  // namespace

}  // namespace regulars::api
