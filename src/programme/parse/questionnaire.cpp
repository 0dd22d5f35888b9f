#include <algorithm>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

using Kind = Question::Kind;

constexpr std::int64_t score_max = 1'000;
constexpr Choices<Kind, 5> kind_choices{{{"choice", Kind::choice},
                                         {"choices", Kind::choices},
                                         {"score", Kind::score},
                                         {"text", Kind::text},
                                         {"date", Kind::date}}};

bool has_choices(Kind kind) { return kind == Kind::choice || kind == Kind::choices; }

// Several answers are told with a line end between them.
std::vector<std::string> read_answers(Reader& reader, const Place& place) {
    std::vector<std::string> answers;
    for (const Place& item : items_of(reader, place, choices_max)) {
        auto text = read_text(reader, item, limits::id_size_max);
        if (!text) continue;
        if (text->find('\n') != std::string::npos)
            reader.complain(item, {"a choice stands on one line", "no line ends in it"});
        if (std::find(answers.begin(), answers.end(), *text) != answers.end())
            reader.complain(item, {"this stands in the list twice", "each once"});
        answers.push_back(std::move(*text));
    }
    if (place.is_list() && place.node->items.empty())
        reader.complain(place, {"the list is empty", "at least one choice"});
    return answers;
}

void read_bounds(const Section& section, Question& question) {
    Reader& reader = section.reader();
    const auto least = section.find("at_least");
    const auto most = section.find("at_most");
    if (least && question.kind != Kind::score)
        reader.complain(*least, {"only a score has a least", "kind: score beside it"});
    if (most && question.kind != Kind::score && question.kind != Kind::choices)
        reader.complain(*most, {"only a score or several choices have a most", "kind: score or choices beside it"});
    if (question.kind == Kind::choices) question.most = static_cast<std::int64_t>(question.choices.size());
    if (least) question.least = read_integer(reader, *least, 0, score_max).value_or(0);
    if (most) question.most = read_integer(reader, *most, 1, score_max).value_or(question.most);
    if (question.kind == Kind::score && question.least >= question.most)
        reader.complain(most ? *most : *least, {"there is no choice of scores", "at_least less than at_most"});
}

// Whether every answer to the question is a value of the attribute.
bool takes(const Attribute& attribute, const Question& question) {
    using To = Attribute::Kind;
    const auto is_choice = [&](const std::string& answer) {
        return std::find(attribute.choices.begin(), attribute.choices.end(), answer) != attribute.choices.end();
    };
    switch (attribute.kind) {
        case To::text: return true;
        case To::choice:
            return question.kind == Kind::choice &&
                   std::all_of(question.choices.begin(), question.choices.end(), is_choice);
        case To::integer:
            return question.kind == Kind::score && attribute.least <= question.least && question.most <= attribute.most;
        case To::date: return question.kind == Kind::date;
        case To::yes_no:
            return question.kind == Kind::choice &&
                   std::all_of(question.choices.begin(), question.choices.end(),
                               [](const std::string& answer) { return answer == "yes" || answer == "no"; });
    }
    return false;
}

void read_attribute_of(Context& context, const Place& place, Question& question) {
    Reader& reader = context.reader;
    const auto name = read_name(reader, place);
    if (!name) return;
    question.attribute = *name;
    if (context.profile.attributes.empty()) return;
    const Attribute* attribute = context.profile.find(*name);
    std::vector<std::string> names;
    for (const Attribute& known : context.profile.attributes) names.push_back(known.name);
    if (attribute == nullptr)
        reader.complain(place, {"members have no such attribute", listed(names), nearest(*name, names).value_or("")});
    else if (!takes(*attribute, question))
        reader.complain(place, {"not every answer is a value of this attribute",
                                "an attribute that takes them all, such as one of kind text"});
}

Question read_question(Context& context, const Place& place, const std::vector<Question>& known) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::question);
    Question question;
    const auto name = section.require("name", "a name such as visits or score");
    if (name) question.name = read_name(reader, *name).value_or("");
    if (!question.name.empty() && std::any_of(known.begin(), known.end(), [&](const Question& other) {
            return other.name == question.name;
        }))
        reader.complain(*name, {"the name stands twice in this list", "another name"});
    question.title = read_title_or(section, question.name);
    const auto place_of_kind = section.require("kind", "choice, choices, score, text or date");
    const auto kind = place_of_kind ? read_choice(reader, *place_of_kind, kind_choices) : std::nullopt;
    question.kind = kind.value_or(Kind::text);
    const auto choices = section.find("choices");
    if (choices) question.choices = read_answers(reader, *choices);
    if (kind && choices && !has_choices(*kind))
        reader.complain(*choices, {"such a question has no choices", "kind: choice or choices beside it"});
    if (kind && !choices && has_choices(*kind))
        reader.complain(*place_of_kind, {"a choice of nothing", "choices beside it"});
    if (kind) read_bounds(section, question);
    if (const auto required = section.find("required"))
        question.required = read_boolean(reader, *required).value_or(true);
    if (const auto attribute = section.find("attribute")) read_attribute_of(context, *attribute, question);
    return question;
}

}  // namespace

Questionnaire read_questionnaire(Context& context, const Place& place, const CouponPolicy& coupons) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::questionnaire);
    Questionnaire terms;
    if (const auto questions = section.require("questions", "such as [{name: score, kind: score}]")) {
        for (const Place& item : items_of(reader, *questions, limits::questions_max))
            terms.questions.push_back(read_question(context, item, terms.questions));
        if (questions->is_list() && questions->node->items.empty())
            reader.complain(*questions, {"the list is empty", "at least one question"});
    }
    if (const auto about = section.find("about_orders")) {
        const Section orders(reader, *about, keys::about_orders);
        terms.about_orders = true;
        const auto within = orders.require("within", "how long after settlement, such as 30 days");
        if (within) terms.within_days = read_days(reader, *within).value_or(terms.within_days);
    }
    if (const auto reward = section.find("reward"))
        terms.reward = read_reward(context, *reward, coupons, RewardComes::with_event);
    return terms;
}

}  // namespace regulars::programme
