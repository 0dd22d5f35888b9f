#include "service/identities.hpp"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace regulars::service {
namespace {

/// The value as it is kept; "-" when it is refused.
std::string kept(const std::string& kind, const std::string& value, const std::string& country = "") {
    engine::Identity identity{kind, value};
    programme::IdentityPolicy policy;
    policy.country = country;
    if (const auto problem = normalise(identity, policy)) {
        EXPECT_FALSE(problem->message.empty());
        EXPECT_FALSE(problem->allowed.empty());
        EXPECT_EQ(identity.value, value) << "what is refused stays as it was";
        return "-";
    }
    EXPECT_EQ(identity.kind, kind);
    return identity.value;
}

struct Phone {
    const char* country;
    const char* typed;
    const char* kept;
};

TEST(Identities, phones_are_one_number_however_they_are_typed) {
    const Phone phones[] = {
        {"CN", "13800138000", "+8613800138000"},
        {"CN", "+86 138 0013 8000", "+8613800138000"},
        {"CN", "0086-138-0013-8000", "+8613800138000"},
        {"CN", " 138 0013 8000 ", "+8613800138000"},
        {"CN", "(0)10 6552 9988", "+861065529988"},
        {"CN", "010-65529988", "+861065529988"},
        {"CN", "+44 20 7946 0958", "+442079460958"},
        {"CN", "19912345678", "+8619912345678"},
        {"", "+8613800138000", "+8613800138000"},
        {"", "13800138000", "-"},
        {"GB", "020 7946 0958", "+442079460958"},
        {"GB", "07400 123456", "+447400123456"},
        {"GB", "+44 (0)7400 123456", "+447400123456"},
        {"US", "(212) 555-2368", "+12125552368"},
        {"US", "1-212-555-2368", "+12125552368"},
        {"US", "+1 212.555.2368", "+12125552368"},
        {"DE", "030 901820", "+4930901820"},
        {"DE", "0171 1234567", "+491711234567"},
        {"DE", "0049 171 1234567", "+491711234567"},
        {"HK", "5123 4567", "+85251234567"},
        {"HK", "+852 2123 4567", "+85221234567"},
        // What is none.
        {"CN", "1380013800", "-"},
        {"CN", "138001380000", "-"},
        {"CN", "", "-"},
        {"CN", "+", "-"},
        {"CN", "12345", "-"},
        {"CN", "call 13800138000", "-"},
        {"CN", "1-800-FLOWERS", "-"},
        {"US", "(212) 555-236", "-"},
        {"US", "+1 212 555 2368 x5", "-"},
        {"US", "+1 212 555 2368;ext=5", "-"},
        {"GB", "0000 000000", "-"},
        {"HK", "512 3456", "-"},
        {"CN", "+999 1234567", "-"},
        {"CN", "13800138000000000000000000000000000000000000", "-"},
        {"XX", "13800138000", "-"},
    };
    for (const Phone& phone : phones) EXPECT_EQ(kept("phone", phone.typed, phone.country), phone.kept) << phone.typed;
}

TEST(Identities, a_phone_that_is_kept_is_kept_again_as_it_is) {
    for (const char* phone : {"+8613800138000", "+442079460958", "+12125552368", "+491711234567", "+85251234567"})
        for (const char* country : {"", "CN", "US"}) EXPECT_EQ(kept("phone", phone, country), phone);
}

TEST(Identities, addresses_are_small_and_whole) {
    EXPECT_EQ(kept("email", " Li.Lei@Example.COM "), "li.lei@example.com");
    EXPECT_EQ(kept("email", "a+b@sub.example.co.uk"), "a+b@sub.example.co.uk");
    EXPECT_EQ(kept("email", "\xe6\x9d\x8e@\xe4\xbe\x8b\xe5\xad\x90.cn"), "\xe6\x9d\x8e@\xe4\xbe\x8b\xe5\xad\x90.cn");
    EXPECT_EQ(kept("email", std::string(64, 'a') + "@b.cn"), std::string(64, 'a') + "@b.cn");
    const std::vector<std::string> wrong{"",         "a",           "a@",        "@b.cn",     "a@b",        "a@@b.cn",
                                         "a@b@c.cn", "a b@c.cn",    "a@.cn",     "a@b..cn",   "a@b.cn.",    "a@-b.cn",
                                         "a@b-.cn",  "a@b.cn\nx",   "a\x7f@b.cn", std::string(65, 'a') + "@b.cn",
                                         "a@" + std::string(64, 'b') + ".cn", "a@" + std::string(250, 'b') + ".cn"};
    for (const std::string& email : wrong) EXPECT_EQ(kept("email", email), "-") << email;
}

TEST(Identities, cards_are_digits_of_which_the_last_fits) {
    EXPECT_EQ(kept("card", "4539 1488 0343 6467"), "4539148803436467");
    EXPECT_EQ(kept("card", "4539-1488-0343-6467"), "4539148803436467");
    for (const char* card : {"4539148803436468", "453914880343646", "79927398710", "", "1234567", "4539148803436467x",
                             "00000000000000000000"})
        EXPECT_EQ(kept("card", card), "-") << card;
    EXPECT_EQ(kept("card", "79927398713"), "79927398713");
}

TEST(Identities, everything_else_stays_as_it_is) {
    for (const char* kind : {"unionid", "openid:wx", "customer:web", "phones", "of_our_own"})
        for (const char* value : {" A b ", "13800138000", "Li@Example.com"}) EXPECT_EQ(kept(kind, value), value);
}

}  // namespace
}  // namespace regulars::service
