// How long a rule takes for one member and one order, on one core. Each benchmark first checks that its rule gives the
// right answer; the number to watch is five_conditions, which should stay under 60 ns.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include "base/check.hpp"
#include "rule/rule.hpp"

namespace {

using regulars::Instant;
using regulars::rule::compile;
using regulars::rule::CompileOptions;
using regulars::rule::List;
using regulars::rule::Rule;
using regulars::rule::Schema;
using regulars::rule::Type;
using regulars::rule::Value;
using regulars::rule::Workspace;

constexpr std::string_view five_conditions =
    "member.tier in [\"vip\", \"svip\"] && order.amount >= 10000 && line.price_kind == \"regular\" && !line.excluded "
    "&& now >= timestamp(\"2024-11-11T00:00:00Z\")";

const Schema& schema() {
    static const Schema made = [] {
        Schema names;
        names.add({"member.tier", Type::text(), "The tier held", "当前等级"});
        names.add({"order.amount", Type::integer(), "What was paid, in minor units", "实付金额"});
        names.add({"line.price_kind", Type::text(), "regular or special", "价格类型"});
        names.add({"line.excluded", Type::boolean(), "Whether it never earns", "是否除外"});
        names.add({"now", Type::timestamp(), "The event's time", "事件时间"});
        names.add({"order.channels", Type::list(Type::text()), "Where it came from", "渠道"});
        return names;
    }();
    return made;
}

// Eight orders, of which every second satisfies the five conditions; the others fail at one of them.
struct Orders {
    std::array<Value, 3> channels{Value::text("web"), Value::text("app"), Value::text("store")};
    List list{channels};
    std::vector<std::array<Value, 6>> frames;

    Orders() {
        const std::array<Value, 6> passes{Value::text("svip"),
                                          Value::integer(25'000),
                                          Value::text("regular"),
                                          Value::boolean(false),
                                          Value::timestamp(Instant{1'731'283'200'000}),
                                          Value::list(&list)};
        const std::array wrong{Value::text("normal"), Value::integer(9'999), Value::text("special"),
                               Value::boolean(true)};
        for (std::size_t i = 0; i < wrong.size(); ++i) {
            frames.push_back(passes);
            frames.push_back(passes);
            frames.back()[i] = wrong[i];
        }
    }
};

Rule compiled(std::string_view text) {
    auto rule = compile(text, schema(), Type::dynamic());
    regulars::check(rule.has_value(), "the benchmark's rule compiles");
    return *std::move(rule);
}

// Evaluates the rule for one order after the other; `passing` of the eight must satisfy it.
void holds(benchmark::State& state, std::string_view text, std::size_t passing) {
    const Rule rule = compiled(text);
    const Orders orders;
    Workspace workspace;
    std::size_t held = 0;
    for (const auto& frame : orders.frames) held += rule.holds(frame, workspace) ? 1U : 0U;
    regulars::check_equal(held, passing, "orders that satisfy the rule");
    std::size_t i = 0;
    for (auto _ : state) {
        bool result = rule.holds(orders.frames[i], workspace);
        benchmark::DoNotOptimize(result);
        i = (i + 1) % orders.frames.size();
    }
}

// Every order satisfies all five, so that none is cut short.
void holds_all_true(benchmark::State& state) {
    const Rule rule = compiled(five_conditions);
    const Orders orders;
    Workspace workspace;
    regulars::check(rule.holds(orders.frames[0], workspace), "the first order satisfies the rule");
    for (auto _ : state) {
        bool result = rule.holds(orders.frames[0], workspace);
        benchmark::DoNotOptimize(result);
    }
}

void compiles(benchmark::State& state) {
    for (auto _ : state) {
        auto rule = compile(five_conditions, schema(), Type::boolean());
        regulars::check(rule.has_value(), "the benchmark's rule compiles");
        benchmark::DoNotOptimize(rule);
    }
}

BENCHMARK(holds_all_true)->Name("five_conditions, all true");
BENCHMARK_CAPTURE(holds, mixed, five_conditions, 4)->Name("five_conditions, half true");
BENCHMARK_CAPTURE(holds, one, "order.amount >= 10000", 7)->Name("one_condition");
BENCHMARK_CAPTURE(holds, arithmetic, "order.amount * 3 / 200 > 100", 8)->Name("arithmetic");
BENCHMARK_CAPTURE(holds, list, "order.channels.exists(c, c == \"store\")", 8)->Name("exists_in_a_list");
BENCHMARK_CAPTURE(holds, text, "(member.tier + \"/\" + line.price_kind).startsWith(\"svip/\")", 7)->Name("joined_text");
BENCHMARK_CAPTURE(holds, zone, "now.getDayOfWeek(\"Asia/Shanghai\") == 1", 8)->Name("day_of_week");
BENCHMARK(compiles)->Name("compile_five_conditions");

}  // namespace

BENCHMARK_MAIN();
