#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/nearest.hpp"
#include "server/subcommands.hpp"

namespace {

constexpr const char* description =
    "Regulars turns buyers into regulars: the membership system of a shop.\n\n"
    "  regulars backtest --programme programmes/vancl.yaml --orders orders.csv --report report.html\n"
    "  regulars import --db sqlite:shop.db --programme programmes/vancl.yaml --orders orders.csv\n"
    "  regulars serve --db sqlite:shop.db --listen 127.0.0.1:8080 --open\n\n"
    "Databases are named by a URL: sqlite:PATH, postgres:CONNINFO (libpq), postgresql://..., memory:NAME.";

/// The library would only say that a subcommand is missing.
std::optional<std::string> unknown_subcommand(const CLI::App& app, int count, char** arguments) {
    if (count < 2 || arguments[1][0] == '-') return std::nullopt;
    const std::string word = arguments[1];
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
    if (std::find(names.begin(), names.end(), word) != names.end()) return std::nullopt;
    const auto right = regulars::nearest(word, std::span<const std::string>(names));
    return fmt::format("there is no command '{}'.{} regulars --help lists them all.", word,
                       right ? fmt::format(" Did you mean '{}'?", *right) : "");
}

int parse_and_run(int count, char** arguments) {
    namespace server = regulars::server;
    CLI::App app(description);
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "Help of every subcommand");
    server::Run run;
    server::add_serve(app, run);
    server::add_import(app, run);
    server::add_backtest(app, run);
    server::add_programme(app, run);
    server::add_members(app, run);
    server::add_review(app, run);
    server::add_key(app, run);
    server::add_codes(app, run);
    server::add_seal(app, run);
    server::add_draw(app, run);
    server::add_migrate(app, run);
    server::add_replay(app, run);
    server::add_reconcile(app, run);
    server::add_backup(app, run);
    server::add_restore(app, run);
    server::add_openapi(app, run);
    if (const auto problem = unknown_subcommand(app, count, arguments)) {
        fmt::print(stderr, "regulars: {}\n", *problem);
        return server::exit_usage;
    }
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? server::exit_done : server::exit_usage;
    }
    return run();
}

}  // namespace

int main(int count, char** arguments) {
    // A client or a pipe that goes away is an error of that write, not the end of the process.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return parse_and_run(count, arguments);
    } catch (const std::exception& error) {
        fmt::print(stderr, "regulars: something went wrong inside: {}\n", error.what());
        return regulars::server::exit_failed;
    }
}
