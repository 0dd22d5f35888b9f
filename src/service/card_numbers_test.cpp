#include "service/card_numbers.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regulars::service {
namespace {

std::string random_digits_of(std::size_t size) {
    std::string digits;
    while (digits.size() < size) digits += static_cast<char>('0' + *rc::gen::inRange(0, 10));
    return digits;
}

std::string card_of(std::string digits) {
    digits += luhn_digit(digits);
    return digits;
}

TEST(CardNumbers, have_the_check_digit_of_the_standard) {
    EXPECT_EQ(luhn_digit("7992739871"), '3');
    EXPECT_EQ(luhn_digit("453914880343646"), '7');
    EXPECT_TRUE(has_luhn_digit("79927398713"));
    for (const char* wrong : {"", "0", "7992739871", "7992739871x", "79927398710", " 79927398713"})
        EXPECT_FALSE(has_luhn_digit(wrong)) << wrong;
}

RC_GTEST_PROP(CardNumbers, with_one_wrong_digit_are_noticed, ()) {
    const std::string card = card_of(random_digits_of(*rc::gen::inRange<std::size_t>(7, 19)));
    for (std::size_t place = 0; place < card.size(); ++place)
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string other = card;
            other[place] = digit;
            RC_ASSERT(has_luhn_digit(other) == (digit == card[place]));
        }
}

// The one thing that this check digit does not see: 09 and 90 weigh the same.
RC_GTEST_PROP(CardNumbers, with_two_neighbours_changed_are_noticed_unless_they_are_0_and_9, ()) {
    const std::string card = card_of(random_digits_of(*rc::gen::inRange<std::size_t>(7, 19)));
    for (std::size_t place = 0; place + 1 < card.size(); ++place) {
        std::string other = card;
        std::swap(other[place], other[place + 1]);
        const std::string pair = card.substr(place, 2);
        const bool unseen = other == card || pair == "09" || pair == "90";
        RC_ASSERT(has_luhn_digit(other) == unseen);
    }
}

TEST(CardNumbers, are_of_the_programmes_form_and_differ) {
    std::set<std::string> made;
    for (int i = 0; i < 1'000; ++i) {
        const std::string number = make_card_number({"8800", 16});
        EXPECT_EQ(number.size(), 16U);
        EXPECT_TRUE(number.starts_with("8800"));
        EXPECT_TRUE(has_luhn_digit(number));
        made.insert(number);
    }
    EXPECT_GT(made.size(), 990U) << "eleven digits are chosen by chance";
    EXPECT_EQ(make_card_number({"", 8}).size(), 8U);
}

}  // namespace
}  // namespace regulars::service
