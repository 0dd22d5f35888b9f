#include "store/migrations.hpp"

#include "assets/migration_001_first_tables.hpp"
#include "assets/migration_002_coupons.hpp"
#include "assets/migration_003_plans.hpp"
#include "assets/migration_004_notices_and_codes.hpp"
#include "assets/migration_005_enrolment.hpp"
#include "assets/migration_006_two_members.hpp"
#include "assets/migration_007_due_in_order.hpp"
#include "assets/migration_008_sealed.hpp"
#include "assets/migration_009_activities.hpp"
#include "assets/migration_010_journals.hpp"
#include "assets/migration_011_questionnaires.hpp"
#include "base/check.hpp"
#include "store/failure.hpp"
#include "store/sql/reading.hpp"
#include "store/sql/writing.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace regulars::store {

namespace {

constexpr std::string_view schema_migrations_table =
    "CREATE TABLE IF NOT EXISTS schema_migrations (version {int64} NOT NULL, name {text} NOT NULL,"
    " PRIMARY KEY (version))";

struct SchemaVersion {
    std::uint32_t version = 0;
    std::string name;
};

SchemaVersion version_of(Connection& connection) {
    const bool sqlite = connection.dialect() == Dialect::sqlite;
    const Statement& tables = sqlite ? sql::sqlite_tables : sql::postgres_tables;
    std::int64_t all = 0;
    bool ours = false;
    connection.rows(tables);
    connection.read(tables, [&](const Row& row) {
        all = row.integer(0);
        ours = row.integer(1) > 0;
    });
    // A schema of PostgreSQL may be shared with others, a file may not.
    if (!ours && sqlite && all > 0)
        fail(service::StoreError::corrupt, "the file is a database of another application: choose another path");
    SchemaVersion result;
    if (!ours) return result;
    connection.rows(sql::schema_version);
    connection.read(sql::schema_version, [&](const Row& row) { result = {row.small_number(0), row.text(1)}; });
    return result;
}

/// The statements of a migration. Lines that begin with "--" are comments.
std::vector<std::string> statements_of(std::string_view text) {
    std::vector<std::string> statements;
    std::string statement;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with("--") || line.empty()) continue;
        const bool last = line.ends_with(';');
        statement.append(last ? line.substr(0, line.size() - 1) : line).append("\n");
        if (last) statements.push_back(std::exchange(statement, {}));
    }
    check(statement.empty(), "the last statement of a migration ends with a semicolon");
    return statements;
}

void perform(Connection& connection, const Migration& migration) {
    Transaction transaction(connection);
    connection.run(migration_in(connection.dialect(), schema_migrations_table));
    // The row comes first: of two that migrate at once, one is stopped here.
    connection.rows(sql::insert_schema_version).integer(migration.version).text(migration.name);
    connection.write(sql::insert_schema_version);
    for (const auto& statement : statements_of(migration.text))
        if (const auto text = migration_in(connection.dialect(), statement); !text.empty()) connection.run(text);
    transaction.commit();
}

/// False when another process did it in the meantime.
bool perform_unless_done(Connection& connection, const Migration& migration) {
    try {
        perform(connection, migration);
        return true;
    } catch (const Failed& failed) {
        if (failed.failure.error != service::StoreError::conflict) throw;
        return false;
    }
}

}  // namespace

std::span<const Migration> migrations() {
    static const std::array all{
        Migration{1, "first_tables", assets::migration_001_first_tables()},
        Migration{2, "coupons", assets::migration_002_coupons()},
        Migration{3, "plans", assets::migration_003_plans()},
        Migration{4, "notices_and_codes", assets::migration_004_notices_and_codes()},
        Migration{5, "enrolment", assets::migration_005_enrolment()},
        Migration{6, "two_members", assets::migration_006_two_members()},
        Migration{7, "due_in_order", assets::migration_007_due_in_order()},
        Migration{8, "sealed", assets::migration_008_sealed()},
        Migration{9, "activities", assets::migration_009_activities()},
        Migration{10, "journals", assets::migration_010_journals()},
        Migration{11, "questionnaires", assets::migration_011_questionnaires()},
    };
    return all;
}

MigrationReport migrate(Connection& connection, std::span<const Migration> known) {
    const auto latest = known.empty() ? 0 : known.back().version;
    auto current = version_of(connection);
    MigrationReport report{current.version, current.version};
    // Another process may take any step from us, but each step only once.
    for (std::size_t attempt = 0; current.version < latest; ++attempt) {
        if (attempt > known.size()) fail(service::StoreError::locked, "other processes keep migrating the database");
        perform_unless_done(connection, known[current.version]);
        current = version_of(connection);
    }
    if (current.version > latest)
        fail(service::StoreError::newer_schema, "the database has schema " + std::to_string(current.version) + " (" +
                                                    current.name + "), this version of Regulars knows schemas up to " +
                                                    std::to_string(latest) +
                                                    ": install the newer version, or restore a backup made before it");
    report.after = current.version;
    return report;
}

}  // namespace regulars::store
