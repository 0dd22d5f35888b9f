#include "engine/activities/questionnaires.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>

#include "base/limits.hpp"
#include "engine/activities/common.hpp"
#include "engine/activities/rewards.hpp"
#include "engine/holdings/grants.hpp"

namespace regulars::engine {

namespace {

using programme::Question;
using programme::Questionnaire;

bool is_choice(const Question& question, std::string_view answer) {
    return std::find(question.choices.begin(), question.choices.end(), answer) != question.choices.end();
}

// Each on a line of its own and each once.
bool are_choices(const Question& question, std::string_view answer) {
    std::vector<std::string_view> chosen;
    for (std::size_t start = 0; start <= answer.size();) {
        const std::size_t stop = std::min(answer.find('\n', start), answer.size());
        const std::string_view one = answer.substr(start, stop - start);
        if (!is_choice(question, one) || std::find(chosen.begin(), chosen.end(), one) != chosen.end()) return false;
        chosen.push_back(one);
        start = stop + 1;
    }
    return static_cast<std::int64_t>(chosen.size()) <= question.most;
}

std::optional<std::int64_t> score_of(std::string_view answer) {
    std::int64_t score = 0;
    const auto [end, error] = std::from_chars(answer.data(), answer.data() + answer.size(), score);
    const bool whole = error == std::errc() && end == answer.data() + answer.size();
    // "07" and "-0" are not how a score is written: attributes keep the text.
    return whole && std::to_string(score) == answer ? std::optional(score) : std::nullopt;
}

bool are_valid(const Questionnaire& terms, const std::map<std::string, std::string>& answers) {
    std::size_t known = 0;
    for (const Question& question : terms.questions) {
        const auto answer = answers.find(question.name);
        const bool answered = answer != answers.end();
        if (answered) ++known;
        if (answered ? !is_answer(question, answer->second) : question.required) return false;
    }
    return known == answers.size();
}

// The order may have settled just now, while time passed up to the event.
const Order* find_settled(const OrderEvent& event, const std::string& order_id) {
    const Order* closed = event.context.closed_order;
    if (closed != nullptr && closed->order_id == order_id) return closed;
    const auto& left = event.decision.outcome.closed_orders;
    const auto found = std::find_if(left.rbegin(), left.rend(),
                                    [&](const Order& order) { return order.order_id == order_id; });
    return found == left.rend() ? nullptr : &*found;
}

bool can_be_answered(const OrderEvent& event, const Questionnaire& terms, const std::string& order_id) {
    if (!terms.about_orders) return order_id.empty();
    const Order* order = order_id.empty() ? nullptr : find_settled(event, order_id);
    if (order == nullptr || order->status != OrderStatus::settled || !order->settled_at) return false;
    const LocalDate settled = event.decision.programme.zone.date(*order->settled_at);
    return event.decision.today() <= add_days(settled, terms.within_days);
}

bool is_answered(const ActivityState& state, const Questionnaire& terms, const std::string& order_id) {
    if (!terms.about_orders) return state.total > 0;
    return std::find(state.subjects.begin(), state.subjects.end(), order_id) != state.subjects.end();
}

void keep_order(ActivityState& state, const std::string& order_id) {
    if (state.subjects.size() >= limits::subjects_max) state.subjects.erase(state.subjects.begin());
    state.subjects.push_back(order_id);
}

std::map<std::string, std::string> attributes_of(const Questionnaire& terms,
                                                 const std::map<std::string, std::string>& answers) {
    std::map<std::string, std::string> attributes;
    for (const Question& question : terms.questions) {
        const auto answer = answers.find(question.name);
        if (!question.attribute.empty() && answer != answers.end()) attributes[question.attribute] = answer->second;
    }
    return attributes;
}

// The programme's check has found the answers to be values of these attributes.
void set_attributes(Decision& decision, const std::map<std::string, std::string>& attributes) {
    if (attributes.empty()) return;
    for (const auto& [name, value] : attributes) decision.member.profile.attributes[name] = value;
    give_profile_grants(decision);
}

// What lists show of the answers: the first score that was asked for.
std::int64_t first_score(const Questionnaire& terms, const std::map<std::string, std::string>& answers) {
    for (const Question& question : terms.questions) {
        const auto answer = answers.find(question.name);
        if (question.kind == Question::Kind::score && answer != answers.end())
            return score_of(answer->second).value_or(0);
    }
    return 0;
}

}  // namespace

bool is_answer(const Question& question, std::string_view answer) {
    if (answer.empty()) return false;
    switch (question.kind) {
        case Question::Kind::choice: return is_choice(question, answer);
        case Question::Kind::choices: return are_choices(question, answer);
        case Question::Kind::text: return true;  // as long as any text may be: checked with its form
        case Question::Kind::date: return parse_date(answer).has_value();
        case Question::Kind::score: break;
    }
    const auto score = score_of(answer);
    return score && question.least <= *score && *score <= question.most;
}

expected<void, Rejection> on_fact(const OrderEvent& event, const QuestionnaireAnswered& fact) {
    Decision& decision = event.decision;
    const auto open = open_activity<Questionnaire>(decision, fact.activity);
    if (!open) return unexpected(open.error());
    const auto& [activity, terms] = *open;
    if (!are_valid(terms, fact.answers)) return unexpected(Rejection::answers_not_valid);
    const ActivityState* known = find_state(decision.member, activity.name);
    if (known != nullptr && is_answered(*known, terms, fact.order_id)) return unexpected(Rejection::already_answered);
    if (!can_be_answered(event, terms, fact.order_id)) return unexpected(Rejection::order_not_to_be_answered);

    ActivityState& state = state_of(decision.member, activity.name);
    count_activity(decision, state);
    if (terms.about_orders) keep_order(state, fact.order_id);
    set_attributes(decision, attributes_of(terms, fact.answers));
    ActivityResult result;
    result.at = decision.now;
    result.activity = activity.name;
    result.what = "answered";
    result.won = fact.order_id;
    result.number = first_score(terms, fact.answers);
    const GivenReward given = give_reward(decision, terms.reward, {activity.name, activity.benefit});
    result.points = given.points;
    result.cost = given.cost;
    result.goods = terms.reward.goods;
    decision.outcome.activity_results.push_back(std::move(result));
    return {};
}

}  // namespace regulars::engine
