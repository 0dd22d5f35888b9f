// What members share beside coupons: seats that are given back, and how many members each manager looks after, in one
// process and in several.
#include <gtest/gtest.h>

#include <thread>

#include "audit.hpp"
#include "service/coupon_stocks.hpp"
#include "service/programme_history.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

constexpr std::string_view programme_path = "tests/engine/programmes/benefits.yaml";
constexpr std::string_view day = "2026-03-02T10:00";

class SharedCounts : public testing::TestWithParam<contract::Backend> {
protected:
    Shop shop{GetParam(), programme_path};

    void SetUp() override { shop.set_clock(day); }
    void TearDown() override {
        EXPECT_EQ(audit(*shop.open()), "");
        EXPECT_EQ(shop.replay_differences(), "");
    }
    static Command grant(const std::string& who, const std::string& tier) {
        return command(who, day, engine::TierGranted{tier, {}, "test"});
    }
    static Command choose(const std::string& who) {
        Command chosen = command(who, day, engine::ManagerAssigned{"", "by load"});
        chosen.choose_manager = true;
        return chosen;
    }
    static void do_one(Service& service, const Command& one) {
        EXPECT_NE(tell(service, one).find(" event "), std::string::npos);
    }
    static std::string loads(Service& service) {
        std::string text;
        for (const ManagerLoad& load : must(service.managers()))
            text += load.staff + ' ' + std::to_string(load.members) + ' ';
        return text;
    }
};

INSTANTIATE_TEST_SUITE_P(stores, SharedCounts, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

TEST_P(SharedCounts, several_processes_share_members_out_evenly) {
    constexpr int members = 30;
    std::vector<std::unique_ptr<Service>> services;
    for (int i = 0; i < 2; ++i) {
        ServiceOptions options = shop.options();
        options.cache_members_max = 0;
        services.push_back(shop.start(std::move(options)));
    }
    for (int who = 0; who < members; ++who) do_one(*services[0], grant(std::to_string(who), "gold"));
    std::vector<std::thread> threads;
    for (std::size_t number = 0; number < 2; ++number)
        threads.emplace_back([&, number] {
            for (int who = static_cast<int>(number); who < members; who += 2)
                EXPECT_TRUE(eventually([&] {
                    const std::string told = tell(*services[number], choose(std::to_string(who)));
                    return told != "store_failed" && told != "outcome_unknown";
                }));
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(loads(*services[0]), "amy 15 ben 15 ");
}

TEST_P(SharedCounts, a_batch_chooses_one_member_after_another) {
    const auto service = shop.start();
    std::vector<Command> grants;
    std::vector<Command> choices;
    for (int who = 0; who < 9; ++who) {
        grants.push_back(grant(std::to_string(who), "gold"));
        choices.push_back(choose(std::to_string(who)));
    }
    EXPECT_EQ(ask(*service, grants).replies.size(), grants.size());
    EXPECT_EQ(ask(*service, choices).replies.size(), choices.size());
    EXPECT_EQ(loads(*service), "amy 5 ben 4 ");
    EXPECT_NE(tell(*service, choose("0")).find("duplicate"), std::string::npos) << "who has one keeps them";
    EXPECT_EQ(tell(*service, choose("nobody")), "member_not_found");
    do_one(*service, command("0", day, engine::ManagerAssigned{"ben", "asked for"}));
    EXPECT_EQ(loads(*service), "amy 4 ben 5 ");
    do_one(*service, command("1", day, engine::ManagerAssigned{"", "left"}));
    EXPECT_EQ(loads(*service), "amy 4 ben 4 ");
}

TEST_P(SharedCounts, a_seat_that_is_declined_goes_to_another) {
    const auto service = shop.start();
    const auto claim = [&](const std::string& who, const std::string& reference) {
        return tell(*service, command(who, day, engine::CouponClaimed{"party", "", reference}));
    };
    for (int who = 0; who < 4; ++who) do_one(*service, grant(std::to_string(who), "silver"));
    for (int who = 0; who < 3; ++who) EXPECT_NE(claim(std::to_string(who), "a").find("event"), std::string::npos);
    EXPECT_EQ(claim("3", "a"), "coupon_sold_out");
    do_one(*service, command("1", day, engine::CouponRevoked{{1}, "declined"}));
    EXPECT_NE(claim("3", "b").find("event"), std::string::npos);
    EXPECT_EQ(claim("1", "b"), "coupon_sold_out");
}

TEST(seats, of_another_day_are_not_given_out_again_today) {
    const Shop shop(contract::Backend::memory, programme_path);
    const auto store = shop.open();
    const auto history = must(ProgrammeHistory::from_rows(must(store->programmes())));
    CouponStocks stocks;
    ASSERT_TRUE(stocks.load(*store, *history, StockCache(), nullptr));
    programme::CouponTemplate terms = *history->current().coupons.find("party");
    terms.stock.per_day = 2;
    const auto tell_change = [&](std::string_view at, bool issued, std::string_view granted_at) {
        engine::Outcome outcome;
        engine::CouponChange& change = outcome.coupon_changes.emplace_back();
        change.coupon.name = "party";
        change.at = local(at);
        change.coupon.granted_at = local(granted_at);
        change.issued = issued;
        change.freed = !issued;
        stocks.take(outcome, history->current().zone, change.at);
    };
    const auto left = [&](std::string_view date) {
        for (const CouponStock& stock : stocks.left())
            if (stock.coupon == "party") return left_of(terms, stock, *parse_date(date));
        return std::int64_t{-1};
    };
    tell_change("2026-03-02T12:00", true, "2026-03-02T12:00");
    tell_change("2026-03-02T13:00", true, "2026-03-02T13:00");
    EXPECT_EQ(left("2026-03-02"), 0);
    tell_change("2026-03-02T14:00", false, "2026-03-02T12:00");
    EXPECT_EQ(left("2026-03-02"), 1);
    tell_change("2026-03-03T12:00", true, "2026-03-03T12:00");
    tell_change("2026-03-03T13:00", false, "2026-03-02T13:00");
    EXPECT_EQ(left("2026-03-03"), 1) << "the seat was of yesterday's number";
    EXPECT_EQ(stocks.rows().size(), 1U) << "what has not changed is not saved";
}

}  // namespace
}  // namespace regulars::service
