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
    service::Stored<std::optional<MemberId>> find_giver(const std::string& gift) override;
    service::Stored<std::optional<service::Snapshot>> load_snapshot(MemberId member) override;
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
    service::Stored<std::vector<std::optional<service::OneTimeCode>>> load_one_time_codes(
        std::span<const std::string> subjects) override;
    service::Stored<std::optional<service::EnrolmentCode>> find_enrolment_code(const std::string& code) override;
    service::Stored<std::optional<service::EnrolmentCode>> find_invitation(MemberId member) override;
    service::Stored<std::vector<service::EnrolmentCode>> list_enrolment_codes(
        service::Page<std::string> page) override;
    service::Stored<std::vector<std::optional<service::UniqueCode>>> load_codes(
        std::span<const std::string> hashes) override;
    service::Stored<std::vector<std::optional<service::PartnerPool>>> load_pools(
        std::span<const std::string> names) override;
    service::Stored<std::vector<service::NoticeRow>> list_notices(Instant until,
                                                                  service::Page<service::NoticeKey> page) override;
    service::Stored<std::vector<service::NoticeRow>> list_member_notices(
        MemberId member, Instant since, service::Page<service::NoticeKey> page) override;
    service::Stored<std::vector<service::CodeBatch>> code_batches() override;
    service::Stored<std::vector<service::PartnerPool>> pools() override;
    service::Stored<std::vector<MemberId>> due_members(Instant until, std::size_t limit) override;
    service::Stored<std::vector<service::ProgrammeRow>> programmes() override;
    service::Stored<std::optional<std::string>> setting(std::string_view name) override;
    service::Stored<void> ping() override;

    service::Stored<std::vector<service::ActivityResultRow>> list_results(
        MemberId member, const std::string& activity, service::Page<service::ResultKey> page) override;
    service::Stored<std::vector<service::RedemptionRow>> list_redemptions(
        MemberId member, service::Page<std::string> page) override;
    service::Stored<std::vector<service::RedemptionRow>> list_all_redemptions(
        engine::RedemptionStatus status, service::Page<service::MemberTextKey> page) override;
    service::Stored<std::optional<service::GroupRow>> find_group(const std::string& group) override;
    service::Stored<std::vector<service::GroupRow>> list_open_groups(
        const std::string& promotion, service::Page<std::string> page) override;
    service::Stored<std::vector<service::ReviewRow>> list_reviews(
        engine::ReviewStatus status, service::Page<service::MemberTextKey> page) override;
    service::Stored<std::vector<service::FriendRow>> list_friends(
        engine::FriendStatus status, service::Page<service::MemberTextKey> page) override;
    service::Stored<std::vector<service::TrialRow>> list_applicants(
        const std::string& activity, bool by_number, std::size_t limit) override;
    service::Stored<std::int64_t> count_trials(const std::string& activity, engine::TrialStatus status) override;
    service::Stored<std::vector<service::GivenAnswerRow>> list_given_answers(
        const std::string& activity, const std::string& question,
        service::Page<service::GivenAnswerKey> page) override;
    service::Stored<std::vector<service::AnswerCountRow>> answer_counts(const std::string& activity) override;
    service::Stored<std::vector<service::SeedChain>> seed_chains() override;

    service::Stored<void> commit(const service::Batch& batch) override;
    service::Stored<bool> commit_ahead(const service::Batch& batch) override;
    service::Stored<void> make_durable() override;
    service::Stored<void> add_programme(const service::ProgrammeRow& programme) override;
    service::Stored<void> set_setting(std::string_view name, std::string_view value) override;
    service::Stored<void> save_one_time_codes(std::span<const service::OneTimeCode> codes) override;
    service::Stored<void> forget_one_time_codes(Instant before) override;
    service::Stored<void> add_enrolment_code(const service::EnrolmentCode& code) override;
    service::Stored<void> add_code_batch(const service::CodeBatch& batch) override;
    service::Stored<void> add_codes(const service::CodeBatch& batch, std::span<const std::string> hashes) override;
    service::Stored<void> save_code_batch(const service::CodeBatch& batch) override;
    service::Stored<std::int64_t> add_partner_codes(const std::string& pool,
                                                    std::span<const std::string> codes) override;
    service::Stored<std::int64_t> forget_notices(Instant before, std::size_t limit) override;
    service::Stored<void> add_seed_chain(const service::SeedChain& chain) override;
    service::Stored<void> backup(const std::string& path) override;

private:
    void keep(const service::Batch& batch, Sync sync);
    Connection& connection();
    void connect();

    Dialect dialect_;
    std::string target_;
    ConnectionOptions options_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace regulars::store
