// Whatever is bought, sent, called off and returned in the points mall: the points that are gone are those of what was
// not called off, stocks never go below nothing, and nobody has more than one may.
#include <map>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "world.hpp"

namespace regulars::model {

namespace {

constexpr std::int64_t ms_per_hour = 3'600'000;

/// The shop around one member, which counts by itself what the service would.
class Shop {
public:
    void step();
    void check() const;

private:
    struct Bought {
        engine::Redemption redemption;
        bool called_off = false;
        bool returned = false;
    };

    Answer tell(const engine::Fact& fact);
    void keep(const engine::Outcome& outcome);
    [[nodiscard]] std::vector<engine::StockLeft> stock() const;
    [[nodiscard]] engine::Fact some_fact();
    [[nodiscard]] engine::GoodsRedeemed some_purchase();
    [[nodiscard]] std::string some_id() const;

    World world_{load_programme("tests/engine/programmes/points_mall.yaml",
                                {{"stock: {total: 100, per_day: 50}", "stock: {total: 5, per_day: 2}"},
                                 {"limit: {per_day: 2, total: 4}", "limit: {per_day: 2, total: 3}"}})};
    Instant now_{1'767'571'200'000};  // 2026-01-05 08:00 in Shanghai
    int last_ = 0;
    std::map<std::string, Bought> bought_;
    std::int64_t mugs_out_ = 0;
    std::map<LocalDate, std::int64_t> mugs_on_day_;
    std::int64_t points_redeemed_ = 0;
};

std::vector<engine::StockLeft> Shop::stock() const {
    const auto today = mugs_on_day_.find(world_.programme().zone.date(now_));
    const std::int64_t on_day = today == mugs_on_day_.end() ? 0 : today->second;
    return {{"goods:mug", std::max<std::int64_t>(0, std::min(5 - mugs_out_, 2 - on_day))}};
}

std::string Shop::some_id() const { return "R" + std::to_string(*rc::gen::inRange(1, last_ + 2)); }

engine::GoodsRedeemed Shop::some_purchase() {
    engine::GoodsRedeemed fact;
    fact.redemption_id = *rc::gen::inRange(0, 8) == 0 ? some_id() : "R" + std::to_string(++last_);
    fact.item = *rc::gen::element<std::string>("mug", "mug", "kettle", "umbrella", "vip_gift", "ten_off");
    fact.quantity = *rc::gen::inRange<std::int64_t>(1, 3);
    if (fact.item == "kettle" && *rc::gen::inRange(0, 4) != 0) fact.order_id = "O" + fact.redemption_id;
    return fact;
}

engine::Fact Shop::some_fact() {
    using To = engine::RedemptionMoved::To;
    switch (*rc::gen::inRange(0, 8)) {
        case 0: return engine::PointsAdjusted{Points(1'000), "A" + std::to_string(++last_), {}};
        case 1: return engine::RedemptionMoved{some_id(), To::shipped, "SF", some_id(), {}};
        case 2: return engine::RedemptionMoved{some_id(), To::delivered, {}, {}, {}};
        case 3: {
            const auto reason = *rc::gen::element<std::string>("", "broken");
            return engine::RedemptionMoved{some_id(), To::cancelled, {}, {}, reason};
        }
        case 4: return engine::OrderCancelled{"O" + some_id()};
        case 5: return engine::OrderRefunded{"O" + some_id(), "F" + std::to_string(++last_), {}};
        default: return some_purchase();
    }
}

Answer Shop::tell(const engine::Fact& fact) {
    // Facts about orders that never come would only wait.
    const std::string order(engine::order_id_of(fact));
    const bool purchase = std::holds_alternative<engine::GoodsRedeemed>(fact);
    if (!order.empty() && !purchase && !bought_.contains(order.substr(1))) return {};
    return world_.tell({now_, fact, purchase ? stock() : std::vector<engine::StockLeft>{}, {}});
}

void Shop::keep(const engine::Outcome& outcome) {
    for (const engine::LedgerEntry& entry : outcome.ledger) {
        if (entry.to == engine::Account::points_redeemed) points_redeemed_ += entry.amount;
        if (entry.from == engine::Account::points_redeemed) points_redeemed_ -= entry.amount;
    }
    for (const engine::Redemption& redemption : outcome.redemptions) {
        Bought& bought = bought_[redemption.redemption_id];
        bought.redemption = redemption;
        bought.called_off = redemption.status == engine::RedemptionStatus::cancelled;
    }
    // The end of a money part's order gives the points back, also when the goods are delivered.
    for (const engine::Order& order : outcome.closed_orders)
        if (const auto found = bought_.find(order.order_id.substr(1)); found != bought_.end())
            found->second.returned = order.status != engine::OrderStatus::settled;
    for (const engine::StockTaken& taken : outcome.stock_taken) {
        if (taken.name != "goods:mug") continue;
        mugs_out_ += taken.count;
        mugs_on_day_[world_.programme().zone.date(taken.at)] += taken.count;
    }
}

void Shop::step() {
    now_.ms += *rc::gen::inRange<std::int64_t>(0, 30) * ms_per_hour;
    keep(world_.advance(now_));
    const Answer answer = tell(some_fact());
    if (answer.accepted()) keep(answer.outcome);
}

void Shop::check() const {
    RC_ASSERT(world_.broken_laws().empty());
    std::int64_t gone = 0;
    std::int64_t mugs = 0;
    std::size_t under_way = 0;
    std::map<LocalDate, std::int64_t> on_day;
    for (const auto& [id, bought] : bought_) {
        const engine::Redemption& redemption = bought.redemption;
        const bool is_under_way = redemption.status == engine::RedemptionStatus::placed ||
                                  redemption.status == engine::RedemptionStatus::shipped;
        under_way += is_under_way ? 1U : 0U;
        if (!bought.called_off && !bought.returned) gone += redemption.points.count();
        if (bought.called_off || redemption.item != "mug") continue;
        mugs += redemption.quantity;
        on_day[world_.programme().zone.date(redemption.at)] += redemption.quantity;
    }
    RC_ASSERT(points_redeemed_ == gone);
    RC_ASSERT(mugs_out_ == mugs);
    RC_ASSERT(mugs >= 0);
    RC_ASSERT(mugs <= 3);
    for (const auto& [day, count] : on_day) RC_ASSERT(count <= 2);
    RC_ASSERT(world_.member().redemptions.size() == under_way);
}

RC_GTEST_PROP(mall_laws, points_stocks_and_limits_hold_whatever_happens, ()) {
    Shop shop;
    for (int i = *rc::gen::inRange(0, 80); i > 0; --i) {
        shop.step();
        shop.check();
    }
}

}  // namespace

}  // namespace regulars::model
