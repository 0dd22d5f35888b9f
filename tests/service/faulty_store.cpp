#include "faulty_store.hpp"

#include <atomic>
#include <utility>

#include "store/open.hpp"

namespace regulars::service {

namespace {

std::atomic<int> calls_left{0};
std::atomic<StoreError> wanted{StoreError::locked};
std::atomic<bool> break_commit{false};
std::atomic<bool> break_sync{false};
std::atomic<int> conflicts_left{0};
std::atomic<bool> has_happened{false};

// The failure of this call, if it is the one.
std::optional<StoreFailure> fault() {
    if (calls_left.load() == 0 || calls_left.fetch_sub(1) != 1) return std::nullopt;
    has_happened = true;
    return StoreFailure{wanted, "as the test wants it"};
}

class FaultyStore : public Store {
public:
    explicit FaultyStore(std::unique_ptr<Store> store) : store_(std::move(store)) {}

    Stored<std::vector<std::optional<StoredMember>>> load_members(std::span<const MemberId> ids) override {
        return call([&] { return store_->load_members(ids); });
    }
    Stored<std::vector<std::optional<MemberId>>> find_identities(std::span<const engine::Identity> keys) override {
        return call([&] { return store_->find_identities(keys); });
    }
    Stored<std::vector<std::optional<engine::Order>>> load_closed_orders(std::span<const OrderKey> keys) override {
        return call([&] { return store_->load_closed_orders(keys); });
    }
    Stored<std::vector<std::optional<Answer>>> find_answers(std::span<const std::string> keys) override {
        return call([&] { return store_->find_answers(keys); });
    }
    Stored<std::optional<MemberId>> find_giver(const std::string& gift) override {
        return call([&] { return store_->find_giver(gift); });
    }
    Stored<std::optional<Snapshot>> load_snapshot(MemberId member) override {
        return call([&] { return store_->load_snapshot(member); });
    }
    Stored<MemberId> last_member_id() override {
        return call([&] { return store_->last_member_id(); });
    }
    Stored<std::vector<MemberSummary>> list_members(Page<MemberId> page) override {
        return call([&] { return store_->list_members(page); });
    }
    Stored<std::vector<EventRow>> list_events(MemberId member, Page<std::uint64_t> page) override {
        return call([&] { return store_->list_events(member, page); });
    }
    Stored<std::vector<LedgerRow>> list_ledger(MemberId member, Page<std::uint64_t> page) override {
        return call([&] { return store_->list_ledger(member, page); });
    }
    Stored<std::vector<OrderSummary>> list_orders(MemberId member, Page<std::string> page) override {
        return call([&] { return store_->list_orders(member, page); });
    }
    Stored<std::vector<CouponSummary>> list_coupons(MemberId member, Page<std::uint32_t> page) override {
        return call([&] { return store_->list_coupons(member, page); });
    }
    Stored<std::vector<std::optional<CouponStock>>> load_stocks(std::span<const std::string> coupons) override {
        return call([&] { return store_->load_stocks(coupons); });
    }
    Stored<std::vector<std::optional<OneTimeCode>>> load_one_time_codes(
        std::span<const std::string> subjects) override {
        return call([&] { return store_->load_one_time_codes(subjects); });
    }
    Stored<std::optional<EnrolmentCode>> find_enrolment_code(const std::string& code) override {
        return call([&] { return store_->find_enrolment_code(code); });
    }
    Stored<std::optional<EnrolmentCode>> find_invitation(MemberId member) override {
        return call([&] { return store_->find_invitation(member); });
    }
    Stored<std::vector<EnrolmentCode>> list_enrolment_codes(Page<std::string> page) override {
        return call([&] { return store_->list_enrolment_codes(page); });
    }
    Stored<void> save_one_time_codes(std::span<const OneTimeCode> codes) override {
        return call([&] { return store_->save_one_time_codes(codes); });
    }
    Stored<void> forget_one_time_codes(Instant before) override {
        return call([&] { return store_->forget_one_time_codes(before); });
    }
    Stored<void> add_enrolment_code(const EnrolmentCode& code) override {
        return call([&] { return store_->add_enrolment_code(code); });
    }
    Stored<std::vector<std::optional<UniqueCode>>> load_codes(std::span<const std::string> hashes) override {
        return call([&] { return store_->load_codes(hashes); });
    }
    Stored<std::vector<std::optional<PartnerPool>>> load_pools(std::span<const std::string> names) override {
        return call([&] { return store_->load_pools(names); });
    }
    Stored<std::vector<NoticeRow>> list_notices(Instant until, Page<NoticeKey> page) override {
        return call([&] { return store_->list_notices(until, page); });
    }
    Stored<std::vector<NoticeRow>> list_member_notices(MemberId member, Instant since, Page<NoticeKey> page) override {
        return call([&] { return store_->list_member_notices(member, since, page); });
    }
    Stored<std::vector<CodeBatch>> code_batches() override {
        return call([&] { return store_->code_batches(); });
    }
    Stored<std::vector<PartnerPool>> pools() override {
        return call([&] { return store_->pools(); });
    }
    Stored<std::vector<MemberId>> due_members(Instant until, std::size_t limit) override {
        return call([&] { return store_->due_members(until, limit); });
    }
    Stored<std::vector<ProgrammeRow>> programmes() override {
        return call([&] { return store_->programmes(); });
    }
    Stored<std::optional<std::string>> setting(std::string_view name) override {
        return call([&] { return store_->setting(name); });
    }
    Stored<std::vector<ActivityResultRow>> list_results(
        MemberId member, const std::string& activity, Page<ResultKey> page) override {
        return call([&] { return store_->list_results(member, activity, page); });
    }
    Stored<std::vector<RedemptionRow>> list_redemptions(MemberId member, Page<std::string> page) override {
        return call([&] { return store_->list_redemptions(member, page); });
    }
    Stored<std::vector<RedemptionRow>> list_all_redemptions(
        engine::RedemptionStatus status, Page<MemberTextKey> page) override {
        return call([&] { return store_->list_all_redemptions(status, page); });
    }
    Stored<std::optional<GroupRow>> find_group(const std::string& group) override {
        return call([&] { return store_->find_group(group); });
    }
    Stored<std::vector<GroupRow>> list_open_groups(const std::string& promotion, Page<std::string> page) override {
        return call([&] { return store_->list_open_groups(promotion, page); });
    }
    Stored<std::vector<ReviewRow>> list_reviews(engine::ReviewStatus status, Page<MemberTextKey> page) override {
        return call([&] { return store_->list_reviews(status, page); });
    }
    Stored<std::vector<FriendRow>> list_friends(engine::FriendStatus status, Page<MemberTextKey> page) override {
        return call([&] { return store_->list_friends(status, page); });
    }
    Stored<std::vector<TrialRow>> list_applicants(
        const std::string& activity, bool by_number, std::size_t limit) override {
        return call([&] { return store_->list_applicants(activity, by_number, limit); });
    }
    Stored<std::int64_t> count_trials(const std::string& activity, engine::TrialStatus status) override {
        return call([&] { return store_->count_trials(activity, status); });
    }
    Stored<std::vector<GivenAnswerRow>> list_given_answers(
        const std::string& activity, const std::string& question, Page<GivenAnswerKey> page) override {
        return call([&] { return store_->list_given_answers(activity, question, page); });
    }
    Stored<std::vector<AnswerCountRow>> answer_counts(const std::string& activity) override {
        return call([&] { return store_->answer_counts(activity); });
    }
    Stored<std::vector<SeedChain>> seed_chains() override {
        return call([&] { return store_->seed_chains(); });
    }
    Stored<void> add_seed_chain(const SeedChain& chain) override {
        return call([&] { return store_->add_seed_chain(chain); });
    }
    Stored<void> ping() override {
        return call([&] { return store_->ping(); });
    }
    Stored<void> commit(const Batch& batch) override {
        return commit_with([&] { return store_->commit(batch); });
    }
    Stored<bool> commit_ahead(const Batch& batch) override {
        return commit_with([&] { return store_->commit_ahead(batch); });
    }
    Stored<void> make_durable() override {
        if (!break_sync.exchange(false)) return store_->make_durable();
        has_happened = true;
        return unexpected(StoreFailure{StoreError::unavailable, "as the test wants it"});
    }
    Stored<void> add_programme(const ProgrammeRow& programme) override {
        return call([&] { return store_->add_programme(programme); });
    }
    Stored<void> set_setting(std::string_view name, std::string_view value) override {
        return call([&] { return store_->set_setting(name, value); });
    }
    Stored<void> add_code_batch(const CodeBatch& batch) override {
        return call([&] { return store_->add_code_batch(batch); });
    }
    Stored<void> add_codes(const CodeBatch& batch, std::span<const std::string> hashes) override {
        return call([&] { return store_->add_codes(batch, hashes); });
    }
    Stored<void> save_code_batch(const CodeBatch& batch) override {
        return call([&] { return store_->save_code_batch(batch); });
    }
    Stored<std::int64_t> add_partner_codes(const std::string& pool, std::span<const std::string> codes) override {
        return call([&] { return store_->add_partner_codes(pool, codes); });
    }
    Stored<std::int64_t> forget_notices(Instant before, std::size_t limit) override {
        return call([&] { return store_->forget_notices(before, limit); });
    }
    Stored<void> backup(const std::string& path) override {
        return call([&] { return store_->backup(path); });
    }

private:
    template <class Work>
    auto commit_with(Work work) -> decltype(work()) {
        if (conflicts_left > 0) {
            --conflicts_left;
            return unexpected(StoreFailure{StoreError::conflict, "as the test wants it"});
        }
        auto committed = call(work);
        if (!committed || !break_commit.exchange(false)) return committed;
        has_happened = true;
        return unexpected(StoreFailure{StoreError::outcome_unknown, "broken after the commit"});
    }
    template <class Call>
    std::invoke_result_t<Call> call(Call make) {
        if (auto failure = fault()) return unexpected(std::move(*failure));
        return make();
    }

    std::unique_ptr<Store> store_;
};

}  // namespace

void Faults::fail_call(int number, StoreError error) {
    none();
    wanted = error;
    calls_left = number;
}

void Faults::break_after_commit() {
    none();
    break_commit = true;
}

void Faults::break_sync_once() {
    none();
    break_sync = true;
}

void Faults::conflict(int commits) {
    none();
    conflicts_left = commits;
}

void Faults::none() {
    calls_left = 0;
    break_commit = false;
    break_sync = false;
    conflicts_left = 0;
    has_happened = false;
}

bool Faults::happened() { return has_happened; }

Stored<std::unique_ptr<Store>> open_faulty(const std::string& url) {
    return faulty(store::open_store)(url);
}

OpenStore faulty(OpenStore open_store) {
    return [open = std::move(open_store)](const std::string& url) -> Stored<std::unique_ptr<Store>> {
        if (auto failure = fault()) return unexpected(std::move(*failure));
        auto store = open(url);
        if (!store) return unexpected(std::move(store.error()));
        return std::make_unique<FaultyStore>(std::move(*store));
    };
}

}  // namespace regulars::service
