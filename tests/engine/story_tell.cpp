#include "base/check.hpp"
#include "engine/holdings/plans.hpp"
#include "engine/holdings/stages.hpp"
#include "engine/orders/quote.hpp"
#include "standing.hpp"
#include "story.hpp"
#include "story_activities.hpp"
#include "story_friends.hpp"

namespace regulars::model {

namespace {

/// Looks a claim's words up in the member, the row's answer and the orders.
class Claims {
public:
    Claims(const World& world, const Answer& answer) : world_(world), answer_(answer) {}

    /// The claim as it would have to read to be true.
    [[nodiscard]] std::string found(const std::vector<std::string>& claim) const;

private:
    [[nodiscard]] std::string money(Money amount) const {
        return money_text(amount, world_.programme().minor_digits);
    }
    [[nodiscard]] std::string found_points(const std::string& name) const;
    [[nodiscard]] std::string found_money(const std::string& name) const;
    [[nodiscard]] std::string found_of_row(const std::vector<std::string>& claim) const;
    [[nodiscard]] std::string found_of_wallet(const std::vector<std::string>& claim) const;
    [[nodiscard]] std::string found_of_hold(const std::vector<std::string>& claim) const;
    [[nodiscard]] std::string found_of_benefits(const std::vector<std::string>& claim) const;
    [[nodiscard]] std::string found_of_plans(const std::vector<std::string>& claim) const;
    [[nodiscard]] std::string changes() const;
    [[nodiscard]] Instant next_lapse() const;

    const World& world_;
    const Answer& answer_;
};

Instant Claims::next_lapse() const {
    const engine::Member& member = world_.member();
    if (member.lots.empty()) return instant_max;
    if (world_.programme().points.expiry.kind == programme::Expiry::Kind::rolling) return member.rolling_expires_at;
    return member.lots.front().expires_at;
}

std::string Claims::found_points(const std::string& name) const {
    const engine::Member& member = world_.member();
    if (name == "tier") return world_.programme().tiers[member.tier.rank].name;
    if (name == "until")
        return member.tier.period_ends_at == instant_max ? "-" : text_of(member.tier.period_last_day);
    if (name == "points") return std::to_string(member.points_available.count());
    if (name == "owed") return std::to_string(member.points_owed.count());
    if (name == "pending") return std::to_string(engine::points_pending(member).count());
    if (name == "lots") return std::to_string(member.lots.size());
    if (name == "growth") return std::to_string(member.lifetime.growth.count());
    if (name == "coupons") return std::to_string(member.coupons.size());
    if (name == "holds") return std::to_string(member.holds.size());
    if (name == "orders") return std::to_string(member.lifetime.orders);
    if (name == "lapses") {
        const Instant lapse = next_lapse();
        return lapse == instant_max ? "-" : text_of(world_.programme().zone.date(Instant{lapse.ms - 1}));
    }
    return found_money(name);
}

std::string Claims::found_money(const std::string& name) const {
    const engine::Member& member = world_.member();
    if (name == "balance") return money(member.balance.total());
    if (name == "topped_up") return money(member.balance.topped_up);
    if (name == "bonus") return money(member.balance.bonus);
    if (name == "cashback") return money(member.balance.cashback);
    if (name == "counted") return money(member.period.spend);
    if (name == "spend") return money(member.lifetime.spend);
    if (name == "kept") return money(answer_.outcome.kept_from_refund);
    if (name == "refused") return answer_.rejection ? std::string(engine::code_of(*answer_.rejection)) : "nothing";
    check_failed("a story claims what nobody knows: " + name);
}

std::string Claims::changes() const {
    std::string text;
    for (const engine::TierChange& change : answer_.outcome.tier_changes)
        text += (text.empty() ? "" : " ") + world_.programme().tiers[change.from].name + ' ' +
                world_.programme().tiers[change.to].name + ' ' + std::string(engine::name_of(change.reason));
    return text.empty() ? "nothing" : text;
}

std::string Claims::found_of_wallet(const std::vector<std::string>& claim) const {
    const engine::Outcome& outcome = answer_.outcome;
    std::string text = claim[0];
    if (claim[0] == "has") {
        std::int64_t count = 0;
        for (const engine::Coupon& coupon : world_.member().coupons) count += coupon.name == claim.at(1) ? 1 : 0;
        return "has " + claim.at(1) + ' ' + std::to_string(count);
    }
    if (claim[0] == "coupon_lapses") {
        for (const engine::Coupon& coupon : world_.member().coupons)
            if (coupon.name == claim.at(1))
                return "coupon_lapses " + claim.at(1) + ' ' +
                       (coupon.expires_at == instant_max ? "-"
                                                         : local_text_of(coupon.expires_at, world_.programme().zone));
        return "no coupon " + claim.at(1);
    }
    if (claim[0] == "gave") {
        for (const engine::CouponChange& change : outcome.coupon_changes)
            if (change.issued) text += ' ' + change.coupon.name;
        return text;
    }
    if (claim[0] == "reminded") {
        for (const engine::Notice& notice : outcome.notices)
            if (notice.kind == engine::NoticeKind::coupon_lapses) text += ' ' + notice.subject;
        return text;
    }
    if (claim[0] == "back") {
        const engine::Refund refund = outcome.refund.value_or(engine::Refund{});
        return "back " + money(refund.cash) + ' ' + money(refund.balance) + ' ' +
               std::to_string(refund.points.count());
    }
    return {};
}

std::string Claims::found_of_hold(const std::vector<std::string>& claim) const {
    if (answer_.outcome.quote == nullptr) return {};
    const engine::Quote& quote = *answer_.outcome.quote;
    if (claim[0] == "to_pay") return "to_pay " + money(quote.to_pay);
    if (claim[0] == "off") return "off " + money(quote.coupon_discount);
    if (claim[0] == "fee") return "fee " + money(quote.shipping_fee);
    if (claim[0] == "worth") return "worth " + money(quote.by_points);
    std::string text = claim[0];
    for (const engine::QuotedCoupon& coupon : quote.coupons) {
        if (claim[0] == "used" && coupon.used) text += ' ' + coupon.name;
        if (claim[0] == "why" && std::to_string(coupon.id.value) == claim.at(1))
            text += ' ' + claim.at(1) + ' ' + (coupon.used ? "used" : coupon.reason.code);
    }
    return claim[0] == "used" || claim[0] == "why" ? text : "";
}

std::string Claims::found_of_benefits(const std::vector<std::string>& claim) const {
    const engine::Member& member = world_.member();
    if (claim[0] == "stage") {
        const auto& stages = world_.programme().stages;
        const auto index = engine::stage_of(world_.programme(), member, member.advanced_to);
        return "stage " + (index ? stages[*index].name : "-");
    }
    if (claim[0] == "looked_after_by") return "looked_after_by " + (member.manager.empty() ? "-" : member.manager);
    if (claim[0] == "uses") {
        std::int64_t used = 0;
        for (const engine::BenefitCount& count : member.benefit_counts)
            if (count.name == claim.at(1)) used = count.used;
        return "uses " + claim.at(1) + ' ' + std::to_string(used);
    }
    std::string text = claim[0];
    if (claim[0] == "noticed") {
        for (const engine::Notice& notice : answer_.outcome.notices)
            text += ' ' + std::string(engine::name_of(notice.kind)) + ' ' + notice.subject;
        return text;
    }
    if (claim[0] == "freed") {
        for (const engine::CouponChange& change : answer_.outcome.coupon_changes)
            if (change.freed) text += ' ' + change.coupon.name;
        return text;
    }
    return {};
}

// "plan plus 2027-01-10" (its last paid day, "-" not held), "saved plus 3.00", "saved_ever plus 5.00", "paid plus
// 98.00", "comes_back plus 90.00", "own normal", "planned plus bought plus ended".
std::string Claims::found_of_plans(const std::vector<std::string>& claim) const {
    const engine::Member& member = world_.member();
    std::string text = claim[0];
    if (text == "own")
        return "own " + world_.programme().tiers[(member.lifts.empty() ? member.tier : member.own_tier).rank].name;
    if (text == "planned") {
        for (const engine::PlanChange& change : answer_.outcome.plan_changes)
            text += ' ' + change.plan + ' ' + std::string(engine::name_of(change.kind));
        return text;
    }
    const bool known = text == "plan" || text == "saved" || text == "saved_ever" || text == "paid" ||
                       text == "comes_back";
    if (!known) return {};
    text += ' ' + claim.at(1) + ' ';
    const engine::HeldPlan* held = engine::find_plan(member, claim.at(1));
    if (held == nullptr) return text + '-';
    if (claim[0] == "plan") return text + text_of(held->last_day) + (held->in_grace ? " grace" : "");
    if (claim[0] == "saved") return text + money(held->saved);
    if (claim[0] == "saved_ever") return text + money(held->saved_ever);
    if (claim[0] == "paid") return text + money(held->paid);
    const LocalDate today = world_.programme().zone.date(member.advanced_to);
    return text + money(engine::refund_of(world_.versions(), *held, today));
}

std::string Claims::found_of_row(const std::vector<std::string>& claim) const {
    const engine::Outcome& outcome = answer_.outcome;
    if (claim[0] == "parked") return outcome.parked ? "parked" : "not parked";
    if (claim[0] == "duplicate") return outcome.duplicate ? "duplicate" : "not duplicate";
    if (claim[0] == "changed") return "changed " + changes();
    if (claim[0] == "cost") {
        Money sum;
        const std::vector<std::string> codes = engine::benefit_codes(world_.programme());
        for (const engine::Cost& cost : outcome.costs)
            if (codes[cost.benefit] == claim.at(1)) sum += cost.amount;
        return "cost " + claim.at(1) + ' ' + money(sum);
    }
    if (claim[0] == "moved") {
        std::int64_t sum = 0;
        for (const engine::LedgerEntry& entry : outcome.ledger) {
            if (engine::name_of(entry.to) == claim.at(1)) sum += entry.amount;
            if (engine::name_of(entry.from) == claim.at(1)) sum -= entry.amount;
        }
        return "moved " + claim.at(1) + ' ' + std::to_string(sum);
    }
    return {};
}

std::string flags_of(const World& world, const std::string& order_id) {
    std::string text = "flags " + order_id;
    const auto tell_flags = [&](const engine::Order& order) {
        if (order.order_id == order_id)
            for (const std::string& flag : order.flags) text += ' ' + flag;
    };
    for (const engine::Order& order : world.member().open_orders) tell_flags(order);
    for (const auto& [id, order] : world.closed_orders()) tell_flags(order);
    return text;
}

std::string acquisition_of(const engine::Acquisition& acquisition) {
    std::string text = "acquired";
    for (const auto& part : {acquisition.channel, acquisition.source, acquisition.store, acquisition.staff,
                             acquisition.code, acquisition.inviter})
        if (!part.empty()) text += ' ' + part;
    return text;
}

std::string Claims::found(const std::vector<std::string>& claim) const {
    if (claim[0] == "acquired") return acquisition_of(world_.member().acquisition);
    if (claim[0] == "identities") return "identities " + std::to_string(world_.member().identities.size());
    if (claim[0] == "flags") return flags_of(world_, claim.at(1));
    std::string text = found_of_row(claim);
    if (text.empty()) text = found_of_wallet(claim);
    if (text.empty()) text = found_of_hold(claim);
    if (text.empty()) text = found_of_benefits(claim);
    if (text.empty()) text = found_of_plans(claim);
    if (text.empty()) text = found_of_activities(world_, answer_, claim);
    return text.empty() ? claim[0] + ' ' + found_points(claim[0]) : text;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

void check_claims(const Story& story, const Row& row, const World& world, const Answer& answer,
                  std::vector<std::string>& failures) {
    const Claims claims(world, answer);
    const std::string place = story.file + ':' + std::to_string(row.line) + ": ";
    bool refusal_expected = false;
    for (const std::string& text : row.expected) {
        const std::vector<std::string> claim = words_of(text);
        refusal_expected = refusal_expected || claim[0] == "refused";
        const std::string found = claims.found(claim);
        if (found != joined(claim)) failures.push_back(place + "expected '" + text + "', found '" + found + "'");
    }
    if (answer.rejection && !refusal_expected)
        failures.push_back(place + "refused: " + std::string(engine::code_of(*answer.rejection)));
}

/// Facts with an id of their own; the others say how something is now, which may be said again.
bool happens_once(const engine::Fact& fact) {
    // Written again, a review takes the place of the one before.
    if (std::holds_alternative<engine::ProductReviewed>(fact)) return false;
    return activity_happens_once(fact) || !engine::order_id_of(fact).empty() ||
           std::holds_alternative<engine::PointsAdjusted>(fact) ||
           std::holds_alternative<engine::PointsSpent>(fact) || std::holds_alternative<engine::BalanceToppedUp>(fact) ||
           std::holds_alternative<engine::BalanceSpent>(fact) ||
           std::holds_alternative<engine::BalanceRefunded>(fact) ||
           std::holds_alternative<engine::CouponGranted>(fact) || std::holds_alternative<engine::CouponClaimed>(fact) ||
           std::holds_alternative<engine::HoldPlaced>(fact) || std::holds_alternative<engine::BenefitUsed>(fact);
}

}  // namespace

namespace {

/// A row of the other member begins with this, which is taken away.
bool take_other(Row& row) {
    if (!row.fact.starts_with("other:")) return false;
    const auto first = row.fact.find_first_not_of(' ', 6);
    row.fact = first == std::string::npos ? "" : row.fact.substr(first);
    return true;
}

/// Both halves of a merge, or of undoing it; again, it is refused.
Answer tell_merge(World& world, World& other, const Row& row, int deliveries, Telling& telling) {
    const Instant at = instant_of(row, world.programme());
    const bool undone = row.fact == "undo-merge";
    const Answer answer = undone ? world.undo_merge(other, at) : world.merge(other, at);
    for (int i = 1; i < deliveries; ++i)
        if ((undone ? world.undo_merge(other, at) : world.merge(other, at)).accepted())
            telling.failures.push_back(std::to_string(row.line) + ": merged twice");
    const engine::Fact fact = undone ? engine::Fact(engine::MergeUndone()) : engine::Fact(engine::MembersMerged());
    telling.told.emplace_back(engine::Event{at, fact}, answer);
    if (!undone) telling.told.emplace_back(engine::Event{at, engine::MergedInto()}, answer);
    return answer;
}

}  // namespace

Telling tell(const Story& story, int deliveries) {
    const auto first = load_programme(story.programme, story.replacements);
    World own(first);
    World another(first, {2});
    Telling telling;
    FollowUps follow_ups(own, another, telling);
    for (Row row : story.rows) {
        World& world = take_other(row) ? another : own;
        Answer answer;
        if (row.fact == "merge" || row.fact == "undo-merge") {
            answer = tell_merge(own, another, row, deliveries, telling);
        } else if (row.fact.empty()) {
            answer.outcome = world.advance(instant_of(row, *first));
            follow_ups.apply(answer.outcome);
        } else if (row.fact.starts_with("programme ")) {
            const auto version = static_cast<std::uint32_t>(std::stoul(row.fact.substr(10)));
            for (const Edition& edition : story.editions) {
                if (edition.version != version) continue;
                std::vector<Replacement> all = story.replacements;
                all.insert(all.end(), edition.replacements.begin(), edition.replacements.end());
                own.activate(load_programme(story.programme, all));
                another.activate(load_programme(story.programme, all));
            }
            check_equal(world.programme().version, version, "a story puts a version in force that it has");
        } else {
            const engine::Event event = event_of(row, *first);
            answer = world.tell(event);
            follow_ups.apply(answer.outcome);
            const Standing once = standing_of(world.programme(), world.member());
            for (int i = 1; i < deliveries; ++i) {
                const Answer again = world.tell(event);
                follow_ups.apply(again.outcome);
                const bool twice = again.accepted() && answer.accepted() && happens_once(event.fact);
                if (twice || standing_of(world.programme(), world.member()) != once)
                    telling.failures.push_back(story.file + ':' + std::to_string(row.line) + ": applied twice");
            }
            telling.told.emplace_back(event, answer);
        }
        check_claims(story, row, world, answer, telling.failures);
        for (const std::string& law : world.broken_laws())
            telling.failures.push_back(story.file + ':' + std::to_string(row.line) + ": broken law: " + law);
        if (!world.broken_laws().empty()) break;
    }
    telling.member = own.member();
    return telling;
}

}  // namespace regulars::model
