// The port on SQLite and PostgreSQL: one class, one set of texts.
#pragma once

#include "service/store.hpp"
#include "store/connection.hpp"

#include <memory>
#include <string>

namespace regulars::store {

class SqlStore final : public service::Store {
public:
    /// Connects when it is first used, and again after the server was gone. The schema must be there (migrations.hpp).
    SqlStore(Dialect dialect, std::string target, ConnectionOptions options = {});
    /// On a connection made already.
    SqlStore(std::unique_ptr<Connection> connection, std::string target, ConnectionOptions options = {});

    service::Stored<std::vector<std::optional<service::StoredMember>>> load_members(
        std::span<const MemberId> ids) override;
    service::Stored<std::vector<std::optional<MemberId>>> find_identities(
        std::span<const engine::Identity> identities) override;
    service::Stored<std::vector<std::optional<engine::Order>>> load_closed_orders(
        std::span<const service::OrderKey> keys) override;
    service::Stored<std::vector<std::optional<service::Answer>>> find_answers(
        std::span<const std::string> keys) override;
    service::Stored<MemberId> last_member_id() override;
    service::Stored<std::vector<service::MemberSummary>> list_members(service::Page<MemberId> page) override;
    service::Stored<std::vector<service::EventRow>> list_events(MemberId member,
                                                                service::Page<std::uint64_t> page) override;
    service::Stored<std::vector<service::LedgerRow>> list_ledger(MemberId member,
                                                                 service::Page<std::uint64_t> page) override;
    service::Stored<std::vector<service::OrderSummary>> list_orders(MemberId member,
                                                                    service::Page<std::string> page) override;
    service::Stored<std::vector<service::CouponSummary>> list_coupons(MemberId member,
                                                                      service::Page<std::uint32_t> page) override;
    service::Stored<std::vector<std::optional<service::CouponStock>>> load_stocks(
        std::span<const std::string> coupons) override;
    service::Stored<std::vector<MemberId>> due_members(Instant until, std::size_t limit) override;
    service::Stored<std::vector<service::ProgrammeRow>> programmes() override;
    service::Stored<std::optional<std::string>> setting(std::string_view name) override;
    service::Stored<void> ping() override;

    service::Stored<void> commit(const service::Batch& batch) override;
    service::Stored<void> add_programme(const service::ProgrammeRow& programme) override;
    service::Stored<void> set_setting(std::string_view name, std::string_view value) override;
    service::Stored<void> backup(const std::string& path) override;

private:
    Connection& connection();

    Dialect dialect_;
    std::string target_;
    ConnectionOptions options_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace regulars::store
