#include "engine/activities/draws.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/check.hpp"
#include "base/fraction.hpp"
#include "engine/activities/common.hpp"
#include "engine/activities/rewards.hpp"
#include "engine/holdings/points.hpp"
#include "engine/references.hpp"

namespace regulars::engine {

namespace {

using programme::Activity;
using programme::Collection;
using programme::Draw;
using programme::Prize;

enum class Turn : std::uint8_t { free, given, bought };

/// What a draw and a collection say of turns.
struct TurnTerms {
    std::int64_t free_per_day = 0;
    std::int64_t turns_max = 0;
    Points price;
};

std::optional<TurnTerms> turn_terms_of(const Activity* activity) {
    if (activity == nullptr) return std::nullopt;
    if (const auto* draw = activity->as<Draw>()) return TurnTerms{draw->free_per_day, draw->turns_max, draw->price};
    const auto* collection = activity->as<Collection>();
    if (collection == nullptr) return std::nullopt;
    return TurnTerms{collection->free_per_day, collection->turns_max, Points()};
}

// What lapses first is taken first: the day's free turns, then those that were given, then one for points.
expected<Turn, Rejection> next_turn(const Decision& decision, const TurnTerms& terms, const ActivityState* state) {
    const std::int64_t free_taken =
        state != nullptr && state->free_day == decision.today() ? state->free_taken : 0;
    if (free_taken < terms.free_per_day) return Turn::free;
    if (state != nullptr && state->turns > 0) return Turn::given;
    if (terms.price.is_zero()) return unexpected(Rejection::no_turns_left);
    if (terms.price > decision.member.points_available) return unexpected(Rejection::not_enough_points);
    return Turn::bought;
}

Points pay_turn(Decision& decision, const TurnTerms& terms, Turn turn, ActivityState& state) {
    ++state.turns_taken;
    if (turn == Turn::given) --state.turns;
    if (turn == Turn::free) {
        if (state.free_day != decision.today()) state.free_taken = 0;
        state.free_day = decision.today();
        ++state.free_taken;
    }
    if (turn != Turn::bought) return {};
    take_points(decision, terms.price, Account::points_redeemed, Cause::activity, {}, {}, nullptr);
    const Money worth(multiply(terms.price.count(), decision.programme.points.value, Rounding::half_up));
    book_cost(decision, programme::benefit_points_redeemed, worth);
    return terms.price;
}

bool is_available(const Decision& decision, const Activity& activity, const Prize& prize, const ActivityState& state) {
    if (prize.per_member && total_of(state.had, prize.name) >= *prize.per_member) return false;
    return is_in_stock(decision, programme::stock_of_prize(activity.name, prize.name), 1);
}

bool never_ends(const Prize& prize) { return !prize.stock.limited() && !prize.per_member && !prize.rare; }
bool never_ends(const Collection::Kind& kind) { return !kind.stock.limited(); }

// The first that neither stock nor limit can end; the programme's check sees to it that there is one.
template <class Options>
std::size_t fallback_of(const Options& options) {
    const auto found = std::find_if(options.begin(), options.end(), [](const auto& one) { return never_ends(one); });
    check(found != options.end(), "a draw has something that never ends");
    return static_cast<std::size_t>(found - options.begin());
}

template <class Options>
std::vector<std::int64_t> weights_of(const Options& options) {
    std::vector<std::int64_t> weights;
    for (const auto& option : options) weights.push_back(option.weight);
    return weights;
}

struct Chosen {
    std::size_t index = 0;
    std::string_view what;
};

Chosen choose_prize(const Decision& decision, const Activity& activity, const Draw& draw, const ActivityState& state) {
    const std::uint64_t number = decision.chance->number;
    if (draw.pity && state.since_rare >= *draw.pity) {
        std::vector<std::int64_t> rare(draw.prizes.size());
        for (std::size_t i = 0; i < rare.size(); ++i)
            if (draw.prizes[i].rare && is_available(decision, activity, draw.prizes[i], state))
                rare[i] = draw.prizes[i].weight;
        if (std::any_of(rare.begin(), rare.end(), [](std::int64_t weight) { return weight > 0; }))
            return {pick(rare, number), turn_rare_due};
    }
    const std::size_t hit = pick(weights_of(draw.prizes), number);
    if (is_available(decision, activity, draw.prizes[hit], state)) return {hit, turn_taken};
    return {fallback_of(draw.prizes), turn_replaced};
}

void take_from_stock(Decision& decision, const Activity& activity, const std::string& name,
                     const programme::Stock& stock) {
    if (stock.limited())
        decision.outcome.stock_taken.push_back({programme::stock_of_prize(activity.name, name), 1, decision.now});
}

ActivityResult result_of(const Decision& decision, const Activity& activity, std::string_view what,
                         const std::string& won) {
    ActivityResult result;
    result.at = decision.now;
    result.activity = activity.name;
    result.what = what;
    result.won = won;
    return result;
}

void give(Decision& decision, const Activity& activity, const programme::Reward& reward, ActivityResult result) {
    const GivenReward given = give_reward(decision, reward, {activity.name, activity.benefit});
    result.points = given.points;
    result.cost = given.cost;
    result.goods = reward.goods;
    decision.outcome.activity_results.push_back(std::move(result));
}

// How the member stands is settled before the prize is given: that may bring turns of another activity.
void win_prize(Decision& decision, const Activity& activity, const Draw& draw, Points paid) {
    ActivityState& state = state_of(decision.member, activity.name);
    const Chosen chosen = choose_prize(decision, activity, draw, state);
    const Prize& prize = draw.prizes[chosen.index];
    state.since_rare = prize.rare ? 0 : state.since_rare + 1;
    add_to(state.had, prize.name, 1, decision.today());
    take_from_stock(decision, activity, prize.name, prize.stock);
    ActivityResult result = result_of(decision, activity, chosen.what, prize.name);
    result.number = state.turns_taken;
    result.chance = *decision.chance;
    result.paid = paid;
    explain(decision, activity.name, [&] { return "turn " + std::to_string(result.number) + " wins " + prize.name; });
    give(decision, activity, prize.reward, std::move(result));
}

// A piece of a kind that the programme does not have any more leads up no step.
std::int64_t kinds_held(const Collection& collection, const ActivityState& state) {
    return std::count_if(collection.kinds.begin(), collection.kinds.end(),
                         [&](const Collection::Kind& kind) { return total_of(state.had, kind.name) > 0; });
}

template <class Text>
void insert_sorted(std::vector<std::string>& texts, const Text& text) {
    const auto place = std::lower_bound(texts.begin(), texts.end(), text);
    if (place == texts.end() || *place != text) texts.insert(place, text);
}

// A step whose stock is used up is not given, and is tried again with the next piece.
void climb_steps(Decision& decision, const Activity& activity, const Collection& collection) {
    for (const Collection::Step& step : collection.steps) {
        ActivityState& state = state_of(decision.member, activity.name);
        if (kinds_held(collection, state) < step.kinds) return;
        if (std::binary_search(state.steps.begin(), state.steps.end(), step.name)) continue;
        if (!is_in_stock(decision, programme::stock_of_prize(activity.name, step.name), 1)) {
            explain(decision, activity.name, [&] { return "nothing is left for the step " + step.name; });
            continue;
        }
        insert_sorted(state.steps, step.name);
        take_from_stock(decision, activity, step.name, step.stock);
        give(decision, activity, step.reward, result_of(decision, activity, "step", step.name));
    }
}

void add_piece(Decision& decision, const Activity& activity, const std::string& piece) {
    ActivityState& state = state_of(decision.member, activity.name);
    add_to(state.had, piece, 1, decision.today());
    insert_sorted(state.kinds_had, piece);
}

void draw_piece(Decision& decision, const Activity& activity, const Collection& collection) {
    std::size_t index = pick(weights_of(collection.kinds), decision.chance->number);
    const bool is_left =
        is_in_stock(decision, programme::stock_of_prize(activity.name, collection.kinds[index].name), 1);
    if (!is_left) index = fallback_of(collection.kinds);
    const Collection::Kind& kind = collection.kinds[index];
    add_piece(decision, activity, kind.name);
    take_from_stock(decision, activity, kind.name, kind.stock);
    ActivityResult result = result_of(decision, activity, is_left ? turn_taken : turn_replaced, kind.name);
    result.number = state_of(decision.member, activity.name).turns_taken;
    result.chance = *decision.chance;
    explain(decision, activity.name, [&] { return "turn " + std::to_string(result.number) + " brings " + kind.name; });
    decision.outcome.activity_results.push_back(std::move(result));
    climb_steps(decision, activity, collection);
}

// One piece must not lead two members up a step: whoever was given one keeps a piece of each kind.
bool may_pass(const Collection& collection, const ActivityState* state, const std::string& piece) {
    if (!collection.passable || state == nullptr) return false;
    return total_of(state->had, piece) > (state->steps.empty() ? 0 : 1);
}

bool has_kind(const Collection& collection, const std::string& piece) {
    return std::any_of(collection.kinds.begin(), collection.kinds.end(),
                       [&](const Collection::Kind& kind) { return kind.name == piece; });
}

bool is_over_dates(const programme::Opening& opening, LocalDate today) {
    return !opening.dates.empty() &&
           std::none_of(opening.dates.begin(), opening.dates.end(), [&](const programme::DateRange& range) {
               return range.first <= today && today <= range.last;
           });
}

expected<void, Rejection> duplicate(Decision& decision) {
    decision.outcome.duplicate = true;
    return {};
}

}  // namespace

std::size_t pick(std::span<const std::int64_t> weights, std::uint64_t number) {
    constexpr unsigned number_bits = 64;
    const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    check(sum > 0, "there is something to pick");
    auto left = static_cast<std::int64_t>((static_cast<Wide>(number) * sum) >> number_bits);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (left < weights[i]) return i;
        left -= weights[i];
    }
    check_failed("a number picks one of the weights");
}

expected<void, Rejection> on_fact(Decision& decision, const TurnTaken& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) return duplicate(decision);
    const Activity* activity = decision.programme.activities.find(fact.activity);
    const auto terms = turn_terms_of(activity);
    if (!terms) return unexpected(Rejection::unknown_activity);
    if (const auto rejection = check_activity(decision, *activity)) return unexpected(*rejection);
    const auto turn = next_turn(decision, *terms, find_state(member, fact.activity));
    if (!turn) return unexpected(turn.error());
    if (decision.chance == nullptr) return unexpected(Rejection::chance_missing);

    remember(member, fact);
    ActivityState& state = state_of(member, fact.activity);
    count_activity(decision, state);
    const Points paid = pay_turn(decision, *terms, *turn, state);
    if (const auto* draw = activity->as<Draw>()) win_prize(decision, *activity, *draw, paid);
    else draw_piece(decision, *activity, *activity->as<Collection>());
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const TurnsGranted& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) return duplicate(decision);
    if (fact.count < 1) return unexpected(Rejection::quantity_out_of_range);
    const Activity* activity = decision.programme.activities.find(fact.activity);
    const auto terms = turn_terms_of(activity);
    if (!terms) return unexpected(Rejection::unknown_activity);
    // A part of them would be a surprise: whoever grants them is told.
    const ActivityState* state = find_state(member, fact.activity);
    if (fact.count > terms->turns_max - (state != nullptr ? state->turns : 0))
        return unexpected(Rejection::activity_limit_reached);

    remember(member, fact);
    ActivityResult result = result_of(decision, *activity, "turns_given", "");
    result.number = give_turns(decision, fact.activity, fact.count);
    decision.outcome.activity_results.push_back(std::move(result));
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const PiecePassed& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) return duplicate(decision);
    const Activity* activity = decision.programme.activities.find(fact.activity);
    const auto* collection = activity == nullptr ? nullptr : activity->as<Collection>();
    if (collection == nullptr) return unexpected(Rejection::unknown_activity);
    if (!is_open(decision.programme, member, activity->opening, decision.now))
        return unexpected(Rejection::activity_not_open);
    const bool to_another = fact.to != MemberId() && fact.to != member.id;
    if (!to_another || !may_pass(*collection, find_state(member, fact.activity), fact.piece))
        return unexpected(Rejection::piece_not_held);

    remember(member, fact);
    add_to(state_of(member, fact.activity).had, fact.piece, -1, decision.today());
    decision.outcome.activity_results.push_back(result_of(decision, *activity, "piece_passed", fact.piece));
    return {};
}

expected<void, Rejection> on_fact(Decision& decision, const PieceReceived& fact) {
    Member& member = decision.member;
    if (is_known(member, fact)) return duplicate(decision);
    const Activity* activity = decision.programme.activities.find(fact.activity);
    const auto* collection = activity == nullptr ? nullptr : activity->as<Collection>();
    if (collection == nullptr) return unexpected(Rejection::unknown_activity);
    if (!is_open(decision.programme, member, activity->opening, decision.now))
        return unexpected(Rejection::activity_not_open);
    if (!is_among(decision, activity->who)) return unexpected(Rejection::activity_not_for_member);
    if (!collection->passable || !has_kind(*collection, fact.piece) || fact.giver == member.id)
        return unexpected(Rejection::piece_not_held);

    remember(member, fact);
    add_piece(decision, *activity, fact.piece);
    decision.outcome.activity_results.push_back(result_of(decision, *activity, "piece_received", fact.piece));
    climb_steps(decision, *activity, *collection);
    return {};
}

void give_turns_for_order(Decision& decision, const Order& order) {
    for (const Activity& activity : decision.programme.activities.activities) {
        const auto* draw = activity.as<Draw>();
        if (draw == nullptr || draw->turns_per_order == 0 || order.counted < draw->turn_order_at_least) continue;
        if (is_over_dates(activity.opening, decision.today()) || !is_among(decision, activity.who)) continue;
        ActivityResult result = result_of(decision, activity, "turns_given", "");
        result.number = give_turns(decision, activity.name, draw->turns_per_order);
        if (result.number > 0) decision.outcome.activity_results.push_back(std::move(result));
    }
}

}  // namespace regulars::engine
