// A peer of the claims benchmark: PostgreSQL as a shop would use it by itself. A claim is a transaction that inserts
// the member's coupon and then counts down the row of the stock, if there is any left; that row is locked until the
// commit is durable.
//
//   claims_postgres --way statements|function [--connections 64] [--seconds 10] [--members 200000] [--stock 10000000]
//
// statements: BEGIN, INSERT, UPDATE and COMMIT are sent one after the other, as most programs do. function: all of it
// happens in the server, one statement to send for a claim. The server is the one of REGULARS_TEST_POSTGRES; the tables
// are in a schema of their own that is dropped again.
#include <libpq-fe.h>

#include "claims_peer.hpp"

namespace regulars::bench {
namespace {

constexpr const char* tables = R"(
    SET client_min_messages TO warning;
    DROP SCHEMA IF EXISTS claims_peer CASCADE;
    CREATE SCHEMA claims_peer;
    SET search_path TO claims_peer;
    CREATE TABLE stocks (coupon text PRIMARY KEY, stock_left bigint NOT NULL);
    CREATE TABLE coupons (member_id bigint, coupon text, reference text NOT NULL, claimed_at timestamptz NOT NULL,
                          PRIMARY KEY (member_id, coupon));
    CREATE FUNCTION claim(member bigint, ref text) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO coupons VALUES (member, 'plenty', ref, now()) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN RETURN false; END IF;
        UPDATE stocks SET stock_left = stock_left - 1 WHERE coupon = 'plenty' AND stock_left > 0;
        IF NOT FOUND THEN RAISE 'sold out'; END IF;
        RETURN true;
    END $$;
)";

struct Step {
    const char* name;
    const char* sql;
    int values;
};
constexpr Step begin_step{"begin", "BEGIN", 0};
constexpr Step insert_step{
    "insert", "INSERT INTO coupons VALUES ($1::bigint, 'plenty', $2::text, now()) ON CONFLICT DO NOTHING", 2};
constexpr Step update_step{
    "update", "UPDATE stocks SET stock_left = stock_left - 1 WHERE coupon = 'plenty' AND stock_left > 0", 0};
constexpr Step commit_step{"commit", "COMMIT", 0};
constexpr Step function_step{"function", "SELECT 1 WHERE claim($1::bigint, $2::text)", 2};

const std::vector<Step> statements{begin_step, insert_step, update_step, commit_step};
const std::vector<Step> function{function_step};

PGconn* connect(const std::string& conninfo) {
    PGconn* connection = PQconnectdb(conninfo.c_str());
    if (PQstatus(connection) != CONNECTION_OK) fail(PQerrorMessage(connection));
    return connection;
}

std::uint64_t run_sql(PGconn* connection, const std::string& sql) {
    PGresult* result = PQexec(connection, sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(PQerrorMessage(connection));
    const std::uint64_t first = PQntuples(result) > 0 ? std::strtoull(PQgetvalue(result, 0, 0), nullptr, 10) : 0;
    PQclear(result);
    return first;
}

class Client {
public:
    Client(const std::string& conninfo, const std::vector<Step>& steps)
        : connection_(connect(conninfo)), steps_(&steps) {
        run_sql(connection_, "SET search_path TO claims_peer");
        for (const Step& step : steps) PQclear(PQprepare(connection_, step.name, step.sql, step.values, nullptr));
    }

    [[nodiscard]] int socket() const { return PQsocket(connection_); }

    void claim(std::uint64_t member, const std::string& reference) {
        member_ = std::to_string(member);
        reference_ = reference;
        step_ = 0;
        send();
    }

    std::optional<bool> answer() {
        if (PQconsumeInput(connection_) == 0) fail(PQerrorMessage(connection_));
        while (PQisBusy(connection_) == 0) {
            PGresult* result = PQgetResult(connection_);
            if (result == nullptr) {
                if (++step_ == steps_->size()) return true;
                send();
                return std::nullopt;
            }
            // The benchmark never asks for more than there is, so nothing but success is expected.
            const ExecStatusType status = PQresultStatus(result);
            const bool in_order = status == PGRES_TUPLES_OK ? PQntuples(result) == 1 : status == PGRES_COMMAND_OK;
            if (!in_order) fail(std::string("a claim was refused: ") + PQerrorMessage(connection_));
            if (status == PGRES_COMMAND_OK && std::string_view(PQcmdTuples(result)) == "0") fail("a claim was refused");
            PQclear(result);
        }
        return std::nullopt;
    }

private:
    void send() {
        const Step& step = (*steps_)[step_];
        const char* values[] = {member_.c_str(), reference_.c_str()};
        if (PQsendQueryPrepared(connection_, step.name, step.values, values, nullptr, nullptr, 0) == 0)
            fail(PQerrorMessage(connection_));
    }

    PGconn* connection_;  // until the program ends
    const std::vector<Step>* steps_;
    std::size_t step_ = 0;
    std::string member_;
    std::string reference_;
};

void run(const std::string& conninfo, const std::string& way, const PeerOptions& options) {
    PGconn* connection = connect(conninfo);
    run_sql(connection, tables);
    run_sql(connection, "INSERT INTO stocks VALUES ('plenty', " + std::to_string(options.stock) + ")");
    {
        std::vector<Client> clients;
        for (std::size_t i = 0; i < options.connections; ++i)
            clients.emplace_back(conninfo, way == "function" ? function : statements);
        const std::uint64_t given = measure_claims("postgres, row lock, " + way, clients, options);
        check_given("left in PostgreSQL", options.stock - given, run_sql(connection, "SELECT stock_left FROM stocks"));
        check_given("coupons in PostgreSQL", given, run_sql(connection, "SELECT count(*) FROM coupons"));
    }
    run_sql(connection, "DROP SCHEMA claims_peer CASCADE");
    PQfinish(connection);
}

}  // namespace
}  // namespace regulars::bench

int main(int argc, char** argv) {
    regulars::bench::PeerOptions options;
    std::string way = "statements";
    CLI::App app{"Claims from a PostgreSQL with a row lock"};
    app.add_option("--way", way)->check(CLI::IsMember({"statements", "function"}));
    regulars::bench::add_options(app, options);
    CLI11_PARSE(app, argc, argv);
    const char* conninfo = std::getenv("REGULARS_TEST_POSTGRES");
    if (conninfo == nullptr)
        regulars::bench::fail("REGULARS_TEST_POSTGRES names no server; tools/with_postgres starts one.");
    regulars::bench::run(conninfo, way, options);
}
