// Rows about what members do beside buying, as a draft gathers them: of what stands in a list as it is now, the last.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/event.hpp"
#include "engine/outcome.hpp"
#include "programme/programme.hpp"
#include "service/store.hpp"

namespace regulars::service {

class ActivityRows {
public:
    /// `first_index`: of the first result with this event.
    void keep(MemberId member, std::uint64_t event_sequence, std::uint32_t first_index,
              const engine::Outcome& outcome);
    /// Answers that were accepted as the member's last event.
    void keep_answers(const engine::Member& member, const engine::QuestionnaireAnswered& fact,
                      const programme::Programme& programme);
    /// The order is another member's from now on, and so are its reviews.
    void pass_reviews(MemberId from, MemberId to, const engine::Order& order, Instant at);
    /// Moves all of it into the batch, in the order of members.
    void move_into(Batch& batch);

private:
    void count_answer(const programme::Question& question, const engine::QuestionnaireAnswered& fact);
    AnswerCountRow& count_of(const std::string& activity, const std::string& question, std::string_view answer);

    std::vector<ActivityResultRow> results_;
    std::map<MemberTextKey, RedemptionRow> redemptions_;
    std::map<MemberTextKey, GroupRow> groups_;
    std::map<std::pair<MemberTextKey, std::string>, ReviewRow> reviews_;
    std::map<std::pair<MemberId, MemberId>, FriendRow> friends_;
    std::map<MemberTextKey, TrialRow> trials_;
    std::vector<GivenAnswerRow> given_answers_;
    std::map<std::tuple<std::string, std::string, std::string>, AnswerCountRow> answer_counts_;
};

}  // namespace regulars::service
