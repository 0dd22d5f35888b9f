#include "store/seal.hpp"

#include "store/sealed_columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>

namespace regulars::store {
namespace {

SealKey key_of(std::uint8_t number) {
    SealKey key{};
    key.fill(number);
    return key;
}

const SealedPlace place{.column = "members.document", .member = 7, .sequence = 3, .key = "k"};

RC_GTEST_PROP(seal, what_is_sealed_opens_with_its_key_at_its_place, (std::string plain)) {
    const Seal seal(key_of(1));
    const std::string sealed = seal.seal(place, plain);
    RC_ASSERT(is_sealed(sealed));
    RC_ASSERT(seal.made(sealed));
    RC_ASSERT(seal.open(place, sealed) == plain);
    const std::string text = seal.seal_text(place, plain);
    RC_ASSERT(is_sealed_text(text));
    RC_ASSERT(seal.made_text(text));
    RC_ASSERT(seal.open_text(place, text) == plain);
    RC_ASSERT(Seal(key_of(1)).open(place, sealed) == plain);
}

RC_GTEST_PROP(seal, a_changed_byte_or_a_missing_one_does_not_open, (std::string plain)) {
    const Seal seal(key_of(1));
    std::string sealed = seal.seal(place, plain);
    const auto at = *rc::gen::inRange<std::size_t>(0, sealed.size());
    RC_ASSERT(!seal.open(place, sealed.substr(0, at)));
    sealed[at] = static_cast<char>(sealed[at] ^ *rc::gen::inRange(1, 255));
    RC_ASSERT(!seal.open(place, sealed));
    RC_ASSERT(!seal.open_text(place, sealed));
}

TEST(seal, opens_nothing_that_another_key_sealed) {
    const Seal seal(key_of(1));
    const Seal other(key_of(2));
    const std::string sealed = seal.seal(place, "a person");
    EXPECT_NE(seal.name(), other.name());
    EXPECT_FALSE(other.made(sealed));
    EXPECT_FALSE(other.open(place, sealed));
}

TEST(seal, opens_nothing_at_another_place) {
    const Seal seal(key_of(1));
    const std::string sealed = seal.seal(place, "a person");
    const std::vector<SealedPlace> others{{"snapshots.document", 7, 3, "k"},
                                          {"members.document", 8, 3, "k"},
                                          {"members.document", 7, 4, "k"},
                                          {"members.document", 7, 3, ""}};
    for (const auto& other : others) EXPECT_FALSE(seal.open(other, sealed)) << other.column << other.member;
}

TEST(seal, the_same_value_never_looks_the_same_twice) {
    const Seal seal(key_of(1));
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(seen.insert(seal.seal(place, "a person")).second);
}

TEST(seal, hashes_tell_columns_kinds_values_and_keys_apart) {
    const Seal seal(key_of(1));
    const std::string hash = seal.hashed("identities.value", "phone", "+8613800138000");
    EXPECT_EQ(hash, Seal(key_of(1)).hashed("identities.value", "phone", "+8613800138000"));
    EXPECT_THAT(hash, testing::StartsWith(seal.name() + ":"));
    std::set<std::string> seen{hash};
    EXPECT_TRUE(seen.insert(seal.hashed("identities.value", "card", "+8613800138000")).second);
    EXPECT_TRUE(seen.insert(seal.hashed("identities.value", "phone+", "8613800138000")).second);
    EXPECT_TRUE(seen.insert(seal.hashed("one_time_codes.subject", "phone", "+8613800138000")).second);
    EXPECT_TRUE(seen.insert(Seal(key_of(2)).hashed("identities.value", "phone", "+8613800138000")).second);
}

// The format is in databases: what it opened once it opens for ever.
TEST(seal, opens_what_an_older_version_sealed) {
    const Seal seal(key_of(7));
    EXPECT_EQ(seal.name(), "1630d8f4");
    EXPECT_EQ(seal.hashed("identities.value", "phone", "+8613800138000"),
              "1630d8f4:DdhVkx9Z4iWjeJHq0Nfi63N1ClrVxjrUD6nymkeUWpc");
    const std::string text = "sealed:AFMBFjDY9IeEKeVfUv5E1YPACsjYdEi7v2d2fua6o4-xlVOjpStWJiKuSRnnUYSgjm5LX8r9Pg";
    EXPECT_EQ(seal.open_text(place, text), "a person");
}

TEST(sealed_columns, hold_the_value_itself_without_a_seal) {
    EXPECT_EQ(std::string_view(kept_bytes(nullptr, place, "a")), "a");
    EXPECT_EQ(std::string_view(kept_text(nullptr, place, "")), "");
    EXPECT_EQ(std::string_view(kept_identity(nullptr, {"phone", "1"})), "1");
    EXPECT_EQ(opened_bytes(nullptr, place, "a"), "a");
    EXPECT_EQ(opened_payload(nullptr, place, "{}"), "{}");
}

TEST(sealed_columns, seal_the_payload_of_every_fact_that_may_tell_of_a_person) {
    const Seal seal(key_of(1));
    for (const char* name : {"registered", "profile_changed", "identity_linked", "points_adjusted", "never_heard_of"})
        EXPECT_TRUE(is_sealed_text(kept_payload(&seal, place, name, "{}"))) << name;
    const auto kept = kept_payload(&seal, place, "order_created", "{}");
    EXPECT_EQ(std::string_view(kept), "{}");
    EXPECT_EQ(opened_payload(&seal, place, "{}"), "{}");
}

}  // namespace
}  // namespace regulars::store
