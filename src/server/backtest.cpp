#include <chrono>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "assets/echarts.hpp"
#include "backtest/run.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"

namespace regulars::server {

namespace {

struct BacktestOptions {
    backtest::Request request;
    std::string map;
    std::string until;
    std::string returns = "match";
    std::string use = "told";
};

double steady_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// "1234.50 CNY": minor units as people write them.
std::string money_text(std::int64_t minor, const backtest::Report& report) {
    std::string digits = std::to_string(minor < 0 ? -minor : minor);
    const auto places = static_cast<std::size_t>(report.minor_digits);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    if (places > 0) digits.insert(digits.size() - places, ".");
    return (minor < 0 ? "-" : "") + digits + " " + report.currency;
}

void print_facts(const backtest::Report& report) {
    if (report.facts.read > 0) {
        fmt::print("  facts    {} of {} rows applied, {} rejected", report.facts.applied, report.facts.read,
                   report.facts.rejected);
        if (!report.facts_rejects_file.empty()) fmt::print(" (see {})", report.facts_rejects_file);
        fmt::print("\n");
    }
    for (const backtest::ActivityFigures& activity : report.activities)
        if (activity.times != 0)
            fmt::print("    {:<24} {} times, {} points given, {} points paid, cost {}\n", activity.code, activity.times,
                       activity.points_given, activity.points_paid, money_text(activity.cost_minor, report));
    for (const backtest::CouponFigures& coupon : report.coupons)
        if (coupon.given > 0)
            fmt::print("    {:<24} {} given, {} used, {} lapsed, {} in wallets\n", coupon.name, coupon.given,
                       coupon.used, coupon.expired + coupon.revoked, coupon.in_wallets());
}

/// The figures for a person; the same as the JSON tells, in short.
void print_summary(const backtest::Report& report) {
    fmt::print("{}: {} as of {}\n", report.programme, report.orders_file, text_of(report.as_of));
    fmt::print("  orders   {} applied, {} of {} rows rejected", report.orders.applied, report.orders.rejected,
               report.orders.read);
    if (!report.rejects_file.empty()) fmt::print(" (see {})", report.rejects_file);
    fmt::print("\n  returns  {} matched, {} unmatched, {} skipped\n", report.orders.returns_matched,
               report.orders.returns_unmatched, report.orders.returns_skipped);
    fmt::print("  members  {}\n", report.members);
    for (const backtest::TierFigures& tier : report.tiers) fmt::print("    {:<12} {}\n", tier.name, tier.members);
    fmt::print("  points   {} issued, {} reversed, {} redeemed, {} expired, {} pending, {} available\n",
               report.points.issued, report.points.reversed, report.points.redeemed, report.points.expired,
               report.points.pending, report.points.available);
    print_facts(report);
    fmt::print("  sales    {}\n  costs    {} ({:.2f} % of sales)\n", money_text(report.sales_minor, report),
               money_text(report.costs_minor, report), static_cast<double>(report.cost_share_millionths) / 10'000);
    for (const backtest::BenefitCost& cost : report.costs)
        fmt::print("    {:<24} {}\n", cost.code, money_text(cost.minor, report));
    fmt::print("  owed     {}\n", money_text(report.liability_minor, report));
    fmt::print("  engine   {:.2f} s, {} orders a second\n", report.seconds, report.orders_per_second);
}

int run_backtest(BacktestOptions& options) {
    auto map = backtest::parse_map(options.map);
    if (!map) {
        print_error("--map: " + map.error());
        return exit_usage;
    }
    options.request.map = std::move(*map);
    if (!options.until.empty()) {
        options.request.until = parse_date(options.until);
        if (!options.request.until) {
            print_error(fmt::format("--until {} is not a date: give one like 2026-11-22.", options.until));
            return exit_usage;
        }
    }
    options.request.returns =
        options.returns == "skip" ? backtest::ReturnsPolicy::skip : backtest::ReturnsPolicy::match;
    options.request.use = options.use == "best" ? backtest::CouponUse::best : backtest::CouponUse::told;
    options.request.chart_script = assets::echarts();
    options.request.now_seconds = steady_seconds;
    ProgressBar bar;
    const auto report = backtest::run(options.request, [&bar](backtest::Stage stage, std::uint64_t done,
                                                              std::uint64_t total) {
        bar.show(backtest::name_of(stage), done, total);
    });
    bar.clear();
    if (!report) {
        print_error(report.error().message);
        return exit_failed;
    }
    const bool to_stdout = options.request.json_path == "-" || options.request.members_path == "-" ||
                           options.request.report_path == "-";
    if (!to_stdout) print_summary(*report);
    return exit_done;
}

}  // namespace

void add_backtest(CLI::App& app, Run& run) {
    auto options = std::make_shared<BacktestOptions>();
    CLI::App* const command = app.add_subcommand("backtest", "Rehearse a programme on a shop's order history");
    command->footer(
        "Columns: order_id, customer_id, ordered_at, amount; "
        "and if there: shipped_at, sku, product, category, quantity,\n"
        "unit_price, price_kind, list_amount, cost, shipping_fee, channel, store. --map names them otherwise.\n\n"
        "Examples:\n"
        "  regulars backtest --programme programmes/vancl.yaml --orders orders.csv --json -\n"
        "  regulars backtest --programme programmes/vancl.yaml --orders orders.csv.gz --report report.html \\\n"
        "      --compare programmes/four-tier.yaml\n"
        "  regulars backtest --programme programmes/vancl.yaml --orders cdnow.csv \\\n"
        "      --map customer_id=customer_id,ordered_at=date,amount=sales,quantity=cds");
    backtest::Request& request = options->request;
    command->add_option("--programme", request.programme_path, "Programme file (YAML)")->required();
    command->add_option("--orders", request.orders_path, "CSV, plain or gzip; - is standard input")->required();
    command->add_option("--map", options->map, "name=column,... where the file's columns have other names");
    command->add_option("--until", options->until, "Last day (YYYY-MM-DD); the day of the last order when left out");
    command->add_option("--returns", options->returns, "What becomes of negative lines")
        ->check(CLI::IsMember({"match", "skip"}))
        ->capture_default_str();
    command->add_option("--facts", request.facts_path,
                        "CSV of what happened beside orders: customer_id,at,what,name[,count][,amount]");
    command->add_option("--use", options->use, "Coupons that orders use: those told, or the best of the wallet")
        ->check(CLI::IsMember({"told", "best"}))
        ->capture_default_str();
    command->add_option("--json", request.json_path, "Write the figures as JSON; - is standard output");
    command->add_option("--members-out", request.members_path, "Write every member as CSV");
    command->add_option("--report", request.report_path, "Write a report with charts as one HTML file");
    command->add_option("--compare", request.compare_path, "A second programme, to see who wins and who loses");
    command->add_option("--rejects", request.rejects_path, "Where rejected rows go; beside the orders when left out");
    command->callback([options, &run] { run = [options] { return run_backtest(*options); }; });
}

}  // namespace regulars::server
