#include "world.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <sstream>
#include <tuple>

#include "engine/people/merge.hpp"
#include "programme/parse.hpp"

namespace regulars::model {

namespace {

std::string text_of_file(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file || text.str().empty()) check_failed("cannot read " + path);
    return text.str();
}

std::string replaced(std::string text, const Replacement& replacement) {
    std::size_t count = 0;
    for (std::size_t at = text.find(replacement.from); at != std::string::npos;
         at = text.find(replacement.from, at + replacement.to.size())) {
        text.replace(at, replacement.from.size(), replacement.to);
        ++count;
    }
    if (count == 0) check_failed("the programme does not contain: " + replacement.from);
    return text;
}

}  // namespace

std::shared_ptr<const programme::Programme> load_programme(const std::string& path,
                                                           const std::vector<Replacement>& replacements) {
    std::string text = text_of_file(path);
    for (const Replacement& replacement : replacements) text = replaced(std::move(text), replacement);
    auto parsed = programme::parse(text, path);
    if (parsed) return std::make_shared<const programme::Programme>(std::move(*parsed));
    std::string words = "a programme of the tests does not compile";
    for (const Diagnostic& diagnostic : parsed.error()) words += "\n" + text_of(diagnostic);
    check_failed(words);
}

World::World(std::shared_ptr<const programme::Programme> programme, MemberId id) : member_(engine::new_member(id)) {
    versions_.add(std::move(programme));
}

Answer World::tell(const engine::Event& event) {
    Answer answer;
    const engine::Member before = member_;
    const auto decided = engine::decide(versions_, member_, event, context_of(event), answer.outcome);
    if (!decided) answer.rejection = decided.error();
    keep(answer.outcome);
    check_ledger(answer.outcome, before.ledger_sequence);
    check_points();
    check_tier(answer.outcome, before.tier.rank);
    check_orders();
    const bool happened = answer.accepted() && !answer.outcome.parked;
    check_wallet(before, answer.outcome, happened ? &event : nullptr, event.stock);
    hold(engine::next_due(member_) > member_.advanced_to, "nothing that fell due is left");
    if (answer.accepted()) {
        hold(member_.event_sequence > before.event_sequence || answer.outcome.parked, "an applied event is numbered");
        hold(member_.advanced_to == std::max(before.advanced_to, event.at), "an event takes the member to its time");
    } else {
        engine::Member idle = before;
        engine::Outcome passed;
        // A refused first fact leaves nobody behind, and one that is malformed does not even let time pass.
        const bool form = answer.rejection && *answer.rejection <= engine::Rejection::id_missing;
        if (!form && before.registered_at != instant_min) engine::advance(versions_, idle, event.at, passed);
        hold(idle == member_, "a refused or repeated event only lets time pass");
        hold(passed.ledger == answer.outcome.ledger, "a refused or repeated event books only what fell due");
        hold(passed.coupon_changes == answer.outcome.coupon_changes && passed.notices == answer.outcome.notices,
             "a refused or repeated event moves only coupons that fell due");
    }
    return answer;
}

engine::Context World::context_of(const engine::Event& event) const {
    const auto closed = closed_.find(engine::order_id_of(event.fact));
    return {closed == closed_.end() ? nullptr : &closed->second, other_};
}

// Numbers of coupons and orders have gaps now: the laws begin anew with what the member has.
Answer World::merge(World& other, Instant at) {
    at = std::max({at, member_.advanced_to, other.member_.advanced_to});
    static_cast<void>(advance(at));
    static_cast<void>(other.advance(at));
    Before before{member_, closed_};
    Before others{other.member_, other.closed_};
    other_ = &others.member;
    merging_ = other.merging_ = true;
    const MemberId from = others.member.id;
    Answer answer = tell({at, engine::MembersMerged{from, others.member.event_sequence, "story"}});
    if (answer.accepted()) {
        for (const auto& [order_id, order] : others.closed)
            closed_.insert_or_assign(order_id, engine::moved(order, before.member, others.member));
        other.closed_.clear();
        const Answer half = other.tell({at, engine::MergedInto{member_.id}});
        hold(half.accepted(), "who is taken in is over");
        before_merge_ = std::move(before);
        other.before_merge_ = std::move(others);
        begin_anew();
        other.begin_anew();
    }
    other_ = nullptr;
    merging_ = other.merging_ = false;
    return answer;
}

Answer World::undo_merge(World& other, Instant at) {
    at = std::max({at, member_.advanced_to, other.member_.advanced_to});
    static_cast<void>(advance(at));
    merging_ = other.merging_ = true;
    other_ = before_merge_ ? &before_merge_->member : nullptr;
    other.other_ = other.before_merge_ ? &other.before_merge_->member : nullptr;
    Answer answer = tell({at, engine::MergeUndone{other.member_.id, "story"}});
    if (answer.accepted()) {
        const Answer half = other.tell({at, engine::MergeUndone{member_.id, "story"}});
        hold(half.accepted(), "who was taken in is back");
        for (World* world : {this, &other}) {
            world->closed_ = world->before_merge_->closed;
            world->keep(world == this ? answer.outcome : half.outcome);
            world->begin_anew();
            world->before_merge_.reset();
        }
    }
    other_ = other.other_ = nullptr;
    merging_ = other.merging_ = false;
    return answer;
}

void World::begin_anew() {
    coupon_laws_.begin_anew(member_, closed_, versions_);
    tender_laws_ = {};
    check_orders();
    check_wallet(member_, {}, nullptr, {});
}

engine::Outcome World::advance(Instant to, engine::Through through) {
    engine::Outcome outcome;
    const engine::Member before = member_;
    engine::advance(versions_, member_, to, outcome, through);
    keep(outcome);
    check_ledger(outcome, before.ledger_sequence);
    check_points();
    check_tier(outcome, before.tier.rank);
    check_orders();
    check_wallet(before, outcome, nullptr, {});
    if (through == engine::Through::settlements)
        hold(engine::next_due(member_) > member_.advanced_to, "nothing that fell due is left");
    return outcome;
}

std::int64_t World::account(engine::Account account) const {
    const auto found = accounts_.find(account);
    return found == accounts_.end() ? 0 : found->second;
}

void World::keep(const engine::Outcome& outcome) {
    for (const engine::Order& order : outcome.closed_orders) closed_.insert_or_assign(order.order_id, order);
}

void World::check_wallet(const engine::Member& before, const engine::Outcome& outcome, const engine::Event* accepted,
                         std::span<const engine::StockLeft> stock) {
    if (merging_) return;
    coupon_laws_.follow(outcome, versions_, stock, laws_);
    coupon_laws_.check(member_, closed_, versions_, laws_);
    tender_laws_.follow({versions_, before, member_, outcome, accepted}, laws_);
    tender_laws_.check(member_, closed_, versions_, laws_);
    plan_laws_.follow(before, member_, outcome, laws_);
    plan_laws_.check(member_, closed_, versions_, account(engine::Account::plans_sold), laws_);
}

void World::check_ledger(const engine::Outcome& outcome, std::uint64_t sequence_before) {
    std::uint64_t sequence = sequence_before;
    for (const engine::LedgerEntry& entry : outcome.ledger) {
        hold(entry.sequence == ++sequence, "ledger entries are numbered without gaps");
        hold(entry.amount > 0, "a ledger entry moves a positive amount");
        hold(entry.from != entry.to, "a ledger entry moves between two accounts");
        accounts_[entry.from] -= entry.amount;
        accounts_[entry.to] += entry.amount;
    }
    hold(member_.ledger_sequence == sequence, "the member knows its last ledger entry");
    const std::int64_t sum = std::accumulate(accounts_.begin(), accounts_.end(), std::int64_t{0},
                                             [](std::int64_t total, const auto& one) { return total + one.second; });
    hold(sum == 0, "the ledger sums to zero");
    hold(account(engine::Account::points_available) == member_.points_available.count(), "ledger: points available");
    hold(account(engine::Account::points_owed) == -member_.points_owed.count(), "ledger: points owed");
    hold(account(engine::Account::balance_topped_up) == member_.balance.topped_up.count(), "ledger: topped-up purse");
    hold(account(engine::Account::balance_bonus) == member_.balance.bonus.count(), "ledger: bonus purse");
    Points points_held;
    Money balance_held;
    for (const engine::Hold& one : member_.holds) {
        for (const engine::SpentLot& lot : one.tenders.points) points_held += lot.points;
        balance_held += one.tenders.balance.total();
    }
    hold(account(engine::Account::points_held) == points_held.count(), "ledger: points in holds");
    hold(account(engine::Account::balance_held) == balance_held.count(), "ledger: balance in holds");
    hold(account(engine::Account::balance_cashback) == member_.balance.cashback.count(), "ledger: cashback purse");
}

void World::check_points() {
    Points sum;
    for (const engine::Lot& lot : member_.lots) {
        hold(lot.left > Points(0), "no lot is empty or below zero");
        sum += lot.left;
    }
    const auto by_expiry = [](const engine::Lot& a, const engine::Lot& b) {
        return std::tie(a.expires_at, a.id) < std::tie(b.expires_at, b.id);
    };
    hold(std::is_sorted(member_.lots.begin(), member_.lots.end(), by_expiry), "lots stand in order of expiry");
    hold(sum == member_.points_available, "points available are the sum of the lots");
    hold(member_.points_owed >= Points(0), "a debt is not negative");
    hold(member_.points_owed.is_zero() || member_.points_available.is_zero(), "nobody owes points and has some");
    hold(engine::points_pending(member_) >= Points(0), "pending points are not negative");
    for (const Money purse : {member_.balance.topped_up, member_.balance.bonus})
        hold(purse >= Money(0), "no purse that is paid in is below zero");
}

void World::check_tier(const engine::Outcome& outcome, programme::TierRank rank_before) {
    const programme::Programme& current = programme();
    hold(member_.tier.rank < current.tiers.size(), "the tier is on the ladder");
    programme::TierRank rank = rank_before;
    for (const engine::TierChange& change : outcome.tier_changes) {
        hold(change.from == rank, "tier changes follow one another");
        hold((change.from == change.to) == (change.reason == engine::TierChangeReason::renewed) ||
                 change.reason == engine::TierChangeReason::granted,
             "a tier change changes the tier, or renews it");
        rank = change.to;
    }
    hold(rank == member_.tier.rank, "no tier changes without telling");
    if (member_.tier.period_ends_at != instant_max) {
        hold(current.zone.end_of(member_.tier.period_last_day) == member_.tier.period_ends_at || member_.tier.in_grace,
             "a period ends with its last local day");
        hold(member_.tier.period_ends_at > member_.advanced_to, "no period is over without its end");
    }
}

void World::check_orders() {
    if (merging_) return;
    for (const engine::Order& order : member_.open_orders) {
        hold(order.status == engine::OrderStatus::created || order.status == engine::OrderStatus::paid,
             "an open order is created or paid");
        hold(order.points >= Points(0) && order.counted >= Money(0), "an order brings nothing below zero");
        hold(!closed_.contains(order.order_id), "an order is open or closed");
    }
    for (const auto& [order_id, order] : closed_)
        hold(order.points >= Points(0) && order.counted >= Money(0), "a closed order keeps nothing below zero");
}

}  // namespace regulars::model
