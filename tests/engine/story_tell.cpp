#include "base/check.hpp"
#include "engine/quote.hpp"
#include "standing.hpp"
#include "story.hpp"

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
        for (const engine::Reminder& reminder : outcome.reminders) text += ' ' + reminder.coupon.name;
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

std::string Claims::found(const std::vector<std::string>& claim) const {
    if (claim[0] == "flags") return flags_of(world_, claim.at(1));
    std::string text = found_of_row(claim);
    if (text.empty()) text = found_of_wallet(claim);
    if (text.empty()) text = found_of_hold(claim);
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
    return !engine::order_id_of(fact).empty() || std::holds_alternative<engine::PointsAdjusted>(fact) ||
           std::holds_alternative<engine::PointsSpent>(fact) || std::holds_alternative<engine::BalanceToppedUp>(fact) ||
           std::holds_alternative<engine::BalanceSpent>(fact) ||
           std::holds_alternative<engine::BalanceRefunded>(fact) ||
           std::holds_alternative<engine::CouponGranted>(fact) || std::holds_alternative<engine::CouponClaimed>(fact) ||
           std::holds_alternative<engine::HoldPlaced>(fact);
}

}  // namespace

Telling tell(const Story& story, int deliveries) {
    const auto first = load_programme(story.programme, story.replacements);
    World world(first);
    Telling telling;
    for (const Row& row : story.rows) {
        Answer answer;
        if (row.fact.empty()) {
            answer.outcome = world.advance(instant_of(row, *first));
        } else if (row.fact.starts_with("programme ")) {
            const auto version = static_cast<std::uint32_t>(std::stoul(row.fact.substr(10)));
            for (const Edition& edition : story.editions) {
                if (edition.version != version) continue;
                std::vector<Replacement> all = story.replacements;
                all.insert(all.end(), edition.replacements.begin(), edition.replacements.end());
                world.activate(load_programme(story.programme, all));
            }
            check_equal(world.programme().version, version, "a story puts a version in force that it has");
        } else {
            const engine::Event event = event_of(row, *first);
            answer = world.tell(event);
            const Standing once = standing_of(world.programme(), world.member());
            for (int i = 1; i < deliveries; ++i) {
                const Answer again = world.tell(event);
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
    telling.member = world.member();
    return telling;
}

}  // namespace regulars::model
