// The member's document: Protocol Buffers as they are stored, beside the same values as JSON. Each prints the bytes of
// one document; a member with three lots, sixty days of history, and two open orders of two lines.
#include "store/member_document.hpp"

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <string>

namespace {

using nlohmann::json;
namespace engine = regulars::engine;
using regulars::Money;
using regulars::Points;

engine::Order order_with(std::uint32_t number) {
    engine::Order order;
    order.order_id = "2024-11-22-" + std::to_string(number);
    order.number = {number};
    order.status = engine::OrderStatus::paid;
    order.programme_version = 1;
    order.ordered_at = {1'732'250'000'000};
    order.paid_at = order.shipped_at = order.ordered_at;
    order.settles_at = {1'734'842'000'000};
    order.channel = "web";
    order.points = Points(61);
    order.lines.resize(2);
    for (auto& line : order.lines) {
        line.sku = "85123A";
        line.product = "lantern";
        line.category = "home";
        line.amount = Money(1'530);
        line.points_scaled = 6'120;
    }
    return order;
}

engine::Member typical_member(int history_days) {
    engine::Member member;
    member.id = {123'456};
    member.registered_at = {1'700'000'000'000};
    member.advanced_to = {1'732'250'000'000};
    member.event_sequence = 40;
    member.ledger_sequence = 61;
    member.last_order_number = 14;
    member.last_lot_id = 14;
    member.profile.name = "\xe9\x99\x88\xe6\x99\xa8";
    member.identities = {{"customer:web", "17850"}, {"phone", "+8613800000000"}};
    member.tier = {1, {1'720'000'000'000}, {20'300}, {1'753'920'000'000}, false, regulars::instant_max};
    member.lifetime = {Money(812'300), regulars::Growth(8'123), Points(16'246), 12};
    member.period = member.lifetime;
    for (int day = 0; day < history_days; ++day)
        member.history.push_back({{20'000 + 5 * day}, {Money(13'530), regulars::Growth(135), Points(270), 1}});
    for (std::uint32_t lot = 1; lot <= 3; ++lot)
        member.lots.push_back({{lot}, Points(500), {1'720'000'000'000}, {1'753'920'000'000}, 1, {lot}});
    member.points_available = Points(1'500);
    member.open_orders = {order_with(13), order_with(14)};
    return member;
}

// --- the same as JSON ----------------------------------------------------------------------------------------------

json json_of(const engine::OrderLine& line) {
    return {{"sku", line.sku},           {"product", line.product},       {"category", line.category},
            {"quantity", line.quantity}, {"amount", line.amount.count()}, {"points_scaled", line.points_scaled}};
}

json json_of(const engine::Order& order) {
    json lines = json::array();
    for (const auto& line : order.lines) lines.push_back(json_of(line));
    return {{"order_id", order.order_id},
            {"number", order.number.value},
            {"status", "paid"},
            {"programme_version", order.programme_version},
            {"ordered_at", order.ordered_at.ms},
            {"paid_at", order.paid_at->ms},
            {"shipped_at", order.shipped_at->ms},
            {"settles_at", order.settles_at.ms},
            {"channel", order.channel},
            {"points", order.points.count()},
            {"lines", std::move(lines)}};
}

json json_of(const engine::Totals& totals) {
    return {{"spend", totals.spend.count()},
            {"growth", totals.growth.count()},
            {"points", totals.points.count()},
            {"orders", totals.orders}};
}

json json_of(const engine::Member& member) {
    json identities = json::array();
    for (const auto& [kind, value] : member.identities) identities.push_back({{"kind", kind}, {"value", value}});
    json history = json::array();
    for (const auto& [day, totals] : member.history)
        history.push_back({{"day", day.days}, {"totals", json_of(totals)}});
    json lots = json::array();
    for (const auto& lot : member.lots)
        lots.push_back({{"id", lot.id.value},
                        {"left", lot.left.count()},
                        {"earned_at", lot.earned_at.ms},
                        {"expires_at", lot.expires_at.ms},
                        {"programme_version", lot.programme_version},
                        {"order", lot.order.value}});
    json orders = json::array();
    for (const auto& order : member.open_orders) orders.push_back(json_of(order));
    return {{"id", member.id.value},
            {"registered_at", member.registered_at.ms},
            {"advanced_to", member.advanced_to.ms},
            {"event_sequence", member.event_sequence},
            {"ledger_sequence", member.ledger_sequence},
            {"last_order_number", member.last_order_number},
            {"last_lot_id", member.last_lot_id},
            {"profile", {{"name", member.profile.name}}},
            {"identities", std::move(identities)},
            {"tier",
             {{"rank", member.tier.rank},
              {"since", member.tier.since.ms},
              {"period_last_day", member.tier.period_last_day.days},
              {"period_ends_at", member.tier.period_ends_at.ms}}},
            {"lifetime", json_of(member.lifetime)},
            {"period", json_of(member.period)},
            {"history", std::move(history)},
            {"lots", std::move(lots)},
            {"points_available", member.points_available.count()},
            {"open_orders", std::move(orders)}};
}

// --- measuring -----------------------------------------------------------------------------------------------------

void check(bool holds) {
    if (!holds) std::abort();
}

void write_document(benchmark::State& state) {
    const auto member = typical_member(static_cast<int>(state.range(0)));
    check(regulars::store::decode_member(regulars::store::encode(member)).value() == member);
    for (auto _ : state) benchmark::DoNotOptimize(regulars::store::encode(member));
    state.counters["bytes"] = static_cast<double>(regulars::store::encode(member).size());
}

void read_document(benchmark::State& state) {
    const auto bytes = regulars::store::encode(typical_member(static_cast<int>(state.range(0))));
    for (auto _ : state) benchmark::DoNotOptimize(regulars::store::decode_member(bytes));
    state.counters["bytes"] = static_cast<double>(bytes.size());
}

void write_json(benchmark::State& state) {
    const auto member = typical_member(static_cast<int>(state.range(0)));
    check(json::parse(json_of(member).dump())["lots"].size() == member.lots.size());
    for (auto _ : state) benchmark::DoNotOptimize(json_of(member).dump());
    state.counters["bytes"] = static_cast<double>(json_of(member).dump().size());
}

/// The parse alone: values would still have to be taken out of it.
void read_json(benchmark::State& state) {
    const auto text = json_of(typical_member(static_cast<int>(state.range(0)))).dump();
    for (auto _ : state) benchmark::DoNotOptimize(json::parse(text));
    state.counters["bytes"] = static_cast<double>(text.size());
}

BENCHMARK(write_document)->ArgName("history_days")->Arg(0)->Arg(60);
BENCHMARK(write_json)->ArgName("history_days")->Arg(0)->Arg(60);
BENCHMARK(read_document)->ArgName("history_days")->Arg(0)->Arg(60);
BENCHMARK(read_json)->ArgName("history_days")->Arg(0)->Arg(60);

}  // namespace

BENCHMARK_MAIN();
