// What every store promises of coupons and of the stocks that members share, told to each in turn.
#include "store_contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>

namespace regulars::contract {
namespace {

using engine::CouponStatus;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

service::CouponRow coupon_row(std::uint64_t member, std::uint32_t coupon, CouponStatus status = CouponStatus::usable) {
    return {.member = {member},
            .change = {.coupon = {.id = {coupon},
                                  .name = "welcome",
                                  .programme_version = 3,
                                  .granted_at = {1'700'000'000'000},
                                  .usable_from = {1'700'000'000'001},
                                  .expires_at = {1'702'000'000'000},
                                  .remind_at = {1'701'000'000'000}},
                       .status = status,
                       .at = {1'700'500'000'000},
                       .order = {},
                       .amount = {},
                       .exposure = {}}};
}

service::CouponStock stock_of(std::string coupon, std::int64_t issued, std::uint64_t version) {
    return {.coupon = std::move(coupon),
            .issued = issued,
            .day = {19'700},
            .issued_on_day = issued,
            .exposure = Money(issued * 2'000),
            .version = version};
}

Batch batch_of(service::CouponStock stock) {
    Batch batch;
    batch.stocks.push_back(std::move(stock));
    return batch;
}

void expect_stock(const std::optional<service::CouponStock>& found, const service::CouponStock& saved) {
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->coupon, saved.coupon);
    EXPECT_EQ(found->issued, saved.issued);
    EXPECT_EQ(found->day, saved.day);
    EXPECT_EQ(found->issued_on_day, saved.issued_on_day);
    EXPECT_EQ(found->exposure, saved.exposure);
    EXPECT_EQ(found->version, saved.version + 1);
}

// --- coupons -----------------------------------------------------------------------------------------------------

TEST_P(store_contract, keeps_the_last_state_of_a_coupon) {
    auto row = coupon_row(1, 1);
    Batch batch;
    batch.coupons = {row};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto usable = store_->list_coupons({1}, {}).value();
    ASSERT_THAT(usable, SizeIs(1));
    EXPECT_EQ(usable[0].coupon, CouponId{1});
    EXPECT_EQ(usable[0].name, "welcome");
    EXPECT_EQ(usable[0].status, "usable");
    EXPECT_EQ(usable[0].programme_version, 3u);
    EXPECT_EQ(usable[0].granted_at, Instant{1'700'000'000'000});
    EXPECT_EQ(usable[0].usable_from, Instant{1'700'000'000'001});
    EXPECT_EQ(usable[0].expires_at, Instant{1'702'000'000'000});
    EXPECT_EQ(usable[0].ended_at, std::nullopt);
    EXPECT_EQ(usable[0].order, OrderNumber{0});
    EXPECT_EQ(usable[0].amount_minor, 0);
    row.change.status = CouponStatus::used;
    row.change.order = {9};
    row.change.amount = Money(2'000);
    batch.coupons = {row};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto used = store_->list_coupons({1}, {}).value();
    ASSERT_THAT(used, SizeIs(1));
    EXPECT_EQ(used[0].status, "used");
    EXPECT_EQ(used[0].ended_at, row.change.at);
    EXPECT_EQ(used[0].order, OrderNumber{9});
    EXPECT_EQ(used[0].amount_minor, 2'000);
    batch.coupons = {coupon_row(1, 1)};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto back = store_->list_coupons({1}, {}).value();
    ASSERT_THAT(back, SizeIs(1));
    EXPECT_EQ(back[0].status, "usable") << "the order came back, and the coupon with it";
    EXPECT_EQ(back[0].ended_at, std::nullopt);
    EXPECT_EQ(back[0].order, OrderNumber{0});
    EXPECT_EQ(back[0].amount_minor, 0);
}

TEST_P(store_contract, tells_of_every_status_whether_the_coupon_has_ended) {
    struct Case {
        CouponStatus status;
        const char* name;
        bool ended;
    };
    const std::array<Case, 5> cases{{{CouponStatus::usable, "usable", false},
                                     {CouponStatus::held, "held", false},
                                     {CouponStatus::used, "used", true},
                                     {CouponStatus::expired, "expired", true},
                                     {CouponStatus::revoked, "revoked", true}}};
    Batch batch;
    for (std::uint32_t index = 0; index < cases.size(); ++index)
        batch.coupons.push_back(coupon_row(1, index + 1, cases[index].status));
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto coupons = store_->list_coupons({1}, {}).value();
    ASSERT_THAT(coupons, SizeIs(cases.size()));
    for (std::size_t index = 0; index < cases.size(); ++index) {
        EXPECT_EQ(coupons[index].status, cases[index].name);
        EXPECT_EQ(coupons[index].ended_at.has_value(), cases[index].ended) << cases[index].name;
    }
}

TEST_P(store_contract, says_nothing_of_the_end_of_a_coupon_that_never_lapses) {
    Batch batch;
    batch.coupons = {coupon_row(1, 1), coupon_row(1, 2), coupon_row(1, 3)};
    batch.coupons[0].change.coupon.expires_at = instant_max;
    batch.coupons[1].change.coupon.expires_at = Instant{0};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const auto coupons = store_->list_coupons({1}, {}).value();
    ASSERT_THAT(coupons, SizeIs(3));
    EXPECT_EQ(coupons[0].expires_at, std::nullopt);
    EXPECT_EQ(coupons[1].expires_at, Instant{0});
    EXPECT_EQ(coupons[2].expires_at, Instant{1'702'000'000'000});
    if (database_.backend() == Backend::memory) return;
    EXPECT_EQ(database_.run("SELECT count(*) FROM coupons WHERE expires_at IS NULL"), "1");
}

TEST_P(store_contract, lists_the_coupons_of_one_member_page_by_page) {
    Batch batch;
    for (const std::uint32_t coupon : {5u, 1u, UINT32_MAX, 2u, 10u}) batch.coupons.push_back(coupon_row(1, coupon));
    batch.coupons.push_back(coupon_row(2, 3));
    ASSERT_TRUE(store_->commit(batch).has_value());
    std::vector<std::uint32_t> seen;
    service::Page<std::uint32_t> page{.limit = 2};
    for (auto rows = store_->list_coupons({1}, page).value(); !rows.empty();
         rows = store_->list_coupons({1}, page).value()) {
        EXPECT_LE(rows.size(), 2u);
        for (const auto& row : rows) seen.push_back(row.coupon.value);
        page.after = rows.back().coupon.value;
    }
    EXPECT_THAT(seen, ElementsAre(1, 2, 5, 10, UINT32_MAX));
    EXPECT_THAT(store_->list_coupons({2}, {}).value(), SizeIs(1));
    EXPECT_THAT(store_->list_coupons({9}, {}).value(), IsEmpty());
    EXPECT_THAT(store_->list_coupons({1}, {.limit = 0}).value(), IsEmpty());
    EXPECT_THAT(store_->list_coupons({1}, {.limit = SIZE_MAX}).value(), SizeIs(5));
}

// --- stocks ------------------------------------------------------------------------------------------------------

TEST_P(store_contract, knows_no_stock_before_it_is_saved) {
    const std::vector<std::string> keys{"welcome", ""};
    EXPECT_THAT(store_->load_stocks(keys).value(), ElementsAre(testing::Eq(std::nullopt), testing::Eq(std::nullopt)));
    EXPECT_THAT(store_->load_stocks({}).value(), IsEmpty());
}

TEST_P(store_contract, counts_the_versions_of_a_stock_with_each_save) {
    const std::vector<std::string> keys{"welcome"};
    auto stock = stock_of("welcome", 10, 0);
    ASSERT_TRUE(store_->commit(batch_of(stock)).has_value());
    expect_stock(store_->load_stocks(keys).value().at(0), stock);
    stock = {"welcome", INT64_MAX, {-1}, 0, Money(-5), 1};
    ASSERT_TRUE(store_->commit(batch_of(stock)).has_value());
    expect_stock(store_->load_stocks(keys).value().at(0), stock);
}

TEST_P(store_contract, gives_stocks_in_the_order_asked_for) {
    const std::string odd = "o'Brien \"x\" \\ {1,2} \xe4\xbc\x9a";
    Batch batch;
    for (const auto& name : {std::string("b"), odd, std::string("a")}) batch.stocks.push_back(stock_of(name, 1, 0));
    ASSERT_TRUE(store_->commit(batch).has_value());
    const std::vector<std::string> keys{"b", "none", odd, "B", "b", "a"};
    const auto found = store_->load_stocks(keys).value();
    ASSERT_THAT(found, SizeIs(6));
    for (std::size_t index = 0; index < keys.size(); ++index) {
        const bool there = keys[index] != "none" && keys[index] != "B";
        ASSERT_EQ(found[index].has_value(), there) << keys[index];
        EXPECT_EQ(found[index].value_or(stock_of(keys[index], 0, 0)).coupon, keys[index]);
    }
}

TEST_P(store_contract, saves_new_and_known_stocks_together) {
    ASSERT_TRUE(store_->commit(batch_of(stock_of("b", 1, 0))).has_value());
    Batch batch;
    batch.stocks = {stock_of("c", 2, 0), stock_of("b", 2, 1), stock_of("a", 2, 0)};
    ASSERT_TRUE(store_->commit(batch).has_value());
    batch.stocks = {stock_of("c", 3, 1), stock_of("b", 3, 2), stock_of("a", 3, 1)};
    ASSERT_TRUE(store_->commit(batch).has_value());
    const std::vector<std::string> keys{"c", "b", "a"};
    const auto found = store_->load_stocks(keys).value();
    for (std::size_t index = 0; index < keys.size(); ++index) expect_stock(found[index], batch.stocks[index]);
}

TEST_P(store_contract, refuses_the_whole_batch_when_somebody_else_saved_a_stock_first) {
    ASSERT_TRUE(store_->commit(batch_of(stock_of("welcome", 1, 0))).has_value());
    ASSERT_TRUE(store_->commit(batch_of(stock_of("welcome", 2, 1))).has_value());
    struct Case {
        const char* what;
        std::vector<service::CouponStock> stocks;
    };
    const std::vector<Case> cases{
        {"new, but there", {stock_of("welcome", 3, 0)}},
        {"an older version", {stock_of("welcome", 3, 1)}},
        {"a version to come", {stock_of("welcome", 3, 3)}},
        {"not there", {stock_of("tea", 3, 1)}},
        {"one of two", {stock_of("fresh", 1, 0), stock_of("welcome", 3, 1)}},
        {"a new one twice", {stock_of("fresh", 1, 0), stock_of("fresh", 1, 0)}},
        {"a known one twice", {stock_of("welcome", 3, 2), stock_of("welcome", 3, 2)}},
    };
    const auto member = member_with(1);
    for (const auto& [what, stocks] : cases) {
        SCOPED_TRACE(what);
        auto batch = contract::batch_of(member, 0);
        batch.events = {event_row(1, 1)};
        batch.coupons = {coupon_row(1, 1)};
        batch.stocks = stocks;
        batch.answers = {{"key", "beef", 200, "", {1}}};
        expect_refused(batch, StoreError::conflict);
        EXPECT_FALSE(load(1).has_value());
        EXPECT_THAT(store_->list_events({1}, {}).value(), IsEmpty());
        EXPECT_THAT(store_->list_coupons({1}, {}).value(), IsEmpty());
        const std::vector<std::string> answers{"key"};
        EXPECT_FALSE(store_->find_answers(answers).value().at(0).has_value());
        const std::vector<std::string> keys{"welcome", "tea", "fresh"};
        const auto found = store_->load_stocks(keys).value();
        expect_stock(found[0], stock_of("welcome", 2, 1));
        EXPECT_FALSE(found[1].has_value());
        EXPECT_FALSE(found[2].has_value());
    }
}

TEST_P(store_contract, saves_no_stock_when_a_member_was_saved_by_somebody_else) {
    const auto member = member_with(1);
    save(member);
    auto batch = contract::batch_of(member, 0);
    batch.stocks = {stock_of("welcome", 1, 0)};
    batch.coupons = {coupon_row(1, 1)};
    expect_refused(batch, StoreError::conflict);
    const std::vector<std::string> keys{"welcome"};
    EXPECT_FALSE(store_->load_stocks(keys).value().at(0).has_value());
    EXPECT_THAT(store_->list_coupons({1}, {}).value(), IsEmpty());
}

// Two handles give coupons of one stock to members of their own, as two processes would.
TEST_P(store_contract, never_loses_a_count_of_a_stock) {
    constexpr std::uint32_t coupons = 20;
    std::atomic<int> odd = 0;
    const auto contend = [&](std::uint64_t member) {
        const auto store = database_.open();
        const std::vector<std::string> keys{"welcome"};
        for (std::uint32_t given = 0; given < coupons;) {
            auto stock = store->load_stocks(keys).value().at(0).value_or(stock_of("welcome", 0, 0));
            ++stock.issued;
            ++stock.issued_on_day;
            stock.exposure += Money(2'000);
            auto batch = batch_of(stock);
            batch.coupons = {coupon_row(member, given + 1)};
            const auto result = store->commit(batch);
            if (result) {
                ++given;
            } else if (result.error().error != StoreError::conflict && result.error().error != StoreError::locked) {
                ++odd;
                break;
            }
        }
    };
    std::thread first(contend, 1);
    std::thread second(contend, 2);
    first.join();
    second.join();
    EXPECT_EQ(odd, 0);
    const std::vector<std::string> keys{"welcome"};
    expect_stock(store_->load_stocks(keys).value().at(0), stock_of("welcome", 2 * coupons, 2 * coupons - 1));
    EXPECT_THAT(store_->list_coupons({1}, {}).value(), SizeIs(coupons));
    EXPECT_THAT(store_->list_coupons({2}, {}).value(), SizeIs(coupons));
}

}  // namespace
}  // namespace regulars::contract
