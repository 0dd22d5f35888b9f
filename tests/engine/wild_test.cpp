// Facts that no shop would send: any amounts, any times, any texts. The engine refuses or applies them; it never
// crashes and breaks no law.
#include "world.hpp"

#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace regulars::model {

namespace {

std::int64_t wild_number() {
    return *rc::gen::oneOf(rc::gen::element<std::int64_t>(
                               0, 1, -1, 2, 3, 100, 999'999'999'999, 1'000'000'000'000, 1'000'000'000'001,
                               -1'000'000'000'000, 1'000'000'000, std::numeric_limits<std::int64_t>::max(),
                               std::numeric_limits<std::int64_t>::min()),
                           rc::gen::arbitrary<std::int64_t>(), rc::gen::inRange<std::int64_t>(-5, 100'000));
}

Instant wild_instant() {
    const std::int64_t start = 1'700'000'000'000;
    return {*rc::gen::oneOf(rc::gen::inRange<std::int64_t>(start, start + 3'000 * ms_per_day),
                            rc::gen::inRange<std::int64_t>(start, start + ms_per_day),
                            rc::gen::element<std::int64_t>(0, instant_max.ms, instant_min.ms, -2'209'075'200'000,
                                                           7'289'740'800'000, 7'289'740'799'999))};
}

std::optional<Instant> perhaps_instant() {
    return *rc::gen::arbitrary<bool>() ? std::optional(wild_instant()) : std::nullopt;
}

std::string wild_text() {
    return *rc::gen::oneOf(rc::gen::element<std::string>("A", "B", "", "regular", "vip", "\xff\xfe", "0"),
                           rc::gen::string<std::string>(), rc::gen::just(std::string(129, 'x')));
}

/// Few ids, so that facts meet the same orders and references.
std::string some_id() { return *rc::gen::element<std::string>("A", "B", "C", "C", "D"); }

engine::Line wild_line() {
    engine::Line line;
    line.sku = *rc::gen::element<std::string>("", "s", "\xff");
    if (*rc::gen::inRange(0, 8) == 0) line.price_kind = wild_text();
    const bool tame = *rc::gen::inRange(0, 3) != 0;
    line.quantity = tame ? *rc::gen::inRange<std::int64_t>(1, 5) : wild_number();
    line.amount = Money(tame ? *rc::gen::inRange<std::int64_t>(0, 1'000'000) : wild_number());
    if (*rc::gen::inRange(0, 5) == 0) line.list_amount = Money(wild_number());
    if (*rc::gen::inRange(0, 5) == 0) line.cost = Money(wild_number());
    return line;
}

CouponId wild_coupon() {
    return {*rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(0, 12), rc::gen::element<std::uint32_t>(UINT32_MAX))};
}

std::int64_t wild_or_little() { return *rc::gen::inRange(0, 3) == 0 ? wild_number() : *rc::gen::inRange(-1, 3) * 500; }

/// Of any of the programmes, so that most of them mean something somewhere.
std::string wild_coupon_name() {
    return *rc::gen::oneOf(rc::gen::element<std::string>("welcome10", "monthly9", "newcomer", "newcomer_2h",
                                                         "god_coupon", "save20", "ten", "ship", "mug", "swap", "bought",
                                                         "limited", "daily", "thanks", "half_sale", "list_only"),
                           rc::gen::exec(wild_text));
}

void add_wild_tenders(engine::OrderCreated& order) {
    const int coupons = *rc::gen::inRange(0, 4);
    for (int i = 0; i < coupons; ++i) order.coupons.push_back({wild_coupon(), Money(wild_or_little())});
    if (*rc::gen::arbitrary<bool>()) order.points = Points(wild_or_little());
    if (*rc::gen::arbitrary<bool>()) order.balance = Money(wild_or_little());
    if (*rc::gen::inRange(0, 3) == 0) order.hold_id = some_id();
}

engine::OrderCreated wild_order() {
    engine::OrderCreated order;
    order.order_id = *rc::gen::inRange(0, 9) == 0 ? wild_text() : some_id();
    const int lines = *rc::gen::inRange(0, 5);
    for (int i = 0; i < lines; ++i) order.lines.push_back(wild_line());
    if (*rc::gen::inRange(0, 4) == 0) order.shipping_fee = Money(wild_number());
    if (*rc::gen::inRange(0, 4) == 0) order.gift_card = Money(wild_number());
    order.paid_at = perhaps_instant();
    order.shipped_at = perhaps_instant();
    order.delivered_at = perhaps_instant();
    if (*rc::gen::arbitrary<bool>()) add_wild_tenders(order);
    return order;
}

std::vector<engine::ReturnedLine> wild_returns() {
    std::vector<engine::ReturnedLine> lines;
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
        engine::ReturnedLine line{*rc::gen::element<std::uint32_t>(0, 0, 1, 2, UINT32_MAX), 0, {}};
        if (*rc::gen::arbitrary<bool>()) line.quantity = wild_number();
        if (*rc::gen::arbitrary<bool>()) line.amount = Money(wild_number());
        lines.push_back(line);
    }
    return lines;
}

engine::Fact wild_person() {
    switch (*rc::gen::inRange(0, 5)) {
        case 0: return engine::Registered{wild_text(), wild_text(), wild_text(), wild_text(), wild_text(), wild_text()};
        case 3: return engine::IdentityUnlinked{wild_text(), wild_text()};
        case 1: return engine::IdentityLinked{wild_text(), wild_text()};
        case 2: return engine::ConsentChanged{wild_text(), wild_text(), *rc::gen::arbitrary<bool>(), wild_text()};
        default: break;
    }
    engine::ProfileChanged profile;
    profile.name = wild_text();
    profile.birthday = LocalDate{*rc::gen::arbitrary<std::int32_t>()};
    profile.attributes[wild_text()] = wild_text();
    profile.tags = {wild_text(), wild_text()};
    return profile;
}

engine::Fact wild_hold() {
    const engine::OrderCreated order = wild_order();
    engine::HoldPlaced hold;
    hold.hold_id = order.order_id;
    hold.lines = order.lines;
    hold.shipping_fee = order.shipping_fee;
    if (*rc::gen::arbitrary<bool>()) {
        hold.coupons.emplace();
        for (const engine::CouponUse& use : order.coupons) hold.coupons->push_back(use.coupon);
    }
    hold.points = order.points;
    hold.balance = order.balance;
    if (*rc::gen::arbitrary<bool>()) hold.minutes = *rc::gen::arbitrary<std::int32_t>();
    return hold;
}

engine::Fact wild_checkout(const std::string& id) {
    switch (*rc::gen::inRange(0, 6)) {
        case 0: return engine::CouponGranted{wild_coupon_name(), wild_or_little() / 500, wild_text(), wild_text()};
        case 1: {
            const auto code = *rc::gen::element<std::string>("", "SAVE20", "save20", "\xff", "X");
            return engine::CouponClaimed{wild_coupon_name(), code, wild_text()};
        }
        case 2: return engine::CouponRevoked{wild_coupon(), wild_text()};
        case 3: return engine::HoldReleased{id};
        default: return wild_hold();
    }
}

engine::Fact wild_benefit(const std::string& id) {
    if (*rc::gen::inRange(0, 3) == 0)
        return engine::ManagerAssigned{*rc::gen::element<std::string>("", "amy", "lin", "\xff"), wild_text()};
    const auto name = *rc::gen::element<std::string>("gift_wrap", "hotline", "fast_money", "instant_refund", "manager",
                                                     "cellar", "", "nobody");
    engine::BenefitUsed used{name, wild_text(), *rc::gen::element<std::string>("", id), {}, {}};
    used.amount = Money(wild_or_little());
    if (*rc::gen::arbitrary<bool>()) used.cost = Money(wild_or_little());
    return used;
}

engine::Fact wild_fact() {
    const std::string id = some_id();
    switch (*rc::gen::inRange(0, 29)) {
        case 0: return wild_person();
        case 1: return engine::OrderPaid{id, Money(wild_number())};
        case 2: return engine::OrderShipped{id};
        case 3: return engine::OrderDelivered{id};
        case 4: return engine::OrderSettled{id};
        case 5: return engine::OrderCancelled{id};
        case 6: case 7: case 8: return engine::OrderRefunded{id, wild_text(), wild_returns()};
        case 9: return engine::OrderExchanged{id, wild_text(), wild_returns()};
        case 10: return engine::PointsAdjusted{Points(wild_number()), wild_text(), wild_text()};
        case 11: return engine::PointsSpent{Points(wild_number()), wild_text(), *rc::gen::element<std::string>("", id)};
        case 12: {
            std::optional<LocalDate> until;
            if (*rc::gen::arbitrary<bool>()) until = LocalDate{*rc::gen::arbitrary<std::int32_t>()};
            const auto tier = *rc::gen::element<std::string>("vip", "silver", "gold", "", "nobody");
            return engine::TierGranted{tier, until, ""};
        }
        case 13: return engine::TiersReviewed{{wild_number(), wild_number()}};
        case 14: return engine::BalanceToppedUp{Money(wild_number()), Money(wild_number()), wild_text()};
        case 15: return engine::BalanceSpent{Money(wild_number()), wild_text(), *rc::gen::element<std::string>("", id)};
        case 16: case 17: case 18: case 19: case 20: case 21: case 22: return wild_checkout(id);
        case 23: return wild_benefit(id);
        default: return wild_order();
    }
}

RC_GTEST_PROP(wild_facts, are_refused_or_applied_and_break_no_law, ()) {
    static const std::vector<std::string> paths{
        "programmes/vancl.yaml",     "programmes/four-tier.yaml", "programmes/vip-cashback.yaml",
        "programmes/quarterly.yaml", "programmes/share.yaml",     "programmes/mall.yaml",
        "programmes/newcomer.yaml",  "tests/engine/programmes/coupons.yaml",
        "tests/engine/programmes/enrolment.yaml", "tests/engine/programmes/benefits.yaml"};
    World world(load_programme(*rc::gen::elementOf(paths), {}));
    const int count = *rc::gen::inRange(1, 60);
    for (int i = 0; i < count; ++i) {
        engine::Event event{wild_instant(), wild_fact()};
        if (*rc::gen::arbitrary<bool>())
            event.stock = {{"god_coupon", wild_or_little()}, {"limited", wild_or_little()}};
        world.tell(event);
        RC_ASSERT(world.broken_laws() == std::vector<std::string>());
    }
}

}  // namespace

}  // namespace regulars::model
