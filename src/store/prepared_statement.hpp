// A statement as SOCI keeps it, with the memory that its parameters and results are bound to. Private to the files that
// speak SOCI.
//
// - SQLite, writing: the columns' vectors are bound, SOCI runs the statement once per row.
// - SQLite, reading: the scalars are bound; for every row they are set and the statement runs.
// - PostgreSQL with "{rows}": each column is one array literal, bound as a text; the statement runs once.
// - PostgreSQL without: the scalars are bound; there is one row of parameters.
#pragma once

#include "store/statement.hpp"

#include <soci/soci.h>

#include <string>
#include <vector>

namespace regulars::store {

struct ParameterColumn {
    Type type = Type::none;
    std::size_t rows = 0;
    std::vector<long long> integers;          ///< with `rows` elements
    std::vector<std::string> texts;           ///< at least `rows`: the spare ones keep their memory
    std::vector<soci::indicator> indicators;  ///< with `rows` elements
    std::string array;                        ///< PostgreSQL with "{rows}"
};

struct Scalar {
    Type type = Type::none;
    long long integer = 0;
    std::string text;
    soci::indicator indicator = soci::i_ok;
};

enum class Binding : std::uint8_t { columns, scalars, arrays };

struct PreparedStatement {
    PreparedStatement(soci::session& session, Dialect dialect, const Statement& declaration);
    PreparedStatement(const PreparedStatement&) = delete;
    PreparedStatement& operator=(const PreparedStatement&) = delete;

    void clear();
    /// The column that the next value belongs to.
    ParameterColumn& next_column(Type type);
    [[nodiscard]] std::size_t row_count() const;

    /// Runs a statement that writes; how many rows changed.
    long long write();
    /// Runs a statement that reads, for one row of parameters or for all where they are arrays. True when there is a
    /// row.
    bool begin_read(std::size_t row);
    bool fetch() { return statement.fetch(); }

    const Statement& declaration;
    Binding binding;
    std::vector<ParameterColumn> columns;  ///< never resized: SOCI holds addresses
    std::vector<Scalar> scalars;           ///< likewise
    std::vector<Scalar> results;           ///< likewise
    std::size_t next = 0;
    soci::statement statement;

private:
    void bind(Dialect dialect);
    void set_scalars(std::size_t row);
    void close_arrays();
};

}  // namespace regulars::store
