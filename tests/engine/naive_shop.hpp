// What the naive models share: the life of orders, the purses, and time that passes one due thing at a time. A
// programme adds its own law by answering the questions below. Nothing is summed up ahead: counts are made by looking
// at every order again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "engine/event.hpp"
#include "naive_order.hpp"
#include "standing.hpp"

namespace regulars::model {

class NaiveShop {
public:
    explicit NaiveShop(const char* zone) : zone_(*Zone::find(zone)) {}
    virtual ~NaiveShop() = default;

    /// Period ends and reviews, expiries, settlements in order of arrival, each at its instant.
    void advance(Instant to);
    bool apply(const engine::Event& event);
    [[nodiscard]] Standing standing() const;

protected:
    NaiveShop(const NaiveShop&) = default;
    NaiveShop& operator=(const NaiveShop&) = default;

    // --- the programme's own law ---
    /// When an order that is paid counts; instant_max when that is not known yet.
    [[nodiscard]] virtual Instant settles_at(const NaiveOrder& order) const = 0;
    /// The points of what is left of an order.
    [[nodiscard]] virtual std::int64_t points_of(const NaiveOrder& order) const = 0;
    [[nodiscard]] virtual std::int64_t growth_of(const NaiveOrder&) const { return 0; }
    /// The cashback of a whole order, by the tier at payment.
    [[nodiscard]] virtual std::int64_t cashback_of(const NaiveOrder&) const { return 0; }
    /// The last day of points granted today; nothing where they never lapse, or roll.
    [[nodiscard]] virtual std::optional<LocalDate> last_day_of_points(LocalDate) const { return std::nullopt; }
    /// Whether every grant renews the whole balance, and until which day.
    [[nodiscard]] virtual bool rolls() const { return false; }
    [[nodiscard]] virtual LocalDate renewed_until(LocalDate today) const { return today; }
    [[nodiscard]] virtual bool partial_return_renews() const { return false; }
    /// The next end of a period or review, and doing it.
    [[nodiscard]] virtual Instant tier_due() const { return instant_max; }
    virtual void do_tier_due() {}
    virtual void climb() {}
    virtual void granted(const engine::TierGranted& fact) = 0;
    virtual bool reviewed(const engine::TiersReviewed&) { return false; }
    [[nodiscard]] virtual std::int64_t counted() const { return 0; }

    // --- what the law may look at ---
    [[nodiscard]] LocalDate today() const { return zone_.date(now_); }
    /// The same wall clock time so many days later.
    [[nodiscard]] Instant days_later(Instant instant, int days) const;
    [[nodiscard]] std::int64_t spend_between(LocalDate first, LocalDate last) const;
    [[nodiscard]] std::int64_t orders_between(LocalDate first, LocalDate last) const;
    [[nodiscard]] const std::vector<NaiveOrder>& orders() const { return orders_; }
    void restart_counting() { ++counting_; }

    Zone zone_;
    Instant now_ = instant_min;
    std::optional<Instant> registered_at_;
    std::string tier_;
    std::optional<LocalDate> period_last_day_;
    int counting_ = 0;

private:
    struct Lot {
        int id = 0;
        std::int64_t left = 0;
        Instant expires_at;  ///< instant_max: with the whole balance
    };
    /// What set a rolling balance's expiry, and has not been taken back.
    struct Renewal {
        std::string order_id;  ///< empty: not from an order
        Instant expires_at;
    };

    bool apply_fact(const engine::Event& event);
    bool apply_order_fact(const engine::Event& event, NaiveOrder& order);
    bool create(const engine::OrderCreated& fact, Instant at);
    bool pay(NaiveOrder& order, std::int64_t gift_card, Instant at);
    bool give_back(NaiveOrder& order, const std::string& refund_id, const std::vector<engine::ReturnedLine>& lines);
    bool rename(const engine::ProfileChanged& fact);
    bool adjust(const engine::PointsAdjusted& fact);
    bool spend(const engine::PointsSpent& fact);
    bool top_up(const engine::BalanceToppedUp& fact);
    bool pay_by_balance(const engine::BalanceSpent& fact);

    void settle(NaiveOrder& order);
    void end_order(NaiveOrder& order);
    void take_cashback(NaiveOrder& order);
    [[nodiscard]] std::int64_t cashback_left(const NaiveOrder& order) const;

    int grant(std::int64_t points, const std::string& order_id);
    int put(std::int64_t points, Instant expires_at);
    void take(std::int64_t points, int preferred_lot, std::vector<NaiveSpent>* spent);
    void take_back(std::int64_t points, int preferred_lot);
    void return_spent(NaiveOrder& order);
    void renew(const std::string& order_id);
    void lapse();
    [[nodiscard]] Instant expiry() const;
    [[nodiscard]] std::int64_t available() const;

    [[nodiscard]] bool used(const std::string& reference);
    [[nodiscard]] NaiveOrder* find(const std::string& order_id);
    [[nodiscard]] Instant nominal_settlement(const NaiveOrder& order) const;
    [[nodiscard]] Instant due_of(const NaiveOrder& order) const;

    std::vector<Lot> lots_;  ///< by expiry
    int last_lot_ = 0;
    std::int64_t owed_ = 0;
    std::vector<Renewal> renewals_;
    std::int64_t purse_topped_up_ = 0;
    std::int64_t purse_bonus_ = 0;
    std::int64_t purse_cashback_ = 0;
    std::vector<NaiveOrder> orders_;
    std::vector<engine::Event> parked_;
    std::string name_;
    std::vector<std::string> references_;
};

}  // namespace regulars::model
