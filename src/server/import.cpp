// import: a shop's order history into a database, in this process or through a running server.
#include <chrono>
#include <cstdlib>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "server/database.hpp"
#include "server/history.hpp"
#include "server/import_http.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"
#include "service/import.hpp"

namespace regulars::server {

namespace {

struct ImportSettings {
    DatabasePlace db;
    std::string url;
    std::string key;
    std::string programme;
    std::string map;
    std::string returns = "match";
    std::string clock_start;
    HistoryRequest history;
    bool json = false;
};

/// What the service made of the events, however they came to it.
struct EventCounts {
    std::uint64_t read = 0;
    std::uint64_t applied = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t parked = 0;
    std::uint64_t refused = 0;
    std::map<std::string, std::uint64_t> refused_by_code;
    double seconds = 0;
};

void print_json(const HistoryCounts& history, const EventCounts& events) {
    const nlohmann::ordered_json document{
        {"orders",
         {{"read", history.orders.read},
          {"applied", history.orders.applied},
          {"rejected", history.orders.rejected},
          {"returns_matched", history.orders.returns_matched},
          {"returns_unmatched", history.orders.returns_unmatched},
          {"returns_skipped", history.orders.returns_skipped}}},
        {"members", history.members},
        {"events",
         {{"read", events.read},
          {"applied", events.applied},
          {"duplicates", events.duplicates},
          {"parked", events.parked},
          {"refused", events.refused}}},
        {"refused_by_code", events.refused_by_code},
        {"seconds", events.seconds}};
    fmt::print("{}\n", document.dump(2));
}

void print_text(const HistoryCounts& history, const EventCounts& events) {
    fmt::print("{} rows read: {} orders, {} returns matched, {} unmatched, {} rows rejected.\n", history.orders.read,
               history.orders.applied, history.orders.returns_matched, history.orders.returns_unmatched,
               history.orders.rejected);
    if (!history.rejects_file.empty()) fmt::print("Rows that could not be used are in {}.\n", history.rejects_file);
    fmt::print("{} members; {} events applied, {} known already, {} refused, in {:.1f} s.\n", history.members,
               events.applied, events.duplicates, events.refused, events.seconds);
    for (const auto& [code, count] : events.refused_by_code) fmt::print("  refused {}: {}\n", code, count);
}

std::optional<EventCounts> import_into_database(const ImportSettings& settings, service::Service& service,
                                                History& history, ProgressBar& bar) {
    const auto report = service::import_commands(
        service, [&history] { return history.next(); }, {},
        [&bar](std::uint64_t answered) { bar.show("events", answered, 0); });
    bar.clear();
    if (report.failure) {
        print_error(sentence_of(*report.failure, settings.db.url));
        return std::nullopt;
    }
    return EventCounts{report.read, report.applied, report.duplicates, report.parked, report.refused,
                       report.refused_by_code, 0};
}

std::optional<EventCounts> import_into_server(const HttpTarget& target, History& history, ProgressBar& bar) {
    auto report = import_over_http(
        target, [&history] { return history.next(); },
        [&bar](std::uint64_t answered) { bar.show("events", answered, 0); });
    bar.clear();
    if (!report) {
        print_error(report.error());
        return std::nullopt;
    }
    return EventCounts{report->read, report->applied, report->duplicates, report->parked, report->refused,
                       std::move(report->refused_by_code), 0};
}

/// The service on the database, with the programme in force.
std::unique_ptr<service::Service> prepare_service(const ImportSettings& settings,
                                                  const programme::Programme& programme) {
    const auto store = open_or_explain(settings.db);
    if (store == nullptr) return nullptr;
    const auto clock = choose_clock(*store, {settings.clock_start, true}, settings.db.url);
    if (!clock || !install_programme(*store, programme, (*clock)(), settings.db.url)) return nullptr;
    service::ServiceOptions options;
    options.clock = *clock;
    options.scheduler = false;
    return start_or_explain(settings.db, std::move(options));
}

std::optional<EventCounts> import_history(const ImportSettings& settings, const programme::Programme& programme,
                                          History& history, ProgressBar& bar) {
    const auto started = std::chrono::steady_clock::now();
    std::optional<EventCounts> counts;
    if (settings.url.empty()) {
        const auto service = prepare_service(settings, programme);
        if (service == nullptr) return std::nullopt;
        counts = import_into_database(settings, *service, history, bar);
        service->drain();
    } else {
        auto target = parse_url(settings.url);
        if (!target) {
            print_error(target.error());
            return std::nullopt;
        }
        const char* const from_environment = std::getenv("REGULARS_KEY");
        target->key = !settings.key.empty() ? settings.key : from_environment != nullptr ? from_environment : "";
        counts = import_into_server(*target, history, bar);
    }
    if (counts)
        counts->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return counts;
}

int import(ImportSettings& settings) {
    if (settings.db.url.empty() == settings.url.empty()) {
        print_error("name the database with --db or a running server with --url, one of the two.");
        return exit_usage;
    }
    auto map = backtest::parse_map(settings.map);
    if (!map) {
        print_error("--map: " + map.error());
        return exit_usage;
    }
    settings.history.map = std::move(*map);
    settings.history.returns =
        settings.returns == "skip" ? backtest::ReturnsPolicy::skip : backtest::ReturnsPolicy::match;
    const auto programme = read_programme_or_explain(settings.programme);
    if (programme == nullptr) return exit_failed;
    ProgressBar bar;
    const auto history = History::open(settings.history, programme, [&bar](backtest::Stage stage, std::uint64_t done,
                                                                           std::uint64_t total) {
        bar.show(backtest::name_of(stage), done, total);
    });
    bar.clear();
    if (!history) {
        print_error(history.error());
        return exit_failed;
    }
    const auto events = import_history(settings, *programme, **history, bar);
    if (!events) return exit_failed;
    const auto counts = (*history)->counts();
    if (!counts) {
        print_error(counts.error());
        return exit_failed;
    }
    if (settings.json) {
        print_json(*counts, *events);
    } else {
        print_text(*counts, *events);
    }
    return exit_done;
}

}  // namespace

void add_import(CLI::App& app, Run& run) {
    auto settings = std::make_shared<ImportSettings>();
    CLI::App* const command = app.add_subcommand("import", "Load a shop's order history");
    command->footer(
        "The same columns and --map as 'regulars backtest'. Orders of which the database knows already change nothing, "
        "so an\nimport that broke off can be run again.\n\n"
        "Examples:\n"
        "  regulars import --db sqlite:shop.db --programme programmes/vancl.yaml --orders orders.csv\n"
        "  regulars import --url http://127.0.0.1:8080 --key KEY "
        "--programme programmes/vancl.yaml --orders orders.csv");
    add_database(*command, settings->db);
    command->add_option("--url", settings->url, "A running server instead of a database: http://HOST:PORT");
    command->add_option("--key", settings->key, "API key for --url; else the environment's REGULARS_KEY");
    command->add_option("--programme", settings->programme, "Programme file; with --db it is put in force")->required();
    command->add_option("--orders", settings->history.orders_path, "CSV, plain or gzip; - is standard input")
        ->required();
    command->add_option("--map", settings->map, "name=column,... where the file's columns have other names");
    command->add_option("--returns", settings->returns, "What becomes of negative lines")
        ->check(CLI::IsMember({"match", "skip"}))
        ->capture_default_str();
    command->add_option("--identity-kind", settings->history.identity_kind, "Customers become identities of this kind")
        ->capture_default_str();
    command->add_option("--clock-start", settings->clock_start,
                        "With --db: the instant that a server on this database shows at its start");
    command->add_option("--rejects", settings->history.rejects_path,
                        "Where rejected rows go; beside the orders when left out");
    command->add_flag("--json", settings->json, "The counts as JSON");
    command->callback([settings, &run] { run = [settings] { return import(*settings); }; });
}

}  // namespace regulars::server
