#include "store/sealing.hpp"

#include "store/enrolment_rows.hpp"
#include "store/failure.hpp"
#include "store/journals.hpp"
#include "store/member_document.hpp"
#include "store/migrations.hpp"
#include "store/place.hpp"
#include "store/rows_reading.hpp"
#include "store/seal_mark.hpp"
#include "store/sealed_columns.hpp"
#include "store/sql/journals.hpp"
#include "store/sql/sealing.hpp"
#include "store/sql/writing.hpp"

#include <array>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

namespace regulars::store {

namespace {

using service::StoreError;

constexpr std::int64_t rows_per_piece = 500;

/// One database on its way from one key to another.
class Sealing {
public:
    Sealing(Connection& connection, const SealChange& change) : connection_(connection), change_(change) {}

    [[nodiscard]] SealReport run();

private:
    /// Each does one piece and tells whether there may be another.
    bool events();
    bool snapshots();
    bool answers();
    bool given_answers();
    bool members();
    void settings();
    void seeds();

    /// A table of documents of members, each with a text beside the member in its key.
    struct Documents {
        const Statement& walk;
        const Statement& rewrite;
        SealedPlace (*place)(MemberId member);
        MemberId after_member{};
        std::string after_key{};
    };
    bool documents(Documents& table);

    [[nodiscard]] std::string resealed(const SealedPlace& place, std::string document) const;
    [[nodiscard]] std::string resealed_text(const SealedPlace& place, std::string text) const;
    void add_identities(Rows& rows, const engine::Member& member);

    Connection& connection_;
    const SealChange& change_;
    SealReport report_;
    MemberId after_member_;
    JournalKey after_event_;
    std::int64_t after_event_place_ = 0;  ///< SQLite has them in the order of their places
    MemberId after_snapshot_;
    std::string after_answer_;
    MemberId after_given_member_;
    std::uint64_t after_given_event_ = 0;
    std::string after_given_question_;
};

SealReport Sealing::run() {
    // What is taken away must not stay in the free part of a page; the server of PostgreSQL clears its own.
    if (connection_.dialect() == Dialect::sqlite) connection_.run("PRAGMA secure_delete = ON");
    Transaction transaction(connection_);
    clear_one_time_codes(connection_);
    transaction.commit();
    while (events()) {}
    while (snapshots()) {}
    while (answers()) {}
    Documents friends{sql::walk_friends, sql::reseal_friends, friend_place};
    while (documents(friends)) {}
    Documents redemptions{sql::walk_redemptions, sql::reseal_redemptions, redemption_place};
    while (documents(redemptions)) {}
    while (given_answers()) {}
    settings();
    seeds();
    while (members())
        if (change_.progress) change_.progress(report_.members);
    return report_;
}

bool Sealing::documents(Documents& table) {
    Transaction transaction(connection_);
    std::int64_t seen = 0;
    auto rows = connection_.rows(table.rewrite);
    connection_.rows(table.walk).number(table.after_member.value).text(table.after_key).integer(rows_per_piece);
    connection_.read(table.walk, [&](const Row& row) {
        ++seen;
        table.after_member = {row.number(0)};
        table.after_key = row.text(1);
        std::string document = row.bytes(2);
        if (change_.to->made(document)) return;
        const std::string sealed = resealed(table.place(table.after_member), std::move(document));
        rows.number(table.after_member.value).text(table.after_key).bytes(sealed);
    });
    connection_.write(table.rewrite);
    transaction.commit();
    return seen == rows_per_piece;
}

void Sealing::seeds() {
    Transaction transaction(connection_);
    auto rows = connection_.rows(sql::reseal_seeds);
    connection_.rows(sql::walk_seeds);
    connection_.read(sql::walk_seeds, [&](const Row& row) {
        const std::string activity = row.text(0);
        std::string root = row.text(1);
        if (change_.to->made_text(root)) return;
        rows.text(activity).text(resealed_text(seed_place(activity), std::move(root)));
    });
    connection_.write(sql::reseal_seeds);
    transaction.commit();
}

void Sealing::settings() {
    auto value = read_setting(connection_, sealed_setting);
    if (!value || change_.to->made_text(*value)) return;
    Transaction transaction(connection_);
    connection_.rows(sql::save_setting)
        .text(sealed_setting)
        .text(resealed_text(setting_place(sealed_setting), std::move(*value)));
    connection_.write(sql::save_setting);
    transaction.commit();
}

std::string Sealing::resealed(const SealedPlace& place, std::string document) const {
    return change_.to->seal(place, opened_bytes(change_.from, place, std::move(document)));
}

std::string Sealing::resealed_text(const SealedPlace& place, std::string text) const {
    return change_.to->seal_text(place, opened_text(change_.from, place, std::move(text)));
}

bool Sealing::events() {
    Transaction transaction(connection_);
    const bool in_place = connection_.dialect() == Dialect::sqlite;
    const Statement& walk = in_place ? sql::walk_event_places : sql::walk_events;
    const Statement& rewrite = in_place ? sql::rewrite_event_at : sql::rewrite_events;
    std::int64_t seen = 0;
    auto rows = connection_.rows(rewrite);
    auto from = connection_.rows(walk);
    if (in_place)
        from.integer(after_event_place_).integer(rows_per_piece);
    else
        from.number(after_event_.member.value).number(after_event_.sequence).integer(rows_per_piece);
    connection_.read(walk, [&](const Row& row) {
        ++seen;
        const std::size_t key = in_place ? 1 : 0;
        if (in_place) after_event_place_ = row.integer(0);
        after_event_ = {{row.number(key)}, row.number(key + 1)};
        std::string payload = row.text(key + 3);
        const bool sealed = is_sealed_text(payload);
        if (sealed ? change_.to->made_text(payload) : !may_tell_of_a_person(row.text(key + 2))) return;
        const auto place = payload_place(after_event_.member, after_event_.sequence);
        // One that is open although there was a seal told of nobody by the lights of the version that wrote it.
        payload = sealed ? resealed_text(place, std::move(payload)) : change_.to->seal_text(place, payload);
        if (in_place)
            rows.text(payload)
                .integer(after_event_place_)
                .number(after_event_.member.value)
                .number(after_event_.sequence);
        else
            rows.number(after_event_.member.value).number(after_event_.sequence).text(payload);
        ++report_.events;
    });
    connection_.write(rewrite);
    transaction.commit();
    return seen == rows_per_piece;
}

bool Sealing::snapshots() {
    Transaction transaction(connection_);
    std::int64_t seen = 0;
    auto rows = connection_.rows(sql::save_snapshots);
    connection_.rows(sql::walk_snapshots).number(after_snapshot_.value).integer(rows_per_piece);
    connection_.read(sql::walk_snapshots, [&](const Row& row) {
        ++seen;
        after_snapshot_ = {row.number(0)};
        std::string document = row.bytes(2);
        if (change_.to->made(document)) return;
        const auto place = snapshot_place(after_snapshot_, row.number(1));
        rows.number(place.member).number(place.sequence).bytes(resealed(place, std::move(document)));
    });
    connection_.write(sql::save_snapshots);
    transaction.commit();
    return seen == rows_per_piece;
}

bool Sealing::answers() {
    Transaction transaction(connection_);
    std::int64_t seen = 0;
    std::uint64_t written = 0;
    auto rows = connection_.rows(sql::reseal_answers);
    connection_.rows(sql::walk_answers).text(after_answer_).integer(rows_per_piece);
    connection_.read(sql::walk_answers, [&](const Row& row) {
        ++seen;
        after_answer_ = row.text(0);
        std::string body = row.text(2);
        if (change_.to->made_text(body)) return;
        ++written;
        rows.text(after_answer_)
            .text(resealed_text(input_hash_place(after_answer_), row.text(1)))
            .text(resealed_text(body_place(after_answer_), std::move(body)));
    });
    connection_.write(sql::reseal_answers);
    transaction.commit();
    report_.answers += written;
    return seen == rows_per_piece;
}

bool Sealing::given_answers() {
    Transaction transaction(connection_);
    std::int64_t seen = 0;
    auto rows = connection_.rows(sql::reseal_given_answers);
    connection_.rows(sql::walk_given_answers)
        .number(after_given_member_.value)
        .number(after_given_event_)
        .text(after_given_question_)
        .integer(rows_per_piece);
    connection_.read(sql::walk_given_answers, [&](const Row& row) {
        ++seen;
        after_given_member_ = {row.number(0)};
        after_given_event_ = row.number(1);
        after_given_question_ = row.text(2);
        std::string answer = row.text(3);
        if (change_.to->made_text(answer)) return;
        const auto place = given_answer_place(after_given_member_, after_given_event_, after_given_question_);
        rows.number(place.member).number(place.sequence).text(place.key).text(resealed_text(place, std::move(answer)));
    });
    connection_.write(sql::reseal_given_answers);
    transaction.commit();
    return seen == rows_per_piece;
}

// A member's identities are known from the document, and go with it: a document under the new key says that they are.
bool Sealing::members() {
    Transaction transaction(connection_);
    std::int64_t seen = 0;
    std::uint64_t written = 0;
    auto rows = connection_.rows(sql::reseal_members);
    auto identities = connection_.rows(sql::reseal_identities);
    connection_.rows(sql::walk_members).number(after_member_.value).integer(rows_per_piece);
    connection_.read(sql::walk_members, [&](const Row& row) {
        ++seen;
        after_member_ = {row.number(0)};
        std::string sealed = row.bytes(1);
        if (change_.to->made(sealed)) return;
        ++written;
        const auto place = document_place(after_member_);
        const std::string document = opened_bytes(change_.from, place, std::move(sealed));
        const auto member = decode_member(document);
        if (!member) throw Failed{member.error()};
        rows.number(after_member_.value).bytes(change_.to->seal(place, document));
        add_identities(identities, *member);
    });
    connection_.write(sql::reseal_members);
    report_.identities += static_cast<std::uint64_t>(connection_.write(sql::reseal_identities));
    transaction.commit();
    report_.members += written;
    return seen == rows_per_piece;
}

void Sealing::add_identities(Rows& rows, const engine::Member& member) {
    for (const auto& identity : member.identities)
        rows.text(identity.kind)
            .text(kept_identity(change_.from, identity))
            .number(member.id.value)
            .text(kept_identity(change_.to, identity));
}

/// A connection while nobody else has one. Whoever is about to close theirs is waited for.
std::unique_ptr<Connection> open_alone(const Place& place) {
    constexpr std::chrono::seconds wait_max{5};
    constexpr std::chrono::milliseconds pause{20};
    const ConnectionOptions options{.busy_timeout_ms = 0, .seal = nullptr, .alone = true};
    const auto end = std::chrono::steady_clock::now() + wait_max;
    for (;;) {
        try {
            return std::make_unique<Connection>(*place.dialect, place.target, options);
        } catch (const Failed& failed) {
            if (failed.failure.error != StoreError::locked) throw;
            if (std::chrono::steady_clock::now() >= end)
                fail(StoreError::locked, "somebody else has it open, and its seal can only be changed by whoever is "
                                         "alone with it");
        }
        std::this_thread::sleep_for(pause);
    }
}

/// Whether there is anything to do, by what the database says of itself; begins it there.
bool begin(Connection& connection, const SealMark& mark, const SealChange& change) {
    if (mark.state == SealState::sealed && is_key(*change.to, mark.name, mark.check)) return false;
    const bool from_is_right = change.from == nullptr ? mark.state == SealState::none
                                                      : mark.state == SealState::sealed &&
                                                            is_key(*change.from, mark.name, mark.check);
    if (from_is_right) {
        const bool rotates = change.from != nullptr;
        write_mark(connection, rotates ? mark_of(SealState::rotating, *change.from, change.to)
                                       : mark_of(SealState::sealing, *change.to));
        return true;
    }
    if (change.from == nullptr && mark.state == SealState::sealing && is_key(*change.to, mark.name, mark.check))
        return true;
    if (change.from != nullptr && mark.state == SealState::rotating &&
        is_key(*change.from, mark.name, mark.check) && is_key(*change.to, mark.next_name, mark.next_check))
        return true;
    switch (mark.state) {
        case SealState::none: fail(StoreError::sealed, "it is not sealed: use 'regulars seal database'");
        case SealState::sealing:
            fail(StoreError::sealed, "sealing it was begun with the key " + mark.name + ": finish that first, with "
                                     "'regulars seal database'");
        case SealState::sealed:
            fail(StoreError::sealed, "it is sealed with the key " + mark.name +
                                         ": 'regulars seal rotate' with the files of that key and of the new one "
                                         "changes it");
        case SealState::rotating: break;
    }
    fail(StoreError::sealed, "changing its key from " + mark.name + " to " + mark.next_name +
                                 " was begun: finish that first, with 'regulars seal rotate' and these two keys");
}

/// What was overwritten or deleted goes out of the files as well.
void clear_out(Connection& connection) {
    if (connection.dialect() == Dialect::sqlite) return connection.run("VACUUM");
    constexpr std::array<const char*, 11> tables{
        "members", "identities",     "events",   "snapshots",   "answers", "questionnaire_answers",
        "friends", "one_time_codes", "settings", "redemptions", "seed_chains"};
    for (const char* table : tables) connection.run(std::string("VACUUM FULL ") + table);
}

}  // namespace

service::Stored<SealReport> change_seal(const std::string& url, const SealChange& change) {
    return guarded([&]() -> SealReport {
        const auto place = place_of(url);
        if (!place.dialect) fail(StoreError::not_found, "a database in memory has nothing at rest to seal");
        migrate(*std::make_unique<Connection>(*place.dialect, place.target, ConnectionOptions()), migrations());
        auto connection = open_alone(place);
        const SealMark mark = read_mark(*connection);
        const bool empty = mark.state == SealState::none && read_last_member_id(*connection) == MemberId();
        if (!begin(*connection, mark, change)) return {.was_done = true};
        const SealReport report = Sealing(*connection, change).run();
        // SQLite clears out only where no statement is at work, so this is a connection that has none.
        connection.reset();
        connection = open_alone(place);
        if (!empty || report.answers > 0) clear_out(*connection);
        write_mark(*connection, mark_of(SealState::sealed, *change.to));
        return report;
    });
}

}  // namespace regulars::store
