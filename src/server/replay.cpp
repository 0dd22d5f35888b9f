#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "server/database.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"
#include "service/replay.hpp"
#include "store/member_document.hpp"

namespace regulars::server {

namespace {

struct ReplaySettings {
    DatabasePlace db;
    bool verify = false;
    bool json = false;
};

void print_json(const service::ReplayReport& report) {
    nlohmann::ordered_json differences = nlohmann::ordered_json::array();
    for (const service::ReplayDifference& difference : report.differences)
        differences.push_back({{"member", std::to_string(difference.member.value)},
                               {"field", difference.field},
                               {"detail", difference.detail}});
    const nlohmann::ordered_json document{{"members", report.members},
                                          {"events", report.events},
                                          {"members_differing", report.members_differing},
                                          {"differences", differences}};
    fmt::print("{}\n", document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void print_text(const service::ReplayReport& report, bool verify) {
    for (const service::ReplayDifference& difference : report.differences)
        fmt::print("member {}: {}: {}\n", difference.member.value, difference.field, difference.detail);
    fmt::print("{} events of {} members replayed", report.events, report.members);
    if (report.members_differing > 0) {
        fmt::print(": {} members differ.\n", report.members_differing);
    } else {
        fmt::print("{}\n", verify ? ": every member is as stored, byte for byte." : ".");
    }
}

int replay(const ReplaySettings& settings) {
    const auto store = open_or_explain(settings.db);
    if (store == nullptr) return exit_failed;
    ProgressBar bar;
    service::ReplayOptions options;
    options.verify = settings.verify;
    options.encode = [](const engine::Member& member) { return store::encode(member); };
    options.progress = [&bar](std::uint64_t members) { bar.show("members", members, 0); };
    const auto report = service::replay(*store, options);
    bar.clear();
    if (!report) {
        print_error(sentence_of(report.error(), settings.db.url));
        return exit_failed;
    }
    if (settings.json) {
        print_json(*report);
    } else {
        print_text(*report, settings.verify);
    }
    return report->members_differing == 0 ? exit_done : exit_failed;
}

}  // namespace

void add_replay(CLI::App& app, Run& run) {
    auto settings = std::make_shared<ReplaySettings>();
    CLI::App* const command = app.add_subcommand("replay", "Rebuild every member from its events");
    command->footer("With --verify each rebuilt member is compared with the stored one, byte for byte; a difference "
                    "makes the exit code 1.\n\nExample:\n  regulars replay --db sqlite:shop.db --verify");
    add_database(*command, settings->db)->required();
    command->add_flag("--verify", settings->verify, "Compare with what is stored");
    command->add_flag("--json", settings->json, "The result as JSON");
    command->callback([settings, &run] { run = [settings] { return replay(*settings); }; });
}

}  // namespace regulars::server
