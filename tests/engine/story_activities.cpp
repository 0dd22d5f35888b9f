#include "story_activities.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/fraction.hpp"
#include "engine/activities/common.hpp"
#include "story.hpp"
#include "story_friends.hpp"
#include "story_groups.hpp"
#include "story_mall.hpp"

namespace regulars::model {

namespace {

using Words = std::vector<std::string>;

std::string word_at(const Words& words, std::size_t index) {
    check(index < words.size(), "a fact about an activity has all its words: " + words.at(0));
    return words[index] == "\"\"" ? "" : words[index];
}

std::int64_t count_at(const Words& words, std::size_t index) { return std::stoll(word_at(words, index)); }

// "turn wheel T1", "turns wheel 3 G1", "pass flags red P1", "receive flags red P1".
std::optional<engine::Fact> turn_fact(const Words& words) {
    const std::string& verb = words.at(0);
    if (verb == "turn") return engine::TurnTaken{word_at(words, 1), word_at(words, 2)};
    if (verb == "turns") return engine::TurnsGranted{word_at(words, 1), count_at(words, 2), word_at(words, 3), "story"};
    if (verb == "pass") return engine::PiecePassed{word_at(words, 1), word_at(words, 2), {99}, word_at(words, 3)};
    if (verb == "receive")
        return engine::PieceReceived{word_at(words, 1), word_at(words, 2), {99}, word_at(words, 3)};
    return std::nullopt;
}

// "answer about_you sport=run colours=red+green order=A": several choices with a plus between them.
engine::QuestionnaireAnswered answered(const Words& words) {
    engine::QuestionnaireAnswered fact{word_at(words, 1), {}, ""};
    for (std::size_t i = 2; i < words.size(); ++i) {
        const auto equals = words[i].find('=');
        const std::string name = words[i].substr(0, equals);
        std::string value = words[i].substr(equals + 1);
        std::replace(value.begin(), value.end(), '+', '\n');
        if (name == "order") fact.order_id = value;
        else fact.answers[name] = value;
    }
    return fact;
}

// "check-in daily", "make-up daily 2026-03-02 [coupon 1]", "freeze daily F1", "show share S1 [mug]",
// "visit stores harbour K7Q2M".
std::optional<engine::Fact> day_fact(const Words& words) {
    const std::string& verb = words.at(0);
    if (verb == "check-in") return engine::CheckedIn{word_at(words, 1)};
    if (verb == "freeze") return engine::FreezeBought{word_at(words, 1), word_at(words, 2)};
    if (verb == "visit") return engine::StoreVisited{word_at(words, 1), word_at(words, 2), word_at(words, 3)};
    if (verb == "show")
        return engine::BehaviourShown{word_at(words, 1), words.size() > 3 ? words[3] : "", word_at(words, 2)};
    if (verb == "answer") return answered(words);
    if (verb != "make-up") return std::nullopt;
    const auto day = parse_date(word_at(words, 2));
    check(day.has_value(), "a day that is made up for is a date");
    const std::int64_t coupon = words.size() > 4 ? count_at(words, 4) : 0;
    return engine::CheckInMadeUp{word_at(words, 1), *day, {static_cast<std::uint32_t>(coupon)}};
}

// "streak daily 3", "best daily 5", "freezes daily 1", "attribute sport run".
std::string found_of_days(const World& world, const Words& claim) {
    std::string text = claim[0];
    if (text == "attribute") {
        const auto& attributes = world.member().profile.attributes;
        const auto found = attributes.find(claim.at(1));
        return text + ' ' + claim[1] + ' ' + (found == attributes.end() ? "-" : found->second);
    }
    if (text != "streak" && text != "best" && text != "freezes") return {};
    const auto* state = engine::find_state(world.member(), claim.at(1));
    text += ' ' + claim[1] + ' ';
    if (state == nullptr) return text + '-';
    const std::int64_t number = claim[0] == "streak" ? state->streak
                                : claim[0] == "best" ? state->best_streak
                                                     : state->freezes;
    return text + std::to_string(number);
}

// "won umbrella", "did turn_taken step", "turns wheel 3", "taken wheel 7", "had flags blue 1 red 2", "steps flags one",
// "took prize:wheel:tv 1".
std::string found_of_turns(const World& world, const Answer& answer, const Words& claim) {
    std::string text = claim[0];
    if (text == "won" || text == "did") {
        for (const engine::ActivityResult& result : answer.outcome.activity_results)
            if (const std::string& word = text[0] == 'w' ? result.won : result.what; !word.empty()) text += ' ' + word;
        return text;
    }
    if (text == "took") {
        std::int64_t sum = 0;
        for (const engine::StockTaken& taken : answer.outcome.stock_taken)
            if (taken.name == claim.at(1)) sum += taken.count;
        return "took " + claim.at(1) + ' ' + std::to_string(sum);
    }
    if (text != "turns" && text != "taken" && text != "had" && text != "steps") return {};
    text += ' ' + claim.at(1);
    const engine::ActivityState none;
    const auto* found = engine::find_state(world.member(), claim[1]);
    const engine::ActivityState& state = found != nullptr ? *found : none;
    if (claim[0] == "turns") return text + ' ' + std::to_string(state.turns);
    if (claim[0] == "taken") return text + ' ' + std::to_string(state.turns_taken);
    if (claim[0] == "had")
        for (const engine::NamedCount& count : state.had) text += ' ' + count.name + ' ' + std::to_string(count.total);
    if (claim[0] == "steps")
        for (const std::string& step : state.steps) text += ' ' + step;
    return text;
}

}  // namespace

std::optional<engine::Fact> activity_fact(const Words& words, const programme::Programme& programme) {
    if (auto fact = mall_fact(words, programme)) return fact;
    if (auto fact = group_fact(words)) return fact;
    if (auto fact = friend_fact(words)) return fact;
    if (auto fact = day_fact(words)) return fact;
    return turn_fact(words);
}

// Rounded up, so that 0.3 of weights that sum to 10 is the fourth part.
engine::Chance chance_of(const std::string& text, LocalDate day) {
    constexpr unsigned number_bits = 64;
    check(text.starts_with("0.") && text.size() <= 12, "a chance lies between 0 and 1, such as 0.25: " + text);
    Wide parts = 1;
    Wide wanted = 0;
    for (const char digit : text.substr(2)) {
        check(digit >= '0' && digit <= '9', "a chance is written in digits: " + text);
        parts *= 10;
        wanted = wanted * 10 + (digit - '0');
    }
    return {day, static_cast<std::uint64_t>(((wanted << number_bits) + parts - 1) / parts)};
}

std::string found_of_activities(const World& world, const Answer& answer, const Words& claim) {
    if (auto found = found_of_mall(world, answer, claim); !found.empty()) return found;
    if (auto found = found_of_groups(world, answer, claim); !found.empty()) return found;
    if (auto found = found_of_friends(world, claim); !found.empty()) return found;
    if (auto found = found_of_days(world, claim); !found.empty()) return found;
    return found_of_turns(world, answer, claim);
}

bool activity_happens_once(const engine::Fact& fact) {
    if (std::holds_alternative<engine::GoodsRedeemed>(fact)) return true;
    return std::holds_alternative<engine::TurnTaken>(fact) || std::holds_alternative<engine::TurnsGranted>(fact) ||
           std::holds_alternative<engine::PiecePassed>(fact) || std::holds_alternative<engine::PieceReceived>(fact) ||
           std::holds_alternative<engine::CheckedIn>(fact) || std::holds_alternative<engine::CheckInMadeUp>(fact) ||
           std::holds_alternative<engine::FreezeBought>(fact) || std::holds_alternative<engine::StoreVisited>(fact) ||
           std::holds_alternative<engine::QuestionnaireAnswered>(fact) ||
           std::holds_alternative<engine::BehaviourShown>(fact);
}

}  // namespace regulars::model
