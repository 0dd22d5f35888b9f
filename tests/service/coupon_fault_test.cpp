// A store that fails gives nothing out: whatever call fails, what was answered is kept, what was not is still in stock,
// also where batches were decided ahead on what the failed one would have left.
#include <algorithm>
#include <future>

#include <gtest/gtest.h>

#include "audit.hpp"
#include "faulty_store.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

constexpr int requests_count = 120;

bool is_kept(const std::string& body) {
    return body.find("store_failed") == std::string::npos && body.find("outcome_unknown") == std::string::npos;
}

engine::HoldPlaced hold_of(std::string hold_id, std::vector<CouponId> coupons) {
    engine::HoldPlaced fact;
    fact.hold_id = std::move(hold_id);
    fact.lines.resize(1);
    fact.lines[0].amount = Money(100'00);
    fact.coupons = std::move(coupons);
    fact.balance = Money(5'00);
    return fact;
}

Command order_with_hold(const std::string& who, std::string_view at, const std::string& id, std::int64_t amount_minor) {
    Command made = order(who, at, id, amount_minor);
    std::get<engine::OrderCreated>(made.event.fact).hold_id = "H" + id;
    return made;
}

class CouponFaults : public testing::TestWithParam<contract::Backend> {
protected:
    ~CouponFaults() override { Faults::none(); }

    static std::unique_ptr<Service> start(const Shop& shop, std::size_t cache_members_max,
                                          std::size_t commands_ahead_min = SIZE_MAX) {
        ServiceOptions options = shop.options();
        options.open_store = &open_faulty;
        options.cache_members_max = cache_members_max;
        options.batch_commands_max = 4;
        options.commands_ahead_min = commands_ahead_min;
        return shop.start(std::move(options));
    }
    /// Of three members: registered, claimed with the last of a stock, reserved, ordered, returned and revoked.
    static std::vector<std::vector<Command>> story() {
        const auto claim = [](const char* who, const char* at, const char* coupon, const char* reference) {
            return command(who, at, engine::CouponClaimed{coupon, "", reference});
        };
        return {
            {command("1", "2026-01-05", engine::Registered{}), command("2", "2026-01-05", engine::Registered{}),
             claim("1", "2026-01-05", "last", "a"), claim("2", "2026-01-05", "dear", "b")},
            {claim("2", "2026-01-05", "last", "c"), claim("3", "2026-01-05", "last", "d"),
             command("1", "2026-01-05", engine::BalanceToppedUp{Money(50'00), {}, "t"})},
            {command("1", "2026-01-05", hold_of("HA", {{1}, {3}})), order_with_hold("1", "2026-01-05", "A", 82'00)},
            {command("1", "2026-01-06", engine::OrderRefunded{"A", "r", {}}),
             command("2", "2026-01-05", engine::CouponRevoked{CouponId{3}, ""})},
            {command("1", "2026-01-20", engine::CouponGranted{"pair", 2, "g", ""})},
        };
    }
    /// Seven members want what there is; every tenth request comes twice under its key.
    static std::vector<Command> commands_of(int number) {
        static constexpr const char* coupons[] = {"rare", "last", "today", "dear", "tenth"};
        const std::string who = std::to_string(number % 7);
        const std::string id = std::to_string(number);
        const std::string at = "2026-01-" + std::to_string(10 + number / 20) + "T10:00";
        if (number % 6 == 5) return {command(who, at, hold_of("H" + id, {{1}})), order_with_hold(who, at, id, 90'00)};
        if (number % 11 == 10) return {command(who, at, engine::OrderRefunded{std::to_string(number - 14), id, {}})};
        if (number % 13 == 12)
            return {command(who, at, engine::CouponRevoked{CouponId{3U + static_cast<unsigned>(number) % 3U}, ""})};
        return {command(who, at, engine::CouponClaimed{coupons[number % 5], "", id}),
                command(std::to_string(number), at, engine::BalanceToppedUp{Money(20'00), {}, "t"})};
    }
    static std::vector<std::string> ask_all(Service& service) {
        std::vector<std::future<Answered>> answers;
        for (int number = 0; number < requests_count; ++number) {
            const std::string id = std::to_string(number % 10 == 9 ? number - 1 : number);
            answers.push_back(submit(service, commands_of(number % 10 == 9 ? number - 1 : number), "key" + id, id));
        }
        std::vector<std::string> bodies;
        for (auto& answer : answers) bodies.push_back(wait_for(std::move(answer)).body);
        return bodies;
    }
    static void expect_sound(const Shop& shop, const std::string& where) {
        EXPECT_EQ(audit(*shop.open()), "") << where;
        EXPECT_EQ(shop.replay_differences(), "") << where;
    }
};

INSTANTIATE_TEST_SUITE_P(stores, CouponFaults, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

TEST_P(CouponFaults, whichever_call_fails_nothing_is_given_out_and_asking_again_gets_there) {
    Faults::none();
    const Shop flawless(GetParam(), Shop::checkout);
    {
        const auto service = start(flawless, 0);
        int number = 0;
        for (const auto& commands : story()) {
            const std::string body = ask(*service, commands, "key" + std::to_string(++number), "h").body;
            EXPECT_EQ(body.find("coupon_sold_out") != std::string::npos, number == 2) << body;
        }
    }
    const std::string goal = flawless.contents();
    expect_sound(flawless, "without any failure");
    bool failed = true;
    int call = 0;
    for (call = 1; failed; ++call) {
        ASSERT_LT(call, 100) << "the story has an end";
        const std::string where = "after a failure of call " + std::to_string(call);
        const Shop shop(GetParam(), Shop::checkout);
        const auto service = start(shop, call % 3 == 0 ? 100 : 0);
        Faults::fail_call(call, call % 2 == 0 ? StoreError::locked : StoreError::unavailable);
        int number = 0;
        for (const auto& commands : story()) {
            const std::string key = "key" + std::to_string(++number);
            const std::string before = shop.contents();
            if (is_kept(ask(*service, commands, key, "h").body)) continue;
            EXPECT_EQ(shop.contents(), before) << where;
            EXPECT_TRUE(is_kept(ask(*service, commands, key, "h").body)) << where;
        }
        failed = Faults::happened();
        Faults::none();
        EXPECT_EQ(shop.contents(), goal) << where;
    }
    EXPECT_GT(call, 12) << "the story makes several calls";
}

TEST_P(CouponFaults, after_a_break_at_commit_the_last_coupon_is_given_once) {
    const Shop shop(GetParam(), Shop::checkout);
    const auto service = start(shop, 100);
    const auto claim = [](const char* who, const char* reference) {
        return command(who, "2026-01-05", engine::CouponClaimed{"last", "", reference});
    };
    EXPECT_EQ(tell(*service, claim("1", "a")), "member 1 event 1 normal 0+0");
    Faults::break_after_commit();
    EXPECT_EQ(tell(*service, claim("2", "b")), "outcome_unknown");
    EXPECT_EQ(tell(*service, claim("3", "c")), "coupon_sold_out") << "it was given all the same";
    EXPECT_EQ(tell(*service, claim("2", "b")), "member 2 duplicate");
    const auto stocks = must(service->stocks());
    const auto last = std::ranges::find(stocks, "last", &CouponStock::coupon);
    ASSERT_NE(last, stocks.end());
    EXPECT_EQ(last->issued, 2);
    expect_sound(shop, "after the break");
}

TEST_P(CouponFaults, conflicts_are_decided_again_on_what_is_left_then) {
    const Shop shop(GetParam(), Shop::checkout);
    const auto service = start(shop, 100);
    const auto other = shop.start();
    const auto claim = [](const char* who, const char* reference) {
        return command(who, "2026-01-05", engine::CouponClaimed{"last", "", reference});
    };
    EXPECT_EQ(tell(*service, claim("1", "a")), "member 1 event 1 normal 0+0");
    // Another process takes the last; what this one remembers of the stock is out of date.
    EXPECT_EQ(tell(*other, claim("2", "b")), "member 2 event 1 normal 0+0");
    EXPECT_EQ(tell(*service, claim("3", "c")), "coupon_sold_out");
    EXPECT_EQ(tell(*service, claim("3", "c")), "coupon_sold_out");
    expect_sound(shop, "after the conflict");
}

TEST_P(CouponFaults, batches_decided_ahead_come_to_what_one_after_another_comes_to) {
    Faults::none();
    const Shop patient(GetParam(), Shop::checkout);
    std::vector<std::string> expected;
    {
        const auto service = start(patient, 1'000);
        expected = ask_all(*service);
    }
    for (const int conflicts : {0, 5}) {
        const Shop hurried(GetParam(), Shop::checkout);
        const auto service = start(hurried, 1'000, 1);
        Faults::conflict(conflicts);
        const std::vector<std::string> found = ask_all(*service);
        Faults::none();
        EXPECT_EQ(found, expected) << conflicts;
        EXPECT_EQ(hurried.contents(), patient.contents()) << conflicts;
        expect_sound(hurried, "decided ahead");
    }
    for (const char* told : {"coupon_sold_out", "coupon_limit_reached", "coupon_not_found", " event "})
        EXPECT_TRUE(std::ranges::any_of(expected, [&](const auto& one) { return one.find(told) != std::string::npos; }))
            << told << " is among what happens";
}

TEST_P(CouponFaults, stocks_are_right_when_the_batch_before_fails) {
    for (int call = 1; call < 60; call += 11) {
        const std::string where = "after a failure of call " + std::to_string(call);
        const Shop shop(GetParam(), Shop::checkout);
        const auto service = start(shop, call % 3 == 0 ? 0 : 1'000, 1);
        Faults::fail_call(call, call % 2 == 0 ? StoreError::locked : StoreError::unavailable);
        const std::vector<std::string> first = ask_all(*service);
        Faults::none();
        expect_sound(shop, where);
        const std::vector<std::string> again = ask_all(*service);
        for (std::size_t i = 0; i < first.size(); ++i) {
            EXPECT_TRUE(is_kept(again[i])) << again[i];
            if (is_kept(first[i])) {
                EXPECT_EQ(again[i], first[i]) << where << ", request " << i;
            }
        }
        expect_sound(shop, where + ", asked again");
    }
}

TEST_P(CouponFaults, an_unknown_outcome_in_the_middle_leaves_the_next_batches_on_what_is_there) {
    const Shop shop(GetParam(), Shop::checkout);
    const auto service = start(shop, 1'000, 1);
    Faults::break_after_commit();
    const std::vector<std::string> first = ask_all(*service);
    Faults::none();
    EXPECT_TRUE(std::ranges::any_of(first, [](const std::string& one) { return !is_kept(one); }));
    expect_sound(shop, "after the break");
    for (const std::string& body : ask_all(*service)) EXPECT_TRUE(is_kept(body)) << body;
    expect_sound(shop, "asked again");
}

}  // namespace
}  // namespace regulars::service
