// seal: keys for personal fields at rest, sealing a database that exists, and changing its key.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "server/database.hpp"
#include "server/seal_key_file.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"
#include "store/sealing.hpp"

namespace regulars::server {

namespace {

struct SealOptions {
    DatabasePlace db;
    std::string new_key_file;
    std::string file;
};

int make_key(const SealOptions& options) {
    const auto seal = make_seal(options.file);
    if (!seal) {
        print_error(seal.error());
        return exit_failed;
    }
    fmt::print("{} holds the key {}.\n", options.file, (*seal)->name());
    fmt::print(stderr, "Keep a copy of it away from this machine and from the backups of the database: without it the\n"
                       "personal fields that are sealed with it cannot be read by anybody, ever.\n");
    return exit_done;
}

int change(const SealOptions& options, const store::Seal* from, const store::Seal& to) {
    ProgressBar bar;
    const auto report = store::change_seal(
        options.db.url,
        {.from = from, .to = &to, .progress = [&bar](std::uint64_t members) { bar.show("members", members, 0); }});
    bar.clear();
    if (!report) {
        print_error(sentence_of(report.error(), options.db.url));
        return exit_failed;
    }
    if (report->was_done) {
        fmt::print("The database is sealed with the key {} already.\n", to.name());
        return exit_done;
    }
    fmt::print("The database is sealed with the key {}: {} members with {} identities, {} events and {} answers were "
               "rewritten.\n", to.name(), report->members, report->identities, report->events, report->answers);
    return exit_done;
}

int seal_database(const SealOptions& options) {
    const auto seal = read_seal(options.db.seal_key_file);
    if (seal) return change(options, nullptr, **seal);
    print_error(seal.error());
    return exit_failed;
}

int rotate(const SealOptions& options) {
    const auto from = read_seal(options.db.seal_key_file);
    const auto to = from ? read_seal(options.new_key_file) : from;
    if (to) return change(options, from->get(), **to);
    print_error(to.error());
    return exit_failed;
}

}  // namespace

void add_seal(CLI::App& app, Run& run) {
    auto options = std::make_shared<SealOptions>();
    CLI::App* const command = app.add_subcommand("seal", "Keep personal fields unreadable at rest");
    command->require_subcommand(1);
    command->footer("Both 'database' and 'rotate' need that nobody else has the database open. What broke off goes on "
                    "when it is run again.\n\n"
                    "Examples:\n"
                    "  regulars seal make-key shop.key\n"
                    "  regulars seal database --db sqlite:shop.db --seal-key-file shop.key\n"
                    "  regulars serve --db sqlite:shop.db --seal-key-file shop.key\n"
                    "  regulars seal rotate --db sqlite:shop.db --seal-key-file shop.key --new-key-file new.key");
    const auto add = [&](const char* name, const char* about, int (*action)(const SealOptions&)) {
        CLI::App* const made = command->add_subcommand(name, about);
        made->callback([options, action, &run] { run = [options, action] { return action(*options); }; });
        return made;
    };
    add("make-key", "Make a file with a new key", make_key)
        ->add_option("file", options->file, "The file to be made")
        ->required();
    const auto add_places = [&](CLI::App* made) {
        add_database(*made, options->db)->required();
        made->get_option("--seal-key-file")->required();
        return made;
    };
    add_places(add("database", "Seal a database that is not sealed yet", seal_database));
    add_places(add("rotate", "Change the key of a sealed database", rotate))
        ->add_option("--new-key-file", options->new_key_file, "The key to come")
        ->required();
}

}  // namespace regulars::server
