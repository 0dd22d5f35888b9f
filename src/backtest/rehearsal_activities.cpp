// What members did in activities, what their points bought, and what they wrote about products.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "backtest/chance.hpp"
#include "backtest/rehearsal.hpp"
#include "base/check.hpp"
#include "engine/activities/common.hpp"
#include "engine/orders/mall.hpp"

namespace regulars::backtest {

namespace {

using What = MemberFact::What;

std::string answer_to(const programme::Question& question, LocalDate today) {
    using Kind = programme::Question::Kind;
    switch (question.kind) {
        case Kind::choice:
        case Kind::choices: return question.choices.front();
        case Kind::score: return std::to_string(question.least);
        case Kind::text: return "-";
        case Kind::date: return text_of(today);
    }
    check_failed("a question has a kind");
}

template <class Terms>
bool has(const programme::Programme& programme, std::string_view name) {
    const programme::Activity* const activity = programme.activities.find(name);
    return activity != nullptr && activity->as<Terms>() != nullptr;
}

// Names were looked up in the programme that the file was read for. The one that is compared with it may lack them, and
// these need the terms to be told at all; of the others the engine itself says so.
std::optional<engine::Rejection> untellable(const programme::Programme& programme, What what, std::string_view name) {
    using engine::Rejection;
    if (what == What::questionnaire && !has<programme::Questionnaire>(programme, name))
        return Rejection::unknown_activity;
    if (what == What::store_visit && !has<programme::StoreVisit>(programme, name)) return Rejection::unknown_activity;
    if (what == What::redemption && programme.mall.find(name) == nullptr) return Rejection::unknown_goods;
    return std::nullopt;
}

std::string reference_of(const MemberFact& fact) { return fmt::format("facts:{}", fact.line); }

}  // namespace

// A file tells that something was filled in, not what: what must be answered is, with the least that will do.
engine::QuestionnaireAnswered Rehearsal::answered_by(const MemberFact& fact) const {
    engine::QuestionnaireAnswered answered{std::string(text(fact.name)), {}, std::string(text(fact.order))};
    const auto* terms = programme_.activities.find(answered.activity)->as<programme::Questionnaire>();
    for (const programme::Question& question : terms->questions)
        if (question.required)
            answered.answers[question.name] = answer_to(question, programme_.zone.date(fact.at));
    return answered;
}

// The money part is an order of its own, where the price at this moment has one.
engine::Event Rehearsal::redeemed_by(const MemberRun& run, const MemberFact& fact) {
    engine::GoodsRedeemed redeemed;
    redeemed.redemption_id = reference_of(fact);
    redeemed.item = text(fact.name);
    redeemed.quantity = fact.count;
    engine::Member copy = run.member;
    engine::Outcome nothing;
    // Who is not a member yet has no present: it is the moment of the fact.
    const Instant now = std::max(run.member.advanced_to, fact.at);
    const engine::Decision decision{versions_, programme_, copy, nothing, now};
    const auto offer = engine::mall_offer(decision, *programme_.mall.find(redeemed.item));
    if (offer && !offer->price.money.is_zero()) {
        redeemed.order_id = reference_of(fact);
        redeemed.money = Money(offer->price.money.count() * redeemed.quantity);
    }
    return {fact.at, std::move(redeemed), {}, {}};
}

std::vector<engine::Event> Rehearsal::events_of(const MemberRun& run, const MemberFact& fact) {
    const std::string name(text(fact.name));
    const std::string order(text(fact.order));
    const auto one = [&](engine::Fact told) { return std::vector{engine::Event{fact.at, std::move(told), {}, {}}}; };
    switch (fact.what) {
        case What::check_in: return one(engine::CheckedIn{name});
        case What::turn: {
            const auto* state = engine::find_state(run.member, name);
            const std::int64_t turn = state == nullptr ? 1 : state->turns_taken + 1;
            auto events = one(engine::TurnTaken{name, reference_of(fact)});
            events.front().chance = engine::Chance{
                programme_.zone.date(fact.at),
                rehearsed_chance(table_.customers().text(run.customer), name, turn)};
            return events;
        }
        case What::behaviour: return one(engine::BehaviourShown{name, reference_of(fact), reference_of(fact)});
        case What::questionnaire: return one(answered_by(fact));
        case What::store_visit: {
            const auto& codes = programme_.activities.find(name)->as<programme::StoreVisit>()->codes;
            return one(engine::StoreVisited{name, codes.begin()->first, codes.begin()->second});
        }
        case What::redemption: {
            std::vector<engine::Event> events{redeemed_by(run, fact)};
            // Files do not say when goods came; without that the order of a money part might never count.
            if (programme_.mall.find(name)->kind == programme::MallItem::Kind::goods)
                events.push_back({fact.at, engine::RedemptionMoved{reference_of(fact),
                                                                   engine::RedemptionMoved::To::delivered, {}, {}, {}},
                                  {}, {}});
            return events;
        }
        case What::product_review: {
            const auto least = static_cast<std::size_t>(programme_.activities.reviews.text_min);
            auto events = one(engine::ProductReviewed{order, name, 5, std::string(least, '.'), {}});
            events.push_back({fact.at, engine::ReviewModerated{order, name, true, {}}, {}, {}});
            return events;
        }
        case What::coupon_granted:
        case What::coupon_used:
        case What::plan_bought:
        case What::benefit_used:
        case What::balance_topped_up: break;
    }
    check_failed("this is no activity");
}

void Rehearsal::add_sale_of(const MemberRun& run, Instant at, const engine::GoodsRedeemed& fact) {
    if (!fact.order_id.empty())
        tally_.add_sales(at, run.member.tier.rank, fact.money.value_or(Money()).count());
}

void Rehearsal::apply_activity(MemberRun& run, const MemberFact& fact) {
    if (const auto refused = untellable(programme_, fact.what, text(fact.name))) return count(fact, refused);
    // Prices, and which orders have settled, are as of this moment. Who is not a member yet has neither.
    if (run.member.registered_at != instant_min) advance_to(run, fact.at);
    std::optional<engine::Rejection> refused;
    for (const engine::Event& event : events_of(run, fact)) {
        const auto closed = std::find_if(run.closed.begin(), run.closed.end(), [&](const engine::Order& order) {
            return fact.order != TextPool::none && order.order_id == text(fact.order);
        });
        const auto kept = closed == run.closed.end() ? std::optional<engine::Order>() : *closed;
        refused = decide(run, event, kept ? &*kept : nullptr);
        if (const auto* redeemed = std::get_if<engine::GoodsRedeemed>(&event.fact); redeemed != nullptr && !refused)
            add_sale_of(run, fact.at, *redeemed);
        absorb(run);
        if (refused) break;
    }
    count(fact, refused);
}

}  // namespace regulars::backtest
