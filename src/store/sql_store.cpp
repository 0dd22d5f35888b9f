#include "store/sql_store.hpp"

#include "store/backup.hpp"
#include "store/enrolment_rows.hpp"
#include "store/failure.hpp"
#include "store/rows_codes.hpp"
#include "store/rows_reading.hpp"
#include "store/rows_writing.hpp"
#include "store/seal_mark.hpp"
#include "store/sealed_columns.hpp"
#include "store/sql/reading.hpp"
#include "store/sql/writing.hpp"

#include <utility>

namespace regulars::store {

SqlStore::SqlStore(Dialect dialect, std::string target, ConnectionOptions options)
    : dialect_(dialect), target_(std::move(target)), options_(options) {}

SqlStore::SqlStore(std::unique_ptr<Connection> connection, std::string target, ConnectionOptions options)
    : dialect_(connection->dialect()),
      target_(std::move(target)),
      options_(options),
      connection_(std::move(connection)) {}

Connection& SqlStore::connection() {
    if (connection_ && !connection_->usable()) connection_.reset();
    if (!connection_) connect();
    return *connection_;
}

// While there was no connection somebody else may have changed the seal.
void SqlStore::connect() {
    auto fresh = std::make_unique<Connection>(dialect_, target_, options_);
    if (must_be_sealed_first(*fresh)) fail(service::StoreError::sealed, "it is not sealed any more");
    connection_ = std::move(fresh);
}

// --- reading -----------------------------------------------------------------------------------------------------

service::Stored<std::vector<std::optional<service::StoredMember>>> SqlStore::load_members(
    std::span<const MemberId> ids) {
    return guarded([&] { return read_members(connection(), ids); });
}

service::Stored<std::vector<std::optional<MemberId>>> SqlStore::find_identities(
    std::span<const engine::Identity> identities) {
    return guarded([&] { return read_identities(connection(), identities); });
}

service::Stored<std::vector<std::optional<engine::Order>>> SqlStore::load_closed_orders(
    std::span<const service::OrderKey> keys) {
    return guarded([&] { return read_closed_orders(connection(), keys); });
}

service::Stored<std::vector<std::optional<service::Answer>>> SqlStore::find_answers(std::span<const std::string> keys) {
    return guarded([&] { return read_answers(connection(), keys); });
}

service::Stored<std::optional<MemberId>> SqlStore::find_giver(const std::string& gift) {
    return guarded([&] { return read_giver(connection(), gift); });
}

service::Stored<std::optional<service::Snapshot>> SqlStore::load_snapshot(MemberId member) {
    return guarded([&] { return read_snapshot(connection(), member); });
}

service::Stored<MemberId> SqlStore::last_member_id() {
    return guarded([&] { return read_last_member_id(connection()); });
}

service::Stored<std::vector<service::MemberSummary>> SqlStore::list_members(service::Page<MemberId> page) {
    return guarded([&] { return read_member_summaries(connection(), page); });
}

service::Stored<std::vector<service::EventRow>> SqlStore::list_events(MemberId member,
                                                                      service::Page<std::uint64_t> page) {
    return guarded([&] { return read_events(connection(), member, page); });
}

service::Stored<std::vector<service::LedgerRow>> SqlStore::list_ledger(MemberId member,
                                                                       service::Page<std::uint64_t> page) {
    return guarded([&] { return read_ledger(connection(), member, page); });
}

service::Stored<std::vector<service::OrderSummary>> SqlStore::list_orders(MemberId member,
                                                                          service::Page<std::string> page) {
    return guarded([&] { return read_order_summaries(connection(), member, page); });
}

service::Stored<std::vector<service::CouponSummary>> SqlStore::list_coupons(MemberId member,
                                                                            service::Page<std::uint32_t> page) {
    return guarded([&] { return read_coupon_summaries(connection(), member, page); });
}

service::Stored<std::vector<std::optional<service::CouponStock>>> SqlStore::load_stocks(
    std::span<const std::string> coupons) {
    return guarded([&] { return read_stocks(connection(), coupons); });
}

service::Stored<std::vector<std::optional<service::OneTimeCode>>> SqlStore::load_one_time_codes(
    std::span<const std::string> subjects) {
    return guarded([&] { return read_one_time_codes(connection(), subjects); });
}

service::Stored<std::optional<service::EnrolmentCode>> SqlStore::find_enrolment_code(const std::string& code) {
    return guarded([&] { return read_enrolment_code(connection(), code); });
}

service::Stored<std::optional<service::EnrolmentCode>> SqlStore::find_invitation(MemberId member) {
    return guarded([&] { return read_invitation(connection(), member); });
}

service::Stored<std::vector<service::EnrolmentCode>> SqlStore::list_enrolment_codes(service::Page<std::string> page) {
    return guarded([&] { return read_enrolment_codes(connection(), page); });
}

service::Stored<std::vector<std::optional<service::UniqueCode>>> SqlStore::load_codes(
    std::span<const std::string> hashes) {
    return guarded([&] { return read_codes(connection(), hashes); });
}

service::Stored<std::vector<std::optional<service::PartnerPool>>> SqlStore::load_pools(
    std::span<const std::string> names) {
    return guarded([&] { return read_pools(connection(), names); });
}

service::Stored<std::vector<service::NoticeRow>> SqlStore::list_notices(Instant until,
                                                                        service::Page<service::NoticeKey> page) {
    return guarded([&] { return read_notices(connection(), until, page); });
}

service::Stored<std::vector<service::NoticeRow>> SqlStore::list_member_notices(
    MemberId member, Instant since, service::Page<service::NoticeKey> page) {
    return guarded([&] { return read_member_notices(connection(), member, since, page); });
}

service::Stored<std::vector<service::CodeBatch>> SqlStore::code_batches() {
    return guarded([&] { return read_code_batches(connection()); });
}

service::Stored<std::vector<service::PartnerPool>> SqlStore::pools() {
    return guarded([&] { return read_all_pools(connection()); });
}

service::Stored<std::vector<MemberId>> SqlStore::due_members(Instant until, std::size_t limit) {
    return guarded([&] { return read_due_members(connection(), until, limit); });
}

service::Stored<std::vector<service::ProgrammeRow>> SqlStore::programmes() {
    return guarded([&] { return read_programmes(connection()); });
}

service::Stored<std::optional<std::string>> SqlStore::setting(std::string_view name) {
    return guarded([&] {
        auto value = read_setting(connection(), name);
        if (value && name == sealed_setting)
            value = opened_text(connection().seal(), setting_place(name), std::move(*value));
        return value;
    });
}

service::Stored<void> SqlStore::ping() {
    return guarded([&] {
        connection().check_file();
        connection().rows(sql::ping);
        connection().read(sql::ping, [](const Row&) {});
    });
}

// --- writing -----------------------------------------------------------------------------------------------------

service::Stored<void> SqlStore::commit(const service::Batch& batch) {
    return guarded([&] { keep(batch, Sync::at_commit); });
}

service::Stored<bool> SqlStore::commit_ahead(const service::Batch& batch) {
    return guarded([&] {
        keep(batch, Sync::later);
        return dialect_ == Dialect::sqlite;
    });
}

service::Stored<void> SqlStore::make_durable() {
    return guarded([&] { connection().sync(); });
}

void SqlStore::keep(const service::Batch& batch, Sync sync) {
    // What is erased must not stay in the free part of a page either; the server of PostgreSQL clears its own.
    if (dialect_ == Dialect::sqlite && !batch.rewritten_events.empty())
        connection().run("PRAGMA secure_delete = ON");
    Transaction transaction(connection(), sync);
    write_batch(connection(), batch);
    transaction.commit();
}

service::Stored<void> SqlStore::add_programme(const service::ProgrammeRow& programme) {
    return guarded([&] {
        Transaction transaction(connection());
        connection()
            .rows(sql::insert_programme)
            .integer(programme.version)
            .text(programme.name)
            .text(programme.source)
            .instant(programme.activated_at);
        connection().write(sql::insert_programme);
        transaction.commit();
    });
}

service::Stored<void> SqlStore::set_setting(std::string_view name, std::string_view value) {
    return guarded([&] {
        Transaction transaction(connection());
        const Seal* const seal = name == sealed_setting ? connection().seal() : nullptr;
        connection().rows(sql::save_setting).text(name).text(kept_text(seal, setting_place(name), value));
        connection().write(sql::save_setting);
        transaction.commit();
    });
}

service::Stored<void> SqlStore::save_one_time_codes(std::span<const service::OneTimeCode> codes) {
    return guarded([&] {
        Transaction transaction(connection());
        write_one_time_codes(connection(), codes);
        transaction.commit();
    });
}

service::Stored<void> SqlStore::forget_one_time_codes(Instant before) {
    return guarded([&] {
        Transaction transaction(connection());
        remove_one_time_codes(connection(), before);
        transaction.commit();
    });
}

service::Stored<void> SqlStore::add_enrolment_code(const service::EnrolmentCode& code) {
    return guarded([&] {
        Transaction transaction(connection());
        write_enrolment_code(connection(), code);
        transaction.commit();
    });
}

service::Stored<void> SqlStore::add_code_batch(const service::CodeBatch& batch) {
    return guarded([&] {
        Transaction transaction(connection());
        write_code_batch(connection(), batch);
        transaction.commit();
    });
}

service::Stored<void> SqlStore::add_codes(const service::CodeBatch& batch, std::span<const std::string> hashes) {
    return guarded([&] {
        Transaction transaction(connection());
        write_codes(connection(), batch, hashes);
        transaction.commit();
    });
}

service::Stored<void> SqlStore::save_code_batch(const service::CodeBatch& batch) {
    return guarded([&] {
        Transaction transaction(connection());
        if (!change_code_batch(connection(), batch))
            fail(service::StoreError::not_found, "there is no batch of codes of that name");
        transaction.commit();
    });
}

service::Stored<std::int64_t> SqlStore::add_partner_codes(const std::string& pool,
                                                          std::span<const std::string> codes) {
    return guarded([&] {
        Transaction transaction(connection());
        const std::int64_t added = write_partner_codes(connection(), pool, codes);
        transaction.commit();
        return added;
    });
}

service::Stored<std::int64_t> SqlStore::forget_notices(Instant before, std::size_t limit) {
    return guarded([&] {
        Transaction transaction(connection());
        const std::int64_t removed = remove_notices(connection(), before, limit);
        transaction.commit();
        return removed;
    });
}

service::Stored<void> SqlStore::backup(const std::string& path) {
    return guarded([&] { back_up(connection(), path); });
}

}  // namespace regulars::store
