// Reconciliation of a database: what each day moved, and whether every account is what its ledger says.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "server/database.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"
#include "service/programme_history.hpp"
#include "service/reconcile.hpp"

namespace regulars::server {

namespace {

struct ReconcileSettings {
    DatabasePlace db;
    std::string from;
    bool json = false;
};

nlohmann::ordered_json json_of(const service::AccountSums& sums) {
    nlohmann::ordered_json document = nlohmann::ordered_json::object();
    for (const auto& [account, amount] : sums)
        if (amount != 0) document[std::string(engine::name_of(account))] = amount;
    return document;
}

void print_json(const service::ReconcileReport& report, LocalDate from) {
    nlohmann::ordered_json days = nlohmann::ordered_json::array();
    for (const auto& [day, sums] : report.days)
        if (day >= from) days.push_back({{"day", text_of(day)}, {"accounts", json_of(sums)}});
    nlohmann::ordered_json differences = nlohmann::ordered_json::array();
    for (const auto& difference : report.differences)
        differences.push_back({{"member", std::to_string(difference.member.value)},
                               {"account", std::string(engine::name_of(difference.account))},
                               {"in_ledger", difference.in_ledger},
                               {"held", difference.held}});
    const nlohmann::ordered_json document{{"members", report.members},
                                          {"entries", report.entries},
                                          {"days", days},
                                          {"accounts", json_of(report.all)},
                                          {"sums_to_zero", report.sums_to_zero()},
                                          {"members_differing", report.members_differing},
                                          {"differences", differences}};
    fmt::print("{}\n", document.dump(2));
}

void print_sums(const service::AccountSums& sums) {
    for (const auto& [account, amount] : sums)
        if (amount != 0) fmt::print("    {:<20} {:>+20}\n", engine::name_of(account), amount);
}

void print_text(const service::ReconcileReport& report, LocalDate from) {
    for (const auto& [day, sums] : report.days) {
        if (day < from) continue;
        fmt::print("{}\n", text_of(day));
        print_sums(sums);
    }
    fmt::print("all days\n");
    print_sums(report.all);
    for (const auto& difference : report.differences)
        fmt::print("member {}: {}: {} in the ledger, {} held\n", difference.member.value,
                   engine::name_of(difference.account), difference.in_ledger, difference.held);
    fmt::print("{} entries of {} members {}; {}.\n", report.entries, report.members,
               report.sums_to_zero() ? "sum to zero" : "DO NOT sum to zero",
               report.members_differing == 0 ? "every account is what its ledger says"
                                             : fmt::format("{} members differ", report.members_differing));
}

int reconcile(const ReconcileSettings& settings) {
    const auto from = settings.from.empty() ? std::optional(LocalDate{INT32_MIN}) : parse_date(settings.from);
    if (!from) {
        print_error(fmt::format("--from is not a day: found '{}', expected YYYY-MM-DD.", settings.from));
        return exit_usage;
    }
    const auto store = open_or_explain(settings.db);
    if (store == nullptr) return exit_failed;
    const auto rows = store->programmes();
    const auto history = rows ? service::ProgrammeHistory::from_rows(*rows)
                              : service::Stored<std::shared_ptr<const service::ProgrammeHistory>>(
                                    unexpected(rows.error()));
    if (!history) {
        print_error(sentence_of(history.error(), settings.db.url));
        return exit_failed;
    }
    ProgressBar bar;
    const auto report = service::reconcile(*store, (*history)->current().zone,
                                           [&bar](std::uint64_t members) { bar.show("members", members, 0); });
    bar.clear();
    if (!report) {
        print_error(sentence_of(report.error(), settings.db.url));
        return exit_failed;
    }
    if (settings.json) print_json(*report, *from);
    else print_text(*report, *from);
    return report->members_differing == 0 && report->sums_to_zero() ? exit_done : exit_failed;
}

}  // namespace

void add_reconcile(CLI::App& app, Run& run) {
    auto settings = std::make_shared<ReconcileSettings>();
    CLI::App* const command = app.add_subcommand("reconcile", "Sum up the ledger by day and hold it against members");
    command->footer("Points and minor units that came into each account, less what left it. Everything sums to zero, "
                    "and each member has what the ledger says; a difference makes the exit code 1.\n\nExample:\n"
                    "  regulars reconcile --db sqlite:shop.db --from 2026-11-01");
    add_database(*command, settings->db)->required();
    command->add_option("--from", settings->from, "Show days from this one on (all are summed up)");
    command->add_flag("--json", settings->json, "The result as JSON");
    command->callback([settings, &run] { run = [settings] { return reconcile(*settings); }; });
}

}  // namespace regulars::server
