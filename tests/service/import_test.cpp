#include "service/import.hpp"

#include <gtest/gtest.h>

#include "faulty_store.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

NextCommand source(std::vector<Command> commands) {
    auto shared = std::make_shared<std::vector<Command>>(std::move(commands));
    return [shared, next = std::size_t{0}]() mutable -> std::optional<Command> {
        if (next == shared->size()) return std::nullopt;
        return (*shared)[next++];
    };
}

std::vector<Command> orders(int count) {
    std::vector<Command> commands;
    for (int i = 0; i < count; ++i)
        commands.push_back(order(std::to_string(i % 50), i < count / 2 ? "2026-01-05" : "2026-03-05",
                                 "A-" + std::to_string(i), 100 + i));
    return commands;
}

TEST(import_commands, everything_is_applied_in_order_and_counted) {
    const Shop shop(contract::Backend::memory);
    ServiceOptions options = shop.options();
    options.queue_commands_max = 40;  // so that the import has to wait
    const auto service = shop.start(std::move(options));
    auto commands = orders(1000);
    commands.push_back(commands.front());
    commands.push_back(order("1", "2026-03-06", "", 1));
    commands.push_back(command("1", "2026-03-06", engine::OrderRefunded{"unknown", "r", {}}));
    std::uint64_t last = 0;
    const auto progress = [&](std::uint64_t answered) { last = answered; };
    const ImportReport report = import_commands(*service, source(std::move(commands)), {30, 4}, progress);
    EXPECT_EQ(report.read, 1003U);
    EXPECT_EQ(report.applied, 1000U);
    EXPECT_EQ(report.duplicates, 1U);
    EXPECT_EQ(report.parked, 1U);
    EXPECT_EQ(report.refused, 1U);
    EXPECT_EQ(report.refused_by_code, (std::map<std::string, std::uint64_t>{{"id_missing", 1}}));
    ASSERT_EQ(report.refusals.size(), 1U);
    EXPECT_EQ(report.refusals[0].command, 1001U);
    EXPECT_FALSE(report.failure.has_value());
    EXPECT_EQ(last, 1003U);
    EXPECT_EQ(service->list_members({MemberId(), 500})->size(), 50U);
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST(import_commands, a_second_run_finds_everything_known) {
    const Shop shop(contract::Backend::memory);
    const auto service = shop.start();
    static_cast<void>(import_commands(*service, source(orders(300)), {}, {}));
    const std::string before = shop.contents();
    const ImportReport again = import_commands(*service, source(orders(300)), {}, {});
    EXPECT_EQ(again.duplicates, 300U);
    EXPECT_EQ(again.applied, 0U);
    EXPECT_EQ(shop.contents(), before);
}

TEST(import_commands, a_failing_store_stops_it_and_a_second_run_completes_it) {
    const Shop shop(contract::Backend::memory);
    ServiceOptions options = shop.options();
    options.open_store = &open_faulty;
    const auto service = shop.start(std::move(options));
    Faults::fail_call(12, StoreError::full);
    const ImportReport report = import_commands(*service, source(orders(1000)), {20, 2}, {});
    ASSERT_TRUE(report.failure.has_value());
    EXPECT_EQ(report.failure->error, StoreError::full);
    EXPECT_LT(report.applied, 1000U);
    Faults::none();
    const ImportReport rest = import_commands(*service, source(orders(1000)), {}, {});
    EXPECT_FALSE(rest.failure.has_value());
    EXPECT_EQ(rest.applied + rest.duplicates, 1000U);
    EXPECT_EQ(shop.replay_differences(), "");
}

TEST(import_commands, a_stopping_service_ends_it) {
    const Shop shop(contract::Backend::memory);
    const auto service = shop.start();
    service->drain();
    const ImportReport report = import_commands(*service, source(orders(10)), {}, {});
    ASSERT_TRUE(report.failure.has_value());
    EXPECT_EQ(report.applied, 0U);
}

TEST(import_commands, nothing_to_import_is_fine) {
    const Shop shop(contract::Backend::memory);
    const auto service = shop.start();
    const ImportReport report = import_commands(*service, source({}), {}, {});
    EXPECT_EQ(report.read, 0U);
    EXPECT_FALSE(report.failure.has_value());
}

}  // namespace
}  // namespace regulars::service
