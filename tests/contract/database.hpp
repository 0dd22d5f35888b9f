// A fresh database for each test: in memory, a file in a folder of its own, or a schema of its own in the PostgreSQL
// server that REGULARS_TEST_POSTGRES names (a libpq connection string). Files and schemas also come sealed.
#pragma once

#include "service/store.hpp"
#include "store/seal.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace regulars::contract {

enum class Backend { memory, sqlite, postgres, sealed_sqlite, sealed_postgres };

/// Those without a seal that can be tested here, and all of them.
[[nodiscard]] std::vector<Backend> backends();
[[nodiscard]] std::vector<Backend> backends_and_sealed();
[[nodiscard]] std::string name_of(Backend backend);

/// The seal of databases that are sealed; another number is another key.
[[nodiscard]] std::shared_ptr<const store::Seal> test_seal(std::uint8_t number = 1);

class Database {
public:
    explicit Database(Backend backend);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] Backend backend() const { return backend_; }
    [[nodiscard]] const std::string& url() const { return url_; }
    /// The file of a SQLite database, and its folder, which is removed with the database.
    [[nodiscard]] std::filesystem::path path() const { return folder_ / "shop.db"; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    /// A store on it; the test fails when there is none.
    [[nodiscard]] std::unique_ptr<service::Store> open() const;
    /// How it is opened, with its seal if it has one.
    [[nodiscard]] service::OpenStore opener() const;
    /// Runs SQL past the store; the first column of the first row. Not for memory.
    std::string run(const std::string& sql) const;

private:
    Backend backend_;
    std::string url_;
    std::string schema_;
    std::filesystem::path folder_;
};

}  // namespace regulars::contract
