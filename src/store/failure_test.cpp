#include "store/failure.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace regulars::store {
namespace {

using service::StoreError;

TEST(failure, of_sqlite_is_told_by_its_result_code) {
    struct Case {
        int code;
        StoreError error;
    };
    for (const auto& [code, error] : std::vector<Case>{{SQLITE_CONSTRAINT_PRIMARYKEY, StoreError::conflict},
                                                       {SQLITE_CONSTRAINT_UNIQUE, StoreError::conflict},
                                                       {SQLITE_BUSY, StoreError::locked},
                                                       {SQLITE_BUSY_SNAPSHOT, StoreError::locked},
                                                       {SQLITE_LOCKED, StoreError::locked},
                                                       {SQLITE_READONLY, StoreError::read_only},
                                                       {SQLITE_READONLY_DIRECTORY, StoreError::read_only},
                                                       {SQLITE_READONLY_DBMOVED, StoreError::read_only},
                                                       {SQLITE_FULL, StoreError::full},
                                                       {SQLITE_IOERR_WRITE, StoreError::unavailable},
                                                       {SQLITE_CANTOPEN, StoreError::unavailable},
                                                       {SQLITE_NOMEM, StoreError::unavailable},
                                                       {SQLITE_CORRUPT_INDEX, StoreError::corrupt},
                                                       {SQLITE_NOTADB, StoreError::corrupt},
                                                       {SQLITE_ERROR, StoreError::corrupt}})
        EXPECT_EQ(error_of_sqlite(code), error) << code;
}

TEST(failure, of_postgresql_is_told_by_its_sqlstate) {
    struct Case {
        const char* sqlstate;
        StoreError error;
    };
    for (const auto& [sqlstate, error] : std::vector<Case>{{"23505", StoreError::conflict},
                                                           {"21000", StoreError::conflict},
                                                           {"42P07", StoreError::conflict},
                                                           {"42710", StoreError::conflict},
                                                           {"40001", StoreError::locked},
                                                           {"40P01", StoreError::locked},
                                                           {"55P03", StoreError::locked},
                                                           {"57014", StoreError::locked},
                                                           {"25006", StoreError::read_only},
                                                           {"42501", StoreError::read_only},
                                                           {"53100", StoreError::full},
                                                           {"53300", StoreError::unavailable},
                                                           {"57P01", StoreError::unavailable},
                                                           {"57P03", StoreError::unavailable},
                                                           {"08006", StoreError::unavailable},
                                                           {"28P01", StoreError::unavailable},
                                                           {"XX000", StoreError::unavailable},
                                                           {"", StoreError::unavailable},
                                                           {"42P01", StoreError::corrupt},
                                                           {"22021", StoreError::corrupt},
                                                           {"XX001", StoreError::corrupt}})
        EXPECT_EQ(error_of_sqlstate(sqlstate), error) << sqlstate;
}

TEST(failure, of_a_commit_may_leave_the_outcome_unknown) {
    for (const auto* sqlstate : {"", "08006", "57P01", "XX000"})
        EXPECT_EQ(commit_error_of_sqlstate(sqlstate), StoreError::outcome_unknown) << sqlstate;
    for (const auto* sqlstate : {"40001", "40P01"})
        EXPECT_EQ(commit_error_of_sqlstate(sqlstate), StoreError::locked) << sqlstate;
    EXPECT_EQ(commit_error_of_sqlstate("53100"), StoreError::full);
    EXPECT_EQ(commit_error_of_sqlite(SQLITE_IOERR_FSYNC), StoreError::outcome_unknown);
    EXPECT_EQ(commit_error_of_sqlite(SQLITE_FULL), StoreError::full);
    EXPECT_EQ(commit_error_of_sqlite(SQLITE_BUSY), StoreError::locked);
}

}  // namespace
}  // namespace regulars::store
