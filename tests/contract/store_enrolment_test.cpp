// What every store promises of one-time codes and of the codes that people scan to enrol, told to each in turn.
#include "store_contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>

namespace regulars::contract {
namespace {

using service::EnrolmentCode;
using service::OneTimeCode;
using testing::ElementsAre;
using testing::Eq;
using testing::IsEmpty;
using testing::Optional;

OneTimeCode code_for(std::string subject) {
    OneTimeCode code;
    code.subject = std::move(subject);
    code.purpose = "enrol";
    code.salt = "00ff";
    code.hash = "a1b2";
    code.ends_at = {1'700'000'300'000};
    code.tries = 2;
    code.asked_at = {1'700'000'000'000};
    code.hour_began_at = {1'699'999'000'000};
    code.in_hour = 3;
    code.day_began_at = {1'699'990'000'000};
    code.in_day = 7;
    return code;
}

OneTimeCode saved(OneTimeCode code) {
    ++code.version;
    return code;
}

EnrolmentCode scan_code(std::string code, std::uint64_t member, std::int64_t made_at) {
    return {.code = std::move(code),
            .kind = member == 0 ? "guide" : "friend",
            .name = "\xe9\x9f\xa9\xe6\xa2\x85\xe6\xa2\x85",
            .staff = "E'17",
            .store = "S \"1\"",
            .channel = "",
            .member = {member},
            .made_at = {made_at}};
}

std::optional<StoreError> error_of(const service::Stored<void>& written) {
    return written ? std::nullopt : std::optional(written.error().error);
}

TEST_P(store_contract, keeps_one_time_codes_as_they_are) {
    const std::array<std::string, 3> keys{"to:b", "from:a", "nobody"};
    EXPECT_THAT(store_->load_one_time_codes(keys).value(), testing::Each(Eq(std::nullopt)));
    EXPECT_THAT(store_->load_one_time_codes({}).value(), IsEmpty());
    OneTimeCode place;
    place.subject = "from:a";
    const std::array<OneTimeCode, 2> fresh{code_for("to:b"), place};
    ASSERT_TRUE(store_->save_one_time_codes(fresh));
    EXPECT_THAT(store_->load_one_time_codes(keys).value(),
                ElementsAre(Optional(saved(fresh[0])), Optional(saved(fresh[1])), Eq(std::nullopt)));
    OneTimeCode next = saved(fresh[0]);
    next.hash.clear();
    next.ends_at = instant_min;
    next.tries = 5;
    ASSERT_TRUE(store_->save_one_time_codes({&next, 1}));
    EXPECT_THAT(store_->load_one_time_codes({keys.data(), 1}).value(), ElementsAre(Optional(saved(next))));
}

TEST_P(store_contract, saves_one_time_codes_all_or_none_and_only_as_they_were_found) {
    const std::array<OneTimeCode, 2> fresh{code_for("to:a"), code_for("to:b")};
    ASSERT_TRUE(store_->save_one_time_codes({fresh.data(), 1}));
    EXPECT_EQ(error_of(store_->save_one_time_codes(fresh)), StoreError::conflict) << "the first exists";
    const std::array<std::string, 2> keys{"to:a", "to:b"};
    EXPECT_THAT(store_->load_one_time_codes(keys).value(), ElementsAre(Optional(saved(fresh[0])), Eq(std::nullopt)));
    OneTimeCode mine = saved(fresh[0]);
    OneTimeCode theirs = mine;
    theirs.tries = 4;
    ASSERT_TRUE(store_->save_one_time_codes({&theirs, 1}));
    mine.tries = 3;
    EXPECT_EQ(error_of(store_->save_one_time_codes({&mine, 1})), StoreError::conflict);
    EXPECT_THAT(store_->load_one_time_codes({keys.data(), 1}).value(), ElementsAre(Optional(saved(theirs))));
}

TEST_P(store_contract, forgets_one_time_codes_that_nobody_asks_about) {
    OneTimeCode old = code_for("to:old");
    old.asked_at = {1'000};
    OneTimeCode recent = code_for("to:recent");
    recent.asked_at = {2'000};
    const std::array<OneTimeCode, 2> both{old, recent};
    ASSERT_TRUE(store_->save_one_time_codes(both));
    ASSERT_TRUE(store_->forget_one_time_codes({2'000}));
    const std::array<std::string, 2> keys{"to:old", "to:recent"};
    EXPECT_THAT(store_->load_one_time_codes(keys).value(), ElementsAre(Eq(std::nullopt), Optional(saved(recent))));
}

TEST_P(store_contract, lets_one_of_many_use_a_one_time_code_up) {
    const OneTimeCode fresh = code_for("to:a");
    ASSERT_TRUE(store_->save_one_time_codes({&fresh, 1}));
    std::atomic<int> kept = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            const auto store = database_.open();
            OneTimeCode used = saved(fresh);
            used.hash.clear();
            if (store->save_one_time_codes({&used, 1})) ++kept;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(kept, 1);
}

TEST_P(store_contract, finds_enrolment_codes_by_code_and_by_friend) {
    EXPECT_EQ(store_->find_enrolment_code("C1").value(), std::nullopt);
    EXPECT_EQ(store_->find_invitation({7}).value(), std::nullopt);
    const auto guide = scan_code("C1", 0, 10);
    const auto later = scan_code("C2", 7, 30);
    const auto first = scan_code("C3", 7, 20);
    const auto other = scan_code("C4", 0, 40);
    for (const auto& code : {guide, later, first, other}) ASSERT_TRUE(store_->add_enrolment_code(code));
    EXPECT_EQ(error_of(store_->add_enrolment_code(guide)), StoreError::conflict);
    EXPECT_THAT(store_->find_enrolment_code("C1").value(), Optional(guide));
    EXPECT_THAT(store_->find_enrolment_code("C2").value(), Optional(later));
    EXPECT_THAT(store_->find_invitation({7}).value(), Optional(first));
    EXPECT_THAT(store_->list_enrolment_codes({"", 10}).value(), ElementsAre(guide, other));
    EXPECT_THAT(store_->list_enrolment_codes({"", 1}).value(), ElementsAre(guide));
    EXPECT_THAT(store_->list_enrolment_codes({"C1", 10}).value(), ElementsAre(other));
}

}  // namespace
}  // namespace regulars::contract
