// What every store promises of members, told to each in turn.
#include "store_contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regulars::contract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_P(store_contract, is_empty_at_first) {
    EXPECT_EQ(store_->last_member_id().value(), MemberId{0});
    EXPECT_THAT(store_->list_members({}).value(), IsEmpty());
    EXPECT_THAT(store_->programmes().value(), IsEmpty());
    EXPECT_THAT(store_->due_members(instant_max, 10).value(), IsEmpty());
    EXPECT_EQ(store_->setting("clock_start").value(), std::nullopt);
    EXPECT_FALSE(load(1).has_value());
    EXPECT_TRUE(store_->ping().has_value());
}

TEST_P(store_contract, answers_nothing_to_no_keys) {
    EXPECT_THAT(store_->load_members({}).value(), IsEmpty());
    EXPECT_THAT(store_->find_identities({}).value(), IsEmpty());
    EXPECT_THAT(store_->load_closed_orders({}).value(), IsEmpty());
    EXPECT_THAT(store_->find_answers({}).value(), IsEmpty());
    EXPECT_TRUE(store_->commit({}).has_value());
}

TEST_P(store_contract, gives_a_member_back_as_it_was) {
    auto member = member_with(7);
    member.profile.name = std::string("nul\0, 100 % \xf0\x9f\x8e\x81 \xff\xfe", 20);
    member.open_orders = {order_with("2024-1")};
    member.lots.push_back({{1}, Points(5), {1}, {2}, 1, {1}});
    save(member);
    const auto found = load(7);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->member, member);
    EXPECT_EQ(found->version, 1u);
}

TEST_P(store_contract, gives_a_member_with_coupons_back_as_it_was) {
    auto member = member_with(7);
    const engine::Coupon tea{{2}, "tea", 3, {5}, {6}, {1'800'000'000'000}, {1'799'000'000'000}};
    member.coupons = {tea, {{1}, "welcome", 3, {5}, {5}, instant_max, instant_max}};
    member.coupon_counts = {{"tea", 3, {19'700}, 1}};
    member.last_coupon_id = 3;
    const engine::Tenders tenders{{{tea, Money(200)}}, {{Points(5), instant_max, 3}}, Money(50), {{}, {}, Money(9)}};
    member.holds = {{"basket-1", {1'700'000'900'000}, Money(5'000), Money(800), tenders}};
    member.next_grants_at = {1'701'000'000'000};
    member.birthday_year = 2024;
    member.open_orders = {order_with("2024-1")};
    member.open_orders[0].tenders = tenders;
    member.open_orders[0].tender_points_returned = Points(1);
    save(member);
    EXPECT_EQ(load(7)->member, member);
}

TEST_P(store_contract, gives_members_in_the_order_asked_for) {
    for (const std::uint64_t id : {1u, 2u, 3u}) save(member_with(id));
    const std::vector<MemberId> ids{{3}, {99}, {1}, {3}};
    const auto found = store_->load_members(ids).value();
    ASSERT_THAT(found, SizeIs(4));
    EXPECT_EQ(found[0]->member.id, MemberId{3});
    EXPECT_FALSE(found[1].has_value());
    EXPECT_EQ(found[2]->member.id, MemberId{1});
    EXPECT_EQ(found[3]->member.id, MemberId{3});
}

TEST_P(store_contract, keeps_large_documents) {
    auto member = member_with(1);
    member.references.assign(20'000, std::string(100, '\0'));
    save(member);
    EXPECT_EQ(load(1)->member, member);
}

TEST_P(store_contract, keeps_the_largest_member_id) {
    save(member_with(INT64_MAX));
    save(member_with(5));
    EXPECT_EQ(store_->last_member_id().value(), MemberId{INT64_MAX});
    EXPECT_TRUE(load(INT64_MAX).has_value());
}

TEST_P(store_contract, counts_versions_with_each_save) {
    auto member = member_with(1);
    save(member);
    member.points_available = Points(10);
    save(member, 1);
    member.points_available = Points(20);
    save(member, 2);
    EXPECT_EQ(load(1)->version, 3u);
    EXPECT_EQ(load(1)->member.points_available, Points(20));
}

TEST_P(store_contract, tells_members_who_fall_due_together_in_the_order_in_which_that_was_noted) {
    const std::vector<std::pair<std::uint64_t, std::int64_t>> noted{{3, 10}, {1, 20}, {2, 20}};
    for (const auto& [id, at] : noted) {
        auto member = member_with(id);
        member.lots = {{{1}, Points(5), {1}, {1'000}, 1, {}}};
        auto batch = batch_of(member, 0);
        batch.members.front().now = {at};
        ASSERT_TRUE(store_->commit(batch).has_value());
    }
    EXPECT_EQ(store_->due_members({1'000}, 10).value(), (std::vector<MemberId>{{3}, {1}, {2}}));
    EXPECT_EQ(store_->due_members({1'000}, 2).value(), (std::vector<MemberId>{{3}, {1}}));
    EXPECT_THAT(store_->due_members({999}, 10).value(), IsEmpty());
}

TEST_P(store_contract, keeps_when_a_member_falls_due_if_it_is_said_to_be_the_same) {
    auto member = member_with(1);
    save(member);
    const auto due = store_->due_members(instant_max, 10).value();
    auto batch = batch_of(member, 1);
    batch.members.front().same_due = true;
    ASSERT_TRUE(store_->commit(batch).has_value());
    EXPECT_EQ(load(1)->version, 2u);
    EXPECT_EQ(store_->due_members(instant_max, 10).value(), due);
    expect_refused(batch, StoreError::conflict);
}

TEST_P(store_contract, refuses_a_member_that_somebody_else_saved_first) {
    const auto member = member_with(1);
    save(member);
    save(member, 1);
    struct Case {
        const char* what;
        std::uint64_t expected_version;
    };
    for (const auto& [what, expected_version] :
         {Case{"new, but there", 0}, Case{"an older version", 1}, Case{"a version to come", 3}}) {
        SCOPED_TRACE(what);
        expect_refused(batch_of(member, expected_version), StoreError::conflict);
        EXPECT_EQ(load(1)->version, 2u);
    }
}

TEST_P(store_contract, refuses_to_change_a_member_that_is_not_there) {
    expect_refused(batch_of(member_with(1), 4), StoreError::conflict);
    EXPECT_FALSE(load(1).has_value());
}

TEST_P(store_contract, refuses_a_member_twice_in_a_batch) {
    const auto member = member_with(1);
    auto batch = batch_of(member, 0);
    batch.members.push_back(batch.members.front());
    expect_refused(batch, StoreError::conflict);
    save(member);
    batch = batch_of(member, 1);
    batch.members.push_back(batch.members.front());
    expect_refused(batch, StoreError::conflict);
    EXPECT_EQ(load(1)->version, 1u);
}

TEST_P(store_contract, saves_new_and_known_members_together) {
    std::vector<engine::Member> members;
    for (std::uint64_t id = 1; id <= 500; ++id) members.push_back(member_with(id));
    Batch batch;
    for (std::size_t index = 0; index < members.size(); index += 2)
        batch.members.push_back({&members[index], 0, "vip"});
    ASSERT_TRUE(store_->commit(batch).has_value());
    batch.members.clear();
    for (std::size_t index = members.size(); index-- > 0;)
        batch.members.push_back({&members[index], index % 2 == 0 ? 1u : 0u, "svip"});
    ASSERT_TRUE(store_->commit(batch).has_value());
    EXPECT_EQ(load(1)->version, 2u);
    EXPECT_EQ(load(2)->version, 1u);
    const auto page = store_->list_members({.after = {498}, .limit = 10}).value();
    ASSERT_THAT(page, SizeIs(2));
    EXPECT_EQ(page[0].tier, "svip");
}

TEST_P(store_contract, shows_the_summary_beside_the_document) {
    auto member = member_with(1);
    member.lifetime = {Money(5'000), Growth(50), Points(100), 2};
    member.points_available = Points(70);
    member.balance = {Money(1), Money(2), Money(3)};
    member.open_orders = {order_with("2024-1")};
    member.last_order_at = Instant{1'700'000'000'005};
    save(member);
    engine::Member bare;
    bare.id = {2};
    save(bare);
    const auto page = store_->list_members({}).value();
    ASSERT_THAT(page, SizeIs(2));
    EXPECT_EQ(page[0].member, MemberId{1});
    EXPECT_EQ(page[0].tier, "normal");
    EXPECT_EQ(page[0].growth, 50);
    EXPECT_EQ(page[0].points_available, 70);
    EXPECT_EQ(page[0].points_pending, 42);
    EXPECT_EQ(page[0].balance_minor, 6);
    EXPECT_EQ(page[0].orders, 2);
    EXPECT_EQ(page[0].spend_minor, 5'000);
    EXPECT_EQ(page[0].last_order_at, Instant{1'700'000'000'005});
    EXPECT_EQ(page[0].registered_at, Instant{1'700'000'000'000});
    EXPECT_EQ(page[1].last_order_at, instant_min);
    EXPECT_EQ(page[1].registered_at, instant_min);
}

TEST_P(store_contract, lists_members_page_by_page) {
    for (const std::uint64_t id : {5u, 1u, 4u, 2u, 3u}) save(member_with(id));
    std::vector<std::uint64_t> seen;
    service::Page<MemberId> page{.limit = 2};
    for (auto rows = store_->list_members(page).value(); !rows.empty(); rows = store_->list_members(page).value()) {
        EXPECT_LE(rows.size(), 2u);
        for (const auto& row : rows) seen.push_back(row.member.value);
        page.after = rows.back().member;
    }
    EXPECT_THAT(seen, ElementsAre(1, 2, 3, 4, 5));
}

TEST_P(store_contract, tells_who_is_due_the_earliest_first) {
    const std::vector<std::pair<std::uint64_t, Instant>> lots{{1, {300}}, {2, {100}}, {3, instant_max},
                                                              {4, {200}}, {5, {100}}, {6, {-50}}};
    for (const auto& [id, expires_at] : lots) {
        auto member = member_with(id);
        member.lots.push_back({{1}, Points(1), {0}, expires_at, 1, {}});
        save(member);
    }
    EXPECT_THAT(store_->due_members({200}, 10).value(),
                ElementsAre(MemberId{6}, MemberId{2}, MemberId{5}, MemberId{4}));
    EXPECT_THAT(store_->due_members({200}, 2).value(), ElementsAre(MemberId{6}, MemberId{2}));
    EXPECT_THAT(store_->due_members({-51}, 10).value(), IsEmpty());
    EXPECT_THAT(store_->due_members(instant_max, 10).value(), SizeIs(5));
    auto member = load(2)->member;
    member.lots.clear();
    save(member, 1);
    EXPECT_THAT(store_->due_members({100}, 10).value(), ElementsAre(MemberId{6}, MemberId{5}));
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(stores, store_contract, testing::ValuesIn(backends_and_sealed()),
                         [](const auto& backend) { return name_of(backend.param); });

}  // namespace regulars::contract
