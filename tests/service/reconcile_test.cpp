// Every day's ledger sums to zero and every member has what the ledger says; who has not is named.
#include <gtest/gtest.h>

#include <atomic>
#include <map>

#include "audit.hpp"
#include "coupon_workload.hpp"
#include "service/reconcile.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

using engine::Account;

class Reconcile : public testing::TestWithParam<contract::Backend> {
protected:
    static ReconcileReport look(const Shop& shop) {
        return must(reconcile(*shop.open(), *Zone::find("Asia/Shanghai"), {}));
    }
    // Some hundred events of a few members, over weeks.
    static void live(const Shop& shop, std::uint64_t seed) {
        std::atomic<std::int64_t> clock{local("2026-01-01T08:00").ms};
        auto options = shop.options();
        options.clock = [&clock] { return Instant{clock.load()}; };
        const auto service = shop.start(options);
        CouponWorkload workload(*service, seed, true);
        for (int round = 0; round < 30; ++round) {
            const std::vector<Command> commands = workload.next(workload.pick(25));
            workload.heard(commands, ask(*service, commands).replies);
            clock = workload.now().ms;
        }
        service->drain();
    }
};

INSTANTIATE_TEST_SUITE_P(stores, Reconcile, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

TEST_P(Reconcile, sums_each_day_to_zero_and_finds_everybody_right) {
    const Shop shop(GetParam(), Shop::checkout);
    live(shop, 20260105);
    const ReconcileReport report = look(shop);
    EXPECT_GT(report.entries, 40U) << "there is something to sum up";
    EXPECT_GT(report.days.size(), 3u);
    for (const auto& [day, sums] : report.days) {
        std::int64_t sum = 0;
        for (const auto& [account, amount] : sums) sum += amount;
        EXPECT_EQ(sum, 0) << text_of(day);
    }
    EXPECT_TRUE(report.sums_to_zero());
    EXPECT_EQ(report.members_differing, 0u);
    std::map<Account, std::int64_t> over_days;
    for (const auto& [day, sums] : report.days)
        for (const auto& [account, amount] : sums) over_days[account] += amount;
    EXPECT_EQ(over_days, report.all);
}

TEST_P(Reconcile, names_the_member_and_the_account_that_differ) {
    const Shop shop(GetParam(), Shop::checkout);
    live(shop, 1);
    const auto store = shop.open();
    const MemberId id{1};
    auto member = must(store->load_members(std::span(&id, 1))).front().value();
    member.member.balance.bonus += Money(1);
    Batch batch;
    batch.members = {{&member.member, member.version, "member"}};
    ASSERT_TRUE(store->commit(batch).has_value());
    const ReconcileReport report = look(shop);
    EXPECT_EQ(report.members_differing, 1u);
    ASSERT_EQ(report.differences.size(), 1u);
    EXPECT_EQ(report.differences[0].member, id);
    EXPECT_EQ(report.differences[0].account, Account::balance_bonus);
    EXPECT_EQ(report.differences[0].held, report.differences[0].in_ledger + 1);
}

}  // namespace
}  // namespace regulars::service
