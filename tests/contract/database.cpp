#include "database.hpp"

#include "store/open.hpp"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <stdexcept>

namespace regulars::contract {

namespace {

const char* postgres_conninfo() {
    return std::getenv("REGULARS_TEST_POSTGRES");
}

std::string run_postgres(const std::string& conninfo, const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(conninfo.c_str()), &PQfinish);
    if (PQstatus(connection.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
    PQexec(connection.get(), "SET client_min_messages TO warning");
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()), &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(PQresultErrorMessage(result.get()));
    if (PQntuples(result.get()) == 0) return {};
    return PQgetvalue(result.get(), 0, 0);
}

std::string run_sqlite(const std::string& path, const std::string& sql) {
    sqlite3* raw = nullptr;
    sqlite3_open(path.c_str(), &raw);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> connection(raw, &sqlite3_close);
    std::string first;
    bool filled = false;
    std::pair<std::string*, bool*> target{&first, &filled};
    const auto keep = [](void* to, int columns, char** values, char**) {
        auto& [text, done] = *static_cast<std::pair<std::string*, bool*>*>(to);
        if (columns > 0 && values[0] != nullptr && !*done) *text = values[0];
        *done = true;
        return 0;
    };
    if (sqlite3_exec(raw, sql.c_str(), keep, &target, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(raw));
    return first;
}

}  // namespace

std::vector<Backend> backends() {
    std::vector<Backend> all{Backend::memory, Backend::sqlite};
    if (postgres_conninfo() != nullptr) all.push_back(Backend::postgres);
    return all;
}

std::vector<Backend> backends_and_sealed() {
    std::vector<Backend> all = backends();
    all.push_back(Backend::sealed_sqlite);
    if (postgres_conninfo() != nullptr) all.push_back(Backend::sealed_postgres);
    return all;
}

std::shared_ptr<const store::Seal> test_seal(std::uint8_t number) {
    store::SealKey key{};
    key.fill(number);
    return std::make_shared<const store::Seal>(key);
}

std::string name_of(Backend backend) {
    switch (backend) {
        case Backend::memory:
            return "memory";
        case Backend::sqlite:
            return "sqlite";
        case Backend::postgres:
            return "postgres";
        case Backend::sealed_sqlite:
            return "sealed_sqlite";
        case Backend::sealed_postgres:
            return "sealed_postgres";
    }
    return {};
}

Database::Database(Backend backend) : backend_(backend) {
    static std::atomic<int> count = 0;
    const std::string unique = std::to_string(getpid()) + "_" + std::to_string(++count);
    folder_ = std::filesystem::temp_directory_path() / ("regulars_contract_" + unique);
    std::filesystem::create_directory(folder_);
    switch (backend) {
        case Backend::memory:
            url_ = "memory:" + unique;
            break;
        case Backend::sqlite:
        case Backend::sealed_sqlite:
            url_ = "sqlite:" + path().string();
            break;
        case Backend::postgres:
        case Backend::sealed_postgres:
            schema_ = "contract_" + unique;
            run_postgres(postgres_conninfo(), "CREATE SCHEMA " + schema_);
            url_ = "postgres:" + std::string(postgres_conninfo()) + " options='-csearch_path=" + schema_ + "'";
            break;
    }
}

Database::~Database() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
    if (!schema_.empty()) run_postgres(postgres_conninfo(), "DROP SCHEMA " + schema_ + " CASCADE");
}

std::unique_ptr<service::Store> Database::open() const {
    auto store = opener()(url_);
    if (!store) throw std::runtime_error(store.error().detail);
    return std::move(*store);
}

service::OpenStore Database::opener() const {
    if (backend_ != Backend::sealed_sqlite && backend_ != Backend::sealed_postgres) return store::open_store;
    return [seal = test_seal()](const std::string& url) { return store::open_sealed_store(url, seal); };
}

std::string Database::run(const std::string& sql) const {
    if (schema_.empty()) return run_sqlite(path().string(), sql);
    return run_postgres(url_.substr(std::string("postgres:").size()), sql);
}

}  // namespace regulars::contract
