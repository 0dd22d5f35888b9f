// One connection to a database and the statements it has prepared. It runs statements and tells failures; what they
// mean together is the stores' business. Everything here throws Failed (store/failure.hpp).
#pragma once

#include "base/time.hpp"
#include "store/statement.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace regulars::store {

struct PreparedStatement;
class Seal;

/// Takes the parameters of a statement, row after row: as many calls to a row as the statement has parameters, in
/// order.
class Rows {
public:
    explicit Rows(PreparedStatement& statement) : statement_(statement) {}
    Rows& integer(std::int64_t value);
    Rows& number(std::uint64_t value);  ///< at most 2^63 - 1
    Rows& text(std::string_view value);
    Rows& bytes(std::string_view value);
    Rows& instant(Instant value) { return integer(value.ms); }
    /// Null where the instant is `none`.
    Rows& instant_or_null(Instant value, Instant none);
    Rows& instant_or_null(const std::optional<Instant>& value);

private:
    PreparedStatement& statement_;
};

/// One row of a result. Columns count from 0 and are asked for by the types that the statement declares.
class Row {
public:
    Row(PreparedStatement& statement, Dialect dialect) : statement_(statement), dialect_(dialect) {}
    [[nodiscard]] bool is_null(std::size_t column) const;
    [[nodiscard]] std::int64_t integer(std::size_t column) const;
    /// An integer that is never negative and never too large; fails as corrupt otherwise.
    [[nodiscard]] std::uint64_t number(std::size_t column) const;
    [[nodiscard]] std::uint32_t small_number(std::size_t column) const;
    [[nodiscard]] std::string text(std::size_t column) const;
    [[nodiscard]] std::string bytes(std::size_t column) const;
    [[nodiscard]] Instant instant(std::size_t column) const { return {integer(column)}; }
    [[nodiscard]] Instant instant_or(std::size_t column, Instant none) const;
    [[nodiscard]] std::optional<Instant> maybe_instant(std::size_t column) const;

private:
    PreparedStatement& statement_;
    Dialect dialect_;
};

struct ConnectionOptions {
    /// How long SQLite waits for another process's lock before the database counts as locked.
    std::int64_t busy_timeout_ms = 5'000;
    /// What personal fields are sealed with; null: they are not (store/sealed_columns.hpp).
    std::shared_ptr<const Seal> seal{};
    /// Nobody else may have the database open meanwhile; fails as locked when somebody has.
    bool alone = false;
};

/// When the disk has what a transaction wrote: when it is committed, or only after a later Connection::sync(). On
/// PostgreSQL always at the commit.
enum class Sync : std::uint8_t { at_commit, later };

class Connection {
public:
    /// `target` is a path for SQLite (made when missing) and a libpq connection string for PostgreSQL.
    Connection(Dialect dialect, const std::string& target, const ConnectionOptions& options);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] Dialect dialect() const;
    [[nodiscard]] const Seal* seal() const { return seal_.get(); }

    /// Forgets the rows that the statement had and takes new ones.
    Rows rows(const Statement& statement);
    /// Writes the rows given since; the number of rows that changed. Nothing happens when there are none.
    std::int64_t write(const Statement& statement);
    /// Reads with the parameters given since; each row of the result is shown once, then gone.
    void read(const Statement& statement, const std::function<void(const Row&)>& each);
    /// Runs a text without parameters: a migration's step, a setting of the connection.
    void run(const std::string& text);

    /// A transaction of SQLite that reads one state of the database throughout. Ending it never fails.
    void begin_reading();
    void end_reading();
    /// A transaction that writes; on SQLite it is the only one from here on.
    void begin_writing(Sync sync);
    /// Fails with outcome_unknown when nobody can tell whether it was kept.
    void commit();
    /// Fails when the file of SQLite is no longer where it was opened: what is written then goes with it.
    void check_file();
    /// Waits until the disk keeps what any connection of this process has committed with Sync::later.
    void sync();
    /// Never fails: what cannot be rolled back any more is gone already.
    void roll_back();

    /// False when the server has gone: a new connection is needed.
    [[nodiscard]] bool usable() const;
    /// The sqlite3* below, for what SQL cannot say (backup). Null for PostgreSQL.
    [[nodiscard]] void* sqlite_handle() const;

private:
    struct Session;
    PreparedStatement& prepared(const Statement& statement);
    void run_quietly(const char* text);
    void open_server(const std::string& conninfo, const ConnectionOptions& options);
    void open_file(const std::string& path, const ConnectionOptions& options);
    void use_log(std::int64_t timeout_ms);
    void take_part(const ConnectionOptions& options);
    std::shared_ptr<const Seal> seal_;
    std::unique_ptr<Session> session_;
};

/// Rolls back unless committed.
class Transaction {
public:
    explicit Transaction(Connection& connection, Sync sync = Sync::at_commit) : connection_(connection) {
        connection_.begin_writing(sync);
    }
    ~Transaction() {
        if (!committed_) connection_.roll_back();
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit() {
        connection_.commit();
        committed_ = true;
    }

private:
    Connection& connection_;
    bool committed_ = false;
};

}  // namespace regulars::store
