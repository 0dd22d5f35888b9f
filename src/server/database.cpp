#include "server/database.hpp"

#include <chrono>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "backtest/files.hpp"
#include "base/limits.hpp"
#include "programme/parse.hpp"
#include "programme/succession.hpp"
#include "server/seal_key_file.hpp"
#include "server/terminal.hpp"
#include "store/open.hpp"

namespace regulars::server {

namespace {

std::string_view advice_of(service::StoreError error) {
    using service::StoreError;
    switch (error) {
        case StoreError::conflict: return "Something else writes to it at the same time; try again.";
        case StoreError::locked:
            return "Another process holds it locked; wait until that is done, or stop that process, and try again.";
        case StoreError::read_only: return "It can only be read: check the rights of the file and of its folder.";
        case StoreError::full: return "There is no space left for it: make space and try again.";
        case StoreError::unavailable:
            return "It cannot be reached: check the path or address, that the server runs, and the rights.";
        case StoreError::outcome_unknown: return "It broke off in the middle of a commit; look what was kept.";
        case StoreError::newer_schema:
            return "A newer version of Regulars made it: use that version, or restore an older backup.";
        case StoreError::corrupt:
            return "It holds something that cannot be read: check that it is a Regulars database, or restore a backup.";
        case StoreError::sealed:
            return "docs/operations.md tells about keys under \"The seal\".";
        case StoreError::not_found: return "Check the name: sqlite:PATH, postgres:CONNINFO or postgresql://...";
    }
    return {};
}

Instant system_now() {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

}  // namespace

std::string sentence_of(const service::StoreFailure& failure, const std::string& url) {
    std::string detail = failure.detail;
    if (!detail.empty() && detail.back() != '.') detail += '.';
    return fmt::format("the database {} cannot be used: {} {}", store::redacted(url), detail, advice_of(failure.error));
}

CLI::Option* add_database(CLI::App& command, DatabasePlace& place) {
    command.add_option("--seal-key-file", place.seal_key_file, "Key of a database whose personal fields are sealed")
        ->envname("REGULARS_SEAL_KEY_FILE");
    return command.add_option("--db", place.url, "Database URL");
}

/// How stores on the database are opened; nothing, told why, when the key cannot be read.
static std::optional<service::OpenStore> opener_or_explain(const DatabasePlace& place) {
    if (place.seal_key_file.empty()) return store::open_store;
    auto seal = read_seal(place.seal_key_file);
    if (seal)
        return [seal = std::move(*seal)](const std::string& url) { return store::open_sealed_store(url, seal); };
    print_error(seal.error());
    return std::nullopt;
}

std::unique_ptr<service::Store> open_or_explain(const DatabasePlace& place) {
    const auto open = opener_or_explain(place);
    if (!open) return nullptr;
    auto opened = (*open)(place.url);
    if (opened) return std::move(*opened);
    print_error(sentence_of(opened.error(), place.url));
    return nullptr;
}

std::shared_ptr<const programme::Programme> read_programme_or_explain(const std::string& path) {
    const auto text = backtest::read_text(path, limits::programme_file_size_max);
    if (!text) {
        print_error(text.error());
        return nullptr;
    }
    auto parsed = programme::parse(*text, path);
    if (parsed) return std::make_shared<const programme::Programme>(std::move(*parsed));
    for (const Diagnostic& diagnostic : parsed.error()) fmt::print(stderr, "{}\n", text_of(diagnostic));
    return nullptr;
}

namespace {

/// False, told why, when members and orders would refer to what the new version no longer has.
bool may_follow(const service::ProgrammeRow& current, const programme::Programme& next, const std::string& url) {
    const auto compiled = programme::parse(current.source, current.name);
    if (!compiled) return true;  // The service tells that the stored text no longer compiles.
    const auto problem = programme::succession_problem(*compiled, next);
    if (problem)
        print_error(fmt::format("version {} cannot follow version {} in {}: {}.", next.version, current.version,
                                store::redacted(url), *problem));
    return !problem;
}

}  // namespace

/// Prints why there is no programme to work under.
static void explain_without_programme(const service::StoreFailure& failure, const std::string& url) {
    if (failure.error != service::StoreError::not_found) return print_error(sentence_of(failure, url));
    print_error(fmt::format("the database {} holds no programme yet: 'serve' and 'import' add one with --programme "
                            "FILE, for example --programme programmes/vancl.yaml.", store::redacted(url)));
}

std::shared_ptr<const service::ProgrammeHistory> history_or_explain(service::Store& store, const std::string& url) {
    const auto rows = store.programmes();
    auto history = rows ? service::ProgrammeHistory::from_rows(*rows)
                        : service::Stored<std::shared_ptr<const service::ProgrammeHistory>>(unexpected(rows.error()));
    if (history) return std::move(*history);
    explain_without_programme(history.error(), url);
    return nullptr;
}

bool install_programme(service::Store& store, const programme::Programme& programme, Instant now,
                       const std::string& url) {
    const auto rows = store.programmes();
    if (!rows) {
        print_error(sentence_of(rows.error(), url));
        return false;
    }
    for (const service::ProgrammeRow& row : *rows) {
        if (row.version < programme.version) continue;
        if (row.version == programme.version && row.source == programme.source) return true;
        print_error(fmt::format("version {} of the programme '{}' is in force in {}, and the file's version {} is not "
                                "higher: raise 'version' in the file, or leave --programme out.",
                                row.version, row.name, store::redacted(url), programme.version));
        return false;
    }
    if (!rows->empty() && !may_follow(rows->back(), programme, url)) return false;
    const auto added = store.add_programme({programme.version, programme.name, programme.source, now});
    if (!added) print_error(sentence_of(added.error(), url));
    return added.has_value();
}

std::function<Instant()> make_clock(std::optional<Instant> start) {
    if (!start) return system_now;
    const std::int64_t offset_ms = start->ms - system_now().ms;
    return [offset_ms] { return Instant{system_now().ms + offset_ms}; };
}

std::optional<std::function<Instant()>> choose_clock(service::Store& store, const ClockChoice& choice,
                                                     const std::string& url) {
    const auto stored = store.setting(clock_start_setting);
    if (!stored) {
        print_error(sentence_of(stored.error(), url));
        return std::nullopt;
    }
    const std::string text = choice.text.empty() ? stored->value_or("") : choice.text;
    if (text.empty()) return make_clock(std::nullopt);
    const auto start = parse_instant(text, Zone());
    if (!start) {
        print_error(fmt::format("'{}' is no instant to start the clock at: give one like 2011-12-10T12:00:00Z.", text));
        return std::nullopt;
    }
    if (choice.keep && !choice.text.empty()) {
        const auto kept = store.set_setting(clock_start_setting, text_of(*start));
        if (!kept) {
            print_error(sentence_of(kept.error(), url));
            return std::nullopt;
        }
    }
    return make_clock(start);
}

std::unique_ptr<service::Service> start_or_explain(const DatabasePlace& place, service::ServiceOptions options) {
    auto open = opener_or_explain(place);
    if (!open) return nullptr;
    options.store_url = place.url;
    options.open_store = std::move(*open);
    auto started = service::Service::start(std::move(options));
    if (started) return std::move(*started);
    explain_without_programme(started.error(), place.url);
    return nullptr;
}

}  // namespace regulars::server
