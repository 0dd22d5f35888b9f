#include "store/open.hpp"

#include "store/connection.hpp"
#include "store/failure.hpp"
#include "store/memory_store.hpp"
#include "store/migrations.hpp"
#include "store/sql_store.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace regulars::store {

namespace {

struct Place {
    std::optional<Dialect> dialect;  ///< none: memory
    std::string target;
};

Place place_of(const std::string& url) {
    const std::string_view text = url;
    if (text.starts_with("memory:")) return {std::nullopt, url.substr(7)};
    if (text.starts_with("sqlite:") && text.size() > 7) return {Dialect::sqlite, url.substr(7)};
    if (text.starts_with("postgres://") || text.starts_with("postgresql://")) return {Dialect::postgres, url};
    if (text.starts_with("postgres:") && text.size() > 9) return {Dialect::postgres, url.substr(9)};
    fail(service::StoreError::not_found,
         "\"" + redacted(url) + "\" is no database: write sqlite:PATH, postgres:CONNINFO or memory:NAME");
}

std::unique_ptr<Connection> migrated(const Place& place, MigrationReport& report) {
    auto connection = std::make_unique<Connection>(*place.dialect, place.target, ConnectionOptions{});
    report = migrate(*connection, migrations());
    return connection;
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
    return guarded([&]() -> std::unique_ptr<service::Store> {
        const auto place = place_of(url);
        if (!place.dialect) return open_memory_store(place.target);
        MigrationReport report;
        auto connection = migrated(place, report);
        return std::make_unique<SqlStore>(std::move(connection), place.target);
    });
}

service::Stored<SchemaChange> migrate_database(const std::string& url) {
    return guarded([&]() -> SchemaChange {
        const auto place = place_of(url);
        if (!place.dialect) return {};
        MigrationReport report;
        const auto connection = migrated(place, report);
        return {report.before, report.after};
    });
}

std::string redacted(const std::string& url) {
    return without_address_password(without_password_options(url));
}

}  // namespace regulars::store
