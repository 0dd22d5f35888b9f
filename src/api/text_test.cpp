#include "api/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regulars::api {
namespace {

TEST(Utf8, is_told_from_what_only_looks_like_it) {
    for (const char* good :
         {"", "a", "\xc2\x80", "\xdf\xbf", "会员", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
        EXPECT_TRUE(is_utf8(good)) << good;
    for (const char* bad : {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                            "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe4\xbc", "\xff"})
        EXPECT_FALSE(is_utf8(bad)) << bad;
}

TEST(PercentDecoding, reads_paths_and_queries) {
    EXPECT_EQ(percent_decoded("a%20b", false), "a b");
    EXPECT_EQ(percent_decoded("a+b", false), "a+b");
    EXPECT_EQ(percent_decoded("a+b", true), "a b");
    EXPECT_EQ(percent_decoded("%E4%BC%9a", false), "会");
    EXPECT_EQ(percent_decoded("a%2Fb", false), "a/b");
}

TEST(PercentDecoding, refuses_broken_escapes_and_what_is_not_text) {
    for (const char* bad : {"%", "%4", "%zz", "a%4g", "%00", "%ff", "%ed%a0%80", "\xff"})
        EXPECT_EQ(percent_decoded(bad, false), std::nullopt) << bad;
}

RC_GTEST_PROP(PercentDecodingProperty, undoes_encoding, ()) {
    const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
    RC_ASSERT(percent_decoded(percent_encoded(text), false) == text);
    RC_ASSERT(percent_decoded(percent_encoded(text), true) == text);
}

}  // namespace
}  // namespace regulars::api
