// Laws that hold under every programme and whatever is told: World checks the ledger, the lots, the tier and the orders
// after every step; here lives of all sorts are led under it.
#include "random_checkout.hpp"
#include "standing.hpp"
#include "world.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regulars::model {

namespace {

using Loaded = std::shared_ptr<const programme::Programme>;

const std::vector<Loaded>& ready_programmes() {
    static const std::vector<Loaded> programmes = [] {
        std::vector<Loaded> loaded;
        for (const char* name : {"vancl", "four-tier", "vip-cashback", "quarterly", "share"})
            loaded.push_back(load_programme("programmes/" + std::string(name) + ".yaml", {}));
        for (const char* path :
             {"programmes/mall.yaml", "programmes/newcomer.yaml", "tests/engine/programmes/coupons.yaml",
              "programmes/plus.yaml"})
            loaded.push_back(load_programme(path, {}));
        // Plans beside the tier, with cashback, and a tier of their own.
        loaded.push_back(load_programme("programmes/plus.yaml",
                                        {{"settlement: {after_delivery: 7 days}", "settlement: at_payment"},
                                         {"with_tier: better", "with_tier: both\n    tier: gold"},
                                         {"refund: unused_days", "full_refund: 3 days\n    with_tier: both"},
                                         {"order_flags: [plus]", "cashback: [{code: plus_back, rate: 3%}]"},
                                         {"rate: 2%}", "rate: 2%}\n      cashback: [{code: gold_back, rate: 1%}]"}}));
        // What comes back is split in proportion, and a point is worth more than one minor unit.
        loaded.push_back(load_programme("programmes/mall.yaml",
                                        {{"refund_first: [cash, balance, points]", "refund_first: proportional"},
                                         {"settlement: {after_delivery: 7 days}", "settlement: at_payment"},
                                         {"value: 0.01", "value: 0.03"}}));
        return loaded;
    }();
    return programmes;
}

Loaded any_programme() { return ready_programmes()[*rc::gen::inRange<std::size_t>(0, ready_programmes().size())]; }

std::vector<engine::Event> any_life(const Loaded& programme, double length = 2.5) {
    std::vector<engine::Event> events = shopping_life(*rc::gen::scale(length, lives()), programme);
    RC_LOG(programme->name + "\n" + text_of(events));
    return events;
}

/// Everything that an outcome tells about money, points and tiers, over several outcomes.
struct Record {
    std::vector<engine::LedgerEntry> ledger;
    std::vector<engine::TierChange> tier_changes;
    std::vector<engine::Cost> costs;
    std::vector<engine::CouponChange> coupon_changes;
    std::vector<engine::Notice> notices;
    std::vector<engine::PlanChange> plan_changes;

    void add(const engine::Outcome& outcome) {
        ledger.insert(ledger.end(), outcome.ledger.begin(), outcome.ledger.end());
        tier_changes.insert(tier_changes.end(), outcome.tier_changes.begin(), outcome.tier_changes.end());
        costs.insert(costs.end(), outcome.costs.begin(), outcome.costs.end());
        coupon_changes.insert(coupon_changes.end(), outcome.coupon_changes.begin(), outcome.coupon_changes.end());
        notices.insert(notices.end(), outcome.notices.begin(), outcome.notices.end());
        plan_changes.insert(plan_changes.end(), outcome.plan_changes.begin(), outcome.plan_changes.end());
    }
    friend bool operator==(const Record&, const Record&) = default;
};

bool happens_once(const engine::Fact& fact) {
    return !engine::order_id_of(fact).empty() || std::holds_alternative<engine::PointsAdjusted>(fact) ||
           std::holds_alternative<engine::BalanceToppedUp>(fact) ||
           std::holds_alternative<engine::CouponGranted>(fact) ||
           std::holds_alternative<engine::CouponClaimed>(fact) || std::holds_alternative<engine::HoldPlaced>(fact) ||
           std::holds_alternative<engine::PlanBought>(fact) || std::holds_alternative<engine::PlanCancelled>(fact);
}

RC_GTEST_PROP(engine_laws, hold_through_any_life, ()) {
    const Loaded programme = any_programme();
    World world(programme);
    for (const engine::Event& event : any_life(programme)) {
        world.tell(event);
        RC_ASSERT(world.broken_laws() == std::vector<std::string>());
    }
}

// Without this the laws could hold because nothing happens.
TEST(random_lives, bring_a_coupon_to_every_fate_and_an_order_that_it_pays_for_to_every_end) {
    std::mt19937 random(20230601);
    const auto number = [&] { return static_cast<int>(random() % 1000); };
    std::set<std::string_view> accepted;
    std::set<std::string_view> fates;
    std::set<std::string_view> ends;
    std::set<std::string_view> refusals;
    for (int life = 0; life < 600; ++life) {
        const Loaded& programme = ready_programmes()[static_cast<std::size_t>(life) % ready_programmes().size()];
        std::vector<Step> steps;
        for (int i = 0; i < 60; ++i) steps.push_back({number(), number(), number(), number(), number(), number()});
        World world(programme);
        for (const engine::Event& event : shopping_life(steps, programme)) {
            const Answer answer = world.tell(event);
            if (answer.rejection) refusals.insert(engine::code_of(*answer.rejection));
            if (answer.accepted()) accepted.insert(engine::name_of(event.fact));
            for (const engine::CouponChange& change : answer.outcome.coupon_changes)
                fates.insert(engine::name_of(change.status));
            for (const engine::Order& order : answer.outcome.closed_orders)
                if (!order.tenders.coupons.empty() && order.tenders.balance.total() > Money())
                    ends.insert(engine::name_of(order.status));
        }
    }
    for (const auto* name : {"coupon_granted", "coupon_claimed", "coupon_revoked", "hold_placed", "hold_released",
                             "order_created", "order_refunded", "order_exchanged", "order_cancelled", "profile_changed",
                             "balance_topped_up", "points_spent", "tier_granted", "plan_bought", "plan_cancelled"})
        EXPECT_TRUE(accepted.contains(name)) << name;
    EXPECT_THAT(fates, testing::UnorderedElementsAre("usable", "held", "used", "expired", "revoked"));
    EXPECT_THAT(ends, testing::UnorderedElementsAre("settled", "cancelled", "returned"));
    for (const auto* code : {"coupon_sold_out", "coupon_limit_reached", "coupons_do_not_stack", "coupon_not_usable",
                             "coupon_not_for_member", "points_not_allowed", "tenders_over_amount", "hold_conflict",
                             "plan_price_differs", "trial_not_possible", "plan_not_held"})
        EXPECT_TRUE(refusals.contains(code)) << code;
}

RC_GTEST_PROP(engine_laws, time_may_pass_in_one_step_or_in_many, ()) {
    const Loaded programme = any_programme();
    World hurried(programme);
    World patient(programme);
    Record hurried_record;
    Record patient_record;
    std::int64_t present = INT64_MIN;
    const std::vector<int> pauses = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 400));
    std::size_t pause = 0;
    std::vector<engine::Event> events = any_life(programme);
    if (!events.empty())
        events.push_back(
            {Instant{events.back().at.ms + 1000 * ms_per_day}, engine::PointsAdjusted{Points(1), "end", {}}});
    for (const engine::Event& event : events) {
        // The patient one is advanced to instants in between, some at midnights with only that day being closed.
        for (int i = 0; i < 4 && present != INT64_MIN && pause < pauses.size(); ++i) {
            const std::int64_t step = (event.at.ms - present) / 1000 * pauses[pause++];
            if (step <= 0) break;
            const Instant to = std::min(Instant{present + step}, event.at);
            const Instant midnight = programme->zone.start_of(programme->zone.date(to));
            if (midnight.ms > present) patient_record.add(patient.advance(midnight, engine::Through::expiries));
            patient_record.add(patient.advance(to));
            present = to.ms;
        }
        hurried_record.add(hurried.tell(event).outcome);
        patient_record.add(patient.tell(event).outcome);
        present = std::max(present, event.at.ms);
        RC_ASSERT(patient.member() == hurried.member());
        RC_ASSERT(patient_record == hurried_record);
        RC_ASSERT(patient.broken_laws() == std::vector<std::string>());
    }
}

RC_GTEST_PROP(engine_laws, what_is_told_twice_changes_nothing, ()) {
    const Loaded programme = any_programme();
    World once(programme);
    World twice(programme);
    // So short that no reference is forgotten.
    const std::vector<engine::Event> events = any_life(programme, 1.0);
    std::vector<engine::Event> applied;
    for (const engine::Event& event : events) {
        const Answer answer = once.tell(event);
        twice.tell(event);
        if (!answer.accepted() || answer.outcome.parked || !happens_once(event.fact)) continue;
        applied.push_back(event);
        RC_ASSERT(!twice.tell(event).accepted());
        RC_ASSERT(twice.member() == once.member());
    }
    for (const engine::Event& event : applied) RC_ASSERT(!twice.tell(event).accepted());
    RC_ASSERT(twice.member() == once.member());
    RC_ASSERT(twice.broken_laws() == std::vector<std::string>());
}

// An event is kept with the member's present at which it was applied: for one told late the two differ.
RC_GTEST_PROP(engine_laws, replaying_what_was_applied_when_it_was_gives_the_same_member, ()) {
    const Loaded programme = any_programme();
    World told(programme);
    World replayed(programme);
    for (const engine::Event& event : any_life(programme)) {
        if (!told.tell(event).accepted()) continue;
        replayed.advance(told.member().advanced_to);
        replayed.tell(event);
        RC_ASSERT(replayed.member() == told.member());
    }
}

RC_GTEST_PROP(engine_laws, a_tier_falls_only_at_a_period_end_a_review_or_by_hand, ()) {
    const Loaded programme = any_programme();
    World world(programme);
    for (const engine::Event& event : any_life(programme)) {
        const Answer answer = world.tell(event);
        for (const engine::TierChange& change : answer.outcome.tier_changes) {
            if (change.reason == engine::TierChangeReason::qualified) RC_ASSERT(change.to > change.from);
            if (change.reason == engine::TierChangeReason::period_end) RC_ASSERT(change.to < change.from);
            if (change.reason == engine::TierChangeReason::renewed) RC_ASSERT(change.to == change.from);
            if (change.reason == engine::TierChangeReason::qualified &&
                programme->tier_policy.step == programme::TierPolicy::Step::next)
                RC_ASSERT(change.to == change.from + 1);
        }
    }
}

RC_GTEST_PROP(engine_laws, an_order_returned_in_pieces_leaves_no_more_than_one_returned_at_once, ()) {
    const Loaded programme = any_programme();
    const Instant start = events_of({Step{}}, habits_of(*programme)).front().at;
    engine::OrderCreated order{"A", {}, Money(0), "", "", Money(0), start, start, start, {}, {}, {}, {}};
    const int lines = *rc::gen::inRange(1, 5);
    for (int i = 0; i < lines; ++i) {
        engine::Line line;
        line.amount = Money(*rc::gen::inRange<std::int64_t>(0, 100'000));
        line.quantity = *rc::gen::inRange<std::int64_t>(1, 9);
        order.lines.push_back(line);
    }
    World pieces(programme);
    // What the first order brings stays: where it settles at once it has come before.
    if (programme->settlement.kind == programme::Settlement::Kind::at_payment)
        pieces.tell({start, engine::OrderCreated{
                                "first", {engine::Line{}}, {}, "", "", {}, start, start, start, {}, {}, {}, {}}});
    pieces.tell({start, engine::TierGranted{programme->tiers.back().name, {}, "reward"}});
    const Standing before = standing_of(*programme, pieces.member());
    pieces.tell({start, order});
    Instant at{start.ms + *rc::gen::element<std::int64_t>(1, 40) * ms_per_day};
    int refund = 0;
    for (std::uint32_t line = 0; line < order.lines.size(); ++line)
        for (std::int64_t piece = 0; piece < order.lines[line].quantity; ++piece) {
            const Answer answer =
                pieces.tell({at, engine::OrderRefunded{"A", "R" + std::to_string(++refund), {{line, 1, {}}}}});
            RC_ASSERT(answer.accepted());
        }
    Standing after = standing_of(*programme, pieces.member());
    after.tier = before.tier;  // time has passed: a review may have looked at it
    after.period_last_day = before.period_last_day;
    RC_ASSERT(after == before);
    RC_ASSERT(pieces.tell({at, engine::OrderRefunded{"A", "R", {}}}).rejection == engine::Rejection::order_closed);
    RC_ASSERT(pieces.broken_laws() == std::vector<std::string>());
}

RC_GTEST_PROP(engine_laws, costs_of_a_returned_order_sum_to_nothing, ()) {
    const Loaded programme = any_programme();
    World world(programme);
    std::vector<engine::Event> events = any_life(programme);
    std::map<std::uint32_t, std::int64_t> cost_by_order;
    const auto add = [&](const engine::Outcome& outcome) {
        for (const engine::Cost& cost : outcome.costs)
            if (cost.order.value != 0 && programme->benefits[cost.benefit] != "points_redeemed")
                cost_by_order[cost.order.value] += cost.amount.count();
    };
    for (const engine::Event& event : events) add(world.tell(event).outcome);
    for (const auto& [order_id, order] : world.closed_orders())
        if (order.status == engine::OrderStatus::returned || order.status == engine::OrderStatus::cancelled)
            RC_ASSERT(cost_by_order[order.number.value] == 0);
}

RC_GTEST_PROP(engine_laws, a_last_day_is_the_same_local_day_in_every_zone, ()) {
    static const std::array<const char*, 12> zones{
        "UTC", "Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "America/St_Johns", "Pacific/Apia",
        "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo",
        "America/Los_Angeles"};
    static std::map<std::string, Loaded> by_zone;
    const std::string name = *rc::gen::elementOf(zones);
    Loaded& programme = by_zone[name];
    if (programme == nullptr) programme = load_programme("programmes/vancl.yaml", {{"Asia/Shanghai", name}});
    const Zone& zone = programme->zone;
    const LocalDate day{*rc::gen::inRange(date_of(2000, 1, 1)->days, date_of(2030, 1, 1)->days)};
    const Instant at = zone.instant({day, *rc::gen::inRange<std::int64_t>(0, ms_per_day)});
    World world(programme);
    world.tell({at, engine::PointsAdjusted{Points(5), "J", ""}});
    const LocalDate last = add_years(zone.date(at), 1);
    world.advance(Instant{zone.end_of(last).ms - 1});
    RC_ASSERT(world.member().points_available == Points(5));
    world.advance(zone.end_of(last));
    RC_ASSERT(world.member().points_available == Points(0));
}

}  // namespace

}  // namespace regulars::model
