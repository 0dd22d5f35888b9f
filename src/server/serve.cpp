#include <csignal>
#include <cstdio>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "api/http_server.hpp"
#include "api/log.hpp"
#include "server/database.hpp"
#include "server/send_codes.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"
#include "store/open.hpp"

namespace regulars::server {

namespace {

struct ServeOptions {
    DatabasePlace db;
    std::string listen = "127.0.0.1:8080";
    bool open = false;
    std::string programme;
    std::string clock_start;
    bool no_scheduler = false;
    std::size_t threads = 2;
    std::string log = "json";
    bool log_requests = false;
    std::string send_codes_to;
    bool log_codes = false;
    bool trust_forwarded_for = false;
    std::int64_t keep_notices_days = 400;
    std::int64_t ahead_days = 31;
};

/// Blocks the signals that end the server, for this thread and all that it starts from now on.
sigset_t block_stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

/// What the database must hold before the service can start, and the clock.
std::optional<std::function<Instant()>> prepare(const ServeOptions& options, service::Store& store) {
    auto clock = choose_clock(store, {options.clock_start, false}, options.db.url);
    if (!clock || options.programme.empty()) return clock;
    const auto programme = read_programme_or_explain(options.programme);
    if (programme == nullptr || !install_programme(store, *programme, (*clock)(), options.db.url)) return std::nullopt;
    return clock;
}

/// Who takes one-time codes; empty when nobody does. Nothing when what was asked for cannot be.
std::optional<api::SendCode> choose_sender(const ServeOptions& options) {
    if (options.log_codes && !options.open) {
        print_error("--log-codes writes codes and phone numbers to the log: it goes with --open only.");
        return std::nullopt;
    }
    if (options.log_codes) return log_codes();
    if (options.send_codes_to.empty()) return api::SendCode();
    auto target = parse_code_target(options.send_codes_to);
    if (target) return send_codes_to(target->place, std::move(target->path));
    print_error(target.error());
    return std::nullopt;
}

api::ServerOptions server_options(const ServeOptions& options, const api::HostPort& place,
                                  std::shared_ptr<service::Store> settings) {
    api::ServerOptions made;
    made.host = place.host;
    made.port = place.port;
    made.threads = options.threads;
    made.open = options.open;
    made.log_requests = options.log_requests;
    made.trust_forwarded_for = options.trust_forwarded_for;
    made.load_keys = [settings = std::move(settings)] { return settings->setting(api::api_keys_setting); };
    return made;
}

bool serve_alone_or_explain(const DatabasePlace& place, std::shared_ptr<void>& alone) {
    auto held = store::serve_alone(place.url);
    if (!held) {
        print_error(sentence_of(held.error(), place.url));
        return false;
    }
    alone = std::move(*held);
    return true;
}

int serve(const ServeOptions& options) {
    const auto place = api::parse_host_port(options.listen);
    if (!place) {
        print_error(fmt::format("--listen {} is not HOST:PORT, for example 127.0.0.1:8080.", options.listen));
        return exit_usage;
    }
    api::set_up_log(options.log == "text" ? api::LogForm::text : api::LogForm::json);
    const sigset_t signals = block_stop_signals();
    auto send_code = choose_sender(options);
    if (!send_code) return exit_usage;
    std::shared_ptr<void> alone;  // ends after all stores
    std::shared_ptr<service::Store> settings = open_or_explain(options.db);
    if (settings == nullptr || !serve_alone_or_explain(options.db, alone)) return exit_failed;
    const auto clock = prepare(options, *settings);
    if (!clock) return exit_failed;
    service::ServiceOptions service_options;
    service_options.clock = *clock;
    service_options.scheduler = !options.no_scheduler;
    service_options.ahead_max_ms = options.ahead_days * ms_per_day;
    service_options.notices_kept_ms = options.keep_notices_days * ms_per_day;
    service_options.on_failure = [](const service::StoreFailure& failure) {
        api::log_event(api::LogLevel::error, "batch_not_kept", {{"detail", failure.detail}});
    };
    const auto service = start_or_explain(options.db, std::move(service_options));
    if (service == nullptr) return exit_failed;
    auto http_options = server_options(options, *place, settings);
    http_options.send_code = std::move(*send_code);
    auto server = api::HttpServer::start(std::move(http_options), *service);
    if (!server) {
        print_error(server.error());
        return exit_failed;
    }
    const bool has_colons = place->host.find(':') != std::string::npos;
    const std::string host = has_colons ? "[" + place->host + "]" : place->host;
    const std::string address = fmt::format("http://{}:{}", host, (*server)->port());
    api::log_event(api::LogLevel::info, "started",
                   {{"address", address},
                    {"database", store::redacted(options.db.url)},
                    {"now", text_of(service->now())}});
    fmt::print("Regulars listens on {}\n", address);
    std::fflush(stdout);
    int signal = 0;
    sigwait(&signals, &signal);
    api::log_event(api::LogLevel::info, "stopping", {{"signal", signal == SIGINT ? "SIGINT" : "SIGTERM"}});
    (*server)->stop();
    service->drain();
    server->reset();
    api::log_event(api::LogLevel::info, "stopped", {});
    api::flush_log();
    return exit_done;
}

}  // namespace

void add_serve(CLI::App& app, Run& run) {
    auto options = std::make_shared<ServeOptions>();
    CLI::App* const command = app.add_subcommand("serve", "Serve a shop's programme over HTTP");
    command->footer("Examples:\n"
                    "  regulars serve --db sqlite:shop.db --programme programmes/vancl.yaml --open\n"
                    "  regulars key create --db sqlite:shop.db --name web-shop --scope write\n"
                    "  regulars serve --db sqlite:shop.db --listen 0.0.0.0:8080\n\n"
                    "SIGTERM or Ctrl-C stops in good order: everything taken is answered first.");
    add_database(*command, options->db)->required();
    command->add_option("--listen", options->listen, "HOST:PORT, an address of this machine")->capture_default_str();
    command->add_flag("--open", options->open, "No API key is needed; for trying things on loopback only");
    command->add_option("--programme", options->programme,
                        "Programme file, put in force when the database has none or an older version");
    command->add_option("--clock-start", options->clock_start,
                        "Show this instant at the start and run on from there (a shop of the past)");
    command->add_flag("--no-scheduler", options->no_scheduler, "Let time pass for a member only when it is asked for");
    command->add_option("--threads", options->threads, "Threads for connections")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_option("--log", options->log, "Form of the log on standard error")
        ->check(CLI::IsMember({"json", "text"}))
        ->capture_default_str();
    command->add_flag("--log-requests", options->log_requests, "Log every request, not only failures and slow ones");
    auto* const codes = command->add_option("--send-codes-to", options->send_codes_to,
                                            "http://HOST:PORT/PATH of the program that sends one-time codes");
    command->add_flag("--log-codes", options->log_codes, "Write one-time codes to the log; with --open only")
        ->excludes(codes);
    command->add_option("--keep-notices", options->keep_notices_days,
                        "Days after which notices are forgotten; 0: never. The scheduler does it")
        ->check(CLI::Range(0, 36'500))
        ->capture_default_str();
    command->add_option("--ahead", options->ahead_days,
                        "Days that an event may be dated ahead of the clock; 0: as far as it likes")
        ->check(CLI::Range(0, 36'500))
        ->capture_default_str();
    command->add_flag("--trust-forwarded-for", options->trust_forwarded_for,
                      "Limits count the last address in X-Forwarded-For; for a server behind a proxy of your own");
    command->callback([options, &run] { run = [options] { return serve(*options); }; });
}

}  // namespace regulars::server
