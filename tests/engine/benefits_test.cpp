// Benefits, free shipping, seats and stages against the plainest second reading of what the programme says.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "engine/holdings/benefits.hpp"
#include "engine/holdings/stages.hpp"
#include "world.hpp"

namespace regulars::model {

namespace {

constexpr std::int64_t ms_per_hour = 3'600'000;

std::shared_ptr<const programme::Programme> shop() {
    static const auto programme = load_programme("tests/engine/programmes/benefits.yaml", {});
    return programme;
}

Instant start() { return *parse_instant("2026-01-05 09:30", shop()->zone); }

/// A little or a long while later, now and then across the end of a month, quarter or year.
Instant later(Instant at) { return {at.ms + *rc::gen::inRange<std::int64_t>(0, 45 * 24) * ms_per_hour / 3}; }

std::string reference_of(std::size_t step) { return "R" + std::to_string(step); }

void grant(World& world, Instant at, const std::string& tier) {
    RC_ASSERT(world.tell({at, engine::TierGranted{tier, date_of(2190, 1, 1), "test"}}).accepted());
}

// Written down per unit of the calendar, as somebody with a sheet of paper for each month would.
RC_GTEST_PROP(benefits, are_used_no_more_often_in_a_unit_than_they_may, ()) {
    World world(shop());
    Instant at = start();
    grant(world, at, "gold");
    std::map<std::pair<std::string, std::int32_t>, std::int64_t> sheets;
    const auto steps = *rc::gen::inRange<std::size_t>(1, 60);
    for (std::size_t step = 0; step < steps; ++step) {
        at = later(at);
        const std::string name =
            *rc::gen::element<std::string>("gift_wrap", "hotline", "easy_return", "once_in_a_life");
        const programme::MemberBenefit& benefit = *shop()->find_benefit(name);
        const LocalDate today = shop()->zone.date(at);
        std::int64_t& used = sheets[{name, benefit.per ? first_of(*benefit.per, today).days : INT32_MIN}];
        const bool fits = used < *benefit.count;
        const Answer answer = world.tell({at, engine::BenefitUsed{name, reference_of(step), "", {}, {}}});
        RC_ASSERT(answer.accepted() == fits);
        if (!fits) RC_ASSERT(*answer.rejection == engine::Rejection::benefit_used_up);
        used += fits ? 1 : 0;
        RC_ASSERT(*engine::left_of(world.member(), engine::limit_of(benefit), today) == *benefit.count - used);
    }
    RC_ASSERT(world.broken_laws().empty());
}

struct Parcel {
    std::string order_id;
    LocalDate month;
    bool free = false;
    bool gone = false;
};

bool was_free(const Answer& answer) {
    for (const engine::Cost& cost : answer.outcome.costs)
        if (shop()->benefits[cost.benefit] == "free_shipping" && cost.amount > Money()) return true;
    return false;
}

RC_GTEST_PROP(free_shipping, frees_so_many_orders_a_month_as_it_may, ()) {
    World world(shop());
    Instant at = start();
    grant(world, at, "silver");
    std::vector<Parcel> parcels;
    const auto steps = *rc::gen::inRange<std::size_t>(1, 40);
    for (std::size_t step = 0; step < steps; ++step) {
        at = later(at);
        const LocalDate month = first_of(CalendarUnit::month, shop()->zone.date(at));
        if (!parcels.empty() && *rc::gen::inRange(0, 3) == 0) {
            Parcel& parcel = *(parcels.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(parcels)));
            const auto returned = world.tell({at, engine::OrderRefunded{parcel.order_id, reference_of(step), {}}});
            RC_ASSERT(returned.accepted() == !parcel.gone);
            parcel.gone = true;
            continue;
        }
        engine::OrderCreated order;
        order.order_id = reference_of(step);
        order.lines = {{"", "", "", "", 1, Money(100), {}, {}}};
        order.shipping_fee = Money(*rc::gen::element<std::int64_t>(0, 500));
        order.paid_at = at;
        if (*rc::gen::arbitrary<bool>()) order.delivered_at = at;
        std::int64_t freed = 0;
        for (const Parcel& other : parcels) freed += other.free && !other.gone && other.month == month ? 1 : 0;
        const bool fits = freed < 2 && !order.shipping_fee.is_zero();
        const Answer answer = world.tell({at, order});
        RC_ASSERT(answer.accepted());
        RC_ASSERT(was_free(answer) == fits);
        parcels.push_back({order.order_id, month, fits, false});
    }
    RC_ASSERT(world.broken_laws().empty());
}

RC_GTEST_PROP(invitations, never_seat_more_than_there_are_and_give_every_seat_back, ()) {
    std::vector<World> guests(5, World(shop()));
    Instant at = start();
    for (World& guest : guests) grant(guest, at, "silver");
    const std::int64_t seats = *shop()->coupons.find("party")->stock.total;
    std::int64_t taken = 0;
    const auto steps = *rc::gen::inRange<std::size_t>(1, 60);
    for (std::size_t step = 0; step < steps; ++step) {
        at.ms += ms_per_hour;
        World& guest = guests[*rc::gen::inRange<std::size_t>(0, guests.size())];
        const auto& wallet = guest.member().coupons;
        const bool declines = !wallet.empty() && *rc::gen::arbitrary<bool>();
        const engine::Fact fact = declines ? engine::Fact(engine::CouponRevoked{wallet.front().id, "declined"})
                                           : engine::Fact(engine::CouponClaimed{"party", "", reference_of(step)});
        const bool had_one = !wallet.empty();
        const Answer answer = guest.tell({at, fact, {{"party", seats - taken}}, {}});
        RC_ASSERT(answer.accepted() == (declines || (!had_one && taken < seats)));
        for (const engine::CouponChange& change : answer.outcome.coupon_changes)
            taken += (change.issued ? 1 : 0) - (change.freed ? 1 : 0);
        std::int64_t seated = 0;
        for (const World& one : guests) seated += static_cast<std::int64_t>(one.member().coupons.size());
        RC_ASSERT(taken == seated);
        RC_ASSERT(taken <= seats);
    }
    for (const World& guest : guests) RC_ASSERT(guest.broken_laws().empty());
}

// The example's stages in words that know neither rules nor members: orders at these times, each counting seven days
// later at the same local time.
std::string naive_stage(Instant registered, const std::vector<Instant>& orders, Instant now) {
    const Zone& zone = shop()->zone;
    const auto day = [&](Instant at) { return zone.date(at).days; };
    if (orders.empty()) return day(now) - day(registered) >= 7 ? "prospect" : "new";
    std::int64_t counted = 0;
    for (const Instant order : orders) {
        const LocalTime placed = zone.local(order);
        counted += zone.instant({add_days(placed.date, 7), placed.ms_of_day}) <= now ? 1 : 0;
    }
    const std::int64_t hours_max[] = {30 * 24, 30 * 24, 90 * 24, 180 * 24};
    const std::string names[] = {"new", "active", "intermittent", "silent"};
    for (std::size_t i = 0; i < 4; ++i)
        if (now.ms - orders.back().ms < hours_max[i] * ms_per_hour && (i > 0 || counted <= 1)) return names[i];
    return "churned";
}

RC_GTEST_PROP(stages, are_those_of_a_second_reading, ()) {
    World world(shop());
    Instant at = start();
    RC_ASSERT(world.tell({at, engine::Registered{"web", ""}}).accepted());
    std::vector<Instant> orders;
    const auto steps = *rc::gen::inRange<std::size_t>(1, 25);
    for (std::size_t step = 0; step < steps; ++step) {
        const std::int64_t days = *rc::gen::element<std::int64_t>(0, 1, 7, 29, 30, 31, 60, 90, 180, 200);
        at.ms += days * 24 * ms_per_hour + *rc::gen::element<std::int64_t>(-1, 0, 1, ms_per_hour) + 1;
        if (*rc::gen::arbitrary<bool>()) {
            engine::OrderCreated order;
            order.order_id = reference_of(step);
            order.lines = {{"", "", "", "", 1, Money(100), {}, {}}};
            order.paid_at = order.delivered_at = at;
            RC_ASSERT(world.tell({at, order}).accepted());
            orders.push_back(at);
        } else {
            static_cast<void>(world.advance(at));
        }
        const auto index = engine::stage_of(world.programme(), world.member(), at);
        RC_ASSERT(index.has_value());
        RC_ASSERT(shop()->stages[*index].name == naive_stage(start(), orders, at));
    }
}

TEST(stages, a_programme_without_any_has_none) {
    const auto plain = load_programme("programmes/share.yaml", {});
    World world(plain);
    EXPECT_FALSE(engine::stage_of(*plain, world.member(), start()));
}

}  // namespace

}  // namespace regulars::model
