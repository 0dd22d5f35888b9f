// How a statement is declared: one text for every database, with its parameters and results typed. The texts stand in
// store/sql; nothing else in the project holds SQL.
//
// A text names its parameters ":name". It may hold "{rows}" once, which stands for all rows of parameters given to it:
//
//     INSERT INTO settings (name, value) {rows}
//     SELECT kind, value, member_id FROM identities WHERE (kind, value) IN ({rows})
//
// SQLite runs such a text once per row, where "{rows}" is VALUES (:name, :value); PostgreSQL runs it once for all rows,
// where "{rows}" is SELECT * FROM unnest(...) over one array per parameter. Values never become part of a text.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace regulars::store {

enum class Dialect : std::uint8_t { sqlite, postgres };

/// What a parameter or a result holds; any of them may be null.
enum class Type : std::uint8_t { none, integer, text, bytes };

struct Parameter {
    std::string_view name;
    Type type = Type::none;
};

inline constexpr std::size_t statement_parameters_max = 24;
inline constexpr std::size_t statement_results_max = 16;

/// Unused parameters and results are Type::none, at the end.
struct Statement {
    std::string_view name;  ///< for logs and errors
    std::string_view text;
    std::array<Parameter, statement_parameters_max> parameters{};
    std::array<Type, statement_results_max> results{};
};

/// The number of parameters or results in use.
[[nodiscard]] std::size_t parameter_count(const Statement& statement);
[[nodiscard]] std::size_t result_count(const Statement& statement);
/// Whether the text stands for many rows.
[[nodiscard]] bool takes_rows(const Statement& statement);

/// The text as that database reads it.
[[nodiscard]] std::string text_in(Dialect dialect, const Statement& statement);

/// A migration's text as that database reads it: "{int64}", "{text}" (ordered by its bytes), "{bytes}" are the column
/// types, "{clustered}" at the end of a table says that its rows lie in the order of its primary key. A statement that
/// begins with "{sqlite}" is for SQLite only, and empty for others.
[[nodiscard]] std::string migration_in(Dialect dialect, std::string_view text);

/// Appends one more element to a PostgreSQL array literal, which begins as "{" and is ended by the caller with "}".
void append_integer(std::string& array, std::int64_t value);
void append_text(std::string& array, std::string_view value);
void append_bytes(std::string& array, std::string_view value);
void append_null(std::string& array);

/// The bytes that PostgreSQL writes as "\x00ff". Empty text for text that is not of that form.
[[nodiscard]] std::string bytes_of_hex(std::string_view text);

}  // namespace regulars::store
