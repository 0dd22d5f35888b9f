// What members did beside ordering, and the coupons that their orders use.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "backtest/rehearsal.hpp"
#include "base/check.hpp"
#include "engine/orders/quote.hpp"

namespace regulars::backtest {

namespace {

engine::Basket basket_of(const engine::OrderCreated& order) {
    engine::Basket basket;
    basket.lines = order.lines;
    basket.shipping_fee = order.shipping_fee;
    basket.channel = order.channel;
    basket.store = order.store;
    return basket;
}

bool is_named(const engine::OrderCreated& order, CouponId id) {
    return std::any_of(order.coupons.begin(), order.coupons.end(),
                       [&](const engine::CouponUse& use) { return use.coupon == id; });
}

}  // namespace

void Rehearsal::apply_facts_until(MemberRun& run, Instant stop) {
    for (; run.next_fact < run.facts.size() && run.facts[run.next_fact].at < stop; ++run.next_fact) {
        const MemberFact& fact = run.facts[run.next_fact];
        settle_waiting(run, fact.at);
        if (fact.what == MemberFact::What::coupon_used)
            run.waiting.push_back(fact);
        else
            apply_fact(run, fact);
    }
}

engine::Fact Rehearsal::told_by(const MemberFact& fact) const {
    const std::string reference = fmt::format("facts:{}", fact.line);
    const std::string name(text(fact.name));
    const Money amount(fact.amount == Row::unknown ? 0 : fact.amount);
    switch (fact.what) {
        case MemberFact::What::coupon_granted: return engine::CouponGranted{name, fact.count, reference, {}};
        case MemberFact::What::plan_bought: return engine::PlanBought{name, false, {}, reference};
        case MemberFact::What::benefit_used: return engine::BenefitUsed{name, reference, {}, amount, {}};
        case MemberFact::What::balance_topped_up: return engine::BalanceToppedUp{amount, {}, reference};
        case MemberFact::What::coupon_used:
        case MemberFact::What::check_in:
        case MemberFact::What::turn:
        case MemberFact::What::behaviour:
        case MemberFact::What::questionnaire:
        case MemberFact::What::store_visit:
        case MemberFact::What::redemption:
        case MemberFact::What::product_review: break;
    }
    check_failed("coupons are used on orders, and activities are told in rehearsal_activities.cpp");
}

void Rehearsal::apply_fact(MemberRun& run, const MemberFact& fact) {
    if (fact.what >= MemberFact::What::check_in) return apply_activity(run, fact);
    const auto rejection = decide(run, {fact.at, told_by(fact), {}, {}});
    absorb(run);
    count(fact, rejection);
}

void Rehearsal::settle_waiting(MemberRun& run, Instant at) {
    if (run.waiting.empty()) return;
    const LocalDate today = programme_.zone.date(at);
    std::vector<MemberFact> over;
    std::erase_if(run.waiting, [&](const MemberFact& fact) {
        if (programme_.zone.date(fact.at) == today) return false;
        over.push_back(fact);
        return true;
    });
    for (const MemberFact& fact : over) use_alone(run, fact);
}

// The file of orders lacks the order that it was used on. Nothing is known of that but that it was there.
void Rehearsal::use_alone(MemberRun& run, const MemberFact& fact) {
    advance_to(run, fact.at);
    const engine::Coupon* const coupon = usable(run, fact);
    if (coupon == nullptr) return count(fact, engine::Rejection::coupon_not_found);
    const auto* const terms = programme_.coupons.find(coupon->name);
    const bool fixed = terms->kind == programme::CouponTemplate::Kind::amount_off;
    engine::OrderCreated order;
    order.order_id = fmt::format("facts:{}", fact.line);
    order.lines.resize(1);
    order.paid_at = order.shipped_at = fact.at;
    const Money worth = fixed ? terms->amount : Money();
    order.coupons.push_back({coupon->id, fact.amount == Row::unknown ? worth : Money(fact.amount)});
    const auto rejection = decide(run, {fact.at, std::move(order), {}, {}});
    absorb(run);
    count(fact, rejection);
}

std::vector<MemberFact> Rehearsal::fill_coupons(MemberRun& run) {
    if (!run.waiting.empty()) return take_told(run);
    if (setting_.use == CouponUse::best) take_best(run);
    return {};
}

// Of those that were used on this day as many as an order takes; the others wait for the next.
std::vector<MemberFact> Rehearsal::take_told(MemberRun& run) {
    advance_to(run, event_.at);
    auto& order = std::get<engine::OrderCreated>(event_.fact);
    std::vector<MemberFact> told;
    std::vector<MemberFact> later;
    for (const MemberFact& fact : run.waiting) {
        if (told.size() == static_cast<std::size_t>(programme_.coupons.per_order)) {
            later.push_back(fact);
            continue;
        }
        const engine::Coupon* const coupon = usable(run, fact);
        if (coupon == nullptr) {
            count(fact, engine::Rejection::coupon_not_found);
            continue;
        }
        order.coupons.push_back({coupon->id, Money(fact.amount == Row::unknown ? 0 : fact.amount)});
        told.push_back(fact);
    }
    run.waiting = std::move(later);
    const bool all_told =
        std::all_of(told.begin(), told.end(), [](const MemberFact& fact) { return fact.amount != Row::unknown; });
    if (all_told) return told;
    engine::Basket basket = basket_of(order);
    auto& wanted = basket.coupons.emplace();
    for (const engine::CouponUse& use : order.coupons) wanted.push_back(use.coupon);
    const auto quote = engine::price(versions_, run.member, basket, event_.at);
    if (!quote) return told;
    for (std::size_t i = 0; i < told.size(); ++i) {
        if (told[i].amount != Row::unknown) continue;
        for (const engine::QuotedCoupon& quoted : quote->coupons)
            if (quoted.used && quoted.id == order.coupons[i].coupon) order.coupons[i].amount = quoted.amount;
    }
    return told;
}

void Rehearsal::take_best(MemberRun& run) {
    advance_to(run, event_.at);
    if (run.member.coupons.empty()) return;
    auto& order = std::get<engine::OrderCreated>(event_.fact);
    const auto quote = engine::price(versions_, run.member, basket_of(order), event_.at);
    if (!quote) return;
    for (const engine::QuotedCoupon& quoted : quote->coupons)
        if (quoted.used) order.coupons.push_back({quoted.id, quoted.amount});
}

// The wallet stands in the order in which coupons lapse.
const engine::Coupon* Rehearsal::usable(const MemberRun& run, const MemberFact& fact) const {
    const auto& order = std::get<engine::OrderCreated>(event_.fact);
    const std::string_view name = text(fact.name);
    const auto found = std::find_if(run.member.coupons.begin(), run.member.coupons.end(), [&](const auto& coupon) {
        return coupon.name == name && coupon.usable_from <= run.member.advanced_to && !is_named(order, coupon.id);
    });
    return found == run.member.coupons.end() ? nullptr : &*found;
}

void Rehearsal::count(const MemberFact& fact, std::optional<engine::Rejection> rejection) {
    if (!rejection) {
        ++fact_counts_.applied;
        return;
    }
    ++fact_counts_.rejected;
    if (setting_.rejects == nullptr) return;
    const engine::RejectionText& why = engine::text_of(*rejection);
    const std::string brief = fmt::format("{},{},{},{}", table_.customers().text(fact.customer),
                                          local_text_of(fact.at, programme_.zone), name_of(fact.what),
                                          text(fact.name));
    setting_.rejects->add_late(fact.line, why.code, why.sentence, brief);
}

}  // namespace regulars::backtest
