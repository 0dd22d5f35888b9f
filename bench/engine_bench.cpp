// What one order costs the engine: order, payment, settlement, tier, lots, expiry, one member after another
// on one core.
#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>

#include "base/check.hpp"
#include "engine/engine.hpp"
#include "programme/parse.hpp"

namespace {

namespace engine = regulars::engine;
namespace programme = regulars::programme;
using regulars::Instant;
using regulars::Money;

programme::Versions load(const std::string& path) {
    std::ifstream file(path);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    auto parsed = programme::parse(text, path);
    regulars::check(parsed.has_value(), "the programme is valid: run from the project's folder");
    programme::Versions versions;
    versions.add(std::make_shared<const programme::Programme>(std::move(*parsed)));
    return versions;
}

// Ten orders of one member, 40 days apart, one line each: what a backtest does a million times.
void one_order(benchmark::State& state, const std::string& path) {
    const programme::Versions versions = load(path);
    const Instant start = *regulars::parse_instant("2024-01-01T10:00:00Z", regulars::Zone());
    engine::Event event;
    event.fact = engine::OrderCreated{};
    engine::Outcome outcome;
    std::int64_t orders = 0;
    std::int64_t points = 0;
    for (auto _ : state) {
        engine::Member member = engine::new_member({1});
        for (std::int64_t i = 0; i < 10; ++i) {
            auto& fact = std::get<engine::OrderCreated>(event.fact);
            event.at = Instant{start.ms + i * 40 * regulars::ms_per_day};
            fact.order_id = "order-" + std::to_string(i);
            fact.lines.resize(1);
            fact.lines[0].amount = Money(12'345 + i);
            fact.paid_at = event.at;
            fact.shipped_at = event.at;
            outcome.clear();
            const auto decided = engine::decide(versions, member, event, {}, outcome);
            regulars::check(decided.has_value(), "the order is accepted");
            ++orders;
        }
        points += member.points_available.count() + member.balance.cashback.count() + member.lifetime.orders;
    }
    regulars::check(points > 0, "orders were counted");
    state.counters["orders_per_second"] = benchmark::Counter(static_cast<double>(orders), benchmark::Counter::kIsRate);
}

}  // namespace

BENCHMARK_CAPTURE(one_order, vancl, std::string("programmes/vancl.yaml"));
BENCHMARK_CAPTURE(one_order, four_tier, std::string("programmes/four-tier.yaml"));
BENCHMARK_CAPTURE(one_order, vip_cashback, std::string("programmes/vip-cashback.yaml"));
BENCHMARK_CAPTURE(one_order, quarterly, std::string("programmes/quarterly.yaml"));
BENCHMARK_MAIN();
