#include "api/endpoints/write_activities.hpp"

#include <array>
#include <numeric>

#include "api/endpoints/write.hpp"

namespace regulars::api {

namespace {

using programme::Activity;
using programme::Question;

void write_title(JsonWriter& json, const programme::Title& title) {
    json.field_if("title", title.en);
    json.field_if("title_zh", title.zh);
}

void write_optional(JsonWriter& json, std::string_view name, const std::optional<std::int64_t>& value) {
    json.name(name);
    if (value) json.integer(*value);
    else json.null();
}

void write_reward(JsonWriter& json, std::string_view name, const programme::Reward& reward, const Terms& terms) {
    json.name(name);
    json.begin_object();
    json.field("points", reward.points);
    json.field("cashback_minor", reward.cashback);
    json.name("coupons");
    json.begin_array();
    for (const auto& item : reward.coupons)
        for (std::int32_t i = 0; i < item.count; ++i) json.text(terms.programme.coupons.templates[item.coupon].name);
    json.end_array();
    if (reward.tier) json.field("tier", terms.programme.tiers[*reward.tier].name);
    json.field_if("goods", reward.goods);
    json.field_if("turns_of", reward.turns_of);
    json.field("turns", reward.turns);
    json.end_object();
}

// Exact: its share of the sum of all weights, in lowest terms.
std::string odds_text(std::int64_t weight, std::int64_t sum) {
    const std::int64_t common = std::gcd(weight, sum);
    return std::to_string(weight / common) + "/" + std::to_string(sum / common);
}

template <class Options>
std::int64_t sum_of(const Options& options) {
    std::int64_t sum = 0;
    for (const auto& option : options) sum += option.weight;
    return sum;
}

/// Writes what the kind says, as the value of the kind's name.
class KindWriter {
public:
    KindWriter(JsonWriter& json, const Activity& activity, const Terms& terms)
        : json_(json), activity_(activity), terms_(terms) {}

    void operator()(const programme::CheckIn& kind) {
        write_reward(json_, "daily", kind.daily, terms_);
        json_.name("steps");
        json_.begin_array();
        for (const auto& step : kind.steps) {
            json_.begin_object();
            json_.field("days", step.days);
            write_reward(json_, "reward", step.reward, terms_);
            json_.end_object();
        }
        json_.end_array();
        json_.field("cycle", kind.cycle);
        json_.field("make_up_days", std::int64_t{kind.make_up_days});
        json_.field("make_ups_per_month", kind.make_ups_per_month);
        json_.field("make_up_points", kind.make_up_points);
        json_.field_if("make_up_coupon", kind.make_up_coupon);
        json_.field("freezes_max", kind.freezes_max);
        json_.field("freeze_points", kind.freeze_points);
    }
    void operator()(const programme::Draw& kind) {
        write_turns(kind.free_per_day, kind.turns_max);
        json_.field("price_points", kind.price);
        write_optional(json_, "pity", kind.pity);
        json_.name("prizes");
        json_.begin_array();
        for (const auto& prize : kind.prizes) {
            json_.begin_object();
            write_option(prize, sum_of(kind.prizes));
            write_optional(json_, "per_member", prize.per_member);
            json_.field("rare", prize.rare);
            write_reward(json_, "reward", prize.reward, terms_);
            json_.end_object();
        }
        json_.end_array();
    }
    void operator()(const programme::Collection& kind) {
        write_turns(kind.free_per_day, kind.turns_max);
        json_.field("turns_per_friend", kind.turns_per_friend);
        json_.field("passable", kind.passable);
        json_.name("pieces");
        json_.begin_array();
        for (const auto& piece : kind.kinds) {
            json_.begin_object();
            write_option(piece, sum_of(kind.kinds));
            json_.end_object();
        }
        json_.end_array();
        json_.name("steps");
        json_.begin_array();
        for (const auto& step : kind.steps) {
            json_.begin_object();
            json_.field("name", step.name);
            write_title(json_, step.title);
            json_.field("kinds", step.kinds);
            write_left(step.stock, step.name);
            write_reward(json_, "reward", step.reward, terms_);
            json_.end_object();
        }
        json_.end_array();
    }
    void operator()(const programme::Questionnaire& kind) {
        json_.field("about_orders", kind.about_orders);
        if (kind.about_orders) json_.field("within_days", std::int64_t{kind.within_days});
        json_.name("questions");
        json_.begin_array();
        for (const Question& question : kind.questions) write_question(question);
        json_.end_array();
        write_reward(json_, "reward", kind.reward, terms_);
    }
    void operator()(const programme::Behaviour& kind) {
        json_.field("distinct", kind.distinct);
        write_reward(json_, "reward", kind.reward, terms_);
    }
    // The codes hang in the stores, and nowhere else.
    void operator()(const programme::StoreVisit& kind) {
        json_.name("stores");
        json_.begin_array();
        for (const auto& [store, code] : kind.codes) json_.text(store);
        json_.end_array();
        write_reward(json_, "reward", kind.reward, terms_);
    }
    void operator()(const programme::Trial& kind) {
        constexpr std::array<std::string_view, 3> words{"first", "draw", "by_hand"};
        json_.field("product", kind.product);
        json_.field("price_points", kind.price);
        json_.field("seats", kind.seats);
        json_.field("choose", words[static_cast<std::size_t>(kind.choose)]);
        json_.field("report_days", std::int64_t{kind.report_days});
        write_reward(json_, "reward", kind.reward, terms_);
    }

private:
    void write_turns(std::int64_t free_per_day, std::int64_t turns_max) {
        json_.field("free_per_day", free_per_day);
        json_.field("turns_max", turns_max);
    }
    void write_left(const programme::Stock& stock, const std::string& name) {
        write_stock_left(json_, stock, programme::stock_of_prize(activity_.name, name), terms_.stocks, terms_.today);
    }
    template <class Option>
    void write_option(const Option& option, std::int64_t sum) {
        json_.field("name", option.name);
        write_title(json_, option.title);
        json_.field("odds", odds_text(option.weight, sum));
        write_left(option.stock, option.name);
    }
    void write_question(const Question& question) {
        json_.begin_object();
        json_.field("name", question.name);
        write_title(json_, question.title);
        json_.field("kind", name_of(question.kind));
        json_.name("choices");
        write_texts(json_, question.choices);
        if (question.kind == Question::Kind::score) json_.field("at_least", question.least);
        if (question.kind == Question::Kind::score || question.kind == Question::Kind::choices)
            json_.field("at_most", question.most);
        json_.field("required", question.required);
        json_.end_object();
    }

    JsonWriter& json_;
    const Activity& activity_;
    const Terms& terms_;
};

// By the order of programme::ActivityTerms.
constexpr std::array<std::string_view, 7> kind_names{"check_in",  "draw",        "collection", "questionnaire",
                                                     "behaviour", "store_visit", "trial"};
static_assert(kind_names.size() == std::variant_size_v<programme::ActivityTerms>);

}  // namespace

void write_activity(JsonWriter& json, const Activity& activity, const Terms& terms) {
    const std::string_view kind = kind_names[activity.terms.index()];
    json.field("name", activity.name);
    write_title(json, activity.title);
    json.field("kind", kind);
    json.name("open");
    write_opening(json, activity.opening);
    json.name("who");
    write_who(json, activity.who, terms.programme);
    write_optional(json, "per_day", activity.limit.per_day);
    write_optional(json, "in_all", activity.limit.total);
    json.name(kind);
    json.begin_object();
    std::visit(KindWriter(json, activity, terms), activity.terms);
    json.end_object();
}

std::string_view name_of(programme::Question::Kind kind) {
    constexpr std::array<std::string_view, 5> words{"choice", "choices", "score", "text", "date"};
    return words[static_cast<std::size_t>(kind)];
}

}  // namespace regulars::api
