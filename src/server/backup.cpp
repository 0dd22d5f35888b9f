// backup and restore: consistent copies of an SQLite database, while it is being written.
#include <filesystem>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "server/database.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"
#include "store/open.hpp"

namespace regulars::server {

namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

struct CopyOptions {
    std::string db;
    std::string file;
};

bool refuse_existing(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return false;
    print_error(fmt::format("{} is there already: move it away, or choose another name.", path));
    return true;
}

bool refuse_missing(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return false;
    print_error(fmt::format("there is no file {}: check the name.", path));
    return true;
}

/// As it lies there, whether it is sealed or not.
int copy(const std::string& source_url, const std::string& target) {
    const auto copied = store::copy_database(source_url, target);
    if (copied) {
        std::error_code ignored;
        fmt::print("{} holds a copy of {} bytes.\n", target, std::filesystem::file_size(target, ignored));
        return exit_done;
    }
    print_error(sentence_of(copied.error(), source_url));
    return exit_failed;
}

int backup(const CopyOptions& options) {
    if (options.db.starts_with(sqlite_scheme) && refuse_missing(options.db.substr(sqlite_scheme.size())))
        return exit_failed;
    if (refuse_existing(options.file)) return exit_failed;
    return copy(options.db, options.file);
}

int restore(const CopyOptions& options) {
    if (!options.db.starts_with(sqlite_scheme)) {
        print_error("restore makes an SQLite database: name it as --db sqlite:PATH. For PostgreSQL use pg_restore.");
        return exit_usage;
    }
    const std::string target = options.db.substr(sqlite_scheme.size());
    if (refuse_missing(options.file) || refuse_existing(target)) return exit_failed;
    return copy(std::string(sqlite_scheme) + options.file, target);
}

}  // namespace

void add_backup(CLI::App& app, Run& run) {
    auto options = std::make_shared<CopyOptions>();
    CLI::App* const command = app.add_subcommand("backup", "Copy a database into a file, while it is in use");
    command->footer("For SQLite; for PostgreSQL use pg_dump.\n\n"
                    "Example:\n  regulars backup --db sqlite:shop.db --to shop-2026-11-22.db");
    command->add_option("--db", options->db, "Database URL")->required();
    command->add_option("--to", options->file, "File to be made")->required();
    command->callback([options, &run] { run = [options] { return backup(*options); }; });
}

void add_restore(CLI::App& app, Run& run) {
    auto options = std::make_shared<CopyOptions>();
    CLI::App* const command = app.add_subcommand("restore", "Make a database out of a backup");
    command->footer("Nothing that exists is overwritten.\n\n"
                    "Example:\n  regulars restore --from shop-2026-11-22.db --db sqlite:shop.db");
    command->add_option("--from", options->file, "The backup")->required();
    command->add_option("--db", options->db, "Database to be made: sqlite:PATH")->required();
    command->callback([options, &run] { run = [options] { return restore(*options); }; });
}

}  // namespace regulars::server
