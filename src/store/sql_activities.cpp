// The port's lists of what members do beside buying.
#include "store/failure.hpp"
#include "store/rows_activities.hpp"
#include "store/sql_store.hpp"

namespace regulars::store {

service::Stored<std::vector<service::ActivityResultRow>> SqlStore::list_results(
    MemberId member, const std::string& activity, service::Page<service::ResultKey> page) {
    return guarded([&] { return read_results(connection(), member, activity, page); });
}

service::Stored<std::vector<service::RedemptionRow>> SqlStore::list_redemptions(
    MemberId member, service::Page<std::string> page) {
    return guarded([&] { return read_redemptions(connection(), member, page); });
}

service::Stored<std::vector<service::RedemptionRow>> SqlStore::list_all_redemptions(
    engine::RedemptionStatus status, service::Page<service::MemberTextKey> page) {
    return guarded([&] { return read_all_redemptions(connection(), status, page); });
}

service::Stored<std::optional<service::GroupRow>> SqlStore::find_group(const std::string& group) {
    return guarded([&] { return read_group(connection(), group); });
}

service::Stored<std::vector<service::GroupRow>> SqlStore::list_open_groups(
    const std::string& promotion, service::Page<std::string> page) {
    return guarded([&] { return read_open_groups(connection(), promotion, page); });
}

service::Stored<std::vector<service::ReviewRow>> SqlStore::list_reviews(
    engine::ReviewStatus status, service::Page<service::MemberTextKey> page) {
    return guarded([&] { return read_reviews(connection(), status, page); });
}

service::Stored<std::vector<service::FriendRow>> SqlStore::list_friends(
    engine::FriendStatus status, service::Page<service::MemberTextKey> page) {
    return guarded([&] { return read_friends(connection(), status, page); });
}

service::Stored<std::vector<service::TrialRow>> SqlStore::list_applicants(
    const std::string& activity, bool by_number, std::size_t limit) {
    return guarded([&] { return read_applicants(connection(), activity, by_number, limit); });
}

service::Stored<std::int64_t> SqlStore::count_trials(const std::string& activity, engine::TrialStatus status) {
    return guarded([&] { return read_trial_count(connection(), activity, status); });
}

service::Stored<std::vector<service::GivenAnswerRow>> SqlStore::list_given_answers(
    const std::string& activity, const std::string& question, service::Page<service::GivenAnswerKey> page) {
    return guarded([&] { return read_given_answers(connection(), activity, question, page); });
}

service::Stored<std::vector<service::AnswerCountRow>> SqlStore::answer_counts(const std::string& activity) {
    return guarded([&] { return read_answer_counts(connection(), activity); });
}

service::Stored<std::vector<service::SeedChain>> SqlStore::seed_chains() {
    return guarded([&] { return read_seed_chains(connection()); });
}

service::Stored<void> SqlStore::add_seed_chain(const service::SeedChain& chain) {
    return guarded([&] {
        Transaction transaction(connection());
        write_seed_chain(connection(), chain);
        transaction.commit();
    });
}

}  // namespace regulars::store
