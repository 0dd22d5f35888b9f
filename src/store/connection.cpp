#include "store/connection.hpp"

#include "base/check.hpp"
#include "store/checkpointer.hpp"
#include "store/failure.hpp"
#include "store/prepared_statement.hpp"
#include "store/sql/reading.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <chrono>
#include <limits>
#include <map>
#include <thread>

namespace regulars::store {

// --- parameters and results --------------------------------------------------------------------------------------

Rows& Rows::integer(std::int64_t value) {
    auto& column = statement_.next_column(Type::integer);
    if (statement_.binding == Binding::arrays) {
        append_integer(column.array, value);
    } else {
        column.integers.push_back(value);
        column.indicators.push_back(soci::i_ok);
    }
    return *this;
}

Rows& Rows::number(std::uint64_t value) {
    check(value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()), "a number fits 63 bits");
    return integer(static_cast<std::int64_t>(value));
}

static void add_text(ParameterColumn& column, std::string_view value) {
    if (column.texts.size() < column.rows)
        column.texts.emplace_back(value);
    else
        column.texts[column.rows - 1] = value;
    column.indicators.push_back(soci::i_ok);
}

Rows& Rows::text(std::string_view value) {
    auto& column = statement_.next_column(Type::text);
    if (statement_.binding == Binding::arrays)
        append_text(column.array, value);
    else
        add_text(column, value);
    return *this;
}

Rows& Rows::bytes(std::string_view value) {
    auto& column = statement_.next_column(Type::bytes);
    // No bytes are null in the one column that may have none; a document is never empty.
    if (statement_.binding == Binding::arrays) {
        if (value.empty())
            append_null(column.array);
        else
            append_bytes(column.array, value);
    } else {
        add_text(column, value);
        if (value.empty()) column.indicators.back() = soci::i_null;
    }
    return *this;
}

Rows& Rows::instant_or_null(const std::optional<Instant>& value) {
    if (value) return instant(*value);
    auto& column = statement_.next_column(Type::integer);
    if (statement_.binding == Binding::arrays) {
        append_null(column.array);
    } else {
        column.integers.push_back(0);
        column.indicators.push_back(soci::i_null);
    }
    return *this;
}

Rows& Rows::instant_or_null(Instant value, Instant none) {
    return instant_or_null(value == none ? std::nullopt : std::optional<Instant>(value));
}

bool Row::is_null(std::size_t column) const {
    return statement_.results[column].indicator == soci::i_null;
}

std::int64_t Row::integer(std::size_t column) const {
    const auto& result = statement_.results[column];
    check(result.type == Type::integer, "a column is read as the statement declares it");
    if (result.indicator == soci::i_null)
        fail(service::StoreError::corrupt,
             "null where a number must stand, read by " + std::string(statement_.declaration.name));
    return result.integer;
}

std::uint64_t Row::number(std::size_t column) const {
    const auto value = integer(column);
    if (value < 0)
        fail(service::StoreError::corrupt,
             "a negative number where none can stand, read by " + std::string(statement_.declaration.name));
    return static_cast<std::uint64_t>(value);
}

std::uint32_t Row::small_number(std::size_t column) const {
    const auto value = number(column);
    if (value > std::numeric_limits<std::uint32_t>::max())
        fail(service::StoreError::corrupt,
             "a number above 32 bits, read by " + std::string(statement_.declaration.name));
    return static_cast<std::uint32_t>(value);
}

std::string Row::text(std::size_t column) const {
    const auto& result = statement_.results[column];
    check(result.type == Type::text, "a column is read as the statement declares it");
    return result.indicator == soci::i_null ? std::string() : result.text;
}

std::string Row::bytes(std::size_t column) const {
    const auto& result = statement_.results[column];
    check(result.type == Type::bytes, "a column is read as the statement declares it");
    if (result.indicator == soci::i_null) return {};
    return dialect_ == Dialect::postgres ? bytes_of_hex(result.text) : result.text;
}

Instant Row::instant_or(std::size_t column, Instant none) const {
    return is_null(column) ? none : instant(column);
}

std::optional<Instant> Row::maybe_instant(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return instant(column);
}

// --- the connection ----------------------------------------------------------------------------------------------

struct Connection::Session {
    Dialect dialect;
    Sync sync = Sync::at_commit;
    std::shared_ptr<Checkpointer> checkpointer;  ///< outlives the session
    soci::session session;
    std::map<const Statement*, std::unique_ptr<PreparedStatement>> statements;  ///< only looked up, never walked

    [[nodiscard]] sqlite_api::sqlite3* sqlite() {
        return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
    }
    [[nodiscard]] PGconn* postgres() {
        return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
    }
};

namespace {

/// Of one connection to SQLite. Members come in any order, so most pages that a commit needs were not needed just
/// before.
constexpr int page_cache_kib = 64 * 1024;
/// Pages beyond the cache are read out of the file's mapping, without a call of the system for each.
constexpr std::int64_t mapped_bytes_max = std::int64_t{16} << 30U;

enum class Step : std::uint8_t { statement, commit };

/// Turns SOCI's exception into ours. The detail names the code and the statement, and no value.
[[noreturn]] void rethrow(const soci::soci_error& error, std::string_view what, Step step) {
    const bool commit = step == Step::commit;
    if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
        const int code = sqlite->result();
        fail(commit ? commit_error_of_sqlite(code) : error_of_sqlite(code),
             std::string("SQLite says \"") + sqlite_api::sqlite3_errstr(code) + "\" (" + std::to_string(code) +
                 ") in " + std::string(what));
    }
    if (const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
        const std::string state = postgres->sqlstate();
        const bool broken = state.empty() || state.front() == ' ';
        fail(commit ? commit_error_of_sqlstate(broken ? "" : state) : error_of_sqlstate(broken ? "" : state),
             broken ? "the connection to PostgreSQL broke in " + std::string(what)
                    : "PostgreSQL says SQLSTATE " + state + " in " + std::string(what));
    }
    fail(commit ? service::StoreError::outcome_unknown : service::StoreError::unavailable,
         "the database failed in " + std::string(what));
}

template <class Work>
auto translated(std::string_view what, Step step, Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const soci::soci_error& error) {
        rethrow(error, what, step);
    }
}

/// SOCI takes a text with "=" for a list of options, and SQLite has names of its own for what is not a file.
void open_sqlite(soci::session& session, const std::string& path) {
    if (path.find('=') != std::string::npos || path.starts_with(":"))
        fail(service::StoreError::unavailable, "the path of a database may not contain \"=\" or begin with \":\"");
    // A connection belongs to one thread at a time, so SQLite need not lock it at every call. This says so for the
    // whole process, and only before SQLite is first used; later it is refused, and SQLite merely stays slower. Nor
    // need it count the memory that it uses, for which all threads would wait for one lock.
    [[maybe_unused]] static const int without_locks = sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    [[maybe_unused]] static const int uncounted = sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    translated("opening the file " + path, Step::statement, [&] { session.open(soci::sqlite3, path); });
}

void open_postgres(soci::session& session, const std::string& conninfo) {
    try {
        session.open(soci::postgresql, conninfo);
    } catch (const soci::soci_error&) {
        fail(service::StoreError::unavailable,
             "cannot connect to PostgreSQL: no server answers there, or it refuses "
             "the user, the password or the database");
    }
}

}  // namespace

Connection::Connection(Dialect dialect, const std::string& target, const ConnectionOptions& options)
    : seal_(options.seal), session_(std::make_unique<Session>()) {
    session_->dialect = dialect;
    if (dialect == Dialect::sqlite)
        open_file(target, options);
    else
        open_server(target, options);
}

void Connection::open_server(const std::string& conninfo, const ConnectionOptions& options) {
    open_postgres(session_->session, conninfo);
    run("SET client_min_messages TO warning");
    run("SET standard_conforming_strings TO on");
    run("SET bytea_output TO hex");
    take_part(options);
}

void Connection::open_file(const std::string& path, const ConnectionOptions& options) {
    open_sqlite(session_->session, path);
    sqlite_api::sqlite3_extended_result_codes(session_->sqlite(), 1);
    run("PRAGMA busy_timeout = " + std::to_string(options.busy_timeout_ms));
    // Before the file is first read, which then takes a lock that no other connection to it leaves free. Whoever does
    // not get it keeps a part of it, so there is no use in trying again.
    if (options.alone) run("PRAGMA locking_mode = EXCLUSIVE");
    use_log(options.alone ? 0 : options.busy_timeout_ms);
    run("PRAGMA synchronous = FULL");
    run("PRAGMA foreign_keys = OFF");
    run("PRAGMA cache_size = -" + std::to_string(page_cache_kib));
    run("PRAGMA mmap_size = " + std::to_string(mapped_bytes_max));
    if (options.alone) return;
    session_->checkpointer = Checkpointer::of(path);
    session_->checkpointer->watch(session_->sqlite());
}

// Every connection to PostgreSQL holds a lock that others may hold too, as SQLite's do by themselves, until it ends.
// The server takes a moment to notice that one has ended.
void Connection::take_part(const ConnectionOptions& options) {
    constexpr std::int64_t pause_ms = 20;
    const Statement& statement = options.alone ? sql::lock_alone : sql::lock_with_others;
    for (std::int64_t waited_ms = 0;; waited_ms += pause_ms) {
        bool locked = false;
        rows(statement);
        read(statement, [&](const Row& row) { locked = row.integer(0) != 0; });
        if (locked) return;
        if (waited_ms >= options.busy_timeout_ms)
            fail(service::StoreError::locked, options.alone
                                                  ? "other connections to it are open"
                                                  : "its seal is being changed, and nobody else may use it meanwhile");
        std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms));
    }
}

// Of several that open a new file at once, SQLite refuses all but one here without waiting.
void Connection::use_log(std::int64_t timeout_ms) {
    constexpr std::chrono::milliseconds pause{10};
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
    for (;;) {
        try {
            return run("PRAGMA journal_mode = WAL");
        } catch (const Failed& failed) {
            if (failed.failure.error != service::StoreError::locked || std::chrono::steady_clock::now() >= end) throw;
        }
        std::this_thread::sleep_for(pause);
    }
}

Connection::~Connection() = default;

Dialect Connection::dialect() const {
    return session_->dialect;
}

PreparedStatement& Connection::prepared(const Statement& statement) {
    auto& known = session_->statements[&statement];
    if (!known)
        known = translated(statement.name, Step::statement, [&] {
            return std::make_unique<PreparedStatement>(session_->session, session_->dialect, statement);
        });
    return *known;
}

Rows Connection::rows(const Statement& statement) {
    auto& known = prepared(statement);
    known.clear();
    return Rows(known);
}

std::int64_t Connection::write(const Statement& statement) {
    auto& known = prepared(statement);
    if (known.row_count() == 0) return 0;
    return translated(statement.name, Step::statement, [&] { return known.write(); });
}

void Connection::read(const Statement& statement, const std::function<void(const Row&)>& each) {
    auto& known = prepared(statement);
    const std::size_t runs = known.binding == Binding::arrays ? std::size_t{known.row_count() > 0} : known.row_count();
    const Row row(known, session_->dialect);
    try {
        for (std::size_t run = 0; run < runs; ++run) {
            bool there = translated(statement.name, Step::statement, [&] { return known.begin_read(run); });
            while (there) {
                each(row);
                there = translated(statement.name, Step::statement, [&] { return known.fetch(); });
            }
        }
    } catch (...) {
        // A statement of SQLite that is left half read keeps its snapshot of the database; a new one is made when
        // needed.
        if (session_->dialect == Dialect::sqlite) session_->statements.erase(&statement);
        throw;
    }
}

void Connection::run(const std::string& text) {
    translated(text.substr(0, text.find('\n')), Step::statement, [&] { session_->session << text; });
}

void Connection::begin_reading() {
    run("BEGIN");
}

void Connection::end_reading() {
    run_quietly("COMMIT");
}

// Not "unavailable", which would be met by opening the path again and making an empty database there.
void Connection::check_file() {
    if (session_->dialect == Dialect::postgres) return;
    int moved = 0;
    sqlite_api::sqlite3_file_control(session_->sqlite(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved != 0)
        fail(service::StoreError::corrupt,
             "the file of the database was moved or deleted while it was open: stop, put it back (or a backup of it), "
             "and start again");
}

void Connection::begin_writing(Sync sync) {
    if (session_->dialect == Dialect::postgres) return run("BEGIN");
    check_file();
    if (sync != session_->sync) run(sync == Sync::later ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL");
    session_->sync = sync;
    run("BEGIN IMMEDIATE");
}

// In the log is all that was committed and is not yet in the file; whoever moves it there syncs it first.
void Connection::sync() {
    if (session_->dialect == Dialect::postgres) return;
    run("SELECT count(*) FROM sqlite_schema");  // opens the log, if nothing has yet
    sqlite_api::sqlite3_file* log = nullptr;
    const int asked =
        sqlite_api::sqlite3_file_control(session_->sqlite(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (asked != SQLITE_OK || log == nullptr || log->pMethods == nullptr)
        fail(service::StoreError::unavailable, "SQLite has no log that could be synced");
    const int synced = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    if (synced != SQLITE_OK)
        fail(service::StoreError::unavailable,
             std::string("SQLite says \"") + sqlite_api::sqlite3_errstr(synced) + "\" when it syncs its log");
}

void Connection::commit() {
    translated("COMMIT", Step::commit, [&] { session_->session << "COMMIT"; });
}

void Connection::roll_back() {
    if (session_->dialect == Dialect::sqlite && sqlite_api::sqlite3_get_autocommit(session_->sqlite()) != 0) return;
    run_quietly("ROLLBACK");
}

void Connection::run_quietly(const char* text) {
    try {
        session_->session << text;
    } catch (const soci::soci_error&) {
        // The connection is gone, and with it the transaction; usable() tells so.
    }
}

bool Connection::usable() const {
    return session_->dialect == Dialect::sqlite || PQstatus(session_->postgres()) == CONNECTION_OK;
}

void* Connection::sqlite_handle() const {
    return session_->dialect == Dialect::sqlite ? session_->sqlite() : nullptr;
}

}  // namespace regulars::store
