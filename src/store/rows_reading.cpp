#include "store/rows_reading.hpp"

#include "store/failure.hpp"
#include "store/journals.hpp"
#include "store/lookup.hpp"
#include "store/member_document.hpp"
#include "store/sealed_columns.hpp"
#include "store/sql/journals.hpp"
#include "store/sql/reading.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <utility>

namespace regulars::store {

namespace {

template <class Value>
Value decoded(service::Stored<Value> stored) {
    if (!stored) throw Failed{std::move(stored.error())};
    return std::move(*stored);
}

LocalDate date(const Row& row, std::size_t column) {
    const auto days = row.integer(column);
    if (days < std::numeric_limits<std::int32_t>::min() || days > std::numeric_limits<std::int32_t>::max())
        fail(service::StoreError::corrupt, "a stored day is no day");
    return {static_cast<std::int32_t>(days)};
}

/// The enumerator with that name; the last of `Enumeration` is given.
template <class Enumeration>
Enumeration named(std::string_view name, Enumeration last) {
    for (int value = 0; value <= static_cast<int>(last); ++value)
        if (engine::name_of(static_cast<Enumeration>(value)) == name) return static_cast<Enumeration>(value);
    fail(service::StoreError::corrupt, "the ledger holds a name that this version of Regulars does not know");
}

engine::LedgerEntry ledger_entry(const Row& row) {
    return {.sequence = row.number(0),
            .at = row.instant(2),
            .from = named(row.text(3), engine::last_account),
            .to = named(row.text(4), engine::last_account),
            .amount = row.integer(5),
            .cause = named(row.text(6), engine::last_cause),
            .order = {row.small_number(7)},
            .lot = {row.small_number(8)},
            .programme_version = row.small_number(9)};
}

/// How a journal is read: by its index, or row by row at the places noted with the member.
struct JournalPage {
    Journal journal;
    const Statement& by_index;
    const Statement& by_place;
};

void read_journal(Connection& connection, const JournalPage& rows, MemberId member,
                  const service::Page<std::uint64_t>& page, const std::function<void(const Row&)>& each) {
    if (connection.dialect() != Dialect::sqlite) {
        connection.rows(rows.by_index).number(member.value).number(page.after).integer(limit_of(page.limit));
        return connection.read(rows.by_index, each);
    }
    const Snapshot snapshot(connection, 2);
    const auto places = places_after(connection, rows.journal, member, page.after, page.limit);
    auto keys = connection.rows(rows.by_place);
    for (const auto& [sequence, place] : places) keys.integer(place).number(member.value).number(sequence);
    std::size_t found = 0;
    connection.read(rows.by_place, [&](const Row& row) {
        ++found;
        each(row);
    });
    if (found != places.size())
        fail(service::StoreError::corrupt, "a row of a member's journal is not where it was noted");
}

}  // namespace

std::vector<std::optional<service::StoredMember>> read_members(Connection& connection, std::span<const MemberId> ids) {
    const Snapshot snapshot(connection, ids.size());
    ByKey<MemberId, service::StoredMember> members(ids);
    auto rows = connection.rows(sql::load_members);
    for (const auto id : ids) rows.number(id.value);
    connection.read(sql::load_members, [&](const Row& row) {
        const MemberId id{row.number(0)};
        const auto document = opened_bytes(connection.seal(), document_place(id), row.bytes(2));
        members.put(id, {decoded(decode_member(document)), row.number(1)});
    });
    return std::move(members).results();
}

std::vector<std::optional<MemberId>> read_identities(Connection& connection,
                                                     std::span<const engine::Identity> identities) {
    const Snapshot snapshot(connection, identities.size());
    std::vector<engine::Identity> hashed;
    if (const auto* seal = connection.seal())
        for (const auto& identity : identities) hashed.push_back({identity.kind, kept_identity(seal, identity).sealed});
    const auto keys = connection.seal() == nullptr ? identities : std::span<const engine::Identity>(hashed);
    ByKey<engine::Identity, MemberId> members(keys);
    auto rows = connection.rows(sql::find_identities);
    for (const auto& [kind, value] : keys) rows.text(kind).text(value);
    connection.read(sql::find_identities, [&](const Row& row) {
        members.put({row.text(0), row.text(1)}, MemberId{row.number(2)});
    });
    return std::move(members).results();
}

std::vector<std::optional<engine::Order>> read_closed_orders(Connection& connection,
                                                             std::span<const service::OrderKey> keys) {
    const Snapshot snapshot(connection, keys.size());
    std::vector<std::pair<MemberId, std::string>> pairs;
    for (const auto& [member, order_id] : keys) pairs.emplace_back(member, order_id);
    ByKey<std::pair<MemberId, std::string>, engine::Order> orders(pairs);
    auto rows = connection.rows(sql::load_closed_orders);
    for (const auto& [member, order_id] : keys) rows.number(member.value).text(order_id);
    connection.read(sql::load_closed_orders, [&](const Row& row) {
        orders.put({MemberId{row.number(0)}, row.text(1)}, decoded(decode_order(row.bytes(2))));
    });
    return std::move(orders).results();
}

std::vector<std::optional<service::Answer>> read_answers(Connection& connection, std::span<const std::string> keys) {
    const Snapshot snapshot(connection, keys.size());
    ByKey<std::string, service::Answer> answers(keys);
    auto rows = connection.rows(sql::find_answers);
    for (const auto& key : keys) rows.text(key);
    connection.read(sql::find_answers, [&](const Row& row) {
        const auto* seal = connection.seal();
        const std::string key = row.text(0);
        answers.put(key, {.key = key,
                          .input_hash = opened_text(seal, input_hash_place(key), row.text(1)),
                          .status = static_cast<std::int32_t>(row.small_number(2)),
                          .body = opened_text(seal, body_place(key), row.text(3)),
                          .at = row.instant(4)});
    });
    return std::move(answers).results();
}

std::vector<std::optional<service::CouponStock>> read_stocks(Connection& connection,
                                                             std::span<const std::string> coupons) {
    const Snapshot snapshot(connection, coupons.size());
    ByKey<std::string, service::CouponStock> stocks(coupons);
    auto rows = connection.rows(sql::load_stocks);
    for (const auto& coupon : coupons) rows.text(coupon);
    connection.read(sql::load_stocks, [&](const Row& row) {
        stocks.put(row.text(0), {.coupon = row.text(0),
                                 .issued = row.integer(2),
                                 .day = date(row, 3),
                                 .issued_on_day = row.integer(4),
                                 .exposure = Money(row.integer(5)),
                                 .version = row.number(1)});
    });
    return std::move(stocks).results();
}

MemberId read_last_member_id(Connection& connection) {
    MemberId last;
    connection.rows(sql::last_member_id);
    connection.read(sql::last_member_id, [&](const Row& row) { last = {row.number(0)}; });
    return last;
}

std::vector<service::MemberSummary> read_member_summaries(Connection& connection, const service::Page<MemberId>& page) {
    std::vector<service::MemberSummary> summaries;
    connection.rows(sql::list_members).number(page.after.value).integer(limit_of(page.limit));
    connection.read(sql::list_members, [&](const Row& row) {
        summaries.push_back({.member = {row.number(0)},
                             .tier = row.text(1),
                             .growth = row.integer(2),
                             .points_available = row.integer(3),
                             .points_pending = row.integer(4),
                             .balance_minor = row.integer(5),
                             .orders = row.integer(6),
                             .spend_minor = row.integer(7),
                             .last_order_at = row.instant_or(8, instant_min),
                             .registered_at = row.instant_or(9, instant_min)});
    });
    return summaries;
}

std::vector<service::EventRow> read_events(Connection& connection, MemberId member,
                                           const service::Page<std::uint64_t>& page) {
    std::vector<service::EventRow> events;
    const JournalPage rows{Journal::events, sql::list_events, sql::events_at};
    read_journal(connection, rows, member, page, [&](const Row& row) {
        const std::uint64_t sequence = row.number(0);
        events.push_back({.member = member,
                          .sequence = sequence,
                          .at = row.instant(1),
                          .applied_at = row.instant(2),
                          .recorded_at = row.instant(3),
                          .name = row.text(4),
                          .order_id = row.text(5),
                          .programme_version = row.small_number(6),
                          .payload = opened_payload(connection.seal(), payload_place(member, sequence), row.text(7))});
    });
    return events;
}

std::vector<service::LedgerRow> read_ledger(Connection& connection, MemberId member,
                                            const service::Page<std::uint64_t>& page) {
    std::vector<service::LedgerRow> entries;
    const JournalPage rows{Journal::ledger, sql::list_ledger, sql::ledger_at};
    read_journal(connection, rows, member, page,
                 [&](const Row& row) { entries.push_back({member, row.number(1), ledger_entry(row)}); });
    return entries;
}

std::vector<service::OrderSummary> read_order_summaries(Connection& connection, MemberId member,
                                                        const service::Page<std::string>& page) {
    std::vector<service::OrderSummary> orders;
    connection.rows(sql::list_orders).number(member.value).text(page.after).integer(limit_of(page.limit));
    connection.read(sql::list_orders, [&](const Row& row) {
        orders.push_back({.order_id = row.text(0),
                          .status = row.text(1),
                          .ordered_at = row.instant(2),
                          .amount_minor = row.integer(3),
                          .points = row.integer(4),
                          .cashback_minor = row.integer(5),
                          .settled_at = row.maybe_instant(6)});
    });
    return orders;
}

std::vector<service::CouponSummary> read_coupon_summaries(Connection& connection, MemberId member,
                                                          const service::Page<std::uint32_t>& page) {
    std::vector<service::CouponSummary> coupons;
    connection.rows(sql::list_coupons).number(member.value).integer(page.after).integer(limit_of(page.limit));
    connection.read(sql::list_coupons, [&](const Row& row) {
        coupons.push_back({.coupon = {row.small_number(0)},
                           .name = row.text(1),
                           .status = row.text(2),
                           .programme_version = row.small_number(3),
                           .granted_at = row.instant(4),
                           .usable_from = row.instant(5),
                           .expires_at = row.maybe_instant(6),
                           .ended_at = row.maybe_instant(7),
                           .order = {row.small_number(8)},
                           .amount_minor = row.integer(9),
                           .partner_code = row.is_null(10) ? std::string() : row.text(10)});
    });
    return coupons;
}

std::vector<MemberId> read_due_members(Connection& connection, Instant until, std::size_t limit) {
    std::vector<MemberId> members;
    connection.rows(sql::due_members).instant(until).integer(limit_of(limit));
    connection.read(sql::due_members, [&](const Row& row) { members.push_back({row.number(0)}); });
    return members;
}

std::vector<service::ProgrammeRow> read_programmes(Connection& connection) {
    std::vector<service::ProgrammeRow> programmes;
    connection.rows(sql::list_programmes);
    connection.read(sql::list_programmes, [&](const Row& row) {
        programmes.push_back({row.small_number(0), row.text(1), row.text(2), row.instant(3)});
    });
    return programmes;
}

std::optional<MemberId> read_giver(Connection& connection, const std::string& gift) {
    std::optional<MemberId> giver;
    connection.rows(sql::find_giver).text(gift);
    connection.read(sql::find_giver, [&](const Row& row) { giver = MemberId{row.number(0)}; });
    return giver;
}

std::optional<service::Snapshot> read_snapshot(Connection& connection, MemberId member) {
    std::optional<service::Snapshot> snapshot;
    connection.rows(sql::load_snapshot).number(member.value);
    connection.read(sql::load_snapshot, [&](const Row& row) {
        const auto place = snapshot_place(member, row.number(0));
        snapshot = decoded(decode_snapshot(opened_bytes(connection.seal(), place, row.bytes(1))));
    });
    return snapshot;
}

std::optional<std::string> read_setting(Connection& connection, std::string_view name) {
    std::optional<std::string> value;
    connection.rows(sql::find_setting).text(name);
    connection.read(sql::find_setting, [&](const Row& row) { value = row.text(0); });
    return value;
}

}  // namespace regulars::store
