#include "api/member_tokens.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace regulars::api {

namespace {

const std::string secret(64, 'a');
const MemberToken token{"0123456789ab", {17850}, Instant{1'800'000'000'000}};

TEST(MemberToken, says_who_and_until_when) {
    const std::string text = sign(token, secret);
    const auto read = read_token(text);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->key_id, token.key_id);
    EXPECT_EQ(read->member, token.member);
    EXPECT_EQ(read->ends_at, token.ends_at);
    EXPECT_TRUE(is_signed(text, secret));
}

TEST(MemberToken, of_which_anything_is_changed_is_not_signed) {
    const std::string text = sign(token, secret);
    EXPECT_FALSE(is_signed(text, std::string(64, 'b')));
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string changed = text;
        changed[at] = changed[at] == '1' ? '2' : '1';
        EXPECT_FALSE(is_signed(changed, secret)) << changed;
    }
    EXPECT_FALSE(is_signed(text + "A", secret));
    EXPECT_FALSE(is_signed(text.substr(0, text.size() - 1), secret));
}

TEST(MemberToken, of_another_form_is_none) {
    const std::string text = sign(token, secret);
    for (const std::string& wrong :
         {std::string(), std::string("rm_"), std::string("rg_") + text.substr(3), std::string("rm_a_b_c_d"),
          std::string("rm_a_0_1800000000_x"), std::string("rm_a_-1_1800000000_x"), std::string("rm_a_1_1800000000_"),
          std::string("rm_a_1_99999999999999999999_x"), std::string("rm_a_1_9223372036854775807_x"),
          text + std::string(200, 'x')})
        EXPECT_FALSE(read_token(wrong).has_value()) << wrong;
}

}  // namespace

}  // namespace regulars::api
