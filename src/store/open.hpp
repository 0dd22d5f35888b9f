// The way into storage: a URL to a store.
//
//     sqlite:PATH            a file, made when it is missing
//     postgres:CONNINFO      libpq's "host=... dbname=...", or a libpq address after the colon
//     postgresql://...       libpq's address as it is
//     memory:NAME            gone with the last store of that name
#pragma once

#include "service/store.hpp"
#include "store/seal.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace regulars::store {

/// Opens a store on the database and brings its schema up to date. Fails with newer_schema when a newer version of
/// Regulars made it, with not_found when the URL is none of the above.
[[nodiscard]] service::Stored<std::unique_ptr<service::Store>> open_store(const std::string& url);

/// The same for a database whose personal fields are sealed (store/seal.hpp); null: they are not. An empty database is
/// sealed with the key when it is first opened with it. Fails with `sealed` when the database is under another key,
/// under one while none is given, under none while it holds members, or half sealed. Nothing is sealed in memory.
[[nodiscard]] service::Stored<std::unique_ptr<service::Store>> open_sealed_store(const std::string& url,
                                                                                 std::shared_ptr<const Seal> seal);

/// Schema versions before and after; both 0 for memory, which has none.
struct SchemaChange {
    std::uint32_t before = 0;
    std::uint32_t after = 0;
};

/// Brings the schema up to date and does nothing else.
[[nodiscard]] service::Stored<SchemaChange> migrate_database(const std::string& url);

/// Brings the schema up to date and makes a consistent copy in a new file while others write, as it lies there: what is
/// sealed stays so, and no key is needed. Only SQLite.
[[nodiscard]] service::Stored<void> copy_database(const std::string& url, const std::string& path);

/// Says that this process serves the database, as long as what is given is held. Fails as locked when another process
/// does: each holds members in memory and would not see what the other writes. The file of SQLite must be there, and
/// what is given must be let go after every store on it. Others than SQLite may be served by many.
[[nodiscard]] service::Stored<std::shared_ptr<void>> serve_alone(const std::string& url);

/// The URL for logs and messages: passwords are "***".
[[nodiscard]] std::string redacted(const std::string& url);

}  // namespace regulars::store
