// Random members, orders and events for tests: RapidCheck's numbers decide, so failing ones shrink and replay.
#pragma once

#include "store/random_activities.hpp"
#include "store/random_parts.hpp"

namespace regulars::store {

inline rc::Gen<engine::Lot> random_lot() {
    return rc::gen::exec([] {
        return engine::Lot{{number<std::uint32_t>()}, some<Points>(),          *random_instant(),
                           *random_instant(),         number<std::uint32_t>(), {number<std::uint32_t>()}};
    });
}

inline rc::Gen<engine::OrderLine> random_order_line() {
    return rc::gen::exec([] {
        return engine::OrderLine{*random_text(),
                                 *random_text(),
                                 *random_text(),
                                 number<std::uint8_t>(),
                                 number<std::int64_t>(),
                                 number<std::int64_t>(),
                                 some<Money>(),
                                 maybe(rc::gen::exec(some<Money>)),
                                 maybe(rc::gen::exec(some<Money>)),
                                 some<Money>(),
                                 number<std::int64_t>(),
                                 number<std::int64_t>(),
                                 number<bool>(),
                                 *random_text()};
    });
}

inline rc::Gen<engine::SpentLot> random_spent_lot() {
    return rc::gen::exec([] { return engine::SpentLot{some<Points>(), *random_instant(), number<std::uint32_t>()}; });
}

inline engine::Balance some_balance() {
    return {some<Money>(), some<Money>(), some<Money>()};
}

inline rc::Gen<engine::Coupon> random_coupon() {
    return rc::gen::exec([] {
        return engine::Coupon{{number<std::uint32_t>()}, *random_text(),    number<std::uint32_t>(), *random_instant(),
                              *random_instant(),         *random_instant(), *random_instant()};
    });
}

inline engine::Tenders some_tenders() {
    engine::Tenders tenders;
    if (number<bool>()) return tenders;
    tenders.coupons = *rc::gen::container<std::vector<engine::UsedCoupon>>(rc::gen::exec([] {
        return engine::UsedCoupon{*random_coupon(), some<Money>()};
    }));
    tenders.points = *rc::gen::container<std::vector<engine::SpentLot>>(random_spent_lot());
    tenders.points_worth = some<Money>();
    tenders.balance = some_balance();
    return tenders;
}

inline rc::Gen<engine::Hold> random_hold() {
    return rc::gen::exec([] {
        return engine::Hold{*random_text(), *random_instant(), some<Money>(), some<Money>(), some_tenders(),
                            some_list<engine::NamedCount>(some_count)};
    });
}

inline rc::Gen<engine::Order> random_order() {
    return rc::gen::exec([] {
        engine::Order order;
        order.order_id = *random_text();
        order.number = {number<std::uint32_t>()};
        order.status = static_cast<engine::OrderStatus>(*rc::gen::inRange(0, 5));
        order.programme_version = number<std::uint32_t>();
        order.ordered_at = *random_instant();
        order.paid_at = maybe(random_instant());
        order.shipped_at = maybe(random_instant());
        order.delivered_at = maybe(random_instant());
        order.settles_at = *random_instant();
        order.settled_at = maybe(random_instant());
        order.tier = number<std::uint8_t>();
        order.plans = number<std::uint32_t>();
        order.lines = *rc::gen::container<std::vector<engine::OrderLine>>(random_order_line());
        order.shipping_fee = some<Money>();
        order.gift_card = some<Money>();
        order.channel = *random_text();
        order.store = *random_text();
        order.points_scale = number<std::int64_t>();
        order.growth_scale = number<std::int64_t>();
        order.points = some<Points>();
        order.growth = some<Growth>();
        order.cashback = some<Money>();
        order.cashback_returned = some<Money>();
        order.counted = some<Money>();
        order.counting_epoch = number<std::uint32_t>();
        order.lot = {number<std::uint32_t>()};
        order.points_spent = *rc::gen::container<std::vector<engine::SpentLot>>(random_spent_lot());
        order.tenders = some_tenders();
        order.tender_points_returned = some<Points>();
        order.tender_worth_returned = some<Money>();
        order.tender_balance_returned = some<Money>();
        order.costs = *rc::gen::container<std::vector<engine::OrderCost>>(rc::gen::exec([] {
            return engine::OrderCost{number<std::uint32_t>(), number<bool>(), some<Money>(), some<Money>(),
                                     number<std::uint32_t>(), number<std::uint32_t>(), *random_instant()};
        }));
        order.cashback_costs = order.costs;
        order.refund_ids = *random_texts();
        order.flags = *random_texts();
        order.reviews = *rc::gen::container<std::vector<engine::ProductReview>>(rc::gen::exec(some_review));
        order.group = *random_text();
        order.group_leader = {number<std::uint64_t>()};
        return order;
    });
}

inline std::vector<engine::Line> some_lines() {
    return *rc::gen::container<std::vector<engine::Line>>(rc::gen::exec([] {
        return engine::Line{*random_text(),
                            *random_text(),
                            *random_text(),
                            *random_text(),
                            number<std::int64_t>(),
                            some<Money>(),
                            maybe(rc::gen::exec(some<Money>)),
                            maybe(rc::gen::exec(some<Money>)),
                            *random_text()};
    }));
}

inline std::vector<engine::ReturnedLine> some_returned_lines() {
    return *rc::gen::container<std::vector<engine::ReturnedLine>>(rc::gen::exec([] {
        return engine::ReturnedLine{number<std::uint32_t>(), number<std::int64_t>(), maybe(rc::gen::exec(some<Money>))};
    }));
}

inline engine::OrderCreated some_order_created() {
    return {*random_text(),
            some_lines(),
            some<Money>(),
            *random_text(),
            *random_text(),
            some<Money>(),
            maybe(random_instant()),
            maybe(random_instant()),
            maybe(random_instant()),
            *rc::gen::container<std::vector<engine::CouponUse>>(rc::gen::exec([] {
                return engine::CouponUse{{number<std::uint32_t>()}, some<Money>()};
            })),
            some<Points>(),
            some<Money>(),
            *random_text()};
}

inline engine::HoldPlaced some_hold_placed() {
    return {*random_text(),
            some_lines(),
            some<Money>(),
            *random_text(),
            *random_text(),
            maybe(rc::gen::container<std::vector<CouponId>>(
                rc::gen::exec([] { return CouponId{number<std::uint32_t>()}; }))),
            some<Points>(),
            some<Money>(),
            maybe(rc::gen::arbitrary<std::int32_t>())};
}

inline engine::Fact some_person_fact(int kind) {
    switch (kind) {
        case 0:
            return engine::Registered{*random_text(), *random_text(), *random_text(),
                                      *random_text(), *random_text(), *random_text()};
        case 1:
            return engine::ProfileChanged{maybe(random_text()), maybe(random_text()), maybe(random_date()),
                                          maybe(random_text()), some_attributes(),    maybe(random_texts())};
        case 2:
            return engine::IdentityLinked{*random_text(), *random_text()};
        case 3:
            return engine::ConsentChanged{*random_text(), *random_text(), number<bool>(), *random_text()};
        case 4:
            return engine::TierGranted{*random_text(), maybe(random_date()), *random_text()};
        default:
            return engine::TiersReviewed{number<std::vector<std::int64_t>>()};
    }
}

inline engine::Fact some_order_fact(int kind) {
    switch (kind) {
        case 6:
            return some_order_created();
        case 7:
            return engine::OrderPaid{*random_text(), some<Money>()};
        case 8:
            return engine::OrderShipped{*random_text()};
        case 9:
            return engine::OrderDelivered{*random_text()};
        case 10:
            return engine::OrderSettled{*random_text()};
        case 11:
            return engine::OrderCancelled{*random_text()};
        case 12:
            return engine::OrderRefunded{*random_text(), *random_text(), some_returned_lines()};
        case 13:
            return engine::OrderExchanged{*random_text(), *random_text(), some_returned_lines()};
        case 14:
            return engine::PointsAdjusted{some<Points>(), *random_text(), *random_text()};
        case 15:
            return engine::PointsSpent{some<Points>(), *random_text(), *random_text()};
        case 16:
            return engine::BalanceToppedUp{some<Money>(), some<Money>(), *random_text()};
        default:
            return engine::BalanceSpent{some<Money>(), *random_text(), *random_text()};
    }
}

inline engine::Fact some_coupon_fact(int kind) {
    switch (kind) {
        case 18:
            return engine::CouponGranted{*random_text(), number<std::int64_t>(), *random_text(), *random_text()};
        case 19:
            return engine::CouponClaimed{*random_text(), *random_text(), *random_text()};
        case 20:
            return engine::CouponRevoked{{number<std::uint32_t>()}, *random_text()};
        case 21:
            return some_hold_placed();
        case 22:
            return engine::HoldReleased{*random_text()};
        default:
            return engine::BalanceRefunded{some<Money>(), *random_text()};
    }
}

// The kinds that a document keeps. Those that came later are not about orders, so none of them ever waits for one.
inline engine::Fact some_fact() {
    const int kind = *rc::gen::inRange(0, 24);
    if (kind < 6) return some_person_fact(kind);
    return kind < 18 ? some_order_fact(kind) : some_coupon_fact(kind);
}

inline rc::Gen<engine::Event> random_event() {
    return rc::gen::exec([] {
        const auto random_stock = rc::gen::exec([] {
            return engine::StockLeft{*random_text(), number<std::int64_t>()};
        });
        return engine::Event{*random_instant(), some_fact(),
                             *rc::gen::container<std::vector<engine::StockLeft>>(random_stock), {}, {}};
    });
}

inline engine::Totals some_totals() {
    return {some<Money>(), some<Growth>(), some<Points>(), number<std::int64_t>()};
}

inline engine::Profile some_profile() {
    return {*random_text(), *random_text(), *random_text(), maybe(random_date()), some_attributes(), *random_texts()};
}

inline engine::HeldPlan some_plan() {
    const auto period = rc::gen::exec([] {
        return engine::PaidPeriod{number<std::uint32_t>(), *random_instant(), *random_date(), some<Money>()};
    });
    return {*random_text(),    number<std::uint32_t>(), *random_instant(), *random_instant(), *random_instant(),
            *random_date(),    *random_instant(),       *random_instant(), number<bool>(),    number<bool>(),
            number<bool>(),    some<Money>(),           some<Money>(),     some<Money>(),
            *rc::gen::container<std::vector<engine::PaidPeriod>>(period)};
}

// Where the member came from, what became of them, and what they hold beside points and coupons.
inline void draw_person(engine::Member& member) {
    member.acquisition = {*random_text(), *random_text(), *random_text(),
                          *random_text(), *random_text(), *random_text()};
    member.birthday_changes = number<std::int32_t>();
    member.invited_at = *random_instant();
    member.manager = *random_text();
    member.merged_into = {number<std::uint64_t>()};
    member.last_merge = maybe(rc::gen::exec([] {
        return engine::Merge{{number<std::uint64_t>()}, number<std::uint64_t>(), number<std::uint64_t>(),
                             number<std::uint32_t>()};
    }));
    member.erased = number<bool>();
    member.anniversary_year = number<std::int32_t>();
    member.next_anniversary_at = *random_instant();
    member.given_once = *random_texts();
    member.offers = *rc::gen::container<std::vector<engine::Offer>>(rc::gen::exec([] {
        return engine::Offer{*random_text(), *random_coupon(), *random_instant()};
    }));
    member.plans = *rc::gen::container<std::vector<engine::HeldPlan>>(rc::gen::exec(some_plan));
    member.tried_plans = *random_texts();
    member.benefit_counts = *rc::gen::container<std::vector<engine::BenefitCount>>(rc::gen::exec([] {
        return engine::BenefitCount{*random_text(), *random_date(), number<std::int64_t>()};
    }));
}

inline rc::Gen<engine::Member> random_member() {
    return rc::gen::exec([] {
        engine::Member member;
        member.id = {number<std::uint64_t>()};
        member.registered_at = *random_instant();
        member.advanced_to = *random_instant();
        member.event_sequence = number<std::uint64_t>();
        member.ledger_sequence = number<std::uint64_t>();
        member.last_order_number = number<std::uint32_t>();
        member.last_lot_id = number<std::uint32_t>();
        member.profile = some_profile();
        member.identities = *rc::gen::container<std::vector<engine::Identity>>(rc::gen::exec([] {
            return engine::Identity{*random_text(), *random_text()};
        }));
        member.consents = *rc::gen::container<std::vector<engine::Consent>>(rc::gen::exec([] {
            return engine::Consent{*random_text(), *random_text(), number<bool>(), *random_instant(), *random_text()};
        }));
        member.tier = {number<std::uint8_t>(), *random_instant(), *random_date(),
                       *random_instant(),      number<bool>(),    *random_instant()};
        member.own_tier = {number<std::uint8_t>(), *random_instant(), *random_date(),
                           *random_instant(),      number<bool>(),    *random_instant()};
        member.lifts = *rc::gen::container<std::vector<engine::TierLift>>(rc::gen::exec([] {
            return engine::TierLift{number<std::uint8_t>(), *random_instant(), *random_text()};
        }));
        member.lifetime = some_totals();
        member.period = some_totals();
        member.counting_epoch = number<std::uint32_t>();
        member.history = *rc::gen::container<std::vector<engine::DayTotals>>(rc::gen::exec([] {
            return engine::DayTotals{*random_date(), some_totals()};
        }));
        member.last_order_at = *random_instant();
        member.lots = *rc::gen::container<std::vector<engine::Lot>>(random_lot());
        member.points_available = some<Points>();
        member.points_owed = some<Points>();
        member.renewals = *rc::gen::container<std::vector<engine::Renewal>>(rc::gen::exec([] {
            return engine::Renewal{{number<std::uint32_t>()}, *random_instant()};
        }));
        member.rolling_expires_at = *random_instant();
        member.cap_day = *random_date();
        member.cap_day_points = some<Points>();
        member.cap_month_points = some<Points>();
        member.balance = some_balance();
        member.coupons = *rc::gen::container<std::vector<engine::Coupon>>(random_coupon());
        member.coupon_counts = *rc::gen::container<std::vector<engine::CouponCount>>(rc::gen::exec([] {
            return engine::CouponCount{*random_text(), number<std::int64_t>(), *random_date(), number<std::int64_t>()};
        }));
        member.last_coupon_id = number<std::uint32_t>();
        member.holds = *rc::gen::resize(5, rc::gen::container<std::vector<engine::Hold>>(random_hold()));
        member.next_grants_at = *random_instant();
        member.next_birthday_at = *random_instant();
        member.balance_expires_at = *random_instant();
        member.birthday_year = number<std::int32_t>();
        member.birthday_month_year = number<std::int32_t>();
        member.had_first_order = number<bool>();
        member.open_orders = *rc::gen::resize(5, rc::gen::container<std::vector<engine::Order>>(random_order()));
        member.parked = *rc::gen::resize(5, rc::gen::container<std::vector<engine::Event>>(random_event()));
        member.references = *random_texts();
        draw_person(member);
        draw_activities(member);
        return member;
    });
}

}  // namespace regulars::store
