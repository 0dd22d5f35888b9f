#include "store/memory_store.hpp"

#include "store/memory_database.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <tuple>
#include <utility>

namespace regulars::store {

namespace {

using service::Batch;
using service::Stored;
using service::StoreError;
using service::StoreFailure;

std::shared_ptr<MemoryDatabase> database_named(const std::string& name) {
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<MemoryDatabase>> databases;
    const std::lock_guard lock(mutex);
    auto& known = databases[name];
    auto database = known.lock();
    if (!database) known = database = std::make_shared<MemoryDatabase>();
    return database;
}

/// The values of a table's rows after (member, after), within the member, at most `limit`.
template <class Row, class Key>
std::vector<Row> rows_after(const std::map<RowKey, Row>& table, MemberId member, service::Page<Key> page) {
    std::vector<Row> rows;
    for (auto it = table.upper_bound({member.value, page.after});
         it != table.end() && it->first.first == member.value && rows.size() < page.limit; ++it)
        rows.push_back(it->second);
    return rows;
}

/// One result for each key, empty where there is none.
template <class Result, class Keys, class Find>
std::vector<std::optional<Result>> for_each_key(const Keys& keys, Find find) {
    std::vector<std::optional<Result>> results;
    results.reserve(keys.size());
    for (const auto& key : keys) results.push_back(find(key));
    return results;
}

class MemoryStore final : public service::Store {
public:
    explicit MemoryStore(std::shared_ptr<MemoryDatabase> database) : database_(std::move(database)) {}

    Stored<std::vector<std::optional<service::StoredMember>>> load_members(std::span<const MemberId> ids) override {
        const std::lock_guard lock(database_->mutex);
        return for_each_key<service::StoredMember>(ids, [&](MemberId id) -> std::optional<service::StoredMember> {
            const auto found = database_->members.find(id.value);
            if (found == database_->members.end()) return std::nullopt;
            return found->second.stored;
        });
    }

    Stored<std::vector<std::optional<MemberId>>> find_identities(
        std::span<const engine::Identity> identities) override {
        const std::lock_guard lock(database_->mutex);
        return for_each_key<MemberId>(identities, [&](const auto& identity) -> std::optional<MemberId> {
            const auto found = database_->identities.find(identity);
            if (found == database_->identities.end()) return std::nullopt;
            return found->second;
        });
    }

    Stored<std::vector<std::optional<engine::Order>>> load_closed_orders(
        std::span<const service::OrderKey> keys) override {
        const std::lock_guard lock(database_->mutex);
        return for_each_key<engine::Order>(keys, [&](const auto& key) -> std::optional<engine::Order> {
            const auto found = database_->orders.find({key.member.value, key.order_id});
            if (found == database_->orders.end()) return std::nullopt;
            return found->second.closed;
        });
    }

    Stored<std::vector<std::optional<service::Answer>>> find_answers(std::span<const std::string> keys) override {
        const std::lock_guard lock(database_->mutex);
        return for_each_key<service::Answer>(keys, [&](const auto& key) -> std::optional<service::Answer> {
            const auto found = database_->answers.find(key);
            if (found == database_->answers.end()) return std::nullopt;
            return found->second;
        });
    }

    Stored<std::optional<MemberId>> find_giver(const std::string& gift) override {
        const std::lock_guard lock(database_->mutex);
        return database_->people.giver_of(gift);
    }

    Stored<std::optional<service::Snapshot>> load_snapshot(MemberId member) override {
        const std::lock_guard lock(database_->mutex);
        return database_->people.snapshot_of(member);
    }

    Stored<MemberId> last_member_id() override {
        const std::lock_guard lock(database_->mutex);
        if (database_->members.empty()) return MemberId{};
        return MemberId{database_->members.rbegin()->first};
    }

    Stored<std::vector<service::MemberSummary>> list_members(service::Page<MemberId> page) override {
        const std::lock_guard lock(database_->mutex);
        std::vector<service::MemberSummary> rows;
        for (auto it = database_->members.upper_bound(page.after.value);
             it != database_->members.end() && rows.size() < page.limit; ++it)
            rows.push_back(it->second.summary);
        return rows;
    }

    Stored<std::vector<service::EventRow>> list_events(MemberId member, service::Page<std::uint64_t> page) override {
        const std::lock_guard lock(database_->mutex);
        return rows_after(database_->events, member, page);
    }

    Stored<std::vector<service::LedgerRow>> list_ledger(MemberId member, service::Page<std::uint64_t> page) override {
        const std::lock_guard lock(database_->mutex);
        return rows_after(database_->ledger, member, page);
    }

    Stored<std::vector<service::OrderSummary>> list_orders(MemberId member, service::Page<std::string> page) override {
        const std::lock_guard lock(database_->mutex);
        std::vector<service::OrderSummary> rows;
        for (auto it = database_->orders.upper_bound({member.value, page.after});
             it != database_->orders.end() && it->first.first == member.value && rows.size() < page.limit; ++it)
            rows.push_back(it->second.summary);
        return rows;
    }

    Stored<std::vector<service::CouponSummary>> list_coupons(MemberId member,
                                                             service::Page<std::uint32_t> page) override {
        const std::lock_guard lock(database_->mutex);
        auto rows = rows_after(database_->coupons, member, page);
        for (auto& row : rows) row.partner_code = database_->codes.partner_code_of(member, row.coupon);
        return rows;
    }

    Stored<std::vector<std::optional<service::CouponStock>>> load_stocks(
        std::span<const std::string> coupons) override {
        const std::lock_guard lock(database_->mutex);
        return for_each_key<service::CouponStock>(coupons,
                                                  [&](const auto& coupon) -> std::optional<service::CouponStock> {
                                                      const auto found = database_->stocks.find(coupon);
                                                      if (found == database_->stocks.end()) return std::nullopt;
                                                      return found->second;
                                                  });
    }

    Stored<std::vector<std::optional<service::OneTimeCode>>> load_one_time_codes(
        std::span<const std::string> subjects) override {
        const std::lock_guard lock(database_->mutex);
        const auto& codes = database_->one_time_codes;
        return for_each_key<service::OneTimeCode>(subjects, [&](const auto& subject) {
            const auto found = codes.find(subject);
            return found == codes.end() ? std::nullopt : std::optional(found->second);
        });
    }

    Stored<std::optional<service::EnrolmentCode>> find_enrolment_code(const std::string& code) override {
        const std::lock_guard lock(database_->mutex);
        const auto found = database_->enrolment_codes.find(code);
        if (found == database_->enrolment_codes.end()) return std::optional<service::EnrolmentCode>();
        return std::optional(found->second);
    }

    Stored<std::optional<service::EnrolmentCode>> find_invitation(MemberId member) override {
        const std::lock_guard lock(database_->mutex);
        std::optional<service::EnrolmentCode> first;
        for (const auto& [text, code] : database_->enrolment_codes)
            if (code.member == member && (!first || code.made_at < first->made_at)) first = code;
        return first;
    }

    Stored<std::vector<service::EnrolmentCode>> list_enrolment_codes(service::Page<std::string> page) override {
        const std::lock_guard lock(database_->mutex);
        std::vector<service::EnrolmentCode> codes;
        for (auto it = database_->enrolment_codes.upper_bound(page.after);
             it != database_->enrolment_codes.end() && codes.size() < page.limit; ++it)
            if (it->second.member == MemberId()) codes.push_back(it->second);
        return codes;
    }

    Stored<std::vector<std::optional<service::UniqueCode>>> load_codes(std::span<const std::string> hashes) override {
        const std::lock_guard lock(database_->mutex);
        return for_each_key<service::UniqueCode>(hashes, [&](const auto& hash) { return database_->codes.find(hash); });
    }

    Stored<std::vector<std::optional<service::PartnerPool>>> load_pools(std::span<const std::string> names) override {
        const std::lock_guard lock(database_->mutex);
        return for_each_key<service::PartnerPool>(names,
                                                  [&](const auto& name) { return database_->codes.find_pool(name); });
    }

    Stored<std::vector<service::NoticeRow>> list_notices(Instant until,
                                                         service::Page<service::NoticeKey> page) override {
        const std::lock_guard lock(database_->mutex);
        return database_->notices.list(until, page);
    }

    Stored<std::vector<service::NoticeRow>> list_member_notices(MemberId member, Instant since,
                                                                service::Page<service::NoticeKey> page) override {
        const std::lock_guard lock(database_->mutex);
        return database_->notices.list_of(member, since, page);
    }

    Stored<std::vector<service::CodeBatch>> code_batches() override {
        const std::lock_guard lock(database_->mutex);
        return database_->codes.batches();
    }

    Stored<std::vector<service::PartnerPool>> pools() override {
        const std::lock_guard lock(database_->mutex);
        return database_->codes.pools();
    }

    Stored<std::vector<MemberId>> due_members(Instant until, std::size_t limit) override {
        const std::lock_guard lock(database_->mutex);
        std::vector<std::tuple<Instant, Instant, MemberId>> due;
        for (const auto& [id, record] : database_->members)
            if (record.next_due_at <= until && record.next_due_at != instant_max)
                due.emplace_back(record.next_due_at, record.due_noted_at, MemberId{id});
        std::sort(due.begin(), due.end());
        std::vector<MemberId> members;
        for (std::size_t index = 0; index < std::min(limit, due.size()); ++index)
            members.push_back(std::get<MemberId>(due[index]));
        return members;
    }

    Stored<std::vector<service::ProgrammeRow>> programmes() override {
        const std::lock_guard lock(database_->mutex);
        std::vector<service::ProgrammeRow> rows;
        for (const auto& [version, row] : database_->programmes) rows.push_back(row);
        return rows;
    }

    Stored<std::optional<std::string>> setting(std::string_view name) override {
        const std::lock_guard lock(database_->mutex);
        const auto found = database_->settings.find(name);
        if (found == database_->settings.end()) return std::optional<std::string>();
        return std::optional<std::string>(found->second);
    }

    Stored<void> ping() override { return {}; }

    Stored<std::vector<service::ActivityResultRow>> list_results(
        MemberId member, const std::string& activity, service::Page<service::ResultKey> page) override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.results(member, activity, page);
    }

    Stored<std::vector<service::RedemptionRow>> list_redemptions(
        MemberId member, service::Page<std::string> page) override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.redemptions(member, page);
    }

    Stored<std::vector<service::RedemptionRow>> list_all_redemptions(
        engine::RedemptionStatus status, service::Page<service::MemberTextKey> page) override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.redemptions(status, page);
    }

    Stored<std::optional<service::GroupRow>> find_group(const std::string& group) override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.group(group);
    }

    Stored<std::vector<service::GroupRow>> list_open_groups(
        const std::string& promotion, service::Page<std::string> page) override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.open_groups(promotion, page);
    }

    Stored<std::vector<service::ReviewRow>> list_reviews(
        engine::ReviewStatus status, service::Page<service::MemberTextKey> page) override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.reviews(status, page);
    }

    Stored<std::vector<service::FriendRow>> list_friends(
        engine::FriendStatus status, service::Page<service::MemberTextKey> page) override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.friends(status, page);
    }

    Stored<std::vector<service::TrialRow>> list_applicants(
        const std::string& activity, bool by_number, std::size_t limit) override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.applicants(activity, by_number, limit);
    }

    Stored<std::int64_t> count_trials(const std::string& activity, engine::TrialStatus status) override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.count_trials(activity, status);
    }

    Stored<std::vector<service::GivenAnswerRow>> list_given_answers(
        const std::string& activity, const std::string& question,
        service::Page<service::GivenAnswerKey> page) override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.given_answers(activity, question, page);
    }

    Stored<std::vector<service::AnswerCountRow>> answer_counts(const std::string& activity) override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.answer_counts(activity);
    }

    Stored<std::vector<service::SeedChain>> seed_chains() override {
        const std::lock_guard lock(database_->mutex);
        return database_->activities.seed_chains();
    }

    Stored<void> add_seed_chain(const service::SeedChain& chain) override {
        const std::lock_guard lock(database_->mutex);
        if (!database_->activities.add(chain)) return conflict("the activity has its seeds already");
        return {};
    }

    Stored<bool> commit_ahead(const Batch& batch) override {
        return commit(batch).map([] { return false; });
    }
    Stored<void> make_durable() override { return {}; }
    Stored<void> commit(const Batch& batch) override {
        const std::lock_guard lock(database_->mutex);
        return database_->keep(batch);
    }

    Stored<void> add_programme(const service::ProgrammeRow& programme) override {
        const std::lock_guard lock(database_->mutex);
        if (!database_->programmes.emplace(programme.version, programme).second)
            return conflict("a programme of that version exists already");
        return {};
    }

    Stored<void> set_setting(std::string_view name, std::string_view value) override {
        const std::lock_guard lock(database_->mutex);
        database_->settings[std::string(name)] = value;
        return {};
    }

    Stored<void> save_one_time_codes(std::span<const service::OneTimeCode> codes) override {
        const std::lock_guard lock(database_->mutex);
        std::set<std::string> seen;
        for (const service::OneTimeCode& code : codes) {
            const auto found = database_->one_time_codes.find(code.subject);
            const std::uint64_t version = found == database_->one_time_codes.end() ? 0 : found->second.version;
            if (version != code.version || !seen.insert(code.subject).second)
                return conflict("a one-time code was changed by somebody else");
        }
        for (const service::OneTimeCode& code : codes) {
            auto& kept = database_->one_time_codes[code.subject];
            kept = code;
            ++kept.version;
        }
        return {};
    }

    Stored<void> forget_one_time_codes(Instant before) override {
        const std::lock_guard lock(database_->mutex);
        std::erase_if(database_->one_time_codes, [&](const auto& entry) { return entry.second.asked_at < before; });
        return {};
    }

    Stored<void> add_enrolment_code(const service::EnrolmentCode& code) override {
        const std::lock_guard lock(database_->mutex);
        if (!database_->enrolment_codes.emplace(code.code, code).second) return conflict("there is such a code");
        return {};
    }

    Stored<void> add_code_batch(const service::CodeBatch& batch) override {
        const std::lock_guard lock(database_->mutex);
        if (!database_->codes.add_batch(batch)) return conflict("a batch of that name exists already");
        return {};
    }

    Stored<void> add_codes(const service::CodeBatch& batch, std::span<const std::string> hashes) override {
        const std::lock_guard lock(database_->mutex);
        if (!database_->codes.add(batch, hashes)) return conflict("a row with that key exists already");
        return {};
    }

    Stored<void> save_code_batch(const service::CodeBatch& batch) override {
        const std::lock_guard lock(database_->mutex);
        if (database_->codes.save_batch(batch)) return {};
        return unexpected(StoreFailure{StoreError::not_found, "there is no batch of codes of that name"});
    }

    Stored<std::int64_t> add_partner_codes(const std::string& pool, std::span<const std::string> codes) override {
        const std::lock_guard lock(database_->mutex);
        return database_->codes.add_to_pool(pool, codes);
    }

    Stored<std::int64_t> forget_notices(Instant before, std::size_t limit) override {
        const std::lock_guard lock(database_->mutex);
        return database_->notices.forget(before, limit);
    }

    Stored<void> backup(const std::string&) override {
        return unexpected(StoreFailure{StoreError::not_found, "a database in memory has no file to copy"});
    }

private:
    static tl::unexpected<StoreFailure> conflict(std::string detail) {
        return unexpected(StoreFailure{StoreError::conflict, std::move(detail)});
    }

    std::shared_ptr<MemoryDatabase> database_;
};

}  // namespace

std::unique_ptr<service::Store> open_memory_store(const std::string& name) {
    return std::make_unique<MemoryStore>(database_named(name));
}

}  // namespace regulars::store
