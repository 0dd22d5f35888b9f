#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "server/database.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"
#include "store/open.hpp"

namespace regulars::server {

namespace {

struct MigrateOptions {
    std::string db;
    bool json = false;
};

int migrate(const MigrateOptions& options) {
    const auto change = store::migrate_database(options.db);
    if (!change) {
        print_error(sentence_of(change.error(), options.db));
        return exit_failed;
    }
    if (options.json) {
        fmt::print("{{\"schema_before\": {}, \"schema_after\": {}}}\n", change->before, change->after);
    } else if (change->before == change->after) {
        fmt::print("The database is up to date (schema {}).\n", change->after);
    } else {
        fmt::print("The database went from schema {} to {}.\n", change->before, change->after);
    }
    return exit_done;
}

}  // namespace

void add_migrate(CLI::App& app, Run& run) {
    auto options = std::make_shared<MigrateOptions>();
    CLI::App* const command = app.add_subcommand("migrate", "Bring a database's schema up to date");
    command->footer("Every other command does so too when it opens the database; use this one to do it at a time of "
                    "your choosing.\n\nExample:\n  regulars migrate --db sqlite:shop.db");
    command->add_option("--db", options->db, "Database URL")->required();
    command->add_flag("--json", options->json, "Versions as JSON");
    command->callback([options, &run] { run = [options] { return migrate(*options); }; });
}

}  // namespace regulars::server
