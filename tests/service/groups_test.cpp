// Groups and promotions through the service: halves and follow-ups of several members are kept together, stocks and
// limits hold in one batch and over several, and replay gives the same members.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>

#include "audit.hpp"
#include "programme/activities.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

constexpr std::string_view programme_path = "tests/engine/programmes/promotions.yaml";
constexpr std::string_view noon = "2026-03-02T12:00";

class Groups : public testing::TestWithParam<contract::Backend> {
protected:
    Shop shop_{GetParam(), programme_path};

    void SetUp() override { shop_.set_clock(noon); }
    void TearDown() override {
        EXPECT_EQ(shop_.replay_differences(), "");
        EXPECT_EQ(audit(*shop_.open()), "");
    }
    [[nodiscard]] engine::Member member(std::uint64_t number) const {
        const MemberId id{number};
        return must(shop_.open()->load_members(std::span(&id, 1)))[0]->member;
    }
    [[nodiscard]] engine::OrderStatus status_of(std::uint64_t number, const std::string& order_id) const {
        for (const engine::Order& order : member(number).open_orders)
            if (order.order_id == order_id) return order.status;
        const OrderKey key{MemberId{number}, order_id};
        const auto closed = must(shop_.open()->load_closed_orders(std::span(&key, 1)));
        return closed[0] ? closed[0]->status : engine::OrderStatus::created;
    }
    [[nodiscard]] std::int64_t issued(std::string_view promotion) const {
        const std::string name = programme::stock_of_promotion(promotion);
        const auto stocks = must(shop_.open()->load_stocks(std::span(&name, 1)));
        return stocks[0] ? stocks[0]->issued : 0;
    }
};

INSTANTIATE_TEST_SUITE_P(stores, Groups, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

engine::OrderCreated crab(const std::string& order_id, std::string_view promotion, Instant at,
                          std::int64_t pieces = 1) {
    engine::OrderCreated order;
    order.order_id = order_id;
    engine::Line line;
    line.product = "crab";
    line.quantity = pieces;
    line.amount = Money((promotion == "together" ? 3'000 : 2'500) * pieces);
    line.list_amount = Money(5'000 * pieces);
    line.promotion = promotion;
    order.lines = {line};
    order.paid_at = at;
    return order;
}

Command bought(const std::string& who, const std::string& order_id, std::string_view promotion,
               std::string_view at = noon) {
    return command(who, at, crab(order_id, promotion, local(at)));
}

Answered joined(Service& service, std::uint64_t who, std::uint64_t leader, const std::string& order_id,
                const std::string& group, const std::string& promotion, Instant at) {
    return ask_together(
        service,
        {{MemberId{who}, {at, engine::GroupJoined{group, {leader}, order_id, promotion}}},
         {MemberId{leader}, {at, engine::GroupSeatTaken{group, {who}, order_id, false, promotion}}}});
}

TEST_P(Groups, a_group_that_fails_by_the_passing_of_time_cancels_the_orders_of_all) {
    ServiceOptions options = shop_.options();
    options.scheduler = true;
    const auto service = shop_.start(std::move(options));
    for (const std::string who : {"1", "2"}) static_cast<void>(tell(*service, bought(who, "O" + who, "three")));
    static_cast<void>(tell(*service, command("1", noon, engine::GroupOpened{"G", "three", "O1"})));
    joined(*service, 2, 1, "O2", "G", "three", shop_.now());
    ASSERT_EQ(must(service->find_group("G"))->change.group.seats.size(), 2U);
    EXPECT_EQ(issued("three"), 0);  // not limited, so nobody counts
    shop_.set_clock("2026-03-03T12:00");
    EXPECT_TRUE(eventually([&] { return status_of(2, "O2") == engine::OrderStatus::cancelled; }));
    EXPECT_EQ(status_of(1, "O1"), engine::OrderStatus::cancelled);
    EXPECT_EQ(must(service->find_group("G"))->change.group.status, engine::GroupStatus::failed);
    service->drain();
}

TEST_P(Groups, who_cancels_gives_the_seat_up_and_another_fills_the_group) {
    const auto service = shop_.start();
    for (const std::string who : {"1", "2", "3", "4"})
        static_cast<void>(tell(*service, bought(who, "O" + who, "three")));
    static_cast<void>(tell(*service, command("1", noon, engine::GroupOpened{"G", "three", "O1"})));
    joined(*service, 2, 1, "O2", "G", "three", shop_.now());
    static_cast<void>(tell(*service, command("2", noon, engine::OrderCancelled{"O2"})));
    EXPECT_EQ(member(1).groups.at(0).seats.size(), 1U);
    joined(*service, 3, 1, "O3", "G", "three", shop_.now());
    joined(*service, 4, 1, "O4", "G", "three", shop_.now());
    for (const std::uint64_t who : {1U, 3U, 4U}) EXPECT_EQ(member(who).open_orders.at(0).group_leader, MemberId());
    EXPECT_TRUE(member(1).groups.empty());
    EXPECT_EQ(must(service->find_group("G"))->change.group.status, engine::GroupStatus::filled);
    // Whoever comes too late is refused, and nothing of it is kept.
    static_cast<void>(tell(*service, bought("5", "O5", "three")));
    EXPECT_EQ(joined(*service, 5, 1, "O5", "G", "three", shop_.now()).body,
              "group_not_found\ngroup_not_found\n");
    EXPECT_TRUE(member(5).open_orders.at(0).group.empty());
}

TEST_P(Groups, pieces_are_not_oversold_in_one_batch_nor_with_many_at_once) {
    const auto service = shop_.start();
    std::vector<Command> commands;
    for (int who = 1; who <= 8; ++who)
        commands.push_back(command(std::to_string(who), noon,
                                   crab("O" + std::to_string(who), "together", local(noon), who % 2 == 0 ? 4 : 3)));
    const Answered answered = ask(*service, std::move(commands));
    std::int64_t accepted = 0;
    for (const Reply& reply : answered.replies) accepted += reply ? 1 : 0;
    // 3 4 3 4 3 are 17 of 20; then only three fit, once.
    EXPECT_EQ(accepted, 6);
    EXPECT_EQ(issued("together"), 20);
    static_cast<void>(tell(*service, command("1", noon, engine::OrderCancelled{"O1"})));
    EXPECT_EQ(issued("together"), 17);
}

TEST_P(Groups, a_random_street_is_rebuilt_byte_for_byte) {
    const std::uint64_t seeds = GetParam() == contract::Backend::memory ? 6 : 2;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE(seed);
        const Shop shop(GetParam(), programme_path);
        std::atomic<std::int64_t> clock{local(noon).ms};
        ServiceOptions options = shop.options();
        options.clock = [&clock] { return Instant{clock.load()}; };
        options.scheduler = seed % 2 == 0;
        options.commands_ahead_min = seed % 3 == 0 ? 1 : 200;
        const auto service = shop.start(options);
        std::mt19937_64 random(seed);
        const auto pick = [&](std::uint64_t below) { return random() % below; };
        for (int who = 1; who <= 6; ++who)
            static_cast<void>(tell(*service, command(std::to_string(who), noon, engine::Registered{})));
        std::vector<std::pair<std::string, std::uint64_t>> groups;
        std::vector<std::string> orders(7);
        for (int step = 0; step < 120; ++step) {
            const Instant at{clock.load()};
            const std::uint64_t who = 1 + pick(6);
            const std::string name = std::to_string(who);
            const std::string id = "N" + std::to_string(step);
            switch (pick(6)) {
                case 0:
                case 1:
                    static_cast<void>(ask(*service, {{customer(name), {at, crab(id, "three", at)}}}));
                    orders[who] = id;
                    break;
                case 2:
                    static_cast<void>(
                        ask(*service, {{customer(name), {at, engine::GroupOpened{id, "three", orders[who]}}}}));
                    if (!orders[who].empty()) groups.emplace_back(id, who);
                    break;
                case 3:
                    if (!groups.empty() && !orders[who].empty()) {
                        const std::size_t back = pick(std::min<std::size_t>(3, groups.size()));
                        const auto& [group, leader] = groups[groups.size() - 1 - back];
                        joined(*service, who, leader, orders[who], group, "three", at);
                    }
                    break;
                case 4:
                    if (!orders[who].empty())
                        static_cast<void>(ask(*service, {{customer(name), {at, engine::OrderCancelled{orders[who]}}}}));
                    break;
                default: clock += static_cast<std::int64_t>(pick(10)) * 3'600'000;
            }
        }
        service->drain();
        EXPECT_EQ(shop.replay_differences(), "");
        EXPECT_EQ(audit(*shop.open()), "");
    }
}

}  // namespace
}  // namespace regulars::service
