#include <fmt/format.h>

#include <array>
#include <iterator>

#include "programme/describe/parts.hpp"
#include "programme/money_text.hpp"

namespace regulars::programme {

namespace {

std::string stock_text(const Stock& stock) {
    std::string text;
    if (stock.total) text += fmt::format(", {} in all", *stock.total);
    if (stock.per_day) text += fmt::format(", {} a day", *stock.per_day);
    return text;
}

std::string count_of_turns(std::int64_t count) { return fmt::format("{} turn{}", count, count == 1 ? "" : "s"); }

/// Says in lines of the activity's own what its kind says.
class KindText {
public:
    KindText(const Programme& programme, std::string& text) : programme_(programme), text_(text) {}

    void operator()(const CheckIn& terms) {
        line(fmt::format("check-in: {} a day", reward_text(programme_, terms.daily)));
        for (const CheckIn::Step& step : terms.steps)
            line(fmt::format("{} days one after another: {}", step.days, reward_text(programme_, step.reward)));
        if (terms.cycle > 0) line(fmt::format("after {} days the steps begin anew", terms.cycle));
        if (terms.make_up_days > 0) line(make_up_text(terms));
        if (terms.freezes_max > 0) line(freeze_text(terms));
    }
    void operator()(const Draw& terms) {
        line("draw" + turns_text(terms.free_per_day, terms.price));
        std::int64_t sum = 0;
        for (const Prize& prize : terms.prizes) sum += prize.weight;
        for (const Prize& prize : terms.prizes) {
            const std::string limit = prize.per_member ? fmt::format(", {} for one member", *prize.per_member) : "";
            line(fmt::format("{} in {}: {}, {}{}{}{}", prize.weight, sum, prize.name,
                             reward_text(programme_, prize.reward), stock_text(prize.stock), limit,
                             prize.rare ? ", rare" : ""));
        }
        if (terms.turns_per_order > 0)
            line(fmt::format("{} for an order of {} or more", count_of_turns(terms.turns_per_order),
                             money_text(terms.turn_order_at_least, programme_.minor_digits)));
        if (terms.pity) line(fmt::format("something rare after {} turns without", *terms.pity));
    }
    void operator()(const Collection& terms) {
        line("collection" + turns_text(terms.free_per_day, Points()) +
             (terms.passable ? ", pieces may be passed on" : ""));
        std::int64_t sum = 0;
        for (const Collection::Kind& kind : terms.kinds) sum += kind.weight;
        for (const Collection::Kind& kind : terms.kinds)
            line(fmt::format("{} in {}: {}{}", kind.weight, sum, kind.name, stock_text(kind.stock)));
        for (const Collection::Step& step : terms.steps)
            line(fmt::format("{} kinds: {}{}", step.kinds, reward_text(programme_, step.reward),
                             stock_text(step.stock)));
        if (terms.turns_per_friend > 0) line(count_of_turns(terms.turns_per_friend) + " for each friend");
    }
    void operator()(const Questionnaire& terms) {
        const std::string once = terms.about_orders
                                     ? fmt::format("once for each order, {} days after settlement", terms.within_days)
                                     : "once";
        line(fmt::format("{} questions, {}: {}", terms.questions.size(), once, reward_text(programme_, terms.reward)));
    }
    void operator()(const Behaviour& terms) {
        line(fmt::format("behaviour: {}{}", reward_text(programme_, terms.reward),
                         terms.distinct ? ", each subject once a day" : ""));
    }
    void operator()(const StoreVisit& terms) {
        line(fmt::format("visiting one of {} stores: {}", terms.codes.size(), reward_text(programme_, terms.reward)));
    }
    void operator()(const Trial& terms) {
        constexpr std::array<std::string_view, 3> words{"who comes first", "by lot", "by hand"};
        line(fmt::format("trial of {}, {} seats, chosen {}; for the report {}", terms.product, terms.seats,
                         words[static_cast<std::size_t>(terms.choose)], reward_text(programme_, terms.reward)));
    }

private:
    void line(const std::string& words) { text_ += "    " + words + "\n"; }
    static std::string turns_text(std::int64_t free_per_day, Points price) {
        std::string text;
        if (free_per_day > 0) text += fmt::format(", {} free a day", free_per_day);
        if (!price.is_zero()) text += fmt::format(", {} points a turn", price.count());
        return text;
    }
    static std::string make_up_text(const CheckIn& terms) {
        std::string price;
        if (!terms.make_up_points.is_zero()) price = fmt::format("{} points", terms.make_up_points.count());
        if (!terms.make_up_coupon.empty()) price += (price.empty() ? "" : " or ") + ("coupon " + terms.make_up_coupon);
        return fmt::format("missed days of the last {} can be made up for, {} a month, for {}", terms.make_up_days,
                           terms.make_ups_per_month, price);
    }
    static std::string freeze_text(const CheckIn& terms) {
        std::string text = fmt::format("up to {} freezes", terms.freezes_max);
        if (!terms.freeze_points.is_zero()) text += fmt::format(", {} points each", terms.freeze_points.count());
        if (terms.freezes_per_step > 0) text += fmt::format(", {} with each step", terms.freezes_per_step);
        return text;
    }

    const Programme& programme_;
    std::string& text_;
};

std::string limit_text(const MemberLimit& limit) {
    std::string text;
    if (limit.per_day) text += fmt::format(", {} a day", *limit.per_day);
    if (limit.total) text += fmt::format(", {} in all", *limit.total);
    return text;
}

}  // namespace

void describe_activities(const Programme& programme, std::string& text) {
    if (programme.activities.activities.empty()) return;
    text += "Activities\n";
    for (const Activity& activity : programme.activities.activities) {
        fmt::format_to(std::back_inserter(text), "  {} ({}){}{}{}\n", activity.name, activity.title.en,
                       names_text(", for ", activity.who.tiers, programme.tiers),
                       activity.who.plans == 0 ? "" : names_text(", with ", activity.who.plans, programme.plans.plans),
                       limit_text(activity.limit));
        std::visit(KindText(programme, text), activity.terms);
    }
}

}  // namespace regulars::programme
