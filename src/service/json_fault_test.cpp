#include "service/json_fault.hpp"

#include <gtest/gtest.h>

#include <string>

namespace regulars::service {
namespace {

TEST(json_fault, the_first_byte_that_does_not_fit_is_named) {
    EXPECT_EQ(place_of_json_fault("{\"a\": 1,}"), "line 1, column 9");
    EXPECT_EQ(place_of_json_fault("{\"a\": 1\n \"b\": 2}"), "line 2, column 4");
    EXPECT_EQ(place_of_json_fault("{\n\"a\": tru\n}"), "line 2, column 9");
    EXPECT_EQ(place_of_json_fault("{} x"), "line 1, column 4");
}

TEST(json_fault, a_text_that_breaks_off_ends_there) {
    EXPECT_EQ(place_of_json_fault("{"), "line 1, column 2");
    EXPECT_EQ(place_of_json_fault(""), "line 1, column 1");
}

TEST(json_fault, what_is_nested_without_end_is_no_danger) {
    EXPECT_EQ(place_of_json_fault(std::string(1'000'000, '[')), "line 1, column 1000001");
}

TEST(json_fault, of_json_nothing_is_said) { EXPECT_EQ(place_of_json_fault("{\"a\": [1, 2]}"), ""); }

}  // namespace
}  // namespace regulars::service
