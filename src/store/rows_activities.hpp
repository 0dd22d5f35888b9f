// What members do beside buying: rows to values and back. Throws Failed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/store.hpp"
#include "store/connection.hpp"

namespace regulars::store {

[[nodiscard]] std::vector<service::ActivityResultRow> read_results(Connection& connection, MemberId member,
                                                                   const std::string& activity,
                                                                   const service::Page<service::ResultKey>& page);
[[nodiscard]] std::vector<service::RedemptionRow> read_redemptions(Connection& connection, MemberId member,
                                                                   const service::Page<std::string>& page);
[[nodiscard]] std::vector<service::RedemptionRow> read_all_redemptions(
    Connection& connection, engine::RedemptionStatus status, const service::Page<service::MemberTextKey>& page);
[[nodiscard]] std::optional<service::GroupRow> read_group(Connection& connection, const std::string& group);
[[nodiscard]] std::vector<service::GroupRow> read_open_groups(Connection& connection, const std::string& promotion,
                                                              const service::Page<std::string>& page);
[[nodiscard]] std::vector<service::ReviewRow> read_reviews(Connection& connection, engine::ReviewStatus status,
                                                           const service::Page<service::MemberTextKey>& page);
[[nodiscard]] std::vector<service::FriendRow> read_friends(Connection& connection, engine::FriendStatus status,
                                                           const service::Page<service::MemberTextKey>& page);
[[nodiscard]] std::vector<service::TrialRow> read_applicants(Connection& connection, const std::string& activity,
                                                             bool by_number, std::size_t limit);
[[nodiscard]] std::int64_t read_trial_count(Connection& connection, const std::string& activity,
                                            engine::TrialStatus status);
[[nodiscard]] std::vector<service::GivenAnswerRow> read_given_answers(
    Connection& connection, const std::string& activity, const std::string& question,
    const service::Page<service::GivenAnswerKey>& page);
[[nodiscard]] std::vector<service::AnswerCountRow> read_answer_counts(Connection& connection,
                                                                      const std::string& activity);
[[nodiscard]] std::vector<service::SeedChain> read_seed_chains(Connection& connection);

// Each writes inside a transaction that the caller holds.
void write_activities(Connection& connection, const service::Batch& batch);
void write_seed_chain(Connection& connection, const service::SeedChain& chain);

}  // namespace regulars::store
