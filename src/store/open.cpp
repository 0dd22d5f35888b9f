#include "store/open.hpp"

#include "store/backup.hpp"
#include "store/connection.hpp"
#include "store/failure.hpp"
#include "store/memory_store.hpp"
#include "store/migrations.hpp"
#include "store/place.hpp"
#include "store/seal_mark.hpp"
#include "store/sealing.hpp"
#include "store/sql_store.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace regulars::store {

namespace {

std::unique_ptr<Connection> migrated(const Place& place, const ConnectionOptions& options, MigrationReport& report) {
    auto connection = std::make_unique<Connection>(*place.dialect, place.target, options);
    report = migrate(*connection, migrations());
    return connection;
}

/// A connection to a database that may be used with the seal. An empty one is sealed first; of several that do so at
/// once one is the first, and that is as good for the others.
std::unique_ptr<Connection> usable(const std::string& url, const Place& place, const ConnectionOptions& options) {
    MigrationReport report;
    auto connection = migrated(place, options, report);
    if (!must_be_sealed_first(*connection)) return connection;
    connection.reset();
    auto sealed = change_seal(url, {.from = nullptr, .to = options.seal.get()});
    connection = migrated(place, options, report);
    if (!must_be_sealed_first(*connection)) return connection;
    if (!sealed) throw Failed{std::move(sealed.error())};
    fail(service::StoreError::corrupt, "it was sealed just now and is not any more");
}

/// The end of the value that begins at `start`: quoted as libpq has it, or up to a space or an "&".
std::size_t value_end(std::string_view text, std::size_t start) {
    if (start < text.size() && text[start] == '\'') {
        for (std::size_t index = start + 1; index < text.size(); ++index) {
            if (text[index] == '\\')
                ++index;
            else if (text[index] == '\'')
                return index + 1;
        }
        return text.size();
    }
    return std::min(text.find_first_of(" &", start), text.size());
}

/// Hides the values of "password = x" and "?password=x".
std::string without_password_options(std::string text) {
    for (auto place = text.find("password"); place != std::string::npos; place = text.find("password", place + 1)) {
        auto start = text.find_first_not_of(' ', place + std::string_view("password").size());
        if (start == std::string::npos || text[start] != '=') continue;
        start = std::min(text.find_first_not_of(' ', start + 1), text.size());
        text.replace(start, value_end(text, start) - start, "***");
    }
    return text;
}

/// Hides what stands between ":" and the last "@" of "scheme://user:password@host".
std::string without_address_password(std::string text) {
    const auto scheme = text.find("://");
    if (scheme == std::string::npos) return text;
    const auto start = scheme + 3;
    const auto at = text.rfind('@');
    if (at == std::string::npos || at < start) return text;
    const auto colon = text.find(':', start);
    if (colon < at) text.replace(colon + 1, at - colon - 1, "***");
    return text;
}

}  // namespace

service::Stored<std::unique_ptr<service::Store>> open_store(const std::string& url) {
    return open_sealed_store(url, nullptr);
}

service::Stored<std::unique_ptr<service::Store>> open_sealed_store(const std::string& url,
                                                                   std::shared_ptr<const Seal> seal) {
    return guarded([&]() -> std::unique_ptr<service::Store> {
        const auto place = place_of(url);
        if (!place.dialect) return open_memory_store(place.target);
        const ConnectionOptions options{.seal = std::move(seal)};
        return std::make_unique<SqlStore>(usable(url, place, options), place.target, options);
    });
}

service::Stored<SchemaChange> migrate_database(const std::string& url) {
    return guarded([&]() -> SchemaChange {
        const auto place = place_of(url);
        if (!place.dialect) return {};
        MigrationReport report;
        const auto connection = migrated(place, {}, report);
        return {report.before, report.after};
    });
}

service::Stored<void> copy_database(const std::string& url, const std::string& path) {
    return guarded([&] {
        const auto place = place_of(url);
        if (!place.dialect) fail(service::StoreError::not_found, "a database in memory has no file to copy");
        MigrationReport report;
        back_up(*migrated(place, {}, report), path);
    });
}

std::string redacted(const std::string& url) {
    return without_address_password(without_password_options(url));
}

}  // namespace regulars::store
