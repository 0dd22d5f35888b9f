// What the memory database keeps of what members do beside buying. Private to memory_store.cpp, which guards it.
#pragma once

#include "service/store.hpp"

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace regulars::store {

class MemoryActivities {
public:
    [[nodiscard]] std::vector<service::ActivityResultRow> results(
        MemberId member, const std::string& activity, const service::Page<service::ResultKey>& page) const;
    [[nodiscard]] std::vector<service::RedemptionRow> redemptions(MemberId member,
                                                                  const service::Page<std::string>& page) const;
    [[nodiscard]] std::vector<service::RedemptionRow> redemptions(
        engine::RedemptionStatus status, const service::Page<service::MemberTextKey>& page) const;
    [[nodiscard]] std::optional<service::GroupRow> group(const std::string& group) const;
    [[nodiscard]] std::vector<service::GroupRow> open_groups(const std::string& promotion,
                                                             const service::Page<std::string>& page) const;
    [[nodiscard]] std::vector<service::ReviewRow> reviews(engine::ReviewStatus status,
                                                          const service::Page<service::MemberTextKey>& page) const;
    [[nodiscard]] std::vector<service::FriendRow> friends(engine::FriendStatus status,
                                                          const service::Page<service::MemberTextKey>& page) const;
    [[nodiscard]] std::vector<service::TrialRow> applicants(const std::string& activity, bool by_number,
                                                            std::size_t limit) const;
    [[nodiscard]] std::int64_t count_trials(const std::string& activity, engine::TrialStatus status) const;
    [[nodiscard]] std::vector<service::GivenAnswerRow> given_answers(
        const std::string& activity, const std::string& question,
        const service::Page<service::GivenAnswerKey>& page) const;
    [[nodiscard]] std::vector<service::AnswerCountRow> answer_counts(const std::string& activity) const;
    [[nodiscard]] std::vector<service::SeedChain> seed_chains() const;

    /// Whether no result or answer is there already, and no group of another leader.
    [[nodiscard]] bool all_new(const service::Batch& batch) const;
    void write(const service::Batch& batch);
    /// False when the activity has one.
    [[nodiscard]] bool add(const service::SeedChain& chain);

private:
    void write_answers(const service::Batch& batch);

    std::map<std::pair<MemberId, service::ResultKey>, service::ActivityResultRow> results_;
    std::map<service::MemberTextKey, service::RedemptionRow> redemptions_;
    std::map<std::string, service::GroupRow> groups_;
    std::map<service::MemberTextKey, service::ReviewRow> reviews_;
    std::map<service::MemberTextKey, service::FriendRow> friends_;
    std::map<std::pair<std::string, MemberId>, service::TrialRow> trials_;
    /// By activity and question, then by place; a member's event has one answer to a question.
    std::map<std::tuple<std::string, std::string, service::GivenAnswerKey>, service::GivenAnswerRow> given_answers_;
    std::map<std::tuple<std::string, std::string, std::string>, service::AnswerCountRow> answer_counts_;
    std::map<std::string, service::SeedChain> chains_;
};

/// Where a review stands among those of its member: order id and product.
[[nodiscard]] std::string text_of_review(const engine::ReviewChange& change);

}  // namespace regulars::store
