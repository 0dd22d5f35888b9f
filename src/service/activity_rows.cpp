#include "service/activity_rows.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "engine/activities/common.hpp"

namespace regulars::service {

namespace {

template <class Map, class Row>
void move_values(Map& from, std::vector<Row>& to) {
    for (auto& [key, row] : from) to.push_back(std::move(row));
    from.clear();
}

}  // namespace

void ActivityRows::keep(MemberId member, std::uint64_t event_sequence, std::uint32_t first_index,
                        const engine::Outcome& outcome) {
    std::uint32_t index = first_index;
    for (const engine::ActivityResult& result : outcome.activity_results)
        results_.push_back({member, event_sequence, index++, result});
    for (const engine::Redemption& redemption : outcome.redemptions)
        redemptions_.insert_or_assign({member, redemption.redemption_id}, RedemptionRow{member, redemption});
    for (const engine::GroupChange& change : outcome.groups)
        groups_.insert_or_assign({member, change.group.group}, GroupRow{member, change});
    for (const engine::ReviewChange& change : outcome.reviews) {
        const std::pair key{MemberTextKey{member, change.order_id}, change.review.product};
        reviews_.insert_or_assign(key, ReviewRow{member, change.review.event_sequence, change});
    }
    for (const engine::FriendChange& change : outcome.friends)
        friends_.insert_or_assign({member, change.who.member}, FriendRow{member, change});
    for (const engine::TrialChange& change : outcome.trials)
        trials_.insert_or_assign({member, change.activity}, TrialRow{member, change});
}

void ActivityRows::keep_answers(const engine::Member& member, const engine::QuestionnaireAnswered& fact,
                                const programme::Programme& programme) {
    for (const auto& [question, answer] : fact.answers)
        given_answers_.push_back({.member = member.id,
                                  .event_sequence = member.event_sequence,
                                  .question = question,
                                  .activity = fact.activity,
                                  .order_id = fact.order_id,
                                  .at = member.advanced_to,
                                  .answer = answer});
    AnswerCountRow& whole = count_of(fact.activity, "", "");
    ++whole.times;
    const auto* state = engine::find_state(member, fact.activity);
    if (state != nullptr && state->total == 1) ++whole.members;
    const auto* activity = programme.activities.find(fact.activity);
    check(activity != nullptr, "what was answered is in the programme");
    for (const auto& question : activity->as<programme::Questionnaire>()->questions) count_answer(question, fact);
}

// Texts and days are too many to be counted one by one.
void ActivityRows::count_answer(const programme::Question& question, const engine::QuestionnaireAnswered& fact) {
    using enum programme::Question::Kind;
    AnswerCountRow& whole = count_of(fact.activity, question.name, "");
    const auto found = fact.answers.find(question.name);
    if (found == fact.answers.end()) {
        ++whole.left_out;
        return;
    }
    ++whole.times;
    if (question.kind == text || question.kind == date) return;
    for (std::string_view rest = found->second; !rest.empty();) {
        const auto size = std::min(rest.find('\n'), rest.size());
        ++count_of(fact.activity, question.name, rest.substr(0, size)).times;
        rest.remove_prefix(std::min(size + 1, rest.size()));
    }
}

AnswerCountRow& ActivityRows::count_of(const std::string& activity, const std::string& question,
                                       std::string_view answer) {
    const std::tuple key(activity, question, std::string(answer));
    return answer_counts_.try_emplace(key, AnswerCountRow{activity, question, std::string(answer)}).first->second;
}

void ActivityRows::pass_reviews(MemberId from, MemberId to, const engine::Order& order, Instant at) {
    for (engine::ProductReview review : order.reviews) {
        const auto keep = [&](MemberId member) {
            const std::pair key{MemberTextKey{member, order.order_id}, review.product};
            reviews_.insert_or_assign(key, ReviewRow{member, review.event_sequence, {order.order_id, review, at}});
        };
        keep(to);
        // Nothing waits there any more.
        review.status = engine::ReviewStatus::taken_back;
        keep(from);
    }
}

void ActivityRows::move_into(Batch& batch) {
    std::stable_sort(results_.begin(), results_.end(),
                     [](const auto& a, const auto& b) { return a.member < b.member; });
    batch.activity_results = std::move(results_);
    move_values(redemptions_, batch.redemptions);
    move_values(groups_, batch.groups);
    move_values(reviews_, batch.reviews);
    move_values(friends_, batch.friends);
    move_values(trials_, batch.trials);
    std::ranges::stable_sort(given_answers_, {}, &GivenAnswerRow::member);
    batch.given_answers = std::move(given_answers_);
    move_values(answer_counts_, batch.answer_counts);
}

}  // namespace regulars::service
