#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "base/diagnostic.hpp"
#include "base/id_text.hpp"
#include "base/nearest.hpp"
#include "base/quantity.hpp"

namespace regulars {
namespace {

TEST(Quantities, AddAndSubtractWithinTheirUnit) {
    Points points(5);
    points += Points(3);
    EXPECT_EQ(points - Points(10), Points(-2));
    EXPECT_EQ(-points, Points(-8));
    EXPECT_LT(Money(1), Money(2));
}

TEST(Quantities, OverflowIsRefusedWhereCheckedAndAbortsElsewhere) {
    const Money most(std::numeric_limits<std::int64_t>::max());
    EXPECT_FALSE(Money::checked_sum(most, Money(1)));
    EXPECT_EQ(Money::checked_sum(most, Money(-1)), Money(std::numeric_limits<std::int64_t>::max() - 1));
    EXPECT_DEATH(static_cast<void>(most + Money(1)), "overflows");
    EXPECT_DEATH(static_cast<void>(-Money(std::numeric_limits<std::int64_t>::min())), "overflows");
}

TEST(MembersIds, AreWhatDatabasesCanCountTo) {
    EXPECT_EQ(parse_member_id("1"), MemberId{1});
    EXPECT_EQ(parse_member_id("9223372036854775807"), MemberId{member_id_max});
    for (const char* wrong : {"", "0", "-1", "+1", "1 ", "1x", "9223372036854775808", "18446744073709551616"})
        EXPECT_EQ(parse_member_id(wrong), std::nullopt) << wrong;
}

TEST(Suggestions, FindTheNearestKnownWord) {
    constexpr std::array<std::string_view, 4> words{"regular", "special", "group", "gift_card"};
    EXPECT_EQ(nearest("reguler", words), "regular");
    EXPECT_EQ(nearest("SPECAIL", words), "special");
    EXPECT_EQ(nearest("grp", words), std::nullopt);
    EXPECT_EQ(nearest("giftcard", words), "gift_card");
    EXPECT_EQ(nearest("zebra", words), std::nullopt);
    EXPECT_EQ(nearest("", words), std::nullopt);
}

TEST(Diagnostics, SayWhereWhatAndWhatElse) {
    EXPECT_EQ(text_of(Diagnostic{"shop.yaml", 12, 9, "tiers.ladder[1].enter", "no such counter", "spendd",
                                 "spend, orders", "spend"}),
              "shop.yaml:12:9: tiers.ladder[1].enter: no such counter: found spendd, allowed spend, orders; did you "
              "mean spend?");
    EXPECT_EQ(text_of(Diagnostic{"shop.yaml", 0, 0, "", "the file is empty", "", "", ""}),
              "shop.yaml: the file is empty");
    EXPECT_EQ(text_of(Diagnostic{"", 0, 0, "", "wrong", "", "a number", ""}), "wrong: allowed a number");
}

}  // namespace
}  // namespace regulars
