// make_orders: a realistic order history, for backtests, benchmarks and the sample shop.
#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

#include "base/fraction.hpp"
#include "base/time.hpp"
#include "make_orders/orders.hpp"
#include "make_orders/writer.hpp"

namespace {

namespace make = regulars::make_orders;

constexpr std::size_t buffer_size = 1 << 20;

struct Options {
    make::Plan plan;
    std::string start = "2024-01-01";
    std::string returns = "0";
    std::string columns = "minimal";
    std::string out = "-";
};

/// Reads the command line; the exit status when there is nothing to make.
int read_options(int argument_count, char** arguments, Options& options, bool& go_on) {
    CLI::App app("Makes a realistic order history of a shop: CNY, local time, the same bytes for the same options.");
    app.add_option("--orders", options.plan.orders, "How many orders")
        ->capture_default_str()
        ->check(CLI::Range(std::int64_t{1}, make::orders_max));
    app.add_option("--members", options.plan.members, "How many members order at least once, if the orders suffice")
        ->capture_default_str()
        ->check(CLI::Range(std::int64_t{1}, make::members_max));
    app.add_option("--seed", options.plan.seed, "Another seed, another history")->capture_default_str();
    app.add_option("--start", options.start, "First day, YYYY-MM-DD")->capture_default_str();
    app.add_option("--days", options.plan.days, "How many days")
        ->capture_default_str()
        ->check(CLI::Range(1, make::days_max));
    app.add_option("--returns", options.returns, "Share of orders of which a line comes back, such as 0.05 or 5%")
        ->capture_default_str();
    app.add_option("--columns", options.columns, "minimal: one row an order; full: one row a line, all columns")
        ->capture_default_str()
        ->check(CLI::IsMember({"minimal", "full"}));
    app.add_option("--out", options.out, "File to write, - for the standard output")->capture_default_str();
    try {
        app.parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    go_on = true;
    return 0;
}

/// Reads what the parser leaves as text; an empty message when all is well.
std::string complete(Options& options) {
    const auto start = regulars::parse_date(options.start);
    if (!start) return "--start " + options.start + " is no date; write it like 2024-01-01";
    options.plan.start = *start;
    if (!regulars::parse_date(regulars::text_of(regulars::add_days(*start, options.plan.days + 3))))
        return "--start and --days lead past the last date there is, 2200-12-31";
    const auto share = regulars::Fraction::parse(options.returns);
    if (!share || share->numerator() < 0 || share->numerator() > share->denominator())
        return "--returns " + options.returns + " is no share; write it like 0.05 or 5%, from 0 to 1";
    options.plan.returns_per_thousand =
        static_cast<std::uint32_t>(regulars::multiply(1000, *share, regulars::Rounding::half_up));
    return {};
}

/// Writes everything; an empty message when all of it was taken.
std::string write(const Options& options) {
    const bool standard_output = options.out == "-";
    std::FILE* file = standard_output ? stdout : std::fopen(options.out.c_str(), "wb");
    if (file == nullptr) return "cannot write " + options.out + ": " + std::strerror(errno);
    make::Writer writer(options.columns == "full" ? make::Columns::full : make::Columns::minimal);
    std::string text;
    text.reserve(buffer_size + 4096);
    writer.header(text);
    bool written = true;
    const auto flush = [&] {
        written = written && std::fwrite(text.data(), 1, text.size(), file) == text.size();
        text.clear();
        return written;
    };
    make::make_orders(options.plan, [&](const make::Order& order) {
        writer.order(order, text);
        return text.size() < buffer_size || flush();
    });
    flush();
    written = std::fflush(file) == 0 && written;
    const std::string target = standard_output ? "to the standard output" : options.out;
    const std::string reason = written ? "" : "cannot write " + target + ": " + std::strerror(errno);
    if (!standard_output) std::fclose(file);
    return reason;
}

}  // namespace

int main(int argument_count, char** arguments) {
    Options options;
    bool go_on = false;
    const int status = read_options(argument_count, arguments, options, go_on);
    if (!go_on) return status;
    std::string problem = complete(options);
    const bool misused = !problem.empty();
    if (!misused) problem = write(options);
    if (problem.empty()) return 0;
    std::cerr << "make_orders: " << problem << '\n';
    return misused ? 2 : 1;
}
