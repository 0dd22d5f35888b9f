#include "store/rows_codes.hpp"

#include "store/failure.hpp"
#include "store/lookup.hpp"
#include "store/sql/codes.hpp"
#include "store/sql/notices.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace regulars::store {

namespace {

using service::StoreError;

/// The enumerator with that name; the last of `Enumeration` is given.
template <class Enumeration>
Enumeration named(std::string_view name, Enumeration last) {
    for (int value = 0; value <= static_cast<int>(last); ++value)
        if (name_of(static_cast<Enumeration>(value)) == name) return static_cast<Enumeration>(value);
    fail(StoreError::corrupt, "a table holds a name that this version of Regulars does not know");
}

service::PartnerPool pool_of(const Row& row) {
    return {.name = row.text(0), .imported = row.integer(2), .given = row.integer(3), .version = row.number(1)};
}

service::NoticeRow notice_of(const Row& row) {
    return {.member = MemberId{row.number(0)},
            .event_sequence = row.number(1),
            .index = row.small_number(3),
            .recorded_at = row.instant(4),
            .notice = {.at = row.instant(2),
                       .kind = named(row.text(5), engine::last_notice),
                       .subject = row.text(6),
                       .coupon = {row.small_number(7)},
                       .order = {row.small_number(8)}}};
}

/// Those that the pool does not have, each once, in their order.
std::vector<std::string> new_codes(Connection& connection, const std::string& pool,
                                   std::span<const std::string> codes) {
    std::set<std::string> known;
    auto rows = connection.rows(sql::find_partner_codes);
    for (const auto& code : codes) rows.text(pool).text(code);
    connection.read(sql::find_partner_codes, [&](const Row& row) { known.insert(row.text(0)); });
    std::vector<std::string> fresh;
    for (const auto& code : codes)
        if (known.insert(code).second) fresh.push_back(code);
    return fresh;
}

void write_pools(Connection& connection, std::span<const service::PartnerPool> pools) {
    auto created = connection.rows(sql::insert_pools);
    auto changed = connection.rows(sql::update_pools);
    std::int64_t known = 0;
    std::vector<const service::PartnerPool*> sorted;
    for (const auto& pool : pools) sorted.push_back(&pool);
    std::ranges::sort(sorted, {}, [](const auto* pool) -> const std::string& { return pool->name; });
    for (const auto* pool : sorted) {
        const bool fresh = pool->version == 0;
        (fresh ? created : changed)
            .text(pool->name)
            .number(pool->version + 1)
            .integer(pool->imported)
            .integer(pool->given);
        known += fresh ? 0 : 1;
    }
    connection.write(sql::insert_pools);
    if (connection.write(sql::update_pools) != known)
        fail(StoreError::conflict, "a pool of partners' codes was changed by somebody else");
}

}  // namespace

std::vector<std::optional<service::UniqueCode>> read_codes(Connection& connection,
                                                           std::span<const std::string> hashes) {
    const Snapshot snapshot(connection, hashes.size());
    ByKey<std::string, service::UniqueCode> codes(hashes);
    auto rows = connection.rows(sql::load_codes);
    for (const auto& hash : hashes) rows.bytes(hash);
    connection.read(sql::load_codes, [&](const Row& row) {
        service::UniqueCode code{.hash = row.bytes(0),
                                 .coupon = row.text(1),
                                 .batch = row.text(2),
                                 .status = named(row.text(3), service::last_code_batch_status),
                                 .member = {},
                                 .issued = {}};
        if (!row.is_null(4)) code.member = {row.number(4)};
        if (!row.is_null(5)) code.issued = {row.small_number(5)};
        codes.put(row.bytes(0), std::move(code));
    });
    return std::move(codes).results();
}

std::vector<std::optional<service::PartnerPool>> read_pools(Connection& connection,
                                                            std::span<const std::string> names) {
    const Snapshot snapshot(connection, names.size());
    ByKey<std::string, service::PartnerPool> pools(names);
    auto rows = connection.rows(sql::load_pools);
    for (const auto& name : names) rows.text(name);
    connection.read(sql::load_pools, [&](const Row& row) { pools.put(row.text(0), pool_of(row)); });
    return std::move(pools).results();
}

std::vector<service::NoticeRow> read_notices(Connection& connection, Instant until,
                                             const service::Page<service::NoticeKey>& page) {
    std::vector<service::NoticeRow> notices;
    connection.rows(sql::list_notices)
        .instant(page.after.recorded_at)
        .number(page.after.member.value)
        .number(page.after.event_sequence)
        .instant(page.after.happened_at)
        .integer(page.after.index)
        .instant(until)
        .integer(limit_of(page.limit));
    connection.read(sql::list_notices, [&](const Row& row) { notices.push_back(notice_of(row)); });
    return notices;
}

std::vector<service::NoticeRow> read_member_notices(Connection& connection, MemberId member, Instant since,
                                                    const service::Page<service::NoticeKey>& page) {
    std::vector<service::NoticeRow> notices;
    connection.rows(sql::list_member_notices)
        .number(member.value)
        .number(page.after.event_sequence)
        .instant(page.after.happened_at)
        .integer(page.after.index)
        .instant(since)
        .integer(limit_of(page.limit));
    connection.read(sql::list_member_notices, [&](const Row& row) { notices.push_back(notice_of(row)); });
    return notices;
}

std::vector<service::CodeBatch> read_code_batches(Connection& connection) {
    std::vector<service::CodeBatch> batches;
    connection.rows(sql::list_code_batches);
    connection.read(sql::list_code_batches, [&](const Row& row) {
        batches.push_back({.name = row.text(0),
                           .coupon = row.text(1),
                           .status = named(row.text(2), service::last_code_batch_status),
                           .made_at = row.instant(3),
                           .made = row.integer(4),
                           .taken = row.integer(5)});
    });
    return batches;
}

std::vector<service::PartnerPool> read_all_pools(Connection& connection) {
    std::vector<service::PartnerPool> pools;
    connection.rows(sql::list_pools);
    connection.read(sql::list_pools, [&](const Row& row) { pools.push_back(pool_of(row)); });
    return pools;
}

void write_notices(Connection& connection, const service::Batch& batch) {
    auto rows = connection.rows(sql::insert_notices);
    for (const auto& row : batch.notices)
        rows.number(row.member.value)
            .number(row.event_sequence)
            .instant(row.notice.at)
            .integer(row.index)
            .instant(row.recorded_at)
            .text(engine::name_of(row.notice.kind))
            .text(row.notice.subject)
            .integer(row.notice.coupon.value)
            .integer(row.notice.order.value);
    connection.write(sql::insert_notices);
}

std::int64_t remove_notices(Connection& connection, Instant before, std::size_t limit) {
    connection.rows(sql::forget_notices).instant(before).integer(limit_of(limit));
    return connection.write(sql::forget_notices);
}

void write_code_uses(Connection& connection, const service::Batch& batch) {
    std::vector<const service::CodeUse*> uses;
    for (const auto& use : batch.code_uses) uses.push_back(&use);
    std::ranges::sort(uses, {}, [](const auto* use) -> const std::string& { return use->hash; });
    auto rows = connection.rows(sql::use_codes);
    for (const auto* use : uses)
        rows.bytes(use->hash).number(use->member.value).integer(use->issued.value).instant(use->at);
    if (connection.write(sql::use_codes) != static_cast<std::int64_t>(uses.size()))
        fail(StoreError::conflict, "a unique code was taken by somebody else");
}

void write_partner_uses(Connection& connection, const service::Batch& batch) {
    write_pools(connection, batch.pools);
    auto rows = connection.rows(sql::give_partner_codes);
    for (const auto& use : batch.partner_uses)
        rows.text(use.pool)
            .integer(use.position)
            .number(use.member.value)
            .integer(use.issued.value)
            .instant(use.at);
    if (connection.write(sql::give_partner_codes) != static_cast<std::int64_t>(batch.partner_uses.size()))
        fail(StoreError::conflict, "a partner's code was given by somebody else");
    auto moved = connection.rows(sql::move_partner_codes);
    for (const auto& move : batch.partner_moves)
        moved.number(move.from.value)
            .integer(move.coupon.value)
            .number(move.to.value)
            .integer(move.becomes.value);
    connection.write(sql::move_partner_codes);
}

void write_code_batch(Connection& connection, const service::CodeBatch& batch) {
    connection.rows(sql::insert_code_batch)
        .text(batch.name)
        .text(batch.coupon)
        .text(name_of(batch.status))
        .instant(batch.made_at)
        .integer(batch.made);
    connection.write(sql::insert_code_batch);
}

void write_codes(Connection& connection, const service::CodeBatch& batch, std::span<const std::string> hashes) {
    auto rows = connection.rows(sql::insert_codes);
    for (const auto& hash : hashes) rows.bytes(hash).text(batch.coupon).text(batch.name).instant(batch.made_at);
    connection.write(sql::insert_codes);
}

bool change_code_batch(Connection& connection, const service::CodeBatch& batch) {
    connection.rows(sql::update_code_batch).text(batch.name).text(name_of(batch.status)).integer(batch.made);
    return connection.write(sql::update_code_batch) == 1;
}

std::int64_t write_partner_codes(Connection& connection, const std::string& pool, std::span<const std::string> codes) {
    const std::vector<std::string> fresh = new_codes(connection, pool, codes);
    if (fresh.empty()) return 0;
    auto found = read_pools(connection, std::span(&pool, 1)).front().value_or(service::PartnerPool{pool});
    auto rows = connection.rows(sql::insert_partner_codes);
    for (const auto& code : fresh) rows.text(pool).integer(++found.imported).text(code);
    connection.write(sql::insert_partner_codes);
    write_pools(connection, std::span(&found, 1));
    return static_cast<std::int64_t>(fresh.size());
}

}  // namespace regulars::store
