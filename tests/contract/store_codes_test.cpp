// What every store promises of notices, of codes that work once and of partners' codes, told to each in turn.
#include "store_contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace regulars::contract {
namespace {

using service::CodeBatchStatus;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Instant noon{1'700'000'000'000};

service::NoticeRow notice_row(std::uint64_t member, std::int64_t recorded_at, std::uint32_t index = 0) {
    return {.member = {member},
            .event_sequence = 2,
            .index = index,
            .recorded_at = {recorded_at},
            .notice = {.at = {noon.ms + recorded_at},
                       .kind = engine::NoticeKind::coupon_lapses,
                       .subject = "o'Brien \xe4\xbc\x9a",
                       .coupon = {7},
                       .order = {}}};
}

std::string hash_of(int number) {
    std::string hash(16, '\0');
    hash[3] = static_cast<char>(number / 256);
    hash[15] = static_cast<char>(number % 256);
    return hash;
}

service::CodeBatch code_batch(std::string name, CodeBatchStatus status = CodeBatchStatus::making) {
    return {.name = std::move(name), .coupon = "letter", .status = status, .made_at = noon, .made = 0, .taken = 0};
}

Batch batch_of(std::vector<service::CodeUse> uses) {
    Batch batch;
    batch.code_uses = std::move(uses);
    return batch;
}

service::CodeUse use_of(int number, std::uint64_t member) { return {hash_of(number), {member}, {3}, noon}; }

Batch giving(service::PartnerPool pool, std::uint64_t member, CouponId coupon) {
    Batch batch;
    batch.partner_uses = {{pool.name, ++pool.given, {member}, coupon, noon}};
    batch.pools = {std::move(pool)};
    return batch;
}

class store_codes : public store_contract {
protected:
    /// A batch of codes 0 to `count` - 1 that work.
    void make(const std::string& name, int count) {
        ASSERT_TRUE(store_->add_code_batch(code_batch(name)).has_value());
        std::vector<std::string> hashes;
        for (int number = 0; number < count; ++number) hashes.push_back(hash_of(number));
        ASSERT_TRUE(store_->add_codes(code_batch(name), hashes).has_value());
        auto ready = code_batch(name, CodeBatchStatus::ready);
        ready.made = count;
        ASSERT_TRUE(store_->save_code_batch(ready).has_value());
    }
    service::UniqueCode code(int number) {
        const std::string hash = hash_of(number);
        return store_->load_codes(std::span(&hash, 1)).value().at(0).value();
    }
    service::PartnerPool pool(const std::string& name) {
        return store_->load_pools(std::span(&name, 1)).value().at(0).value_or(service::PartnerPool{name});
    }
    std::int64_t import(const std::string& name, const std::vector<std::string>& codes) {
        return store_->add_partner_codes(name, codes).value();
    }
};

INSTANTIATE_TEST_SUITE_P(stores, store_codes, testing::ValuesIn(backends_and_sealed()),
                         [](const auto& backend) { return name_of(backend.param); });

// --- notices ---------------------------------------------------------------------------------------------------------

TEST_P(store_codes, notices_are_listed_in_the_order_of_recording_up_to_an_instant) {
    Batch batch;
    batch.notices = {notice_row(2, 20), notice_row(1, 20, 1), notice_row(1, 20), notice_row(9, 10), notice_row(1, 30)};
    ASSERT_TRUE(store_->commit(batch).has_value());
    std::vector<std::pair<std::int64_t, std::uint64_t>> seen;
    service::Page<service::NoticeKey> page{.after = {}, .limit = 2};
    for (auto rows = store_->list_notices({29}, page).value(); !rows.empty();
         rows = store_->list_notices({29}, page).value()) {
        EXPECT_LE(rows.size(), 2u);
        for (const auto& row : rows) seen.emplace_back(row.recorded_at.ms, row.member.value);
        page.after = rows.back().key();
    }
    EXPECT_THAT(seen, ElementsAre(std::pair(10, 9u), std::pair(20, 1u), std::pair(20, 1u), std::pair(20, 2u)));
    const auto last = store_->list_notices({30}, page).value();
    ASSERT_THAT(last, SizeIs(1)) << "where one has stopped, one goes on";
    EXPECT_EQ(last[0].event_sequence, 2u);
    EXPECT_EQ(last[0].notice, notice_row(1, 30).notice);
    EXPECT_THAT(store_->list_notices({9}, {}).value(), IsEmpty());
}

TEST_P(store_codes, old_notices_are_forgotten_a_few_at_a_time) {
    Batch batch;
    batch.notices = {notice_row(2, 20), notice_row(1, 20, 1), notice_row(1, 20), notice_row(9, 10), notice_row(1, 30)};
    ASSERT_TRUE(store_->commit(batch).has_value());
    EXPECT_EQ(store_->forget_notices({10}, 100).value(), 0) << "that instant is not before itself";
    EXPECT_EQ(store_->forget_notices({25}, 3).value(), 3);
    const auto left = store_->list_notices({99}, {}).value();
    ASSERT_THAT(left, SizeIs(2));
    EXPECT_EQ(left[0].member, MemberId{2}) << "the oldest go first";
    EXPECT_EQ(store_->forget_notices({25}, 3).value(), 1);
    EXPECT_EQ(store_->forget_notices({25}, 3).value(), 0);
    EXPECT_THAT(store_->list_notices({99}, {}).value(), SizeIs(1));
    batch.notices.resize(4);
    EXPECT_TRUE(store_->commit(batch).has_value()) << "and nothing of them is left";
}

TEST_P(store_codes, notices_of_one_member_begin_at_an_instant) {
    Batch batch;
    batch.notices = {notice_row(1, 20), notice_row(2, 20), notice_row(1, 10), notice_row(1, 30)};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto all = store_->list_member_notices({1}, instant_min, {}).value();
    ASSERT_THAT(all, SizeIs(3));
    EXPECT_EQ(all[0].recorded_at, Instant{10});
    const auto later = store_->list_member_notices({1}, {noon.ms + 20}, {{}, 1}).value();
    ASSERT_THAT(later, SizeIs(1));
    EXPECT_EQ(later[0].recorded_at, Instant{20});
    EXPECT_THAT(store_->list_member_notices({1}, {noon.ms + 20}, {later[0].key(), 9}).value(), SizeIs(1));
    EXPECT_THAT(store_->list_member_notices({3}, instant_min, {}).value(), IsEmpty());
}

TEST_P(store_codes, a_notice_is_kept_once) {
    Batch batch;
    batch.notices = {notice_row(1, 20)};
    ASSERT_TRUE(store_->commit(batch).has_value());
    EXPECT_EQ(store_->commit(batch).error().error, StoreError::conflict);
    EXPECT_THAT(store_->list_notices(noon, {}).value(), SizeIs(1));
}

// --- codes that work once --------------------------------------------------------------------------------------------

TEST_P(store_codes, a_code_works_when_its_batch_is_ready) {
    ASSERT_TRUE(store_->add_code_batch(code_batch("spring")).has_value());
    const std::vector<std::string> hashes{hash_of(1), hash_of(2)};
    ASSERT_TRUE(store_->add_codes(code_batch("spring"), hashes).has_value());
    EXPECT_FALSE(code(1).works()) << "its batch is being made";
    EXPECT_EQ(store_->commit(batch_of({use_of(1, 5)})).error().error, StoreError::conflict);
    ASSERT_TRUE(store_->save_code_batch(code_batch("spring", CodeBatchStatus::ready)).has_value());
    EXPECT_TRUE(code(1).works());
    EXPECT_EQ(code(1).coupon, "letter");
    EXPECT_EQ(code(1).batch, "spring");
    EXPECT_EQ(code(1).hash, hash_of(1));
    ASSERT_TRUE(store_->commit(batch_of({use_of(1, 5)})).has_value());
    EXPECT_FALSE(code(1).works());
    EXPECT_EQ(code(1).member, MemberId{5});
    EXPECT_EQ(code(1).issued, CouponId{3});
    EXPECT_EQ(store_->commit(batch_of({use_of(1, 6)})).error().error, StoreError::conflict) << "once";
    EXPECT_EQ(code(1).member, MemberId{5});
    ASSERT_TRUE(store_->save_code_batch(code_batch("spring", CodeBatchStatus::withdrawn)).has_value());
    EXPECT_FALSE(code(2).works());
    EXPECT_EQ(store_->commit(batch_of({use_of(2, 6)})).error().error, StoreError::conflict) << "withdrawn meanwhile";
}

TEST_P(store_codes, codes_are_found_in_the_order_asked_for) {
    make("spring", 300);
    const std::vector<std::string> hashes{hash_of(299), hash_of(300), hash_of(0), hash_of(299), "", "o'Brien"};
    const auto found = store_->load_codes(hashes).value();
    ASSERT_THAT(found, SizeIs(6));
    for (const std::size_t there : {0u, 2u, 3u}) EXPECT_EQ(found[there].value().hash, hashes[there]);
    for (const std::size_t missing : {1u, 4u, 5u}) EXPECT_FALSE(found[missing].has_value());
    EXPECT_THAT(store_->load_codes({}).value(), IsEmpty());
}

TEST_P(store_codes, batches_count_what_was_taken) {
    make("spring", 3);
    auto summer = code_batch("summer");
    summer.made_at = Instant{noon.ms - 1};
    ASSERT_TRUE(store_->add_code_batch(summer).has_value());
    ASSERT_TRUE(store_->commit(batch_of({use_of(0, 5), use_of(2, 6)})).has_value());
    const auto batches = store_->code_batches().value();
    ASSERT_THAT(batches, SizeIs(2));
    EXPECT_EQ(batches[0].name, "summer") << "the oldest first";
    EXPECT_EQ(batches[0].status, CodeBatchStatus::making);
    EXPECT_EQ(batches[1].made, 3);
    EXPECT_EQ(batches[1].taken, 2);
    EXPECT_EQ(store_->add_code_batch(code_batch("spring")).error().error, StoreError::conflict);
    EXPECT_EQ(store_->save_code_batch(code_batch("autumn")).error().error, StoreError::not_found);
}

TEST_P(store_codes, codes_that_exist_are_not_added_again_nor_those_beside_them) {
    make("spring", 2);
    const std::vector<std::string> hashes{hash_of(7), hash_of(1)};
    EXPECT_EQ(store_->add_codes(code_batch("spring"), hashes).error().error, StoreError::conflict);
    EXPECT_FALSE(store_->load_codes(hashes).value().at(0).has_value());
}

TEST_P(store_codes, a_batch_with_a_code_that_is_gone_is_refused_whole) {
    make("spring", 3);
    ASSERT_TRUE(store_->commit(batch_of({use_of(1, 5)})).has_value());
    const auto member = member_with(1);
    auto batch = contract::batch_of(member, 0);
    batch.notices = {notice_row(1, 20)};
    batch.code_uses = {use_of(0, 1), use_of(1, 1)};
    expect_refused(batch, StoreError::conflict);
    EXPECT_TRUE(code(0).works());
    EXPECT_FALSE(load(1).has_value());
    EXPECT_THAT(store_->list_notices(noon, {}).value(), IsEmpty());
}

// --- partners' codes -------------------------------------------------------------------------------------------------

TEST_P(store_codes, a_pool_takes_each_code_once_and_counts_them) {
    EXPECT_EQ(import("cinema", {"A", "B", "A"}), 2);
    EXPECT_EQ(import("cinema", {"B", "C", "o'Brien \"x\" {1}", ""}), 3);
    EXPECT_EQ(import("cinema", {"A", "B"}), 0);
    EXPECT_EQ(import("spa", {"A"}), 1) << "another pool";
    EXPECT_EQ(pool("cinema").imported, 5);
    EXPECT_EQ(pool("cinema").given, 0);
    EXPECT_EQ(pool("cinema").left(), 5);
    EXPECT_EQ(pool("cinema").version, 2u);
    const auto pools = store_->pools().value();
    ASSERT_THAT(pools, SizeIs(2));
    EXPECT_EQ(pools[0].name, "cinema");
    EXPECT_EQ(pools[1].name, "spa");
    EXPECT_EQ(pool("none").version, 0u);
}

TEST_P(store_codes, a_partners_code_goes_with_its_coupon) {
    import("cinema", {"A", "B"});
    Batch coupons;
    for (const std::uint32_t id : {1u, 2u}) {
        service::CouponRow& row = coupons.coupons.emplace_back();
        row.member = {5};
        row.change.coupon.id = {id};
        row.change.coupon.name = "ticket";
    }
    ASSERT_TRUE(store_->commit(coupons).has_value());
    ASSERT_TRUE(store_->commit(giving(pool("cinema"), 5, {2})).has_value());
    EXPECT_EQ(pool("cinema").given, 1);
    EXPECT_EQ(pool("cinema").version, 2u);
    const auto listed = store_->list_coupons({5}, {}).value();
    ASSERT_THAT(listed, SizeIs(2));
    EXPECT_EQ(listed[0].partner_code, "");
    EXPECT_EQ(listed[1].partner_code, "A");
    EXPECT_EQ(import("cinema", {"C"}), 1);
    ASSERT_TRUE(store_->commit(giving(pool("cinema"), 5, {1})).has_value());
    EXPECT_EQ(store_->list_coupons({5}, {}).value().at(0).partner_code, "B");
    EXPECT_EQ(pool("cinema").left(), 1);
}

TEST_P(store_codes, a_partners_code_moves_with_its_coupon) {
    import("cinema", {"A", "B"});
    ASSERT_TRUE(store_->commit(giving(pool("cinema"), 5, {2})).has_value());
    Batch batch;
    for (const auto& [member, id] : {std::pair(5u, 2u), std::pair(6u, 9u)}) {
        service::CouponRow& row = batch.coupons.emplace_back();
        row.member = {member};
        row.change.coupon.id = {id};
    }
    batch.partner_moves = {{{5}, {2}, {6}, {9}}, {{5}, {3}, {6}, {10}}};
    ASSERT_TRUE(store_->commit(batch).has_value());
    EXPECT_EQ(store_->list_coupons({5}, {}).value().at(0).partner_code, "");
    EXPECT_EQ(store_->list_coupons({6}, {}).value().at(0).partner_code, "A");
}

TEST_P(store_codes, a_pool_that_somebody_else_has_changed_gives_nothing) {
    import("cinema", {"A", "B"});
    const auto seen = pool("cinema");
    ASSERT_TRUE(store_->commit(giving(seen, 5, {1})).has_value());
    expect_refused(giving(seen, 6, {1}), StoreError::conflict);
    auto skipping = pool("cinema");
    skipping.given = 0;
    expect_refused(giving(skipping, 6, {1}), StoreError::conflict);
    skipping.given = 2;
    expect_refused(giving(skipping, 6, {1}), StoreError::conflict);
    EXPECT_EQ(pool("cinema").given, 1);
}

// Two handles give codes of one pool while a third imports more.
TEST_P(store_codes, no_code_of_a_pool_is_given_twice) {
    constexpr int each = 20;
    std::atomic<int> odd = 0;
    const auto may_try_again = [&](const service::StoreFailure& failure) {
        const bool may = failure.error == StoreError::conflict || failure.error == StoreError::locked;
        if (!may) ++odd;
        return may;
    };
    import("cinema", {"first"});
    const auto give = [&](std::uint64_t member) {
        const auto store = database_.open();
        const std::string name = "cinema";
        for (std::uint32_t given = 0; given < each;) {
            const auto found = store->load_pools(std::span(&name, 1)).value().at(0).value();
            if (found.left() == 0) continue;
            const auto result = store->commit(giving(found, member, {given + 1}));
            if (result) ++given;
            else if (!may_try_again(result.error())) return;
        }
    };
    const auto import_more = [&] {
        const auto store = database_.open();
        for (int number = 0; number < 2 * each;) {
            const std::string code = "code " + std::to_string(number);
            const auto result = store->add_partner_codes("cinema", std::span(&code, 1));
            if (result) ++number;
            else if (!may_try_again(result.error())) return;
        }
    };
    std::thread first(give, 1);
    std::thread second(give, 2);
    std::thread third(import_more);
    first.join();
    second.join();
    third.join();
    EXPECT_EQ(odd, 0);
    EXPECT_EQ(pool("cinema").imported, 2 * each + 1);
    EXPECT_EQ(pool("cinema").given, 2 * each);
    if (database_.backend() == Backend::memory) return;
    EXPECT_EQ(database_.run("SELECT count(*) FROM partner_codes WHERE member_id IS NOT NULL"), "40");
    EXPECT_EQ(database_.run("SELECT max(position) FROM partner_codes"), "41");
}

}  // namespace
}  // namespace regulars::contract
