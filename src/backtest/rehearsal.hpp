// One member's history, played through the engine.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "backtest/member_facts.hpp"
#include "backtest/fact_setting.hpp"
#include "backtest/member_orders.hpp"
#include "backtest/order_table.hpp"
#include "backtest/rejects.hpp"
#include "backtest/report.hpp"
#include "backtest/returns.hpp"
#include "backtest/tally.hpp"
#include "engine/engine.hpp"
#include "programme/programme.hpp"

namespace regulars::backtest {

/// A member on its way through its orders.
struct MemberRun {
    engine::Member member;
    std::uint32_t customer = 0;
    std::size_t next_group = 0;
    std::span<const MemberFact> facts;
    std::size_t next_fact = 0;
    std::vector<MemberFact> waiting;    ///< used on this local day, for the next order of it
    bool keeps_orders = false;          ///< some return or fact refers to an earlier order
    std::vector<engine::Order> closed;  ///< what they may refer to
    MemberSums sums;
};

class Rehearsal {
public:
    /// `rejects` may be null: then orders that the engine refuses are only counted.
    Rehearsal(const programme::Programme& programme, const programme::Versions& versions, const OrderTable& table,
              Tally& tally, Rejects* rejects);

    /// Shows every event, with its customer, just before the engine decides on it. May be empty.
    void observe(std::function<void(std::uint32_t, const engine::Event&)> observer) { observer_ = std::move(observer); }
    void set_facts(const FactSetting& setting) { setting_ = setting; }
    [[nodiscard]] MemberRun start(std::uint32_t customer);
    /// Applies the member's orders and returns before `stop`.
    void apply_until(MemberRun& run, Instant stop);
    /// Lets time pass up to and including `at`.
    void advance_to(MemberRun& run, Instant at);
    /// Lets time pass to `at` and closes the day that ends there: what settles at that midnight is of the next day.
    void close_day(MemberRun& run, Instant at);
    /// A review over all members has set these thresholds.
    void review(MemberRun& run, Instant at, const std::vector<std::int64_t>& thresholds);
    /// Sums the member up; false if it never had an order.
    [[nodiscard]] bool finish(const MemberRun& run, Standing& standing);

    [[nodiscard]] const OrderCounts& counts() const { return counts_; }
    [[nodiscard]] const FactCounts& fact_counts() const { return fact_counts_; }

private:
    void load(const MemberRun& run);
    void apply_order(MemberRun& run, const MemberOrders::Group& group);
    /// Into `outcome_`, to be absorbed; the rejection, or nothing.
    [[nodiscard]] std::optional<engine::Rejection> decide(MemberRun& run, const engine::Event& event,
                                                          const engine::Order* closed_order = nullptr);

    // rehearsal_facts.cpp
    void apply_facts_until(MemberRun& run, Instant stop);
    [[nodiscard]] engine::Fact told_by(const MemberFact& fact) const;
    void apply_fact(MemberRun& run, const MemberFact& fact);
    /// What was used on an earlier local day than that of `at` is told as orders of their own.
    void settle_waiting(MemberRun& run, Instant at);
    void use_alone(MemberRun& run, const MemberFact& fact);
    /// The coupons that the order in `event_` uses, and the facts that say so.
    [[nodiscard]] std::vector<MemberFact> fill_coupons(MemberRun& run);
    [[nodiscard]] std::vector<MemberFact> take_told(MemberRun& run);
    void take_best(MemberRun& run);
    [[nodiscard]] const engine::Coupon* usable(const MemberRun& run, const MemberFact& fact) const;
    void count(const MemberFact& fact, std::optional<engine::Rejection> rejection);

    // rehearsal_activities.cpp
    void apply_activity(MemberRun& run, const MemberFact& fact);
    [[nodiscard]] std::vector<engine::Event> events_of(const MemberRun& run, const MemberFact& fact);
    [[nodiscard]] engine::Event redeemed_by(const MemberRun& run, const MemberFact& fact);
    [[nodiscard]] engine::QuestionnaireAnswered answered_by(const MemberFact& fact) const;
    void add_sale_of(const MemberRun& run, Instant at, const engine::GoodsRedeemed& fact);

    void fill_order(std::span<const std::uint32_t> rows);
    void fill_line(engine::Line& line, const Row& row) const;
    void add_sale(MemberRun& run);
    void apply_return(MemberRun& run, const MemberOrders::Group& group);
    [[nodiscard]] bool refund(MemberRun& run, const engine::Order& order, std::string_view refund_id,
                              const std::vector<engine::ReturnedLine>& lines);
    void absorb(MemberRun& run);
    void reject(std::span<const std::uint32_t> rows, engine::Rejection rejection);
    void count_returns(std::span<const std::uint32_t> rows, const MatchedReturn& matched, bool refused);
    [[nodiscard]] std::string_view text(std::uint32_t number) const;

    const programme::Programme& programme_;
    const programme::Versions& versions_;
    const OrderTable& table_;
    std::vector<std::string> price_kinds_;  ///< by the table's numbers; empty where this programme has no such kind
    Tally& tally_;
    Rejects* rejects_;
    OrderCounts counts_;
    FactSetting setting_;
    FactCounts fact_counts_;
    MemberOrders orders_;
    std::uint32_t loaded_;  ///< the customer whose orders `orders_` holds
    engine::Event event_;   ///< an OrderCreated, filled anew for each order
    engine::Outcome outcome_;
    std::function<void(std::uint32_t, const engine::Event&)> observer_;
};

}  // namespace regulars::backtest
