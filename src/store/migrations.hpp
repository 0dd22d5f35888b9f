// The schema's history: numbered migrations, each done once and whole. A database that an older version made is brought
// up to date when it is opened; one that a newer version made is refused.
#pragma once

#include "store/connection.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace regulars::store {

/// `text` is statements, each ended by ";" at the end of a line; store/statement.hpp tells its markers.
struct Migration {
    std::uint32_t version = 0;
    std::string_view name;
    std::string_view text;
};

/// All of them, by version from 1 on without gaps.
[[nodiscard]] std::span<const Migration> migrations();

/// Where a database's schema stood and where it stands now; 0 is a database without tables.
struct MigrationReport {
    std::uint32_t before = 0;
    std::uint32_t after = 0;
};

/// Does the migrations that the database lacks, each in a transaction of its own. Safe when several processes do it at
/// once. Fails with newer_schema when the database has seen more than `known`, with corrupt when it is somebody else's.
MigrationReport migrate(Connection& connection, std::span<const Migration> known);

}  // namespace regulars::store
