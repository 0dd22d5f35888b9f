// How fast the stores write what an order costs: the member, its event, the order and a ledger entry, in group commits
// as the service makes them. Beside SQLite stands its floor in the same run: a loop in C on sqlite3 that writes the
// same bytes with the same durability, into tables that have the keys one would give them, and nothing else.
//
//   store_bench [--members N] [--batch N] [--batches N] [--folder DIR]
//
// PostgreSQL is measured too when REGULARS_TEST_POSTGRES names a server, in a schema of its own that is dropped again.
// SQLite is measured under a seal as well (store/seal.hpp).
// "new": members are made, ids ascending. "again": members drawn at random are loaded, changed and saved.
#include "store/member_document.hpp"
#include "store/open.hpp"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace regulars {
namespace {

struct Options {
    std::uint64_t members = 100'000;
    std::size_t batch = 500;
    std::size_t batches = 200;
    std::string folder = "/var/tmp";
};

engine::Order order_of(std::uint64_t member, std::uint64_t sequence) {
    engine::Order order;
    order.order_id = "2024-" + std::to_string(member) + "-" + std::to_string(sequence);
    order.number = {static_cast<std::uint32_t>(sequence)};
    order.status = engine::OrderStatus::settled;
    order.programme_version = 1;
    order.ordered_at = {1'700'000'000'000 + static_cast<std::int64_t>(sequence)};
    order.paid_at = order.shipped_at = order.settled_at = order.ordered_at;
    order.settles_at = order.ordered_at;
    order.lines.resize(2);
    for (auto& line : order.lines) {
        line.sku = "85123A";
        line.product = "lantern";
        line.amount = Money(1'530);
        line.points_scaled = 3'060;
    }
    order.points = Points(61);
    return order;
}

engine::Member member_of(std::uint64_t id) {
    engine::Member member;
    member.id = {id};
    member.registered_at = {1'700'000'000'000};
    member.advanced_to = member.registered_at;
    member.identities = {{"customer:web", std::to_string(id)}};
    member.tier.period_ends_at = {1'731'536'000'000};
    return member;
}

/// One more order: what the engine would change, without deciding anything.
engine::Order buy(engine::Member& member) {
    ++member.event_sequence;
    ++member.ledger_sequence;
    member.lifetime.spend += Money(3'060);
    member.lifetime.orders += 1;
    member.points_available += Points(61);
    if (member.lots.size() < 4) member.lots.push_back({{1}, Points(61), {1}, {1'731'536'000'000}, 1, {1}});
    return order_of(member.id.value, member.event_sequence);
}

service::EventRow event_of(const engine::Member& member, const engine::Order& order) {
    return {
        .member = member.id,
        .sequence = member.event_sequence,
        .at = order.ordered_at,
        .applied_at = order.ordered_at,
        .recorded_at = order.ordered_at,
        .name = "order_created",
        .order_id = order.order_id,
        .programme_version = 1,
        .payload = R"({"type":"order_created","order_id":")" + order.order_id +
                   R"(","at":"2024-11-22T05:03:00.000Z","lines":[{"sku":"85123A","product":"lantern",)"
                   R"("quantity":1,"amount":1530},{"sku":"85123A","product":"lantern","quantity":1,"amount":1530}]})"};
}

service::LedgerRow ledger_of(const engine::Member& member, const engine::Order& order) {
    return {.member = member.id,
            .event_sequence = member.event_sequence,
            .entry = {.sequence = member.ledger_sequence,
                      .at = order.ordered_at,
                      .from = engine::Account::points_issued,
                      .to = engine::Account::points_available,
                      .amount = 61,
                      .cause = engine::Cause::settlement,
                      .order = order.number,
                      .lot = {1},
                      .programme_version = 1}};
}

/// Since it was made: by the wall, and by the processor time of this process (the disk and other servers not included).
class Stopwatch {
public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }
    [[nodiscard]] double processor_seconds() const { return processor_now() - processor_start_; }

private:
    static double processor_now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    double processor_start_ = processor_now();
};

/// Distinct members, the same in every run.
std::vector<MemberId> draw(std::mt19937_64& random, const Options& options) {
    std::vector<MemberId> ids;
    std::vector<bool> taken(options.members + 1);
    while (ids.size() < options.batch) {
        const auto id = random() % options.members + 1;
        if (!taken[id]) ids.push_back({id});
        taken[id] = true;
    }
    return ids;
}

template <class Value>
Value must(service::Stored<Value> stored) {
    if (!stored) {
        std::fprintf(stderr, "%s\n", stored.error().detail.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<Value>) return std::move(*stored);
}

struct Speed {
    double seconds = 0;
    double processor_seconds = 0;
    double orders = 0;
    void add(const Stopwatch& watch, std::size_t count) {
        seconds += watch.seconds();
        processor_seconds += watch.processor_seconds();
        orders += static_cast<double>(count);
    }
    [[nodiscard]] double rate() const { return orders / seconds; }
    [[nodiscard]] double processor_rate() const { return orders / processor_seconds; }
};

struct Speeds {
    Speed fresh;
    Speed again;
};

void commit_orders(service::Store& store, std::vector<engine::Member>& members,
                   const std::vector<std::uint64_t>& versions) {
    service::Batch batch;
    std::vector<engine::Order> orders;
    orders.reserve(members.size());
    for (std::size_t index = 0; index < members.size(); ++index) {
        orders.push_back(buy(members[index]));
        batch.members.push_back({&members[index], versions[index], "normal"});
        batch.events.push_back(event_of(members[index], orders.back()));
        batch.ledger.push_back(ledger_of(members[index], orders.back()));
        batch.orders.push_back({members[index].id, &orders.back(), true});
    }
    must(store.commit(batch));
}

Speeds measure(const std::string& url, const Options& options, std::shared_ptr<const store::Seal> seal = nullptr) {
    const auto store = must(store::open_sealed_store(url, std::move(seal)));
    Speeds speeds;
    const Stopwatch fresh;
    for (std::uint64_t id = 1; id <= options.members;) {
        std::vector<engine::Member> members;
        for (; members.size() < options.batch && id <= options.members; ++id) members.push_back(member_of(id));
        commit_orders(*store, members, std::vector<std::uint64_t>(members.size()));
    }
    speeds.fresh.add(fresh, options.members);
    std::mt19937_64 random(1);
    const Stopwatch again;
    for (std::size_t round = 0; round < options.batches; ++round) {
        auto loaded = must(store->load_members(draw(random, options)));
        std::vector<engine::Member> members;
        std::vector<std::uint64_t> versions;
        for (auto& one : loaded) {
            versions.push_back(one->version);
            members.push_back(std::move(one->member));
        }
        commit_orders(*store, members, versions);
    }
    speeds.again.add(again, options.batch * options.batches);
    return speeds;
}

// --- the floor ---------------------------------------------------------------------------------------------------

class Raw {
public:
    explicit Raw(const std::string& path) {
        if (sqlite3_open(path.c_str(), &database_) != SQLITE_OK) std::exit(1);
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = FULL");
        run("DROP TABLE events");
        run("CREATE TABLE events (member_id INTEGER NOT NULL, sequence INTEGER NOT NULL, occurred_at INTEGER NOT NULL,"
            " applied_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, name TEXT NOT NULL, order_id TEXT NOT NULL,"
            " programme_version INTEGER NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (member_id, sequence))");
        run("DROP TABLE ledger");
        run("CREATE TABLE ledger (member_id INTEGER NOT NULL, sequence INTEGER NOT NULL,"
            " event_sequence INTEGER NOT NULL, effective_at INTEGER NOT NULL, from_account TEXT NOT NULL,"
            " to_account TEXT NOT NULL, amount INTEGER NOT NULL, cause TEXT NOT NULL, order_number INTEGER NOT NULL,"
            " lot_id INTEGER NOT NULL, programme_version INTEGER NOT NULL, PRIMARY KEY (member_id, sequence))");
        select_ = prepare("SELECT version, document FROM members WHERE member_id = ?");
        insert_member_ =
            prepare("INSERT INTO members (member_id, version, document, tier, growth, points_available, points_pending,"
                    " balance_minor, orders, spend_minor, registered_at, next_due_at)"
                    " VALUES (?,1,?,'normal',0,?,0,0,1,3060,1700000000000,1731536000000)");
        update_member_ = prepare(
            "UPDATE members SET version = version + 1, document = ?2, points_available = ?3,"
            " next_due_at = 1731536000000 WHERE member_id = ?1 AND version = ?4");
        insert_event_ = prepare("INSERT INTO events VALUES (?,?,?,?,?,'order_created',?,1,?)");
        insert_ledger_ =
            prepare("INSERT INTO ledger VALUES (?,?,?,?,'points_issued','points_available',61,'settlement',?,1,1)");
        insert_order_ =
            prepare("INSERT INTO orders VALUES (?,?,?,'settled',1,?4,?4,?4,NULL,?4,?4,0,3060,0,0,0,61,0,0,0,'','',?5)");
    }

    void run(const char* sql) {
        if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
    }

    std::int64_t read(std::uint64_t id, std::string& document) {
        integer(select_, 1, id);
        if (sqlite3_step(select_) != SQLITE_ROW) fail();
        const auto version = sqlite3_column_int64(select_, 0);
        document.assign(static_cast<const char*>(sqlite3_column_blob(select_, 1)),
                        static_cast<std::size_t>(sqlite3_column_bytes(select_, 1)));
        sqlite3_reset(select_);
        return version;
    }

    struct Order {
        const engine::Member& member;
        const engine::Order& order;
        const std::string& member_document;
        const std::string& order_document;
        const std::string& payload;
    };

    void write(const Order& row, std::int64_t version) {
        auto* member = version == 0 ? insert_member_ : update_member_;
        const auto at = static_cast<std::uint64_t>(row.order.ordered_at.ms);
        const auto id = row.member.id.value;
        integer(member, 1, id);
        blob(member, 2, row.member_document);
        integer(member, 3, static_cast<std::uint64_t>(row.member.points_available.count()));
        if (version > 0) integer(member, 4, static_cast<std::uint64_t>(version));
        step(member);
        for (const int column : {3, 4, 5}) integer(insert_event_, column, at);
        integer(insert_event_, 1, id);
        integer(insert_event_, 2, row.member.event_sequence);
        text(insert_event_, 6, row.order.order_id);
        text(insert_event_, 7, row.payload);
        step(insert_event_);
        integer(insert_ledger_, 1, id);
        integer(insert_ledger_, 2, row.member.ledger_sequence);
        integer(insert_ledger_, 3, row.member.event_sequence);
        integer(insert_ledger_, 4, at);
        integer(insert_ledger_, 5, row.order.number.value);
        step(insert_ledger_);
        integer(insert_order_, 1, id);
        text(insert_order_, 2, row.order.order_id);
        integer(insert_order_, 3, row.order.number.value);
        integer(insert_order_, 4, at);
        blob(insert_order_, 5, row.order_document);
        step(insert_order_);
    }

private:
    [[noreturn]] void fail() {
        std::fprintf(stderr, "floor: %s\n", sqlite3_errmsg(database_));
        std::exit(1);
    }
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) != SQLITE_OK) fail();
        return statement;
    }
    static void integer(sqlite3_stmt* to, int column, std::uint64_t value) {
        sqlite3_bind_int64(to, column, static_cast<std::int64_t>(value));
    }
    static void text(sqlite3_stmt* to, int column, const std::string& value) {
        sqlite3_bind_text(to, column, value.data(), static_cast<int>(value.size()), nullptr);
    }
    static void blob(sqlite3_stmt* to, int column, const std::string& value) {
        sqlite3_bind_blob(to, column, value.data(), static_cast<int>(value.size()), nullptr);
    }
    void step(sqlite3_stmt* statement) {
        if (sqlite3_step(statement) != SQLITE_DONE) fail();
        sqlite3_reset(statement);
    }

    sqlite3* database_ = nullptr;
    sqlite3_stmt* select_ = nullptr;
    sqlite3_stmt* insert_member_ = nullptr;
    sqlite3_stmt* update_member_ = nullptr;
    sqlite3_stmt* insert_event_ = nullptr;
    sqlite3_stmt* insert_ledger_ = nullptr;
    sqlite3_stmt* insert_order_ = nullptr;
};

/// The bytes are made before the clock starts: the floor is the database alone.
struct Prepared {
    std::vector<engine::Member> members;
    std::vector<engine::Order> orders;
    std::vector<std::string> member_documents;
    std::vector<std::string> order_documents;
    std::vector<std::string> payloads;
};

Prepared prepare_orders(std::vector<engine::Member> members) {
    Prepared prepared;
    for (auto& member : members) {
        prepared.orders.push_back(buy(member));
        prepared.member_documents.push_back(store::encode(member));
        prepared.order_documents.push_back(store::encode(prepared.orders.back()));
        prepared.payloads.push_back(event_of(member, prepared.orders.back()).payload);
    }
    prepared.members = std::move(members);
    return prepared;
}

void write_raw(Raw& raw, const Prepared& prepared, bool fresh, Speed& speed) {
    const Stopwatch watch;
    std::vector<std::int64_t> versions(prepared.members.size());
    if (!fresh) {
        std::string document;
        raw.run("BEGIN");
        for (std::size_t index = 0; index < versions.size(); ++index)
            versions[index] = raw.read(prepared.members[index].id.value, document);
        raw.run("COMMIT");
    }
    raw.run("BEGIN IMMEDIATE");
    for (std::size_t index = 0; index < versions.size(); ++index)
        raw.write({prepared.members[index], prepared.orders[index], prepared.member_documents[index],
                   prepared.order_documents[index], prepared.payloads[index]},
                  versions[index]);
    raw.run("COMMIT");
    speed.add(watch, versions.size());
}

Speeds measure_floor(const std::string& path, const Options& options) {
    must(store::migrate_database("sqlite:" + path));
    Raw raw(path);
    std::vector<engine::Member> all;
    for (std::uint64_t id = 1; id <= options.members; ++id) all.push_back(member_of(id));
    Speeds speeds;
    for (std::size_t start = 0; start < all.size(); start += options.batch) {
        const auto end = std::min(start + options.batch, all.size());
        const auto prepared = prepare_orders(
            {all.begin() + static_cast<std::ptrdiff_t>(start), all.begin() + static_cast<std::ptrdiff_t>(end)});
        write_raw(raw, prepared, true, speeds.fresh);
        for (std::size_t index = start; index < end; ++index) all[index] = prepared.members[index - start];
    }
    std::mt19937_64 random(1);
    for (std::size_t round = 0; round < options.batches; ++round) {
        std::vector<engine::Member> members;
        for (const auto id : draw(random, options)) members.push_back(all[id.value - 1]);
        const auto prepared = prepare_orders(std::move(members));
        write_raw(raw, prepared, false, speeds.again);
        for (const auto& member : prepared.members) all[member.id.value - 1] = member;
    }
    return speeds;
}

// --- PostgreSQL --------------------------------------------------------------------------------------------------

void run_postgres(const std::string& conninfo, const std::string& sql) {
    PGconn* connection = PQconnectdb(conninfo.c_str());
    PGresult* result = PQexec(connection, sql.c_str());
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        std::fprintf(stderr, "%s", PQerrorMessage(connection));
        std::exit(1);
    }
    PQclear(result);
    PQfinish(connection);
}

Speeds measure_postgres(const std::string& conninfo, const Options& options) {
    const std::string schema = "store_bench_" + std::to_string(getpid());
    run_postgres(conninfo, "CREATE SCHEMA " + schema);
    const auto speeds = measure("postgres:" + conninfo + " options='-csearch_path=" + schema + "'", options);
    run_postgres(conninfo, "SET client_min_messages TO warning; DROP SCHEMA " + schema + " CASCADE");
    return speeds;
}

Options options_of(int count, char** arguments) {
    Options options;
    for (int index = 1; index + 1 < count; index += 2) {
        const std::string name = arguments[index];
        const std::string value = arguments[index + 1];
        if (name == "--members")
            options.members = std::stoull(value);
        else if (name == "--batch")
            options.batch = std::stoull(value);
        else if (name == "--batches")
            options.batches = std::stoull(value);
        else if (name == "--folder")
            options.folder = value;
        else
            std::exit(2);
    }
    return options;
}

void print(const char* name, const Speeds& speeds, const Speeds& floor) {
    std::printf("%-22s %10.0f %10.0f %12.0f %12.0f", name, speeds.fresh.rate(), speeds.again.rate(),
                speeds.fresh.processor_rate(), speeds.again.processor_rate());
    if (floor.fresh.orders > 0)
        std::printf("   %4.2f %4.2f of the floor", speeds.fresh.rate() / floor.fresh.rate(),
                    speeds.again.rate() / floor.again.rate());
    std::printf("\n");
    std::fflush(stdout);
}

int run(const Options& options) {
    const std::filesystem::path folder =
        std::filesystem::path(options.folder) / ("store_bench_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    std::printf("%llu members, then %zu batches of %zu; orders per second\n",
                static_cast<unsigned long long>(options.members), options.batches, options.batch);
    std::printf("%-22s %10s %10s %12s %12s\n", "", "new", "again", "new, cpu", "again, cpu");
    print("memory", measure("memory:bench", options), {});
    const auto floor = measure_floor((folder / "floor.db").string(), options);
    print("sqlite3 in C (floor)", floor, {});
    print("sqlite", measure("sqlite:" + (folder / "shop.db").string(), options), floor);
    const auto seal = std::make_shared<const store::Seal>(store::SealKey{1});
    print("sqlite, sealed", measure("sqlite:" + (folder / "sealed.db").string(), options, seal), floor);
    if (const char* conninfo = std::getenv("REGULARS_TEST_POSTGRES"))
        print("postgres", measure_postgres(conninfo, options), floor);
    std::filesystem::remove_all(folder);
    return 0;
}

}  // namespace
}  // namespace regulars

int main(int count, char** arguments) {
    return regulars::run(regulars::options_of(count, arguments));
}
