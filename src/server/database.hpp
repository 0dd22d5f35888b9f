// What the subcommands share about databases: opening one, and telling why it cannot be used.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/expected.hpp"
#include "base/time.hpp"
#include "programme/programme.hpp"
#include "service/programme_history.hpp"
#include "service/service.hpp"
#include "service/store.hpp"

namespace CLI {
class App;
class Option;
}

namespace regulars::server {

/// The setting that says at which instant the service's clock begins when it starts.
inline constexpr std::string_view clock_start_setting = "clock_start";

/// What is wrong with the database and what to do, naming it (without its password).
[[nodiscard]] std::string sentence_of(const service::StoreFailure& failure, const std::string& url);

/// Where a database is, and the file with the key of its seal; empty: it is not sealed.
struct DatabasePlace {
    std::string url;
    std::string seal_key_file;
};

/// Adds --db, which is given back, and --seal-key-file to a command.
CLI::Option* add_database(CLI::App& command, DatabasePlace& place);

/// Opens a store or prints why it cannot be.
[[nodiscard]] std::unique_ptr<service::Store> open_or_explain(const DatabasePlace& place);

/// Reads a programme file; prints everything that is wrong with it and gives null.
[[nodiscard]] std::shared_ptr<const programme::Programme> read_programme_or_explain(const std::string& path);

/// The programmes that the database has been under, or null with the reason printed: it holds none, or cannot be read.
[[nodiscard]] std::shared_ptr<const service::ProgrammeHistory> history_or_explain(service::Store& store,
                                                                                  const std::string& url);

/// Adds the programme when the database has none, or an older version. False, told why, when that is not possible.
[[nodiscard]] bool install_programme(service::Store& store, const programme::Programme& programme, Instant now,
                                     const std::string& url);

/// The system's clock, or one that shows `start` now and then runs on.
[[nodiscard]] std::function<Instant()> make_clock(std::optional<Instant> start);

/// The clock that serve and import use: `text` is --clock-start (empty: as the database has it stored, if it has). With
/// `keep`, a given start is stored. Nothing, told why, when it is no instant or the database fails.
struct ClockChoice {
    std::string text;
    bool keep = false;
};
[[nodiscard]] std::optional<std::function<Instant()>> choose_clock(service::Store& store, const ClockChoice& choice,
                                                                   const std::string& url);

/// Starts the service on the database or prints why not.
[[nodiscard]] std::unique_ptr<service::Service> start_or_explain(const DatabasePlace& place,
                                                                 service::ServiceOptions options);

}  // namespace regulars::server
