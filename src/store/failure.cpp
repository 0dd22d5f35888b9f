#include "store/failure.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>

namespace regulars::store {

namespace {

using service::StoreError;

struct SqlstateRow {
    std::string_view beginning;  ///< of the SQLSTATE: two characters name a class
    StoreError error;
};

/// The first row that fits counts.
constexpr std::array<SqlstateRow, 23> sqlstate_table{{
    {"08", StoreError::unavailable},  // connection exceptions; also a node of a cluster that cannot be reached
    {"21000", StoreError::conflict},  // one statement would change a row twice
    {"23", StoreError::conflict},     // integrity: a key exists already
    {"22021", StoreError::corrupt},   // text that is not UTF-8 or holds a null byte
    {"25006", StoreError::read_only},   {"28", StoreError::unavailable},  // not let in
    {"3D000", StoreError::unavailable},                                   // no such database
    {"40", StoreError::locked},        // rolled back for the sake of others: serialization, deadlock
    {"42501", StoreError::read_only},  // no privilege to write
    {"42P07", StoreError::conflict},   // a table exists already, or ...
    {"42710", StoreError::conflict},   // ... its row type: of two that migrate at once, the later one
    {"42", StoreError::corrupt},       // tables are not as they should be
    {"53100", StoreError::full},        {"53", StoreError::unavailable},  // out of memory, too many connections
    {"54", StoreError::full},                                             // a limit of the program
    {"55P03", StoreError::locked},      {"55006", StoreError::locked},
    {"57014", StoreError::locked},       // cancelled, for example by a time limit on statements
    {"57", StoreError::unavailable},     // shut down or starting
    {"58030", StoreError::unavailable},  // input or output failed
    {"58", StoreError::corrupt},        {"XX001", StoreError::corrupt},
    {"XX002", StoreError::corrupt},
}};

}  // namespace

service::StoreError error_of_sqlite(int result_code) {
    switch (result_code & 0xff) {
        case SQLITE_CONSTRAINT:
            return StoreError::conflict;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_INTERRUPT:
            return StoreError::locked;
        case SQLITE_READONLY:
            return StoreError::read_only;
        case SQLITE_FULL:
        case SQLITE_TOOBIG:
            return StoreError::full;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_FORMAT:
        case SQLITE_SCHEMA:
        case SQLITE_ERROR:
            return StoreError::corrupt;  // our texts are right, so the tables are not
        default:
            return StoreError::unavailable;  // cannot open, input or output failed, no memory
    }
}

service::StoreError error_of_sqlstate(std::string_view sqlstate) {
    const auto* const row = std::ranges::find_if(
        sqlstate_table, [&](const SqlstateRow& candidate) { return sqlstate.starts_with(candidate.beginning); });
    return row == sqlstate_table.end() ? StoreError::unavailable : row->error;
}

service::StoreError commit_error_of_sqlite(int result_code) {
    // The commit may have reached the file although telling so failed; the log is then replayed when it is next opened.
    if ((result_code & 0xff) == SQLITE_IOERR) return StoreError::outcome_unknown;
    return error_of_sqlite(result_code);
}

service::StoreError commit_error_of_sqlstate(std::string_view sqlstate) {
    const auto error = error_of_sqlstate(sqlstate);
    return error == StoreError::unavailable ? StoreError::outcome_unknown : error;
}

}  // namespace regulars::store
