#include "store/backup.hpp"

#include "store/failure.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <system_error>

namespace regulars::store {

namespace {

using File = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

File new_file(const std::string& path) {
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    File file(raw, &sqlite3_close);
    if (opened != SQLITE_OK)
        fail(error_of_sqlite(opened), "the copy cannot be made at " + path + ": " + sqlite3_errstr(opened));
    return file;
}

void copy_all(sqlite3* source, const std::string& path) {
    const File target = new_file(path);
    sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", source, "main");
    if (backup == nullptr)
        fail(error_of_sqlite(sqlite3_errcode(target.get())),
             std::string("the copy cannot begin: ") + sqlite3_errstr(sqlite3_errcode(target.get())));
    // All pages in one step: a single snapshot, which does not begin anew when others write.
    sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (finished != SQLITE_OK)
        fail(error_of_sqlite(finished), std::string("the copy was broken off: ") + sqlite3_errstr(finished));
}

}  // namespace

void back_up(Connection& connection, const std::string& path) {
    auto* source = static_cast<sqlite3*>(connection.sqlite_handle());
    if (source == nullptr)
        fail(service::StoreError::not_found,
             "Regulars does not copy a PostgreSQL database; use pg_dump or pg_basebackup");
    std::error_code error;
    if (std::filesystem::exists(path, error))
        fail(service::StoreError::conflict, "there is a file at " + path + " already; a backup never overwrites one");
    const std::string unfinished = path + ".unfinished";
    std::filesystem::remove(unfinished, error);
    try {
        copy_all(source, unfinished);
    } catch (const Failed&) {
        std::filesystem::remove(unfinished, error);
        throw;
    }
    std::filesystem::rename(unfinished, path, error);
    if (error) fail(service::StoreError::unavailable, "the finished copy cannot be moved to " + path);
}

}  // namespace regulars::store
