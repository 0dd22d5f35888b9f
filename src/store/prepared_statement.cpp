#include "store/prepared_statement.hpp"

#include "base/check.hpp"

namespace regulars::store {

namespace {

Binding binding_of(Dialect dialect, const Statement& declaration) {
    if (dialect == Dialect::postgres) return takes_rows(declaration) ? Binding::arrays : Binding::scalars;
    return result_count(declaration) > 0 ? Binding::scalars : Binding::columns;
}

}  // namespace

PreparedStatement::PreparedStatement(soci::session& session, Dialect dialect, const Statement& statement_declaration)
    : declaration(statement_declaration),
      binding(binding_of(dialect, statement_declaration)),
      columns(parameter_count(statement_declaration)),
      scalars(columns.size()),
      results(result_count(statement_declaration)),
      statement(session) {
    for (std::size_t index = 0; index < columns.size(); ++index)
        columns[index].type = scalars[index].type = declaration.parameters[index].type;
    for (std::size_t index = 0; index < results.size(); ++index) results[index].type = declaration.results[index];
    clear();
    // SOCI looks at the vectors' sizes when they are bound, and refuses empty ones.
    for (auto& column : columns) {
        column.integers.resize(1);
        column.texts.resize(1);
        column.indicators.resize(1, soci::i_ok);
    }
    bind(dialect);
    clear();
}

void PreparedStatement::bind(Dialect dialect) {
    statement.alloc();
    for (auto& result : results) {
        if (result.type == Type::integer)
            statement.exchange(soci::into(result.integer, result.indicator));
        else
            statement.exchange(soci::into(result.text, result.indicator));
    }
    for (std::size_t index = 0; index < columns.size(); ++index) {
        const std::string name(declaration.parameters[index].name);
        auto& column = columns[index];
        auto& scalar = scalars[index];
        const bool integer = column.type == Type::integer;
        if (binding == Binding::arrays) {
            statement.exchange(soci::use(column.array, name));
        } else if (binding == Binding::scalars) {
            if (integer)
                statement.exchange(soci::use(scalar.integer, scalar.indicator, name));
            else
                statement.exchange(soci::use(scalar.text, scalar.indicator, name));
        } else if (integer) {
            statement.exchange(soci::use(column.integers, column.indicators, name));
        } else {
            statement.exchange(soci::use(column.texts, column.indicators, name));
        }
    }
    statement.prepare(text_in(dialect, declaration));
    statement.define_and_bind();
}

void PreparedStatement::clear() {
    next = 0;
    for (auto& column : columns) {
        column.rows = 0;
        column.integers.clear();
        column.indicators.clear();
        column.array.assign("{");
    }
}

ParameterColumn& PreparedStatement::next_column(Type type) {
    auto& column = columns[next];
    check(column.type == type, "a parameter is given with the type that the statement declares");
    next = next + 1 == columns.size() ? 0 : next + 1;
    ++column.rows;
    return column;
}

std::size_t PreparedStatement::row_count() const {
    check_equal(next, std::size_t{0}, "parameters of the last row that were given");
    return columns.empty() ? 1 : columns.front().rows;
}

long long PreparedStatement::write() {
    if (binding == Binding::arrays) close_arrays();
    for (auto& column : columns)
        if (column.type != Type::integer) column.texts.resize(column.rows);
    statement.execute(true);
    return statement.get_affected_rows();
}

bool PreparedStatement::begin_read(std::size_t row) {
    if (binding == Binding::arrays)
        close_arrays();
    else
        set_scalars(row);
    return statement.execute(true);
}

void PreparedStatement::set_scalars(std::size_t row) {
    for (std::size_t index = 0; index < scalars.size(); ++index) {
        auto& scalar = scalars[index];
        auto& column = columns[index];
        scalar.indicator = column.indicators[row];
        if (scalar.type == Type::integer)
            scalar.integer = column.integers[row];
        else
            scalar.text = column.texts[row];
    }
}

void PreparedStatement::close_arrays() {
    for (auto& column : columns) column.array += '}';
}

}  // namespace regulars::store
