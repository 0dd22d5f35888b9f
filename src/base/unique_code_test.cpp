#include "base/unique_code.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace regulars {
namespace {

using Digits = std::array<std::uint8_t, unique_code_digits>;

Digits any_digits() {
    return *rc::gen::container<Digits>(rc::gen::inRange<std::uint8_t>(0, 32));
}

TEST(UniqueCode, is_twelve_digits_and_a_check_character) {
    EXPECT_EQ(unique_code_of({}), "0000000000000");
    EXPECT_EQ(unique_code_of({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}), "0000000000012");
    EXPECT_EQ(shown_unique_code("0123456789ABC"), "0123-4567-89AB-C");
}

TEST(UniqueCode, has_no_letters_that_look_like_others) {
    const std::set<char> letters(unique_code_alphabet.begin(), unique_code_alphabet.end());
    EXPECT_EQ(letters.size(), 32u);
    for (const char letter : std::string_view("ILOU")) EXPECT_FALSE(letters.contains(letter)) << letter;
}

TEST(UniqueCode, refuses_what_is_no_code) {
    for (const char* text : {"", " ", "-", "SAVE20", "000000000000", "00000000000000", "000000000000U",
                             "0000-0000-0000-*", "\xef\xbc\x90"})
        EXPECT_FALSE(read_unique_code(text)) << text;
    EXPECT_FALSE(read_unique_code(std::string(60, ' ') + "0000000000000")) << "too long a text";
    EXPECT_TRUE(read_unique_code(std::string(51, ' ') + "0000000000000"));
}

RC_GTEST_PROP(UniqueCodeLaws, is_read_as_it_is_shown, ()) {
    const std::string code = unique_code_of(any_digits());
    RC_ASSERT(code.size() == unique_code_size);
    RC_ASSERT(read_unique_code(code) == code);
    RC_ASSERT(read_unique_code(shown_unique_code(code)) == code);
}

RC_GTEST_PROP(UniqueCodeLaws, is_read_however_it_is_typed, ()) {
    const std::string code = unique_code_of(any_digits());
    std::string typed;
    for (const char letter : shown_unique_code(code)) {
        std::string forms(1, letter);
        if (letter >= 'A' && letter <= 'Z') forms += static_cast<char>(letter - 'A' + 'a');
        if (letter == '0') forms += "Oo";
        if (letter == '1') forms += "IiLl";
        if (letter == '-') forms += ' ';
        typed += forms[*rc::gen::inRange<std::size_t>(0, forms.size())];
    }
    RC_ASSERT(read_unique_code(typed) == code);
}

// Every one of the 13 * 31 wrong characters that a code can have.
RC_GTEST_PROP(UniqueCodeLaws, notices_every_single_wrong_character, ()) {
    const std::string code = unique_code_of(any_digits());
    for (std::size_t place = 0; place < code.size(); ++place)
        for (const char letter : unique_code_alphabet) {
            std::string wrong = code;
            wrong[place] = letter;
            RC_ASSERT(read_unique_code(wrong).has_value() == (wrong == code));
        }
}

// Neighbours and any others.
RC_GTEST_PROP(UniqueCodeLaws, notices_any_two_characters_that_have_changed_places, ()) {
    const std::string code = unique_code_of(any_digits());
    for (std::size_t first = 0; first < code.size(); ++first)
        for (std::size_t second = first + 1; second < code.size(); ++second) {
            std::string wrong = code;
            std::swap(wrong[first], wrong[second]);
            RC_ASSERT(read_unique_code(wrong).has_value() == (wrong == code));
        }
}

// The sum is linear, so every pair of digits at every pair of neighbouring places stands for all codes that hold them.
TEST(UniqueCode, notices_every_pair_of_neighbours_that_can_be_swapped) {
    for (std::size_t place = 0; place + 1 < unique_code_digits; ++place)
        for (std::uint8_t a = 0; a < 32; ++a)
            for (std::uint8_t b = 0; b < 32; ++b) {
                Digits digits{};
                digits[place] = a;
                digits[place + 1] = b;
                std::string wrong = unique_code_of(digits);
                std::swap(wrong[place], wrong[place + 1]);
                EXPECT_EQ(read_unique_code(wrong).has_value(), a == b);
            }
}

}  // namespace
}  // namespace regulars
