// A seeded stream of commands about a few members of a shop with coupons: they register, claim, are given, reserve,
// order, return and let things lapse, by what they hold and by what they do not.
#pragma once

#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "service/service.hpp"

namespace regulars::service {

class CouponWorkload {
public:
    /// Names that are claimed and granted are those of the service's programme, and some that it does not have.
    CouponWorkload(Service& service, std::uint64_t seed, bool some_late);

    /// The commands of one request.
    [[nodiscard]] std::vector<Command> next(std::size_t count);
    /// What became of them: holds are followed by orders.
    void heard(const std::vector<Command>& commands, const std::vector<Reply>& replies);
    [[nodiscard]] Instant now() const { return now_; }
    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }

private:
    struct Reserved {
        std::string who;
        std::string hold_id;
        std::vector<engine::Line> lines;  ///< as the order has to name them
        Money shipping_fee;
    };
    [[nodiscard]] Command next();
    [[nodiscard]] Command told(std::string who, engine::Fact fact);
    [[nodiscard]] engine::Fact about_coupons(const std::string& who);
    [[nodiscard]] Command about_an_order();
    [[nodiscard]] engine::Fact about_the_account(const std::string& who);
    /// Buying, delivery and calling off in the points mall, and coming to events.
    [[nodiscard]] engine::Fact about_the_mall(const std::string& who);
    /// Check-ins, visits, answers, turns.
    [[nodiscard]] engine::Fact about_activities();
    [[nodiscard]] engine::Fact order_of(const std::string& who);
    [[nodiscard]] engine::HoldPlaced hold_of(const std::string& who);
    [[nodiscard]] std::vector<engine::Line> lines();
    [[nodiscard]] CouponId coupon_of(const std::string& who);
    [[nodiscard]] Points some_points();
    [[nodiscard]] std::string fresh(const char* prefix) { return prefix + std::to_string(++last_id_); }
    [[nodiscard]] std::string new_order(const std::string& who);

    Service& service_;
    std::mt19937_64 random_;
    bool some_late_;
    Instant now_;
    std::uint64_t last_id_ = 0;
    std::vector<std::string> names_;
    std::vector<std::string> codes_;
    std::vector<std::string> items_;  ///< of the points mall
    bool has_activities_ = false;
    std::deque<Reserved> reserved_;
    std::vector<std::pair<std::string, std::string>> orders_;  ///< whose, and the order's id
};

}  // namespace regulars::service
